"""How much room text needs in the cells of a worksheet.

Not every program fits rows to wrapped text when it opens a file; a row that was not
given its height then prints its second line over the next row.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = 15.0
"""Height of a line in points, as Excel has it for its own typeface."""
_TALLEST = 409.0
"""The greatest height of a row in Excel, in points."""
_MARGIN = 1
"""Widths of a figure kept free at the edges of a cell."""
_LETTERS = 1.05
"""Letters of running Vietnamese that fit where one figure does, in a wide typeface."""


def lines_needed(text: str, *, width: float) -> int:
    """Return how many lines wrapped text takes, at least 1.

    Args:
        text: What stands in the cell; a line break starts a line.
        width: Width of the column in figures of the typeface, as Excel counts it.
    """
    room = max(width * _LETTERS - _MARGIN, 1.0)
    return sum(_lines_of(line, room=room) for line in text.split("\n"))


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height in points that shows every cell of a row in full.

    Args:
        cells: Text and column width of each cell.
    """
    most = max((lines_needed(text, width=width) for text, width in cells), default=1)
    return min(most * _LINE, _TALLEST)


def column_width(texts: Iterable[str], *, least: int, most: int) -> int:
    """Return a width that shows the longest text on one line, between two bounds."""
    longest = max((len(text) for text in texts), default=0)
    return min(max(longest + 1 + _MARGIN, least), most)


def _lines_of(line: str, *, room: float) -> int:
    lines, used = 1, 0.0
    for word in line.split(" "):
        needed = len(word) + (1 if used else 0)
        if used and used + needed > room:
            lines, used, needed = lines + 1, 0.0, len(word)
        if needed > room:
            lines += ceil(needed / room) - 1
            needed = int(room)
        used += needed
    return lines
