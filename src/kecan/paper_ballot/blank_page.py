"""The rows of a page as printed, drawn from the very print, to compare scans with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from kecan.paper_ballot import row_cells
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.greys import PAPER, SOLID
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.open_paper import GLANCE, open_paper
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.row_stack import (
    ALONG,
    DOWN,
    STEP,
    RowStack,
    above,
    row_stack,
    stacked,
)
from kecan.paper_ballot.sampling import PaperMap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.layout import BallotLayout, PageLayout, RowLayout

DPI = 200
_SPARSE = 97  # places of clear paper of which one is looked at for its tone
_PRINTED = 0.05  # darkness from which a place of the blank counts as print
SLACK = 0.5  # mm the print of a row may lie off and still be the print
_STREAK = 1.5  # mm, the widest streak of a scanner
STREAK_CELLS = round(_STREAK / STEP)
_FULL = 0.97  # of a row's height that a streak darkens
REACH = 3.3  # mm from the middle of a box that belongs to it
EDGE = 1.0  # mm at the rules of a row that are not looked at
_BEFORE_BOXES = 4.3  # mm from the middle of a row's boxes where its print has ended
_AFTER_PRINT = 1.0  # mm after a row's print that are looked at with it


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankRow:
    """A row as printed.

    Args:
        middles: Of its boxes, in mm from the corner of its cells.
        text: The print before the boxes, in coarse cells of the whole stack.
    """

    middles: tuple[tuple[float, float], ...]
    text: tuple[slice, slice]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankPage:
    """The rows of a page as printed.

    Args:
        rows: One by one.
        stack: Where they lie in the stacks below.
        dark: The print, a darkened stack.
        unprinted: 1 where the paper is clear, else 0.
        away: The same, less the boxes and the rules of each row.
        full: Columns of each row that are printed from rule to rule.
        row_of_box: The row of each box, in the order of the layout.
        at_boxes: First line and that after the last, first column and that after the
            last, of what belongs to each of those; shape (boxes, 4).
        some: Some places of clear paper, in the flat stack.
        row_of: The row of each of those.
        totals: All the darkness of each row.
        coarse: Darkness of the print, in coarse cells.
        spread: The print as far as it may lie off, each cell as dark as the darkest
            beside it; 0 is paper.
        texts: 255 where a row's print before its boxes lies, else 0.
        grey: All the page, :data:`STEP` apart.
        clear: The same: 1 where nothing is printed near.
        outside: The same: 1 where nobody should write.
        glance: Every :data:`~kecan.paper_ballot.open_paper.GLANCE`-th place of that.
    """

    rows: tuple[BlankRow, ...]
    stack: RowStack
    dark: NDArray[np.uint8]
    unprinted: NDArray[np.uint8]
    away: NDArray[np.uint8]
    full: NDArray[np.bool_]
    row_of_box: NDArray[np.int64]
    at_boxes: NDArray[np.int64]
    some: NDArray[np.int64]
    row_of: NDArray[np.int64]
    totals: NDArray[np.float64]
    coarse: NDArray[np.float32]
    spread: NDArray[np.uint8]
    texts: NDArray[np.uint8]
    grey: NDArray[np.uint8]
    clear: NDArray[np.uint8]
    outside: NDArray[np.uint8]
    glance: NDArray[np.uint8]


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
    unmoved = np.zeros((2, 2))
    paper = PaperMap(
        # Places are middles of pixels; the first lies half a pixel from the edge.
        homography=np.array([[scale, 0, -0.5], [0, scale, -0.5], [0, 0, 1.0]]),
        rows=np.array([0.0, 297.0]),
        left=unmoved,
        right=unmoved,
        sides=(0.0, 210.0),
    )
    stack = row_stack([row.rectangle for row in page.rows])
    cells = stacked(ScanImage(np.ascontiguousarray(image)), paper, stack)
    dark = np.asarray(np.rint(PAPER + (1 - cells / 255) * SOLID), np.uint8)
    strong = (dark > PAPER + _PRINTED * SOLID).view(np.uint8)
    rows = tuple(
        _blank_row(strong[part], part, middles=_middles(row, page, corner))
        for row, part, corner in zip(
            page.rows, stack.parts(), stack.corners.tolist(), strict=True
        )
    )
    row_of_box = _row_of_box(page)
    nothing = np.zeros((len(rows), stack.shape[1]), np.bool_)
    unprinted, away = _clear(dark, stack, rows)
    some = np.flatnonzero(unprinted)[::_SPARSE]
    size = round(210 / STEP), round(297 / STEP)
    grey = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    cells_near = 2 * round(SLACK / STEP) + 1
    light = cv2.erode(grey, np.ones((cells_near, cells_near), np.uint8))
    clear = (light > 255 * (1 - _PRINTED)).astype(np.uint8)
    outside = open_paper(page, clear)
    return BlankPage(
        rows=rows,
        stack=stack,
        dark=dark,
        unprinted=unprinted,
        away=away,
        full=full_columns(strong, stack, printed=nothing),
        row_of_box=row_of_box,
        at_boxes=_at_boxes(page, stack, row_of_box),
        some=some,
        row_of=np.searchsorted(stack.tops, some // stack.shape[1], "right") - 1,
        totals=stack.sums(above(dark, PAPER)) / SOLID,
        coarse=row_cells.coarse_cells(dark),
        spread=above(np.asarray(cv2.dilate(dark, np.ones((3, 3))), np.uint8), PAPER),
        texts=_of_texts(dark.shape, rows),
        grey=grey,
        clear=clear,
        outside=outside,
        glance=np.ascontiguousarray(
            outside[GLANCE // 2 :: GLANCE, GLANCE // 2 :: GLANCE]
        ),
    )


def _row_of_box(page: PageLayout) -> NDArray[np.int64]:
    rows = {(row.contest, row.line): place for place, row in enumerate(page.rows)}
    return np.array([rows[box.contest, box.line] for box in page.boxes], np.int64)


def _at_boxes(
    page: PageLayout, stack: RowStack, row_of_box: NDArray[np.int64]
) -> NDArray[np.int64]:
    columns, parts, corners = stack.shape[1], stack.parts(), stack.corners.tolist()
    found = []
    for box, row in zip(page.boxes, row_of_box.tolist(), strict=True):
        part, middle = parts[row], _from(corners[row], box.rectangle.centre)
        down, along = around(middle)
        bottom, right = part.start + down.stop, along.stop
        found.append(
            (
                part.start + down.start,
                min(part.stop, bottom),
                along.start,
                min(columns, right),
            )
        )
    return np.array(found, np.int64).reshape(-1, 4)


def _blank_row(
    strong: NDArray[np.uint8], part: slice, *, middles: tuple[tuple[float, float], ...]
) -> BlankRow:
    return BlankRow(middles=middles, text=_text(middles, part, is_printed=strong))


def _of_texts(shape: tuple[int, ...], rows: Sequence[BlankRow]) -> NDArray[np.uint8]:
    texts = np.zeros(shape, np.uint8)
    for row in rows:
        down, along = row.text
        texts[
            down.start * DOWN : down.stop * DOWN,
            along.start * ALONG : along.stop * ALONG,
        ] = 255
    return texts


def _clear(
    dark: NDArray[np.uint8], stack: RowStack, rows: Sequence[BlankRow]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return where paper is clear, everywhere and away from boxes and rules."""
    cells = 2 * round(SLACK / STEP) + 1
    near = np.ones((cells, cells), np.uint8)
    edge = round(EDGE / STEP)
    unprinted = np.zeros(dark.shape, np.uint8)
    away = np.zeros(dark.shape, np.uint8)
    for row, part, wide in zip(
        rows, stack.parts(), stack.sizes[:, 0].tolist(), strict=True
    ):
        shown = cv2.dilate(dark[part, :wide], near)
        unprinted[part, :wide] = shown < PAPER + _PRINTED * SOLID
        away[part][edge:-edge] = unprinted[part][edge:-edge]
        for middle in row.middles:
            away[part][around(middle, reach=REACH + 0.5)] = 0
    return unprinted, away


def _middles(
    row: RowLayout, page: PageLayout, corner: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    return tuple(
        _from(corner, box.rectangle.centre)
        for box in page.boxes
        if (box.contest, box.line) == (row.contest, row.line)
    )


def _from(
    corner: tuple[float, float], place: tuple[float, float]
) -> tuple[float, float]:
    return place[0] - corner[0], place[1] - corner[1]


def _text(
    middles: Sequence[tuple[float, float]],
    part: slice,
    *,
    is_printed: NDArray[np.uint8],
) -> tuple[slice, slice]:
    """Return where the print before the boxes lies, in coarse cells of the stack."""
    down, along = (round(EDGE / STEP / size) for size in (DOWN, ALONG))
    until = min(x for x, _ in middles) - _BEFORE_BOXES
    edge = round(EDGE / STEP)
    columns = is_printed[edge:-edge, : round(until / STEP)].any(axis=0)
    until = min(
        until, (np.flatnonzero(columns).max(initial=0) + 1) * STEP + _AFTER_PRINT
    )
    rows = slice(part.start // DOWN + down, part.stop // DOWN - down)
    return rows, slice(along, max(along + 1, round(until / STEP / ALONG)))


def full_columns(
    ink: NDArray[np.uint8], stack: RowStack, *, printed: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which columns of each row are ink as a streak is: from rule to rule.

    Those that are so in print do not count.
    """
    return row_cells.full_columns(
        ink,
        stack.tops,
        printed,
        edge=round(EDGE / STEP),
        widest=STREAK_CELLS,
        share=_FULL,
    )


def around(middle: tuple[float, float], *, reach: float = REACH) -> tuple[slice, slice]:
    """Return which cells of a row belong to the box at ``middle``."""
    left, top = (max(0, round((place - reach) / STEP)) for place in middle)
    side = round(2 * reach / STEP)
    return slice(top, top + side), slice(left, left + side)
