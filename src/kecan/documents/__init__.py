"""Official papers as frozen documents, rendered to DOCX and PDF."""

from __future__ import annotations

from kecan.documents.docx_renderer import render_docx
from kecan.documents.pdf_renderer import render_pdf

__all__ = ["render_docx", "render_pdf"]
