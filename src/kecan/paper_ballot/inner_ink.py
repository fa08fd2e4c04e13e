"""What lies inside the frames of boxes, measured cell by cell: compiled loops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import PAPER, SOLID, nth

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
def spans(ink: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return how wide and how high the ink of each box is, in cells; 0 for none.

    Args:
        ink: Inside each box, shape (boxes, rows, columns).
    """
    boxes, rows, columns = ink.shape
    found = np.zeros((boxes, 2))
    for box in range(boxes):
        left, right, top, bottom = columns, -1, rows, -1
        for row in range(rows):
            for column in range(columns):
                if ink[box, row, column]:
                    left, right = min(left, column), max(right, column)
                    top, bottom = min(top, row), row
        if bottom >= 0:
            found[box, 0], found[box, 1] = right - left + 1, bottom - top + 1
    return found
