"""The form officers fill in, and the copy they get back with the faults marked."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.workbook.books import PERSON, UNIT, RowCells, part_of, write_book

from kecan.regulations.facts import Register
from kecan.vocabulary import Language, Level, Line
from kecan.workbook import (
    read_workbook,
    write_marked_copy,
    write_template,
    write_workbook,
)
from kecan.workbook.choices import ChoiceList, Option
from kecan.workbook.container import load_workbook
from kecan.workbook.layouts import SHEETS
from kecan.workbook.manual import column_tables
from kecan.workbook.pages import Page, write_pages
from kecan.workbook.schema import Column, SheetLayout
from kecan.workbook.writing import sheet_page

if TYPE_CHECKING:
    from kecan.workbook.cells import Cell

ROOT = Path(__file__).parents[2]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    write_template(tmp_path / "mau.xlsx")
    return tmp_path / "mau.xlsx"


def test_the_guide_comes_first_then_the_eight_sheets(template: Path) -> None:
    titles = [grid.title for grid in load_workbook(template).grids]

    assert titles == [
        "Hướng dẫn",
        "Đơn vị",
        "Chức danh",
        "Cán bộ",
        "Quá trình công tác",
        "Đào tạo",
        "Đánh giá",
        "Khen thưởng - kỷ luật",
        "Quy hoạch hiện có",
        "Danh mục",
    ]


def test_the_empty_form_is_accepted_and_its_examples_are_not_read(
    template: Path,
) -> None:
    result = read_workbook(template, as_of=date(2022, 5, 10))

    assert result.findings == ()
    assert result.register == Register()


def test_the_examples_would_be_accepted_as_they_stand(template: Path) -> None:
    raw = load_workbook(template)
    rows = {
        layout.key: [
            {
                column.code: str(cell).removeprefix("VÍ DỤ: ")
                for column, cell in zip(layout.columns, grid.rows[2], strict=False)
                if cell != ""
            }
        ]
        for layout, grid in zip(SHEETS, raw.grids[1:9], strict=True)
    }

    result = read_workbook(write_book(template.with_name("filled.xlsx"), rows))

    assert result.findings == ()
    assert result.register is not None
    assert len(result.register.plan) == 1


def test_headings_and_codes_stay_in_sight(template: Path) -> None:
    assert '<pane xSplit="1" ySplit="2"' in part_of(
        template, "xl/worksheets/sheet2.xml"
    )


def test_choices_and_references_have_drop_down_lists(template: Path) -> None:
    people = part_of(template, "xl/worksheets/sheet4.xml")

    rules = re.findall(r'sqref="([A-Z]+)3:.*?<formula1>(.*?)</formula1>', people)
    assert dict(rules) == {
        "E": "'Danh mục'!$E$2:$E$3",
        "J": "'Đơn vị'!$A$3:$A$20000",
    }


def test_cells_are_text_so_that_zeros_stay(template: Path) -> None:
    assert 'formatCode="@"' in part_of(template, "xl/styles.xml")


def test_nothing_half_written_stays_when_the_folder_is_missing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_template(tmp_path / "none" / "mau.xlsx")

    assert list(tmp_path.iterdir()) == []


def test_nothing_half_written_stays_when_the_target_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "mau.xlsx").mkdir()

    with pytest.raises(OSError, match=r"mau\.xlsx"):
        write_workbook(Register(), tmp_path / "mau.xlsx")

    assert [path.name for path in tmp_path.iterdir()] == ["mau.xlsx"]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    people: list[RowCells] = [
        {**PERSON, "born": "31/02/1975", "sex": "không rõ"},
        {"person_id": 38075001234, "full_name": "Lê Văn An"},
        {"full_name": "Trần Bình", "party_card": "12"},
        {"person_id": "CB4", "full_name": "Đỗ Thị Ỷ", "born": date(1980, 1, 2)},
    ]
    return write_book(tmp_path / "sai.xlsx", {"units": [UNIT], "people": people})


def test_a_marked_copy_keeps_every_cell_and_adds_the_reasons(faulty: Path) -> None:
    copy = faulty.with_name("danh-dau.xlsx")
    findings = read_workbook(faulty).findings

    write_marked_copy(faulty, findings, copy)

    before, after = load_workbook(faulty).grids, load_workbook(copy).grids
    for old, new in zip(before, after, strict=True):
        for old_row, new_row in zip(old.rows, new.rows, strict=True):
            assert new_row[: len(old_row)] == old_row
    people = after[2].rows
    assert people[0][14] == "Lý do"
    assert people[1][14] == "_ly_do"
    assert str(people[2][14]).startswith(
        "Giới tính: một trong: Nam, Nữ\nNgày sinh: ngày"
    )
    assert people[5][14] == ""


def test_a_marked_copy_colours_and_comments_the_bad_cells(faulty: Path) -> None:
    copy = faulty.with_name("danh-dau.xlsx")

    write_marked_copy(faulty, read_workbook(faulty).findings, copy)

    assert "FFF4A6A0" in part_of(copy, "xl/styles.xml")
    comments = part_of(copy, "xl/comments3.xml")
    assert '<comment ref="F3"' in comments
    assert "tháng 02/1975 có từ ngày 1 đến ngày 28" in comments


def test_a_marked_copy_has_the_same_findings_and_can_be_marked_again(
    faulty: Path,
) -> None:
    findings = read_workbook(faulty).findings
    once, twice = faulty.with_name("once.xlsx"), faulty.with_name("twice.xlsx")

    write_marked_copy(faulty, findings, once)
    write_marked_copy(once, read_workbook(once).findings, twice)

    assert read_workbook(once).findings == findings
    assert once.read_bytes() == twice.read_bytes()


def test_the_reasons_can_be_english(faulty: Path) -> None:
    copy = faulty.with_name("marked.xlsx")

    write_marked_copy(
        faulty, read_workbook(faulty).findings, copy, language=Language.EN
    )

    people = load_workbook(copy).grids[2].rows
    assert people[0][14] == "Reason"
    assert "one of: Nam, Nữ" in str(people[2][14])


def test_a_marked_copy_keeps_the_epoch_and_the_sheets_it_does_not_know(
    tmp_path: Path,
) -> None:
    rows: list[list[Cell]] = [["ngày", 25996, date(1975, 3, 5), True, 1.5]]
    pages = [sheet_page(layout, []) for layout in SHEETS]
    source, copy = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_pages([*pages, Page(title="Riêng", rows=rows)], source, counts_from_1904=True)

    write_marked_copy(source, read_workbook(source).findings, copy)

    again = load_workbook(copy)
    assert again.epoch == load_workbook(source).epoch
    assert again.grids[-1].rows[0] == rows[0]


def test_a_sheet_without_a_code_row_is_marked_too(tmp_path: Path) -> None:
    pages = [
        Page(title=layout.title, rows=[["Họ và tên"]])
        if layout.key == "people"
        else sheet_page(layout, [])
        for layout in SHEETS
    ]
    source, copy = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    write_pages(pages, source)

    write_marked_copy(source, read_workbook(source).findings, copy)

    assert "dòng mã cột" in str(load_workbook(copy).grids[2].rows[0][1])


def test_every_kind_of_cell_is_written_as_it_is(tmp_path: Path) -> None:
    cells: list[Cell] = [time(7, 30), timedelta(hours=30), float("inf"), "x" * 40_000]

    write_pages([Page(title="A", rows=[cells])], tmp_path / "a.xlsx")

    row = load_workbook(tmp_path / "a.xlsx").grids[0].rows[0]
    assert row == [
        timedelta(hours=7, minutes=30),
        timedelta(hours=30),
        "inf",
        "x" * 32_767,
    ]


def test_two_options_may_not_share_a_spelling() -> None:
    with pytest.raises(ValueError, match="names two options"):
        ChoiceList("x", (Option(Level.DISTRICT, "Huyện"), Option(Line.PARTY, "HUYỆN")))


def test_a_label_is_only_given_for_an_option_of_the_list() -> None:
    options = ChoiceList("x", (Option(Level.DISTRICT, "Huyện"),))

    with pytest.raises(ValueError, match="does not hold"):
        options.label(Level.COMMUNE)


def test_a_code_may_stand_only_once_in_a_layout() -> None:
    column = Column(code="a", heading="A")

    with pytest.raises(ValueError, match="appears twice"):
        SheetLayout(key="x", title="X", row_is="một", columns=(column, column))


def test_the_manual_prints_the_columns_as_they_are() -> None:
    assert column_tables() in (ROOT / "docs" / "workbook.md").read_text("utf-8")
