"""Reads papers back as plain text, from the model and from both renderings."""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING

import docx
import pypdfium2
from docx.oxml.ns import qn

from kecan.documents.model import (
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Recipients,
    Signature,
    SignatureBlock,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.documents.model import Block

_BROKEN_HYPHENS = "\x02\ufffe"


def squeezed(text: str) -> str:
    """Return text without blanks, so that line breaks do not matter."""
    for mark in _BROKEN_HYPHENS:
        text = text.replace(mark, "-")
    return "".join(unicodedata.normalize("NFC", text).split())


def spaced(text: str) -> str:
    for mark in _BROKEN_HYPHENS:
        text = text.replace(mark, "-")
    return " ".join(unicodedata.normalize("NFC", text).split())


def pdf_pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page_text(document[place]) for place in range(len(document))]
    finally:
        document.close()


def _page_text(page: pypdfium2.PdfPage) -> str:
    words = page.get_textpage()
    text = str(words.get_text_bounded())
    words.close()
    page.close()
    return text


def pdf_text(pdf: bytes) -> str:
    """Return the text of all pages without the page numbers at their heads."""
    pages = pdf_pages(pdf)
    bare = [page.removeprefix(f"{n}\r\n") for n, page in enumerate(pages, start=1)]
    return "\n".join(bare)


def docx_text(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return "\n".join(
        "".join(part.text or "" for part in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    )


def model_texts(document: Document) -> Iterator[str]:
    """Yield every piece of text a document holds."""
    for section in document.sections:
        for block in section.blocks:
            yield from (text for text in _block_texts(block) if text)


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Table():
            yield from _table_texts(block)
        case Heading():
            yield from (block.superior, block.issuer, block.number, block.place_date)
            yield from (block.secrecy or "", block.stamp_zone)
        case SignatureBlock():
            yield from _side_texts(block.left)
            yield from _side_texts(block.right)
        case PageBreak():
            return


def _table_texts(table: Table) -> Iterator[str]:
    for row in (*table.header, *table.rows):
        for entry in row.cells:
            for line in entry.lines:
                yield "".join(run.text for run in line)


def _side_texts(side: Signature | Recipients | None) -> Iterator[str]:
    if isinstance(side, Signature):
        yield from (*side.office, side.hint, side.name)
    elif isinstance(side, Recipients):
        yield from side.lines


def model_text(document: Document) -> str:
    return "\n".join(model_texts(document))
