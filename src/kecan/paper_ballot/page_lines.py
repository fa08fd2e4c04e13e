"""Take out lines drawn over a whole page, from edge to edge: streaks and folds.

No pen runs straight from one edge of the sheet to the other. Where such a line touches
a box it stays for the first reader to see, so that a person decides that box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.sampling import PaperMap

_PIECES = 24  # of a page, in each of which a streak shows
_FOLD_PIECES = 16
_MOST_MISSING = 0.15  # share of pieces in which print or ink may hide the line
_LEAST_RIDGE = 4  # greys by which a line is darker than the paper at its sides
_STREAK = 0.9  # mm, the widest streak of a scanner
_FOLD = 1.75  # mm, the widest fold
_FOLD_STEP = 0.25  # mm
_FOLD_BAND = 2.0  # mm at each side of a fold that are evened out
_MOST_SLANT = 14.0  # mm from one edge to the other
_LEAST_FOLD, _MOST_FOLD = 0.015, 0.4  # darkness of a soft line that is a fold
_SPARSE = 11  # pixels between the places along a fold at which it is measured
_TOUCH = 3.2  # mm from the middle of a box: a line that near touches it
_KEPT = 6.5  # mm from the middle of a touched box that stay as they are


@dataclass(frozen=True, slots=True, kw_only=True)
class EvenedPage:
    """A page without its streaks and folds.

    Args:
        all_out: Every such line taken out.
        at_boxes: The same, but with what touches a box left there.
    """

    all_out: NDArray[np.uint8]
    at_boxes: NDArray[np.uint8]


def without_page_lines(
    image: NDArray[np.uint8], paper: PaperMap, *, boxes: NDArray[np.float64]
) -> EvenedPage:
    """Return the page without lines from edge to edge.

    Args:
        image: Grey page, uint8, 0 = black.
        paper: Where the paper lies.
        boxes: Middles of the boxes in mm, shape (n, 2).
    """
    per_mm = max(image.shape[1] / 210, image.shape[0] / 297)
    streaks = _streaks(image, per_mm=per_mm)
    times = max(1, round(_FOLD_STEP * per_mm))
    small = np.ascontiguousarray(image[::times, ::times])
    folds = [
        (is_level, start * times, end * times)
        for is_level, seen in ((True, small), (False, np.ascontiguousarray(small.T)))
        for start, end in _folds(seen)
    ]
    if not streaks and not folds:
        return EvenedPage(all_out=image, at_boxes=image)
    even = image.copy()
    middles = paper.pixels(boxes) if len(boxes) else np.zeros((0, 2))
    touched = np.zeros(len(middles), bool)
    for first, last in streaks:
        _bridge(even, first, last)
        x = middles[:, 0]
        touched |= (x > first - _TOUCH * per_mm) & (x < last + _TOUCH * per_mm)
    for is_level, start, end in folds:
        along, across = middles.T if is_level else middles[:, ::-1].T
        view = even if is_level else even.T
        if _unfold(view, start, end, per_mm=per_mm):
            place = start + (end - start) * along / view.shape[1]
            touched |= np.abs(across - place) < _TOUCH * per_mm
    at_boxes = even
    if touched.any():
        at_boxes = even.copy()
        for x, y in middles[touched]:
            left, top = (max(0, round(place - _KEPT * per_mm)) for place in (x, y))
            side = round(2 * _KEPT * per_mm)
            area = slice(top, top + side), slice(left, left + side)
            at_boxes[area] = image[area]
    return EvenedPage(all_out=even, at_boxes=at_boxes)


def _ridges(pieces: NDArray[np.uint8], *, widest: int) -> NDArray[np.bool_]:
    """Return where narrow dark lines lie along the second axis."""
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, widest), np.uint8))
    return np.asarray(cv2.subtract(closed, pieces) >= _LEAST_RIDGE, np.bool_)


def _streaks(image: NDArray[np.uint8], *, per_mm: float) -> list[tuple[int, int]]:
    """Return first and last column of every line that is upright in the scan."""
    pieces = cv2.resize(
        image[::2], (image.shape[1], _PIECES), interpolation=cv2.INTER_AREA
    )
    widest = 2 * round(_STREAK * per_mm / 2) + 1
    shown = _ridges(np.asarray(pieces, np.uint8), widest=widest)
    is_line = shown[0] & shown[-1] & (shown.mean(axis=0) >= 1 - _MOST_MISSING)
    return [
        (first - 1, after)
        for first, after in _runs(is_line).tolist()
        if first > 1 and after < len(is_line) - 1
    ]


def _runs(shown: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where each run begins and where the next place after it is."""
    edges = np.diff(np.concatenate([[0], shown.astype(int), [0]]))
    return np.flatnonzero(edges).reshape(-1, 2)


def _middles(shown: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the middle of each run."""
    return np.asarray((_runs(shown).sum(axis=1) - 1) / 2, np.float64)


def _bridge(image: NDArray[np.uint8], first: int, last: int) -> None:
    """Replace columns by what lies between their neighbours."""
    before, after = (
        image[:, place].astype(np.float32) for place in (first - 1, last + 1)
    )
    share = (np.arange(first, last + 1) - first + 1) / (last - first + 2)
    image[:, first : last + 1] = np.rint(
        before[:, None] + (after - before)[:, None] * share
    )


def _folds(small: NDArray[np.uint8]) -> list[tuple[float, float]]:
    """Return where lines begin at the left edge and end at the right one, in samples.

    Args:
        small: Every other place or so of the page, :data:`_FOLD_STEP` apart; pieces are
            added up over many of them.
    """
    length, width = small.shape[0], small.shape[1] // _FOLD_PIECES
    parts = small[:, : width * _FOLD_PIECES].reshape(length, _FOLD_PIECES, width)
    pieces = (parts.sum(axis=2, dtype=np.uint32) / width).astype(np.uint8)
    widest = 2 * round(_FOLD / _FOLD_STEP / 2) + 1
    shown = _ridges(np.ascontiguousarray(pieces.T), widest=widest)
    starts, ends = (_middles(one) for one in (shown[0], shown[-1]))
    near = cv2.dilate(shown.astype(np.uint8), np.ones((1, 3), np.uint8)).astype(bool)
    piece = np.arange(_FOLD_PIECES)
    found: list[tuple[float, float]] = []
    last = -np.inf
    for start in starts:
        if start - last <= _FOLD / _FOLD_STEP:
            continue
        reached = ends[np.abs(ends - start) <= _MOST_SLANT / _FOLD_STEP]
        slopes = (reached - start) / (_FOLD_PIECES - 1)
        places = np.rint(start + slopes[:, None] * piece).astype(int)
        shares = near[piece, places].sum(axis=1) / _FOLD_PIECES
        straight = slopes[shares >= 1 - _MOST_MISSING]
        if len(straight):
            first = start - straight[0] / 2 + 0.5
            found.append((first, first + straight[0] * _FOLD_PIECES))
            last = start
    return found


def _unfold(
    image: NDArray[np.uint8], start: float, end: float, *, per_mm: float
) -> bool:
    """Lighten a soft line as far as it darkens all the page; tell whether it is one."""
    height, width = image.shape
    reach = round(_FOLD_BAND * per_mm)
    offsets = np.arange(-reach, reach + 1)[:, None]
    rim = max(2, round(0.4 * per_mm))

    def places(columns: NDArray[np.int64]) -> NDArray[np.int64]:
        middle = start + (end - start) * (columns + 0.5) / width
        rows: NDArray[np.int64] = np.rint(middle).astype(np.int64) + offsets
        return np.clip(rows, 0, height - 1)

    def lightness(columns: NDArray[np.int64]) -> NDArray[np.float64]:
        band = image[places(columns), columns].astype(np.float32)
        sides = np.median(band[:rim], axis=0), np.median(band[-rim:], axis=0)
        share = np.linspace(0, 1, len(band))[:, None]
        paper = np.maximum(1, sides[0] + (sides[1] - sides[0]) * share)
        return np.minimum(1, np.percentile(band / paper, 60, axis=1))

    kept = lightness(np.arange(0, width, _SPARSE))
    if not 1 - _MOST_FOLD <= kept.min() < 1 - _LEAST_FOLD:
        return False
    columns = np.arange(width)
    band = image[places(columns), columns].astype(np.float32)
    image[places(columns), columns] = np.clip(np.rint(band / kept[:, None]), 0, 255)
    return True
