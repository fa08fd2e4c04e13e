"""PDFs as scanners write them, for the tests of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = b"q 595 0 0 842 0 0 cm /I0 Do Q"
"""The first picture over all the page."""


def picture(
    stored: bytes, size: tuple[int, int], *, bits: int = 8, more: bytes = b""
) -> bytes:
    """Return a grey picture of a PDF; ``size`` is width and height in pixels."""
    kind = b"/ColorSpace/DeviceGray" if b"ImageMask" not in more else b""
    return (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d%s/BitsPerComponent %d"
        b"/Length %d%s>>stream\n%s\nendstream"
        % (*size, kind, bits, len(stored), more, stored)
    )


def jpeg_picture(jpeg: bytes, size: tuple[int, int], *, more: bytes = b"") -> bytes:
    """Return a grey JPEG as a picture of a PDF."""
    return picture(jpeg, size, more=b"/Filter/DCTDecode" + more)


def pdf_of(pictures: Sequence[bytes], *, drawn: bytes = WHOLE) -> bytes:
    """Return a PDF of one page on which pictures I0, I1 and so on can be drawn."""
    names = b"".join(
        b"/I%d %d 0 R" % (place, 6 + place) for place in range(len(pictures))
    )
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<<%s>>/Font<</F 5 0 R>>>>>>" % names,
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *pictures,
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(parts) + 1
    return (
        whole
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (count, len(whole))
    )
