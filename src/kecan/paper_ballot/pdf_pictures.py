"""What a page of a scanned PDF is made of: one picture as stored, or layers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from pypdfium2 import PdfImage, raw

from kecan.paper_ballot.align import Rejection

if TYPE_CHECKING:
    import pypdfium2

    _Bounds = tuple[float, float, float, float]

_LAYERED = 0.05  # of the page: pictures over pictures; the mark of a program is less


def only_picture(page: pypdfium2.PdfPage) -> PdfImage | None:
    """Return the picture of a page that shows nothing else; else None.

    Words that a program recognised lie unseen over the picture and change nothing.
    """
    shown = [one for one in page.get_objects(max_depth=1) if not _is_unseen(one)]
    if len(shown) == 1 and isinstance(shown[0], PdfImage):
        return shown[0]
    return None


def _is_unseen(one: pypdfium2.PdfObject) -> bool:
    return bool(
        one.type == raw.FPDF_PAGEOBJ_TEXT
        and raw.FPDFTextObj_GetTextRenderMode(one) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    )


def stored_jpeg(picture: PdfImage, *, page: pypdfium2.PdfPage) -> bytes | None:
    """Return the JPEG of a picture that stands upright on its page; else None."""
    matrix = picture.get_matrix()
    is_upright = matrix.a > 0 and matrix.d > 0 and matrix.b == matrix.c == 0
    if page.get_rotation() % 180 or not is_upright:
        return None
    if picture.get_filters() != ["DCTDecode"]:
        return None
    return bytes(picture.get_data(decode_simple=False))


def why_not_grey(page: pypdfium2.PdfPage) -> Rejection | None:
    """Return why a drawn page would not show ink as grey as it is; None if it would.

    A page of black and white looks grey once it is drawn at another resolution. A
    compact page draws what its program took for text over the rest: pale strokes are
    gone from both, and what looks alike may be stored once for all places.
    """
    pictures = [one for one in page.get_objects() if isinstance(one, PdfImage)]
    bounds = [one.get_bounds() for one in pictures]
    width, height = page.get_size()
    least = _LAYERED * width * height
    is_bare = [one.get_metadata().bits_per_pixel == 1 for one in pictures]
    bare = sum(
        _area(one) for one, is_one in zip(bounds, is_bare, strict=True) if is_one
    )
    if bare > least and all(is_bare):
        return Rejection.BILEVEL
    layered = sum(_area(_common(*pair)) for pair in combinations(bounds, 2))
    return Rejection.COMPACT if max(bare, layered) > least else None


def _common(one: _Bounds, other: _Bounds) -> _Bounds:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def _area(bounds: _Bounds) -> float:
    left, bottom, right, top = bounds
    return max(0.0, right - left) * max(0.0, top - bottom)
