"""Rows that hold more than one person: in one cell, or in a second column of names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence
from kecan.workbook.list_headings import ListField, meaning
from kecan.workbook.list_names import looks_like_name

if TYPE_CHECKING:
    from kecan.workbook.list_tables import ListColumn, Table

_BETWEEN_PEOPLE = re.compile(r"\n|;|,|/|\s\+\s|\s&\s|\svà\s")
_LEAST_WORDS = 2


def people_in(text: str) -> int:
    """Return how many people a name cell seems to hold, at least 1.

    A name broken over two lines is one person: each part must look like a whole name.
    """
    parts = [part for one in _BETWEEN_PEOPLE.split(text) if (part := one.strip(" -"))]
    if len(parts) > 1 and all(_is_whole_name(part) for part in parts):
        return len(parts)
    return 1


def one_person_a_row(count: int) -> Sentence:
    """Return the words for a name cell that seems to hold ``count`` people."""
    return Sentence(
        f"mỗi dòng một người; ô này có vẻ ghi {count} người, hãy tách dòng",
        f"one person a row; this cell seems to hold {count}, split the row",
    )


def second_person() -> Sentence:
    """Return the words for a name in a second column of names."""
    return Sentence(
        "mỗi dòng một người; người ở cột này chưa được đưa vào, hãy chuyển xuống dòng",
        "one person a row; whoever stands in this column was left out, give them a row",
    )


def is_second_name(table: Table, column: ListColumn) -> bool:
    """Tell whether a column without a place is one more column of names."""
    if column.meaning is not None or not column.heading:
        return False
    told = meaning(column.heading, siblings=frozenset())
    has_names = bool(table.places(ListField.FULL_NAME))
    return has_names and told is not None and told.field is ListField.FULL_NAME


def _is_whole_name(text: str) -> bool:
    words = text.split()
    return len(words) >= _LEAST_WORDS and (
        looks_like_name(text) or all(word[:1].isupper() for word in words)
    )
