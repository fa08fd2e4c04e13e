"""How levels, grades and forms are called in the sentences an official reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.facts import (
    DepartureKind,
    DisciplineForm,
    ProfessionLevel,
    RatingGrade,
    TheoryLevel,
)
from kecan.regulations.verdict import Criterion, Outcome
from kecan.vocabulary import Confidence, Level, Line, Sentence, Sex

if TYPE_CHECKING:
    from collections.abc import Mapping

LEVELS: Mapping[Level, Sentence] = {
    Level.CENTRAL: Sentence("Trung ương", "central level"),
    Level.PROVINCE: Sentence("cấp tỉnh", "province level"),
    Level.DISTRICT: Sentence("cấp huyện", "district level"),
    Level.COMMUNE: Sentence("cấp xã", "commune level"),
    Level.GRASSROOTS: Sentence("cấp cơ sở", "grassroots level"),
}
LINES: Mapping[Line, Sentence] = {
    Line.PARTY: Sentence("cấp uỷ", "party"),
    Line.GOVERNMENT: Sentence("chính quyền", "government"),
}
SEXES: Mapping[Sex, Sentence] = {
    Sex.MALE: Sentence("nam", "male"),
    Sex.FEMALE: Sentence("nữ", "female"),
}
PROFESSIONS: Mapping[ProfessionLevel, Sentence] = {
    ProfessionLevel.VOCATIONAL: Sentence("trung cấp", "vocational"),
    ProfessionLevel.COLLEGE: Sentence("cao đẳng", "college"),
    ProfessionLevel.BACHELOR: Sentence("đại học", "bachelor"),
    ProfessionLevel.MASTER: Sentence("thạc sĩ", "master"),
    ProfessionLevel.DOCTOR: Sentence("tiến sĩ", "doctor"),
}
THEORIES: Mapping[TheoryLevel, Sentence] = {
    TheoryLevel.ELEMENTARY: Sentence("sơ cấp", "elementary"),
    TheoryLevel.INTERMEDIATE: Sentence("trung cấp", "intermediate"),
    TheoryLevel.ADVANCED: Sentence("cao cấp", "advanced"),
    TheoryLevel.BACHELOR: Sentence("cử nhân", "bachelor"),
}
GRADES: Mapping[RatingGrade, Sentence] = {
    RatingGrade.EXCELLENT: Sentence("hoàn thành xuất sắc nhiệm vụ", "excellent"),
    RatingGrade.GOOD: Sentence("hoàn thành tốt nhiệm vụ", "good"),
    RatingGrade.COMPLETED: Sentence("hoàn thành nhiệm vụ", "completed"),
    RatingGrade.COMPLETED_LIMITED: Sentence(
        "hoàn thành nhiệm vụ nhưng còn hạn chế về năng lực", "completed, limited"
    ),
    RatingGrade.NOT_COMPLETED: Sentence("không hoàn thành nhiệm vụ", "not completed"),
}
FORMS: Mapping[DisciplineForm, Sentence] = {
    DisciplineForm.REVIEWED_ONLY: Sentence(
        "kiểm điểm, không thuộc trường hợp phải kỷ luật",
        "reviewed, no case for discipline",
    ),
    DisciplineForm.NOT_DISCIPLINED: Sentence(
        "có vi phạm đến mức kỷ luật nhưng được quyết định không kỷ luật",
        "discipline was due but was decided against",
    ),
    DisciplineForm.LIMITATION_EXPIRED: Sentence(
        "hết thời hiệu kỷ luật", "limitation period expired"
    ),
    DisciplineForm.UNDER_CONSIDERATION: Sentence(
        "đang trong thời gian xem xét, xử lý", "under consideration"
    ),
    DisciplineForm.REPRIMAND: Sentence("khiển trách", "reprimand"),
    DisciplineForm.WARNING: Sentence("cảnh cáo", "warning"),
    DisciplineForm.DISMISSAL: Sentence("cách chức", "dismissal"),
    DisciplineForm.EXPULSION: Sentence("khai trừ, buộc thôi việc", "expulsion"),
}
DEPARTURES: Mapping[DepartureKind, Sentence] = {
    DepartureKind.RETIRED: Sentence("nghỉ hưu", "retired"),
    DepartureKind.TRANSFERRED: Sentence("chuyển công tác", "transferred"),
    DepartureKind.RESIGNED: Sentence("thôi việc", "resigned"),
    DepartureKind.DIED: Sentence("từ trần", "died"),
    DepartureKind.OTHER: Sentence("thôi thuộc diện quản lý", "left"),
}
OUTCOMES: Mapping[Outcome, Sentence] = {
    Outcome.PASS: Sentence("Đủ điều kiện", "Pass"),
    Outcome.FAIL: Sentence("Không đủ điều kiện", "Fail"),
    Outcome.MISSING_DATA: Sentence("Thiếu dữ liệu", "Missing data"),
    Outcome.NEEDS_DECISION: Sentence(
        "Cần cấp có thẩm quyền quyết định", "Needs decision"
    ),
}
CRITERIA: Mapping[Criterion, Sentence] = {
    Criterion.IN_POST: Sentence("Diện cán bộ", "In the personnel"),
    Criterion.AGE: Sentence("Tuổi", "Age"),
    Criterion.HIGHER_POST: Sentence("Chức danh cao hơn", "Higher post"),
    Criterion.ALREADY_HOLDS: Sentence("Chức vụ đang giữ", "Office held"),
    Criterion.SUBJECT_GROUP: Sentence("Đối tượng", "Subject group"),
    Criterion.PARTY_MEMBERSHIP: Sentence("Đảng viên", "Party membership"),
    Criterion.PROFESSION: Sentence("Trình độ chuyên môn", "Trained profession"),
    Criterion.THEORY: Sentence("Lý luận chính trị", "Political theory"),
    Criterion.RATINGS: Sentence("Xếp loại hằng năm", "Annual ratings"),
    Criterion.DISCIPLINE: Sentence("Kỷ luật", "Discipline"),
    Criterion.POLITICAL_STANDARD: Sentence(
        "Tiêu chuẩn chính trị", "Political standard"
    ),
}
CONFIDENCES: Mapping[Confidence, Sentence] = {
    Confidence.VERIFIED: Sentence("đã kiểm chứng", "verified"),
    Confidence.ANALOGOUS: Sentence("áp dụng tương tự", "analogous"),
    Confidence.ASSUMED: Sentence("tạm tính, chờ xác nhận", "assumed"),
}


def from_paper(source: str) -> Sentence:
    """Return the words that name the paper a fact comes from."""
    if not source:
        return Sentence(
            " (chưa ghi giấy tờ chứng minh)", " (no supporting paper recorded)"
        )
    return Sentence(f" ({source})", f" ({source})")
