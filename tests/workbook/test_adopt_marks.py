"""Marks offices use instead of words, and rows that hold more than one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.workbook.adopted import from_csv, from_sheet

from kecan.workbook import Severity, WorkbookUnreadableError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("mark", ["nt", "-nt-", "n.t", "Như trên", '"', "”", "''"])
def test_a_ditto_mark_is_the_cell_of_the_person_above(
    tmp_path: Path, mark: str
) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["TT", "Họ và tên", "Năm sinh", "Dân tộc"],
            [1, "Lò Văn Ưng", "1980", "Thái"],
            ["II", "Khối chính quyền", "", ""],
            [2, "Hà Thị Mỵ", "1982", mark],
            [3, "Vi Văn Pao", "1983", mark],
        ],
    )

    assert [row["ethnicity"] for row in adopted.rows("Cán bộ")] == ["Thái"] * 3
    assert [one.cell for one in adopted.report.unread] == ["D4", "D5"]
    assert {one.severity for one in adopted.report.unread} == {Severity.WARNING}
    assert "“Thái”" in adopted.report.unread[0].expected.vi


def test_a_ditto_mark_with_nothing_above_is_reported(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path, "TT,Họ và tên,Năm sinh,Dân tộc\n1,Lò Văn Ưng,1980,nt\n"
    )

    assert "ethnicity" not in adopted.rows("Cán bộ")[0]
    (finding,) = adopted.report.unread
    assert (finding.cell, finding.severity) == ("D2", Severity.ERROR)


@pytest.mark.parametrize(
    "name", ["Lê Văn An\nTrần Thị Cúc", "Lê Văn An, Trần Thị Cúc", "Lê An; Trần Cúc"]
)
def test_two_people_in_one_cell_are_an_error_that_names_the_cell(
    tmp_path: Path, name: str
) -> None:
    adopted = from_sheet(tmp_path, [["TT", "Họ và tên", "Năm sinh"], [1, name, "1980"]])

    (finding,) = adopted.report.unread
    assert (finding.cell, finding.severity) == ("B2", Severity.ERROR)
    assert "2 người" in finding.expected.vi


def test_a_name_broken_over_two_lines_is_one_person(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path, [["TT", "Họ và tên", "Năm sinh"], [1, "Nguyễn Thị\nHoà", "1980"]]
    )

    assert adopted.names == ["Nguyễn Thị Hoà"]
    assert adopted.report.unread == ()


def test_a_second_column_of_names_is_an_error_for_each_person_in_it(
    tmp_path: Path,
) -> None:
    adopted = from_csv(
        tmp_path,
        "TT,Họ và tên,Chức vụ,TT,Họ và tên,Chức vụ\n"
        "1,Lò Văn Ưng,Trưởng phòng,3,Hà Thị Mỵ,Phó phòng\n"
        "2,Vi Văn Pao,Bí thư,,,\n",
    )

    assert adopted.names == ["Lò Văn Ưng", "Vi Văn Pao"]
    (finding,) = adopted.report.unread
    assert (finding.cell, finding.what_is) == ("E2", "Hà Thị Mỵ")
    assert finding.severity is Severity.ERROR


def test_day_month_and_year_of_birth_side_by_side_are_one_date(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path,
        "TT,Họ và tên,Ngày,Tháng,Năm sinh,GT\n"
        "1,Bùi Thị Xuân,5,9,1977,Nữ\n"
        "2,Lò Văn Ưng,,,1969,Nam\n",
    )

    assert [row["born"] for row in adopted.rows("Cán bộ")] == ["05/09/1977", "1969"]
    assert [row["sex"] for row in adopted.rows("Cán bộ")] == ["Nữ", "Nam"]


def test_a_list_typed_in_tcvn3_is_refused_by_name_also_in_its_headings(
    tmp_path: Path,
) -> None:
    with pytest.raises(WorkbookUnreadableError, match="TCVN3"):
        from_csv(tmp_path, "STT,Hä vµ tªn,Ngµy sinh\n1,NguyÔn V¨n ¸nh,01/02/1970\n")
