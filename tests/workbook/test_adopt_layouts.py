"""Lists as offices make them, each of another layout, become workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter
from tests.workbook.adopted import Adopted, from_csv, from_sheet
from tests.workbook.books import write_raw

from kecan.regulations.facts import ProfessionLevel, RatingGrade, TheoryLevel
from kecan.vocabulary import PartialDate, Sex
from kecan.workbook.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path


def test_layout_1_a_plain_list_with_numbers(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path,
        "STT,Họ và tên,Ngày tháng năm sinh,Giới tính,Dân tộc,Quê quán,Số CCCD\n"
        "1,Nguyễn Thị Hoà,05/03/1975,Nữ,Kinh,Xã Hải Thanh,038075001234\n"
        "2,Lò Văn Ưng,1980,Nam,Thái,Xã Mường Chanh,038080004321\n",
    )

    assert adopted.check.errors == ()
    assert adopted.check.register is not None
    hoa, ung = adopted.check.register.people
    assert (hoa.person_id, hoa.full_name) == ("038075001234", "Nguyễn Thị Hoà")
    assert (hoa.sex, hoa.born) == (Sex.FEMALE, PartialDate(1975, 3, 5))
    assert (ung.ethnicity, ung.born) == ("Thái", PartialDate(1980))
    assert adopted.report.generated_codes == 0
    assert adopted.report.rows_in == 3


def _review_table(folder: Path) -> Path:
    """Write the carry-over table of an office: regulation-practice.md §3.1."""
    source = folder / "danh-sach.xlsx"
    book = xlsxwriter.Workbook(str(source))
    sheet = book.add_worksheet("RS Chuyển tiếp")
    sheet.merge_range("A1:I1", "CHI CỤC THUẾ KHU VỰC")
    sheet.merge_range("A2:I2", "Phụ lục 1: Bảng rà soát, chuyển tiếp quy hoạch")
    for place, heading in enumerate(
        [
            "Số TT",
            "Họ và tên",
            "",
            "",
            "Chức vụ hiện tại",
            "Chức danh đã được quy hoạch",
        ]
    ):
        if heading:
            sheet.merge_range(3, place, 4, place, heading)
    sheet.merge_range("C4:D4", "Ngày sinh")
    sheet.merge_range("G4:H4", "Trình độ đào tạo, bồi dưỡng")
    sheet.merge_range("I4:I5", "Kết quả phân loại công chức 03 năm gần nhất")
    sheet.write_row("C5", ["Nam", "Nữ"])
    sheet.write_row("G5", ["Chuyên môn", "Lý luận chính trị"])
    sheet.write_row("A6", list(range(1, 10)))
    sheet.merge_range("A7:I7", "A. NHIỆM KỲ 2020 - 2025")
    sheet.write_row("A8", ["I", "Chuyển tiếp chức danh cấp trưởng"])
    ratings = "2019: HTTNV\n2020: HTXSNV\n2021: HTTNV"
    first = [1, "Đặng Đức An", "05/03/1975", "", "Phó Trưởng phòng", "Trưởng phòng"]
    sheet.write_row("A9", [*first, "Thạc sĩ Kinh tế", "Cao cấp", ratings])
    second = [2, "Phạm Thị Yến", "", "1980", "Chuyên viên", ""]
    sheet.write_row("A10", [*second, "ĐH Luật", "TC", ""])
    sheet.write_row("B12", ["Tổng số: 2 đồng chí"])
    sheet.write_row("G14", ["Ngày 10 tháng 5 năm 2022"])
    sheet.write_row("B15", ["NGƯỜI LẬP BIỂU", "", "", "", "", "CHI CỤC TRƯỞNG"])
    sheet.write_row("B18", ["Lê Thị Lập", "", "", "", "", "Vũ Văn Trưởng"])
    book.close()
    return source


def test_layout_2_two_heading_rows_merged_titles_groups_and_signatures(
    tmp_path: Path,
) -> None:
    adopted = Adopted(_review_table(tmp_path))

    assert adopted.names == ["Đặng Đức An", "Phạm Thị Yến"]
    assert [row["sex"] for row in adopted.rows("Cán bộ")] == ["Nam", "Nữ"]
    assert [row["born"] for row in adopted.rows("Cán bộ")] == ["05/03/1975", "1980"]
    assert [row["term"] for row in adopted.rows("Quy hoạch hiện có")] == ["2020-2025"]
    assert [(r["year"], r["grade"]) for r in adopted.rows("Đánh giá")] == [
        ("2019", "Hoàn thành tốt nhiệm vụ"),
        ("2020", "Hoàn thành xuất sắc nhiệm vụ"),
        ("2021", "Hoàn thành tốt nhiệm vụ"),
    ]
    assert adopted.reasons == [
        "nằm trên dòng tiêu đề",
        "nằm trên dòng tiêu đề",
        "dòng tiêu đề",
        "dòng tiêu đề",
        "dòng đánh số cột",
        "dòng tên nhóm",
        "dòng tên nhóm",
        "dòng tổng cộng",
        "phần ký cuối danh sách",
        "phần ký cuối danh sách",
        "phần ký cuối danh sách",
    ]
    assert adopted.report.unread == ()
    assert adopted.open_headings == {"Mã đơn vị", "Đường", "Số lượng", "Từ ngày"}


def test_layout_3_family_and_given_name_and_birth_in_pieces(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path,
        "TT;Họ và tên đệm;Tên;Ngày sinh;;;Nơi công tác\n"
        ";;;Ngày;Tháng;Năm;\n"
        "1;Nguyễn Thị Thanh;Hoà;5;3;1975;Phòng Nội vụ\n"
        "2;Hoàng;Páo;;12;1980;UBND xã Mường Chanh\n"
        "3;Siu;H'Hen;;;1990;Phòng nội vụ\n",
    )

    assert adopted.names == ["Nguyễn Thị Thanh Hoà", "Hoàng Páo", "Siu H'Hen"]
    assert [row["born"] for row in adopted.rows("Cán bộ")] == [
        "05/03/1975",
        "12/1980",
        "1990",
    ]
    assert [row["name"] for row in adopted.rows("Đơn vị")] == [
        "Phòng Nội vụ",
        "UBND xã Mường Chanh",
    ]
    assert adopted.check.errors == ()


def test_layout_4_one_name_heading_over_two_columns(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["STT", "Họ và tên", "", "Năm sinh", "Chức vụ, đơn vị công tác"],
            [1, "Lê Văn", "Dũng", 1975, "Bí thư Đảng uỷ xã"],
            [2, "Đỗ Thị", "Ỷ", 1982, "Chuyên viên Phòng Nội vụ"],
        ],
    )

    assert adopted.names == ["Lê Văn Dũng", "Đỗ Thị Ỷ"]
    assert [row["title"] for row in adopted.rows("Chức danh")] == ["Bí thư Đảng uỷ xã"]
    assert [row["title"] for row in adopted.rows("Quá trình công tác")] == [
        "Bí thư Đảng uỷ xã",
        "Chuyên viên Phòng Nội vụ",
    ]


def test_layout_5_crosses_in_columns_of_sex_and_levels(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["TT", "Họ tên", "Nam", "Nữ", "Trình độ LLCT", "", "", "Ghi chú"],
            ["", "", "", "", "Sơ cấp", "Trung cấp", "Cao cấp", ""],
            [1, "Vũ Văn An", "x", "", "", "", "x", "tốt"],
            [2, "Trần Thị Bình", "", "x", "", "2015", "", ""],
            [3, "Ngô Cả Hai", "x", "x", "x", "", "", ""],
        ],
    )

    assert [row.get("sex") for row in adopted.rows("Cán bộ")] == ["Nam", "Nữ", "Nam"]
    assert [row["theory"] for row in adopted.rows("Đào tạo")] == [
        "Cao cấp",
        "Trung cấp",
        "Sơ cấp",
    ]
    assert adopted.rows("Đào tạo")[1]["field"] == "2015"
    unread = adopted.report.unread
    assert [(one.row, one.column, one.what_is) for one in unread] == [(5, "D", "x")]
    assert adopted.rows("Cột chưa dùng")[0]["Ghi chú [H]"] == "tốt"


def test_layout_6_units_as_group_rows_and_titles_before_names(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["STT", "HỌ VÀ TÊN CÁN BỘ", "CHỨC VỤ", "NGÀY VÀO ĐẢNG", ""],
            ["", "", "", "Dự bị", "Chính thức"],
            ["I. BAN THƯỜNG VỤ"],
            [1, "Đ/c Nguyễn Văn An", "Bí thư Huyện uỷ", "19/05/2000", "19/05/2001"],
            ["II. PHÒNG NỘI VỤ"],
            [2, "Bà Trần Thị Bình", "Trưởng phòng", "", ""],
            [3, "Đoàn Phương (Nam)", "Phó Trưởng phòng", "03/2010", "03/2011"],
            ["III. Phòng Tài chính - Kế hoạch"],
            [4, "Tống Văn Cộng", "Chuyên viên", "", ""],
        ],
    )

    assert adopted.names == [
        "Nguyễn Văn An",
        "Trần Thị Bình",
        "Đoàn Phương",
        "Tống Văn Cộng",
    ]
    people = adopted.rows("Cán bộ")
    assert [row.get("unit_id") for row in people] == [
        None,
        "TAM-DV-001",
        "TAM-DV-001",
        "TAM-DV-002",
    ]
    assert [row.get("sex") for row in people] == [None, "Nữ", "Nam", None]
    assert people[0]["party_joined"] == "19/05/2000"
    assert people[0]["party_official"] == "19/05/2001"
    assert [row["kind"] for row in adopted.rows("Chức danh")] == [
        "Bí thư",
        "Cấp trưởng",
        "Cấp phó",
    ]
    assert adopted.reasons.count("dòng tên nhóm") == 3


def test_layout_7_merged_units_continued_rows_and_repeated_headings(
    tmp_path: Path,
) -> None:
    source = tmp_path / "danh-sach.xlsx"
    book = xlsxwriter.Workbook(str(source))
    sheet = book.add_worksheet()
    head = ["Đơn vị", "STT", "Họ và tên", "Quy hoạch chức danh", "Số QĐ quy hoạch"]
    sheet.write_row("A1", head)
    sheet.merge_range("A2:A4", "Huyện đoàn")
    sheet.write_row("B2", [1, "Cầm Bá Ước", "Bí thư", "12-QĐ/HU"])
    sheet.write_row("D3", ["Phó Bí thư"])
    sheet.write_row("B4", [2, "Lường Thị Mai", "Bí thư; Phó Chủ tịch UBND", ""])
    sheet.write_row("A5", head)
    sheet.write_row(
        "A6", ["Hội Nông dân", 3, "Vì Văn Sơn", "Chủ tịch Hội Nông dân", ""]
    )
    book.close()

    adopted = Adopted(source)

    assert adopted.names == ["Cầm Bá Ước", "Lường Thị Mai", "Vì Văn Sơn"]
    assert [row["unit_id"] for row in adopted.rows("Cán bộ")] == [
        "TAM-DV-001",
        "TAM-DV-001",
        "TAM-DV-002",
    ]
    assert adopted.reasons == ["dòng tiêu đề", "không có họ tên", "tiêu đề lặp lại"]
    left = adopted.rows("Dòng chưa dùng")[1]
    assert left["Nội dung"] == "Huyện đoàn | Phó Bí thư"
    plan = adopted.rows("Quy hoạch hiện có")
    assert [row["post_id"] for row in plan] == [
        "TAM-CD-001",
        "TAM-CD-001",
        "TAM-CD-002",
        "TAM-CD-003",
    ]
    assert plan[0]["decision"] == "12-QĐ/HU"
    assert "Nhiệm kỳ" in adopted.open_headings


def test_layout_8_ratings_by_year_and_trained_profession_in_pieces(
    tmp_path: Path,
) -> None:
    adopted = from_csv(
        tmp_path,
        "Mã cán bộ\tHọ và tên\tTrình độ chuyên môn\tChuyên ngành\tHọc hàm, học vị"
        "\tXếp loại 2020\tXếp loại năm 2021\tTin học\tNgoại ngữ\tThời điểm bổ nhiệm"
        "\tChức vụ\n"
        "CB01\tNguyễn Văn An\tĐại học Luật; Thạc sĩ Quản lý công\t\tThạc sĩ"
        "\tHTXSNV\tTốt\tB\tAnh B\t01/09/2019\tTrưởng phòng\n"
        "CB02\tTrần Thị Bình\tKỹ sư\tNông nghiệp\t\tKhá\t\t\t\ttháng 9\tPhó phòng\n"
        "CB03\tLê Văn Chín\t10/10\t\t\t\t\t\t\t\t\n",
    )

    trainings = [
        (row["kind"], row.get("level"), row.get("field"))
        for row in adopted.rows("Đào tạo")
    ]
    assert trainings == [
        ("Chuyên môn", "Đại học", "Luật"),
        ("Chuyên môn", "Thạc sĩ", "Quản lý công"),
        ("Tin học", None, "B"),
        ("Ngoại ngữ", None, "Anh B"),
        ("Chuyên môn", "Đại học", "Nông nghiệp"),
        ("Chuyên môn", None, "10/10"),
    ]
    assert [(r["year"], r["grade"]) for r in adopted.rows("Đánh giá")] == [
        ("2020", "Hoàn thành xuất sắc nhiệm vụ"),
        ("2021", "Hoàn thành tốt nhiệm vụ"),
        ("2020", "Khá"),
    ]
    assert adopted.rows("Quá trình công tác")[0]["since"] == "01/09/2019"
    assert [(one.row, one.what_is) for one in adopted.report.unread] == [
        (3, "Khá"),
        (3, "tháng 9"),
        (4, "10/10"),
    ]
    kept = {one.what_is for one in adopted.check.errors}
    assert {"Khá", "tháng 9"} <= kept


def test_layout_9_names_only_and_no_numbers(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["DANH SÁCH ĐOÀN VIÊN ƯU TÚ"],
            ["Họ và tên", "Chức vụ"],
            ["Khối Đảng"],
            ["Nguyễn Thị Hoà", "Bí thư chi bộ"],
            ["Đoàn Văn Hậu"],
            ["Khối chính quyền"],
            ["H'Hen Niê"],
            ["Cộng: 3"],
            ["TM. BAN CHẤP HÀNH"],
            ["Trần Văn Ký"],
        ],
    )

    assert adopted.names == ["Nguyễn Thị Hoà", "Đoàn Văn Hậu", "H'Hen Niê"]
    assert adopted.reasons[2:] == [
        "dòng tên nhóm",
        "dòng tên nhóm",
        "dòng tổng cộng",
        "phần ký cuối danh sách",
        "phần ký cuối danh sách",
    ]


def test_layout_10_three_heading_rows(tmp_path: Path) -> None:
    adopted = from_sheet(
        tmp_path,
        [
            ["TT", "Sơ lược lý lịch", "", "", "", "Trình độ"],
            ["", "Họ và tên", "Năm sinh", "", "Dân tộc", "Đào tạo", ""],
            ["", "", "Nam", "Nữ", "", "Chuyên môn", "Lý luận chính trị"],
            [1, "Bế Văn Páo", 1975, "", "Tày", "ThS. Luật", "CC"],
        ],
    )

    assert adopted.check.register is not None
    person = adopted.check.register.people[0]
    assert (person.full_name, person.sex) == ("Bế Văn Páo", Sex.MALE)
    assert person.born == PartialDate(1975)
    profession, theory = person.trainings
    assert (profession.level, profession.field) == (ProfessionLevel.MASTER, "Luật")
    assert theory.theory is TheoryLevel.ADVANCED


def test_layout_11_several_sheets_one_of_them_no_list(tmp_path: Path) -> None:
    source = write_raw(
        tmp_path / "danh-sach.xlsx",
        {
            "Huyện uỷ": [["Họ và tên", "Năm sinh"], ["Lê An", 1975]],
            "UBND": [["Năm sinh", "Họ và tên"], [1980, "Lê Bình"]],
            "Ghi chú": [["Gửi trước 15/5"], [], ["Liên hệ Ban Tổ chức"]],
            "Trống": [],
        },
    )

    adopted = Adopted(source)

    assert adopted.names == ["Lê An", "Lê Bình"]
    assert adopted.report.rows_in == 6
    assert [(row.sheet, row.row) for row in adopted.report.left_rows] == [
        ("Ghi chú", 1),
        ("Ghi chú", 3),
        ("Huyện uỷ", 1),
        ("UBND", 1),
    ]


def test_layout_12_proposed_posts_and_other_dates_are_not_taken_for_the_plan(
    tmp_path: Path,
) -> None:
    adopted = from_csv(
        tmp_path,
        "STT,Họ và tên,Chức danh hiện tại,Chức danh đề xuất quy hoạch,Ngày cấp CCCD,"
        "Nơi sinh,Trình độ văn hoá,\n"
        "1,Lê Văn An,Trưởng phòng,Phó Chủ tịch UBND,01/01/2020,Thanh Hoá,12/12,lạ\n",
    )

    assert adopted.rows("Quy hoạch hiện có") == []
    assert adopted.rows("Cột chưa dùng")[0] == {
        "Tờ": "CSV",
        "Dòng": "2.0",
        "Mã cán bộ": adopted.rows("Cán bộ")[0]["person_id"],
        "Họ và tên": "Lê Văn An",
        "Chức danh đề xuất quy hoạch [D]": "Phó Chủ tịch UBND",
        "Ngày cấp CCCD [E]": "01/01/2020",
        "Nơi sinh [F]": "Thanh Hoá",
        "Trình độ văn hoá [G]": "12/12",
        "(không tiêu đề) [H]": "lạ",
    }
    used = {one.heading: one.used_as for one in adopted.report.columns}
    assert used["Chức danh hiện tại"] == "Quá trình công tác: Chức vụ"
    assert used["Trình độ văn hoá"] == ""
    assert used[""] == ""


def test_layout_13_years_under_one_rating_heading(tmp_path: Path) -> None:
    adopted = from_csv(
        tmp_path, "Họ và tên,Đánh giá,\n,2020,2021\nLê Văn An,HTTNV,HTXSNV\n"
    )

    assert adopted.check.register is not None
    ratings = adopted.check.register.people[0].ratings
    assert [(one.year, one.grade) for one in ratings] == [
        (2020, RatingGrade.GOOD),
        (2021, RatingGrade.EXCELLENT),
    ]


def test_layout_14_cells_that_say_as_above_and_short_headings(tmp_path: Path) -> None:
    source = write_raw(
        tmp_path / "nt.xlsx",
        {
            "DS": [
                [
                    "TT",
                    "Họ và tên",
                    "Ngày",
                    "Tháng",
                    "Năm sinh",
                    "Dân tộc",
                    "CM",
                    "Ghi chú",
                ],
                ["1", "Lò Văn Choá", "3", "8", "1985", "Thái", "ĐH Luật", ""],
                ["2", "Hà Thị Đào", "", "5", "1980", "nt", "-nt-", "nt"],
                ["I", "KHỐI ĐẢNG", "", "", "", "", "", ""],
                ["3", "Mai Văn Én", "1", "1", "1979", "như trên", '"', ""],
            ]
        },
    )

    adopted = Adopted(source)

    people = adopted.rows("Cán bộ")
    assert [one["ethnicity"] for one in people] == ["Thái", "Thái", "Thái"]
    assert [one["born"] for one in people] == ["03/08/1985", "05/1980", "01/01/1979"]
    trained = {one["person_id"]: one["field"] for one in adopted.rows("Đào tạo")}
    assert list(trained.values()) == ["Luật", "Luật", "Luật"]
    assert [one.expected.vi for one in adopted.report.unread] == [
        "đã hiểu là “Thái” như dòng trên",
        "đã hiểu là “ĐH Luật” như dòng trên",
        "đã hiểu là “Thái” như dòng trên",
        "đã hiểu là “ĐH Luật” như dòng trên",
    ]
    assert adopted.rows("Cột chưa dùng")[1]["Ghi chú [H]"] == "nt"


def test_a_first_row_that_says_as_above_is_an_error_not_an_ethnicity(
    tmp_path: Path,
) -> None:
    rows = [["Họ và tên", "Dân tộc", "Quê quán"], ["Mai Văn Én", "nt", "Hà Nội"]]

    adopted = from_sheet(tmp_path, rows)

    assert "ethnicity" not in adopted.rows("Cán bộ")[0]
    assert [(one.row, one.column) for one in adopted.report.unread] == [(2, "B")]
    assert adopted.report.unread[0].severity is Severity.ERROR
