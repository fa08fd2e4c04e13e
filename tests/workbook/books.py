"""Workbooks for tests: the eight sheets with the rows a test names, or raw files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from kecan.workbook.layouts import SHEETS
from kecan.workbook.pages import write_pages
from kecan.workbook.reading import read_workbook
from kecan.workbook.writing import sheet_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from kecan.workbook.cells import Cell
    from kecan.workbook.findings import CellFinding, ReadResult

RowCells = dict[str, "Cell"]

UNIT: RowCells = {
    "unit_id": "DV1",
    "name": "Ban Tổ chức",
    "kind": "party_body",
    "level": "Huyện",
}
POST: RowCells = {
    "post_id": "CD1",
    "title": "Trưởng Ban Tổ chức",
    "unit_id": "DV1",
    "kind": "Cấp trưởng",
    "level": "Huyện",
    "line": "Đảng",
    "seats": "1",
}
PERSON: RowCells = {
    "person_id": "CB1",
    "full_name": "Nguyễn Thị Hoà",
    "born": "05/03/1975",
}


def write_book(
    path: Path,
    rows: Mapping[str, Sequence[Mapping[str, Cell]]],
    *,
    counts_from_1904: bool = False,
) -> Path:
    """Write the eight sheets; a sheet the test does not name is empty."""
    pages = [sheet_page(layout, rows.get(layout.key, [])) for layout in SHEETS]
    write_pages(pages, path, counts_from_1904=counts_from_1904)
    return path


def check(
    folder: Path,
    rows: Mapping[str, Sequence[Mapping[str, Cell]]],
    *,
    as_of: date | None = None,
) -> ReadResult:
    """Write a workbook with one good unit, post and person added, and read it."""
    full = {
        **rows,
        "units": [UNIT, *rows.get("units", [])],
        "posts": [POST, *rows.get("posts", [])],
        "people": [PERSON, *rows.get("people", [])],
    }
    return read_workbook(write_book(folder / "book.xlsx", full), as_of=as_of)


def only(findings: Sequence[CellFinding]) -> CellFinding:
    """Return the one finding there must be."""
    assert len(findings) == 1, findings
    return findings[0]


def write_raw(path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> Path:
    """Write sheets cell by cell, without any form."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell != "":
                    sheet.write(at, place, cell)
    book.close()
    return path


def replace_part(path: Path, part: str, content: bytes) -> Path:
    """Return a copy of a workbook with one part of its archive replaced."""
    copy = path.with_name(f"changed-{path.name}")
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return copy


def part_of(path: Path, part: str) -> str:
    """Return one part of a workbook's archive as text."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(part).decode()
