"""Straight lines that cross a box from outside to outside: folds, streaks, strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.frames import CORE, FRAME
from kecan.paper_ballot.sampling import STEP

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Where along its way a line is looked at, in mm from the middle of the box. The
# printed frame is left out.
_OUTER = ((-5.75, -4.4), (-4.4, -2.9), (2.9, 4.4), (4.4, 5.75))
_BESIDE = ((-3.9, -2.85), (2.85, 3.9))
_INSIDE = ((-1.9, -0.95), (-0.95, 0.0), (0.0, 0.95), (0.95, 1.9))
_SLOPES = np.linspace(-0.45, 0.45, 13)  # up to 24 degrees off the paper's own axes
_MOST_DARK = 1.0
_FRAME_ROWS = 0.45  # mm around the middle of the printed line


def crossing_lines(
    dark: NDArray[np.float32],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return how dark the darkest line across each box is, by its lightest part.

    Returns:
        Of lines from edge to edge of the paper looked at, then of shorter ones that
        run over the box and stick out on both sides.
    """
    through = np.zeros(len(dark))
    struck = np.zeros(len(dark))
    clipped = np.minimum(dark, _MOST_DARK)
    for way in (clipped, clipped.transpose(0, 2, 1)):
        through = np.maximum(through, _strongest(way, (*_OUTER, *_INSIDE)))
        struck = np.maximum(struck, _strongest(_unframed(way), (*_BESIDE, *_INSIDE)))
    return through, struck


def _unframed(dark: NDArray[np.float32]) -> NDArray[np.float32]:
    """Blank the rows of the printed frame, which would stand in for a stroke."""
    off = np.abs(np.abs((np.arange(dark.shape[1]) + 0.5) * STEP - CORE) - FRAME)
    return np.where((off < _FRAME_ROWS)[:, None], np.float32(0), dark)


def _strongest(
    dark: NDArray[np.float32], parts: tuple[tuple[float, float], ...]
) -> NDArray[np.float64]:
    profiles, middles = [], []
    for first, last in parts:
        columns = slice(round((first + CORE) / STEP), round((last + CORE) / STEP))
        mean = np.ascontiguousarray(dark[:, :, columns].mean(axis=2))
        profiles.append(cv2.dilate(mean, np.ones((1, 3), np.uint8)))
        middles.append((first + last) / 2)
    cells = dark.shape[1]
    rows = np.arange(cells)
    best = np.zeros(len(dark))
    for slope in _SLOPES:
        lightest = np.full((len(dark), cells), 9.0, np.float32)
        for profile, middle in zip(profiles, middles, strict=True):
            at = rows + round(slope * middle / STEP)
            shown = (at >= 0) & (at < cells)
            taken = profile[:, np.clip(at, 0, cells - 1)]
            lightest = np.minimum(lightest, np.where(shown, taken, 0))
        best = np.maximum(best, lightest.max(axis=1))
    return best
