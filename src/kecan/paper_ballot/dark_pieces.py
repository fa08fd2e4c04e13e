"""Dark pieces of a small part of a page: solid spots, and the one around a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import nth

if TYPE_CHECKING:
    from numpy.typing import NDArray

_INK, _PAPER = 0.05, 0.90  # of what lies around a place that is darker
_LEAST_SHARE = float(np.finfo(np.float32).eps)  # of cells dark, or light, to part them


@compiled
def parting_grey(cells: NDArray[np.uint8]) -> int:
    """Return the grey that parts dark cells from light ones best, as Otsu found it."""
    counts = np.zeros(256, np.int64)
    for row in range(len(cells)):
        for grey in cells[row]:
            counts[grey] += 1
    mean = (counts * np.arange(256)).sum() / cells.size
    best, most, dark, of_dark = 0, 0.0, 0.0, 0.0
    for grey in range(256):
        share = counts[grey] / cells.size
        dark += share
        of_dark += grey * share
        if not _LEAST_SHARE <= dark <= 1 - _LEAST_SHARE:
            continue
        apart = of_dark / dark - (mean - of_dark) / (1 - dark)
        if dark * (1 - dark) * apart**2 > most:
            best, most = grey, dark * (1 - dark) * apart**2
    return best


@compiled
def solid_spots(
    cells: NDArray[np.uint8], level: int, worn: int, sides: tuple[float, float]
) -> NDArray[np.float64]:
    """Return the middles (x, y) of solid spots of about the size of a square.

    Print and lines are worn away first: looking at each of them would take longer.

    Args:
        cells: Greys of a corner of the page.
        level: Of a dark cell at most.
        worn: Cells taken off.
        sides: Cells a side of a spot measures at least and at most.
    """
    cores = _cores(cells, level, worn)
    wide = cells.shape[1] + 2
    dots = np.empty(np.count_nonzero(cores), np.int64)
    found, count = np.empty((len(dots), 2)), 0
    for place in range(wide, len(cores) - wide):
        if not cores[place]:
            continue
        end = _gather(cores, wide, place, dots, 0)
        left, top, across, down = _box(dots[:end], wide)
        across, down = across + worn - 1, down + worn - 1
        if min(across, down) >= sides[0] and max(across, down) <= sides[1]:
            found[count, 0] = left + (across - 1) / 2
            found[count, 1] = top + (down - 1) / 2
            count += 1
    return found[:count]


@compiled
def largest_piece(crop: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the largest dark piece of the cells around a square; empty if there is none.

    Its dots are counted along rows with a blank cell at each end, between blank ones.
    """
    rows, columns = crop.shape
    wide, level = columns + 2, _half_dark(crop)
    states = np.zeros((rows + 2) * wide, np.uint8)
    for row in range(rows):
        for column in range(columns):
            states[(row + 1) * wide + 1 + column] = crop[row, column] < level
    dots = np.empty(rows * columns, np.int64)
    first = after = end = 0
    for place in range(wide, len(states) - wide):
        if states[place]:
            start, end = end, _gather(states, wide, place, dots, end)
            if end - start > after - first:
                first, after = start, end
    return dots[first:after]


@compiled
def dark_measures(dots: NDArray[np.int64], wide: int) -> tuple[int, int, float, float]:
    """Return how many columns and rows a piece has, then its middle (x, y).

    Args:
        dots: As :func:`largest_piece` counts them.
        wide: Cells a row, with the blank ones at its ends.
    """
    _, _, columns, rows = _box(dots, wide)
    across = down = 0
    for dot in dots:
        row = dot // wide
        across += dot - row * wide - 1
        down += row - 1
    return columns, rows, across / len(dots), down / len(dots)


@compiled
def _half_dark(cells: NDArray[np.uint8]) -> float:
    """Return the grey half way from ink to paper."""
    counts = np.zeros(256, np.int64)
    for grey in cells.ravel():
        counts[grey] += 1
    return (_grey_at(counts, _PAPER) + _grey_at(counts, _INK)) / 2


@compiled
def _grey_at(counts: NDArray[np.int64], share: float) -> float:
    """Return the grey below which a share of the cells lie, between two of them."""
    last = counts.sum() - 1
    rank = int(last * share)
    lower, upper = nth(counts, rank), nth(counts, min(rank + 1, last))
    return float(lower + (upper - lower) * (last * share - rank))


@compiled
def _cores(cells: NDArray[np.uint8], level: int, worn: int) -> NDArray[np.uint8]:
    """Return where a dark square of worn cells has its upper left one.

    The rows lie one after another, with a blank cell at each end, between blank ones:
    no square reaches over the end of a row unseen.
    """
    rows, columns = cells.shape
    wide, grey = columns + 2, np.uint8(level)
    dark = np.zeros((rows + 2) * wide, np.uint8)
    for row in range(rows):
        line = cells[row]
        into = dark[(row + 1) * wide + 1 : (row + 2) * wide - 1]
        for column in range(columns):
            into[column] = line[column] <= grey
    for step in (1, wide):
        alone = dark.copy()
        for off in range(step, worn * step, step):
            others = alone[off:]
            for place in range(len(others)):
                dark[place] &= others[place]
    return dark


@compiled
def _gather(
    states: NDArray[np.uint8],
    wide: int,
    place: int,
    dots: NDArray[np.int64],
    end: int,
) -> int:
    """Move the piece a place belongs to, corners joined, to dots; return their end."""
    at = end
    states[place] = 0
    dots[end] = place
    end += 1
    while at < end:
        dot = dots[at]
        at += 1
        for line in (dot - wide, dot, dot + wide):
            for near in (line - 1, line, line + 1):
                if states[near]:
                    states[near] = 0
                    dots[end] = near
                    end += 1
    return end


@compiled
def _box(dots: NDArray[np.int64], wide: int) -> tuple[int, int, int, int]:
    """Return first column and row of a piece, then how many of both it has."""
    left, top, right, bottom = dots[0] % wide, dots[0] // wide, 0, 0
    for dot in dots:
        row = dot // wide
        column = dot - row * wide
        left, right = min(left, column), max(right, column)
        top, bottom = min(top, row), max(bottom, row)
    return left - 1, top - 1, right - left + 1, bottom - top + 1
