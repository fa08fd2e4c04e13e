"""From millimetres on paper to pixels of a scan: one map a page, patches of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.cutting import cut_all_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.halving import HalvedScan

STEP = 0.125
"""Millimetres between two samples of a patch."""

_RIGHT, _BELOW = np.array([1.0, 0.0]), np.array([0.0, 1.0])  # a millimetre
_LEAST_RANGE = 40  # greys from ink to paper


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalStretch:
    """How far the print inside a page was found moved, beyond what its margins say.

    Args:
        heights: Where it was measured down the page, in mm, shape (m,).
        across: Where along it, in mm, shape (k,).
        shifts: (dx, dy) in mm, shape (m, k, 2).
    """

    heights: NDArray[np.float64]
    across: NDArray[np.float64]
    shifts: NDArray[np.float64]

    def at(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (dx, dy) of places in mm, shape (n, 2); beyond the edges, as there."""
        (left, right, beside), (upper, lower, below) = (
            _between(places[:, axis], known)
            for axis, known in ((0, self.across), (1, self.heights))
        )
        above, under = (
            self.shifts[row, left] * (1 - beside) + self.shifts[row, right] * beside
            for row in (upper, lower)
        )
        return np.asarray(above * (1 - below) + under * below)


def _between(
    places: NDArray[np.float64], known: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the known places before and after each, and its share of the way."""
    at = np.interp(places, known, np.arange(len(known)))
    before = at.astype(np.int64)
    after = np.minimum(before + 1, len(known) - 1)
    return before, after, (at - before)[:, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMap:
    """Where a place on paper lies in the scan.

    ``homography`` takes millimetres to pixels; ``rows`` are heights in mm at which
    the paper was found moved by ``left`` and ``right`` (dx, dy) at x = ``sides``.
    ``inside`` is what the print between them adds, where it was measured.
    """

    homography: NDArray[np.float64]
    rows: NDArray[np.float64]
    left: NDArray[np.float64]
    right: NDArray[np.float64]
    sides: tuple[float, float]
    inside: LocalStretch | None = None

    def moved(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return places in mm, shape (n, 2), with the paper's local stretch."""
        stretch = self.rows, self.left, self.right
        found = _stretched(places, stretch, self.sides)
        return found if self.inside is None else found + self.inside.at(places)

    def pixels(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return pixels (x, y) of places in mm, shape (n, 2)."""
        return project(self.homography, self.moved(places))

    def to_cells(self, seen: HalvedScan) -> PaperMap:
        """Return the map to the cells of a scan made smaller."""
        return replace(self, homography=seen.matrix @ self.homography)


@compiled
def _stretched(
    places: NDArray[np.float64],
    stretch: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]],
    sides: tuple[float, float],
) -> NDArray[np.float64]:
    """Return places moved by what was found at both sides of the page.

    ``stretch`` are the heights at which that was found, then what the left side was
    moved by there, and the right.
    """
    rows, left, right = stretch
    found = places.copy()
    last = len(rows) - 1
    for place in range(len(places)):
        x, y = places[place]
        below = 0
        while below <= last and rows[below] < y:
            below += 1
        upper, lower = max(0, below - 1), min(last, below)
        apart = rows[lower] - rows[upper]
        under = (y - rows[upper]) / apart if apart > 0 else 0.0
        share = (x - sides[0]) / (sides[1] - sides[0])
        for axis in range(2):
            at_left = (
                left[upper, axis] + (left[lower, axis] - left[upper, axis]) * under
            )
            at_right = right[upper, axis]
            at_right += (right[lower, axis] - right[upper, axis]) * under
            found[place, axis] += at_left + (at_right - at_left) * share
    return found


@compiled
def project(
    homography: NDArray[np.float64], places: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return where a homography takes points, shape (n, 2)."""
    found = np.empty((len(places), 2))
    for place in range(len(places)):
        x, y = places[place]
        found[place] = projected(homography, x, y)
    return found


@compiled
def projected(
    homography: NDArray[np.float64], x: float, y: float
) -> tuple[float, float]:
    """Return where a homography takes one point."""
    across, down, depth = homography
    far = depth[0] * x + depth[1] * y + depth[2]
    return (
        (across[0] * x + across[1] * y + across[2]) / far,
        (down[0] * x + down[1] * y + down[2]) / far,
    )


def patches(
    image: NDArray[np.uint8],
    paper: PaperMap,
    *,
    centres: NDArray[np.float64],
    size: tuple[float, float],
    step: float = STEP,
) -> NDArray[np.uint8]:
    """Cut upright patches of paper out of a scan.

    Args:
        image: Grey page, shape (height, width), uint8, 0 = black.
        paper: Where the paper lies.
        centres: Middles in mm, shape (n, 2).
        size: Width and height of a patch in mm.
        step: Millimetres between samples.
    """
    columns, rows = (round(length / step) for length in size)
    count = len(centres)
    found = np.empty((count * rows, columns), np.uint8)
    sizes = np.full((count, 2), (columns, rows))
    places = upright_places(paper, centres=centres, step=step, sizes=sizes)
    cut_into(found, image, places, tops=np.arange(count) * rows, sizes=sizes)
    return found.reshape(count, rows, columns)


def cut_into(
    stack: NDArray[np.uint8],
    image: NDArray[np.uint8],
    places: NDArray[np.float64],
    *,
    tops: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> None:
    """Fill pictures that stand one under another with upright paper.

    Args:
        stack: Filled.
        image: Grey page, shape (height, width), uint8, 0 = black.
        places: Of :func:`upright_places`.
        tops: First line of each picture, shape (n,) or more.
        sizes: Columns and rows of each picture, shape (n, 2).
    """
    done = cut_all_between(stack, image, places, tops, sizes)
    for one in np.flatnonzero(~done).tolist():
        columns, rows = sizes[one].tolist()
        picture = stack[tops[one] : tops[one] + rows, :columns]
        cv2.warpAffine(
            image,
            places[one],
            (columns, rows),
            dst=picture,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )


def upright_places(
    paper: PaperMap,
    *,
    centres: NDArray[np.float64],
    step: float,
    sizes: NDArray[np.int64] | tuple[int, int],
) -> NDArray[np.float64]:
    """Return what takes (column, row, 1) of upright pictures to pixels, shape (n, 2, 3).

    Args:
        paper: Where the paper lies.
        centres: Middles in mm, shape (n, 2).
        step: Millimetres between cells.
        sizes: Columns and rows of each picture, shape (n, 2), or of all alike.
    """
    beside = np.concatenate([centres, centres + _RIGHT, centres + _BELOW])
    middles = np.asarray(sizes, np.float64).reshape(-1, 2)
    return _placed(paper.pixels(beside), step, (middles - 1) / 2)


@compiled
def _placed(
    pixels: NDArray[np.float64], step: float, middles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what takes cells of pictures to pixels, shape (n, 2, 3).

    Args:
        pixels: Of the middle of each, then of a mm to its right, then below it.
        step: mm a cell.
        middles: The cell in the middle of each picture, or of all, shape (n or 1, 2).
    """
    count = len(pixels) // 3
    places = np.empty((count, 2, 3))
    for one in range(count):
        column, row = middles[min(one, len(middles) - 1)]
        for axis in range(2):
            at = pixels[one, axis]
            right = (pixels[count + one, axis] - at) * step
            down = (pixels[2 * count + one, axis] - at) * step
            places[one, axis, 0], places[one, axis, 1] = right, down
            places[one, axis, 2] = at - right * column - down * row
    return places


def spread(
    values: NDArray[np.float32],
    known: tuple[NDArray[np.int64], NDArray[np.int64]],
    *,
    size: tuple[int, int],
) -> NDArray[np.float32]:
    """Return what changes slowly everywhere, from some columns and rows of it.

    Args:
        values: At the columns and rows known, shape (rows, columns) or one axis more.
        known: Those columns, then those rows; the first and last among them.
        size: How many columns and rows there are.
    """
    across, down = np.meshgrid(
        *(
            np.interp(np.arange(cells), at, np.arange(len(at))).astype(np.float32)
            for cells, at in zip(size, known, strict=True)
        )
    )
    return np.asarray(cv2.remap(values, across, down, cv2.INTER_LINEAR), np.float32)


def local_darkness(strip: NDArray[np.uint8], *, ink: int) -> NDArray[np.float32]:
    """Return how dark a strip is against its paper, 1 = solid print, which is ``ink``.

    The paper behind the ink is what remains when narrow dark parts close.
    """
    closed = cv2.morphologyEx(strip, cv2.MORPH_CLOSE, np.ones((25, 25), np.uint8))
    paper = np.asarray(cv2.blur(closed, (15, 15)), np.float32)
    return np.asarray((paper - strip) / np.maximum(_LEAST_RANGE, paper - ink))
