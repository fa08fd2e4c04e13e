"""Cells that say "as above": filled from the person above, each of them reported."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence
from kecan.workbook.cells import shown
from kecan.workbook.container import Grid, column_letter
from kecan.workbook.findings import CellFinding, Severity
from kecan.workbook.list_headings import ListField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.workbook.list_rows import PersonRow
    from kecan.workbook.list_tables import ListColumn, Table

_DITTO = re.compile(
    r"[-–\"'”“〃\s]*(n\.?\s?t\.?|như trên)[-–\"'”\s]*|[\"”“〃]+|''", re.IGNORECASE
)
_OWN = (
    ListField.ORDINAL,
    ListField.FULL_NAME,
    ListField.FAMILY_NAME,
    ListField.GIVEN_NAME,
)


def fill_dittos(
    table: Table, people: Sequence[PersonRow]
) -> tuple[Table, list[CellFinding]]:
    """Return the table with what "nt", "như trên" or quote marks stand for.

    Args:
        table: A table of people.
        people: Its rows that are people, from the top.

    Returns:
        The table, and one finding a filled cell: a warning that says what was
        understood, or an error where nothing stands above; that cell becomes empty.
    """
    rows = [list(row) for row in table.grid.rows]
    found: list[CellFinding] = []
    columns = [
        column
        for column in table.columns
        if column.meaning is not None and column.meaning.field not in _OWN
    ]
    above: int | None = None
    for person in people:
        for column in columns:
            text = table.text(person.row, column.place)
            if _DITTO.fullmatch(text) is None:
                continue
            cells = rows[above] if above is not None else []
            value = cells[column.place] if column.place < len(cells) else ""
            rows[person.row][column.place] = value
            found.append(_finding(table, column, person.row, understood=shown(value)))
        above = person.row
    grid = Grid(title=table.grid.title, rows=rows, merged=table.grid.merged)
    return replace(table, grid=grid), found


def _finding(
    table: Table, column: ListColumn, row: int, *, understood: str
) -> CellFinding:
    expected = (
        Sentence(f"đã hiểu là “{understood}” như dòng trên", f"taken as “{understood}”")
        if understood
        else Sentence(
            "ghi “như trên” nhưng ô phía trên trống",
            "says “as above” but the cell above is empty",
        )
    )
    return CellFinding(
        sheet=table.grid.title,
        row=row + 1,
        column=column_letter(column.place),
        heading=column.heading,
        what_is=table.text(row, column.place),
        expected=expected,
        severity=Severity.WARNING if understood else Severity.ERROR,
    )
