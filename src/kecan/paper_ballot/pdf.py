"""Draws a ballot as PDF: exactly what the layout says, every copy from one content.

Same form, style and copies: same bytes. The file carries no date and no identifier.
Sheets with ids of their own differ by them alone, in their codes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING
from zlib import compress

import segno

from kecan.lettering.typefaces import Face, typeface
from kecan.paper_ballot.composing import (
    CODE_VERSION,
    MODULE,
    code_text,
    printed_pages,
)
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.layout import BOX_LINE, PAGE_HEIGHT, PAGE_WIDTH
from kecan.paper_ballot.wrapping import POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.lettering.typefaces import Typeface
    from kecan.paper_ballot.composing import PrintedPage
    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.layout import CodeLayout
    from kecan.paper_ballot.strips import PlacedText

_PAGES, _RESOURCES = 2, 3
_NEEDED = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
_FACES = tuple(Face)
_EM = 1000


def render_ballot(
    form: BallotForm,
    *,
    style: Style = Style.NORMAL,
    copies: int = 1,
    sheet_ids: Sequence[str] = (),
) -> bytes:
    """Return ``copies`` of the ballot as one PDF, copy after copy.

    Args:
        form: The ballot.
        style: The print.
        copies: How many, where all are alike.
        sheet_ids: One a copy, where the form has ids. Without them a form that has
            ids is drawn as a specimen that no reader takes.

    Raises:
        FormError: If the ballot would be longer than 99 pages.
        ValueError: If there are ids and the form has none.
    """
    if sheet_ids and not form.has_sheet_ids:
        msg = "ids for a ballot whose form has none"
        raise ValueError(msg)
    pages = printed_pages(form, style=style)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b""]
    fonts = []
    for place, face in enumerate(_FACES):
        fonts.append(b"/F%d %d 0 R" % (place, len(objects) + 1))
        objects += _font(face, first=len(objects) + 1, pages=pages)
    objects[_RESOURCES - 1] = b"<</Font<<%s>>>>" % b"".join(fonts)
    shared = len(objects) + 1
    objects += [_stream(_content(page, has_codes=not sheet_ids)) for page in pages]
    contents = [b"%d 0 R" % one for one in range(shared, len(objects) + 1)] * copies
    if sheet_ids:
        codes = [_codes(form, pages, style=style, sheet_id=one) for one in sheet_ids]
        own = range(len(objects) + 1, len(objects) + 1 + len(pages) * len(codes))
        objects += chain.from_iterable(codes)
        contents = [
            b"[%d 0 R %d 0 R]" % (shared + place % len(pages), code)
            for place, code in enumerate(own)
        ]
    first = len(objects) + 1
    size = (PAGE_WIDTH / POINT, PAGE_HEIGHT / POINT)
    objects += [
        b"<</Type/Page/Parent 2 0 R/Resources 3 0 R/MediaBox[0 0 %.4f %.4f]"
        b"/Contents %s>>" % (*size, content)
        for content in contents
    ]
    kids = b" ".join(b"%d 0 R" % one for one in range(first, len(objects) + 1))
    objects[_PAGES - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids)
    return _file(objects)


def _codes(
    form: BallotForm,
    pages: tuple[PrintedPage, ...],
    *,
    style: Style,
    sheet_id: str,
) -> list[bytes]:
    """Return what one copy has of its own: the codes of its pages."""
    drawn = []
    masks = _masks(pages)
    for page in pages:
        number, (first, second) = page.layout.number, page.layout.codes
        text = code_text(form, style=style, page=number, sheet_id=sheet_id)
        areas = _modules(replace(first, text=text), mask=masks[number])
        symbol = "\n".join((*(f"{_place(one)} re" for one in areas), "f"))
        right = (second.rectangle.x - first.rectangle.x) / POINT
        up = (first.rectangle.y - second.rectangle.y) / POINT
        both = f"{symbol}\nq 1 0 0 1 {right:.4f} {up:.4f} cm\n{symbol}\nQ"
        drawn.append(_stream(both.encode("ascii")))
    return drawn


@lru_cache(maxsize=2)
def _masks(pages: tuple[PrintedPage, ...]) -> dict[int, int]:
    """Return the mask of every page's code as the specimen has it."""
    return {
        page.layout.number: _symbol(page.layout.codes[0].text).mask for page in pages
    }


def _file(objects: list[bytes]) -> bytes:
    parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
    starts, at = [], len(parts[0])
    for number, content in enumerate(objects, start=1):
        part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        starts.append(at)
        at += len(part)
        parts.append(part)
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    parts += [b"%010d 00000 n \n" % start for start in starts]
    parts.append(
        b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, at)
    )
    return b"".join(parts)


def _stream(content: bytes, extra: bytes = b"") -> bytes:
    packed = compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (
        len(packed),
        extra,
        packed,
    )


def _content(page: PrintedPage, *, has_codes: bool) -> bytes:
    layout = page.layout
    solid = [*layout.corners, layout.orientation_bar, layout.scale_line, *page.rules]
    for tick in layout.ticks:
        solid += [tick.left, tick.right]
    for code in layout.codes if has_codes else ():
        solid += _modules(code)
    boxes = [box.rectangle.grown(-BOX_LINE / 2) for box in layout.boxes]
    return "\n".join(
        (
            *(f"{_place(one)} re" for one in solid),
            "f",
            f"{BOX_LINE / POINT:.4f} w",
            *(f"{_place(box)} re" for box in boxes),
            "S",
            "BT",
            *(_line(text) for text in page.texts),
            "ET",
        )
    ).encode("ascii")


def _place(one: Rectangle) -> str:
    bottom = PAGE_HEIGHT - one.bottom
    sides = (one.x, bottom, one.width, one.height)
    return " ".join(f"{side / POINT:.4f}" for side in sides)


def _line(text: PlacedText) -> str:
    font = typeface(text.face)
    shown = "".join(f"{font.glyph(letter):04x}" for letter in text.text)
    x, y = text.x / POINT, (PAGE_HEIGHT - text.y) / POINT
    name = _FACES.index(text.face)
    return f"/F{name} {text.size:g} Tf 1 0 0 1 {x:.4f} {y:.4f} Tm <{shown}> Tj"


@lru_cache(maxsize=2)
def _symbol(text: str, mask: int | None = None) -> segno.QRCode:
    """Return a symbol; both codes of a page are one.

    The search for the best of the eight masks takes most of the time: a ballot with
    ids makes it once a page, for its specimen, and any reader takes any mask.
    """
    return segno.make_qr(
        text, version=CODE_VERSION, error="m", mode="byte", boost_error=False, mask=mask
    )


def _modules(code: CodeLayout, *, mask: int | None = None) -> Iterator[Rectangle]:
    """Yield the dark runs of the symbol, a rectangle a run."""
    for row, modules in enumerate(_symbol(code.text, mask).matrix):
        start = None
        for column, dark in enumerate((*modules, 0)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield rectangle(
                    code.rectangle.x + start * MODULE,
                    code.rectangle.y + row * MODULE,
                    (column - start) * MODULE,
                    MODULE,
                )
                start = None


def _font(
    face: Face, *, first: int, pages: tuple[PrintedPage, ...]
) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """Return the objects of one face, the first of them the font itself."""
    font = typeface(face)
    used = sorted(
        {
            (font.glyph(letter), letter)
            for page in pages
            for text in page.texts
            if text.face is face
            for letter in text.text
        }
    )
    name = b"LiberationSerif-" + face.value.encode("ascii")
    widths = b"".join(
        b"%d[%d]" % (glyph, round(font.advances[glyph] * _EM / font.units_per_em))
        for glyph, _ in used
    )
    packed = _font_file(font)
    return (
        b"<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDToGIDMap/Identity"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor %d 0 R/W[%s]>>" % (name, first + 2, widths),
        b"<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[-200 -303 1082 1007]"
        b"/ItalicAngle 0/Ascent 891/Descent -216/CapHeight 662/StemV 80"
        b"/FontFile2 %d 0 R>>" % (name, first + 3),
        _stream(packed, b"/Length1 %d" % len(packed)),
        _stream(_to_unicode(used)),
    )


def _to_unicode(used: list[tuple[int, str]]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CMapName /Letters def /CMapType 2 def",
        "1 begincodespacerange <0000> <ffff> endcodespacerange",
        *(
            f"1 beginbfchar <{glyph:04x}> <{letter.encode('utf-16-be').hex()}> endbfchar"
            for glyph, letter in used
        ),
        "endcmap CMapName currentdict /CMap defineresource pop end end",
    ]
    return "\n".join(lines).encode("ascii")


def _font_file(font: Typeface) -> bytes:
    """Return the font with the tables that drawing needs, and no others."""
    tables = [(tag, font.tables[tag]) for tag in _NEEDED]
    at = 12 + 16 * len(tables)
    head = (0x00010000).to_bytes(4, "big") + b"".join(
        number.to_bytes(2, "big") for number in (len(tables), 128, 3, 16)
    )
    entries, bodies = [], []
    for tag, table in tables:
        body = table + b"\0" * (-len(table) % 4)
        entries.append(
            tag.encode("ascii")
            + b"\0\0\0\0"
            + at.to_bytes(4, "big")
            + len(table).to_bytes(4, "big")
        )
        bodies.append(body)
        at += len(body)
    return head + b"".join(entries) + b"".join(bodies)
