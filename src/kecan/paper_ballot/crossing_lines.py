"""Straight lines that cross a box from outside to outside: folds, streaks, strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.compiled import compiled
from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.greys import PAPER, SOLID, darkness
from kecan.paper_ballot.sampling import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Where along its way a line is looked at, in mm from the middle of the box. The
# printed frame is left out.
_OUTER = ((-5.75, -4.4), (-4.4, -2.9), (2.9, 4.4), (4.4, 5.75))
_THROUGH_ENDS = _OUTER[0], _OUTER[-1]
_BESIDE = ((-3.9, -2.85), (2.85, 3.9))
_INSIDE = ((-1.9, -0.95), (-0.95, 0.0), (0.0, 0.95), (0.95, 1.9))
_ANY_WAY = np.linspace(-1.05, 1.05, 31)  # slopes; with both axes, every direction
_LEVEL = np.linspace(-0.45, 0.45, 13)  # 24 degrees: an arm of a cross is steeper
_MOST_DARK = 1.0
_TOUCH = FRAME + 0.6  # mm; a line farther from the middle leaves the box alone
_LEAST = 0.04  # darkness of a line below which nobody need look
_FRAME_ROWS = 0.45  # mm around the middle of the printed line


def crossing_lines(
    dark: NDArray[np.uint8],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how dark the darkest line across each box is, by its lightest part.

    Args:
        dark: Darkened cells of every box, shape (boxes, cells, cells).

    Returns:
        Of lines from edge to edge of the paper looked at that touch the box, then of
        shorter ones that run over it and stick out on both sides.
    """
    through = np.zeros(len(dark))
    struck = np.zeros(len(dark))
    ends = _ends(dark, _cells(*_THROUGH_ENDS, *_BESIDE))
    for way, of_way in ((dark, ends[:, 0]), (dark.transpose(0, 2, 1), ends[:, 1])):
        for found, most, parts, slopes in (
            (through, of_way[:, :2], (*_OUTER, *_INSIDE), _ANY_WAY),
            (struck, of_way[:, 2:], (*_BESIDE, *_INSIDE), _LEVEL),
        ):
            # A line is no darker than at its ends: most boxes are seen to have none.
            some = np.flatnonzero((most.min(axis=1) - PAPER) / SOLID > _LEAST)
            if len(some):
                cut = np.minimum(darkness(way[some]), _MOST_DARK)
                cut = cut if found is through else _unframed(cut)
                darkest = _strongest(cut, parts, slopes=slopes)
                found[some] = np.maximum(found[some], darkest)
    return through, struck


def _cells(*parts: tuple[float, float]) -> NDArray[np.int64]:
    """Return the first cell of each part of the way, and that after its last."""
    return np.rint((np.array(parts) + CORE) / STEP).astype(np.int64)


@compiled
def _ends(dark: NDArray[np.uint8], parts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the most that a level line and an upright one show in parts of their way.

    Args:
        dark: Darkened cells, shape (boxes, cells, cells).
        parts: First cell and that after the last, shape (parts, 2).

    Returns:
        Means of the darkest line, shape (boxes, 2, parts).
    """
    cells = dark.shape[1]
    found = np.zeros((len(dark), 2, len(parts)))
    sums = np.empty(cells, np.int32)
    for box in range(len(dark)):
        for part in range(len(parts)):
            first, after = parts[part]
            level, lines = 0, dark[box, :, first:after]
            for row in range(cells):
                total = np.int32(0)
                for cell in range(lines.shape[1]):
                    total += np.int32(lines[row, cell])
                level = max(level, int(total))
            sums[:] = 0
            lines = dark[box, first:after]
            for row in range(len(lines)):
                for cell in range(cells):
                    sums[cell] += np.int32(lines[row, cell])
            found[box, 0, part] = level / (after - first)
            found[box, 1, part] = sums.max() / (after - first)
    return found


def _profile(
    dark: NDArray[np.float32], part: tuple[float, float]
) -> NDArray[np.float32]:
    """Return the mean darkness of each row between two distances from the middle."""
    first, last = (round((place + CORE) / STEP) for place in part)
    return np.ascontiguousarray(dark[:, :, first:last].mean(axis=2))


def _unframed(dark: NDArray[np.float32]) -> NDArray[np.float32]:
    """Blank the rows of the printed frame, which would stand in for a stroke."""
    off = np.abs(np.abs((np.arange(dark.shape[1]) + 0.5) * STEP - CORE) - FRAME)
    return np.where((off < _FRAME_ROWS)[:, None], np.float32(0), dark)


def _strongest(
    dark: NDArray[np.float32],
    parts: tuple[tuple[float, float], ...],
    *,
    slopes: NDArray[np.float64],
) -> NDArray[np.float64]:
    profiles, middles = [], []
    for part in parts:
        profiles.append(cv2.dilate(_profile(dark, part), np.ones((1, 3), np.uint8)))
        middles.append(sum(part) / 2)
    cells = dark.shape[1]
    rows = np.arange(cells)
    off = np.abs((rows + 0.5) * STEP - CORE)
    best = np.zeros(len(dark))
    for slope in slopes:
        lightest = np.full((len(dark), cells), 9.0, np.float32)
        for profile, middle in zip(profiles, middles, strict=True):
            at = rows + round(slope * middle / STEP)
            shown = (at >= 0) & (at < cells)
            taken = profile[:, np.clip(at, 0, cells - 1)]
            lightest = np.minimum(lightest, np.where(shown, taken, 0))
        touching = off <= _TOUCH * (1 + abs(slope))
        best = np.maximum(best, lightest[:, touching].max(axis=1))
    return best
