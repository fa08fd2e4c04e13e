"""Finding the table in a sheet: its one to three heading rows and its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.workbook.cells import shown
from kecan.workbook.container import Grid
from kecan.workbook.list_headings import (
    REPEATABLE,
    ListField,
    Meaning,
    meaning,
)
from kecan.workbook.text import clean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.workbook.cells import Cell

_ROWS_SEARCHED = 40
_MOST_HEADING_ROWS = 3
_LEAST_FIELDS = 2
_ROWS_SAMPLED = 60
_MOSTLY = 4
_NAMES = (ListField.FULL_NAME, ListField.GIVEN_NAME)
_NAME_PARTS = (*_NAMES, ListField.FAMILY_NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListColumn:
    """A column of the list: its place, its whole heading, and what it tells.

    ``lowest`` is the part of the heading in the last row that has one.
    """

    place: int
    heading: str
    meaning: Meaning | None
    lowest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of people. Rows count from 0; ``first`` is the row after the headings."""

    grid: Grid
    heading_rows: range
    columns: tuple[ListColumn, ...]

    @property
    def first(self) -> int:
        """The first row below the headings."""
        return self.heading_rows.stop

    def places(self, name: ListField) -> list[int]:
        """Return where the columns of a field stand."""
        return [
            column.place
            for column in self.columns
            if column.meaning is not None and column.meaning.field is name
        ]

    def text(self, row: int, place: int) -> str:
        """Return the cleaned text of a cell."""
        return cell_text(self.grid, row, place)


def cell_text(grid: Grid, row: int, place: int) -> str:
    """Return a cell as cleaned text, empty outside the grid."""
    cells = grid.rows[row] if row < len(grid.rows) else []
    return clean(shown(cells[place])) if place < len(cells) else ""


def find_table(grid: Grid) -> Table | None:
    """Return the table of people in a sheet, None if no headings are recognised.

    The block of one to three rows that tells the most fields, a name among them,
    holds the headings; of equal blocks the shortest.
    """
    best: tuple[int, ...] = (_LEAST_FIELDS,)
    chosen: tuple[range, tuple[ListColumn, ...]] | None = None
    for first in range(min(_ROWS_SEARCHED, len(grid.rows))):
        for count in range(1, _MOST_HEADING_ROWS + 1):
            rows = range(first, min(first + count, len(grid.rows)))
            columns = tuple(_columns(grid, rows))
            told = [c.meaning.field for c in columns if c.meaning is not None]
            if not _has_name_heading(columns):
                continue
            score = (len(set(told)), len(told), -count, -first)
            if score > best:
                best, chosen = score, (rows, columns)
    if chosen is None:
        return None
    columns = _split_names(grid, chosen[0], _without_repeats(chosen[1]))
    columns = _split_birth(columns)
    return Table(
        grid=_filled_down(grid, chosen[0].stop, columns),
        heading_rows=chosen[0],
        columns=columns,
    )


def _columns(grid: Grid, rows: range) -> Iterator[ListColumn]:
    width = max((len(grid.rows[row]) for row in rows), default=0)
    paths = [_path(grid, rows, place) for place in range(width)]
    for place, path in enumerate(paths):
        own, group = (path[-1], " ".join(path[:-1])) if path else ("", "")
        siblings = frozenset(
            fold(other[-1]) for other in paths if other and other[:-1] == path[:-1]
        )
        told = meaning(own, group=group, siblings=siblings) if path else None
        yield ListColumn(
            place=place, heading=" - ".join(path), meaning=told, lowest=own
        )


def _has_name_heading(columns: tuple[ListColumn, ...]) -> bool:
    """Tell whether the lowest row over a name is a heading, not yet a name."""
    lowest = [
        meaning(column.lowest, siblings=frozenset())
        for column in columns
        if column.meaning is not None and column.meaning.field in _NAMES
    ]
    return bool(lowest) and all(
        told is not None and told.field in _NAME_PARTS for told in lowest
    )


def _path(grid: Grid, rows: range, place: int) -> list[str]:
    """Return the headings over a column, top first; a group reaches to the right."""
    path: list[str] = []
    for row in rows:
        text = cell_text(grid, row, place).replace("\n", " ")
        is_last = row == rows.stop - 1
        if not text and not is_last and _any_below(grid, rows, row, place):
            text = _left_of(grid, row, place)
        if text and text not in path[-1:]:
            path.append(text)
    return path


def _any_below(grid: Grid, rows: range, row: int, place: int) -> bool:
    return any(cell_text(grid, below, place) for below in range(row + 1, rows.stop))


def _left_of(grid: Grid, row: int, place: int) -> str:
    for left in range(place - 1, -1, -1):
        text = cell_text(grid, row, left).replace("\n", " ")
        if text:
            return text
    return ""


def _without_repeats(columns: tuple[ListColumn, ...]) -> tuple[ListColumn, ...]:
    seen: set[ListField] = set()
    kept: list[ListColumn] = []
    for column in columns:
        told = column.meaning
        if told is not None and told.field in seen and told.field not in REPEATABLE:
            told = None
        if told is not None:
            seen.add(told.field)
        kept.append(
            ListColumn(place=column.place, heading=column.heading, meaning=told)
        )
    return tuple(kept)


def _split_names(
    grid: Grid, rows: range, columns: tuple[ListColumn, ...]
) -> tuple[ListColumn, ...]:
    """Tell a name in two columns under one heading: family name, then given name."""
    told = {c.meaning.field: c for c in columns if c.meaning is not None}
    name = told.get(ListField.FULL_NAME)
    if name is None or ListField.GIVEN_NAME in told:
        return columns
    right = next((c for c in columns if c.place == name.place + 1), None)
    if right is None or right.meaning is not None or right.heading != "":
        return columns
    if not _holds_given_names(grid, rows.stop, right.place):
        return columns
    parts = {
        name.place: ListField.FAMILY_NAME,
        right.place: ListField.GIVEN_NAME,
    }
    return tuple(
        ListColumn(
            place=column.place,
            heading=column.heading or name.heading,
            meaning=Meaning(field=parts[column.place]),
        )
        if column.place in parts
        else column
        for column in columns
    )


def _split_birth(columns: tuple[ListColumn, ...]) -> tuple[ListColumn, ...]:
    """Read "Ngày", "Tháng", "Năm sinh" side by side as the parts of one date of birth."""
    parts = (ListField.BIRTH_DAY, ListField.BIRTH_MONTH, ListField.BIRTH_YEAR)
    for first in range(len(columns) - len(parts) + 1):
        together = columns[first : first + len(parts)]
        headings = [fold(column.heading) for column in together]
        if headings[:2] == ["ngay", "thang"] and headings[2] in ("nam", "nam sinh"):
            read = tuple(
                replace(column, meaning=Meaning(field=part))
                for column, part in zip(together, parts, strict=True)
            )
            return (*columns[:first], *read, *columns[first + len(parts) :])
    return columns


def _holds_given_names(grid: Grid, first: int, place: int) -> bool:
    texts = [
        text
        for row in range(first, min(first + _ROWS_SAMPLED, len(grid.rows)))
        if (text := cell_text(grid, row, place))
    ]
    single = sum(text.replace("'", "").isalpha() for text in texts)
    return bool(texts) and single * (_MOSTLY + 1) >= len(texts) * _MOSTLY


def _filled_down(grid: Grid, first: int, columns: tuple[ListColumn, ...]) -> Grid:
    """Repeat what merged cells say on every row they span, except numbers and names."""
    fixed = {
        column.place
        for column in columns
        if column.meaning is not None
        and column.meaning.field in (*_NAME_PARTS, ListField.ORDINAL)
    }
    rows: list[list[Cell]] = [list(row) for row in grid.rows]
    for (top, left), (bottom, right) in grid.merged:
        if top < first or top == bottom or left in fixed or top >= len(rows):
            continue
        value = rows[top][left] if left < len(rows[top]) else ""
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == "" and left == right:
                row[left] = value
    return Grid(title=grid.title, rows=rows, merged=grid.merged)
