"""A table in both languages: what an analysis shows on paper, screen and in files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from kecan.vocabulary import Language

Cell = str | int | Sentence | None
"""What stands in a cell; a number stays a number, None is an empty cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: the key machines read it by, its heading, and whether it is long."""

    key: str
    heading: Sentence
    is_long: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; every row has as many cells as there are columns."""

    key: str
    title: Sentence
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                msg = f"table {self.key}: {len(row)} cells for {len(self.columns)}"
                raise ValueError(msg)


def in_words(cell: Cell, language: Language) -> str | int:
    """Return what a reader of ``language`` sees in a cell."""
    if cell is None:
        return ""
    return cell.in_language(language) if isinstance(cell, Sentence) else cell


def column(key: str, vi: str, en: str, *, is_long: bool = False) -> Column:
    """Return a column with its heading in both languages."""
    return Column(key=key, heading=Sentence(vi, en), is_long=is_long)
