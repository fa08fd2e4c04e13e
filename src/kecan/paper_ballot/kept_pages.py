"""Pages read together with the picture a person will look at later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import simplejpeg

from kecan.paper_ballot.align import PageRejectedError, Rejection, find_page
from kecan.paper_ballot.batch import page_record
from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.exif import without_notes
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.halving import ScanImage
from kecan.paper_ballot.reading import printed_ballot, read_page
from kecan.paper_ballot.scans import decode_jpeg, load_pages
from kecan.paper_ballot.snippets import box_picture, question_picture, refused_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.layout import BallotLayout
    from kecan.paper_ballot.scans import ScanPlace

_QUALITY = 80
_SNIPPET_QUALITY = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as read and its picture; ``jpeg`` is empty where nothing was decoded."""

    record: PageRecord
    jpeg: bytes


def read_and_keep(form: BallotForm, places: Sequence[ScanPlace]) -> list[KeptPage]:
    """Read pages of one file and keep a JPEG of each, as stored where it was one.

    Without what the scanner noted in it: the time, or a number that grows.

    A page that cannot be decoded or is no page of this ballot is a refused record;
    it never stops the others.
    """
    cv2.setNumThreads(1)
    pages = load_pages(Path(places[0].path), [place.page for place in places])
    return [
        KeptPage(
            record=page_record(form, place, scan),
            jpeg=b""
            if isinstance(scan, Rejection)
            else without_notes(scan.jpeg) or _jpeg(scan.image, _QUALITY),
        )
        for place, scan in zip(places, pages, strict=True)
    ]


def _jpeg(image: NDArray[np.uint8], quality: int) -> bytes:
    is_grey = image.ndim == 2  # noqa: PLR2004  rows and columns, no colours
    stored = simplejpeg.encode_jpeg(
        np.ascontiguousarray(image[:, :, None] if is_grey else image),
        quality=quality,
        colorspace="GRAY" if is_grey else "BGR",
    )
    return bytes(stored)


@lru_cache(maxsize=4)
def _layouts(form: BallotForm) -> tuple[BallotLayout, ...]:
    return tuple(layout_of(form, style=style) for style in Style)


def box_snippet(
    form: BallotForm, jpeg: bytes, *, box: int, is_framed: bool = True
) -> bytes:
    """Return a JPEG of a box of a kept page, its row and the rows beside it.

    Raises:
        PageRejectedError: If the sheet is not found in the picture.
        IndexError: If the page has no such box.
    """
    image = decode_jpeg(jpeg)
    found = find_page(ScanImage(image), _layouts(form))
    picture = box_picture(image, found, box=box, is_framed=is_framed)
    return _jpeg(picture, _SNIPPET_QUALITY)


def page_snippet(form: BallotForm, jpeg: bytes, *, box: int) -> bytes:
    """Return a JPEG of a kept page with the writing outside its rows framed.

    Where a box is asked of for such writing; its row alone where none is found.

    Raises:
        PageRejectedError: If the sheet is not read in the picture.
    """
    image = decode_jpeg(jpeg)
    reading = read_page(image, printed_ballot(form))
    if isinstance(reading, Rejection):
        raise PageRejectedError(reading)
    return _jpeg(question_picture(image, reading, box=box), _SNIPPET_QUALITY)


def upright(form: BallotForm, jpeg: bytes) -> bytes:
    """Return a kept page the right way up."""
    image = decode_jpeg(jpeg)
    try:
        is_turned = find_page(ScanImage(image), _layouts(form)).is_upside_down
    except PageRejectedError:
        return jpeg
    return (
        _jpeg(np.ascontiguousarray(image[::-1, ::-1]), _QUALITY) if is_turned else jpeg
    )


def refused_page(jpeg: bytes, reason: str) -> bytes:
    """Return a small picture of a refused page with the reason, in words, over it."""
    return _jpeg(refused_picture(decode_jpeg(jpeg), reason), _SNIPPET_QUALITY)
