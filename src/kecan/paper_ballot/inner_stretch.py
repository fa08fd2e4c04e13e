"""Find how the print inside a page lies: paper swells and slips between its margins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.row_stack import STEP, stacked
from kecan.paper_ballot.sampling import LocalStretch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.blank_page import BlankPage
    from kecan.paper_ballot.halving import ScanImage

_PIECE, _NEXT = 16.0, 8.0  # mm of a row matched at once, mm to the next piece
_REACH = round(1.5 / STEP)  # cells that print is looked for around its place
_LEAST_PRINT = 6.0  # darkened cells by which those of a piece differ, along and down
_LEAST_LIKE = 0.55  # correlation of a piece with what is printed there
_LEAST = 0.2  # mm that print must lie off somewhere for the page to be mapped anew


def with_inner_stretch(
    scan: ScanImage, found: FoundPage, *, blank: BlankPage
) -> FoundPage:
    """Return the page mapped by its own print, if that lies off what the margins say.

    Ink of a voter moves no print: it makes a piece unlike what is printed there, and
    what the pieces around say stands for it.
    """
    if not blank.rows:
        return found
    cells = 255 - stacked(scan, found.paper, blank.stack)
    across = np.arange(_PIECE / 2, blank.stack.shape[1] * STEP - _PIECE / 2, _NEXT)
    shifts = np.stack(
        [_shifts(cells[part], blank.dark[part], across) for part in blank.stack.parts()]
    )
    shifts = _filled(shifts)
    if not np.isfinite(shifts).all() or np.abs(shifts).max() < _LEAST:
        return found
    inside = LocalStretch(
        heights=blank.stack.centres[:, 1],
        across=across + blank.stack.corners[:, 0].min(),
        shifts=shifts,
    )
    return replace(found, paper=replace(found.paper, inside=inside))


def _shifts(
    seen: NDArray[np.uint8], printed: NDArray[np.uint8], across: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return (dx, dy) of pieces of one row in mm; NaN where too little is printed."""
    found = np.full((len(across), 2), np.nan)
    half = round(_PIECE / 2 / STEP)
    for index, middle in enumerate(np.rint(across / STEP).astype(int).tolist()):
        first, last = max(0, middle - half), middle + half
        piece = printed[_REACH:-_REACH, first + _REACH : last - _REACH]
        sides = [float(piece.mean(axis=axis).std()) for axis in (0, 1)]
        if min(sides) < _LEAST_PRINT:
            continue
        like = np.asarray(
            cv2.matchTemplate(seen[:, first:last], piece, cv2.TM_CCOEFF_NORMED),
            np.float32,
        )
        _, most, _, (x, y) = cv2.minMaxLoc(like)
        if most < _LEAST_LIKE or not (0 < x < 2 * _REACH and 0 < y < 2 * _REACH):
            continue
        found[index] = (
            (x + _peak(like[y, x - 1 : x + 2]) - _REACH) * STEP,
            (y + _peak(like[y - 1 : y + 2, x]) - _REACH) * STEP,
        )
    return found


def _peak(values: NDArray[np.float32]) -> float:
    """Return where the parabola through three values is highest, from the middle."""
    before, middle, after = values.tolist()
    bend = before - 2 * middle + after
    return (before - after) / (2 * bend) if bend else 0.0


def _filled(shifts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return every piece as the middle of those around it that were measured."""
    wide = np.pad(shifts, ((1, 1), (1, 1), (0, 0)), constant_values=np.nan)
    height, width = shifts.shape[:2]
    around = np.stack(
        [
            wide[down : down + height, right : right + width]
            for down in range(3)
            for right in range(3)
        ]
    )
    known = np.isfinite(around).any(axis=0)
    found = np.full(shifts.shape, np.nan)
    found[known] = np.nanmedian(np.moveaxis(around, 0, -1)[known], axis=-1)
    columns = np.arange(width)
    for axis in (0, 1):
        for row in found[..., axis]:
            seen = np.isfinite(row)
            if seen.any():
                row[:] = np.interp(columns, columns[seen], row[seen])
        for column in found[..., axis].T:
            seen = np.isfinite(column)
            if seen.any():
                rows = np.arange(height)
                column[:] = np.interp(rows, rows[seen], column[seen])
    return found
