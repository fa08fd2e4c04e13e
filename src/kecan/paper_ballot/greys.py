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


@compiled
def grey_counts(
    image: NDArray[np.uint8], area: tuple[int, int, int, int], every: tuple[int, int]
) -> NDArray[np.int64]:
    """Return how often each grey occurs, shape (256,).

    Args:
        image: Greys, shape (height, width).
        area: First row looked at and that after the last, then columns.
        every: How many rows, and columns, it is from one looked at to the next.
    """
    counts = np.zeros(256, np.int64)
    for row in range(area[0], area[1], every[0]):
        for column in range(area[2], area[3], every[1]):
            counts[image[row, column]] += 1
    return counts


@compiled
def greys_around(
    image: NDArray[np.uint8],
    places: NDArray[np.float64],
    half: int,
    shares: tuple[float, ...],
) -> NDArray[np.int64]:
    """Return greys below which shares of what lies around some places are.

    Every second pixel tells them; where nothing lies in the image they are white.

    Args:
        image: Greys, shape (height, width).
        places: Middles (x, y) in pixels, shape (n, 2).
        half: Pixels each way from a middle that are looked at.
        shares: In [0, 1).

    Returns:
        Shape (n, shares).
    """
    height, width = image.shape
    found = np.full((len(places), len(shares)), 255)
    for one in range(len(places)):
        x, y = round(places[one, 0]), round(places[one, 1])
        area = (
            min(max(0, y - half), height),
            min(max(0, y + half), height),
            min(max(0, x - half), width),
            min(max(0, x + half), width),
        )
        counts = grey_counts(image, area, (2, 2))
        total = counts.sum()
        for share in range(len(shares)):
            if total:
                found[one, share] = nth(counts, int(shares[share] * total))
    return found


@compiled
def greys_at(
    cells: NDArray[np.uint8], places: NDArray[np.int64], ranks: tuple[int, ...]
) -> NDArray[np.int64]:
    """Return the numbers at some ranks, from 0, of those at some places of each row.

    Args:
        cells: Numbers, shape (rows, columns).
        places: Columns.
        ranks: Each below their count.

    Returns:
        Shape (ranks, rows).
    """
    found = np.empty((len(ranks), len(cells)), np.int64)
    counts = np.empty(256, np.int64)
    for row in range(len(cells)):
        counts[:] = 0
        for place in places:
            counts[cells[row, place]] += 1
        for rank in range(len(ranks)):
            found[rank, row] = nth(counts, ranks[rank])
    return found


@compiled
def nth(counts: NDArray[np.int64], place: int) -> int:
    """Return the number at a place, from 0, of those counted, put in order."""
    below, number = counts[0], 0
    while below <= place:
        number += 1
        below += counts[number]
    return number
