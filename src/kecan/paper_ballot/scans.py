"""Pages out of scan files. A bad file is one refused page, never a stopped batch."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import simplejpeg
from pypdfium2 import raw

from kecan.paper_ballot.align import PageRejectedError, Rejection
from kecan.paper_ballot.exif import turned_upright
from kecan.paper_ballot.pdf_pictures import only_picture, stored_jpeg, why_not_grey
from kecan.paper_ballot.png import decode_png, png_size
from kecan.paper_ballot.tiff import (
    MAGICS,
    DamagedTiffError,
    TiffPage,
    require_whole,
    tiff_pages,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

MOST_SIDE = 9000  # pixels; A4 at 600 dpi is 4961 x 7016, a border comes on top
MOST_PIXELS = 52_000_000
MOST_BYTES = 500_000_000
MOST_PAGES = 20_000
RENDER_DPI = 300
ENDINGS = (".pdf", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff")
OTHER_PICTURES = (".bmp", ".gif", ".webp", ".heic", ".heif", ".jp2", ".avif", ".djvu")
"""What may hold a ballot and cannot be read: refused, so that nobody loses it."""
# What a broken file is, the refusal says; OpenCV's own words are for programmers.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
_START, _END = b"\xff\xda", b"\xff\xd9"  # of the pixels of a JPEG, of its picture
_MAC = b"\0\x05\x16\x07"  # begins an AppleDouble file
_POINTS = 72
_SPARSE, _INVERTED = 64, 100  # pixels; grey of a page that is mostly darker than paper
_WIDEST_PAGE = 1300  # points; wider is no A4 and is not rendered


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ScanPlace:
    """One page of one scan file; ``page`` counts from 1."""

    path: str
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A decoded page: grey, uint8, 0 = black; ``digest`` is of the image as stored.

    ``jpeg`` is the very file where the page was stored as one, else empty.
    """

    image: NDArray[np.uint8]
    digest: str
    jpeg: bytes = b""


def scan_files(given: Iterable[Path]) -> list[Path]:
    """Return the scan files of files and folders, each once, in name order.

    Pictures of other kinds are among them, and pipes and devices named like scans, for
    the refusal of each to be seen; a folder named like a scan is a folder. Numbers
    in names count as numbers: scan2 comes before scan10. What a Mac leaves beside files
    on a stick is none.
    """
    found: dict[Path, None] = {}
    endings = ENDINGS + OTHER_PICTURES
    for path in given:
        inside = (
            sorted(
                (
                    one
                    for one in path.rglob("*")
                    if one.suffix.lower() in endings
                    and not one.is_dir()
                    and not _is_of_a_mac(one)
                ),
                key=_as_counted,
            )
            if path.is_dir()
            else [path]
        )
        found.update(dict.fromkeys(inside))
    return list(found)


def folders_left_out(given: Iterable[Path]) -> list[Path]:
    """Return the folders :func:`scan_files` sees nothing of, whose ballots would be lost.

    Those nobody may open, and links to folders that are not among the given.
    """
    folders = [path for path in given if path.is_dir()]
    inside = [path.resolve() for path in folders]
    below = [
        Path(at, name)
        for at, names, _ in chain.from_iterable(map(os.walk, folders))
        for name in names
    ]
    return sorted({one for one in (*folders, *below) if not _is_gone_into(one, inside)})


def _is_gone_into(folder: Path, inside: Iterable[Path]) -> bool:
    is_read = not folder.is_symlink() or any(
        folder.resolve().is_relative_to(one) for one in inside
    )
    return is_read and os.access(folder, os.R_OK | os.X_OK, effective_ids=True)


def _is_of_a_mac(path: Path) -> bool:
    """Tell what a Mac keeps of a file beside it on a stick, under nearly its name."""
    if not (path.name.startswith("._") and path.is_file()):
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(_MAC)) == _MAC
    except OSError:  # it is refused when it is to be read
        return False


def _as_counted(path: Path) -> list[tuple[bool, int, str]]:
    return [
        (part.isdigit(), int(part) if part.isdigit() else 0, part)
        for part in re.split(r"([0-9]+)", str(path))
    ]


def page_count(path: Path) -> int:
    """Return how many pages a file has; 1 when it is refused whole.

    That is when it cannot be opened, is no file, or has over ``MOST_PAGES`` pages.
    """
    try:
        kind = _kind(path)
        if kind == "pdf":
            with pypdfium2.PdfDocument(path) as document:
                return _at_most(len(document))
        if kind == "tiff":
            return _at_most(_tiff_count(path))
    except (OSError, PageRejectedError, pypdfium2.PdfiumError, cv2.error):
        return 1
    return 1


def _at_most(pages: int) -> int:
    return pages if 1 <= pages <= MOST_PAGES else 1


def _tiff_count(path: Path) -> int:
    try:
        with (
            path.open("rb") as file,
            closing(mmap(file.fileno(), 0, access=ACCESS_READ)) as stored,
        ):
            return len(tiff_pages(stored))
    except DamagedTiffError:
        return cv2.imcount(str(path))


def _require_count(pages: int) -> None:
    if pages > MOST_PAGES:
        raise PageRejectedError(Rejection.TOO_MANY_PAGES)


def load_pages(path: Path, pages: Iterable[int]) -> Iterator[Scan | Rejection]:
    """Decode pages of one file in the order asked for; the file is opened once.

    What cannot be decoded comes out as the reason, so that the next page follows.
    """
    wanted = list(pages)
    try:
        kind = _kind(path)
        if kind in _OF_PAGES:
            yield from _OF_PAGES[kind](path, wanted)
            return
    except PageRejectedError as refusal:
        yield from [refusal.reason] * len(wanted)
        return
    except OSError:
        yield from [Rejection.UNREADABLE] * len(wanted)
        return
    for _ in wanted:
        try:
            yield _image(path)
        except PageRejectedError as refusal:
            yield refusal.reason
        except (OSError, ValueError, cv2.error):
            yield Rejection.UNREADABLE


def _kind(path: Path) -> str:
    if path.exists() and not path.is_file():  # before it is opened: that may never end
        raise PageRejectedError(Rejection.NOT_A_FILE)
    if path.stat().st_size > MOST_BYTES:
        raise PageRejectedError(Rejection.TOO_LARGE)
    with path.open("rb") as file:
        start = file.read(1024)
    if b"%PDF-" in start:
        return "pdf"
    for magic, kind in (
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG", "png"),
        *((magic, "tiff") for magic in MAGICS),
    ):
        if start.startswith(magic):
            return kind
    raise PageRejectedError(Rejection.UNREADABLE)


def _require_size(width: int, height: int) -> None:
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise PageRejectedError(Rejection.TOO_LARGE)


def decode_jpeg(stored: bytes) -> NDArray[np.uint8]:
    """Decode a JPEG to grey, the way up it says, after looking at its size.

    Raises:
        PageRejectedError: If it is broken, cut off or too large.
    """
    try:
        height, width, _, _ = simplejpeg.decode_jpeg_header(stored)
        _require_size(width, height)
        if not _has_end(stored):
            raise PageRejectedError(Rejection.UNREADABLE)
        grey = simplejpeg.decode_jpeg(stored, colorspace="GRAY")
    except ValueError as error:
        raise PageRejectedError(Rejection.UNREADABLE) from error
    return turned_upright(np.asarray(grey[:, :, 0], np.uint8), stored)


def _has_end(stored: bytes) -> bool:
    """Tell whether the picture of a JPEG ends; scanners add bytes of their own."""
    return _END in stored[-64:] or stored.rfind(_END) > stored.rfind(_START)


def _image(path: Path) -> Scan:
    kind = _kind(path)
    stored = path.read_bytes()
    digest = sha256(stored).hexdigest()
    if kind == "jpeg":
        return Scan(image=decode_jpeg(stored), digest=digest, jpeg=stored)
    _require_size(*png_size(stored))
    found = decode_png(stored)
    if found is None:
        raise PageRejectedError(Rejection.UNREADABLE)
    return Scan(image=found, digest=digest)


def _tiff_pages(path: Path, pages: list[int]) -> Iterator[Scan | Rejection]:
    """Decode pages of a TIFF, of which the file is read and looked over once."""
    stored = path.read_bytes()
    digest = sha256(stored).hexdigest()
    places = _whole_directories(stored, pages)
    del stored
    for page, place in zip(pages, places, strict=True):
        image = None if place is None else _decoded_tiff(path, place)
        own = sha256(f"{digest}:{page}".encode()).hexdigest()
        yield (Rejection.UNREADABLE if image is None else Scan(image=image, digest=own))


def _whole_directories(stored: bytes, pages: Iterable[int]) -> list[int | None]:
    """Look at the size of every page of a TIFF and the strips of some.

    Returns:
        Which directory each of ``pages`` is; None of one that is not there or damaged.

    Raises:
        PageRejectedError: If the file is refused whole.
    """
    try:
        listed = tiff_pages(stored)
    except DamagedTiffError as error:
        raise PageRejectedError(Rejection.UNREADABLE) from error
    _require_count(len(listed))
    for one in listed:
        _require_size(one.width, one.height)
    by_number = dict(enumerate(listed, start=1))
    return [_whole_directory(stored, by_number.get(page)) for page in pages]


def _whole_directory(stored: bytes, page: TiffPage | None) -> int | None:
    if page is None:
        return None
    try:
        require_whole(stored, page)
    except ValueError:
        return None
    return page.directory


def _decoded_tiff(path: Path, directory: int) -> NDArray[np.uint8] | None:
    try:
        _, frames = cv2.imreadmulti(
            str(path), start=directory, count=1, flags=cv2.IMREAD_GRAYSCALE
        )
    except cv2.error:
        return None
    return np.asarray(frames[0], np.uint8) if frames else None


def _pdf_pages(path: Path, pages: list[int]) -> Iterator[Scan | Rejection]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or (
            "assword" in str(error)
        )
        reason = Rejection.PASSWORD if is_locked else Rejection.UNREADABLE
        raise PageRejectedError(reason) from error
    with document:
        _require_count(len(document))
        for page in pages:
            try:
                yield _pdf_page(document, page - 1)
            except PageRejectedError as refusal:
                yield refusal.reason
            except (pypdfium2.PdfiumError, IndexError, ValueError):
                yield Rejection.UNREADABLE


def _pdf_page(document: pypdfium2.PdfDocument, index: int) -> Scan:
    page = document[index]
    try:
        picture = only_picture(page)
        if picture is not None:
            _require_size(*picture.get_px_size())
            stored = stored_jpeg(picture, page=page)
            if stored is not None:
                image = decode_jpeg(stored)
                if np.median(image[::_SPARSE, ::_SPARSE]) > _INVERTED:
                    digest = sha256(stored).hexdigest()
                    return Scan(image=image, digest=digest, jpeg=stored)
                # One as dark as that may say that its numbers mean the opposite.
        reason = why_not_grey(page)
        if reason is not None:
            raise PageRejectedError(reason)
        if max(page.get_size()) > _WIDEST_PAGE:
            raise PageRejectedError(Rejection.NOT_A4)
        bitmap = page.render(scale=RENDER_DPI / _POINTS, grayscale=True)
        image = np.array(bitmap.to_numpy()[:, :], np.uint8).squeeze()
        bitmap.close()
        return Scan(image=image, digest=sha256(image.tobytes()).hexdigest())
    finally:
        page.close()


_OF_PAGES = {"pdf": _pdf_pages, "tiff": _tiff_pages}
