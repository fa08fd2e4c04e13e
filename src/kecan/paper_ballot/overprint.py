"""Find a stroke drawn over print: more ink along a line than the print has there."""

from __future__ import annotations

from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.row_stack import ALONG, DOWN, STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    _Places = tuple[NDArray[np.float32], NDArray[np.float32]]

_CELL = STEP * ALONG, STEP * DOWN  # mm
_LENGTH = 14  # cells along: mm of a stroke
_LEAST = 0.13  # darkness a stroke adds, meaned over its length
_WIDE_MARK = (4, 8)  # cells: 4 mm each way
_LEAST_WIDE = (
    0.10  # darkness a mark adds, meaned over that; print alone stays below .05
)
_SMALL_MARK = (2, 5)  # cells: 2 mm along, 2.5 mm down
_LEAST_SMALL = (0.13, 0.19)  # the same of a small mark, on a clean page and a poor one
_TO_USUAL = 2.2  # times what print alone adds in the rows of this page
_SLOPES = np.linspace(-0.24, 0.24, 9)


def print_gain(scanned: NDArray[np.float64], printed: NDArray[np.float64]) -> float:
    """Return how much darker a page's print came out than drawn, by its middle row.

    Args:
        scanned: All the darkness of each row.
        printed: The same of each row as drawn.
    """
    drawn = printed > 0
    return float(np.median(scanned[drawn] / printed[drawn])) if drawn.any() else 1.0


def most_added(shown: NDArray[np.float32], printed: NDArray[np.float32]) -> float:
    """Return the most darkness, meaned over a small mark, that a print lacks."""
    return float(cv2.blur(shown - printed, _SMALL_MARK).max())


def least_mark(added: Sequence[float]) -> float:
    """Return how much a small mark must add, from what each row of the page has."""
    usual = median(added) if added else 0.0
    return min(max(_TO_USUAL * usual, _LEAST_SMALL[0]), _LEAST_SMALL[1])


def is_overwritten(
    shown: NDArray[np.float32], printed: NDArray[np.float32], *, caution: float = 1.0
) -> bool:
    """Tell whether a wide mark or a long stroke lies over a piece of print.

    Args:
        shown: Darkness of the scan, in coarse cells.
        printed: The same of the print, as dark as this page's print.
        caution: Share of the usual darkness that is enough.
    """
    wide = float(cv2.blur(shown - printed, _WIDE_MARK).max())
    return wide > caution * _LEAST_WIDE or _has_line(
        shown, printed, least=caution * _LEAST
    )


def _has_line(
    shown: NDArray[np.float32], printed: NDArray[np.float32], *, least: float
) -> bool:
    """Tell whether there is a long, nearly level stroke."""
    rows, columns = shown.shape
    if columns < _LENGTH:
        return False
    most = cv2.blur((shown - printed).max(axis=0)[None], (_LENGTH, 1))
    if float(most.max()) <= least:
        return False
    margin = _LENGTH // 2
    for places in _slanted(rows, columns):
        line, drawn = (
            cv2.blur(cv2.remap(one, *places, cv2.INTER_NEAREST), (_LENGTH, 1))
            for one in (shown, printed)
        )
        drawn = cv2.dilate(drawn, np.ones((3, 1), np.uint8))
        if float((line - drawn)[:, margin:-margin].max(initial=0)) > least:
            return True
    return False


@lru_cache(maxsize=256)
def _slanted(rows: int, columns: int) -> tuple[_Places, ...]:
    """Return where a strip lies when strokes of each slope are made level."""
    along, down = np.meshgrid(np.arange(columns), np.arange(rows))
    at = [
        down + np.rint(slope * along * _CELL[0] / _CELL[1]).astype(int)
        for slope in _SLOPES
    ]
    return tuple((along.astype(np.float32), one.astype(np.float32)) for one in at)
