"""Set every box on its printed frame: darkness around it, against its own paper."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.greys import PAPER, SOLID, in_order
from kecan.paper_ballot.sampling import STEP, patches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import ScanImage

CORE = 5.8  # mm from the middle of a box that is looked at
FRAME = 2.35  # mm from the middle to the middle of the printed line
_SEARCH = 1.0  # mm the printed frame is looked for around its place
_UNLIKE = 3  # samples a frame may lie off unlike the others of its page
_STRIP = (4.4, 5.9)  # mm from the middle: clear paper on every side
_LEAST_RANGE = 40  # greys from ink to paper
_PRINT = 0.20  # darkness, of solid print, from which a sample may be the frame
_RIM = round(0.75 / STEP)  # samples at each side of a wall that may make it thicker
_LEVEL = 2.0  # a slant of the light, in darkened cells, that is none
_CELLS = round(2 * CORE / STEP)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxCores:
    """The paper around every box, the middle of its frame in the middle.

    Args:
        dark: Darkened cells (:mod:`~kecan.paper_ballot.greys`), shape (boxes, cells,
            cells).
        frames: How much of the weakest side of each frame was found.
        rims: How thick the four sides of each frame are, of what is usual there on
            this page, shape (boxes, 4).
    """

    dark: NDArray[np.uint8]
    frames: NDArray[np.float64]
    rims: NDArray[np.float32]


def box_cores(scan: ScanImage, found: FoundPage) -> BoxCores:
    """Cut out every box of a page, in the order of the layout."""
    seen = scan.at(STEP)
    centres = np.array([box.rectangle.centre for box in found.page.boxes])
    size = 2 * (CORE + _SEARCH)
    cut = patches(
        seen.cells,
        found.paper.to_cells(seen),
        centres=centres,
        size=(size, size),
        is_smooth=False,
    )
    count, rows, columns = cut.shape
    flat = cv2.blur(cut.reshape(count * rows, columns), (3, 3))
    dark = _darkened(np.asarray(flat, np.uint8).reshape(cut.shape), ink=found.ink)
    reach = round(_SEARCH / STEP)
    printed = (dark > np.uint8(PAPER + _PRINT * SOLID)).view(np.uint8)
    half = round(1.8 / STEP)
    middle = rows // 2
    band = slice(middle - half, middle + half + 1)
    beside = printed.reshape(count * rows, columns)[:, band]
    along = cv2.reduce(beside, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    above = np.add.reduce(printed[:, band, :], axis=1, dtype=np.uint8)
    lengths = np.float32(2 * half + 1)
    down, upright, thick = _walls(along.reshape(count, rows) / lengths, reach=reach)
    across, level, wide = _walls(above / lengths, reach=reach)
    cores = np.empty((count, _CELLS, _CELLS), np.uint8)
    for index in range(count):
        top, left = reach + down[index], reach + across[index]
        cores[index] = dark[index, top : top + _CELLS, left : left + _CELLS]
    frames, rims = np.minimum(upright, level), np.concatenate([thick, wide], axis=1)
    return BoxCores(dark=cores, frames=frames, rims=rims)


def _darkened(cut: NDArray[np.uint8], *, ink: int) -> NDArray[np.uint8]:
    """Return darkness against the paper around each box, light falling off or not."""
    axis = (np.arange(cut.shape[1]) - (cut.shape[1] - 1) / 2) * STEP
    first, last = (int(np.searchsorted(axis, length)) for length in _STRIP)
    low, high = slice(-last, -first or None), slice(first, last)
    strips = (cut[:, :, low], cut[:, :, high], cut[:, low], cut[:, high])
    left, right, top, bottom = sides = [
        _middle_greys(strip[:, ::4, ::4]) for strip in strips
    ]
    ordered = np.sort(np.stack(sides), axis=0)
    paper = (ordered[1] + ordered[2]) / 2
    between = 2 * float(np.mean(_STRIP))
    most = 0.25 * (paper - ink) / between
    along = np.clip((right - left) / between, -most, most)
    down = np.clip((bottom - top) / between, -most, most)
    scale = SOLID / np.maximum(paper - ink, _LEAST_RANGE)
    dark = np.empty_like(cut)
    base = PAPER + paper * scale
    for one, grey, times, start in zip(
        cut, dark, scale.tolist(), base.tolist(), strict=True
    ):
        cv2.convertScaleAbs(one, grey, alpha=-times, beta=start)
    slants = (np.abs(along) + np.abs(down)) * axis[-1] * scale
    for index in np.flatnonzero(slants > _LEVEL):
        fall = along[index] * axis + (down[index] * axis)[:, None]
        shown = base[index] + (fall - cut[index]) * scale[index]
        dark[index] = np.clip(np.rint(shown), 0, 255)
    return dark


def _middle_greys(strips: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return the middle grey of each strip."""
    ordered = in_order(strips.reshape(len(strips), -1))
    middle = ordered.shape[1] // 2
    return np.asarray((ordered[:, middle] + ordered[:, -middle - 1]) / 2, np.float32)


def _walls(
    profiles: NDArray[np.float32], *, reach: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float32]]:
    """Return how far each frame lies off along one axis, and about its walls.

    That is the weaker wall's ink, and how thick both are, of the usual. What
    is printed lies off alike all over a page: a frame that a mark hides is looked for
    where the others were found.
    """
    shifts = np.arange(-reach, reach + 1)
    scores, walls = _scores(profiles, shifts)
    usual = int(median(shifts[scores.argmax(axis=1)].tolist()))
    allowed = np.abs(shifts - usual) <= _UNLIKE
    best = np.where(allowed, scores, -np.inf).argmax(axis=1)
    found = walls[np.arange(len(walls)), best]
    return shifts[best], found, _thickness(profiles, usual=usual)


def _thickness(profiles: NDArray[np.float32], *, usual: int) -> NDArray[np.float32]:
    """Return how thick both walls of each frame are, of the usual one here."""
    middle = (profiles.shape[1] - 1) / 2 + usual
    found = []
    for side in (-1, 1):
        wall = round(middle + side * FRAME / STEP)
        thick = np.add.reduce(profiles[:, wall - _RIM : wall + _RIM + 1], axis=1)
        found.append(thick / np.float32(max(1.0, median(thick.tolist()))))
    return np.stack(found, axis=1)


def _scores(
    profiles: NDArray[np.float32], shifts: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how like a frame each shift looks, and its weaker wall; (boxes, shifts)."""
    middle = (profiles.shape[1] - 1) / 2
    starts = [round(middle + side * FRAME / STEP) + shifts[0] for side in (-1, 1)]

    def at(off: int, of: NDArray[np.float32] = profiles) -> list[NDArray[np.float32]]:
        """Return the profile ``off`` cells outside both walls."""
        firsts = starts[0] - off, starts[1] + off
        return [of[:, first : first + len(shifts)] for first in firsts]

    wide = profiles.copy()
    wide[:, 1:-1] = np.maximum(
        np.maximum(profiles[:, :-2], profiles[:, 1:-1]), profiles[:, 2:]
    )
    beyond, inside = (np.add(*at(off)) for off in (5, -5))
    scores = np.minimum(*at(0)) - 0.5 * beyond - 0.05 * inside - 0.005 * np.abs(shifts)
    return scores, np.minimum(*at(0, wide))
