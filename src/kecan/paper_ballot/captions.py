"""A line of words over a picture, in the letters the ballots are printed with."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
from pypdfium2 import raw

from kecan.lettering.typefaces import FONTS, Face, typeface

if TYPE_CHECKING:
    from numpy.typing import NDArray

_HEIGHT, _MARGIN, _LARGEST = 44, 10, 26.0  # pixels; of the strip, its edge, the letters


def captioned(picture: NDArray[np.uint8], words: str) -> NDArray[np.uint8]:
    """Return a colour picture with a white strip over its top that says ``words``.

    Long words are set smaller until they fit the width.
    """
    captioned = picture.copy()
    strip = _strip(words, width=picture.shape[1])
    captioned[:_HEIGHT] = cv2.cvtColor(strip, cv2.COLOR_GRAY2BGR)[: picture.shape[0]]
    return captioned


def _strip(words: str, *, width: int) -> NDArray[np.uint8]:
    room = width - 2 * _MARGIN
    size = min(_LARGEST, room / max(typeface(Face.BOLD).width(words, size=1.0), 1.0))
    font_file = (FONTS / f"LiberationSerif-{Face.BOLD}.ttf").read_bytes()
    font_bytes = (ctypes.c_uint8 * len(font_file)).from_buffer_copy(font_file)
    encoded = f"{words}\0".encode("utf-16-le")
    letters = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
    document = pypdfium2.PdfDocument.new()
    try:
        page = document.new_page(width, _HEIGHT)
        font = raw.FPDFText_LoadFont(
            document, font_bytes, len(font_file), raw.FPDF_FONT_TRUETYPE, 1
        )
        line = raw.FPDFPageObj_CreateTextObj(document, font, size)
        raw.FPDFText_SetText(line, letters)
        raw.FPDFPageObj_Transform(line, 1, 0, 0, 1, _MARGIN, (_HEIGHT - size) / 2 + 3)
        raw.FPDFPage_InsertObject(page, line)
        raw.FPDFPage_GenerateContent(page)
        drawn = page.render(scale=1, grayscale=True).to_numpy().copy()
    finally:
        document.close()
    return np.asarray(drawn, np.uint8).reshape(_HEIGHT, width)
