"""An adopted list in tests: its report, the check of its workbook, and its rows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.workbook.books import write_raw

from kecan.vocabulary import Level
from kecan.workbook import AdoptReport, ReadResult, adopt, read_workbook
from kecan.workbook.container import load_workbook
from kecan.workbook.layouts import SHEETS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kecan.workbook.cells import Cell

Rows = list[dict[str, str]]


class Adopted:
    """An adopted list: its report, its workbook's check, and the rows by sheet."""

    def __init__(self, source: Path, *, level: Level = Level.DISTRICT) -> None:
        self.path = source.with_name("so.xlsx")
        self.report: AdoptReport = adopt(source, self.path, level=level)
        self.check: ReadResult = read_workbook(self.path, as_of=date(2022, 5, 10))
        self._grids = {g.title: g.rows for g in load_workbook(self.path).grids}

    def rows(self, title: str) -> Rows:
        """Return the rows of a sheet by their codes, empty cells left out."""
        grid = self._grids[title]
        at = 1 if any(s.title == title for s in SHEETS) else 0
        return [
            {str(k): str(v) for k, v in zip(grid[at], row, strict=False) if v != ""}
            for row in grid[at + 1 :]
        ]

    @property
    def names(self) -> list[str]:
        """The names of the people, in order."""
        return [row["full_name"] for row in self.rows("Cán bộ")]

    @property
    def reasons(self) -> list[str]:
        """Why each left row was left."""
        return [row.reason.vi for row in self.report.left_rows]

    @property
    def open_headings(self) -> set[str]:
        """What the operator has to complete."""
        return {one.heading for one in self.check.errors}


def from_csv(folder: Path, text: str, *, encoding: str = "utf-8") -> Adopted:
    """Adopt a CSV file of the given text."""
    source = folder / "danh-sach.csv"
    source.write_bytes(text.encode(encoding))
    return Adopted(source)


def from_sheet(folder: Path, rows: Sequence[Sequence[Cell]]) -> Adopted:
    """Adopt an XLSX file of one sheet."""
    return Adopted(write_raw(folder / "danh-sach.xlsx", {"Danh sách": rows}))
