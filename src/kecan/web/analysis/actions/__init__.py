"""The verbs of the analyses; each writes whole, with one ledger entry."""

from __future__ import annotations

from kecan.web.analysis.actions.branches import (
    add_change,
    delete_branch,
    drop_change,
    look_over_branch,
    make_branch,
    rename_branch,
)
from kecan.web.analysis.actions.reads import record_analysis_read, record_tables_taken
from kecan.web.analysis.actions.slates import adopt_slate

__all__ = [
    "add_change",
    "adopt_slate",
    "delete_branch",
    "drop_change",
    "look_over_branch",
    "make_branch",
    "record_analysis_read",
    "record_tables_taken",
    "rename_branch",
]
