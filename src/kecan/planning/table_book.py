"""Tables of an analysis as one XLSX file: the basis first, then a sheet a table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO

import xlsxwriter

from kecan.planning.tables import in_words
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.planning.tables import Table
    from kecan.vocabulary import Language

_SHORT, _LONG = 18, 70
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
            notes.write_string(place, 0, one.in_language(language), plain)
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
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _LONG if column.is_long else _SHORT)
        sheet.write_string(0, place, column.heading.in_language(language), bold)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            shown = in_words(cell, language)
            if isinstance(shown, str):
                sheet.write_string(number, place, shown, plain)
            else:
                sheet.write_number(number, place, shown, plain)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
