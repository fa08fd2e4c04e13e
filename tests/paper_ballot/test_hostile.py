"""Bad files and foreign pages are refused one by one and stop nothing."""

from __future__ import annotations

import os
import struct
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest
from tests.paper_ballot.ballots import FORM, blanks, scan

from kecan.paper_ballot import scans
from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import page_record
from kecan.paper_ballot.reading import PageReading, printed_ballot, read_page
from kecan.paper_ballot.scans import (
    Scan,
    ScanPlace,
    decode_jpeg,
    folders_left_out,
    load_pages,
    page_count,
    scan_files,
)
from kecan.sample.scans import ScanPlan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

PLAN = ScanPlan(seed=1)


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return scan(0, PLAN).jpeg


@pytest.fixture
def image(jpeg: bytes) -> NDArray[np.uint8]:
    return decode_jpeg(jpeg)


def _read(image: NDArray[np.uint8]) -> PageReading | Rejection:
    return read_page(np.ascontiguousarray(image), printed_ballot(FORM))


def _loaded(path: Path, content: bytes) -> Rejection | Scan:
    path.write_bytes(content)
    return next(iter(load_pages(path, [1])))


def test_a_file_of_no_bytes_is_unreadable(tmp_path: Path) -> None:
    assert _loaded(tmp_path / "a.jpg", b"") is Rejection.UNREADABLE


def test_a_cut_jpeg_is_unreadable(tmp_path: Path, jpeg: bytes) -> None:
    cut = jpeg[: len(jpeg) // 2]

    assert _loaded(tmp_path / "a.jpg", cut) is Rejection.UNREADABLE


@pytest.mark.parametrize("added", [b"\0" * 4000, b"MAKER OF THE SCANNER " * 20])
def test_bytes_that_a_scanner_adds_behind_a_jpeg_change_nothing(
    tmp_path: Path, jpeg: bytes, added: bytes
) -> None:
    found = _loaded(tmp_path / "a.jpg", jpeg + added)

    assert isinstance(found, Scan)
    assert np.array_equal(found.image, decode_jpeg(jpeg))


def test_a_cut_jpeg_is_unreadable_whatever_small_picture_it_holds(
    tmp_path: Path, jpeg: bytes
) -> None:
    small = b"\xff\xe1\x00\x10Exif\0\0" + b"\xff\xda\0\0\0\0\xff\xd9"
    cut = jpeg[:2] + small + jpeg[2 : len(jpeg) // 2]

    assert _loaded(tmp_path / "a.jpg", cut) is Rejection.UNREADABLE


def test_a_picture_of_20000_pixels_is_not_decoded(tmp_path: Path, jpeg: bytes) -> None:
    at = jpeg.index(b"\xff\xc0") + 5
    huge = jpeg[:at] + struct.pack(">HH", 20_000, 20_000) + jpeg[at + 4 :]

    assert _loaded(tmp_path / "a.jpg", huge) is Rejection.TOO_LARGE


def test_a_png_of_20000_pixels_is_not_decoded(tmp_path: Path) -> None:
    start = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 20_000, 20_000)

    assert _loaded(tmp_path / "a.png", start) is Rejection.TOO_LARGE


@pytest.mark.parametrize("length", [4, 20, 30])
def test_a_png_that_ends_at_once_is_unreadable(
    tmp_path: Path, image: NDArray[np.uint8], length: int
) -> None:
    stored = cv2.imencode(".png", image)[1].tobytes()[:length]

    assert _loaded(tmp_path / "a.png", stored) is Rejection.UNREADABLE


def test_a_png_with_a_spoiled_part_is_unreadable(
    tmp_path: Path, image: NDArray[np.uint8], capfd: pytest.CaptureFixture[str]
) -> None:
    stored = cv2.imencode(".png", image)[1].tobytes()
    spoiled = stored[:5000] + bytes(300) + stored[5300:]

    assert _loaded(tmp_path / "a.png", spoiled) is Rejection.UNREADABLE
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("bits", [8, 16])
def test_a_png_without_paper_is_read_as_it_looks_on_white(
    tmp_path: Path, image: NDArray[np.uint8], bits: int
) -> None:
    ink = np.zeros((*image.shape, 4), np.uint8)
    ink[:, :, 3] = 255 - image
    deep = ink if bits == 8 else ink.astype(np.uint16) * 257
    stored = cv2.imencode(".png", deep)[1].tobytes()

    found = _loaded(tmp_path / "a.png", stored)

    assert isinstance(found, Scan)
    assert np.array_equal(found.image, image)


def test_a_png_in_colour_that_shows_all_its_paper_is_read_as_it_is(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    whole = cv2.cvtColor(image, cv2.COLOR_GRAY2BGRA)
    stored = cv2.imencode(".png", whole)[1].tobytes()

    found = _loaded(tmp_path / "a.png", stored)

    assert isinstance(found, Scan)
    assert np.array_equal(found.image, image)


@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_cut_tiff_is_unreadable_and_nothing_else_is_said(
    tmp_path: Path,
    image: NDArray[np.uint8],
    capfd: pytest.CaptureFixture[str],
    share: float,
) -> None:
    stored = cv2.imencode(".tif", image)[1].tobytes()

    found = _loaded(tmp_path / "a.tif", stored[: int(len(stored) * share)])

    assert found is Rejection.UNREADABLE
    assert page_count(tmp_path / "a.tif") == 1
    assert capfd.readouterr().err == ""


LZW, DEFLATE, PACK_BITS = 5, 8, 32773


@pytest.mark.parametrize("packing", [LZW, DEFLATE, PACK_BITS])
def test_a_tiff_with_damage_in_its_middle_is_unreadable(
    tmp_path: Path, image: NDArray[np.uint8], packing: int
) -> None:
    options = [cv2.IMWRITE_TIFF_COMPRESSION, packing]
    stored = cv2.imencode(".tif", image, options)[1].tobytes()
    at = len(stored) // 2
    spoiled = stored[:at] + bytes(range(64)) + stored[at + 64 :]

    assert isinstance(_loaded(tmp_path / "a.tif", stored), Scan)
    assert _loaded(tmp_path / "b.tif", spoiled) is Rejection.UNREADABLE


def _as_big_tiff(image: NDArray[np.uint8]) -> bytes:
    height, width = image.shape
    entries = [
        (256, width), (257, height), (258, 8), (259, 1), (262, 1),
        (273, 16), (277, 1), (278, height), (279, image.size),
    ]  # fmt: skip
    directory = struct.pack("<Q", len(entries)) + b"".join(
        struct.pack("<HHQQ", tag, 16, 1, value) for tag, value in entries
    )
    head = struct.pack("<2sHHHQ", b"II", 43, 8, 0, 16 + image.size)
    return head + image.tobytes() + directory + struct.pack("<Q", 0)


def test_a_big_tiff_is_read(tmp_path: Path, image: NDArray[np.uint8]) -> None:
    found = _loaded(tmp_path / "a.tif", _as_big_tiff(image))

    assert isinstance(found, Scan)
    assert np.array_equal(found.image, image)


def _reduced(stored: bytes, size: tuple[int, int]) -> bytes:
    """Give a TIFF a last directory that says it is a reduced version of a page."""
    width, height = size
    pixels = len(stored)
    at = pixels + width * height + (width * height + pixels) % 2
    entries = [
        (254, 1), (256, width), (257, height), (258, 8), (259, 1), (262, 1),
        (273, pixels), (277, 1), (278, height), (279, width * height),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries)) + b"".join(
        struct.pack("<HHII", tag, 4, 1, value) for tag, value in entries
    )
    (last,) = struct.unpack_from("<I", stored, 4)
    while True:
        (count,) = struct.unpack_from("<H", stored, last)
        link = last + 2 + 12 * count
        (last,) = struct.unpack_from("<I", stored, link)
        if not last:
            break
    linked = stored[:link] + struct.pack("<I", at) + stored[link + 4 :]
    padded = (linked + bytes([255]) * (width * height)).ljust(at, b"\0")
    return padded + directory + bytes(4)


def test_a_thumbnail_in_a_tiff_is_no_page(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(_reduced(cv2.imencode(".tif", image)[1].tobytes(), (120, 160)))

    assert page_count(path) == 1
    (found,) = load_pages(path, [1])
    assert isinstance(found, Scan)
    assert np.array_equal(found.image, image)


def test_a_page_behind_a_thumbnail_is_the_page_read(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    path = tmp_path / "a.tif"
    small = cv2.resize(image, (120, 160))
    cv2.imwritemulti(str(path), [image, small, image[::-1, ::-1]])
    stored = bytearray(path.read_bytes())
    first = struct.unpack_from("<I", stored, 4)[0]
    second = struct.unpack_from("<I", stored, first + 2 + 12 * stored[first])[0]
    entry = stored.index(struct.pack("<HHI", 254, 4, 1), second)
    stored[entry + 8] |= 1
    path.write_bytes(stored)

    assert page_count(path) == 2
    pages = list(load_pages(path, [1, 2]))
    assert all(isinstance(one, Scan) for one in pages)
    assert np.array_equal(pages[1].image, image[::-1, ::-1])  # type: ignore[union-attr]


def test_what_calls_itself_reduced_and_is_as_large_as_a_page_is_one(
    tmp_path: Path, image: NDArray[np.uint8]
) -> None:
    path = tmp_path / "a.tif"
    height, width = image.shape
    path.write_bytes(
        _reduced(cv2.imencode(".tif", image)[1].tobytes(), (width, height))
    )

    assert page_count(path) == 2


@pytest.mark.parametrize("kind", ["pdf", "tif"])
def test_a_file_of_too_many_pages_is_refused_whole_and_not_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 2)
    path = tmp_path / f"a.{kind}"
    if kind == "pdf":
        with pypdfium2.PdfDocument.new() as document:
            for _ in range(3):
                document.new_page(595, 842)
            document.save(path)
    else:
        cv2.imwritemulti(str(path), [np.full((40, 30), 255, np.uint8)] * 3)

    assert page_count(path) == 1
    assert list(load_pages(path, [1])) == [Rejection.TOO_MANY_PAGES]


def test_a_pipe_named_like_a_scan_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    (tmp_path / "b.jpg").mkdir()

    (path,) = scan_files([tmp_path])

    assert page_count(path) == 1
    assert list(load_pages(path, [1])) == [Rejection.NOT_A_FILE]


def test_a_page_of_one_grey_is_not_called_blank(image: NDArray[np.uint8]) -> None:
    assert _read(np.full_like(image, 128)) is Rejection.GREY
    assert _read(np.full_like(image, 245)) is Rejection.BLANK


def test_every_page_of_a_tiff_is_read(tmp_path: Path, image: NDArray[np.uint8]) -> None:
    path = tmp_path / "a.tif"
    cv2.imwritemulti(str(path), [image, image[::-1, ::-1]])

    pages = list(load_pages(path, [1, 2]))

    assert all(isinstance(one, Scan) for one in pages)
    assert isinstance(_read(pages[1].image), PageReading)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [
        (3, lambda image: image[::-1, ::-1]),
        (6, np.rot90),
        (8, lambda image: np.rot90(image, -1)),
        (2, lambda image: image[:, ::-1]),
    ],
)
def test_a_jpeg_is_read_the_way_up_its_exif_says(
    tmp_path: Path,
    image: NDArray[np.uint8],
    orientation: int,
    turned: Callable[[NDArray[np.uint8]], NDArray[np.uint8]],
) -> None:
    stored = cv2.imencode(".jpg", np.ascontiguousarray(turned(image)))[1].tobytes()
    tags = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x112, 3, 1, orientation, 0, 0)
    exif = b"\xff\xe1" + struct.pack(">H", len(tags) + 8) + b"Exif\0\0" + tags

    found = _loaded(tmp_path / "a.jpg", stored[:2] + exif + stored[2:])

    assert isinstance(found, Scan)
    assert isinstance(_read(found.image), PageReading)


def test_black_around_the_sheet_makes_no_scan_of_two_colours(
    image: NDArray[np.uint8],
) -> None:
    bright = np.minimum(image.astype(np.int32) + 40, 255).astype(np.uint8)
    framed = cv2.copyMakeBorder(bright, 80, 80, 80, 80, cv2.BORDER_CONSTANT, value=(0,))

    assert isinstance(_read(np.asarray(framed, np.uint8)), PageReading)


def test_a_mirrored_page_is_refused(image: NDArray[np.uint8]) -> None:
    assert _read(image[:, ::-1]) is Rejection.MIRRORED


@pytest.mark.parametrize("shines", [0.05, 0.12, 0.25])
def test_a_blank_back_through_which_its_front_shines_is_blank(
    image: NDArray[np.uint8], shines: float
) -> None:
    through = 255 - (255 - image[:, ::-1].astype(np.float64)) * shines

    assert _read(through.astype(np.uint8)) is Rejection.BLANK


def test_a_back_that_shines_through_and_is_written_on_is_not_blank(
    image: NDArray[np.uint8],
) -> None:
    through = 235 - (255 - image[:, ::-1].astype(np.float64)) * 0.12
    back = through.astype(np.uint8)
    for line in range(5):
        start, end = (300, 1100 + 60 * line), (1200, 1120 + 60 * line)
        cv2.line(back, start, end, (40,), 4)

    assert _read(back) is Rejection.MIRRORED


def test_a_landscape_page_is_refused(image: NDArray[np.uint8]) -> None:
    assert _read(image.T) is Rejection.LANDSCAPE


def test_a_ballot_on_an_a3_scan_is_refused(image: NDArray[np.uint8]) -> None:
    height, width = image.shape
    sheet = np.full((int(height * 1.414), int(width * 1.414)), 245, np.uint8)
    sheet[:height, :width] = image

    assert _read(sheet) is Rejection.PRINT_SCALE


def test_a_blank_page_is_refused_as_blank() -> None:
    assert _read(np.full((2339, 1654), 240, np.uint8)) is Rejection.BLANK


def test_a_black_page_is_refused_as_dark() -> None:
    assert _read(np.full((2339, 1654), 9, np.uint8)) is Rejection.DARK


def test_white_print_on_black_is_refused_as_a_negative(
    image: NDArray[np.uint8],
) -> None:
    assert _read(np.asarray(255 - image, np.uint8)) is Rejection.NEGATIVE


def test_a_page_of_another_ballot_is_foreign(image: NDArray[np.uint8]) -> None:
    other = printed_ballot(replace(FORM, occasion="Hội nghị khác"))

    assert read_page(image, other) is Rejection.FOREIGN


def test_a_print_at_75_percent_is_refused() -> None:
    small = decode_jpeg(scan(0, replace(PLAN, scale=0.75)).jpeg)

    assert _read(small) is Rejection.PRINT_SCALE


def test_a_scan_of_two_colours_is_refused(image: NDArray[np.uint8]) -> None:
    bilevel = np.where(image < 128, 0, 255).astype(np.uint8)

    assert _read(bilevel) is Rejection.BILEVEL


def test_a_fine_scan_in_grey_has_few_greys_and_is_read() -> None:
    print_ = decode_jpeg(scan(0, replace(PLAN, dpi=600, quality=90)).jpeg)
    sharp = cv2.GaussianBlur(np.where(print_ < 128, 0.0, 252.0), (0, 0), 0.57)

    assert isinstance(_read(sharp.astype(np.uint8)), PageReading)


def test_a_scan_of_100_dpi_is_refused() -> None:
    coarse = cv2.resize(blanks()[0], (827, 1169), interpolation=cv2.INTER_AREA)

    assert _read(np.asarray(coarse, np.uint8)) is Rejection.RESOLUTION


def test_a_page_on_which_the_program_fails_is_refused_and_stops_no_batch(
    image: NDArray[np.uint8],
) -> None:
    broken = Scan(image=np.zeros((2339, 1654, 3), np.uint8), digest="0")
    place = ScanPlace(path="a.jpg")

    assert page_record(FORM, place, broken).rejection == Rejection.FAULT
    assert page_record(FORM, place, Scan(image=image, digest="1")).rejection == ""


@pytest.mark.parametrize("name", ["a.bmp", "b.HEIC", "c.webp"])
def test_a_picture_of_a_kind_that_is_not_read_is_refused_and_not_passed_over(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"BM of some kind")
    (tmp_path / "notes.txt").write_bytes(b"no scan")

    (found,) = scan_files([tmp_path])

    assert found.name == name
    assert list(load_pages(found, [1])) == [Rejection.UNREADABLE]


@pytest.fixture
def nobody() -> Iterator[Path]:
    """A folder anybody may open, and the rights of somebody who is not root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        os.seteuid(os.getuid())


def test_a_folder_nobody_may_open_is_named_and_not_passed_over(nobody: Path) -> None:
    for name, mode in (("mo", 0o755), ("khoa", 0o000), ("chi-xem-ten", 0o744)):
        (nobody / name).mkdir()
        (nobody / name / "1.jpg").write_bytes(b"a scan")
        (nobody / name).chmod(mode)
    if os.getuid() == 0:
        os.seteuid(65534)

    left_out = folders_left_out([nobody])

    assert left_out == [nobody / "chi-xem-ten", nobody / "khoa"]


def test_a_link_to_a_folder_is_named_unless_its_scans_are_read_anyway(
    tmp_path: Path,
) -> None:
    given, elsewhere = tmp_path / "may-1", tmp_path / "may-2"
    for folder in (given, elsewhere):
        folder.mkdir()
        (folder / f"{folder.name}.jpg").write_bytes(b"a scan")
    (given / "quanh").symlink_to(given)
    (given / "may-2").symlink_to(elsewhere)

    assert folders_left_out([given]) == [given / "may-2"]
    assert folders_left_out([given, elsewhere]) == []
    assert [one.name for one in scan_files([given, elsewhere])] == [
        "may-1.jpg",
        "may-2.jpg",
    ]
    assert folders_left_out([given / "may-1.jpg"]) == []
