"""The exchange workbook (XLSX): read with cell-level findings, written with lists."""

from __future__ import annotations

from kecan.workbook.adopting import AdoptReport, ColumnUse, adopt
from kecan.workbook.findings import (
    CellFinding,
    Identity,
    ReadResult,
    Severity,
    WorkbookUnreadableError,
)
from kecan.workbook.marking import write_marked_copy
from kecan.workbook.reading import read_workbook
from kecan.workbook.writing import write_template, write_workbook

__all__ = [
    "AdoptReport",
    "CellFinding",
    "ColumnUse",
    "Identity",
    "ReadResult",
    "Severity",
    "WorkbookUnreadableError",
    "adopt",
    "read_workbook",
    "write_marked_copy",
    "write_template",
    "write_workbook",
]
