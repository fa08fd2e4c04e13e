"""The simulated morning: who is there, who speaks, how sheets are marked."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from kecan.sample import scenario
from kecan.sample.district import build_district
from kecan.sample.scenario import (
    BallotShape,
    invent_favour,
    key_with_slips,
    mark_sheets,
    simulate_selections,
    speakers,
    who_is_present,
)
from kecan.tally import (
    Attendance,
    InvalidReason,
    LineState,
    compare_keyings,
    count_sheets,
)

SHAPE = BallotShape(favour=((80, 60, 30, 95), (50, 50)), max_choices=(3, 1))


def test_marked_sheets_keep_to_the_choices_allowed_unless_invalid_for_it() -> None:
    rng = Random(5)
    shape = BallotShape(favour=invent_favour([6, 3], rng=rng), max_choices=(4, 2))

    sheets = mark_sheets(shape, issued=200, written_in=["Trần Văn Ước"], rng=rng)

    assert 190 <= len(sheets) <= 200
    for sheet in sheets:
        if sheet.invalid_reason is not InvalidReason.TOO_MANY:
            assert sheet.choices(0) <= 4
        assert sheet.states[1].count(LineState.AGREE) <= 2


def test_the_same_seed_marks_the_same_sheets() -> None:
    def mark(seed: int) -> object:
        return mark_sheets(SHAPE, issued=60, written_in=(), rng=Random(seed))

    assert mark(3) == mark(3)
    assert mark(3) != mark(4)


def test_a_great_pile_holds_every_kind_of_fault() -> None:
    sheets = mark_sheets(SHAPE, issued=5_000, written_in=["Trần Văn Ước"], rng=Random(1))  # fmt: skip

    reasons = Counter(sheet.invalid_reason for sheet in sheets)
    states = {state for sheet in sheets for lines in sheet.states for state in lines}
    assert set(reasons) == {
        None,
        InvalidReason.TORN,
        InvalidReason.SIGNED,
        InvalidReason.TOO_MANY,
        InvalidReason.BLANK,
    }
    assert states == set(LineState)
    assert len(sheets) < 5_000  # some are not returned
    assert any(sheet.write_ins[0] for sheet in sheets)


def test_an_invalid_sheet_shows_what_made_it_so() -> None:
    sheets = mark_sheets(SHAPE, issued=5_000, written_in=(), rng=Random(2))

    for sheet in sheets:
        if sheet.invalid_reason is InvalidReason.TOO_MANY:
            assert sheet.choices(0) > 3
        if sheet.invalid_reason is InvalidReason.BLANK:
            assert sheet.choices(0) == sheet.choices(1) == 0


def test_nobody_can_choose_too_many_where_all_may_be_chosen() -> None:
    shape = BallotShape(favour=((50, 50),), max_choices=(2,))

    sheets = mark_sheets(shape, issued=5_000, written_in=(), rng=Random(1))

    assert InvalidReason.TOO_MANY not in {sheet.invalid_reason for sheet in sheets}


def test_the_marked_sheets_can_be_counted_and_balance() -> None:
    sheets = mark_sheets(SHAPE, issued=88, written_in=(), rng=Random(9))

    count = count_sheets(
        sheets,
        attendance=Attendance(summoned=90, present=88, issued=88),
        shape=(4, 2),
    )

    assert count.returned == len(sheets)


def test_favour_decides_how_many_agree() -> None:
    states = simulate_selections(lines=2, sheets=1_000, favour=(95, 10), rng=Random(4))

    agree = [sum(s[n] is LineState.AGREE for s in states) for n in range(2)]
    assert len(states) == 1_000
    assert agree[0] > 850
    assert agree[1] < 160


def test_every_line_needs_a_favour() -> None:
    with pytest.raises(ValueError, match="3 lines need as many percentages, not 1"):
        simulate_selections(lines=3, sheets=1, favour=(50,), rng=Random(1))


@pytest.mark.parametrize("seed", range(12))
def test_a_second_keying_differs_on_as_many_sheets_as_there_are_slips(
    seed: int,
) -> None:
    rng = Random(seed)
    sheets = mark_sheets(SHAPE, issued=50, written_in=(), rng=rng)

    again = key_with_slips(sheets, slips=30, rng=rng)

    assert len(compare_keyings(sheets, again)) == 30


def test_a_slip_never_makes_a_sheet_choose_more() -> None:
    rng = Random(1)
    sheets = mark_sheets(SHAPE, issued=300, written_in=(), rng=rng)

    again = key_with_slips(sheets, slips=len(sheets), rng=rng)

    for before, after in zip(sheets, again, strict=True):
        assert after.choices(0) <= before.choices(0)


def test_somebody_is_always_present_and_a_few_are_absent() -> None:
    assert all(any(who_is_present(1, rng=Random(n))) for n in range(200))
    absent = [who_is_present(90, rng=Random(n)).count(False) for n in range(50)]
    assert 1 <= sum(absent) / len(absent) <= 8


def test_the_speakers_are_people_of_the_register() -> None:
    heard = speakers(build_district(seed=5))

    assert heard.chair.full_name == "Lương Khắc Sơn"
    assert heard.presenter.full_name == "Lê Quang Thắng"
    assert heard.minute_taker.full_name == "Nguyễn Thu Hà"


def test_the_agenda_goes_from_opening_to_the_count() -> None:
    assert len(scenario.AGENDA) == 6
    assert "bỏ phiếu kín" in scenario.AGENDA[4]
