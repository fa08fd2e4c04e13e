"""The columns of the exchange workbook as data.

The reader, the writer, the template and the manual all follow these layouts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecan.workbook.choices import ChoiceList


class Reading(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    TEXTS = "texts"  # several, apart by semicolons
    KEY = "key"  # an internal code
    PARTY_CARD = "party_card"
    CITIZEN_ID = "citizen_id"
    CHOICE = "choice"
    YES_NO = "yes_no"
    WHOLE = "whole"
    DATE = "date"  # to the day, the month or the year
    DAY = "day"  # to the day
    TERM = "term"  # 2020-2025


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its code in row 2, its heading in row 1 and how it is read.

    ``minimum`` is the least whole number allowed. ``refers_to`` names the sheet
    whose keys the cells must be among.
    """

    code: str
    heading: str
    reading: Reading = Reading.TEXT
    is_required: bool = False
    choices: ChoiceList | None = None
    refers_to: str | None = None
    minimum: int | None = None
    width: int = 16
    example: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet: its title, what a row is, and its columns in order."""

    key: str
    title: str
    row_is: str
    columns: tuple[Column, ...]
    by_code: dict[str, Column] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for column in self.columns:
            if column.code in self.by_code:
                msg = f"{self.key}: the code {column.code} appears twice"
                raise ValueError(msg)
            self.by_code[column.code] = column


HEADING_ROW = 1
CODE_ROW = 2
FIRST_DATA_ROW = 3
EXAMPLE_MARK = "VÍ DỤ"
"""A row whose first column begins with these words is an example and is ignored."""
REASON_CODE = "_ly_do"
"""Code of the column a marked copy adds; the reader passes over it."""
GUIDE_TITLE = "Hướng dẫn"
LISTS_TITLE = "Danh mục"
UNUSED_COLUMNS_TITLE = "Cột chưa dùng"
UNUSED_ROWS_TITLE = "Dòng chưa dùng"
SIDE_TITLES = (GUIDE_TITLE, LISTS_TITLE, UNUSED_COLUMNS_TITLE, UNUSED_ROWS_TITLE)
"""Sheets beside the eight that the reader passes over without a word."""
