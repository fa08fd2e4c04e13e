"""Draws a document as DOCX: real tables, Times New Roman, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, assert_never

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kecan.documents.docx_blocks import (
    heading_elements,
    page_break_element,
    paragraph_block,
    signature_elements,
    table_elements,
)
from kecan.documents.docx_xml import FONT, element, fonts, run_element
from kecan.documents.model import (
    Heading,
    Orientation,
    PageBreak,
    Paragraph,
    SignatureBlock,
    Table,
    TextRole,
)
from kecan.documents.style_sheet import load_style_sheet

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section as DocxSection

    from kecan.documents.model import Block, Document
    from kecan.documents.style_sheet import PageStyle, StyleSheet

_WORD_MODE = "15"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render_docx(document: Document) -> bytes:
    """Return the document as DOCX.

    Raises:
        StyleSheetError: If the document names a style sheet that does not exist.
    """
    style = load_style_sheet(document.style)
    paper = docx.Document()
    _set_face(paper, style=style)
    _set_properties(paper, document)
    for place, section in enumerate(document.sections):
        page = style.page(section.orientation)
        drawn = paper.sections[0] if place == 0 else _next_section(paper)
        _set_page(drawn, page, orientation=section.orientation)
        if place == 0:
            _number_pages(drawn, style=style)
        end = paper.element.body.sectPr
        for block in section.blocks:
            for made in _elements(block, page=page, style=style):
                end.addprevious(made)
    return _stable_bytes(paper)


def _elements(
    block: Block, *, page: PageStyle, style: StyleSheet
) -> list[BaseOxmlElement]:
    match block:
        case Paragraph():
            return [paragraph_block(block, style=style)]
        case Table():
            return table_elements(block, page=page, style=style)
        case SignatureBlock():
            return signature_elements(block, page=page, style=style)
        case Heading():
            return heading_elements(block, page=page, style=style)
        case PageBreak():
            return [page_break_element()]
        case _:
            assert_never(block)


def _set_face(paper: DocxDocument, *, style: StyleSheet) -> None:
    normal = paper.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(style.texts[TextRole.BODY].size_pt)
    properties = normal.element.get_or_add_rPr()
    properties.replace(properties.find(qn("w:rFonts")), fonts())
    for setting in paper.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), _WORD_MODE)
    defaults = paper.styles.element.find(qn("w:docDefaults"))
    for theme_fonts in defaults.iter(qn("w:rFonts")):
        theme_fonts.getparent().replace(theme_fonts, fonts())


def _set_properties(paper: DocxDocument, document: Document) -> None:
    at = datetime.combine(document.dated, time(), tzinfo=UTC).replace(tzinfo=None)
    properties = paper.core_properties
    properties.title = document.title
    properties.author = document.author
    properties.last_modified_by = document.author
    properties.created = at
    properties.modified = at
    properties.comments = ""
    properties.language = "vi-VN"
    properties.revision = 1


def _next_section(paper: DocxDocument) -> DocxSection:
    section: DocxSection = paper.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    # The paragraph that ends the section before must not push out an empty page.
    paper.paragraphs[-1].paragraph_format.space_after = Pt(0)
    paper.paragraphs[-1].paragraph_format.line_spacing = Pt(1)
    return section


def _set_page(
    section: DocxSection, page: PageStyle, *, orientation: Orientation
) -> None:
    is_turned = orientation is Orientation.LANDSCAPE
    section.orientation = WD_ORIENT.LANDSCAPE if is_turned else WD_ORIENT.PORTRAIT
    section.page_width = Mm(page.width_mm)
    section.page_height = Mm(page.height_mm)
    section.top_margin = Mm(page.margin_top_mm)
    section.bottom_margin = Mm(page.margin_bottom_mm)
    section.left_margin = Mm(page.margin_left_mm)
    section.right_margin = Mm(page.margin_right_mm)
    section.header_distance = Mm(page.margin_top_mm // 2)


def _number_pages(section: DocxSection, *, style: StyleSheet) -> None:
    section.different_first_page_header_footer = True
    size = style.texts[TextRole.PAGE_NUMBER].size_pt * 2
    number = run_element("2", properties=[element("sz", val=size)])
    header = section.header.paragraphs[0]
    header.alignment = 1
    header._p.append(element("fldSimple", number, instr=" PAGE "))  # noqa: SLF001


def _stable_bytes(paper: DocxDocument) -> bytes:
    drawn = io.BytesIO()
    paper.save(drawn)
    stable = io.BytesIO()
    with (
        zipfile.ZipFile(drawn) as source,
        zipfile.ZipFile(stable, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, source.read(name))
    return stable.getvalue()
