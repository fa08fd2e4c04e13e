"""Take out lines drawn over a whole page, from edge to edge: streaks and folds.

No pen runs straight from one edge of the sheet to the other. Where such a line touches
a box it stays for the first reader to see, so that a person decides that box.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.page_pieces import (
    MOST_MISSING,
    PIECES,
    level_pieces,
    straight_lines,
    upright_pieces,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.halving import HalvedScan

_STEP = 0.25  # mm, about
_LEAST_RIDGE = 4  # greys by which a line is darker than the paper at its sides
_STREAK = 0.9  # mm, the widest streak of a scanner
_PAPER_AND_INK = 60, 2  # per cent of a column that are darker
_LEAST_CONTRAST = 60  # greys between them, for ink to be in a column
_LEAST_LEFT = 0.3  # share of that which a streak must leave to be seen through
_FOLD = 1.75  # mm, the widest fold
_FOLD_BAND = 2.0  # mm at each side of a fold that are evened out
_MOST_SLANT = 14.0  # mm from one edge to the other
_LEAST_FOLD, _MOST_FOLD = 0.015, 0.4  # darkness of a soft line that is a fold
_PERHAPS_FOLD = 0.007, 0.55  # the same while it is measured at few places
_PLACES = 140  # along a line at which it is looked at first
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

    all_out: ScanImage
    at_boxes: ScanImage


def without_page_lines(scan: ScanImage, found: FoundPage) -> EvenedPage:
    """Return the page without lines from edge to edge.

    Args:
        scan: Page.
        found: Where its parts lie.
    """
    image = scan.full
    per_mm = max(image.shape[1] / 210, image.shape[0] / 297)
    seen = scan.at(_STEP)
    upright = upright_pieces(seen.cells, 1)
    streaks = _streaks(image, upright, per_mm=per_mm)
    folds = _folds(seen, upright, step=seen.times / scan.per_mm)
    if not streaks and not folds:
        return EvenedPage(all_out=scan, at_boxes=scan)
    even = image.copy()
    middles = found.paper.pixels(found.page.box_middles)
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
    all_out = ScanImage(even)
    if not touched.any():
        return EvenedPage(all_out=all_out, at_boxes=all_out)
    at_boxes = even.copy()
    for x, y in middles[touched]:
        left, top = (max(0, round(place - _KEPT * per_mm)) for place in (x, y))
        side = round(2 * _KEPT * per_mm)
        area = slice(top, top + side), slice(left, left + side)
        at_boxes[area] = image[area]
    return EvenedPage(all_out=all_out, at_boxes=ScanImage(at_boxes))


def _ridges(
    pieces: NDArray[np.uint8], *, widest: int, least: int = _LEAST_RIDGE
) -> NDArray[np.bool_]:
    """Return where narrow dark lines lie along the second axis."""
    closed = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((1, widest), np.uint8))
    return np.asarray(cv2.subtract(closed, pieces) >= least, np.bool_)


def _streaks(
    image: NDArray[np.uint8], halved: NDArray[np.uint8], *, per_mm: float
) -> list[tuple[int, int]]:
    """Return first and last column of every line that is upright in the scan.

    ``halved`` are pieces of the page in cells: a line is paler there, and where none
    shows the page itself need not be looked at.
    """
    times = max(1, image.shape[1] // halved.shape[1])
    cells = 2 * round(_STREAK * per_mm / times / 2) + 3
    least = max(1, _LEAST_RIDGE // times)
    if not _are_lines(_ridges(halved, widest=cells, least=least)).any():
        return []
    pieces = upright_pieces(image, 2)
    is_line = _are_lines(_ridges(pieces, widest=2 * round(_STREAK * per_mm / 2) + 1))
    return [
        (first - 1, after)
        for first, after in _runs(is_line).tolist()
        if first > 1 and after < len(is_line) - 1
    ]


def _are_lines(shown: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which columns are dark from the first piece to the last."""
    is_line = shown[0] & shown[-1]
    if is_line.any():
        is_line[is_line] = shown[:, is_line].mean(axis=0) >= 1 - MOST_MISSING
    return np.asarray(is_line)


def _runs(shown: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where each run begins and where the next place after it is."""
    edges = np.diff(np.concatenate([[0], shown.astype(int), [0]]))
    return np.flatnonzero(edges).reshape(-1, 2)


def _bridge(image: NDArray[np.uint8], first: int, last: int) -> None:
    """Replace columns by what lies between their neighbours, or by what shows through.

    Between two letters or two strokes of one there is paper, which a streak that is not
    opaque lets show: it is no darker than that.
    """
    before, after = (
        image[:, place].astype(np.float32) for place in (first - 1, last + 1)
    )
    share = (np.arange(first, last + 1) - first + 1) / (last - first + 2)
    between = before[:, None] + (after - before)[:, None] * share
    seen = image[:, first : last + 1].astype(np.float32)
    (paper, ink), (streaked, inked) = (
        np.percentile(one, _PAPER_AND_INK, axis=0) for one in (between, seen)
    )
    left = (streaked - inked) / np.maximum(_LEAST_CONTRAST, paper - ink)
    through = paper + (seen - streaked) / np.maximum(_LEAST_LEFT, left)
    shown = np.where(left >= _LEAST_LEFT, np.maximum(between, through), between)
    image[:, first : last + 1] = np.clip(np.rint(shown), 0, 255)


def _folds(
    seen: HalvedScan, upright: NDArray[np.uint8], *, step: float
) -> list[tuple[bool, float, float]]:
    """Return lines that may be folds: whether level, then their ends in pixels.

    The ends lie on the left and right edges, those of upright ones on upper and lower.
    """
    found = []
    for is_level in (True, False):
        # Mostly the outer pieces tell already that no line is level.
        outer = level_pieces(seen.cells, PIECES - 1) if is_level else upright
        lines = _across(outer, step=step)
        if is_level and len(lines):
            lines = _across(level_pieces(seen.cells, 1), step=step)
        if not len(lines):
            continue
        cells = seen.cells if is_level else seen.cells.T
        height, width = cells.shape
        places = np.arange(_PLACES) * width // _PLACES
        share = (places + 0.5) / width
        middle = lines[:, :1] + (lines[:, 1:] - lines[:, :1]) * share
        reach = round(_FOLD_BAND / step)
        rows = np.rint(middle).astype(int)[:, None]
        rows = np.clip(rows + np.arange(-reach, reach + 1)[:, None], 0, height - 1)
        band = cells[rows, places].astype(np.float32)
        lines = lines[_may_be_folds(band)]
        ends = (lines + 0.5) * seen.times - 0.5
        found += [(is_level, start, end) for start, end in ends.tolist()]
    return found


def _across(pieces: NDArray[np.uint8], *, step: float) -> NDArray[np.float64]:
    """Return where lines begin in the first piece and end in the last, shape (n, 2)."""
    shown = _ridges(pieces, widest=2 * round(_FOLD / step / 2) + 1)
    return straight_lines(shown, _MOST_SLANT / step, _FOLD / step)


def _may_be_folds(band: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell which lines are soft and pale enough.

    Args:
        band: Greys, shape (lines, cells across, places along).
    """
    kept = _usual(_against_paper(band, rim=2)).min(axis=1)
    is_soft = (kept >= 1 - _PERHAPS_FOLD[1]) & (kept < 1 - _PERHAPS_FOLD[0])
    return np.asarray(is_soft)


def _against_paper(band: NDArray[np.float32], *, rim: int) -> NDArray[np.float32]:
    """Return how light rows along a line are, against the paper at its sides.

    Args:
        band: Greys, shape (..., rows, places along the line).
        rim: Rows at each side that are paper.
    """
    sides = [
        np.sort(band[..., part, :], axis=-2)[..., (rim - 1) // 2 : rim // 2 + 1, :]
        for part in (slice(rim), slice(-rim, None))
    ]
    sides = [side.mean(axis=-2, keepdims=True) for side in sides]
    share = np.linspace(0, 1, band.shape[-2], dtype=np.float32)[:, None]
    paper = np.maximum(1, sides[0] + (sides[1] - sides[0]) * share)
    return np.asarray(band / paper, np.float32)


def _usual(light: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how light each row of a line mostly is; no lighter than paper."""
    ordered = np.sort(light, axis=-1)
    return np.minimum(1, ordered[..., int(0.6 * (light.shape[-1] - 1))])


def _unfold(
    image: NDArray[np.uint8], start: float, end: float, *, per_mm: float
) -> bool:
    """Lighten a soft line as far as it darkens all the page; tell whether it is one."""
    height, width = image.shape
    reach = round(_FOLD_BAND * per_mm)
    offsets = np.arange(-reach, reach + 1)[:, None]

    def places(columns: NDArray[np.int64]) -> NDArray[np.int64]:
        middle = start + (end - start) * (columns + 0.5) / width
        rows: NDArray[np.int64] = np.rint(middle).astype(np.int64) + offsets
        return np.clip(rows, 0, height - 1)

    sparse = np.arange(0, width, _SPARSE)
    rim = max(2, round(0.4 * per_mm))
    light = _against_paper(image[places(sparse), sparse].astype(np.float32), rim=rim)
    kept = _usual(light)
    if not 1 - _MOST_FOLD <= kept.min() < 1 - _LEAST_FOLD:
        return False
    columns = np.arange(width)
    band = image[places(columns), columns].astype(np.float32)
    image[places(columns), columns] = np.clip(np.rint(band / kept[:, None]), 0, 255)
    return True
