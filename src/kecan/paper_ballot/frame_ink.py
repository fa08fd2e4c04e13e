"""Ink on the printed frame of a box, where neither reader tells it from print.

Along a side of its frame print is everywhere alike: what is darker than at a place with as
much ink as most have was added. A mark so small that it hardly leaves the frame shows
nowhere else. Within half a millimetre of a corner the next side hides it. Nothing here
decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.greys import SOLID
from kecan.paper_ballot.sampling import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS = round(2 * CORE / STEP)
_FROM, _TO = FRAME - 0.75, FRAME + 0.9  # mm from the middle of a box: what is looked at
_ALONG = FRAME - 0.4  # mm each way along a side: beyond lies the next side
_PRINT = 0.4  # of a side that has no more ink than print: a mark covers less than half
_ADDED = round(0.2 * SOLID)  # darkened cells more than print from which ink was added


def _cells(first: float, last: float) -> slice:
    """Return the cells whose middles lie between two mm from the middle of a box."""
    places = (np.arange(_CELLS) - (_CELLS - 1) / 2) * STEP
    inside = np.flatnonzero((places >= first) & (places <= last))
    return slice(int(inside[0]), int(inside[-1]) + 1)


_SIDE, _WALL = _cells(-_ALONG, _ALONG), _cells(_FROM, _TO)


def ink_at_frames(dark: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the mm2 of solid ink that lie on and just beside the frame of each box.

    Args:
        dark: Darkened cells, shape (boxes, cells, cells).
    """
    around = (
        dark,
        dark[:, ::-1],
        dark.transpose(0, 2, 1),
        dark[:, :, ::-1].transpose(0, 2, 1),
    )
    found = np.zeros(len(dark))
    for turned in around:
        found += _added(np.ascontiguousarray(turned[:, _WALL, _SIDE]))
    return found * STEP**2


@compiled
def _added(sides: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return how much solid ink was added to one side of each frame, in cells.

    A scan that lies turned shows print up to a cell farther in or out from some place on:
    at each place along the side that is taken, in halves of a cell, which explains most.

    Args:
        sides: Darkened cells of it, lines along the side; shape (boxes, lines, cells).
    """
    boxes, lines, along = sides.shape
    found = np.zeros(boxes)
    for box in range(boxes):
        side = sides[box]
        printed = _in_halves(side[:, _as_printed(side)])
        for place in range(along):
            least = SOLID * lines
            for off in (0, -1, 1, -2, 2):
                added = 0
                for line in range(1, lines - 1):
                    more = side[line, place] - printed[2 * line + off]
                    added += more if more > _ADDED else 0
                least = min(least, added)
                if not least:
                    break
            found[box] += least / SOLID
    return found


@compiled
def _in_halves(cells: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return cells, and between each two of them what lies half way."""
    found = np.empty(2 * len(cells) - 1, np.int64)
    for place in range(len(found)):
        found[place] = (np.int64(cells[place // 2]) + cells[(place + 1) // 2]) // 2
    return found


@compiled
def _as_printed(side: NDArray[np.uint8]) -> int:
    """Return the place along a side that has as much ink as print has."""
    lines, along = side.shape
    inks = np.zeros(along, np.int64)
    for line in range(lines):
        for place in range(along):
            inks[place] += side[line, place]
    return int(np.argsort(inks)[int(_PRINT * (along - 1))])
