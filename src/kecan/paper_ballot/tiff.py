"""Look at a TIFF before it is decoded: how large its pages are, and that they are whole.

The library that decodes takes damaged data as they come and shows what they happen to
say. A damaged strip is a page that is not there, so each is checked: Deflate by its own
sum, LZW and PackBits, which have none, by the length they come out at. Pixels that are
not packed say nothing of themselves.

Source:
    TIFF 6.0, sections 2 and 13; Adobe Photoshop TIFF technical notes 2002 (Deflate);
    the BigTIFF proposal of libtiff (64-bit offsets).
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mmap import mmap

    from numpy.typing import NDArray

MAGICS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 16: 8}  # bytes of a value of each kind
_LETTERS = {1: "B", 2: "B", 3: "H", 4: "I", 16: "Q"}
_SUBFILE, _REDUCED = 254, 1  # the tag, and its bit for a smaller version of another
_WIDTH, _HEIGHT, _BITS, _KIND, _CHANNELS = 256, 257, 258, 259, 277
_OFFSETS, _ROWS, _COUNTS, _PLANES = 273, 278, 279, 284
_LZW, _DEFLATE, _PACK_BITS = 5, (8, 32946), 32773
_RUN, _NOTHING = 128, 128  # from which a length byte means a run; the one that is none
_CLEAR, _END, _FIRST = 256, 257, 258  # codes; of the first string
_WIDTHS = ((9, 254), (10, 512), (11, 1024), (12, 2052))  # bits, and of how many codes


class DamagedTiffError(ValueError):
    """The file says one thing of itself and holds another."""


@dataclass(frozen=True, slots=True)
class TiffPage:
    """One page: its size in pixels, which directory it is and what that says."""

    width: int
    height: int
    directory: int
    entries: dict[int, tuple[int, ...]]

    @property
    def is_reduced(self) -> bool:
        """Whether it calls itself a smaller version of another."""
        return bool(self.one(_SUBFILE, 0) & _REDUCED)

    def one(self, tag: int, usual: int) -> int:
        """Return a value of the directory, or what it is when not said."""
        return self.entries.get(tag, (usual,))[0]


def tiff_pages(stored: bytes | mmap) -> list[TiffPage]:
    """Return the pages a TIFF or BigTIFF says it has.

    A thumbnail is no page: a directory that calls itself a reduced version of another
    and is smaller than a page. One as large as the pages is a page whatever it says.

    Raises:
        DamagedTiffError: If its directories lead nowhere.
    """
    order = "<" if stored[:2] == b"II" else ">"
    is_big = stored[2:4] in {b"+\x00", b"\x00+"}
    wide, count_kind = (8, "Q") if is_big else (4, "H")
    offset_kind = "Q" if is_big else "I"
    found: list[TiffPage] = []
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}{offset_kind}", stored, wide)
        while at and at not in seen:
            seen.add(at)
            (count,) = struct.unpack_from(f"{order}{count_kind}", stored, at)
            first = at + struct.calcsize(f"{order}{count_kind}")
            size = 4 + 2 * wide
            entries = dict(
                _entry(stored, first + size * index, order, offset_kind)
                for index in range(count)
            )
            size_said = entries[_WIDTH][0], entries[_HEIGHT][0]
            found.append(TiffPage(*size_said, len(found), entries))
            (at,) = struct.unpack_from(
                f"{order}{offset_kind}", stored, first + size * count
            )
    except (struct.error, KeyError, IndexError) as error:
        raise DamagedTiffError from error
    sizes = {(one.width, one.height) for one in found if not one.is_reduced}
    return [
        one
        for one in found
        if not one.is_reduced
        or not any(one.width < width and one.height < height for width, height in sizes)
    ]


def _entry(
    stored: bytes | mmap, at: int, order: str, offset_kind: str
) -> tuple[int, tuple[int, ...]]:
    tag, kind, count = struct.unpack_from(f"{order}HH{offset_kind}", stored, at)
    place = at + struct.calcsize(f"{order}HH{offset_kind}")
    if kind not in _SIZES:
        return tag, ()
    if count * _SIZES[kind] > struct.calcsize(f"{order}{offset_kind}"):
        (place,) = struct.unpack_from(f"{order}{offset_kind}", stored, place)
    if place + count * _SIZES[kind] > len(stored):
        raise DamagedTiffError
    return tag, struct.unpack_from(f"{order}{count}{_LETTERS[kind]}", stored, place)


def require_whole(stored: bytes, page: TiffPage) -> None:
    """Check the packed strips of one page; tiles and other packings pass.

    A single bit may be wrong in LZW and change a few pixels only: that is not seen.

    Raises:
        DamagedTiffError: If a strip is not what was packed.
    """
    lengths = dict.fromkeys(_DEFLATE, _deflate_length)
    lengths |= {_LZW: _lzw_length, _PACK_BITS: _pack_bits_length}
    length_of = lengths.get(page.one(_KIND, 1))
    if length_of is None:
        return
    offsets, counts = (page.entries.get(tag, ()) for tag in (_OFFSETS, _COUNTS))
    if len(offsets) != len(counts):
        raise DamagedTiffError
    channels = page.one(_CHANNELS, 1)
    is_apart = page.one(_PLANES, 1) != 1
    bits = page.one(_BITS, 1) * (1 if is_apart else channels)
    line = (page.width * bits + 7) // 8
    rows = min(page.one(_ROWS, page.height), page.height)
    strips = -(-page.height // rows)
    for index, (offset, count) in enumerate(zip(offsets, counts, strict=True)):
        wanted = line * min(rows, page.height - rows * (index % strips))
        packed = stored[offset : offset + count]
        if len(packed) < count or not wanted <= length_of(packed) <= line * rows:
            raise DamagedTiffError


def _deflate_length(packed: bytes) -> int:
    try:
        return len(zlib.decompress(packed))
    except zlib.error as error:
        raise DamagedTiffError from error


def _pack_bits_length(packed: bytes) -> int:
    at = total = 0
    while at < len(packed):
        head = packed[at]
        if head < _RUN:
            total += head + 1
            at += head + 2
        else:
            total += 257 - head if head != _NOTHING else 0
            at += 2 if head != _NOTHING else 1
    return total


@cache
def _widths() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each code after a clearing begins, in bits, and how wide it is."""
    wide = np.repeat(*np.array(_WIDTHS, np.int64).T)
    return np.concatenate([[0], np.cumsum(wide)[:-1]]), wide


def _lzw_length(packed: bytes) -> int:
    """Return how many bytes LZW data come out at, without unpacking them."""
    starts, wide = _widths()
    padded = np.frombuffer(packed + bytes(8), np.uint8).astype(np.int64)
    bits = 8 * len(packed)
    at = total = 0
    while at + wide[0] <= bits:
        ends = at + starts + wide
        inside = int(np.searchsorted(ends, bits, "right"))
        place, shift = np.divmod(at + starts[:inside], 8)
        words = (padded[place] << 16) | (padded[place + 1] << 8) | padded[place + 2]
        codes = (words >> (24 - shift - wide[:inside])) & ((1 << wide[:inside]) - 1)
        stops = np.flatnonzero((codes == _CLEAR) | (codes == _END))
        last = int(stops[0]) if len(stops) else inside
        total += _strings_length(codes[:last])
        if not len(stops):
            if inside == len(wide):
                raise DamagedTiffError
            break
        if codes[last] == _END:
            break
        at = int(ends[last])
    return total


def _strings_length(codes: NDArray[np.int64]) -> int:
    """Return how long the strings of codes after one clearing are together."""
    if not len(codes):
        return 0
    # String n is that of code n and one byte more: count the steps down to a byte.
    below = codes - _FIRST
    if codes[0] >= _CLEAR or (below >= np.arange(len(codes))).any():
        raise DamagedTiffError
    step = np.where(below >= 0, below, -1)
    length = np.ones(len(codes) + 1, np.int64)
    length[-1] = 0
    step = np.append(step, -1)
    while (step >= 0).any():
        length = length + np.where(step >= 0, length[step], 0)
        step = np.where(step >= 0, step[step], -1)
    return int(length.sum())
