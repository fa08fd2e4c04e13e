"""Straight lines from edge to edge of the sheet, slanted in the scan or not.

The first look takes out lines that are upright in the scan and soft folds that reach
the edges of the image. A page put straight by the scanner's own program has slanted
streaks, and a sheet on a larger glass has folds that end before the image does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage

_STEP = 0.25  # mm
_PIECES = 20  # of the sheet, in each of which a line shows
_MOST_MISSING = 0.15  # share of pieces in which print or ink may hide the line
_WIDEST = 1.75  # mm
_LEAST_RIDGE = 3  # greys by which a line is darker than the paper at its sides
_MOST_SLANT = 18.0  # mm from one edge to the other
_INSET = 1.0  # mm of the sheet's own edge that are not looked at
_BAND = 2.2  # mm at each side of a line that are looked at
_RIM = 0.4  # mm at the ends of that band that show the paper beside the line
_SPARSE = 5  # pixels between the places along a line at which it is measured
_LEAST_DEPTH = 0.012  # darkness of a line
_Line = tuple[float, float]


def without_lines(image: NDArray[np.uint8], found: FoundPage) -> NDArray[np.uint8]:
    """Return the page without straight lines over all the sheet; itself if none."""
    corners = np.array([(0, 0), (210, 0), (210, 297), (0, 297)], np.float64)
    pixels = found.paper.pixels(corners)
    per_mm = float(np.hypot(*(pixels[1] - pixels[0])) / 210)
    even = image.copy()
    is_changed = False
    for turned in (False, True):
        view = even.T if turned else even
        edges = pixels[:, ::-1] if turned else pixels
        for line in _lines(view, edges, per_mm=per_mm):
            is_changed |= _take_out(view, line, per_mm=per_mm)
    return even if is_changed else image


def _lines(
    image: NDArray[np.uint8], edges: NDArray[np.float64], *, per_mm: float
) -> list[_Line]:
    """Return lines across the columns: their row at column 0, and rows a column."""
    inset = _INSET * per_mm
    left, right = np.sort(edges[:, 0])[[1, 2]]
    first = int(max(0, left + inset))
    last = int(min(image.shape[1], right - inset))
    times = max(1, round(_STEP * per_mm))
    shown, width = _ridges(image[::times, first:last:times])
    near = cv2.dilate(shown.astype(np.uint8), np.ones((1, 3), np.uint8)) > 0
    starts, ends = (_middles(one) for one in (shown[0], shown[-1]))
    piece = np.arange(_PIECES)
    found: list[_Line] = []
    taken = -np.inf
    for start in starts:
        if start - taken <= _WIDEST / _STEP:
            continue
        reached = ends[np.abs(ends - start) <= _MOST_SLANT / _STEP]
        slopes = (reached - start) / (_PIECES - 1)
        places = np.rint(start + slopes[:, None] * piece).astype(int)
        shares = near[piece, places].mean(axis=1)
        straight = np.flatnonzero(shares >= 1 - _MOST_MISSING)
        if not len(straight):
            continue
        best = straight[np.argmax(shares[straight])]
        slope, taken = slopes[best], start
        at = (start - slope / 2) * times
        found.append((at - slope * first / width, slope / width))
    return found


def _ridges(small: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], float]:
    """Return where narrow dark lines cross each piece, and how wide a piece is."""
    width = max(1, small.shape[1] // _PIECES)
    parts = small[:, : width * _PIECES].reshape(len(small), _PIECES, width)
    pieces = np.ascontiguousarray(np.rint(parts.mean(axis=2)).astype(np.uint8).T)
    widest = 2 * round(_WIDEST / _STEP / 2) + 1
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, widest), np.uint8))
    return np.asarray(cv2.subtract(closed, pieces) >= _LEAST_RIDGE, np.bool_), width


def _middles(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the middle of each run."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shown.astype(int), [0]])))
    return np.asarray((edges.reshape(-1, 2).sum(axis=1) - 1) / 2, np.float64)


def _take_out(image: NDArray[np.uint8], line: _Line, *, per_mm: float) -> bool:
    """Lighten a line by as much as it darkens paper and print alike; tell if it does.

    ``image`` is changed in place.
    """
    at, slope = line
    limit = len(image) - 1
    reach = round(_BAND * per_mm)
    offsets = np.arange(-reach, reach + 1)[:, None]
    rim = max(2, round(_RIM * per_mm))

    def places(columns: NDArray[np.int64]) -> NDArray[np.int64]:
        rows: NDArray[np.int64] = np.rint(at + slope * columns).astype(int) + offsets
        return rows

    some = np.arange(0, image.shape[1], _SPARSE)
    some = some[np.all((places(some) >= 0) & (places(some) <= limit), axis=0)]
    if not len(some):
        return False
    band = image[places(some), some].astype(np.float32)
    sides = np.median(band[:rim], axis=0), np.median(band[-rim:], axis=0)
    along = np.linspace(0, 1, len(band))[:, None]
    paper = np.maximum(1, sides[0] + (sides[1] - sides[0]) * along)
    light = band / paper
    kept = np.minimum(1, np.percentile(light, 60, axis=1))
    deepest = int(kept.argmin())
    depth = 1 - kept[deepest]
    middle = light[max(0, deepest - 1) : deepest + 2].min(axis=0)
    is_line = (middle < 1 - depth / 2).mean() >= 1 - _MOST_MISSING
    if depth < _LEAST_DEPTH or not is_line:
        return False
    kept[np.abs(np.arange(len(kept)) - deepest) > _WIDEST * per_mm] = 1
    columns = np.arange(image.shape[1])
    rows = places(columns)
    inside = (rows >= 0) & (rows <= limit)
    rows = np.clip(rows, 0, limit)
    was = image[rows, columns].astype(np.float32)
    lit = np.minimum(255, np.rint(was / np.maximum(kept, 0.05)[:, None]))
    image[rows, columns] = np.where(inside, lit, was).astype(np.uint8)
    return True
