"""What no single cell shows: repeated keys, unknown references, what a row must say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.facts import DepartureKind, DisciplineForm, TrainingKind
from kecan.vocabulary import Sentence
from kecan.workbook.choices import CareerKind, MeritKind
from kecan.workbook.findings import CellFinding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kecan.workbook.people import Roster
    from kecan.workbook.rows import Record, SheetRows

_WARN = Severity.WARNING
_KEYS = {"units": "unit_id", "posts": "post_id"}


def check_keys(sheets: Mapping[str, SheetRows]) -> Iterator[CellFinding]:
    """Report unit and post codes that stand twice."""
    for sheet_key, code in _KEYS.items():
        sheet, seen = sheets[sheet_key], dict[str, int]()
        for record in sheet.records:
            key = record.text(code)
            if key in seen:
                yield sheet.finding(record, code, _repeated(seen[key]))
            elif key:
                seen[key] = record.number


def check_references(
    sheets: Mapping[str, SheetRows], roster: Roster
) -> Iterator[CellFinding]:
    """Report every unit, post or person that is named but not listed."""
    known = {
        sheet_key: {record.text(code) for record in sheets[sheet_key].records}
        for sheet_key, code in _KEYS.items()
    }
    for sheet in sheets.values():
        for column in sheet.layout.columns:
            if column.refers_to == "people":
                yield from _check_people(sheet, roster)
            elif column.refers_to is not None:
                title = sheets[column.refers_to].layout.title
                listed = known[column.refers_to]
                for record in sheet.records:
                    named = record.text(column.code)
                    if named and named not in listed:
                        yield sheet.finding(record, column.code, _unlisted(title))
    yield from _check_predecessors(sheets["units"], known["units"])
    yield from _check_parent_loops(sheets["units"])


def check_rows(sheets: Mapping[str, SheetRows]) -> Iterator[CellFinding]:
    """Report what a row of its kind must say and does not, and rows that stand twice."""
    yield from _check_career(sheets["career"], sheets["posts"])
    yield from _check_merits(sheets["merits"])
    yield from _check_training(sheets["training"])
    for key in ("career", "training", "ratings", "merits", "plan"):
        yield from _check_repeated_rows(sheets[key])
    yield from _check_rating_years(sheets["ratings"])


def _repeated(row: int) -> Sentence:
    return Sentence(
        f"mã chưa dùng; đã có ở dòng {row}", f"a code not used yet; row {row} has it"
    )


def _unlisted(title: str) -> Sentence:
    return Sentence(f"một mã có ở tờ {title}", f"a code listed in the sheet {title}")


def _check_people(sheet: SheetRows, roster: Roster) -> Iterator[CellFinding]:
    for record in sheet.records:
        if not record.text("person_id"):
            continue
        person = roster.find(record)
        if person is None:
            yield sheet.finding(record, "person_id", _unlisted("Cán bộ"))
        elif not roster.is_exact(record):
            expected = Sentence(
                f"dạng chữ, đủ chữ số; đã hiểu là {person}",
                f"text with all its digits; taken as {person}",
            )
            yield sheet.finding(record, "person_id", expected, _WARN)


def _check_predecessors(units: SheetRows, listed: set[str]) -> Iterator[CellFinding]:
    for record in units.records:
        if any(one not in listed for one in record.texts("predecessors")):
            yield units.finding(record, "predecessors", _unlisted("Đơn vị"), _WARN)


def _check_parent_loops(units: SheetRows) -> Iterator[CellFinding]:
    parents = {r.text("unit_id"): r.text("parent_id") for r in units.records}
    for record in units.records:
        start = record.text("unit_id")
        above, passed = parents.get(start, ""), set[str]()
        while above and above != start and above not in passed:
            passed.add(above)
            above = parents.get(above, "")
        if start and above == start:
            expected = Sentence(
                "một đơn vị cấp trên không nằm dưới chính đơn vị này",
                "a parent that is not below this very unit",
            )
            yield units.finding(record, "parent_id", expected)


def _needed(
    sheet: SheetRows, record: Record, code: str, because: Sentence
) -> Iterator[CellFinding]:
    if record.values.get(code) is None and (record.number, code) not in sheet.unread:
        yield sheet.finding(record, code, because)


def _check_career(career: SheetRows, posts: SheetRows) -> Iterator[CellFinding]:
    titled = {r.text("post_id") for r in posts.records if r.text("title")}
    for record in career.records:
        if record.choice("kind", CareerKind) is CareerKind.DEPARTURE:
            yield from _needed(career, record, "departure_kind", _DEPARTURE_KIND)
        elif not record.text("title") and record.text("post_id") not in titled:
            yield from _needed(career, record, "title", _OFFICE_TITLE)
        if record.choice("departure_kind", DepartureKind) and not _leaves(record):
            yield career.finding(record, "departure_kind", _ONLY_DEPARTURE, _WARN)


def _leaves(record: Record) -> bool:
    return record.choice("kind", CareerKind) is CareerKind.DEPARTURE


def _check_merits(merits: SheetRows) -> Iterator[CellFinding]:
    for record in merits.records:
        match record.choice("kind", MeritKind):
            case MeritKind.COMMENDATION:
                yield from _needed(merits, record, "title", _TITLE)
            case MeritKind.DISCIPLINE:
                yield from _needed(merits, record, "form", _FORM)
            case MeritKind.POLITICAL_CONCLUSION:
                yield from _needed(merits, record, "meets_standard", _MEETS)
            case None:
                pass
        if record.choice("form", DisciplineForm) and _is_other(record):
            yield merits.finding(record, "form", _ONLY_DISCIPLINE, _WARN)


def _is_other(record: Record) -> bool:
    kind = record.choice("kind", MeritKind)
    return kind is not None and kind is not MeritKind.DISCIPLINE


def _check_training(training: SheetRows) -> Iterator[CellFinding]:
    wanted = {TrainingKind.PROFESSION: "level", TrainingKind.THEORY: "theory"}
    for record in training.records:
        kind = record.choice("kind", TrainingKind)
        code = wanted.get(kind) if kind is not None else None
        if code is None or record.values.get(code) is not None:
            continue
        if (record.number, code) not in training.unread:
            yield training.finding(record, code, _LEVEL, _WARN)


def _check_repeated_rows(sheet: SheetRows) -> Iterator[CellFinding]:
    seen: dict[tuple[tuple[str, object], ...], int] = {}
    for record in sheet.records:
        content = tuple(sorted(record.values.items(), key=lambda item: item[0]))
        if content in seen:
            expected = Sentence(
                f"mỗi nội dung một dòng; giống hệt dòng {seen[content]}",
                f"each fact in one row; this is the same as row {seen[content]}",
            )
            yield sheet.finding(record, sheet.layout.columns[0].code, expected, _WARN)
        seen.setdefault(content, record.number)


def _check_rating_years(ratings: SheetRows) -> Iterator[CellFinding]:
    seen: dict[tuple[str, int], Record] = {}
    for record in ratings.records:
        person, year = record.text("person_id"), record.whole("year")
        if not person or year is None:
            continue
        first = seen.setdefault((person, year), record)
        if first.values.get("grade") != record.values.get("grade"):
            expected = Sentence(
                f"một xếp loại cho mỗi năm; dòng {first.number} ghi khác",
                f"one rating a year; row {first.number} says otherwise",
            )
            yield ratings.finding(record, "grade", expected, _WARN)


_DEPARTURE_KIND = Sentence("lý do rời cơ quan, đơn vị", "why the person left")
_OFFICE_TITLE = Sentence(
    "tên chức vụ, hoặc mã chức danh có ở tờ Chức danh",
    "the title of the office, or a post code of the sheet Chức danh",
)
_ONLY_DEPARTURE = Sentence(
    "để trống, trừ khi nội dung là Rời cơ quan, đơn vị",
    "nothing, unless the row is a departure",
)
_TITLE = Sentence("danh hiệu, hình thức khen thưởng", "the commendation")
_FORM = Sentence("hình thức kỷ luật", "the form of discipline")
_MEETS = Sentence(
    "Có hoặc Không: có bảo đảm tiêu chuẩn chính trị",
    "Có (yes) or Không (no): whether the political standard is met",
)
_ONLY_DISCIPLINE = Sentence(
    "để trống, trừ khi loại là Kỷ luật", "nothing, unless the row is a discipline"
)
_LEVEL = Sentence("trình độ của văn bằng này", "the level of this qualification")
