"""Each block of a document as the DOCX elements that draw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.docx_xml import (
    CELL_SIDES,
    TABLE_SIDES,
    borders,
    element,
    paragraph_element,
    spacing,
    twips,
)
from kecan.documents.faces import (
    faced_heading,
    faced_recipients,
    faced_signature,
    faces,
)
from kecan.documents.model import Align, Recipients
from kecan.documents.table_layout import placed_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

    from kecan.documents.faces import FacedHeading, FacedLine
    from kecan.documents.model import Heading, Paragraph, SignatureBlock, Table
    from kecan.documents.model import Signature as SignatureSide
    from kecan.documents.style_sheet import PageStyle, StyleSheet
    from kecan.documents.table_layout import PlacedCell, PlacedRow

_CELL_PADDING_MM = 1.2
_HEAD_LEFT = 47  # percent of the text width the issuer's side takes
_WHOLE = 100


def paragraph_block(block: Paragraph, *, style: StyleSheet) -> BaseOxmlElement:
    """Return a paragraph."""
    first = twips(style.paragraph.first_line_mm) if block.is_indented else 0
    return paragraph_element(
        faces(block.runs, role=block.role, style=style),
        align=block.align,
        spacing=spacing(
            after_pt=style.paragraph.space_after_pt,
            line_percent=style.paragraph.line_percent,
        ),
        indent=element("ind", left=twips(block.left_mm), firstLine=first),
        keeps_with_next=block.keeps_with_next,
    )


def page_break_element() -> BaseOxmlElement:
    """Return a paragraph that only ends the page."""
    return element("p", element("r", element("br", type="page")))


def table_elements(
    block: Table, *, page: PageStyle, style: StyleSheet
) -> list[BaseOxmlElement]:
    """Return a ruled table as wide as the text, and the room after it."""
    widths = _widths(
        [column.width for column in block.columns], whole=twips(page.text_width_mm)
    )
    rows = [_row(row, widths=widths) for row in placed_rows(block, style=style)]
    table = _table(widths, rows, is_ruled=True)
    return [table, _room(style.paragraph.space_after_pt)]


def signature_elements(
    block: SignatureBlock, *, page: PageStyle, style: StyleSheet
) -> list[BaseOxmlElement]:
    """Return the end of a paper: one row that never breaks, no rules."""
    widths = _halves(page)
    left = _side(block.left, style=style)
    right = _side(block.right, style=style)
    row = _borderless_row([left, right], widths=widths)
    return [
        _room(style.paragraph.space_after_pt, keeps_with_next=True),
        _table(widths, [row]),
        _room(1),
    ]


def heading_elements(
    block: Heading, *, page: PageStyle, style: StyleSheet
) -> list[BaseOxmlElement]:
    """Return the head of page 1: two rows, no rules."""
    head = faced_heading(block, style=style)
    widths = _halves(page)
    motto = [_centred(head.motto), _rule(style.rooms.motto_rule_mm, widths[1])]
    first = _borderless_row([[*map(_centred, head.left)], motto], widths=widths)
    second = _borderless_row(
        [
            _marks_left(head, style=style),
            _marks_right(head),
        ],
        widths=widths,
    )
    return [
        _table(widths, [first, second]),
        _room(style.paragraph.space_after_pt * 2),
    ]


def _marks_left(head: FacedHeading, *, style: StyleSheet) -> list[BaseOxmlElement]:
    made = [_centred(head.number)]
    if head.secrecy:
        made.append(_boxed(head.secrecy))
    if head.stamp:
        made += _stamp(head.stamp, style=style)
    return made


def _marks_right(head: FacedHeading) -> list[BaseOxmlElement]:
    made = [_centred(head.place_date)]
    if head.draft:
        made.append(_boxed(head.draft))
    return made


def _side(
    side: SignatureSide | Recipients | None, *, style: StyleSheet
) -> list[BaseOxmlElement]:
    if side is None:
        return [_centred(())]
    if isinstance(side, Recipients):
        return [
            paragraph_element(line, align=Align.LEFT, spacing=spacing())
            for line in faced_recipients(side, style=style)
        ]
    signed = faced_signature(side, style=style)
    room = element(
        "spacing",
        before=twips(style.rooms.signature_mm),
        after=0,
        line=240,
        lineRule="auto",
    )
    name = paragraph_element(signed.name, align=Align.CENTRE, spacing=room)
    return [*map(_centred, signed.office), name]


def _centred(line: FacedLine) -> BaseOxmlElement:
    return paragraph_element(line, align=Align.CENTRE, spacing=spacing())


def _boxed(line: FacedLine) -> BaseOxmlElement:
    made = paragraph_element(line, align=Align.CENTRE, spacing=spacing(before_pt=6))
    box = element("bdr", val="single", sz=8, space=4, color="auto")
    for properties in made.iter(element("rPr").tag):
        properties.find(element("lang").tag).addprevious(box)
    return made


def _rule(length_mm: int, cell_width: int) -> BaseOxmlElement:
    padding = 2 * twips(_CELL_PADDING_MM)
    beside = max(0, (cell_width - padding - twips(length_mm)) // 2)
    made = paragraph_element(
        (),
        align=Align.CENTRE,
        spacing=element("spacing", before=0, after=0, line=60, lineRule="exact"),
        indent=element("ind", left=beside, right=beside),
    )
    edge = borders("pBdr", kind="single", sides=("top",), size=6)
    made.pPr.insert(1, edge)
    return made


def _stamp(line: FacedLine, *, style: StyleSheet) -> list[BaseOxmlElement]:
    width = twips(style.rooms.stamp_width_mm)
    middle = element(
        "tcPr",
        element("tcW", w=width, type="dxa"),
        borders("tcBorders", kind="dashed", sides=CELL_SIDES),
        element("vAlign", val="center"),
    )
    height = twips(style.rooms.stamp_height_mm)
    row = element(
        "tr",
        element("trPr", element("trHeight", val=height, hRule="exact")),
        element("tc", middle, _centred(line)),
    )
    table = _table([width], [row])
    table.tblPr.insert(1, element("jc", val="center"))
    return [table, _centred(())]


def _room(points: float, *, keeps_with_next: bool = False) -> BaseOxmlElement:
    exact = round(points * 20)
    return paragraph_element(
        (),
        align=Align.LEFT,
        spacing=element("spacing", before=0, after=0, line=exact, lineRule="exact"),
        keeps_with_next=keeps_with_next,
    )


def _halves(page: PageStyle) -> list[int]:
    return _widths([_HEAD_LEFT, _WHOLE - _HEAD_LEFT], whole=twips(page.text_width_mm))


def _widths(shares: Sequence[int], *, whole: int) -> list[int]:
    total = sum(shares)
    widths = [whole * share // total for share in shares]
    widths[-1] += whole - sum(widths)
    return widths


def _table(
    widths: Sequence[int], rows: Sequence[BaseOxmlElement], *, is_ruled: bool = False
) -> BaseOxmlElement:
    kind = "single" if is_ruled else "nil"
    padding = twips(_CELL_PADDING_MM)
    properties = element(
        "tblPr",
        element("tblW", w=sum(widths), type="dxa"),
        borders("tblBorders", kind=kind, sides=TABLE_SIDES),
        element("tblLayout", type="fixed"),
        element(
            "tblCellMar",
            element("left", w=padding, type="dxa"),
            element("right", w=padding, type="dxa"),
        ),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", properties, grid, *rows)


def _borderless_row(
    cells: Sequence[Sequence[BaseOxmlElement]], *, widths: Sequence[int]
) -> BaseOxmlElement:
    return element(
        "tr",
        element("trPr", element("cantSplit")),
        *(
            element("tc", element("tcPr", element("tcW", w=width, type="dxa")), *made)
            for made, width in zip(cells, widths, strict=True)
        ),
    )


def _row(row: PlacedRow, *, widths: Sequence[int]) -> BaseOxmlElement:
    properties = element("trPr", element("cantSplit"))
    if row.least_height_mm:
        height = twips(row.least_height_mm)
        properties.append(element("trHeight", val=height, hRule="atLeast"))
    if row.is_header:
        properties.append(element("tblHeader"))
    made = element("tr", properties)
    column = 0
    for entry in row.cells:
        width = sum(widths[column : column + entry.columns])
        made.append(_cell(entry, width=width, keeps=row.keeps_with_next))
        column += entry.columns
    return made


def _cell(entry: PlacedCell, *, width: int, keeps: bool) -> BaseOxmlElement:
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if entry.columns > 1:
        properties.append(element("gridSpan", val=entry.columns))
    if entry.is_covered:
        properties.append(element("vMerge"))
    elif entry.rows > 1:
        properties.append(element("vMerge", val="restart"))
    properties.append(element("vAlign", val="center"))
    lines = entry.lines or ((),)
    return element(
        "tc",
        properties,
        *(
            paragraph_element(
                line,
                align=entry.align,
                spacing=spacing(before_pt=2, after_pt=2),
                keeps_with_next=keeps,
            )
            for line in lines
        ),
    )
