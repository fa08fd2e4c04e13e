"""Geometry in millimetres, on the layout object."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecan.paper_ballot.composing import layout_of
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
