"""A document that exists can be drawn."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from kecan.documents.faces import faces
from kecan.documents.model import (
    Cell,
    Column,
    Document,
    Row,
    Run,
    Table,
    TextRole,
    bold,
    cell,
)
from kecan.documents.style_sheet import load_style_sheet
from kecan.documents.table_layout import placed_rows

TWO = (Column(width=1), Column(width=2))


def test_text_is_kept_in_nfc_with_blanks_for_line_ends() -> None:
    run = Run(unicodedata.normalize("NFD", "Huyện\nuỷ\tHoà"))

    assert run.text == "Huyện uỷ Hoà"
    assert unicodedata.is_normalized("NFC", run.text)


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\ud800"])
def test_a_mark_no_paper_can_print_is_refused(mark: str) -> None:
    with pytest.raises(ValueError, match="ký tự điều khiển"):
        Run(f"Nguyễn{mark}Văn")


def test_a_document_needs_a_section() -> None:
    with pytest.raises(ValueError, match="section"):
        Document(title="", author="", dated=date(2022, 5, 10), style="x", sections=())


def test_a_cell_spans_at_least_itself() -> None:
    with pytest.raises(ValueError, match="span"):
        Cell(lines=(), columns=0)


@pytest.mark.parametrize(
    "cells",
    [(cell("a"),), (cell("a"), cell("b"), cell("c")), (cell("a", columns=3),)],
    ids=["short", "long", "wide"],
)
def test_a_row_must_fill_its_columns(cells: tuple[Cell, ...]) -> None:
    with pytest.raises(ValueError, match="row 1 does not fill 2 columns"):
        Table(columns=TWO, header=(), rows=(Row(cells=cells),))


def test_a_cell_must_not_reach_below_the_table() -> None:
    with pytest.raises(ValueError, match="spans rows"):
        Table(columns=TWO, header=(), rows=(Row(cells=(cell("a", rows=2), cell("b"))),))


def test_a_spanning_cell_is_covered_in_the_row_below() -> None:
    table = Table(
        columns=TWO,
        header=(
            Row(cells=(cell("STT", rows=2), cell("Ngày sinh"))),
            Row(cells=(cell("Nam"),)),
        ),
        rows=(Row(cells=(cell("1"), cell("1975"))),),
        has_column_numbers=True,
    )

    rows = placed_rows(table, style=load_style_sheet("hd-36-2018"))

    covered = [[entry.is_covered for entry in row.cells] for row in rows]
    texts = [row.cells[0].lines[0][0].text for row in (rows[0], *rows[2:])]
    assert covered == [[False, False], [True, False], [False, False], [False, False]]
    assert [row.is_header for row in rows] == [True, True, True, False]
    assert texts == ["STT", "1", "1"]


def test_a_run_overrules_the_face_of_its_role() -> None:
    style = load_style_sheet("hd-36-2018")

    (light,) = faces((Run("x", is_bold=False),), role=TextRole.ISSUER, style=style)
    (heavy,) = faces(bold("x"), role=TextRole.BODY, style=style)

    assert (light.bold, heavy.bold) == (False, True)
    assert (light.size, heavy.size) == (14, 14)
