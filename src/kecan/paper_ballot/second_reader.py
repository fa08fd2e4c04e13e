"""A second opinion: what a sheet shows that the blank sheet does not.

It shares with the first reader only where the paper lies. It compares whole rows
with the printed blank, so it also sees ink over names, where the first never looks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.sampling import PaperMap, local_paper, patches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.form import BallotForm, Style
    from kecan.paper_ballot.layout import BallotLayout, PageLayout

STEP = 0.25  # mm
DPI = 200
SLACK = 0.5  # mm the print of a row may lie off and still be the print
DIFFERENCE = 0.22  # darkness, of solid print, that the blank does not have
LEAST_MARK = 0.7  # mm2 of new ink in and at a box
MOST_SPECK = 0.45  # mm2 that an empty box may show
STRUCK = 14.0  # mm of a row's print under new ink
_REACH = 3.3  # mm from the middle of a box that belongs to it
_GAP = 1.0  # mm between the print of a row and its boxes' clear paper


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
class BlankPage:
    """The rows of a page as printed, print widened by the slack; 0 black, 255 paper."""

    rows: tuple[NDArray[np.uint8], ...]


def blank_pages(
    form: BallotForm, *, style: Style
) -> tuple[BallotLayout, dict[tuple[str, int], BlankPage]]:
    """Return the layout of a style and its blank rows, drawn from the very print."""
    layout = layout_of(form, style=style)
    with pypdfium2.PdfDocument(render_ballot(form, style=style)) as document:
        blanks = {
            (layout.style, page.number): _blank(document[index], page)
            for index, page in enumerate(layout.pages)
        }
    return layout, blanks


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
    return BlankPage(
        rows=tuple(
            np.asarray(cv2.erode(strip, np.ones((cells, cells), np.uint8)), np.uint8)
            for strip in _strips(np.ascontiguousarray(image), paper, page)
        )
    )


def _strips(
    image: NDArray[np.uint8], paper: PaperMap, page: PageLayout
) -> list[NDArray[np.uint8]]:
    found = []
    for row in page.rows:
        area = row.rectangle
        cut = patches(
            image,
            paper,
            centres=np.array([area.centre]),
            size=(area.width, area.height),
            step=STEP,
        )
        found.append(cut[0])
    return found


def read_difference(
    image: NDArray[np.uint8], found: FoundPage, *, blank: BlankPage
) -> list[SecondReading]:
    """Compare every row with its blank; one reading a box, in the layout's order."""
    strips = _strips(
        np.asarray(cv2.blur(image, (3, 3)), np.uint8), found.paper, found.page
    )
    new = {
        (row.contest, row.line): _new_ink(strip, printed, ink=found.ink)
        for row, strip, printed in zip(found.page.rows, strips, blank.rows, strict=True)
    }
    rows = {(row.contest, row.line): row.rectangle for row in found.page.rows}
    first_box: dict[tuple[int, int], float] = {}
    for box in found.page.boxes:
        key = (box.contest, box.line)
        first_box[key] = min(first_box.get(key, 999.0), float(box.rectangle.x))
    struck = {
        key: _is_struck(ink, until=first_box[key] - rows[key].x - 4.0)
        for key, ink in new.items()
        if key in first_box
    }
    readings = []
    for box in found.page.boxes:
        key = (box.contest, box.line)
        x, y = box.rectangle.centre
        left, top = x - rows[key].x - _REACH, y - rows[key].y - _REACH
        cells = [max(0, round(value / STEP)) for value in (left, top)]
        side = round(2 * _REACH / STEP)
        part = new[key][cells[1] : cells[1] + side, cells[0] : cells[0] + side]
        readings.append(
            SecondReading(area=float(part.sum()) * STEP**2, is_row_struck=struck[key])
        )
    return readings


def _new_ink(
    strip: NDArray[np.uint8], printed: NDArray[np.uint8], *, ink: int
) -> NDArray[np.bool_]:
    shown = (strip.astype(np.float32) - ink) / np.maximum(40, local_paper(strip) - ink)
    expected = printed.astype(np.float32) / 255
    fresh: NDArray[np.bool_] = expected - shown > DIFFERENCE
    return fresh


def _is_struck(fresh: NDArray[np.bool_], *, until: float) -> bool:
    """Tell whether new ink runs along the printed part of a row."""
    text = fresh[4:-4, 4 : max(5, round(until / STEP))]
    return float(text.any(axis=0).sum()) * STEP > STRUCK
