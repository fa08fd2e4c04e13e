"""Geometry in millimetres, on the layout object."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecan.paper_ballot.composing import layout_of, printed_pages
from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee, Style
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.layout_file import read_layout, write_layout
from kecan.paper_ballot.pdf import render_ballot


def form_of(
    *nominees: int, post: str = "Trưởng phòng", write_ins: int = 1
) -> BallotForm:
    return BallotForm(
        issuer="Huyện uỷ An Bình",
        superior="Đảng bộ thành phố Hà Nội",
        stamp="Đóng dấu Huyện uỷ",
        occasion="tại Hội nghị cán bộ chủ chốt",
        contests=tuple(
            BallotContest(
                title="Ban Chấp hành Đảng bộ huyện",
                term="2025 - 2030",
                max_choices=3,
                write_in_lines=write_ins,
                nominees=(Nominee(name="Đặng Đức Ưng", post=post),) * count,
            )
            for count in nominees
        ),
    )


@settings(max_examples=30)
@given(
    counts=st.lists(st.integers(1, 40), min_size=1, max_size=2),  # 99 pages at most
    words=st.integers(0, 14),
    write_ins=st.integers(0, 3),
    style=st.sampled_from(Style),
)
def test_boxes_ticks_and_zones_keep_their_distance(
    counts: list[int], words: int, write_ins: int, style: Style
) -> None:
    post = ("Phó Trưởng " * words)[:160]
    form = form_of(*counts, post=post, write_ins=write_ins)

    for page in layout_of(form, style=style).pages:
        boxes = [box.rectangle for box in page.boxes]
        marks = [*page.corners, page.orientation_bar]
        marks += [code.rectangle for code in page.codes]
        marks += [side for tick in page.ticks for side in (tick.left, tick.right)]
        inside = rectangle(8, 8, 194, 281)
        assert all(inside.holds(one) for one in boxes + marks)
        assert not any(one.overlaps(other) for one, other in combinations(marks, 2))
        assert not any(one.overlaps(page.punch_zone) for one in boxes + marks)
        for box in boxes:
            clear = box.grown(4)
            others = [*marks, *(one for one in boxes if one != box)]
            assert not any(clear.overlaps(other) for other in others)
            assert round(box.centre[1], 3) in {tick.row_y for tick in page.ticks}


def test_every_line_has_its_two_boxes_once() -> None:
    layout = layout_of(form_of(100, 7))

    places = [
        (box.contest, box.line, box.column) for p in layout.pages for box in p.boxes
    ]

    assert len(places) == len(set(places)) == 2 * (101 + 8)


@pytest.mark.parametrize("style", Style)
def test_a_layout_file_reads_back_the_same(style: Style) -> None:
    form = form_of(8)
    layout = layout_of(form, style=style)

    assert read_layout(write_layout(layout, form=form)) == layout


def test_the_same_form_prints_the_same_bytes() -> None:
    assert render_ballot(form_of(8), copies=2) == render_ballot(form_of(8), copies=2)


def printed_texts(
    form: BallotForm, page: int, style: Style = Style.NORMAL
) -> list[str]:
    return [one.text for one in printed_pages(form, style=style)[page].texts]


@pytest.mark.parametrize("style", Style)
def test_column_titles_stand_once_on_a_page_and_contests_share_it(
    style: Style,
) -> None:
    form = form_of(2, 2, 2)

    for page, drawn in enumerate(printed_pages(form, style=style)):
        if drawn.layout.rows:
            assert printed_texts(form, page, style).count("STT") == 1
    assert {row.contest for row in layout_of(form).pages[0].rows} == {1, 2, 3}


def test_a_contest_that_goes_on_says_so_under_the_column_titles() -> None:
    said = printed_texts(form_of(30), 1)

    assert said.index("STT") < said.index(
        "1. Ban Chấp hành Đảng bộ huyện, nhiệm kỳ 2025 - 2030 (tiếp theo)"
    )


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("nominees", range(8, 18))
def test_lines_for_more_names_that_go_on_say_so_on_their_page(
    nominees: int, style: Style
) -> None:
    pages = printed_pages(form_of(nominees, write_ins=4), style=style)

    for drawn in pages:
        lines = [row.line for row in drawn.layout.rows]
        written = [line for line in lines if line > nominees]
        goes_on = bool(written) and min(written) > nominees + 1
        said = [one.text for one in drawn.texts]
        assert said.count("Giới thiệu thêm (tiếp theo)") == goes_on
        assert said.count("Giới thiệu thêm") == (nominees + 1 in lines)


@pytest.mark.parametrize("style", Style)
def test_no_paragraph_of_the_instructions_ends_in_a_lone_word(style: Style) -> None:
    said = printed_texts(form_of(3), 0, style)
    begins = said.index("Cách ghi phiếu:") + 1
    ends = said.index("STT")
    told = said[begins:ends]
    last = [one for one, after in pairwise([*told, "- "]) if after.startswith("- ")]

    assert len(last) == 5
    assert all(" " in one.removeprefix("- ") for one in last)
