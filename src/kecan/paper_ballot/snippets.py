"""Pictures for people: a doubtful box in its row, a page with writing, a refused one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.captions import captioned
from kecan.paper_ballot.decisions import NeedsReview, Reason
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.sampling import patches

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.align import FoundPage
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.reading import PageReading

_STEP = 0.15  # mm a pixel
_AROUND = 12.0  # mm of the rows above and below
_PAGE_STEP = 0.22  # mm a pixel of a whole page
_AROUND_WRITING = 3.0  # mm
_WIDEST = 900  # pixels of a refused page
_ROOM = 90, 480  # pixels down and across that the words over a page need at least
_BESIDE = 200  # grey of what fills that room beside a smaller page
_FRAME = (0, 0, 220)


def box_picture(
    image: NDArray[np.uint8], found: FoundPage, *, box: int, is_framed: bool = True
) -> NDArray[np.uint8]:
    """Return a colour picture of a box, its whole row and the neighbouring rows.

    Unless ``is_framed`` is False, a red frame stands around the box that is asked of.
    """
    one = found.page.boxes[box]
    row = next(
        row.rectangle
        for row in found.page.rows
        if (row.contest, row.line) == (one.contest, one.line)
    )
    size = (row.width + 6, row.height + 2 * _AROUND)
    centre = np.array([row.centre])
    cut = patches(image, found.paper, centres=centre, size=size, step=_STEP)[0]
    picture = np.asarray(cv2.cvtColor(cut, cv2.COLOR_GRAY2BGR), np.uint8)
    if not is_framed:
        return picture
    left = one.rectangle.x - (centre[0][0] - size[0] / 2) - 2
    top = one.rectangle.y - (centre[0][1] - size[1] / 2) - 2
    side = one.rectangle.width + 4
    corners = [(left, top), (left + side, top + side)]
    first, last = ((round(x / _STEP), round(y / _STEP)) for x, y in corners)
    cv2.rectangle(picture, first, last, _FRAME, 2)
    return picture


def page_picture(
    image: NDArray[np.uint8], found: FoundPage, *, box: int, written_at: Rectangle
) -> NDArray[np.uint8]:
    """Return a colour picture of a whole page with writing outside its rows.

    A red frame stands around the writing, and one around the box that is asked of.
    """
    paper = rectangle(0, 0, 210, 297)
    size = (paper.width, paper.height)
    centre = np.array([paper.centre])
    cut = patches(image, found.paper, centres=centre, size=size, step=_PAGE_STEP)[0]
    picture = np.asarray(cv2.cvtColor(cut, cv2.COLOR_GRAY2BGR), np.uint8)
    asked = found.page.boxes[box].rectangle.grown(2)
    for area in (written_at.grown(_AROUND_WRITING), asked):
        corners = [(area.x, area.y), (area.right, area.bottom)]
        first, last = (
            (round(x / _PAGE_STEP), round(y / _PAGE_STEP)) for x, y in corners
        )
        cv2.rectangle(picture, first, last, _FRAME, 2)
    return picture


def question_picture(
    image: NDArray[np.uint8], reading: PageReading, *, box: int
) -> NDArray[np.uint8]:
    """Return the picture by which people decide a box: its row, or all its page."""
    is_of_page = reading.decisions[box] == NeedsReview(reason=Reason.WRITTEN_OUTSIDE)
    if is_of_page and reading.written_at is not None:
        return page_picture(
            image, reading.found, box=box, written_at=reading.written_at
        )
    return box_picture(image, reading.found, box=box)


def refused_picture(image: NDArray[np.uint8], reason: str) -> NDArray[np.uint8]:
    """Return a small picture of a page with the reason, in words, written over it."""
    scale = min(1.0, _WIDEST / max(image.shape))
    height, width = (max(1, round(scale * side)) for side in image.shape)
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    below, right = (
        max(0, least - side) for least, side in zip(_ROOM, small.shape, strict=True)
    )
    padded = cv2.copyMakeBorder(
        small, 0, below, 0, right, cv2.BORDER_CONSTANT, value=(_BESIDE,)
    )
    picture = np.asarray(cv2.cvtColor(padded, cv2.COLOR_GRAY2BGR), np.uint8)
    return captioned(picture, reason)


def png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture as PNG."""
    return bytes(cv2.imencode(".png", picture)[1].tobytes())
