"""Draws a document as PDF with typst, from shipped fonts only.

The same document gives the same bytes: the only date in the file is its own.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

import typst

from kecan.documents.faces import (
    faced_heading,
    faced_recipients,
    faced_signature,
    faces,
)
from kecan.documents.model import (
    Heading,
    PageBreak,
    Paragraph,
    Recipients,
    Signature,
    SignatureBlock,
    Table,
    TextRole,
)
from kecan.documents.style_sheet import load_style_sheet
from kecan.documents.table_layout import placed_rows
from kecan.lettering.typefaces import FONTS

if TYPE_CHECKING:
    from kecan.documents.model import Block, Document, Section
    from kecan.documents.style_sheet import StyleSheet

_HERE = Path(__file__).parent

Json = dict[str, Any]


def render_pdf(document: Document) -> bytes:
    """Return the document as PDF.

    Raises:
        StyleSheetError: If the document names a style sheet that does not exist.
    """
    style = load_style_sheet(document.style)
    compiled = typst.compile(
        (_HERE / "paper.typ").read_bytes(),
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(FONTS)],
        ),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"paper": json.dumps(_paper(document, style), ensure_ascii=False)},
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
            **asdict(style.paragraph),
            **asdict(style.rooms),
        },
        "sections": [_section(section, style) for section in document.sections],
    }


def _section(section: Section, style: StyleSheet) -> Json:
    return {
        "page": asdict(style.page(section.orientation)),
        "blocks": [_block(block, style) for block in section.blocks],
    }


def _block(block: Block, style: StyleSheet) -> Json:
    match block:
        case Paragraph():
            return _paragraph(block, style)
        case Table():
            return _table(block, style)
        case SignatureBlock():
            left, right = _side(block.left, style), _side(block.right, style)
            return {"kind": "signatures", "left": left, "right": right}
        case Heading():
            return {"kind": "head", **asdict(faced_heading(block, style=style))}
        case PageBreak():
            return {"kind": "page_break"}
        case _:
            assert_never(block)


def _paragraph(block: Paragraph, style: StyleSheet) -> Json:
    line = faces(block.runs, role=block.role, style=style)
    return {
        "kind": "paragraph",
        "line": [asdict(face) for face in line],
        "size": style.texts[block.role].size_pt,
        "align": block.align.value,
        "indent": block.is_indented,
        "left": block.left_mm,
        "sticky": block.keeps_with_next,
    }


def _table(block: Table, style: StyleSheet) -> Json:
    return {
        "kind": "table",
        "widths": [column.width for column in block.columns],
        "size": style.texts[block.role].size_pt,
        "rows": [
            {
                "cells": [asdict(entry) for entry in row.cells],
                "is_header": row.is_header,
                "is_caption": row.keeps_with_next and not row.is_header,
                "height": row.least_height_mm,
            }
            for row in placed_rows(block, style=style)
        ],
    }


def _side(side: Signature | Recipients | None, style: StyleSheet) -> Json | None:
    match side:
        case None:
            return None
        case Recipients():
            lines = faced_recipients(side, style=style)
            return {
                "kind": "recipients",
                "lines": [[asdict(face) for face in line] for line in lines],
            }
        case Signature():
            return {
                "kind": "signature",
                **asdict(faced_signature(side, style=style)),
            }
        case _:
            assert_never(side)
