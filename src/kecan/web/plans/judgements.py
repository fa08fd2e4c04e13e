"""Findings as they are stored with a review item or a proposal: words, not objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.verdict import Criterion, Outcome, Timing
from kecan.vocabulary import Confidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.regulations.verdict import Finding

StoredFinding = dict[str, object]

OUTCOMES = {
    Outcome.PASS: "Đạt",
    Outcome.FAIL: "Không đạt",
    Outcome.MISSING_DATA: "Thiếu dữ liệu",
    Outcome.NEEDS_DECISION: "Cần quyết định",
}
BADGES = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.MISSING_DATA: "missing",
    Outcome.NEEDS_DECISION: "decide",
}
CRITERIA = {
    Criterion.IN_POST: "Thuộc diện quản lý",
    Criterion.AGE: "Độ tuổi",
    Criterion.HIGHER_POST: "Chức danh cao hơn",
    Criterion.ALREADY_HOLDS: "Chưa giữ chức danh",
    Criterion.SUBJECT_GROUP: "Đối tượng",
    Criterion.PARTY_MEMBERSHIP: "Đảng viên",
    Criterion.PROFESSION: "Chuyên môn",
    Criterion.THEORY: "Lý luận chính trị",
    Criterion.RATINGS: "Xếp loại hằng năm",
    Criterion.DISCIPLINE: "Kỷ luật",
    Criterion.POLITICAL_STANDARD: "Tiêu chuẩn chính trị",
}
CONFIDENCES = {
    Confidence.VERIFIED: "đã kiểm chứng",
    Confidence.ANALOGOUS: "theo quy định tương tự",
    Confidence.ASSUMED: "tạm dùng, chờ xác nhận",
}


def stored_findings(findings: Iterable[Finding]) -> list[StoredFinding]:
    """Return findings in words, with clause, evidence and confidence."""
    return [_stored(finding) for finding in findings]


def _stored(finding: Finding) -> StoredFinding:
    return {
        "criterion": finding.criterion.value,
        "title": CRITERIA[finding.criterion],
        "outcome": finding.outcome.value,
        "outcome_title": OUTCOMES[finding.outcome],
        "badge": BADGES[finding.outcome],
        "sentence": finding.sentence.vi,
        "clause": str(finding.citation),
        "confidence": finding.confidence.value,
        "confidence_title": CONFIDENCES[finding.confidence],
        "evidence": [fact.vi for fact in finding.evidence],
        "note": finding.note.vi if finding.note else "",
        "counts_later": finding.timing is Timing.LATER,
    }
