"""What each paper must say."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents import examples
from tests.documents.rendered import model_text

from kecan.documents.annexes import review_annex
from kecan.documents.conference_minutes import Attended, conference_minutes
from kecan.documents.count_minutes import (
    CountedLine,
    CountMinutesContent,
    count_minutes,
)
from kecan.documents.count_words import (
    BASE_WORDS,
    INVALID_WORDS,
    RESULT_WORDS,
    mark_sentence,
    mark_words,
)
from kecan.documents.model import Cell, Orientation, Signature, SignatureBlock, Table
from kecan.documents.paper import Share, Signatory
from kecan.documents.result_report import result_report
from kecan.documents.roll import roll
from kecan.documents.source_list import source_list
from kecan.documents.submission import (
    ReviewBlock,
    ReviewGroup,
    ReviewSummary,
    submission,
)
from kecan.lettering.number_words import in_words
from kecan.tally import InvalidReason, LineResult
from kecan.vocabulary import (
    Base,
    Bound,
    Citation,
    Confidence,
    PartialDate,
    Threshold,
)


def tables(document: object) -> list[Table]:
    return [
        block
        for section in document.sections  # type: ignore[attr-defined]
        for block in section.blocks
        if isinstance(block, Table)
    ]


def _text(entry: Cell) -> str:
    return " ".join("".join(run.text for run in line) for line in entry.lines)


def row_texts(table: Table) -> list[list[str]]:
    return [[_text(entry) for entry in row.cells] for row in table.rows]


# --- Tờ trình ---------------------------------------------------------------


def test_the_submission_names_both_pairs_of_terms() -> None:
    text = model_text(submission(examples.submission_content()))
    title = text.replace("\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}", " - ")

    assert (
        "về rà soát, bổ sung quy hoạch cán bộ lãnh đạo, quản lý nhiệm kỳ 2020 - 2025, "
        "2021 - 2026 và xây dựng quy hoạch cán bộ lãnh đạo, quản lý nhiệm kỳ "
        "2025 - 2030, 2026 - 2031"
    ) in title
    assert "kỳ 2025\N{NO-BREAK SPACE}-\N{NO-BREAK SPACE}2030" in text  # never broken


def test_the_submission_adds_up_the_review() -> None:
    text = model_text(submission(examples.submission_content()))

    assert "đã rà soát 100 lượt người" in text
    assert "tiếp tục quy hoạch 80 lượt người (đạt 80,00%, 80/100)" in text
    assert "đưa ra khỏi quy hoạch 17 lượt người (17,00%, 17/100)" in text
    assert "3 lượt người cần tiếp tục xem xét" in text


def test_the_submission_prints_coefficients_and_what_is_missing() -> None:
    document = submission(examples.submission_content())

    proposals = tables(document)[1]

    assert [row[-1] for row in row_texts(proposals)] == ["1,42", "1,31", "-"]
    assert "Cán bộ nữ: còn thiếu 3 người" in model_text(document)
    assert "từ 1 đến 1,5 lần" in model_text(document)


def test_annex_1_has_twelve_numbered_columns_and_annex_2_ten() -> None:
    document = submission(examples.submission_content())

    first, second = (
        next(block for block in section.blocks if isinstance(block, Table))
        for section in document.sections[1:]
    )

    assert (len(first.columns), len(second.columns)) == (12, 10)
    assert first.has_column_numbers
    assert second.has_column_numbers
    assert {s.orientation for s in document.sections[1:]} == {Orientation.LANDSCAPE}


def test_annex_1_skips_empty_groups_and_keeps_the_numerals() -> None:
    blocks = examples.submission_content().review_annex

    rows = row_texts(tables(submission(examples.submission_content()))[3])

    captions = [row[0] for row in rows if len(row) == 1]
    assert not blocks[0].groups[1].people
    assert captions == [
        "A. NHIỆM KỲ 2020 - 2025",
        "I. Chuyển tiếp quy hoạch chức danh cấp trưởng (2 người)",
        "III. Đưa ra khỏi quy hoạch (1 người)",
        "B. NHIỆM KỲ 2021 - 2026",
        "I. Chuyển tiếp quy hoạch chức danh cấp trưởng (12 người)",
    ]


def test_annex_1_numbers_people_anew_in_each_group() -> None:
    rows = row_texts(tables(submission(examples.submission_content()))[3])

    numbers = [row[0] for row in rows if len(row) == 12]

    assert numbers == ["1", "2", "1", *(str(n) for n in range(1, 13))]


def test_a_birth_date_stands_in_the_column_of_the_sex() -> None:
    rows = row_texts(tables(submission(examples.submission_content()))[3])

    people = {row[1]: (row[2], row[3]) for row in rows if len(row) == 12}

    assert people["Nguyễn Văn Hoà"] == ("05/03/1975", "")
    assert people[examples.LONG_NAME] == ("", "09/1978")


def test_annex_2_opens_each_group_with_two_sums() -> None:
    rows = row_texts(tables(submission(examples.submission_content()))[4])

    sums = [tuple(row) for row in rows if len(row) == 2]

    assert sums == [
        ("Số lượng đề nghị", "4"),
        ("Danh sách nhân sự giới thiệu", "2"),
        ("Số lượng đề nghị", "6"),
        ("Danh sách nhân sự giới thiệu", "1"),
    ]


def test_an_empty_submission_says_so_instead_of_printing_empty_tables() -> None:
    content = replace(
        examples.submission_content(),
        legal_bases=(),
        addressees=(),
        reviews=(),
        shortcomings=(),
        proposals=(),
        shares=(),
        warnings=(),
        conferences=(),
        most_people_a_post=None,
        most_posts_a_person=None,
        coefficient_range=None,
        review_annex=(),
        added_annex=(),
    )

    document = submission(content)

    assert tables(document) == []
    text = model_text(document)
    assert "V. KIẾN NGHỊ" in text
    assert "Kỳ này không đề xuất nhân sự bổ sung." in text
    assert text.count("Không có trường hợp nào.") == 2
    assert "Hệ số quy hoạch thực hiện theo quy định của cấp có thẩm quyền" in text


def test_a_full_composition_says_that_it_meets_the_requirements() -> None:
    enough = (Share(title="Cán bộ nữ", have=14, of=53, need=14, note="từ 25%"),)
    content = replace(examples.submission_content(), shares=enough)

    assert "đáp ứng các yêu cầu" in model_text(submission(content))
    assert "(từ 25%)" in model_text(submission(content))


def test_an_annex_without_people_prints_no_term() -> None:
    blocks = tuple(
        replace(block, groups=())
        for block in examples.submission_content().review_annex
    )

    section = review_annex(
        blocks,
        issuer="Huyện uỷ",
        attached=submission(examples.submission_content()).sections[1].blocks[3],  # type: ignore[arg-type]
    )

    assert not any(isinstance(block, Table) for block in section.blocks)


def test_a_review_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="2020 - 2025"):
        ReviewSummary(
            term="2020 - 2025", reviewed=5, kept=3, removed=1, undecided=0, reasons=()
        )


def test_more_than_all_cannot_have_a_trait() -> None:
    with pytest.raises(ValueError, match="Cán bộ nữ"):
        Share(title="Cán bộ nữ", have=3, of=2)


# --- Danh sách nguồn, danh sách triệu tập -----------------------------------


def test_the_source_list_counts_entries_and_people_apart() -> None:
    content = examples.source_list_content(people=2)
    (block,) = content.blocks
    both = replace(block, term="2026 - 2031")
    document = source_list(replace(content, blocks=(block, both)))

    text = model_text(document)

    assert "Danh sách gồm 6 lượt giới thiệu, 3 người." in text
    assert "B. NHIỆM KỲ 2026 - 2031" in text


def test_an_empty_source_list_has_no_table() -> None:
    content = replace(examples.source_list_content(), blocks=())

    document = source_list(content)

    assert tables(document) == []
    assert "0 lượt giới thiệu" in model_text(document)


def test_the_roll_numbers_everybody_once_through_all_categories() -> None:
    (table,) = tables(roll(examples.roll_content(heads=3)))

    rows = row_texts(table)

    assert [row[0] for row in rows if len(row) == 6] == ["1", "2", "3", "4", "5"]
    assert [row[0] for row in rows if len(row) == 1] == [
        "I. Uỷ viên Ban Chấp hành Đảng bộ huyện (2 đồng chí)",
        (
            "II. Trưởng các cơ quan hành chính, đơn vị sự nghiệp thuộc UBND huyện "
            "(3 đồng chí)"
        ),
    ]


def test_the_roll_leaves_room_to_sign_before_and_shows_presence_after() -> None:
    before = model_text(roll(examples.roll_content(heads=3)))
    after = model_text(roll(examples.roll_content(heads=3, is_present=True)))

    assert "Có mặt" not in before
    assert "Tổng số triệu tập: 5 đồng chí (năm đồng chí)." in before
    assert "Có mặt: 5; vắng mặt: 0." in after


# --- Biên bản kiểm phiếu ----------------------------------------------------


def test_no_heading_of_the_counting_minutes_leaves_a_letter_alone_on_its_line() -> None:
    (table,) = tables(count_minutes(examples.count_minutes_content()))

    headings = [_text(cell) for row in table.header for cell in row.cells]

    assert [one for one in headings if one.rpartition(" ")[2] == "ý"] == []
    assert "Tỷ lệ đồng\u00a0ý" in headings


def test_the_counting_minutes_print_votes_shares_and_results() -> None:
    (table,) = tables(count_minutes(examples.count_minutes_content()))

    rows = row_texts(table)

    assert rows[1][3:] == ["26", "12", "3", "59,09% (26/44)", "Đạt"]
    assert rows[2][3:] == ["22", "19", "0", "50,00% (22/44)", "Không đạt"]
    assert rows[3][7] == "Bằng phiếu, chờ quyết định"


def test_a_mark_all_contests_share_is_said_once_and_different_ones_each() -> None:
    content = examples.count_minutes_content()
    (contest,) = content.contests
    twice = replace(content, contests=(contest, contest))
    apart = replace(content, contests=(contest, replace(contest, base=40)))

    assert model_text(count_minutes(twice)).count("Mức đạt:") == 1
    assert model_text(count_minutes(apart)).count("Mức đạt:") == 2


def test_the_counting_minutes_name_the_mark_and_that_it_is_not_confirmed() -> None:
    text = model_text(count_minutes(examples.count_minutes_content()))

    assert "Mức đạt: trên 50% số người có mặt (44), tức từ 23 phiếu đồng ý" in text
    assert "chờ cấp có thẩm quyền xác nhận" in text
    assert "(lấy không quá 21 người)" in text


def test_the_counting_minutes_print_the_head_of_the_ledger_in_one_piece() -> None:
    text = model_text(count_minutes(examples.count_minutes_content()))

    assert f"\n{examples.LEDGER_HEAD}\n" in text


def test_the_counting_minutes_print_reasons_and_write_ins() -> None:
    text = model_text(count_minutes(examples.count_minutes_content()))

    assert "+ Chọn quá số lượng quy định: 1 phiếu." in text
    assert "Rách" not in text
    assert "Ngô Bá Duy (Phó Trưởng Công an huyện): 4 phiếu (9,76%" in text
    assert "Mai Lan Chi: 1 phiếu (2,44% số phiếu hợp lệ, 1/41)." in text


def test_a_contest_without_cap_or_write_ins_says_nothing_of_them() -> None:
    content = examples.count_minutes_content()
    bare = replace(content.contests[0], cap=None, write_ins=())

    text = model_text(count_minutes(replace(content, contests=(bare,))))

    assert "lấy không quá" not in text
    assert "Giới thiệu thêm ngoài danh sách" not in text


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"present": 46}, "có mặt nhiều hơn triệu tập"),
        ({"returned": 45}, "thu về nhiều hơn phát ra"),
        ({"invalid": 3}, "hợp lệ cộng không hợp lệ"),
        ({"invalid_reasons": ()}, "lý do"),
        ({"valid": 42, "returned": 44}, "có dòng"),
    ],
)
def test_minutes_with_contradicting_numbers_do_not_exist(
    changes: dict[str, object], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        replace(examples.count_minutes_content(), **changes)  # type: ignore[arg-type]


@st.composite
def counts(draw: st.DrawFn) -> CountMinutesContent:
    summoned = draw(st.integers(1, 3000))
    present = draw(st.integers(1, summoned))
    issued = draw(st.integers(0, present))
    returned = draw(st.integers(0, issued))
    valid = draw(st.integers(0, returned))
    agree = draw(st.integers(0, valid))
    disagree = draw(st.integers(0, valid - agree))
    content = examples.count_minutes_content()
    line = CountedLine(
        nominee=examples.nominee(),
        agree=agree,
        disagree=disagree,
        neither=valid - agree - disagree,
        result=LineResult.NOT_PASSED,
    )
    contest = replace(content.contests[0], lines=(line,), base=present, write_ins=())
    return replace(
        content,
        summoned=summoned,
        present=present,
        issued=issued,
        returned=returned,
        valid=valid,
        invalid=returned - valid,
        invalid_reasons=((InvalidReason.TORN, returned - valid),),
        contests=(contest,),
    )


@settings(max_examples=40)
@given(counts())
def test_figures_agree_with_their_words(content: CountMinutesContent) -> None:
    text = model_text(count_minutes(content))

    pairs = re.findall(r": (\d+) (người|phiếu) \(([^)]*) \2\)", text)

    assert [int(number) for number, _, _ in pairs] == [
        content.summoned,
        content.present,
        content.summoned - content.present,
        content.issued,
        content.returned,
        content.valid,
        content.invalid,
    ]
    assert all(words == in_words(int(number)) for number, _, words in pairs)


def test_every_base_reason_and_result_has_words() -> None:
    assert BASE_WORDS.keys() == set(Base)
    assert INVALID_WORDS.keys() == set(InvalidReason)
    assert RESULT_WORDS.keys() == set(LineResult)


@pytest.mark.parametrize(
    ("share", "bound", "base", "words"),
    [
        (Fraction(1, 2), Bound.OVER, Base.SUMMONED, "trên 50% số người được triệu tập"),
        (Fraction(3, 10), Bound.FROM, Base.PRESENT, "từ 30% số người có mặt trở lên"),
        (Fraction(2, 3), Bound.FROM, Base.VALID, "từ 2/3 số phiếu hợp lệ trở lên"),
    ],
)
def test_a_mark_is_said_with_its_bound_and_base(
    share: Fraction, bound: Bound, base: Base, words: str
) -> None:
    threshold = replace(examples.OVER_HALF, share=share, bound=bound, base=base)

    assert mark_words(threshold) == words


def test_a_verified_mark_names_its_source_without_reserve() -> None:
    threshold = Threshold(
        share=Fraction(1, 2),
        bound=Bound.OVER,
        base=Base.SUMMONED,
        source=Citation(document="12-HD/TU", dated=date(2024, 3, 1)),
        confidence=Confidence.VERIFIED,
    )

    assert mark_sentence(threshold, base=13) == (
        "Mức đạt: trên 50% số người được triệu tập (13), tức từ 7 phiếu đồng ý trở lên "
        "(theo 12-HD/TU, 01/03/2024)."
    )


# --- Biên bản hội nghị ------------------------------------------------------


def test_the_minutes_count_attendance_by_category() -> None:
    table = tables(conference_minutes(examples.conference_minutes_content()))[0]

    assert row_texts(table)[-1] == ["", "Cộng", "45", "44", "1"]


def test_the_minutes_always_print_the_results_and_say_whether_they_were_told() -> None:
    content = examples.conference_minutes_content()

    kept = conference_minutes(content)
    told = conference_minutes(replace(content, is_announced=True))

    assert "Kết quả không công bố tại hội nghị" in model_text(kept)
    assert "Tổ kiểm phiếu đã công bố kết quả tại hội nghị" in model_text(told)
    for paper in (kept, told):
        assert row_texts(tables(paper)[-1]) == [
            ["1. Uỷ viên Ban Thường vụ Huyện uỷ, nhiệm kỳ 2025 - 2030: 1 người"],
            ["1", "Hoàng Văn Thịnh", "26/44", "59,09%"],
            ["2. Chủ tịch UBND huyện, nhiệm kỳ 2026 - 2031: không có người đạt"],
        ]


def test_minutes_printed_before_the_count_is_closed_name_nobody() -> None:
    content = replace(
        examples.conference_minutes_content(), results=None, valid=None, invalid=None
    )

    text = model_text(conference_minutes(content))

    assert "Hoàng Văn Thịnh" not in text
    assert "hợp lệ ……………… phiếu; không hợp lệ ……………… phiếu." in text


def test_minutes_of_a_removal_ballot_say_what_was_agreed_to() -> None:
    content = replace(examples.conference_minutes_content(), is_removal=True)

    assert "đạt mức đồng ý đưa ra khỏi quy hoạch gồm:" in model_text(
        conference_minutes(content)
    )


def test_a_conference_without_ballot_says_so() -> None:
    content = replace(
        examples.conference_minutes_content(),
        issued=None,
        returned=None,
        valid=None,
        invalid=None,
        discussion=(),
        directions=(),
        absentees=(),
    )

    text = model_text(conference_minutes(content))

    assert "không bỏ phiếu" in text
    assert "Ý kiến" not in text


def test_a_speaker_without_points_only_spoke() -> None:
    content = examples.conference_minutes_content()
    silent = replace(content.directions[0], points=())

    text = model_text(
        conference_minutes(
            replace(content, directions=(silent,), discussion=(), team=())
        )
    )

    assert "Bí thư Huyện uỷ phát biểu chỉ đạo." in text
    assert "2. Ý kiến chỉ đạo" in text


def test_more_present_than_summoned_is_refused() -> None:
    with pytest.raises(ValueError, match="có mặt 3 trên triệu tập 2"):
        Attended(title="Uỷ viên", summoned=2, present=3)


def test_minutes_carry_no_place_and_date_under_the_version_of_2026() -> None:
    content = examples.conference_minutes_content()
    later = replace(content, frame=replace(content.frame, style="hd-05-2026"))

    assert "Yên Sơn, ngày 10 tháng 5" in model_text(conference_minutes(content))
    assert "Yên Sơn, ngày 10 tháng 5" not in model_text(conference_minutes(later))


# --- Báo cáo kết quả --------------------------------------------------------


def test_the_report_shows_the_votes_of_every_step() -> None:
    final = tables(result_report(examples.result_report_content()))[-1]

    people = [row for row in row_texts(final) if len(row) == 8]

    assert people[0][4:7] == ["61/90 (67,78%)", "26/44 (59,09%)", "-"]
    assert people[1][7] == "Bằng phiếu, Bí thư quyết định"


def test_the_report_leaves_a_dash_where_a_step_had_no_ballot() -> None:
    steps = tables(result_report(examples.result_report_content()))[0]

    assert row_texts(steps)[2][2:] == ["13", "12", "-", "-", "-", "-", "-", "-"]


def test_an_empty_report_says_so() -> None:
    content = replace(
        examples.result_report_content(), steps=(), final=(), shares=(), remarks=()
    )

    document = result_report(content)

    assert tables(document) == []
    assert "Chưa tổ chức hội nghị nào." in model_text(document)
    assert "Không có nhân sự nào trong danh sách." in model_text(document)


# --- What nobody recorded ---------------------------------------------------

DOTTED_HOUR = "…… giờ …… phút"


def test_an_hour_nobody_recorded_is_left_to_be_written_by_hand() -> None:
    minutes = replace(
        examples.conference_minutes_content(), opened_at=None, closed_at=None
    )
    counted = replace(examples.count_minutes_content(), started_at=None, ended_at=None)
    summoned = replace(examples.roll_content(), starts_at=None)

    assert model_text(conference_minutes(minutes)).count(DOTTED_HOUR) == 2
    assert model_text(count_minutes(counted)).count(DOTTED_HOUR) == 2
    assert model_text(roll(summoned)).count(DOTTED_HOUR) == 1


def test_a_paper_without_a_day_leaves_room_for_it() -> None:
    frame = replace(examples.FRAME, has_day=False)

    text = model_text(submission(replace(examples.submission_content(), frame=frame)))

    assert "Yên Sơn, ngày .... tháng .... năm ......" in text
    assert "10 tháng 5 năm 2022" not in text


def test_a_signatory_nobody_named_is_dotted() -> None:
    content = replace(
        examples.submission_content(), signatory=Signatory(title="", name="")
    )

    (end,) = [
        block
        for block in submission(content).sections[0].blocks
        if isinstance(block, SignatureBlock)
    ]

    assert end.right is not None
    assert (end.right.office, end.right.name) == (("………………",), "………………")


def test_an_unknown_birth_or_sex_is_not_guessed() -> None:
    unborn = examples.reviewed_person(born=None)
    of_unknown_sex = examples.reviewed_person(sex=None, born=PartialDate(1975))
    content = replace(
        examples.submission_content(),
        review_annex=(
            ReviewBlock(
                term="2020 - 2025",
                groups=(ReviewGroup(caption="A", people=(unborn, of_unknown_sex)),),
            ),
        ),
    )

    (annex,) = [
        table for table in tables(submission(content)) if len(table.columns) == 12
    ]
    rows = annex.rows[-2:]

    assert [len(row.cells) for row in rows] == [12, 11]
    assert [_text(entry) for entry in rows[0].cells[2:4]] == ["", ""]
    assert _text(rows[1].cells[2]) == "1975"
    assert rows[1].cells[2].columns == 2


def test_the_last_lines_of_two_signatures_stand_level() -> None:
    (end,) = [
        block
        for block in roll(
            replace(examples.roll_content(), signatory=examples.SECRETARY)
        )
        .sections[0]
        .blocks
        if isinstance(block, SignatureBlock)
    ]

    assert isinstance(end.left, Signature)
    assert end.right is not None
    assert len(end.left.office) == len(end.right.office) == 2
    assert end.left.office[0].strip() == ""
