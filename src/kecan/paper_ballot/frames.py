"""Set every box on its printed frame: darkness around it, against its own paper."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.box_cells import (
    cut_cores,
    cut_smooth,
    darken,
    print_profiles,
)
from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.sampling import STEP, upright_places

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import ScanImage

CORE = 5.8  # mm from the middle of a box that is looked at
FRAME = 2.35  # mm from the middle to the middle of the printed line
_SEARCH = 1.0  # mm the printed frame is looked for around its place
_UNLIKE = 3  # cells a frame may lie off unlike the others of its page
_PRINT = 0.20  # darkness, of solid print, from which a cell may be the frame
_LEVEL = 2.0  # a slant of the light, in darkened cells, that is none
_CELLS = round(2 * CORE / STEP)
_SIZE = (round(2 * (CORE + _SEARCH) / STEP),) * 2
_REACH = round(_SEARCH / STEP)
_MIDDLE = (_SIZE[0] - 1) / 2
_STRIP = (math.ceil(_MIDDLE + 4.4 / STEP), math.ceil(_MIDDLE + 5.9 / STEP))  # paper
_HALF = round(1.8 / STEP)  # cells each way from the middle of a wall that are looked at
_WALLS = (
    round(_MIDDLE - FRAME / STEP) - _REACH,
    round(_MIDDLE + FRAME / STEP) - _REACH,
)
"""Cells where the walls lie of a frame that lies off as far as it may."""
_BESIDE = 5  # cells from a wall where its frame shows no print
_RIM = round(0.75 / STEP)  # cells at each side of a wall that may make it thicker


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
    rims: NDArray[np.float64]


def box_cores(scan: ScanImage, found: FoundPage) -> BoxCores:
    """Cut out every box of a page, in the order of the layout."""
    seen = scan.at(STEP)
    centres = found.page.box_middles
    places = upright_places(
        found.paper.to_cells(seen), centres=centres, step=STEP, sizes=_SIZE
    )
    dark = np.empty((len(centres), *_SIZE), np.uint8)
    cut_smooth(dark, seen.cells, places)
    darken(dark, ink=found.ink, strip=_STRIP, level=_LEVEL)
    level, upright = print_profiles(dark, int(PAPER + _PRINT * SOLID), _HALF)
    down, beside, thick = _walls(level)
    across, above, wide = _walls(upright)
    return BoxCores(
        dark=cut_cores(dark, down, across, _CELLS),
        frames=np.minimum(beside, above),
        rims=np.concatenate((thick, wide), axis=1),
    )


def _walls(
    profiles: NDArray[np.float32],
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Return how far each frame lies off along one axis, and about its walls.

    That is the weaker wall's ink, and how thick both are, of the usual. What
    is printed lies off alike all over a page: a frame that a mark hides is looked for
    where the others were found.

    Args:
        profiles: Share of print in each line of cells, shape (boxes, cells).

    Returns:
        Cells from the least that it may lie off, shape (boxes,); ink; shape (boxes, 2).
    """
    everywhere = 0, 2 * _REACH + 1
    usual = int(median(_likeliest(profiles, everywhere)[0].tolist()))
    near = max(0, usual - _UNLIKE), min(everywhere[1], usual + _UNLIKE + 1)
    found, ink = _likeliest(profiles, near)
    thick = _thickness(profiles, usual)
    of_usual = [max(1.0, median(side)) for side in thick.T.tolist()]
    return found, ink, thick / of_usual


@compiled
def _likeliest(
    profiles: NDArray[np.float32], shifts: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return which shift, of some, makes each frame likeliest; its weaker wall's ink."""
    found, ink = np.empty(len(profiles), np.int64), np.empty(len(profiles))
    for box in range(len(profiles)):
        profile, best, most = profiles[box], shifts[0], -np.inf
        for shift in range(shifts[0], shifts[1]):
            likeness = _likeness(profile, shift)
            if likeness > most:
                best, most = shift, likeness
        left, right = _WALLS[0] + best, _WALLS[1] + best
        found[box] = best
        ink[box] = min(_darkest(profile, left), _darkest(profile, right))
    return found, ink


@compiled
def _likeness(profile: NDArray[np.float32], shift: int) -> float:
    """Return how like a frame that lies off by some cells a profile looks."""
    left, right = _WALLS[0] + shift, _WALLS[1] + shift
    beyond = profile[left - _BESIDE] + profile[right + _BESIDE]
    inside = profile[left + _BESIDE] + profile[right - _BESIDE]
    weaker = min(profile[left], profile[right])
    like = weaker - np.float32(0.5) * beyond - np.float32(0.05) * inside
    return float(like - 0.005 * abs(shift - _REACH))


@compiled
def _darkest(profile: NDArray[np.float32], cell: int) -> float:
    return float(max(profile[cell - 1], profile[cell], profile[cell + 1]))


@compiled
def _thickness(profiles: NDArray[np.float32], usual: int) -> NDArray[np.float64]:
    """Return how thick both walls of each frame are, where those of its page lie."""
    found = np.zeros((len(profiles), 2))
    for side in range(2):
        wall = _WALLS[side] + usual
        for box in range(len(profiles)):
            for cell in range(wall - _RIM, wall + _RIM + 1):
                found[box, side] += profiles[box, cell]
    return found
