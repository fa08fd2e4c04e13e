"""The tone of the paper itself, stains and shadows with it: what is soft and wide.

A pen leaves an edge within a fraction of a millimetre; coffee, a finger or the shadow
of a crease rise over millimetres. So the paper's tone is the darkest surface over the
page that lies nowhere below its ink and nowhere rises faster than :data:`_STEEPEST`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STEEPEST = 0.25  # darkness a millimetre; a pen's edge is ten times as steep
STROKE, PRINT = 0.75, 1.75
"""Millimetres; narrower dark is a stroke, or is print, and not the paper's tone."""


def paper_tone(
    small: NDArray[np.uint8], *, per_mm: float, ink: int, stroke: float = STROKE
) -> NDArray[np.uint8]:
    """Return how light the paper is at every place, under ink too.

    Args:
        small: Grey page, uint8, 0 = black, at two to five samples a millimetre.
        per_mm: Its samples a millimetre.
        ink: Grey of solid print.
        stroke: Millimetres; narrower dark is no part of the tone.
    """
    white = float(np.percentile(small[::7, ::7], 80))
    rise = max(1, round(_STEEPEST / per_mm * (white - ink)))
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    square = np.ones((3, 3), np.uint8)
    wide = 2 * round(stroke * per_mm / 2) + 1
    tone = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((wide, wide), np.uint8))
    for turn in range(255 // rise):
        near = cv2.dilate(tone, square if turn % 2 else cross)
        risen = np.maximum(tone, cv2.subtract(near, np.full_like(near, rise)))
        if np.array_equal(risen, tone):
            break
        tone = risen
    return np.asarray(tone, np.uint8)
