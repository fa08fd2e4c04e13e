"""The eight sheets of the exchange workbook, in order."""

from __future__ import annotations

from kecan.workbook.fact_sheets import CAREER, MERITS, PLAN, RATINGS, TRAINING
from kecan.workbook.organisation_sheets import PEOPLE, POSTS, UNITS

SHEETS = (UNITS, POSTS, PEOPLE, CAREER, TRAINING, RATINGS, MERITS, PLAN)

__all__ = [
    "CAREER",
    "MERITS",
    "PEOPLE",
    "PLAN",
    "POSTS",
    "RATINGS",
    "SHEETS",
    "TRAINING",
    "UNITS",
]
