"""Adopting a list loses nothing, guesses nothing and says what it did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workbook.adopted import Adopted, from_csv, from_sheet
from tests.workbook.books import write_raw

from kecan.vocabulary import Level
from kecan.workbook import AdoptReport, WorkbookUnreadableError, adopt
from kecan.workbook.list_headings import ListField, Meaning, meaning
from kecan.workbook.list_names import looks_like_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kecan.workbook.cells import Cell


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_comes_in_many_encodings_and_delimiters(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = "STT,Họ và tên,Quê quán\n1,Đặng Thị Yến,Thanh Hoá\n".replace(",", delimiter)

    assert from_csv(tmp_path, text, encoding=encoding).names == ["Đặng Thị Yến"]


def test_csv_of_windows_in_vietnamese_is_read(tmp_path: Path) -> None:
    source = tmp_path / "danh-sach.csv"
    head = b"STT,Ho\xf2 va\xcc t\xean,Qu\xea qua\xecn\n"
    source.write_bytes(head + b"1,\xd0\xe3\xf2ng Thi\xf2 Y\xea\xecn,x\n")

    assert Adopted(source).names == ["Đặng Thị Yến"]


@pytest.mark.parametrize(
    "content",
    [
        "STT,Hä vµ tªn,Quª\n1,TrÇn ThÞ B×nh,x\n".encode("latin-1"),
        "STT,Hoï vaø teân,Queâ\n1,Traàn Thò Bình,x\n".encode("latin-1"),
        b"\xff\xfe\x00",
        b"STT,H\x81\x8d\xd2\n",
    ],
)
def test_csv_in_an_old_encoding_is_refused(tmp_path: Path, content: bytes) -> None:
    source = tmp_path / "danh-sach.csv"
    source.write_bytes(content)

    with pytest.raises(WorkbookUnreadableError, match="không phải Unicode"):
        adopt(source, tmp_path / "so.xlsx")

    assert not (tmp_path / "so.xlsx").exists()


def test_a_sheet_in_an_old_encoding_is_refused_with_the_cell(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["Họ và tên", "Năm sinh"], ["TrÇn ThÞ B×nh", 1975]]
    source = write_raw(tmp_path / "danh-sach.xlsx", {"Danh sách": rows})

    with pytest.raises(
        WorkbookUnreadableError, match="ô A2: chữ gõ bằng bảng mã TCVN3"
    ):
        adopt(source, tmp_path / "so.xlsx")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "rỗng"),
        (b"  \n", "rỗng"),
        (b"a,b\n1,2\n", "không tìm thấy dòng tiêu đề"),
        ("Họ và tên\nLê An\n".encode(), "không tìm thấy dòng tiêu đề"),
        (b'x,y\n"' + b"a" * 200_000, "không đọc được theo dạng CSV"),
    ],
)
def test_a_file_without_a_list_is_refused(
    tmp_path: Path, content: bytes, why: str
) -> None:
    source = tmp_path / "danh-sach.csv"
    source.write_bytes(content)

    with pytest.raises(WorkbookUnreadableError, match=why):
        adopt(source, tmp_path / "so.xlsx")


def test_a_missing_or_huge_csv_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookUnreadableError, match="Không mở được"):
        adopt(tmp_path / "none.csv", tmp_path / "so.xlsx")

    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(65 * 2**20)
    with pytest.raises(WorkbookUnreadableError, match="lớn hơn 64 MB"):
        adopt(huge, tmp_path / "so.xlsx")


LIST = (
    "Họ và tên,Ngày sinh,Quê quán,Chức vụ\n"
    "Lê Văn An,05/03/1975,Thanh Hoá,Trưởng phòng\n"
    "Lê Văn An,05/03/1975,Thanh Hoá,Phó phòng\n"
    "Lê Văn An,05/03/1976,Thanh Hoá,Chuyên viên\n"
)


def test_codes_come_from_the_row_and_stay_when_rows_move(tmp_path: Path) -> None:
    first = from_csv(tmp_path, LIST)
    head, *rows = LIST.splitlines()
    moved = from_csv(tmp_path, "\n".join([head, rows[2], rows[0], rows[1]]))

    codes = [row["person_id"] for row in first.rows("Cán bộ")]
    assert len(set(codes)) == 3
    assert all(code.startswith("NB-") for code in codes)
    assert codes[1] == f"{codes[0]}-2"
    assert [row["person_id"] for row in moved.rows("Cán bộ")] == [codes[2], *codes[:2]]
    assert first.report.generated_codes == 3


def test_units_and_posts_take_the_level_the_operator_gives(tmp_path: Path) -> None:
    source = tmp_path / "danh-sach.csv"
    source.write_text("Họ và tên,Chức vụ,Đơn vị\nLê An,Chủ tịch UBND,UBND xã X\n")

    adopted = Adopted(source, level=Level.COMMUNE)

    assert adopted.rows("Đơn vị")[0]["level"] == "Xã"
    assert adopted.rows("Chức danh")[0] == {
        "post_id": "TAM-CD-001",
        "title": "Chủ tịch UBND",
        "unit_id": "TAM-DV-001",
        "kind": "Chủ tịch UBND",
        "level": "Xã",
        "line": "Chính quyền",
    }
    assert adopted.open_headings == {"Số lượng", "Từ ngày"}


def test_numbers_that_lost_zeros_come_back_and_are_reported(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["Họ và tên", "Số CMND/CCCD", "Số thẻ Đảng", "Giới tính", "Ngày sinh"],
            ["Lê Văn An", 38075001234, 1234567, "Đực", "05/03/1975"],
            ["Lê Văn Bình", "không có", "", "-", "5/3/75"],
        ],
    )

    assert adopted.rows("Cán bộ")[0]["citizen_id"] == "038075001234"
    assert adopted.rows("Cán bộ")[0]["party_card"] == "01234567"
    assert adopted.rows("Cán bộ")[1]["citizen_id"] == "không có"
    assert [one.cell for one in adopted.report.unread] == ["B2", "C2", "D2", "B3", "E3"]
    kept = {one.what_is for one in adopted.check.errors}
    assert kept == {"Đực", "không có", "5/3/75"}


def test_stored_dates_are_read_as_dates(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path, [["Họ và tên", "Ngày sinh"], ["Lê Văn An", date(1975, 3, 5)]]
    )

    assert adopted.rows("Cán bộ")[0]["born"] == "05/03/1975"


def test_letters_may_number_the_columns_and_a_lone_theory_is_asked_for(
    tmp_path: Path,
) -> None:
    adopted = from_csv(
        tmp_path,
        "Họ và tên,Chuyên ngành,LLCT\nA,B,C\nLê Văn An,Luật,chưa học\n",
    )

    assert adopted.names == ["Lê Văn An"]
    assert adopted.reasons == ["dòng tiêu đề", "dòng đánh số cột"]
    assert [one.what_is for one in adopted.report.unread] == ["chưa học"]


@pytest.mark.parametrize(
    ("text", "is_name"),
    [
        ("Nguyễn Thị Hoà", True),
        ("Đoàn Văn Hậu", True),
        ("Y Thanh", True),
        ("H'Hen Niê", True),
        ("Đoàn Thanh Niên", False),
        ("Đoàn thanh niên", False),
        ("Phòng Nội Vụ", False),
        ("Nguyễn", False),
        ("Nguyễn Văn 2", False),
        ("", False),
    ],
)
def test_a_name_is_told_from_the_title_of_a_group(text: str, *, is_name: bool) -> None:
    assert looks_like_name(text) is is_name


def test_a_second_column_of_the_same_kind_is_kept_aside(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path, "Họ và tên,Chức vụ,Chức vụ trước đây\nLê Văn An,Phó phòng,Kế toán\n"
    )

    assert [row["title"] for row in adopted.rows("Quá trình công tác")] == ["Phó phòng"]
    assert adopted.rows("Cột chưa dùng")[0]["Chức vụ trước đây [C]"] == "Kế toán"


def test_an_unnamed_column_right_of_the_names_is_not_a_name_unless_it_reads_so(
    tmp_path: Path,
) -> None:
    adopted = from_csv(tmp_path, "Họ và tên,,Năm sinh\nLê Văn An,ghi 12,1975\n")

    assert adopted.names == ["Lê Văn An"]
    assert adopted.rows("Cột chưa dùng")[0]["(không tiêu đề) [B]"] == "ghi 12"


def test_the_field_may_stand_before_the_level(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path, "Họ và tên,Chuyên ngành,Trình độ\nLê Văn An,Luật,Đại học\n"
    )

    (training,) = adopted.rows("Đào tạo")
    assert (training["level"], training["field"]) == ("Đại học", "Luật")


def test_a_term_column_wins_over_the_title(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path,
        "Quy hoạch nhiệm kỳ 2020 - 2025,,\nHọ và tên,Quy hoạch,Nhiệm kỳ\n"
        "Lê Văn An,Bí thư,2025-2030\nLê Văn Bình,Bí thư,\n",
    )

    terms = [row["term"] for row in adopted.rows("Quy hoạch hiện có")]
    assert terms == ["2025-2030", "2020-2025"]


@pytest.mark.parametrize(
    ("heading", "group", "siblings", "told"),
    [
        ("Họ và tên (chữ in hoa)", "", "", ListField.FULL_NAME),
        ("Nam", "Ngày sinh", "nu", ListField.MALE),
        ("Năm", "Ngày sinh", "thang", ListField.BIRTH_YEAR),
        ("Nam", "Ngay sinh", "thang", ListField.BIRTH_YEAR),
        ("Nữ", "", "", ListField.FEMALE),
        ("Nam/Nữ", "", "", ListField.SEX),
        ("Số CMND/CCCD", "", "", ListField.CITIZEN_ID),
        ("Chính thức", "Ngày vào Đảng", "", ListField.PARTY_OFFICIAL),
        ("Trình độ lý luận chính trị", "", "", ListField.THEORY),
        ("Trình độ chuyên môn nghiệp vụ", "", "", ListField.PROFESSION),
        ("Chức vụ, đơn vị công tác", "", "", ListField.OFFICE),
        ("Cơ quan, đơn vị công tác", "", "", ListField.UNIT),
        ("QĐ quy hoạch", "", "", ListField.PLAN_DECISION),
        ("Dân tộc", "", "", ListField.ETHNICITY),
        ("Họ tên vợ (chồng)", "", "", None),
        ("Ngày cấp CCCD", "", "", None),
        ("Chức danh giới thiệu quy hoạch", "", "", None),
        ("Ghi chú", "", "", None),
        ("Sở thích", "", "", None),
    ],
)
def test_headings_are_known_in_many_wordings(
    heading: str, group: str, siblings: str, told: ListField | None
) -> None:
    answer = meaning(heading, group=group, siblings=frozenset({siblings}))

    assert answer == (None if told is None else Meaning(field=told))


def test_a_report_that_lost_a_row_cannot_exist() -> None:
    with pytest.raises(ValueError, match="3 rows went in"):
        AdoptReport(
            columns=(),
            left_rows=(),
            unread=(),
            rows_in=3,
            people_out=2,
            generated_codes=0,
            provisional_units=0,
            provisional_posts=0,
        )


CELL = st.sampled_from(
    [
        "",
        "1",
        "I",
        "x",
        "Lê Văn An",
        "Tổng cộng",
        "1975",
        "31/02/1975",
        "Nam",
        "Phòng X",
    ]
)


@settings(max_examples=20, suppress_health_check=[*HealthCheck])
@given(rows=st.lists(st.lists(CELL, min_size=4, max_size=6), max_size=12))
def test_whatever_the_rows_hold_each_one_is_a_person_or_listed(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    head: list[Sequence[Cell]] = [["STT", "Họ và tên", "Năm sinh", "Chức vụ"]]

    adopted = from_sheet(tmp_path, [*head, *rows])

    filled = sum(any(row) for row in rows) + 1
    listed = {row.row for row in adopted.report.left_rows}
    assert adopted.report.rows_in == filled
    assert len(listed) + len(adopted.names) == filled
