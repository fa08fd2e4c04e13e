"""Writing the exchange workbook: a register, or the empty form with its guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.workbook.layouts import SHEETS
from kecan.workbook.manual import guide_lines
from kecan.workbook.pages import Page, lists_page, write_pages
from kecan.workbook.register_rows import register_rows
from kecan.workbook.schema import EXAMPLE_MARK, GUIDE_TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kecan.regulations.facts import Register
    from kecan.workbook.cells import Cell
    from kecan.workbook.findings import Identity
    from kecan.workbook.pages import Mark
    from kecan.workbook.register_rows import Row
    from kecan.workbook.schema import SheetLayout

_GUIDE_WIDTH = 90  # what a page of A4 is wide


def write_workbook(
    register: Register, path: Path, *, identities: Iterable[Identity] = ()
) -> None:
    """Write the register as an exchange workbook; reading it gives it back.

    Args:
        register: What to write. A text that is blank or has stray blanks comes back
            cleaned; an office without a title comes back with its post's title.
        path: The file, replaced if it exists.
        identities: Party cards and citizen numbers to write beside the keys.

    Raises:
        OSError: If the file cannot be written.
    """
    rows = register_rows(register, identities=identities)
    write_pages(
        [
            guide_page(),
            *(sheet_page(layout, rows[layout.key]) for layout in SHEETS),
            lists_page(),
        ],
        path,
    )


def write_template(path: Path) -> None:
    """Write the empty form: a guide, eight sheets with an example row, the lists.

    Raises:
        OSError: If the file cannot be written.
    """
    pages = [
        sheet_page(layout, [_example(layout)], is_example_first=True)
        for layout in SHEETS
    ]
    write_pages([guide_page(), *pages, lists_page()], path)


def guide_page() -> Page:
    """Return the first sheet: how to fill in the others."""
    return Page(
        title=GUIDE_TITLE,
        rows=[[line] for line in guide_lines()],
        widths=[_GUIDE_WIDTH],
    )


def sheet_page(
    layout: SheetLayout,
    rows: Sequence[Mapping[str, Cell]],
    *,
    is_example_first: bool = False,
    marks: Mapping[tuple[int, int], Mark] | None = None,
) -> Page:
    """Return a known sheet with its headings, its codes and ``rows``."""
    codes = [column.code for column in layout.columns]
    cells: list[list[Cell]] = [[column.heading for column in layout.columns], [*codes]]
    cells += [[row.get(code, "") for code in codes] for row in rows]
    return Page(
        title=layout.title,
        rows=cells,
        layout=layout,
        places={code: place for place, code in enumerate(codes)},
        example_row=2 if is_example_first else None,
        marks=marks or {},
    )


def _example(layout: SheetLayout) -> Row:
    row = {column.code: column.example for column in layout.columns}
    if not row[layout.columns[0].code].startswith(EXAMPLE_MARK):
        msg = f"{layout.key}: the example does not begin with {EXAMPLE_MARK}"
        raise ValueError(msg)
    return row
