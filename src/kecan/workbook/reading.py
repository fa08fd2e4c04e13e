"""Reading the exchange workbook: every finding with its cell, then the register."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence
from kecan.workbook.assembling import assemble
from kecan.workbook.checks import check_keys, check_references, check_rows
from kecan.workbook.container import Grid, RawWorkbook, load_workbook
from kecan.workbook.date_checks import check_dates, check_post_limit
from kecan.workbook.findings import (
    CellFinding,
    ReadResult,
    Severity,
    WorkbookUnreadableError,
)
from kecan.workbook.layouts import SHEETS
from kecan.workbook.people import build_roster, check_namesakes, identities
from kecan.workbook.rows import read_rows
from kecan.workbook.schema import SIDE_TITLES
from kecan.workbook.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from kecan.regulations.parameters import Parameter
    from kecan.workbook.rows import SheetRows

_ORDER = {layout.title: place for place, layout in enumerate(SHEETS)}


def read_workbook(
    path: Path, *, as_of: date | None = None, most_posts: Parameter | None = None
) -> ReadResult:
    """Read an exchange workbook and check every cell of it.

    Args:
        path: An XLSX file in the form of docs/workbook.md.
        as_of: The day births must not lie after; None leaves that unchecked.
        most_posts: The legal cap ``planning.max_posts_per_person``; None leaves it
            unchecked.

    Raises:
        WorkbookUnreadableError: If the file is not an XLSX workbook, is too large,
            or lacks one of the eight sheets.
    """
    raw = load_workbook(path)
    sheets = _known_sheets(raw, path.name)
    roster, findings = build_roster(sheets["people"])
    findings += chain(
        *(sheet.findings for sheet in sheets.values()),
        _unknown_sheets(raw),
        check_keys(sheets),
        check_references(sheets, roster),
        check_rows(sheets),
        check_namesakes(sheets["people"]),
        check_dates(sheets, as_of=as_of),
    )
    if most_posts is not None:
        findings += check_post_limit(sheets, roster, most_posts=most_posts)
    findings.sort(key=_place)
    has_errors = any(one.severity is Severity.ERROR for one in findings)
    return ReadResult(
        register=None if has_errors else assemble(sheets, roster),
        findings=tuple(findings),
        row_counts={s.layout.title: len(s.records) for s in sheets.values()},
        identities=identities(sheets["people"], roster),
    )


def _known_sheets(raw: RawWorkbook, name: str) -> dict[str, SheetRows]:
    by_title: dict[str, Grid] = {}
    for grid in raw.grids:
        by_title.setdefault(fold(grid.title), grid)
    missing = [s.title for s in SHEETS if fold(s.title) not in by_title]
    if missing:
        names = ", ".join(missing)
        raise WorkbookUnreadableError(
            Sentence(
                f"Tệp {name} thiếu tờ: {names}. Hãy lấy mẫu bằng lệnh “kecan workbook "
                "template” và giữ đủ tám tờ.",
                f"{name} lacks the sheets: {names}. Get the form with “kecan workbook "
                "template” and keep all eight sheets.",
            )
        )
    return {
        layout.key: read_rows(by_title[fold(layout.title)], layout, epoch=raw.epoch)
        for layout in SHEETS
    }


def _unknown_sheets(raw: RawWorkbook) -> Iterator[CellFinding]:
    known = {fold(title) for title in (*SIDE_TITLES, *_ORDER)}
    seen: set[str] = set()
    for grid in raw.grids:
        title = fold(grid.title)
        if (title not in known and grid.rows) or title in seen:
            yield CellFinding(
                sheet=grid.title,
                row=1,
                column="A",
                heading="",
                what_is=grid.title,
                expected=Sentence(
                    "một trong tám tờ của mẫu; tờ này không được đọc",
                    "one of the eight sheets of the form; this one is not read",
                ),
                severity=Severity.WARNING,
            )
        seen.add(title)


def _place(finding: CellFinding) -> tuple[int, str, int, int, str]:
    order = _ORDER.get(finding.sheet, len(_ORDER))
    return order, finding.sheet, finding.row, len(finding.column), finding.column
