"""A second opinion: what a sheet shows that the blank sheet does not.

It shares with the first reader only where the paper lies. It compares whole rows
with the printed blank, so it also sees ink over names, where the first never looks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2

from kecan.paper_ballot.form import Style
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.overprint import (
    coarse,
    is_overwritten,
    least_mark,
    most_added,
    print_gain,
)
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.sampling import PaperMap, local_paper, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.layout import BallotLayout, PageLayout, RowLayout

STEP = 0.25  # mm
DPI = 200
_PRINTED = 0.05  # darkness from which a place of the blank counts as print
SLACK = 0.5  # mm the print of a row may lie off and still be the print
DIFFERENCE = (0.10, 0.22)  # darkness that the blank does not have; least, most
LEAST_MARK = 0.55  # mm2 of new ink in and at a box
MOST_SPECK = 0.45  # mm2 that an empty box may show
APART = 0.9  # mm2 of new ink on a row, away from its boxes
_APART_INK = 0.16  # darkness from which it counts
_LEAST_LENGTH = 1.2  # mm; shorter pieces are dust
_GAP = 2 * round(SLACK / STEP) + 3  # cells that a printed rule may hide of a stroke
_STREAK = 1.5  # mm, the widest streak of a scanner
_GRAINS = 6.0  # of the paper's own variation
_FULL = 0.97  # of a row's height that a streak darkens
_STREAKED = 0.6  # of the rows: a streak in fewer is a stroke of somebody's pen
_PAGE_STRUCK, _MOST_STRUCK = 3, 0.4  # rows, share of rows: the whole page is struck
_REACH = 3.3  # mm from the middle of a box that belongs to it
_EDGE = 1.0  # mm at the rules of a row that are not looked at
_BEFORE_BOXES = 4.3  # mm between the print of a row and the middle of its boxes


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondReading:
    """What the second reader says about one box."""

    area: float
    is_row_struck: bool

    @property
    def is_marked(self) -> bool:
        """Enough new ink for a mark."""
        return self.area >= LEAST_MARK

    @property
    def is_empty(self) -> bool:
        """No more new ink than a speck."""
        return self.area <= MOST_SPECK


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankRow:
    """A row as printed: its darkness, and which paper lies clear of the print."""

    dark: NDArray[np.float32]
    clear: NDArray[np.float32]  # 1 where the paper is clear, else 0
    some_clear: NDArray[np.int64]  # places of some of the clear paper
    total: float  # all its darkness
    full: NDArray[np.bool_]  # columns printed from the upper rule to the lower
    middles: tuple[tuple[float, float], ...]  # of its boxes, in mm from its corner
    text: tuple[slice, slice]  # the print before the boxes
    coarse: NDArray[np.float32]  # darkness of that print at the scale of the search


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankPage:
    """The rows of a page as printed."""

    rows: tuple[BlankRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A scanned row: its darkness, that on clear paper alone, and what is ink of it."""

    dark: NDArray[np.float32]
    new: NDArray[np.float32]
    level: float


def blank_pages(form: BallotForm, layout: BallotLayout) -> dict[int, BlankPage]:
    """Return the blank rows of each page of a style, drawn from the very print."""
    printed = render_ballot(form, style=Style(layout.style))
    with pypdfium2.PdfDocument(printed) as document:
        return {
            page.number: _blank(document[index], page)
            for index, page in enumerate(layout.pages)
        }


def _blank(drawn: pypdfium2.PdfPage, page: PageLayout) -> BlankPage:
    image = np.array(drawn.render(scale=DPI / 72, grayscale=True).to_numpy()).squeeze()
    scale = image.shape[1] / 210
    nothing = np.zeros((2, 2))
    paper = PaperMap(
        homography=np.diag([scale, scale, 1.0]),
        rows=np.array([0.0, 297.0]),
        left=nothing,
        right=nothing,
        sides=(0.0, 210.0),
    )
    cells = 2 * round(SLACK / STEP) + 1
    near = np.ones((cells, cells), np.uint8)
    rows = []
    strips = _strips(ScanImage(np.ascontiguousarray(image)), paper, page)
    for row, strip in zip(page.rows, strips, strict=True):
        dark = np.asarray(1 - strip.astype(np.float32) / 255, np.float32)
        clear = np.asarray(cv2.dilate(dark, near) < _PRINTED, np.bool_)
        middles = _middles(row, page)
        text = _text(middles)
        rows.append(
            BlankRow(
                dark=dark,
                clear=clear.astype(np.float32),
                some_clear=np.flatnonzero(clear)[::11],
                total=float(dark.sum()),
                full=_full_columns(dark, level=_PRINTED),
                middles=middles,
                text=text,
                coarse=coarse(dark[text]),
            )
        )
    return BlankPage(rows=tuple(rows))


def _middles(row: RowLayout, page: PageLayout) -> tuple[tuple[float, float], ...]:
    return tuple(
        (x - row.rectangle.x, y - row.rectangle.y)
        for x, y in (
            box.rectangle.centre
            for box in page.boxes
            if (box.contest, box.line) == (row.contest, row.line)
        )
    )


def _text(middles: Sequence[tuple[float, float]]) -> tuple[slice, slice]:
    edge = round(_EDGE / STEP)
    until = min(x for x, _ in middles) - _BEFORE_BOXES
    return slice(edge, -edge), slice(edge, max(edge + 1, round(until / STEP)))


def _strips(
    scan: ScanImage, paper: PaperMap, page: PageLayout
) -> list[NDArray[np.uint8]]:
    small = scan.at(STEP)
    paper = replace(paper, homography=small.matrix @ paper.homography)
    areas = [row.rectangle for row in page.rows]
    return pieces(small.cells, paper, areas=areas, step=STEP)


def read_difference(
    scan: ScanImage, found: FoundPage, *, blank: BlankPage
) -> list[SecondReading]:
    """Compare every row with its blank; one reading a box, in the layout's order."""
    page = found.page
    strips = _strips(scan, found.paper, page)
    scanned = [
        _row(strip, printed, ink=found.ink)
        for strip, printed in zip(strips, blank.rows, strict=True)
    ]
    gain = print_gain([row.dark for row in scanned], [row.total for row in blank.rows])
    streaks = [
        _streaks(shown, printed)
        for shown, printed in zip(scanned, blank.rows, strict=True)
    ]
    is_scanner = bool(np.mean([one.any() for one in streaks]) >= _STREAKED)
    wholes = [
        _without(shown, streak) if is_scanner else shown
        for shown, streak in zip(scanned, streaks, strict=True)
    ]
    texts = [
        coarse(whole.dark[printed.text])
        for whole, printed in zip(wholes, blank.rows, strict=True)
    ]
    added = [
        most_added(text, gain * printed.coarse)
        for text, printed in zip(texts, blank.rows, strict=True)
    ]
    least = least_mark(added)
    readings: dict[tuple[int, int], list[SecondReading]] = {}
    for row, shown, whole, printed, text, more in zip(
        page.rows, scanned, wholes, blank.rows, texts, added, strict=True
    ):
        struck = (
            _has_ink_away(whole, printed)
            or more > least
            or is_overwritten(text, gain * printed.coarse)
        )
        readings[row.contest, row.line] = [
            SecondReading(
                area=float(np.count_nonzero(_around(shown.new, middle) > shown.level))
                * STEP**2,
                is_row_struck=struck,
            )
            for middle in printed.middles
        ]
    struck_rows = [one[0].is_row_struck for one in readings.values() if one]
    second = [readings[box.contest, box.line].pop(0) for box in page.boxes]
    if sum(struck_rows) >= _PAGE_STRUCK and np.mean(struck_rows) >= _MOST_STRUCK:
        return [replace(one, is_row_struck=True) for one in second]
    return second


def _row(strip: NDArray[np.uint8], printed: BlankRow, *, ink: int) -> _Row:
    """Return what a strip shows, free of the paper's own tone and grain."""
    paper = local_paper(strip)
    paper -= ink
    np.maximum(paper, 40, out=paper)
    dark = strip.astype(np.float32)
    dark -= ink
    dark /= paper
    np.subtract(1, dark, out=dark)
    clear = dark.ravel()[printed.some_clear]
    if clear.size:
        places = [int(clear.size * at) for at in (0.16, 0.5)]
        low, middle = np.partition(clear, places)[places].tolist()
    else:
        low, middle = 0.0, 0.0
    dark -= middle
    level = min(max(_GRAINS * (middle - low), DIFFERENCE[0]), DIFFERENCE[1])
    return _Row(dark=dark, new=dark * printed.clear, level=level)


def _streaks(row: _Row, printed: BlankRow) -> NDArray[np.bool_]:
    """Return the columns of a row that are ink from its upper rule to its lower."""
    full = _full_columns(row.dark, level=max(row.level, _APART_INK))
    found = full & ~printed.full
    if not found.any():
        return found
    wide = np.ones((1, round(_STREAK / STEP)), np.uint8)
    return np.asarray(cv2.dilate(found.astype(np.uint8)[None], wide)[0], np.bool_)


def _full_columns(dark: NDArray[np.float32], *, level: float) -> NDArray[np.bool_]:
    edge = round(_EDGE / STEP)
    wide = np.ones((1, round(_STREAK / STEP)), np.uint8)
    ink = cv2.dilate((dark > level).view(np.uint8), wide)[edge:-edge]
    filled = cv2.reduce(ink, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[0]
    return np.asarray(filled / len(ink) >= _FULL)


def _without(row: _Row, columns: NDArray[np.bool_]) -> _Row:
    """Return a row with some columns as blank as paper."""
    kept = ~columns
    return replace(row, dark=row.dark * kept, new=row.new * kept)


def _around(
    cells: NDArray[Any], middle: tuple[float, float], *, reach: float = _REACH
) -> NDArray[Any]:
    """Return the cells of a row that belong to the box at ``middle``."""
    left, top = (max(0, round((place - reach) / STEP)) for place in middle)
    side = round(2 * reach / STEP)
    return cells[top : top + side, left : left + side]


def _has_ink_away(row: _Row, printed: BlankRow) -> bool:
    """Tell whether new ink lies on a row away from its boxes."""
    edge = round(_EDGE / STEP)
    level, middles = max(row.level, _APART_INK), printed.middles
    ink = (row.new > level).view(np.uint8)
    ink[:edge] = ink[-edge:] = 0
    at_boxes = sum(
        np.count_nonzero(_around(ink, middle, reach=_REACH + 0.5)) for middle in middles
    )
    away = (cv2.countNonZero(ink) - at_boxes) * STEP**2
    return away >= APART and _has_ink_apart(ink, middles)


def _has_ink_apart(
    ink: NDArray[np.uint8], middles: Sequence[tuple[float, float]]
) -> bool:
    # A stroke over a printed rule shows as pieces on both sides: they are one.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((_GAP, _GAP), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels *= ink
    area = np.bincount(labels.ravel(), minlength=count) * STEP**2
    high, wide = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_WIDTH]
    is_apart = np.maximum(high, wide) * STEP >= _LEAST_LENGTH
    is_apart[0] = False
    for middle in middles:
        is_apart[np.unique(_around(labels, middle, reach=_REACH + 0.5))] = False
    return bool(area[is_apart].sum() >= APART)
