"""The marked copy: the same content, bad cells coloured, the reasons at the end."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kecan.vocabulary import Language
from kecan.workbook.container import Grid, column_letter, load_workbook
from kecan.workbook.dates import EPOCH_1904
from kecan.workbook.findings import CellFinding, Severity
from kecan.workbook.layouts import SHEETS
from kecan.workbook.pages import Mark, Page, write_pages
from kecan.workbook.rows import find_places
from kecan.workbook.schema import GUIDE_TITLE, LISTS_TITLE, REASON_CODE
from kecan.workbook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kecan.workbook.cells import Cell

_REASON_HEADING = {Language.VI: "Lý do", Language.EN: "Reason"}
_WORST_FIRST = (Severity.ERROR, Severity.WARNING)


def write_marked_copy(
    source: Path,
    findings: Iterable[CellFinding],
    path: Path,
    *,
    language: Language = Language.VI,
) -> None:
    """Write a copy of a workbook with its findings shown in it.

    Every cell keeps its content. A bad cell is red, a doubtful one yellow, each with
    a comment; a last column gives the reasons of the row. The copy can be corrected
    and checked again as it is.

    Raises:
        WorkbookUnreadableError: If ``source`` cannot be read.
        OSError: If the copy cannot be written.
    """
    raw = load_workbook(source)
    by_sheet: dict[str, list[CellFinding]] = defaultdict(list)
    for finding in findings:
        by_sheet[fold(finding.sheet)].append(finding)
    pages = [
        _marked_page(grid, by_sheet[fold(grid.title)], language) for grid in raw.grids
    ]
    write_pages(pages, path, counts_from_1904=raw.epoch == EPOCH_1904)


def _marked_page(grid: Grid, findings: list[CellFinding], language: Language) -> Page:
    layout = next((s for s in SHEETS if fold(s.title) == fold(grid.title)), None)
    if layout is None:
        return Page(
            title=grid.title,
            rows=grid.rows,
            is_hidden=grid.title == LISTS_TITLE,
            widths=[110] if grid.title == GUIDE_TITLE else (),
        )
    code_row, places = find_places(grid, layout)
    at = code_row if code_row is not None else 1
    reason_place = _reason_place(grid, at)
    rows = _with_reasons(grid, findings, reason_place, language)
    if findings:
        about_headings = [str(row[reason_place]) for row in rows[: at + 1]]
        titles = [_REASON_HEADING[language], *filter(None, about_headings)]
        rows[at - 1][reason_place] = "\n".join(titles)
        rows[at][reason_place] = REASON_CODE
    return Page(
        title=grid.title,
        rows=rows,
        layout=layout,
        places=places,
        code_row=at,
        marks=_marks(findings, reason_place, language),
    )


def _reason_place(grid: Grid, code_row: int) -> int:
    codes = grid.rows[code_row] if code_row < len(grid.rows) else []
    if REASON_CODE in codes:
        return codes.index(REASON_CODE)
    return max((len(row) for row in grid.rows), default=0)


def _with_reasons(
    grid: Grid, findings: list[CellFinding], place: int, language: Language
) -> list[list[Cell]]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        reasons[finding.row - 1].append(_reason(finding, language))
    rows: list[list[Cell]] = [
        [*row, *[""] * (place + 1 - len(row))] for row in grid.rows
    ]
    needed = max((*reasons, 1))
    rows += [[""] * (place + 1) for _ in range(needed + 1 - len(rows))]
    for at, row in enumerate(rows):
        row[place] = "\n".join(reasons.get(at, ()))
    return rows


def _reason(finding: CellFinding, language: Language) -> str:
    expected = finding.expected.in_language(language)
    return f"{finding.heading or finding.cell}: {expected}"


def _marks(
    findings: list[CellFinding], reason_place: int, language: Language
) -> dict[tuple[int, int], Mark]:
    marks: dict[tuple[int, int], Mark] = {}
    places = {column_letter(at): at for at in range(reason_place + 1)}
    for severity in reversed(_WORST_FIRST):
        for finding in findings:
            place = places.get(finding.column)
            if finding.severity is not severity or place is None:
                continue
            key = (finding.row - 1, place)
            earlier = f"{marks[key].comment}\n" if key in marks else ""
            expected = finding.expected.in_language(language)
            marks[key] = Mark(severity, earlier + expected)
    return marks
