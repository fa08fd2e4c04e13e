"""Where each cell of a table stands and how it looks, the same for both renderers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.documents.faces import FacedLine, faces
from kecan.documents.model import Align, RowKind, TextRole, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.documents.model import Cell, Row, Table
    from kecan.documents.style_sheet import StyleSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell at its column. ``is_covered``: a cell of a row above reaches in here."""

    lines: tuple[FacedLine, ...]
    align: Align
    columns: int = 1
    rows: int = 1
    is_covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A row with every column filled."""

    cells: tuple[PlacedCell, ...]
    is_header: bool
    keeps_with_next: bool
    least_height_mm: int = 0


def placed_rows(table: Table, *, style: StyleSheet) -> tuple[PlacedRow, ...]:
    """Return all rows: the header, the column numbers if any, then the body."""
    rows = list(_placed(table, table.header, style=style, is_header=True))
    if table.has_column_numbers:
        rows.append(_column_numbers(len(table.columns), style=style))
    rows += _placed(table, table.rows, style=style, is_header=False)
    return tuple(rows)


def _placed(
    table: Table, rows: tuple[Row, ...], *, style: StyleSheet, is_header: bool
) -> Iterator[PlacedRow]:
    reaching: dict[int, PlacedCell] = {}
    for row in rows:
        waiting = iter(row.cells)
        cells: list[PlacedCell] = []
        column = 0
        still: dict[int, PlacedCell] = {}
        while column < len(table.columns):
            entry = reaching.get(column)
            if entry is None:
                align = Align.CENTRE if is_header else table.columns[column].align
                bold = True if is_header or row.kind is not RowKind.PLAIN else None
                entry = _faced(
                    next(waiting), role=table.role, style=style, align=align, bold=bold
                )
            cells.append(entry)
            if entry.rows > 1:
                still[column] = replace(
                    entry, lines=(), rows=entry.rows - 1, is_covered=True
                )
            column += entry.columns
        reaching = still
        yield PlacedRow(
            cells=tuple(cells),
            is_header=is_header,
            keeps_with_next=is_header or row.kind is RowKind.GROUP,
            least_height_mm=row.least_height_mm,
        )


def _faced(
    entry: Cell, *, role: TextRole, style: StyleSheet, align: Align, bold: bool | None
) -> PlacedCell:
    return PlacedCell(
        lines=tuple(
            faces(line, role=role, style=style, is_bold=bold) for line in entry.lines
        ),
        align=entry.align or align,
        columns=entry.columns,
        rows=entry.rows,
    )


def _column_numbers(columns: int, *, style: StyleSheet) -> PlacedRow:
    return PlacedRow(
        cells=tuple(
            PlacedCell(
                lines=(faces(plain(str(n)), role=TextRole.TABLE_NUMBERS, style=style),),
                align=Align.CENTRE,
            )
            for n in range(1, columns + 1)
        ),
        is_header=True,
        keeps_with_next=True,
    )
