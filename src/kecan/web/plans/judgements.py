"""Findings as they are stored with a review item or a proposal: words, not objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.verdict import Outcome, Timing
from kecan.regulations.wording import CONFIDENCES, CRITERIA, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.regulations.verdict import Finding

StoredFinding = dict[str, object]

BADGES = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.MISSING_DATA: "missing",
    Outcome.NEEDS_DECISION: "decide",
}


def stored_findings(findings: Iterable[Finding]) -> list[StoredFinding]:
    """Return findings in words, with clause, evidence and confidence."""
    return [_stored(finding) for finding in findings]


def _stored(finding: Finding) -> StoredFinding:
    return {
        "criterion": finding.criterion.value,
        "title": CRITERIA[finding.criterion].vi,
        "outcome": finding.outcome.value,
        "outcome_title": OUTCOMES[finding.outcome].vi,
        "badge": BADGES[finding.outcome],
        "sentence": finding.sentence.vi,
        "clause": str(finding.citation),
        "confidence": finding.confidence.value,
        "confidence_title": CONFIDENCES[finding.confidence].vi,
        "evidence": [fact.vi for fact in finding.evidence],
        "note": finding.note.vi if finding.note else "",
        "counts_later": finding.timing is Timing.LATER,
    }
