"""The exchange workbook (XLSX): read with cell-level findings, written with lists."""

from __future__ import annotations
