"""Draws a document as PDF with typst, from shipped fonts only, the same bytes each time."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

from kecan.documents.model import (
    Align,
    Heading,
    PageBreak,
    Paragraph,
    Recipients,
    RowKind,
    Signature,
    SignatureBlock,
    Table,
    TextRole,
)
from kecan.documents.style_sheet import load_style_sheet

if TYPE_CHECKING:
    from kecan.documents.model import Block, Cell, Document, Line, Row, Section
    from kecan.documents.style_sheet import PageStyle, StyleSheet

_HERE = Path(__file__).parent
_SIGNING_ROOM_MM = 22

Json = dict[str, Any]


def render_pdf(document: Document) -> bytes:
    """Return the document as PDF; the same document gives the same bytes.

    Raises:
        StyleSheetError: If the document names a style sheet that does not exist.
    """
    style = load_style_sheet(document.style)
    compiled = typst.compile(
        (_HERE / "paper.typ").read_bytes(),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(_paper(document, style), ensure_ascii=False)},
        timestamp=datetime.combine(document.dated, time(), tzinfo=UTC),
    )
    return bytes(compiled)


def _paper(document: Document, style: StyleSheet) -> Json:
    dated = document.dated
    return {
        "title": document.title,
        "author": document.author,
        "dated": [dated.year, dated.month, dated.day],
        "style": {
            "body_pt": style.texts[TextRole.BODY].size_pt,
            "page_number_pt": style.texts[TextRole.PAGE_NUMBER].size_pt,
            "line_percent": style.paragraph.line_percent,
            "space_after_pt": style.paragraph.space_after_pt,
            "first_line_mm": style.paragraph.first_line_mm,
        },
        "sections": [_section(section, style) for section in document.sections],
    }


def _section(section: Section, style: StyleSheet) -> Json:
    return {
        "page": _page(style.page(section.orientation)),
        "blocks": [_block(block, style) for block in section.blocks],
    }


def _page(page: PageStyle) -> Json:
    return {
        "width": page.width_mm,
        "height": page.height_mm,
        "top": page.margin_top_mm,
        "bottom": page.margin_bottom_mm,
        "left": page.margin_left_mm,
        "right": page.margin_right_mm,
    }


def _block(block: Block, style: StyleSheet) -> Json:
    match block:
        case Paragraph():
            return _paragraph(block, style)
        case Table():
            return _table(block, style)
        case SignatureBlock():
            return {
                "kind": "signatures",
                "left": _side(block.left, style),
                "right": _side(block.right, style),
            }
        case Heading():
            return _head(block, style)
        case PageBreak():
            return {"kind": "page-break"}


def _paragraph(block: Paragraph, style: StyleSheet) -> Json:
    return {
        "kind": "paragraph",
        "runs": _runs(block.runs, block.role, style),
        "size": style.texts[block.role].size_pt,
        "align": block.align.value,
        "indent": block.is_indented,
        "sticky": block.keeps_with_next,
    }


def _runs(line: Line, role: TextRole, style: StyleSheet) -> list[Json]:
    face = style.texts[role]
    return [
        {
            "text": run.text,
            "size": face.size_pt,
            "bold": face.is_bold if run.is_bold is None else run.is_bold,
            "italic": face.is_italic if run.is_italic is None else run.is_italic,
            "underline": face.is_underlined or run.is_underlined,
        }
        for run in line
    ]


def _text(text: str, role: TextRole, style: StyleSheet) -> list[Json]:
    from kecan.documents.model import plain

    return _runs(plain(text), role, style) if text else []
