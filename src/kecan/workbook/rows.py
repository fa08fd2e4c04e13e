"""The rows of a known sheet: columns found by the code row, cells read to values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from kecan.vocabulary import PartialDate, Sentence
from kecan.workbook.cells import EMPTY, Cell, Parsed, Problem, Value, read_cell, shown
from kecan.workbook.container import Grid, column_letter
from kecan.workbook.findings import CellFinding, Severity
from kecan.workbook.schema import (
    EXAMPLE_MARK,
    REASON_CODE,
    Column,
    Reading,
    SheetLayout,
)
from kecan.workbook.text import clean, fold

if TYPE_CHECKING:
    from kecan.workbook.dates import Epoch

_ROWS_SEARCHED = 10
_EXAMPLE = fold(EXAMPLE_MARK)
_Choice = TypeVar("_Choice", bound=StrEnum)
_OWN_VALUES = (Reading.KEY, Reading.PARTY_CARD, Reading.CITIZEN_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row that holds something; ``number`` counts from 1 as the spreadsheet does."""

    number: int
    values: dict[str, Value]

    def text(self, code: str) -> str:
        """Return the text of a column, empty when there is none."""
        value = self.values.get(code)
        return value if isinstance(value, str) else ""

    def texts(self, code: str) -> tuple[str, ...]:
        """Return the texts of a column."""
        value = self.values.get(code)
        if not isinstance(value, tuple):
            return ()
        return tuple(text for text in value if isinstance(text, str))

    def years(self, code: str) -> tuple[int, int] | None:
        """Return the first and last year of a term."""
        value = self.values.get(code)
        if not isinstance(value, tuple):
            return None
        first, last = value
        is_term = isinstance(first, int) and isinstance(last, int)
        return (int(first), int(last)) if is_term else None

    def whole(self, code: str) -> int | None:
        """Return the whole number of a column."""
        value = self.values.get(code)
        return value if isinstance(value, int) else None

    def is_yes(self, code: str) -> bool | None:
        """Tell whether a column says yes; None when it says nothing."""
        value = self.values.get(code)
        return value if isinstance(value, bool) else None

    def when(self, code: str) -> PartialDate | None:
        """Return the date of a column, known to the day, the month or the year."""
        value = self.values.get(code)
        return value if isinstance(value, PartialDate) else None

    def day(self, code: str) -> date | None:
        """Return the full date of a column."""
        value = self.values.get(code)
        return value if isinstance(value, date) else None

    def choice(self, code: str, kind: type[_Choice]) -> _Choice | None:
        """Return the option chosen in a column."""
        value = self.values.get(code)
        return value if isinstance(value, kind) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRows:
    """A known sheet with its columns found and its rows read.

    ``places`` maps a column code to the place of the column counted from 0.
    ``unread`` holds the (row, code) of cells whose content could not be read.
    """

    layout: SheetLayout
    grid: Grid
    places: dict[str, int]
    records: list[Record]
    findings: list[CellFinding] = field(default_factory=list)
    unread: set[tuple[int, str]] = field(default_factory=set)

    def finding(
        self,
        record: Record,
        code: str,
        expected: Sentence,
        severity: Severity = Severity.ERROR,
    ) -> CellFinding:
        """Return a finding about one column of a record."""
        place = self.places.get(code)
        column = self.layout.by_code[code]
        return CellFinding(
            sheet=self.layout.title,
            row=record.number,
            column="" if place is None else column_letter(place),
            heading=column.heading,
            what_is="" if place is None else _shown(self.grid, record.number, place),
            expected=expected,
            severity=severity,
        )


def read_rows(grid: Grid, layout: SheetLayout, *, epoch: Epoch) -> SheetRows:
    """Find the columns by the code row and read every row below it.

    What cannot be read is left out of the record and reported; a sheet without a
    code row has no records and one finding.
    """
    at = _code_row(grid, layout)
    if at is None:
        return SheetRows(
            layout=layout,
            grid=grid,
            places={},
            records=[],
            findings=[_no_code_row(layout)],
        )
    places, findings = _find_columns(grid, layout, at)
    sheet = SheetRows(
        layout=layout, grid=grid, places=places, records=[], findings=findings
    )
    _read_records(sheet, at + 1, epoch)
    return sheet


def find_places(grid: Grid, layout: SheetLayout) -> tuple[int | None, dict[str, int]]:
    """Return the code row counted from 0, if there is one, and the columns' places."""
    at = _code_row(grid, layout)
    return (at, {}) if at is None else (at, _find_columns(grid, layout, at)[0])


def _code_row(grid: Grid, layout: SheetLayout) -> int | None:
    best, most = None, 1
    for at, row in enumerate(grid.rows[:_ROWS_SEARCHED]):
        known = sum(_code(cell) in layout.by_code for cell in row)
        if known > most:
            best, most = at, known
    return best


def _code(cell: Cell) -> str:
    return clean(cell).casefold() if isinstance(cell, str) else ""


def _no_code_row(layout: SheetLayout) -> CellFinding:
    codes = ", ".join(column.code for column in layout.columns[:3])
    return CellFinding(
        sheet=layout.title,
        row=2,
        column="A",
        heading="",
        what_is="",
        expected=Sentence(
            f"dòng mã cột ({codes} …) ngay dưới dòng tiêu đề",
            f"the row of column codes ({codes} …) right below the headings",
        ),
    )


def _find_columns(
    grid: Grid, layout: SheetLayout, at: int
) -> tuple[dict[str, int], list[CellFinding]]:
    places: dict[str, int] = {}
    findings: list[CellFinding] = []
    headings = {fold(column.heading): column for column in layout.columns}
    for place, cell in enumerate(grid.rows[at]):
        code = _code(cell)
        above = _shown(grid, at, place) if at else ""
        if code in layout.by_code and code not in places:
            places[code] = place
            named = headings.get(fold(above))
            if named is not None and fold(named.heading) != fold(
                layout.by_code[code].heading
            ):
                findings.append(_crossed(layout, layout.by_code[code], place, above))
        elif code != REASON_CODE and _holds_anything(grid, place):
            findings.append(
                _unknown_column(layout, at + 1, place, (above, shown(cell)))
            )
    findings += [
        _missing_column(layout, column, at + 1)
        for column in layout.columns
        if column.code not in places
    ]
    return places, findings


def _holds_anything(grid: Grid, place: int) -> bool:
    return any(place < len(row) and row[place] != "" for row in grid.rows)


def _crossed(
    layout: SheetLayout, column: Column, place: int, above: str
) -> CellFinding:
    return CellFinding(
        sheet=layout.title,
        row=1,
        column=column_letter(place),
        heading=above,
        what_is=above,
        expected=Sentence(
            f"tiêu đề “{column.heading}” cho mã cột {column.code}; dữ liệu được đọc "
            "theo mã cột",
            f"the heading “{column.heading}” for the code {column.code}; cells are "
            "read by the code",
        ),
        severity=Severity.WARNING,
    )


def _unknown_column(
    layout: SheetLayout, row: int, place: int, texts: tuple[str, str]
) -> CellFinding:
    above, code = texts
    is_repeated = code.casefold() in layout.by_code
    expected = (
        Sentence(
            f"mã cột {code} chỉ một lần; đã có ở cột bên trái",
            f"the code {code} only once; it stands further left",
        )
        if is_repeated
        else Sentence(
            "một mã cột của mẫu; cột này không được đọc",
            "a column code of the form; this column is not read",
        )
    )
    return CellFinding(
        sheet=layout.title,
        row=row,
        column=column_letter(place),
        heading=above,
        what_is=code or above,
        expected=expected,
        severity=Severity.ERROR if is_repeated else Severity.WARNING,
    )


def _missing_column(layout: SheetLayout, column: Column, row: int) -> CellFinding:
    return CellFinding(
        sheet=layout.title,
        row=row,
        column="",
        heading=column.heading,
        what_is="",
        expected=Sentence(
            f"cột “{column.heading}” có mã {column.code}",
            f"a column “{column.heading}” with the code {column.code}",
        ),
        severity=Severity.ERROR if column.is_required else Severity.WARNING,
    )


def _shown(grid: Grid, number: int, place: int) -> str:
    row = grid.rows[number - 1] if 0 < number <= len(grid.rows) else []
    return clean(shown(row[place])) if place < len(row) else ""


def _read_records(sheet: SheetRows, first: int, epoch: Epoch) -> None:
    columns = [(sheet.layout.by_code[code], at) for code, at in sheet.places.items()]
    caches: list[dict[object, Parsed]] = [{"": EMPTY} for _ in columns]
    marked = sheet.places.get(sheet.layout.columns[0].code, 0)
    for number, row in enumerate(sheet.grid.rows[first:], start=first + 1):
        if not any(row) and all(cell == "" for cell in row):
            continue
        if _is_example(row, marked):
            continue
        cells = [
            _parsed(column, row[at], cache, epoch) if at < len(row) else EMPTY
            for (column, at), cache in zip(columns, caches, strict=True)
        ]
        if any(cell is not EMPTY for cell in cells):
            _add_record(sheet, number, [column for column, _ in columns], cells)


def _add_record(
    sheet: SheetRows, number: int, columns: list[Column], cells: list[Parsed]
) -> None:
    values: dict[str, Value] = {}
    record = Record(number=number, values=values)
    sheet.records.append(record)
    for column, parsed in zip(columns, cells, strict=True):
        if parsed.value is not None:
            values[column.code] = parsed.value
        if parsed.problem is not None:
            _report(sheet, record, column, parsed.problem)
        elif column.is_required and parsed.value is None:
            _report(sheet, record, column, _MISSING)


_MISSING = Problem(Sentence("bắt buộc, không để trống", "a value; it is required"))


def _parsed(
    column: Column, raw: Cell, cache: dict[object, Parsed], epoch: Epoch
) -> Parsed:
    key = raw if isinstance(raw, str) else (type(raw), raw)
    parsed = cache.get(key)
    if parsed is None:
        parsed = read_cell(column, raw, epoch=epoch)
        if column.reading not in _OWN_VALUES:
            cache[key] = parsed
    return parsed


def _report(sheet: SheetRows, record: Record, column: Column, problem: Problem) -> None:
    sheet.findings.append(
        sheet.finding(record, column.code, problem.expected, problem.severity)
    )
    if problem.severity is Severity.ERROR:
        sheet.unread.add((record.number, column.code))


def _is_example(row: list[Cell], place: int) -> bool:
    first = row[place] if place < len(row) else ""
    if not isinstance(first, str) or first[:1] not in "VvＶ":
        return False
    return fold(first).startswith(_EXAMPLE)
