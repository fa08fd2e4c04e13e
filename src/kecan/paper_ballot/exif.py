"""The way up a JPEG says it is to be shown (Exif 2.32, tag 0x0112)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_APP1, _SCAN = 0xE1, 0xDA
_ORIENTATION = 0x0112


def turned_upright(image: NDArray[np.uint8], stored: bytes) -> NDArray[np.uint8]:
    """Return a decoded JPEG as every viewer shows it."""
    way = _orientation(stored)
    is_transposed, is_flipped_across, is_flipped_down = _WAYS.get(way, (False,) * 3)
    if is_transposed:
        image = image.T
    if is_flipped_across:
        image = image[:, ::-1]
    if is_flipped_down:
        image = image[::-1]
    return np.ascontiguousarray(image)


_WAYS = {
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}


def _orientation(stored: bytes) -> int:
    """Return the tag's value; 1, upright, where there is none or it is broken."""
    at = 2
    try:
        while stored[at] == 0xFF and stored[at + 1] != _SCAN:  # noqa: PLR2004
            (length,) = struct.unpack_from(">H", stored, at + 2)
            if stored[at + 1] == _APP1 and stored[at + 4 : at + 10] == b"Exif\0\0":
                return _in_tags(stored[at + 10 : at + 2 + length])
            at += 2 + length
    except (struct.error, IndexError):
        return 1
    return 1


def _in_tags(tags: bytes) -> int:
    order = "<" if tags[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", tags, 4)
    (count,) = struct.unpack_from(f"{order}H", tags, first)
    for entry in range(count):
        place = first + 2 + 12 * entry
        if struct.unpack_from(f"{order}H", tags, place)[0] == _ORIENTATION:
            return int(struct.unpack_from(f"{order}H", tags, place + 8)[0])
    return 1
