"""Telling people from everything else a list holds: groups, sums, signatures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence
from kecan.workbook.list_headings import ListField
from kecan.workbook.list_names import looks_like_name
from kecan.workbook.text import fold

if TYPE_CHECKING:
    from kecan.workbook.list_tables import Table

_NAME_FIELDS = (ListField.FULL_NAME, ListField.FAMILY_NAME, ListField.GIVEN_NAME)
_LEAST_SURE = 2
_ARABIC = re.compile(r"\d{1,6}\.?")
_ROMAN_OR_LETTER = re.compile(r"([IVXLC]+|[A-ZĐ])[.)]?", re.IGNORECASE)
_NUMBERED = re.compile(r"^([IVXLC]+|[A-ZĐ]|\d+)[.)/-]\s*\S")
_SUM = re.compile(
    r"^((tong|cong)( (cong|so|chung))?( \d.*)?$|tong (cong|so)\b"
    r"|danh sach( nay)? (co|gom)\b|an dinh\b)"
)
_SIGNATURE = re.compile(
    r"^(nguoi lap|t m|tm|k t|kt|t l|noi nhan|thu truong|ky( va)? ghi ro|ky ten|lap bieu"
    r"|xac nhan|nguoi tong hop|can bo lap|nguoi ky)\b|\bngay\b.*\bthang\b.*\bnam\b"
    r"|ghi ro ho ten"
)
_GROUP_WORDS = re.compile(
    r"\b(ban|phong|so|nganh|khoi|dang uy|huyen uy|tinh uy|thanh uy|thi uy|quan uy|ubnd"
    r"|uy ban|hdnd|hoi dong|mttq|mat tran|chi bo|dang bo|xa|phuong|thi tran|truong"
    r"|trung tam|cong an|quan su|hoi|doan|van phong|toa an|vien kiem sat|thanh tra"
    r"|nhiem ky|chuc danh|danh sach|co quan|don vi|can bo|lanh dao|nguon|quy hoach)\b"
)
_UNIT_WORDS = re.compile(
    r"^(ban (?!thuong vu|chap hanh)|phong|so |dang uy|huyen uy|tinh uy|thanh uy|thi uy"
    r"|quan uy|ubnd|uy ban|hdnd|hoi dong nhan dan|mttq|mat tran|chi bo|dang bo|xa"
    r"|phuong|thi tran|truong (tieu hoc|thcs|thpt|mam non|chinh tri)|trung tam|cong an"
    r"|hoi|doan|huyen doan|van phong|toa an|vien kiem sat|thanh tra|don vi|co quan)"
)
_TERM = re.compile(r"\b(20\d\d)\s*[-–]\s*(20\d\d)\b")
_COLUMN_NUMBER = re.compile(r"\(?(\d{1,2}|[A-Z])\)?")
_LEAST_NUMBERED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A row that holds something but no person, and why it was left."""

    sheet: str
    row: int
    reason: Sentence
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A row that is a person, with what the group rows above it say.

    ``row`` counts from 0.
    """

    row: int
    name: str
    group_unit: str = ""
    term: tuple[int, int] | None = None


@dataclass(slots=True)
class _Context:
    is_after_signature: bool = False
    unit: str = ""
    term: tuple[int, int] | None = None
    people: list[PersonRow] = field(default_factory=list)
    left: list[LeftRow] = field(default_factory=list)


def sort_rows(table: Table) -> tuple[list[PersonRow], list[LeftRow]]:
    """Return the people of a table and every other row that holds something."""
    context = _Context()
    for row in range(len(table.grid.rows)):
        text = row_text(table, row)
        if not text:
            continue
        reason = _reason(table, row, context)
        if reason is None:
            context.is_after_signature = False
            context.people.append(
                PersonRow(
                    row=row,
                    name=name_of(table, row),
                    group_unit=context.unit,
                    term=context.term,
                )
            )
            continue
        _note_group(table, row, reason, context)
        context.left.append(
            LeftRow(sheet=table.grid.title, row=row + 1, reason=reason, text=text)
        )
    return context.people, context.left


def row_text(table: Table, row: int) -> str:
    """Return everything a row says, cell by cell."""
    cells = (table.text(row, place) for place in range(len(table.grid.rows[row])))
    return " | ".join(cell for cell in cells if cell)


def name_of(table: Table, row: int) -> str:
    """Return the name in a row, put together when it stands in two columns."""
    parts = (
        table.text(row, place) for name in _NAME_FIELDS for place in table.places(name)
    )
    return " ".join(part.replace("\n", " ") for part in parts if part)


def _reason(table: Table, row: int, context: _Context) -> Sentence | None:
    if row < table.heading_rows.start:
        return _ABOVE
    if row < table.first:
        return _HEADINGS
    if _repeats_headings(table, row):
        return _REPEATED
    if _numbers_columns(table, row):
        return _COLUMN_NUMBERS
    if _is_surely_person(table, row):
        return None
    return _reason_of_doubtful(table, row, context)


def _reason_of_doubtful(table: Table, row: int, context: _Context) -> Sentence | None:
    cells = [fold(cell) for cell in row_text(table, row).split(" | ")]
    if any(_SUM.search(cell) for cell in cells):
        return _TOTAL
    if any(_SIGNATURE.search(cell) for cell in cells):
        context.is_after_signature = True
    if context.is_after_signature:
        return _SIGNED
    if _is_group(table, row):
        return _GROUP
    return None if name_of(table, row) else _NAMELESS


def _is_surely_person(table: Table, row: int) -> bool:
    name = name_of(table, row)
    if not name or _SUM.search(fold(name)):
        return False
    ordinal = _ordinal(table, row)
    if _ARABIC.fullmatch(ordinal):
        return _told(table, row) > 0 or _may_be_name(name)
    is_numbered_group = bool(ordinal) and _ROMAN_OR_LETTER.fullmatch(ordinal)
    return _told(table, row) >= _LEAST_SURE and not is_numbered_group


def _may_be_name(text: str) -> bool:
    return looks_like_name(text) or _GROUP_WORDS.search(fold(text)) is None


def _told(table: Table, row: int) -> int:
    """Count the fields a row fills beside the number and the name."""
    return sum(
        bool(table.text(row, column.place))
        for column in table.columns
        if column.meaning is not None
        and column.meaning.field not in (*_NAME_FIELDS, ListField.ORDINAL)
    )


def _ordinal(table: Table, row: int) -> str:
    places = table.places(ListField.ORDINAL)
    return table.text(row, places[0]) if places else ""


def _is_group(table: Table, row: int) -> bool:
    ordinal, name = _ordinal(table, row), name_of(table, row)
    if ordinal and not _ARABIC.fullmatch(ordinal):
        return True
    if not name:
        return " | " not in row_text(table, row)
    if _told(table, row):
        return False
    return _NUMBERED.match(name) is not None or not looks_like_name(name)


def _repeats_headings(table: Table, row: int) -> bool:
    headings = {
        fold(table.text(at, place))
        for at in table.heading_rows
        for place in range(len(table.grid.rows[at]))
    }
    cells = [fold(cell) for cell in row_text(table, row).split(" | ")]
    return len(cells) > 1 and all(cell in headings for cell in cells)


def _numbers_columns(table: Table, row: int) -> bool:
    cells = row_text(table, row).split(" | ")
    numbered = [_COLUMN_NUMBER.fullmatch(cell) for cell in cells]
    if len(cells) < _LEAST_NUMBERED or not all(numbered):
        return False
    if not any(cell.strip("()").isdigit() for cell in cells):
        return True
    numbers = [int(found[1]) for found in numbered if found and found[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _note_group(table: Table, row: int, reason: Sentence, context: _Context) -> None:
    text = row_text(table, row)
    term = _TERM.search(text)
    if term is not None and reason in (_ABOVE, _GROUP) and term[1] < term[2]:
        context.term = (int(term[1]), int(term[2]))
    if reason is not _GROUP:
        return
    title = re.sub(r"^([IVXLC]+|[A-ZĐ]|\d+)[.)/-]\s*", "", text.split(" | ")[-1])
    if _UNIT_WORDS.search(fold(title)):
        context.unit = title


_ABOVE = Sentence("nằm trên dòng tiêu đề", "above the headings")
_HEADINGS = Sentence("dòng tiêu đề", "headings")
_REPEATED = Sentence("tiêu đề lặp lại", "headings repeated")
_COLUMN_NUMBERS = Sentence("dòng đánh số cột", "numbers of the columns")
_TOTAL = Sentence("dòng tổng cộng", "a total")
_SIGNED = Sentence("phần ký cuối danh sách", "signatures")
_GROUP = Sentence("dòng tên nhóm", "the title of a group")
_NAMELESS = Sentence("không có họ tên", "no name")
