"""What a JPEG notes beside its picture: the way up it is shown (Exif 2.32, tag 0x0112).

And all that must not be kept of a ballot: when it was scanned, by what, in which order.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_APP1, _SCAN = 0xE1, 0xDA
_MARKER, _COMMENT, _END = 0xFF, 0xFE, b"\xff\xd9"
_ABOUT_COLOUR = (0xE0, 0xEE)  # JFIF and Adobe: without them colours are guessed
_APPLICATIONS = range(0xE0, 0xF0)
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


def without_notes(stored: bytes) -> bytes | None:
    """Return a JPEG without what a scanner or telephone noted in it.

    Time, order, names, small pictures and whatever follows the end go; the picture stays
    bit for bit.

    Returns:
        None where the notes say which way up it is, or cannot be told apart: such a
        picture has to be written anew.
    """
    if _orientation(stored) != 1:
        return None
    kept = [stored[:2]]
    at = 2
    try:
        while stored[at + 1] != _SCAN:
            (length,) = struct.unpack_from(">H", stored, at + 2)
            part = stored[at : at + 2 + length]
            is_note = part[1] in _APPLICATIONS and part[1] not in _ABOUT_COLOUR
            if part[0] != _MARKER or part[1] == _MARKER:
                return None
            if not is_note and part[1] != _COMMENT:
                kept.append(part)
            at += 2 + length
    except (struct.error, IndexError):
        return None
    end = stored.rfind(_END)
    return b"".join((*kept, stored[at : end + len(_END)])) if end > at else None


def _orientation(stored: bytes) -> int:
    """Return the tag's value; 1, upright, where there is none or it is broken."""
    at = 2
    try:
        while stored[at] == _MARKER and stored[at + 1] != _SCAN:
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
