"""A page in pieces from edge to edge: its mean greys there, and lines through them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

PIECES = 24
"""Of a page, in each of which a line shows; no rule reaches the outer ones."""

MOST_MISSING = 0.15
"""Share of pieces in which print or ink may hide the line."""


@compiled
def upright_pieces(image: NDArray[np.uint8], every: int) -> NDArray[np.uint8]:
    """Return the mean of each column in equal parts of some rows, a part a row.

    Args:
        image: Greys, shape (height, width); in a part no more than 257 rows are looked
            at: a page of 640 dpi, the most that is read, has fewer in every second row.
        every: How many rows it is from one looked at to the next.
    """
    size = (len(image) + every - 1) // every // PIECES
    columns = image.shape[1]
    found = np.empty((PIECES, columns), np.uint8)
    sums = np.empty(columns, np.uint16)
    for piece in range(PIECES):
        sums[:] = 0
        for row in range(piece * size, (piece + 1) * size):
            line = image[row * every]
            for column in range(columns):
                sums[column] += line[column]
        for column in range(columns):
            found[piece, column] = np.rint(sums[column] / size)
    return found


@compiled
def level_pieces(image: NDArray[np.uint8], every: int) -> NDArray[np.uint8]:
    """Return the mean of each row in some of the equal parts of the columns.

    Args:
        image: Greys, shape (height, width).
        every: How many parts it is from one looked at to the next.
    """
    rows, size = len(image), image.shape[1] // PIECES
    found = np.empty(((PIECES - 1) // every + 1, rows), np.uint8)
    for row in range(rows):
        line = image[row]
        for number in range(len(found)):
            start = number * every * size
            # A view of its own, of which no place need be checked, is added up at once.
            part = line[start : start + size]
            total = 0
            for column in range(size):
                total += int(part[column])
            found[number, row] = np.rint(total / size)
    return found


@compiled
def straight_lines(
    shown: NDArray[np.bool_], slant: float, apart: float
) -> NDArray[np.float64]:
    """Return where straight lines begin and end, shape (n, 2).

    Args:
        shown: Where each piece, a row, shows a line.
        slant: Places one may end beside where it began.
        apart: Places between the beginnings of two.
    """
    pieces = len(shown)
    starts, ends = _middles(shown[0]), _middles(shown[-1])
    found, count, before = np.empty((len(starts), 2)), 0, -np.inf
    for start in starts:
        for end in ends:
            if (
                start - before > apart
                and abs(end - start) <= slant
                and _is_straight(shown, start, end)
            ):
                slope = (end - start) / (pieces - 1)
                edge = start - slope / 2
                found[count, 0], found[count, 1] = edge, edge + slope * pieces
                count, before = count + 1, start
    return found[:count]


@compiled
def _is_straight(shown: NDArray[np.bool_], start: float, end: float) -> bool:
    """Tell whether nearly every piece shows the line, or shows it a place beside."""
    pieces, places = shown.shape
    slope, missing = (end - start) / (pieces - 1), 0
    for piece in range(pieces):
        at = int(np.rint(start + slope * piece))
        missing += not shown[piece, max(0, at - 1) : min(places, at + 2)].any()
        if missing > MOST_MISSING * pieces:
            return False
    return True


@compiled
def _middles(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the middle of each run."""
    found, count, first = np.empty(len(shown) // 2 + 1), 0, -1
    for place in range(len(shown) + 1):
        is_shown = place < len(shown) and shown[place]
        if is_shown and first < 0:
            first = place
        elif not is_shown and first >= 0:
            found[count] = (first + place - 1) / 2
            count, first = count + 1, -1
    return found[:count]
