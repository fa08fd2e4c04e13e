"""Find the ticks in the margins: where each row lies, however the paper stretched."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import nth
from kecan.paper_ballot.sampling import projected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.halving import ScanImage

_STEP = 0.25  # mm
_WINDOW = (9.0, 7.0)  # mm around a tick's place
_SPARSE = 3  # cells between those by which the greys of a window are told
_DARKEST = 0.05  # of a window that is darker than most of its tick; ticks cover .12
_PAPER = 0.85  # of a window that is darker than its paper is
_PALEST = 0.2  # of the darkness of solid print that a tick has at least
_AREA = (0.6, 1.5)  # of a tick's own
_PALE, _DARK, _TAKEN, _TICK = range(4)  # states of a cell in the search


def tick_shifts(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    middles: NDArray[np.float64],
    area: float,
    ink: int,
) -> NDArray[np.float64]:
    """Return how far each tick was found from its place, in mm; NaN where it was not.

    Args:
        scan: Page.
        homography: From millimetres on paper to its pixels.
        middles: Where the ticks were printed, in mm, shape (n, 2).
        area: Of every tick, in mm2.
        ink: Grey of solid print.
    """
    seen = scan.at(_STEP)
    return _shifts(seen.cells, seen.matrix @ homography, middles, area, ink)


@compiled
def _shifts(
    page: NDArray[np.uint8],
    homography: NDArray[np.float64],
    places: NDArray[np.float64],
    printed: float,
    ink: int,
) -> NDArray[np.float64]:
    """Return the same in cells of a page.

    A window lies as the page does, neither turned nor sampled anew; one that would
    leave the page is moved into it.

    Args:
        page: Greys, shape (height, width).
        homography: From millimetres on paper to cells.
        places: Middles of the ticks, shape (n, 2).
        printed: Area of every tick, in mm2.
        ink: Grey of solid print.
    """
    found = np.full((len(places), 2), np.nan)
    rows, columns = _window(page, homography, places)
    wide = columns + 2
    # White around each window: the search need not ask where it ends.
    cells = np.full((3, (rows + 2) * wide), np.uint8(255))
    dots = np.empty(rows * columns, np.int64)
    for one in range(len(places)):
        x, y, right, below = _lie(homography, places[one])
        left = _start(x, columns, page.shape[1])
        top = _start(y, rows, page.shape[0])
        for row in range(rows):
            place = (row + 1) * wide + 1
            cells[0, place : place + columns] = page[top + row][left : left + columns]
        _darken(cells, wide, ink)
        area = 1 / (right[0] * below[1] - right[1] * below[0])
        across, down = _balance(cells, wide, dots, area / printed)
        across, down = across + left - x, down + top - y
        found[one, 0] = (below[1] * across - below[0] * down) * area
        found[one, 1] = (right[0] * down - right[1] * across) * area
        if abs(found[one, 0]) > _WINDOW[0] / 2 or abs(found[one, 1]) > _WINDOW[1] / 2:
            found[one] = np.nan
    return found


@compiled
def _window(
    page: NDArray[np.uint8],
    homography: NDArray[np.float64],
    places: NDArray[np.float64],
) -> tuple[int, int]:
    """Return rows and columns of a window; it is no larger than the page."""
    if not len(places):
        return 1, 1
    _, _, right, _ = _lie(homography, places[0])
    per_mm = math.hypot(right[0], right[1])
    return (
        min(page.shape[0], max(1, round(_WINDOW[1] * per_mm))),
        min(page.shape[1], max(1, round(_WINDOW[0] * per_mm))),
    )


@compiled
def _lie(
    homography: NDArray[np.float64], place: NDArray[np.float64]
) -> tuple[float, float, tuple[float, float], tuple[float, float]]:
    """Return x and y of a place, and the ways to a millimetre right of and below it."""
    x, y = projected(homography, place[0], place[1])
    right = projected(homography, place[0] + 1.0, place[1])
    below = projected(homography, place[0], place[1] + 1.0)
    return x, y, (right[0] - x, right[1] - y), (below[0] - x, below[1] - y)


@compiled
def _start(middle: float, cells: int, side: int) -> int:
    """Return the first of some cells around a middle; all lie within the side."""
    start = np.rint(middle - (cells - 1) / 2)
    # Written so that a middle that is no number lies within the side too.
    return int(min(start, float(side - cells))) if start > 0 else 0


@compiled
def _darken(cells: NDArray[np.uint8], wide: int, ink: int) -> None:
    """Fill in how much darker than paper each cell of a window is, and its state.

    Args:
        cells: Greys, darkness and states; rows of ``wide`` one after another.
        wide: Cells a row, with a white one at each end.
        ink: Grey of solid print.
    """
    greys, inks, states = cells
    darkest, paper = _two_greys(greys, wide)
    # Toner may be pale on one side of the page: a tick is as dark as its own middle.
    least = max((paper - ink) * _PALEST, (paper - darkest) / 2)
    level = np.uint8(max(0, paper - int(min(max(least, 0.0), 255.0))))
    white = np.uint8(paper)
    # In numbers as small as the cells many are computed at once.
    for place in range(len(greys)):
        inks[place] = white - min(greys[place], white)
    for place in range(len(greys)):
        states[place] = _DARK if greys[place] < level else _PALE


@compiled
def _two_greys(greys: NDArray[np.uint8], wide: int) -> tuple[int, int]:
    """Return the darkest grey of a window and that of its paper."""
    counts = np.zeros(256, np.int64)
    for start in range(wide, len(greys) - wide, _SPARSE * wide):
        for place in range(start + 1, start + wide - 1, _SPARSE):
            counts[greys[place]] += 1
    last = counts.sum() - 1
    return nth(counts, round(_DARKEST * last)), nth(counts, round(_PAPER * last))


@compiled
def _balance(
    cells: NDArray[np.uint8], wide: int, dots: NDArray[np.int64], share: float
) -> tuple[float, float]:
    """Return the place (x, y) in its window a tick balances on; NaN for a lost one.

    Args:
        cells: As in :func:`_darken`.
        wide: Cells a row.
        dots: Memory for as many cells as a window has.
        share: Of a tick's own area that a cell has.
    """
    inks, states = cells[1], cells[2]
    tick = _only_tick(states, wide, dots, share)
    if not len(tick):
        return np.nan, np.nan
    for dot in tick:
        states[dot] = _TICK
    # The search finds an uppermost dot of a piece first.
    top, bottom = tick[0] // wide - 1, tick.max() // wide + 2
    top, bottom = max(1, top), min(len(states) // wide - 1, bottom)
    around = slice((top - 1) * wide, (bottom + 1) * wide)
    weights = _weights(inks[around], states[around], wide)
    total = across = down = 0
    for row in range(bottom - top):
        ink = 0
        for column in range(wide):
            weight = int(weights[row * wide + column])
            ink += weight
            across += weight * (column - 1)
        total += ink
        down += ink * (top + row - 1)
    return across / total, down / total


@compiled
def _weights(
    inks: NDArray[np.uint8], states: NDArray[np.uint8], wide: int
) -> NDArray[np.uint8]:
    """Return how dark a tick is with a cell around it, in all rows but first and last.

    How grey its rim is says where the tick ends.
    """
    count = len(inks) - 2 * wide
    above, here, below = states[:count], states[wide : wide + count], states[2 * wide :]
    near = np.zeros(count + 2, np.uint8)
    for place in range(count):
        near[place + 1] = (
            (above[place] == _TICK) | (here[place] == _TICK) | (below[place] == _TICK)
        )
    weights = inks[wide : wide + count].copy()
    for place in range(count):
        weights[place] *= near[place] | near[place + 1] | near[place + 2]
    return weights


@compiled
def _only_tick(
    states: NDArray[np.uint8], wide: int, dots: NDArray[np.int64], share: float
) -> NDArray[np.int64]:
    """Return the dots of the only piece as large as a tick; none if there is not one."""
    first = after = end = 0
    for place in range(wide, len(states) - wide):
        if states[place] == _DARK:
            start, end = end, _gather(states, wide, dots, place, end)
            if _AREA[0] < (end - start) * share < _AREA[1]:
                if after:
                    return dots[:0]
                first, after = start, end
    return dots[first:after]


@compiled
def _gather(
    states: NDArray[np.uint8],
    wide: int,
    dots: NDArray[np.int64],
    place: int,
    end: int,
) -> int:
    """Add the dark piece a place belongs to, by sides, to the dots; return their end."""
    at = end
    dots[end] = place
    states[place] = _TAKEN
    end += 1
    while at < end:
        dot = dots[at]
        at += 1
        for beside in (dot - wide, dot - 1, dot + 1, dot + wide):
            if states[beside] == _DARK:
                states[beside] = _TAKEN
                dots[end] = beside
                end += 1
    return end


def smoothed(
    shifts: NDArray[np.float64], heights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fill lost ticks from their neighbours and drop single outliers."""
    filled, found = shifts, np.isfinite(shifts[:, 0])
    if not found.all():
        filled = np.column_stack(
            [np.interp(heights, heights[found], shifts[found, axis]) for axis in (0, 1)]
        )
    return _middles_of_three(filled)


@compiled
def _middles_of_three(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return of each row, column by column, the middle of it and its neighbours."""
    found = np.empty_like(values)
    last = len(values) - 1
    for row in range(len(values)):
        for column in range(values.shape[1]):
            before = values[max(0, row - 1), column]
            here, after = values[row, column], values[min(last, row + 1), column]
            low, high = min(before, after), max(before, after)
            found[row, column] = min(max(low, here), high)
    return found
