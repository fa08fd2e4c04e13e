"""Sheets on their way out: cells as they are, marks, drop-down lists, one file at once."""

from __future__ import annotations

import io
import math
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

import xlsxwriter

from kecan.lettering.cell_room import row_height
from kecan.workbook.choices import ALL_LISTS
from kecan.workbook.container import column_letter
from kecan.workbook.findings import Severity
from kecan.workbook.layouts import SHEETS
from kecan.workbook.schema import CODE_ROW, FIRST_DATA_ROW, LISTS_TITLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.workbook.cells import Cell
    from kecan.workbook.schema import Column, SheetLayout

_MADE = datetime(2022, 1, 1, tzinfo=UTC)
"""The creation day in every file's properties, so the same content gives the same file."""
_SPARE_ROWS = 1000
_MOST_COMMENTS = 5000
_PLAIN_WIDTH = 18
_LONGEST_TEXT = 32_767
"""What a cell can hold; longer text, which no workbook has, is cut."""
_REFERENCE_ROWS = 20_000
_A4 = 9
"""The size of paper as Excel numbers it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A coloured cell and what its comment says."""

    severity: Severity
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet to write. Places and rows count from 0.

    ``places`` says where the columns of ``layout`` stand; ``code_row`` is the row of
    their codes. ``example_row`` is printed in grey italics.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    layout: SheetLayout | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    code_row: int = CODE_ROW - 1
    example_row: int | None = None
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    widths: Sequence[int] = ()
    is_hidden: bool = False


def write_pages(
    pages: Sequence[Page], path: Path, *, counts_from_1904: bool = False
) -> None:
    """Write the sheets to one XLSX file; the file appears whole or not at all.

    Raises:
        OSError: If the file cannot be written.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"in_memory": True, "date_1904": counts_from_1904}
    )
    book.set_properties({"title": "Kecan", "created": _MADE})
    styles = _styles(book)
    titles = {page.title for page in pages}
    for page in pages:
        sheet = book.add_worksheet(page.title)
        _write_page(sheet, page, styles, titles)
    book.close()
    _save(content.getvalue(), path)


def lists_page() -> Page:
    """Return the hidden sheet that feeds the drop-down lists."""
    longest = max(len(one.labels) for one in ALL_LISTS)
    rows: list[list[Cell]] = [[one.name for one in ALL_LISTS]]
    rows += [
        [one.labels[at] if at < len(one.labels) else "" for one in ALL_LISTS]
        for at in range(longest)
    ]
    return Page(title=LISTS_TITLE, rows=rows, is_hidden=True)


def _save(content: bytes, path: Path) -> None:
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as part:
        try:
            part.write(content)
            part.close()
            Path(part.name).replace(path)
        except OSError:
            with suppress(OSError):
                os.unlink(part.name)  # noqa: PTH108
            raise


_STYLES: dict[str, dict[str, Any]] = {
    "heading": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#5B7F95",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
    },
    "required": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#8C1C13",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
    },
    "code": {"italic": True, "font_color": "#555555", "bg_color": "#E8EDF0"},
    "example": {"italic": True, "font_color": "#808080", "num_format": "@"},
    "text": {"num_format": "@", "valign": "top"},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "date": {"num_format": "dd/mm/yyyy", "valign": "top"},
    "time": {"num_format": "[hh]:mm:ss", "valign": "top"},
    "number": {"valign": "top"},
}
_FILLS = {Severity.ERROR: "#F4A6A0", Severity.WARNING: "#FFE699"}
_MARKED = ("text", "date", "time", "number")


def _styles(book: Any) -> dict[str, Any]:  # noqa: ANN401  # xlsxwriter has no types
    styles = {name: book.add_format(style) for name, style in _STYLES.items()}
    for name in _MARKED:
        for severity, fill in _FILLS.items():
            marked = {**_STYLES[name], "bg_color": fill}
            styles[f"{name} {severity}"] = book.add_format(marked)
    return styles


def _write_page(
    sheet: Any,  # noqa: ANN401
    page: Page,
    styles: dict[str, Any],
    titles: set[str],
) -> None:
    if page.is_hidden:
        sheet.hide()
    _lay_out(sheet, page, styles, titles)
    by_place = {place: code for code, place in page.places.items()}
    comments = 0
    for at, row in enumerate(page.rows):
        if page.widths and page.layout is None:
            sheet.set_row(at, row_height(zip(map(str, row), page.widths, strict=False)))
        for place, cell in enumerate(row):
            mark = page.marks.get((at, place))
            if cell == "" and mark is None:
                continue
            style = _style_of(page, at, by_place.get(place), cell)
            if mark is not None:
                kind = style if style in _MARKED else "text"
                style = f"{kind} {mark.severity}"
                if comments < _MOST_COMMENTS and mark.comment:
                    sheet.write_comment(at, place, mark.comment, {"x_scale": 2})
                    comments += 1
            _write_cell(sheet, at, place, cell, styles[style])


def _style_of(page: Page, row: int, code: str | None, cell: Cell) -> str:
    if page.layout is not None and row == page.code_row:
        return "code"
    if page.layout is not None and row == page.code_row - 1:
        column = page.layout.by_code.get(code or "")
        return "required" if column is not None and column.is_required else "heading"
    if row == page.example_row:
        return "example"
    return _style_by_type(cell, is_known_sheet=page.layout is not None)


def _style_by_type(cell: Cell, *, is_known_sheet: bool) -> str:
    match cell:
        case str():
            return "text" if is_known_sheet else "wrapped"
        case date():
            return "date"
        case time() | timedelta():
            return "time"
        case _:
            return "number"


def _write_cell(sheet: Any, row: int, place: int, cell: Cell, style: Any) -> None:  # noqa: ANN401
    match cell:
        case "":
            sheet.write_blank(row, place, None, style)
        case str():
            sheet.write_string(row, place, cell[:_LONGEST_TEXT], style)
        case bool():
            sheet.write_boolean(row, place, cell, style)
        case int() | float() if math.isfinite(cell):
            sheet.write_number(row, place, cell, style)
        case date() | time() | timedelta():
            sheet.write_datetime(row, place, cell, style)
        case _:
            sheet.write_string(row, place, str(cell), style)


def _lay_out(
    sheet: Any,  # noqa: ANN401
    page: Page,
    styles: dict[str, Any],
    titles: set[str],
) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    width = max((len(row) for row in page.rows), default=0)
    for place in range(width):
        chosen = page.widths[place] if place < len(page.widths) else _PLAIN_WIDTH
        sheet.set_column(place, place, chosen)
    if page.layout is None:
        return
    sheet.set_landscape()
    sheet.repeat_rows(page.code_row - 1)
    sheet.freeze_panes(page.code_row + 1, 1)
    sheet.set_row(page.code_row - 1, 32)
    last = max(len(page.rows) + _SPARE_ROWS, FIRST_DATA_ROW + _SPARE_ROWS)
    for code, place in page.places.items():
        column = page.layout.by_code[code]
        sheet.set_column(place, place, column.width, styles["text"])
        rule = _drop_down(column, titles)
        if rule is not None:
            sheet.data_validation(page.code_row + 1, place, last, place, rule)
        if column.note:
            sheet.write_comment(page.code_row - 1, place, column.note, {"x_scale": 2})


def _drop_down(column: Column, titles: set[str]) -> dict[str, Any] | None:
    source = None
    if column.choices is not None and LISTS_TITLE in titles:
        letter = column_letter(ALL_LISTS.index(column.choices))
        last = len(column.choices.labels) + 1
        source = f"='{LISTS_TITLE}'!${letter}$2:${letter}${last}"
    for layout in SHEETS:
        if layout.key == column.refers_to and layout.title in titles:
            source = f"='{layout.title}'!$A${FIRST_DATA_ROW}:$A${_REFERENCE_ROWS}"
    if source is None:
        return None
    return {
        "validate": "list",
        "source": source,
        "error_type": "warning",
        "error_title": "Ngoài danh mục",
        "error_message": f"“{column.heading}”: hãy chọn trong danh sách.",
    }
