"""A scanned PDF is read where its picture shows ink as grey as it is."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
import simplejpeg
from tests.paper_ballot.ballots import FORM, scan
from tests.paper_ballot.pdfs import WHOLE, jpeg_picture, pdf_of, picture

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import Scan, decode_jpeg, load_pages
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return scan(0, ScanPlan(seed=1)).jpeg


@pytest.fixture
def image(jpeg: bytes) -> NDArray[np.uint8]:
    return decode_jpeg(jpeg)


def _size(image: NDArray[np.uint8]) -> tuple[int, int]:
    height, width = image.shape
    return width, height


def _read(image: NDArray[np.uint8]) -> PageReading | Rejection:
    return read_page(image, printed_ballot(FORM))


def _loaded(path: Path, content: bytes) -> Rejection | Scan:
    path.write_bytes(content)
    return next(iter(load_pages(path, [1])))


def _bits(image: NDArray[np.uint8], *, more: bytes = b"") -> bytes:
    """Return a picture that knows ink and paper only."""
    packed = np.packbits(image > 150, axis=1).tobytes()
    more = b"/Filter/FlateDecode" + more
    return picture(zlib.compress(packed), _size(image), bits=1, more=more)


def test_a_pdf_that_says_its_numbers_mean_the_opposite_is_read_so(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    stored = simplejpeg.encode_jpeg(255 - image[:, :, None], colorspace="GRAY")
    pdf = pdf_of([jpeg_picture(bytes(stored), _size(image), more=b"/Decode[1 0]")])

    loaded = _loaded(tmp_path / "a.pdf", pdf)

    assert isinstance(loaded, Scan)
    assert isinstance(_read(loaded.image), PageReading)


def test_a_true_negative_in_a_pdf_is_refused_as_one(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    stored = simplejpeg.encode_jpeg(255 - image[:, :, None], colorspace="GRAY")

    pdf = pdf_of([jpeg_picture(bytes(stored), _size(image))])

    loaded = _loaded(tmp_path / "a.pdf", pdf)

    assert isinstance(loaded, Scan)
    assert _read(loaded.image) is Rejection.NEGATIVE


@pytest.mark.parametrize("is_before", [True, False])
def test_words_recognised_by_a_program_lie_unseen_over_the_stored_picture(
    tmp_path: Path, jpeg: bytes, image: NDArray[np.uint8], *, is_before: bool
) -> None:
    words = b" BT 3 Tr /F 11 Tf 80 700 Td (Nguyen Van A) Tj ET "
    drawn = words + WHOLE if is_before else WHOLE + words
    pdf = pdf_of([jpeg_picture(jpeg, _size(image))], drawn=drawn)

    loaded = _loaded(tmp_path / "a.pdf", pdf)

    assert isinstance(loaded, Scan)
    assert loaded.jpeg == jpeg


def test_words_that_show_are_drawn_with_the_picture(
    tmp_path: Path, jpeg: bytes, image: NDArray[np.uint8]
) -> None:
    drawn = WHOLE + b" BT 0 Tr /F 99 Tf 80 400 Td (KHONG) Tj ET"
    pdf = pdf_of([jpeg_picture(jpeg, _size(image))], drawn=drawn)

    loaded = _loaded(tmp_path / "a.pdf", pdf)

    assert isinstance(loaded, Scan)
    assert loaded.jpeg == b""


def test_a_pdf_in_black_and_white_is_refused_though_drawing_makes_it_grey(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    loaded = _loaded(tmp_path / "a.pdf", pdf_of([_bits(image)]))

    assert loaded is Rejection.BILEVEL


def test_a_pdf_that_stores_strokes_apart_from_paper_is_refused_as_compact(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    paper = np.ascontiguousarray(cv2.dilate(image, np.ones((15, 15)))[::3, ::3])
    below = bytes(simplejpeg.encode_jpeg(paper[:, :, None], colorspace="GRAY"))
    strokes = _bits(image, more=b"/ImageMask true")
    pictures = [jpeg_picture(below, _size(np.asarray(paper, np.uint8))), strokes]
    drawn = WHOLE + b" 0 g q 595 0 0 842 0 0 cm /I1 Do Q"

    loaded = _loaded(tmp_path / "a.pdf", pdf_of(pictures, drawn=drawn))

    assert loaded is Rejection.COMPACT


def test_a_picture_over_another_is_compact_and_a_small_badge_is_not(
    tmp_path: Path, jpeg: bytes, image: NDArray[np.uint8]
) -> None:
    whole = jpeg_picture(jpeg, _size(image))
    badge = WHOLE + b" q 60 0 0 60 530 400 cm /I1 Do Q"
    over = WHOLE + b" q 400 0 0 400 90 200 cm /I1 Do Q"

    small = _loaded(tmp_path / "a.pdf", pdf_of([whole, whole], drawn=badge))
    large = _loaded(tmp_path / "b.pdf", pdf_of([whole, whole], drawn=over))

    assert isinstance(small, Scan)
    assert large is Rejection.COMPACT


def test_one_picture_cut_in_strips_is_read(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    parts = np.array_split(image, 7)
    pictures, drawn, bottom = [], b"", 842.0
    for number, part in enumerate(parts):
        high = 842 * len(part) / len(image)
        bottom -= high
        stored = zlib.compress(part.tobytes())
        pictures.append(picture(stored, _size(part), more=b"/Filter/FlateDecode"))
        drawn += b"q 595 0 0 %.3f 0 %.3f cm /I%d Do Q " % (high, bottom, number)

    loaded = _loaded(tmp_path / "a.pdf", pdf_of(pictures, drawn=drawn))

    assert isinstance(loaded, Scan)
    assert isinstance(_read(loaded.image), PageReading)
