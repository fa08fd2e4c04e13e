"""Find the ticks in the margins: where each row lies, however the paper stretched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.greys import in_order
from kecan.paper_ballot.sampling import windows
from kecan.paper_ballot.specks import find_specks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.halving import ScanImage

_STEP = 0.25  # mm
_WINDOW = (9.0, 7.0)  # mm around a tick's place
_DARKEST = 0.05  # of a window that is darker than most of its tick; ticks cover .12
_PALEST = 0.2  # of the darkness of solid print that a tick has at least
_AREA = (0.6, 1.5)  # of a tick's own


def tick_shifts(
    scan: ScanImage,
    homography: NDArray[np.float64],
    *,
    ticks: list[Rectangle],
    ink: int,
) -> NDArray[np.float64]:
    """Return how far each tick was found from its place, in mm; NaN where it was not."""
    centres = np.array([tick.centre for tick in ticks])
    cut = windows(scan.at(_STEP), homography, centres=centres, size=_WINDOW)
    count, rows, columns = cut.cells.shape
    papers = in_order(cut.cells[:, ::3, ::3].reshape(count, -1))
    lightest = papers[:, round(0.85 * (papers.shape[1] - 1)), None, None]
    paper = lightest.astype(np.uint8)
    ink_of = paper - np.minimum(cut.cells, paper)
    # One above the other, a blank row between two, so that one search finds all.
    dark = np.zeros((count, rows + 1, columns), np.bool_)
    # Toner may be pale on one side of the page: a tick is as dark as its own middle.
    darkest = papers[:, round(_DARKEST * (papers.shape[1] - 1)), None, None]
    least = np.maximum((lightest - ink) * _PALEST, (lightest - darkest) / 2)
    dark[:, :rows] = ink_of > np.clip(least, 0, 255).astype(np.uint8)
    specks = find_specks(dark.reshape(-1, columns), connectivity=4)
    first = np.full(specks.count, 0)
    first[specks.names] = specks.dots
    of_patch = first // ((rows + 1) * columns)
    sizes = np.array([tick.width * tick.height for tick in ticks])
    share = specks.sums() * (cut.areas / sizes)[of_patch]
    is_whole = (share > _AREA[0]) & (share < _AREA[1])
    is_alone = np.bincount(of_patch[is_whole], minlength=count) == 1
    is_found = is_whole & is_alone[of_patch]
    ticked = np.zeros(dark.size, np.uint8)
    ticked[specks.dots] = is_found[specks.names]
    # With a cell around it: how grey its rim is says where the tick ends.
    rim = cv2.dilate(ticked.reshape(-1, columns), np.ones((3, 3), np.uint8))
    solid = np.asarray(ink_of * rim.reshape(dark.shape)[:, :rows], np.uint8)
    off = cut.shifts(_balance(solid))
    off[np.any(np.abs(off) > np.array(_WINDOW) / 2, axis=1)] = np.nan
    return off


def _balance(weights: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the point (x, y) each window balances on; NaN for an empty one."""
    count, rows, columns = weights.shape
    across = np.add.reduce(weights, axis=1, dtype=np.uint32)
    lines = weights.reshape(count * rows, columns)
    down = cv2.reduce(lines, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).reshape(count, rows)
    total = across.sum(axis=1)
    at = np.full((count, 2), np.nan)
    some = total > 0
    at[some, 0] = (across @ np.arange(columns))[some] / total[some]
    at[some, 1] = (down @ np.arange(rows))[some] / total[some]
    return at


def smoothed(
    shifts: NDArray[np.float64], heights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Fill lost ticks from their neighbours and drop single outliers."""
    filled, found = shifts, np.isfinite(shifts[:, 0])
    if not found.all():
        filled = np.column_stack(
            [np.interp(heights, heights[found], shifts[found, axis]) for axis in (0, 1)]
        )
    before = np.concatenate([filled[:1], filled[:-1]])
    after = np.concatenate([filled[1:], filled[-1:]])
    return np.asarray(np.sort(np.stack([before, filled, after]), axis=0)[1])
