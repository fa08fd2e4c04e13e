"""Cut the cells around every box out of a scan and darken them: compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.cutting import cut_nearest
from kecan.paper_ballot.greys import PAPER, SOLID, nth

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST_RANGE = 40  # greys from ink to paper
_SPARSE = 4  # of the cells of a strip, each way, one says how light its paper is


@compiled
def cut_smooth(
    into: NDArray[np.uint8], image: NDArray[np.uint8], places: NDArray[np.float64]
) -> None:
    """Fill upright pictures with the nearest pixels, each the mean of 3 by 3 cells.

    Args:
        into: Filled, shape (n, rows, columns), 3 or more of both.
        image: Grey page, shape (height, width); beyond its edges it is as at them.
        places: From (column, row, 1) of a cell to its pixel, shape (n, 2, 3).
    """
    count, rows, columns = into.shape
    lines = np.empty((rows, columns), np.uint8)
    sums = np.empty((rows, columns), np.uint16)
    for one in range(count):
        cut_nearest(lines, image, places[one])
        for row in range(rows):
            _add_beside(sums[row], lines[row])
        _mean_of_three(into[one], sums)


@compiled
def _add_beside(sums: NDArray[np.uint16], line: NDArray[np.uint8]) -> None:
    """Add up each cell and those beside it; the edge is mirrored."""
    last = len(line) - 1
    sums[0] = np.uint16(line[0]) + np.uint16(2) * np.uint16(line[1])
    sums[last] = np.uint16(line[last]) + np.uint16(2) * np.uint16(line[last - 1])
    inner, before, after = sums[1:last], line, line[2:]
    middle = line[1:]
    for cell in range(last - 1):
        inner[cell] = (
            np.uint16(before[cell]) + np.uint16(middle[cell]) + np.uint16(after[cell])
        )


@compiled
def _mean_of_three(into: NDArray[np.uint8], sums: NDArray[np.uint16]) -> None:
    """Add up each line and those above and below; a ninth of that, rounded."""
    rows, columns = sums.shape
    for row in range(rows):
        above, below = sums[abs(row - 1)], sums[rows - 1 - abs(rows - 2 - row)]
        here, line = sums[row], into[row]
        for cell in range(columns):
            # In 16 bits, and the upper half of a product: twice as many at once.
            total = np.uint16(above[cell] + here[cell] + below[cell] + np.uint16(4))
            ninth = (np.uint32(total) * np.uint32(7282)) >> np.uint32(16)
            line[cell] = np.uint8(ninth)


@compiled
def _sides_of(
    cut: NDArray[np.uint8], strip: tuple[int, int], counts: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return how light the paper left and right of, above and below a box is.

    ``strip`` are the first cell right of and below the box that is looked at, and that
    after the last; on the other sides they lie as far from the edge.
    """
    after, far = len(cut) - strip[0], len(cut) - strip[1]
    found = np.empty(4)
    found[0] = _middle_grey(cut[:, far:after], counts)
    found[1] = _middle_grey(cut[:, strip[0] : strip[1]], counts)
    found[2] = _middle_grey(cut[far:after], counts)
    found[3] = _middle_grey(cut[strip[0] : strip[1]], counts)
    return found


@compiled
def _middle_grey(strip: NDArray[np.uint8], counts: NDArray[np.int64]) -> float:
    counts[:] = 0
    total = 0
    for row in range(0, strip.shape[0], _SPARSE):
        for column in range(0, strip.shape[1], _SPARSE):
            counts[strip[row, column]] += 1
            total += 1
    return (nth(counts, (total - 1) // 2) + nth(counts, total // 2)) / 2


@compiled
def darken(
    cells: NDArray[np.uint8], *, ink: int, strip: tuple[int, int], level: float
) -> None:
    """Turn greys into darkened cells against the paper around each box.

    Args:
        cells: Greys around each box, shape (n, side, side); changed.
        ink: Grey of solid print.
        strip: As in :func:`_sides_of`.
        level: Darkened cells from the middle to an edge that the light may fall off by
            without being evened.
    """
    side = cells.shape[1]
    middle, between = (side - 1) / 2, strip[0] + strip[1] - side
    counts = np.empty(256, np.int64)
    for one in range(len(cells)):
        sides = _sides_of(cells[one], strip, counts)
        # The two in the middle: dirt or ink on one side says nothing of the paper.
        paper = (sides.sum() - sides.min() - sides.max()) / 2
        most = max(0.0, 0.25 * (paper - ink) / between)
        across = min(max((sides[1] - sides[0]) / between, -most), most)
        down = min(max((sides[3] - sides[2]) / between, -most), most)
        scale = SOLID / max(paper - ink, _LEAST_RANGE)
        if (abs(across) + abs(down)) * middle * scale <= level:
            across = down = 0.0
        for row in range(side):
            light = paper + down * (row - middle) - across * middle
            _darken_line(cells[one, row], PAPER + light * scale, scale, across * scale)


@compiled
def _darken_line(
    line: NDArray[np.uint8], base: float, scale: float, across: float
) -> None:
    first, times, step = np.float32(base), np.float32(scale), np.float32(across)
    for cell in range(len(line)):
        dark = (
            first + step * np.float32(np.int32(cell)) - times * np.float32(line[cell])
        )
        dark = min(max(np.rint(dark), np.float32(0)), np.float32(255))
        line[cell] = np.uint8(dark)


@compiled
def print_profiles(
    dark: NDArray[np.uint8], least: int, half: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the share of print in each line and column through the middle of boxes.

    Args:
        dark: Darkened cells around each box, shape (n, side, side).
        least: What is darker is print.
        half: Cells from the middle to either end of such a line.

    Returns:
        Of level lines and of upright ones, both of shape (n, side).
    """
    count, side, _ = dark.shape
    first, length = side // 2 - half, 2 * half + 1
    level = np.empty((count, side), np.float32)
    upright = np.empty((count, side), np.float32)
    sums = np.empty(side, np.uint8)
    for one in range(count):
        sums[:] = 0
        for row in range(side):
            line, total = dark[one, row, first : first + length], 0
            for cell in range(length):
                total += line[cell] > least
            level[one, row] = np.float32(total) / np.float32(length)
            if first <= row < first + length:
                whole = dark[one, row]
                for cell in range(side):
                    sums[cell] += np.uint8(whole[cell] > least)
        for cell in range(side):
            upright[one, cell] = np.float32(sums[cell]) / np.float32(length)
    return level, upright


@compiled
def cut_cores(
    dark: NDArray[np.uint8],
    tops: NDArray[np.int64],
    lefts: NDArray[np.int64],
    side: int,
) -> NDArray[np.uint8]:
    """Return squares of cells, each from its own top left cell; shape (n, side, side)."""
    cores = np.empty((len(dark), side, side), np.uint8)
    for one in range(len(dark)):
        for row in range(side):
            line = dark[one, tops[one] + row, lefts[one] :]
            core = cores[one, row]
            for cell in range(side):
                core[cell] = line[cell]
    return cores
