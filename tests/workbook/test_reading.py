"""Every fault of a workbook is found, with its cell and what was expected."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbook.books import PERSON, POST, UNIT, check, only, write_book, write_raw

from kecan.regulations.facts import DepartureKind, DisciplineForm
from kecan.regulations.pack import load_pack
from kecan.vocabulary import PartialDate
from kecan.workbook import CellFinding, Severity, WorkbookUnreadableError, read_workbook
from kecan.workbook.layouts import PEOPLE, SHEETS
from kecan.workbook.pages import Page, write_pages
from kecan.workbook.writing import sheet_page

if TYPE_CHECKING:
    from pathlib import Path

AS_OF = date(2022, 5, 10)


def places(findings: tuple[CellFinding, ...]) -> list[tuple[str, str]]:
    return [(one.sheet, one.cell) for one in findings]


def test_a_good_workbook_has_no_findings_and_gives_its_register(tmp_path: Path) -> None:
    result = check(tmp_path, {}, as_of=AS_OF)

    assert result.findings == ()
    assert result.register is not None
    assert result.register.people[0].born == PartialDate(1975, 3, 5)
    assert result.row_counts["Cán bộ"] == 1


def test_a_finding_names_the_sheet_the_cell_the_heading_what_is_and_what_should_be(
    tmp_path: Path,
) -> None:
    person = {"person_id": "CB2", "full_name": "Lê Văn An", "born": "31/02/1975"}

    finding = only(check(tmp_path, {"people": [person]}).findings)

    assert finding == CellFinding(
        sheet="Cán bộ",
        row=4,
        column="F",
        heading="Ngày sinh",
        what_is="31/02/1975",
        expected=finding.expected,
        severity=Severity.ERROR,
    )
    assert finding.cell == "F4"
    assert "tháng 02/1975 có từ ngày 1 đến ngày 28" in finding.expected.vi
    assert "month 02/1975 has days 1 to 28" in finding.expected.en


def test_a_workbook_with_an_error_gives_no_register(tmp_path: Path) -> None:
    result = check(tmp_path, {"people": [{"person_id": "CB2"}]})

    assert result.register is None
    assert only(result.errors).heading == "Họ và tên"


@pytest.mark.parametrize(
    ("sheet", "row", "heading"),
    [
        ("people", {**PERSON, "born": "01/01/2022"}, "Mã cán bộ"),
        ("units", UNIT, "Mã đơn vị"),
        ("posts", POST, "Mã chức danh"),
    ],
)
def test_a_key_may_stand_only_once(
    tmp_path: Path, sheet: str, row: dict[str, Any], heading: str
) -> None:
    finding = check(tmp_path, {sheet: [row]}).errors[0]

    assert (finding.row, finding.heading) == (4, heading)
    assert "dòng 3" in finding.expected.vi


def test_a_citizen_number_may_stand_only_once(tmp_path: Path) -> None:
    people = [
        {"full_name": "Lê Văn An", "citizen_id": "038075001234"},
        {"full_name": "Lê Văn Bình", "citizen_id": "038075001234"},
    ]

    finding = only(check(tmp_path, {"people": people}).errors)

    assert (finding.cell, finding.heading) == ("C5", "Số CCCD")


def test_a_person_needs_a_number_and_a_name_is_none(tmp_path: Path) -> None:
    finding = only(check(tmp_path, {"people": [{"full_name": "Lê Văn An"}]}).errors)

    assert finding.heading == "Mã cán bộ"
    assert "tên không dùng làm khoá" in finding.expected.vi


def test_a_person_whose_only_number_cannot_be_read_has_one_finding(
    tmp_path: Path,
) -> None:
    person = {"full_name": "Lê Văn An", "citizen_id": "12 số"}

    finding = only(check(tmp_path, {"people": [person]}).errors)

    assert finding.heading == "Số CCCD"


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        ("posts", {**POST, "post_id": "CD2", "unit_id": "DV9"}, "C4"),
        ("units", {**UNIT, "unit_id": "DV2", "parent_id": "DV9"}, "E4"),
        ("people", {"person_id": "CB2", "full_name": "An", "unit_id": "DV9"}, "J4"),
        ("career", {"person_id": "CB9", "title": "X", "since": "2020"}, "A3"),
        (
            "career",
            {"person_id": "CB1", "post_id": "CD9", "title": "X", "since": "2020"},
            "C3",
        ),
        ("training", {"person_id": "CB9", "kind": "Tin học"}, "A3"),
        ("plan", {"person_id": "CB9", "post_id": "CD1", "term": "2020-2025"}, "A3"),
        ("plan", {"person_id": "CB1", "post_id": "CD9", "term": "2020-2025"}, "B3"),
    ],
)
def test_what_is_named_must_be_listed(
    tmp_path: Path, sheet: str, row: dict[str, Any], cell: str
) -> None:
    finding = only(check(tmp_path, {sheet: [row]}).errors)

    assert finding.cell == cell
    assert "một mã có ở tờ" in finding.expected.vi


def test_a_post_without_a_unit_is_an_error(tmp_path: Path) -> None:
    post = {**POST, "post_id": "CD2", "unit_id": ""}

    finding = only(check(tmp_path, {"posts": [post]}).errors)

    assert (finding.cell, finding.what_is) == ("C4", "")
    assert finding.expected.vi == "bắt buộc, không để trống"


def test_a_unit_may_not_lie_below_itself(tmp_path: Path) -> None:
    units = [
        {**UNIT, "unit_id": "DV2", "parent_id": "DV3"},
        {**UNIT, "unit_id": "DV3", "parent_id": "DV2"},
        {**UNIT, "unit_id": "DV4", "parent_id": "DV3"},
    ]

    result = check(tmp_path, {"units": units})

    assert places(result.errors) == [("Đơn vị", "E4"), ("Đơn vị", "E5")]


def test_an_unlisted_predecessor_is_only_a_warning(tmp_path: Path) -> None:
    unit = {**UNIT, "unit_id": "DV2", "predecessors": "DV1; DV8"}

    result = check(tmp_path, {"units": [unit]})

    assert only(result.findings).severity is Severity.WARNING
    assert result.register is not None


def test_facts_may_name_a_person_by_card_or_citizen_number(tmp_path: Path) -> None:
    person = {
        "person_id": "CB2",
        "full_name": "Lê Văn An",
        "party_card": "01.234567",
        "citizen_id": "038075001234",
    }
    ratings = [
        {"person_id": "01234567", "year": "2020", "grade": "HTTNV"},
        {"person_id": "038075001234", "year": "2021", "grade": "HTTNV"},
    ]

    result = check(tmp_path, {"people": [person], "ratings": ratings})

    assert result.findings == ()
    assert result.register is not None
    assert [one.year for one in result.register.people[1].ratings] == [2020, 2021]


def test_a_person_without_a_code_is_known_by_the_party_card(tmp_path: Path) -> None:
    person = {"full_name": "Lê Văn An", "party_card": "01234567"}

    result = check(tmp_path, {"people": [person]})

    assert result.register is not None
    assert result.register.people[1].person_id == "01234567"


def test_a_reference_that_lost_its_zero_is_found_with_a_warning(tmp_path: Path) -> None:
    person = {"full_name": "Lê Văn An", "citizen_id": "038075001234"}
    rating: dict[str, Any] = {"person_id": 38075001234, "year": 2021, "grade": "tốt"}

    result = check(tmp_path, {"people": [person], "ratings": [rating]})

    finding = only(result.findings)
    assert finding.severity is Severity.WARNING
    assert "đã hiểu là 038075001234" in finding.expected.vi
    assert result.register is not None
    assert len(result.register.people[1].ratings) == 1


def test_a_birth_after_the_day_is_an_error_only_when_the_day_is_given(
    tmp_path: Path,
) -> None:
    people = [{"person_id": "CB2", "full_name": "Lê Văn An", "born": "11/05/2022"}]

    assert only(check(tmp_path, {"people": people}, as_of=AS_OF).errors).cell == "F4"
    assert check(tmp_path, {"people": people}).errors == ()


def test_a_birth_on_the_day_itself_is_possible(tmp_path: Path) -> None:
    people = [{"person_id": "CB2", "full_name": "Lê Văn An", "born": "10/05/2022"}]

    assert check(tmp_path, {"people": people}, as_of=AS_OF).errors == ()


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        (
            "career",
            {"person_id": "CB1", "title": "X", "since": "05/2020", "until": "2019"},
            "G3",
        ),
        (
            "people",
            {
                "person_id": "CB2",
                "full_name": "An",
                "party_joined": "02/2001",
                "party_official": "01/2001",
            },
            "L4",
        ),
        (
            "people",
            {
                "person_id": "CB2",
                "full_name": "An",
                "born": "1980",
                "party_joined": "31/12/1979",
            },
            "K4",
        ),
        (
            "units",
            {
                **UNIT,
                "unit_id": "DV2",
                "exists_from": "02/01/2020",
                "exists_until": "01/01/2020",
            },
            "H4",
        ),
        (
            "merits",
            {
                "person_id": "CB1",
                "kind": "Kỷ luật",
                "form": "Khiển trách",
                "decided": "2021",
                "expires": "2020",
            },
            "F3",
        ),
        (
            "plan",
            {
                "person_id": "CB1",
                "post_id": "CD1",
                "term": "2020-2025",
                "decided": "2020",
                "removed": "2019",
            },
            "G3",
        ),
        ("career", {"person_id": "CB1", "title": "X", "since": "1974"}, "F3"),
    ],
)
def test_dates_that_must_be_out_of_order_are_errors(
    tmp_path: Path, sheet: str, row: dict[str, Any], cell: str
) -> None:
    assert only(check(tmp_path, {sheet: [row]}).errors).cell == cell


def test_dates_that_may_be_in_order_are_not(tmp_path: Path) -> None:
    office = {"person_id": "CB1", "title": "X", "since": "05/2020", "until": "2020"}

    assert check(tmp_path, {"career": [office]}).errors == ()


@pytest.mark.parametrize(
    ("sheet", "row", "heading"),
    [
        ("career", {"since": "2020"}, "Chức vụ"),
        ("career", {"kind": "Rời cơ quan, đơn vị", "since": "2020"}, "Lý do rời"),
        (
            "merits",
            {"kind": "Khen thưởng", "decided": "2020"},
            "Danh hiệu, hình thức khen",
        ),
        ("merits", {"kind": "Kỷ luật", "decided": "2020"}, "Hình thức kỷ luật"),
        (
            "merits",
            {"kind": "Tiêu chuẩn chính trị", "decided": "2020"},
            "Bảo đảm tiêu chuẩn chính trị",
        ),
    ],
)
def test_each_kind_of_fact_has_something_it_must_say(
    tmp_path: Path, sheet: str, row: dict[str, Any], heading: str
) -> None:
    result = check(tmp_path, {sheet: [{"person_id": "CB1", **row}]})

    assert only(result.errors).heading == heading


def test_a_needed_cell_that_cannot_be_read_is_reported_once(tmp_path: Path) -> None:
    row = {"person_id": "CB1", "kind": "Kỷ luật", "decided": "2020", "form": "phê bình"}

    assert only(check(tmp_path, {"merits": [row]}).errors).what_is == "phê bình"


@pytest.mark.parametrize(
    ("sheet", "rows", "cell"),
    [
        ("training", [{"kind": "Chuyên môn"}], "C3"),
        ("training", [{"kind": "LLCT"}], "D3"),
        (
            "career",
            [{"title": "X", "since": "2020", "departure_kind": "Nghỉ hưu"}],
            "H3",
        ),
        (
            "merits",
            [
                {
                    "kind": "Khen thưởng",
                    "title": "X",
                    "decided": "2020",
                    "form": "Cảnh cáo",
                }
            ],
            "D3",
        ),
        (
            "ratings",
            [{"year": "2021", "grade": "tốt"}, {"year": "2021", "grade": "HTXSNV"}],
            "C4",
        ),
        (
            "ratings",
            [{"year": "2021", "grade": "tốt"}, {"year": "2021", "grade": "tốt"}],
            "A4",
        ),
    ],
)
def test_doubtful_facts_are_warnings_and_stay_in_the_register(
    tmp_path: Path, sheet: str, rows: list[dict[str, Any]], cell: str
) -> None:
    full = [{"person_id": "CB1", **row} for row in rows]

    result = check(tmp_path, {sheet: full})

    finding = only(result.findings)
    assert (finding.cell, finding.severity) == (cell, Severity.WARNING)
    assert result.register is not None


def test_two_people_of_one_name_and_birth_date_are_a_warning(tmp_path: Path) -> None:
    result = check(tmp_path, {"people": [{**PERSON, "person_id": "CB2"}]})

    finding = only(result.findings)
    assert (finding.cell, finding.severity) == ("D4", Severity.WARNING)


def test_departures_and_conclusions_reach_the_register(tmp_path: Path) -> None:
    career = {
        "person_id": "CB1",
        "kind": "Rời cơ quan, đơn vị",
        "since": "01/05/2022",
        "departure_kind": "Nghỉ hưu",
    }
    merits = [
        {
            "person_id": "CB1",
            "kind": "Tiêu chuẩn chính trị",
            "decided": "2021",
            "meets_standard": "không đạt",
        },
        {"person_id": "CB1", "kind": "Kỷ luật", "decided": "2021", "form": "cảnh cáo"},
    ]

    register = check(tmp_path, {"career": [career], "merits": merits}).register

    assert register is not None
    person = register.people[0]
    assert person.departures[0].kind is DepartureKind.RETIRED
    assert person.offices == ()
    assert not person.political_conclusions[0].meets_standard
    assert person.disciplines[0].form is DisciplineForm.WARNING


def _four_posts() -> dict[str, list[dict[str, Any]]]:
    posts = [{**POST, "post_id": f"CD{at}"} for at in range(2, 5)]
    plan = [
        {"person_id": "CB1", "post_id": f"CD{at}", "term": "2020-2025"}
        for at in range(1, 5)
    ]
    return {"posts": posts, "plan": plan}


def test_a_fourth_post_of_one_level_is_a_warning_that_names_the_rule(
    tmp_path: Path,
) -> None:
    rows = {"units": [UNIT], "people": [PERSON], **_four_posts()}
    rows["posts"] = [POST, *rows["posts"]]
    path = write_book(tmp_path / "book.xlsx", rows)
    cap = load_pack("50-qd-tw").parameter("planning.max_posts_per_person", on=AS_OF)

    finding = only(read_workbook(path, most_posts=cap).findings)

    assert (finding.sheet, finding.cell) == ("Quy hoạch hiện có", "B6")
    assert finding.severity is Severity.WARNING
    assert "không quá 3 chức danh" in finding.expected.vi
    assert str(cap.source) in finding.expected.vi


@pytest.mark.parametrize(
    "change",
    [
        {"removed": "2021"},
        {"term": "2025-2030"},
        {"post_id": "CD3"},
    ],
)
def test_a_removed_entry_another_term_or_the_same_post_does_not_count(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    rows = {"units": [UNIT], "people": [PERSON], **_four_posts()}
    rows["posts"] = [POST, *rows["posts"]]
    rows["plan"][3] |= change
    path = write_book(tmp_path / "book.xlsx", rows)
    cap = load_pack("50-qd-tw").parameter("planning.max_posts_per_person", on=AS_OF)

    result = read_workbook(path, most_posts=cap)

    assert all("cùng cấp" not in one.expected.vi for one in result.findings)


def test_posts_of_the_party_and_government_terms_count_together(tmp_path: Path) -> None:
    rows = {"units": [UNIT], "people": [PERSON], **_four_posts()}
    rows["posts"][2]["line"] = "Chính quyền"
    rows["plan"][3]["term"] = "2021-2026"
    rows["posts"] = [POST, *rows["posts"]]
    path = write_book(tmp_path / "book.xlsx", rows)
    cap = load_pack("50-qd-tw").parameter("planning.max_posts_per_person", on=AS_OF)

    assert only(read_workbook(path, most_posts=cap).findings).cell == "B6"


def _reordered(folder: Path, people: list[list[Any]]) -> Path:
    pages = [
        Page(title="Cán bộ", rows=people)
        if layout is PEOPLE
        else sheet_page(layout, [])
        for layout in SHEETS
    ]
    write_pages(pages, folder / "book.xlsx")
    return folder / "book.xlsx"


ALL_CODES = [column.code for column in PEOPLE.columns]


def test_columns_may_stand_in_any_order_the_code_row_says(tmp_path: Path) -> None:
    codes = list(reversed(ALL_CODES))
    row = ["" for _ in codes]
    row[codes.index("person_id")] = "CB1"
    row[codes.index("full_name")] = "Lê Văn An"
    path = _reordered(
        tmp_path, [[PEOPLE.by_code[c].heading for c in codes], codes, row]
    )

    result = read_workbook(path)

    assert result.findings == ()
    assert result.register is not None
    assert result.register.people[0].full_name == "Lê Văn An"


def test_the_code_row_may_stand_lower(tmp_path: Path) -> None:
    headings = [column.heading for column in PEOPLE.columns]
    row = ["CB1", "", "", "Lê Văn An"]
    path = _reordered(tmp_path, [["Danh sách"], [], headings, ALL_CODES, row])

    assert read_workbook(path).row_counts["Cán bộ"] == 1


def test_swapped_columns_show_by_what_does_not_parse(tmp_path: Path) -> None:
    person = {"person_id": "CB2", "full_name": "An", "sex": "05/03/1975", "born": "Nữ"}

    result = check(tmp_path, {"people": [person]})

    assert places(result.errors) == [("Cán bộ", "E4"), ("Cán bộ", "F4")]


def test_swapped_headings_are_a_warning(tmp_path: Path) -> None:
    headings = [column.heading for column in PEOPLE.columns]
    headings[4], headings[5] = headings[5], headings[4]
    path = _reordered(tmp_path, [headings, ALL_CODES, ["CB1", "", "", "An"]])

    findings = read_workbook(path).findings

    assert places(findings) == [("Cán bộ", "E1"), ("Cán bộ", "F1")]
    assert {one.severity for one in findings} == {Severity.WARNING}


def test_an_unknown_column_is_a_warning_and_a_repeated_code_an_error(
    tmp_path: Path,
) -> None:
    headings = [column.heading for column in PEOPLE.columns]
    path = _reordered(
        tmp_path,
        [
            [*headings, "Bí danh", "Họ tên", "Lý do"],
            [*ALL_CODES, "alias", "full_name", "_ly_do"],
            ["CB1", "", "", "An"],
        ],
    )

    findings = read_workbook(path).findings

    assert [(one.cell, one.severity) for one in findings] == [
        ("O2", Severity.WARNING),
        ("P2", Severity.ERROR),
    ]


def test_a_missing_column_is_an_error_if_required_else_a_warning(
    tmp_path: Path,
) -> None:
    codes = [code for code in ALL_CODES if code not in ("full_name", "ethnicity")]
    headings = [PEOPLE.by_code[code].heading for code in codes]
    path = _reordered(tmp_path, [headings, codes])

    findings = read_workbook(path).findings

    assert {one.heading: one.severity for one in findings} == {
        "Họ và tên": Severity.ERROR,
        "Dân tộc": Severity.WARNING,
    }


def test_a_sheet_without_its_code_row_says_so(tmp_path: Path) -> None:
    path = _reordered(tmp_path, [["Họ và tên", "Ngày sinh"], ["Lê Văn An", "1975"]])

    assert "dòng mã cột" in only(read_workbook(path).errors).expected.vi


def test_a_sheet_that_is_not_one_of_the_eight_is_a_warning(tmp_path: Path) -> None:
    pages = [sheet_page(layout, []) for layout in SHEETS]
    extra = Page(title="Sheet9", rows=[["ghi chú riêng"]])
    write_pages([*pages, extra], tmp_path / "book.xlsx")

    finding = only(read_workbook(tmp_path / "book.xlsx").findings)

    assert (finding.sheet, finding.severity) == ("Sheet9", Severity.WARNING)


def test_sheet_names_may_be_spelled_otherwise(tmp_path: Path) -> None:
    pages = [sheet_page(layout, []) for layout in SHEETS]
    renamed = [
        Page(
            title=page.title.upper().replace(" - ", ", "),
            rows=page.rows,
            layout=page.layout,
            places=page.places,
        )
        for page in pages
    ]
    write_pages(renamed, tmp_path / "book.xlsx")

    assert read_workbook(tmp_path / "book.xlsx").findings == ()


def test_missing_sheets_are_named(tmp_path: Path) -> None:
    pages = [sheet_page(layout, []) for layout in SHEETS[:-2]]
    write_pages(pages, tmp_path / "book.xlsx")

    with pytest.raises(WorkbookUnreadableError) as refused:
        read_workbook(tmp_path / "book.xlsx")

    assert (
        "thiếu tờ: Khen thưởng - kỷ luật, Quy hoạch hiện có"
        in refused.value.sentence.vi
    )


def test_example_rows_are_passed_over_and_blank_rows_too(tmp_path: Path) -> None:
    people = [
        {"person_id": "VÍ DỤ: CB000", "full_name": "Người Mẫu", "born": "sai"},
        {"person_id": "Ví dụ"},
        {"person_id": "  ", "full_name": "\u00a0"},
    ]

    result = check(tmp_path, {"people": people})

    assert result.findings == ()
    assert result.row_counts["Cán bộ"] == 1


def test_a_blank_row_between_others_keeps_their_numbers(tmp_path: Path) -> None:
    people = [{}, {"person_id": "CB2", "full_name": "Lê Văn An", "sex": "?"}]

    result = check(tmp_path, {"people": people})

    assert only(result.findings).cell == "E5"
    assert result.row_counts["Cán bộ"] == 2


def test_facts_without_a_kind_or_a_person_are_reported_once_each(
    tmp_path: Path,
) -> None:
    merits = [{"person_id": "CB1", "decided": "2020"}]
    ratings = [{"year": "2020", "grade": "tốt"}]

    result = check(tmp_path, {"merits": merits, "ratings": ratings})

    assert places(result.errors) == [
        ("Đánh giá", "A3"),
        ("Khen thưởng - kỷ luật", "B3"),
    ]


def test_a_row_that_holds_only_a_zero_is_not_blank(tmp_path: Path) -> None:
    result = check(tmp_path, {"posts": [{"seats": 0}]})

    assert ("Chức danh", "G4") in places(result.errors)


@pytest.mark.parametrize("counts_from_1904", [False, True])
def test_stored_dates_are_read_in_both_epochs(
    tmp_path: Path, *, counts_from_1904: bool
) -> None:
    serial = 25996 if counts_from_1904 else 27458
    people: list[dict[str, Any]] = [
        {**PERSON, "born": date(1975, 3, 5)},
        {"person_id": "CB2", "full_name": "Lê Văn An", "born": serial},
    ]
    path = write_book(
        tmp_path / "book.xlsx", {"people": people}, counts_from_1904=counts_from_1904
    )

    register = read_workbook(path).register

    assert register is not None
    assert {one.born for one in register.people} == {PartialDate(1975, 3, 5)}


def test_old_encodings_are_refused_cell_by_cell(tmp_path: Path) -> None:
    people = [{"person_id": "CB2", "full_name": "TrÇn ThÞ B×nh"}]

    finding = only(check(tmp_path, {"people": people}).errors)

    assert finding.cell == "D4"
    assert "bảng mã TCVN3 (ABC)" in finding.expected.vi


def test_a_workbook_of_other_sheets_is_refused(tmp_path: Path) -> None:
    path = write_raw(tmp_path / "other.xlsx", {"Sheet1": [["Họ và tên"]]})

    with pytest.raises(WorkbookUnreadableError):
        read_workbook(path)
