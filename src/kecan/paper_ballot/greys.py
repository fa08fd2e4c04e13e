"""Darkness in whole numbers, which all of a page is computed in; and greys by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PAPER, SOLID = 40, 200
"""Number of clear paper in darkened cells, and how much more solid print has."""


def darkness(cells: NDArray[np.integer]) -> NDArray[np.float32]:
    """Return the darkness of darkened cells: 0 = paper, 1 = solid print."""
    return (cells.astype(np.float32) - PAPER) * np.float32(1 / SOLID)


def in_order(cells: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Return the cells of each row in order, as numbers that differences may leave.

    Numbers of 32 bits are put in order several times as quickly as bytes are.
    """
    return np.sort(cells.astype(np.int32), axis=-1)


def grey_at(below: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """Return the grey a share of each row's places lies below, within a grey.

    Args:
        below: How many places have at most each grey, shape (rows, 256).
        share: In (0, 1).
    """
    wanted = share * below[:, -1]
    grey = np.minimum((below < wanted[:, None]).sum(axis=1), 255)
    rows = np.arange(len(below))
    last = np.where(grey > 0, below[rows, grey - 1], 0)
    there = np.maximum(1, below[rows, grey] - last)
    return np.asarray(grey - 0.5 + (wanted - last) / there, np.float64)


def counts_below(
    cells: NDArray[np.uint8], row_of: NDArray[np.int64], *, rows: int
) -> NDArray[np.int64]:
    """Return how many cells of each row have at most each grey, shape (rows, 256)."""
    counts = np.bincount(row_of * 256 + cells, minlength=256 * rows)
    return np.cumsum(counts.reshape(rows, 256), axis=1)
