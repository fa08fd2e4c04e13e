"""Official papers as frozen documents, rendered to DOCX and PDF."""

from __future__ import annotations
