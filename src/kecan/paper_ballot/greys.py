"""Darkness in whole numbers, which all of a page is computed in; and greys by rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled

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


@compiled
def nth(counts: NDArray[np.int64], place: int) -> int:
    """Return the number at a place, from 0, of those counted, put in order."""
    below, number = counts[0], 0
    while below <= place:
        number += 1
        below += counts[number]
    return number
