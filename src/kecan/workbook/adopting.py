"""Turning somebody else's list into the exchange workbook, losing nothing silently."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.vocabulary import Level, Sentence
from kecan.workbook.choices import CAREER_KINDS, CareerKind
from kecan.workbook.container import Grid, column_letter
from kecan.workbook.findings import CellFinding, Severity, WorkbookUnreadableError
from kecan.workbook.layouts import SHEETS
from kecan.workbook.list_dittos import fill_dittos
from kecan.workbook.list_headings import TITLES
from kecan.workbook.list_people import Draft, give_codes, read_person
from kecan.workbook.list_rows import LeftRow, sort_rows
from kecan.workbook.list_source import load_list
from kecan.workbook.list_tables import ListColumn, Table, cell_text, find_table
from kecan.workbook.pages import Mark, Page, lists_page, write_pages
from kecan.workbook.provisional import Provisional
from kecan.workbook.schema import UNUSED_COLUMNS_TITLE, UNUSED_ROWS_TITLE
from kecan.workbook.text import legacy_encoding
from kecan.workbook.writing import guide_page, sheet_page

if TYPE_CHECKING:
    from pathlib import Path

    from kecan.workbook.cells import Cell
    from kecan.workbook.register_rows import Row
    from kecan.workbook.schema import SheetLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnUse:
    """What became of one column of the list; ``used_as`` is empty if it was left."""

    sheet: str
    column: str
    heading: str
    used_as: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptReport:
    """What an adoption did with every column, every row and every doubtful cell.

    ``rows_in`` counts the rows of the list that hold something; each is one of
    ``people_out`` people or stands in ``left_rows``.
    """

    columns: tuple[ColumnUse, ...]
    left_rows: tuple[LeftRow, ...]
    unread: tuple[CellFinding, ...]
    rows_in: int
    people_out: int
    generated_codes: int
    provisional_units: int
    provisional_posts: int

    def __post_init__(self) -> None:
        if self.rows_in != self.people_out + len(self.left_rows):
            msg = (
                f"{self.rows_in} rows went in; {self.people_out} people and "
                f"{len(self.left_rows)} other rows came out"
            )
            raise ValueError(msg)


def adopt(source: Path, target: Path, *, level: Level = Level.DISTRICT) -> AdoptReport:
    """Write a list somebody else made as an exchange workbook, and report on it.

    Columns that have no place are kept in the sheet "Cột chưa dùng", rows that are not
    people in "Dòng chưa dùng". Units and posts the list only names get provisional
    codes; what the operator has to complete is left empty and marked.

    Args:
        source: A CSV or XLSX file with a heading row that has a name column.
        target: The workbook to write, replaced if it exists.
        level: The level given to the provisional units and posts.

    Raises:
        WorkbookUnreadableError: If the list cannot be read, is in TCVN3 or VNI, or no
            heading row with a name column is found.
        OSError: If the workbook cannot be written.
    """
    raw = load_list(source)
    tables = [(grid, find_table(grid)) for grid in raw.grids]
    found = [table for _, table in tables if table is not None]
    if not found:
        for grid, _ in tables:
            _require_unicode(grid, source.name)
        raise WorkbookUnreadableError(_no_headings(source.name))
    for table in found:
        _require_unicode(table.grid, source.name)
    left = [row for grid, table in tables if table is None for row in _all_rows(grid)]
    drafts: list[tuple[Table, Draft]] = []
    dittos: list[CellFinding] = []
    for table in found:
        people, others = sort_rows(table)
        left += others
        filled, understood = fill_dittos(table, people)
        dittos += understood
        drafts += [
            (filled, read_person(filled, one, epoch=raw.epoch)) for one in people
        ]
    give_codes([draft for _, draft in drafts])
    provisional = Provisional(level=level)
    rows = _sheet_rows([draft for _, draft in drafts], provisional)
    _write(rows, _unused(drafts), left, target)
    grids = [grid if table is None else table.grid for grid, table in tables]
    report = _report(grids, found, drafts, left, provisional)
    return replace(report, unread=(*dittos, *report.unread))


def _no_headings(name: str) -> Sentence:
    return Sentence(
        f"Tệp {name}: không tìm thấy dòng tiêu đề có cột họ và tên và ít nhất một cột "
        "khác nhận ra được.",
        f"{name}: no heading row with a name column and one more known column.",
    )


def _require_unicode(grid: Grid, name: str) -> None:
    for at, row in enumerate(grid.rows):
        for place in range(len(row)):
            encoding = legacy_encoding(cell_text(grid, at, place))
            if encoding is not None:
                cell = f"{column_letter(place)}{at + 1}"
                raise WorkbookUnreadableError(
                    Sentence(
                        f"Tệp {name}, tờ {grid.title}, ô {cell}: chữ gõ bằng bảng "
                        f"mã {encoding}; hãy chuyển cả tệp sang Unicode.",
                        f"{name}, sheet {grid.title}, cell {cell}: the text is in "
                        f"{encoding}; convert the whole file to Unicode.",
                    )
                )


def _all_rows(grid: Grid) -> list[LeftRow]:
    reason = Sentence(
        "tờ này không có dòng tiêu đề nhận ra được", "no known headings on this sheet"
    )
    texts = (
        " | ".join(
            text for place in range(len(row)) if (text := cell_text(grid, at, place))
        )
        for at, row in enumerate(grid.rows)
    )
    return [
        LeftRow(sheet=grid.title, row=number, reason=reason, text=text)
        for number, text in enumerate(texts, start=1)
        if text
    ]


def _sheet_rows(drafts: list[Draft], provisional: Provisional) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for draft in drafts:
        unit = provisional.unit(draft.unit)
        rows["people"].append({**draft.person, "unit_id": unit})
        key = {"person_id": draft.key}
        rows["career"] += [
            {
                **key,
                "kind": CAREER_KINDS.label(CareerKind.OFFICE),
                "post_id": provisional.office(title, unit),
                "title": title,
                "unit_name": draft.unit,
                "since": draft.office_since,
            }
            for title in draft.offices
        ]
        rows["training"] += [{**key, **training} for training in draft.trainings]
        rows["ratings"] += [{**key, **rating} for rating in draft.ratings]
    for draft in drafts:
        rows["plan"] += [
            {
                "person_id": draft.key,
                "post_id": provisional.planned_post(title),
                "term": draft.term,
                "decision": draft.decision,
            }
            for title in draft.planned_posts
        ]
    rows["units"], rows["posts"] = provisional.units, provisional.posts
    return rows


def _unused(drafts: list[tuple[Table, Draft]]) -> Page:
    """Return the sheet that keeps every cell of the columns without a place."""
    headings: dict[str, int] = {}
    lines: list[dict[str, Cell]] = []
    for table, draft in drafts:
        cells = table.grid.rows[draft.row]
        line: dict[str, Cell] = {
            "Tờ": table.grid.title,
            "Dòng": draft.row + 1,
            "Mã cán bộ": draft.key,
            "Họ và tên": draft.name,
        }
        for column in _left_columns(table):
            if column.place < len(cells) and cells[column.place] != "":
                line[_heading(column)] = cells[column.place]
        lines.append(line)
        for heading in line:
            headings.setdefault(heading, len(headings))
    rows: list[list[Cell]] = [[*headings]]
    rows += [[line.get(heading, "") for heading in headings] for line in lines]
    return Page(title=UNUSED_COLUMNS_TITLE, rows=rows)


def _left_columns(table: Table) -> list[ListColumn]:
    return [column for column in table.columns if column.meaning is None]


def _heading(column: ListColumn) -> str:
    letter = column_letter(column.place)
    return f"{column.heading or '(không tiêu đề)'} [{letter}]"


def _write(
    rows: dict[str, list[Row]], unused: Page, left: list[LeftRow], target: Path
) -> None:
    kept: list[list[Cell]] = [["Tờ", "Dòng", "Lý do", "Nội dung"]]
    kept += [[row.sheet, row.row, row.reason.vi, row.text] for row in left]
    pages = [
        sheet_page(
            layout, rows[layout.key], marks=_to_complete(layout, rows[layout.key])
        )
        for layout in SHEETS
    ]
    unused_rows = Page(title=UNUSED_ROWS_TITLE, rows=kept, widths=[16, 8, 30, 100])
    write_pages([guide_page(), *pages, unused, unused_rows, lists_page()], target)


def _to_complete(layout: SheetLayout, rows: list[Row]) -> dict[tuple[int, int], Mark]:
    return {
        (at, place): Mark(Severity.WARNING, "Cần bổ sung")
        for at, row in enumerate(rows, start=2)
        for place, column in enumerate(layout.columns)
        if column.is_required and not row.get(column.code)
    }


def _report(
    grids: list[Grid],
    tables: list[Table],
    drafts: list[tuple[Table, Draft]],
    left: list[LeftRow],
    provisional: Provisional,
) -> AdoptReport:
    columns = tuple(
        ColumnUse(
            sheet=table.grid.title,
            column=column_letter(column.place),
            heading=column.heading,
            used_as="" if column.meaning is None else TITLES[column.meaning.field],
        )
        for table in tables
        for column in table.columns
        if column.heading or column.meaning is not None or _is_filled(table, column)
    )
    return AdoptReport(
        columns=columns,
        left_rows=tuple(left),
        unread=tuple(one for _, draft in drafts for one in draft.unread),
        rows_in=sum(len(_all_rows(grid)) for grid in grids),
        people_out=len(drafts),
        generated_codes=sum(draft.is_code_generated for _, draft in drafts),
        provisional_units=len(provisional.units),
        provisional_posts=len(provisional.posts),
    )


def _is_filled(table: Table, column: ListColumn) -> bool:
    return any(
        table.text(row, column.place)
        for row in range(table.first, len(table.grid.rows))
    )
