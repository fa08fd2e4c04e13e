"""What lies in and near the frames of boxes, measured cell by cell: compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import PAPER, SOLID, nth

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BLACK = np.uint8(PAPER + SOLID)
_ALONG = 4  # cells that a stroke may run on along the frame before it ends there


@compiled
def faint_shares(
    within: NDArray[np.uint8], usual: NDArray[np.float32], least: float
) -> NDArray[np.float64]:
    """Return the share of each inside that is darker than usual by more than ``least``.

    Args:
        within: Darkened cells inside each box, shape (boxes, rows, columns).
        usual: Darkness that even empty boxes of the page have, shape (rows, columns).
        least: Darkness.
    """
    boxes, rows, columns = within.shape
    found = np.zeros(boxes)
    for box in range(boxes):
        cells = np.int32(0)
        for row in range(rows):
            line, shade = within[box, row], usual[row]
            for column in range(columns):
                dark = np.float32(np.int32(line[column]) - PAPER) * np.float32(
                    1 / SOLID
                )
                cells += np.int32(dark - shade[column] > least)
        found[box] = cells / (rows * columns)
    return found


@compiled
def upper_darkness(within: NDArray[np.uint8], share: float) -> NDArray[np.float64]:
    """Return the darkness that a share of the cells of each inside have at most.

    Args:
        within: Darkened cells inside each box, shape (boxes, rows, columns).
        share: In [0, 1].
    """
    boxes, rows, columns = within.shape
    found = np.empty(boxes)
    counts = np.empty(256, np.int64)
    for box in range(boxes):
        counts[:] = 0
        for row in range(rows):
            for column in range(columns):
                counts[within[box, row, column]] += 1
        found[box] = (nth(counts, round(share * (rows * columns - 1))) - PAPER) / SOLID
    return found


@compiled
def of_all_boxes(within: NDArray[np.uint8], rank: int) -> NDArray[np.uint8]:
    """Return the number at a rank, from 0, of what each cell has in all the boxes.

    Args:
        within: Darkened cells inside each box, shape (boxes, rows, columns).
        rank: Below the number of boxes.

    Returns:
        Shape (rows, columns).
    """
    boxes, rows, columns = within.shape
    found = np.zeros((rows, columns), np.uint8)
    below, least = np.empty(columns, np.uint16), np.empty(columns, np.uint8)
    for row in range(rows):
        # Bit by bit it is raised as long as no more boxes than that have less.
        for bit in range(7, -1, -1):
            for column in range(columns):
                least[column] = found[row, column] + np.uint8(1 << bit)
                below[column] = 0
            for box in range(boxes):
                line = within[box, row]
                for column in range(columns):
                    below[column] += np.uint16(line[column] < least[column])
            for column in range(columns):
                if below[column] <= rank:
                    found[row, column] = least[column]
    return found


@compiled
def coarse_shapes(
    cores: NDArray[np.uint8], edge: int, times: int, side: int
) -> NDArray[np.uint8]:
    """Return means of the ink of each box, above paper and up to solid print, rounded.

    Args:
        cores: Darkened cells, shape (boxes, cells, cells).
        edge: Cells left out at each edge of them.
        times: Cells each way of which the mean is taken.
        side: Means each way that are taken of a box.

    Returns:
        Shape (boxes, side, side).
    """
    found = np.empty((len(cores), side, side), np.uint8)
    sums = np.empty(side * times, np.uint16)
    for box in range(len(cores)):
        for row in range(side):
            sums[:] = 0
            for line in range(edge + row * times, edge + (row + 1) * times):
                cells = cores[box, line, edge : edge + side * times]
                for cell in range(side * times):
                    shown = min(max(cells[cell], np.uint8(PAPER)), _BLACK)
                    sums[cell] += np.uint16(shown) - np.uint16(PAPER)
            for column in range(side):
                total = 0
                for cell in range(column * times, (column + 1) * times):
                    total += sums[cell]
                found[box, row, column] = (total + times**2 // 2) // times**2
    return found


@compiled
def spans(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how wide and how high the ink of each box is, in cells; 0 for none.

    What lies along the frame alone hardly lengthens it: the blur of a frame may be as
    dark as ink, and run on from a dot.

    Args:
        ink: Inside each box, shape (boxes, rows, columns).
    """
    found = np.zeros((len(ink), 2))
    for box in range(len(ink)):
        found[box, 0] = _extent(ink[box])
        found[box, 1] = _extent(ink[box].T)
    return found


@compiled
def _extent(ink: NDArray[np.bool_]) -> int:
    """Return how many columns the ink of one box takes, from the first to the last."""
    rows, columns = ink.shape
    left, right, first, last = columns, -1, columns, -1
    for row in range(rows):
        for column in range(columns):
            if ink[row, column]:
                first, last = min(first, column), max(last, column)
                if 0 < row < rows - 1:
                    left, right = min(left, column), max(right, column)
    if right < 0:
        return 0
    return int(min(last, right + _ALONG) - max(first, left - _ALONG) + 1)
