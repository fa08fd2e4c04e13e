"""Find a stroke drawn over print: more ink along a line than the print has there."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_ALONG, _DOWN = 4, 2  # cells of a strip that make one of the search
_CELL = 0.25 * _ALONG, 0.25 * _DOWN  # mm
_LENGTH = 14  # cells along: mm of a stroke
_LEAST = 0.17  # darkness a stroke adds, meaned over its length
_LEAST_INK = 1.5  # mm2 of solid ink beyond the print, before lines are looked for
_SLOPES = np.linspace(-0.24, 0.24, 9)


def print_gain(
    scanned: Sequence[NDArray[np.float32]], printed: Sequence[NDArray[np.float32]]
) -> float:
    """Return how much darker a page's print came out than drawn, by its middle row."""
    shares = [
        float(np.maximum(dark, 0).sum()) / float(blank.sum())
        for dark, blank in zip(scanned, printed, strict=True)
        if blank.sum() > 0
    ]
    return median(shares) if shares else 1.0


def has_line(dark: NDArray[np.float32], printed: NDArray[np.float32]) -> bool:
    """Tell whether a long, nearly level stroke lies over a piece of print.

    Args:
        dark: Darkness of the scan, shape (rows, columns), a quarter of a mm a cell.
        printed: The same of the print, as dark as this page's print.
    """
    size = dark.shape[1] // _ALONG, dark.shape[0] // _DOWN
    if size[0] < _LENGTH or not size[1]:
        return False
    if float((dark - printed).sum()) * _CELL[0] * _CELL[1] < _LEAST_INK * 8:
        return False
    shown, blank = (
        np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.float32)
        for one in (dark, printed)
    )
    columns = np.arange(size[0])
    rows = np.arange(size[1])[:, None]
    for slope in _SLOPES:
        at = rows + np.rint(slope * columns * _CELL[0] / _CELL[1]).astype(int)
        inside = (at >= 0) & (at < size[1])
        place = np.clip(at, 0, size[1] - 1), columns
        line, drawn = (
            cv2.blur(np.where(inside, one[place], 0).astype(np.float32), (_LENGTH, 1))
            for one in (shown, blank)
        )
        drawn = cv2.dilate(drawn, np.ones((3, 1), np.uint8))
        margin = _LENGTH // 2
        if float((line - drawn)[:, margin:-margin].max(initial=0)) > _LEAST:
            return True
    return False
