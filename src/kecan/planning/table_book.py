"""Tables of an analysis as one XLSX file: the basis first, then a sheet a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter

from kecan.lettering.cell_room import column_width, row_height
from kecan.planning.tables import in_words
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.planning.tables import Table
    from kecan.vocabulary import Language

_NARROW, _WIDE, _LONG = 9, 40, 70
_FILTER = 3  # what the arrow of a filter takes of a heading
_A4 = 9  # as Excel numbers sizes of paper
_SHEET_NAME = 31  # letters Excel allows
_RESERVED = re.compile(r"[\[\]:*?/\\]")


def write_tables(
    stream: BinaryIO,
    tables: Iterable[Table],
    *,
    basis: Iterable[Sentence],
    language: Language,
) -> None:
    """Write tables as a workbook.

    Args:
        stream: Where the file goes.
        tables: One sheet each, in this order.
        basis: What the tables rest on, a row each on the first sheet.
        language: The language of headings and cells.
    """
    # In memory: no personal data lies in a temporary file.
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        notes = book.add_worksheet(Sentence("Căn cứ", "Basis").in_language(language))
        notes.set_column(0, 0, _LONG)
        for place, one in enumerate(basis):
            words = one.in_language(language)
            notes.set_row(place, row_height([(words, _LONG)]))
            notes.write_string(place, 0, words, plain)
        notes.set_paper(_A4)
        for table in tables:
            title = table.title.in_language(language)
            sheet = book.add_worksheet(_sheet_name(title, book.sheetnames))
            sheet.freeze_panes(1, 0)
            sheet.set_landscape()
            sheet.set_paper(_A4)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(0)
            _fill(sheet, table, language=language, formats=(bold, plain))


def _sheet_name(title: str, taken: Iterable[str]) -> str:
    """Return a title as Excel allows it: no reserved sign, short, used once."""
    known = {one.casefold() for one in taken}
    plain = _RESERVED.sub(" ", title).split()
    name = " ".join(plain)[:_SHEET_NAME].strip(" '")
    number = 1
    while name.casefold() in known:
        number += 1
        name = f"{name[: _SHEET_NAME - 4].rstrip()} ({number})"
    return name


def _fill(
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    *,
    language: Language,
    formats: Sequence[xlsxwriter.format.Format],
) -> None:
    bold, plain = formats
    headings = [column.heading.in_language(language) for column in table.columns]
    rows = [[in_words(cell, language) for cell in row] for row in table.rows]
    widths = [
        _LONG
        if column.is_long
        else _width(headings[place], [row[place] for row in rows])
        for place, column in enumerate(table.columns)
    ]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, headings[place], bold)
    room = [width - _FILTER for width in widths]
    sheet.set_row(0, row_height(zip(headings, room, strict=True)))
    for number, row in enumerate(rows, start=1):
        sheet.set_row(number, row_height(zip(map(str, row), widths, strict=True)))
        for place, shown in enumerate(row):
            if isinstance(shown, str):
                sheet.write_string(number, place, shown, plain)
            else:
                sheet.write_number(number, place, shown, plain)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _width(heading: str, cells: Sequence[str | int]) -> int:
    """Return a width for the cells; a heading may wrap between its words."""
    words = [f"{word}{' ' * _FILTER}" for word in heading.split()]
    return column_width([*map(str, cells), *words], least=_NARROW, most=_WIDE)
