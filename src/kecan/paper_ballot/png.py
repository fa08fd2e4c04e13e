"""PNG files: whole or damaged, and what is seen where they are transparent."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_KIND, _WITH_ALPHA = 25, {4, 6}  # place of the kind of colour; those with alpha
_PALETTE = 4096  # bytes in which a palette and what is transparent in it come
_DEEP = 257  # levels of 16 bits in one of 8


class DamagedPngError(ValueError):
    """A part of the file is not what it was written as."""


def png_size(stored: bytes) -> tuple[int, int]:
    """Return width and height in pixels as the file says, before decoding it.

    Raises:
        DamagedPngError: If the file ends before it says so.
    """
    try:
        width, height = struct.unpack_from(">II", stored, 16)
    except struct.error as error:
        raise DamagedPngError from error
    return width, height


def decode_png(stored: bytes) -> NDArray[np.uint8] | None:
    """Decode a PNG to grey as it is seen on white; None if it cannot be.

    Raises:
        DamagedPngError: If a part is damaged or its end is missing.
    """
    _require_whole(stored)
    flat = np.frombuffer(stored, np.uint8)
    if stored[_KIND] not in _WITH_ALPHA and b"tRNS" not in stored[:_PALETTE]:
        found = cv2.imdecode(flat, cv2.IMREAD_GRAYSCALE)
        return None if found is None else np.asarray(found, np.uint8)
    found = cv2.imdecode(flat, cv2.IMREAD_UNCHANGED)
    if found is None:
        return None
    is_deep = found.dtype == np.uint16
    return _on_white((found // (_DEEP if is_deep else 1)).astype(np.uint8))


def _on_white(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return pixels, shape (height, width[, 3 or 4]), as grey on white paper."""
    if pixels.ndim == 2:  # noqa: PLR2004
        return pixels
    grey = np.asarray(cv2.cvtColor(pixels[:, :, :3], cv2.COLOR_BGR2GRAY), np.uint8)
    if pixels.shape[2] == 3:  # noqa: PLR2004
        return grey
    ink = cv2.multiply(255 - grey, np.ascontiguousarray(pixels[:, :, 3]), scale=1 / 255)
    return np.asarray(255 - ink, np.uint8)


def _require_whole(stored: bytes) -> None:
    """Check every part by its own check sum, up to the part that ends the file."""
    at, kind = 8, b""
    try:
        while kind != b"IEND":
            length, kind = struct.unpack_from(">I4s", stored, at)
            (check,) = struct.unpack_from(">I", stored, at + 8 + length)
            if zlib.crc32(stored[at + 4 : at + 8 + length]) != check:
                raise DamagedPngError
            at += 12 + length
    except struct.error as error:
        raise DamagedPngError from error
