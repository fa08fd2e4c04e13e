"""The ballot is official in form and can be traced to nobody."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest
from tests.documents import examples
from tests.documents.rendered import docx_text, model_text, pdf_text, spaced, squeezed

from kecan.documents import render_docx, render_pdf
from kecan.documents.ballot import BallotContent, Contest, ballot
from kecan.documents.model import Table
from kecan.paper_ballot.wording import Question

OFFICIAL_COLUMNS = [
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Chức vụ, đơn vị công tác",
    "Đồng ý",
    "Không đồng ý",
]


def contest_tables(content: BallotContent) -> list[Table]:
    blocks = ballot(content).sections[0].blocks
    return [block for block in blocks if isinstance(block, Table)]


def test_every_contest_has_the_official_columns() -> None:
    for table in contest_tables(examples.ballot_content()):
        (header,) = table.header

        assert [entry.lines[0][0].text for entry in header.cells] == OFFICIAL_COLUMNS


def test_the_stamp_zone_stands_before_the_title() -> None:
    text = spaced(pdf_text(render_pdf(ballot(examples.ballot_content()))))

    assert text.index("(Đóng dấu Huyện uỷ)") < text.index("PHIẾU GIỚI THIỆU")


@pytest.mark.parametrize(
    "limit",
    [
        "(Chọn không quá 45 (bốn mươi lăm) người)",
        "(Chọn không quá 21 (hai mươi mốt) người)",
        "(Chọn không quá 3 (ba) người)",
    ],
)
def test_the_most_choices_stand_in_figures_and_words(limit: str) -> None:
    assert limit in model_text(ballot(examples.ballot_content()))


def test_contests_of_several_terms_stand_on_one_ballot() -> None:
    text = model_text(ballot(examples.ballot_content()))

    assert "1. Uỷ viên Ban Chấp hành Đảng bộ huyện, nhiệm kỳ 2025 - 2030" in text
    assert "3. Chủ tịch UBND huyện, nhiệm kỳ 2026 - 2031" in text


def test_write_in_lines_follow_the_names_and_are_high_enough_to_write_on() -> None:
    first, _, third = contest_tables(examples.ballot_content())

    captions = [row.cells[0].lines[0][0].text for row in first.rows]

    assert captions[-3:] == ["Giới thiệu thêm", "", ""]
    assert all(row.least_height_mm >= 8 for row in first.rows[-2:])
    assert len(third.rows) == 2


def test_a_ballot_without_write_ins_does_not_explain_them() -> None:
    content = examples.ballot_content()
    bare = tuple(replace(contest, write_in_lines=0) for contest in content.contests)

    assert "Giới thiệu thêm" not in model_text(ballot(replace(content, contests=bare)))


def test_a_ballot_on_removals_asks_for_removal() -> None:
    content = replace(examples.ballot_content(), question=Question.REMOVE)

    text = model_text(ballot(content))

    assert "PHIẾU LẤY Ý KIẾN" in text
    assert "Không đồng ý đưa ra" in text
    assert "Chọn không quá" not in text


def test_the_content_has_no_place_for_a_voter() -> None:
    names = {field.name for field in fields(BallotContent)} | {
        field.name for field in fields(Contest)
    }

    assert names == {
        "frame",
        "conference",
        "held_on",
        "question",
        "contests",
        "title",
        "term",
        "nominees",
        "most_choices",
        "write_in_lines",
    }


def test_every_number_on_the_ballot_is_explained() -> None:
    """Whatever is not a place, a year, a limit or the day could number a voter."""
    content = examples.ballot_content()
    text = model_text(ballot(content))
    explained = {"10", "5", "2022", "45", "21", "3"}
    explained |= {"2025", "2030", "2026", "2031"}
    explained |= {str(n) for n in range(1, 7)} | {str(1970 + n) for n in range(1, 6)}
    explained.add("1985")

    assert set(re.findall(r"\d+", text)) == explained


def test_every_copy_is_the_same_bytes() -> None:
    first, second = (ballot(examples.ballot_content()) for _ in range(2))

    assert render_pdf(first) == render_pdf(second)
    assert render_docx(first) == render_docx(second)


def test_the_files_hide_no_identity_beside_the_text() -> None:
    document = ballot(examples.ballot_content())

    pdf = render_pdf(document)

    assert document.author == "Huyện uỷ Yên Sơn"
    assert b"/Annots" not in pdf
    assert b"/EmbeddedFile" not in pdf
    assert squeezed(docx_text(render_docx(document))).count("ĐẢNGCỘNGSẢNVIỆTNAM") == 1


@pytest.mark.parametrize("changes", [{"most_choices": 0}, {"write_in_lines": -1}])
def test_an_impossible_contest_is_refused(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="Ban Chấp hành"):
        replace(examples.ballot_content().contests[0], **changes)  # type: ignore[arg-type]
