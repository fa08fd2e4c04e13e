"""Counting is exact, balances, and never breaks a tie by itself."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.tally import (
    Attendance,
    CountNotBalancedError,
    InvalidReason,
    LineResult,
    LineState,
    Sheet,
    base_of,
    compare_keyings,
    count_sheets,
    decide,
    is_met,
    least_votes,
    require_balanced,
)
from kecan.vocabulary import Base, Bound, Citation, Threshold

A, D, N, B = LineState.AGREE, LineState.DISAGREE, LineState.NONE, LineState.BOTH
CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "tally-thresholds.toml").read_text("utf-8")
)["case"]
PEOPLE = Attendance(summoned=6, present=5, issued=5)


def _mark(
    share: str = "50/100", bound: Bound = Bound.OVER, base: Base = Base.VALID
) -> Threshold:
    source = Citation(document="Thử", dated=date(2022, 1, 1))
    return Threshold(share=Fraction(share), bound=bound, base=base, source=source)


def _sheet(
    number: int, *states: LineState, reason: InvalidReason | None = None
) -> Sheet:
    return Sheet(number=number, states=(states,), invalid_reason=reason)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_fewest_votes_are_those_of_practice(case: dict[str, Any]) -> None:
    mark = _mark(case["share"], Bound(case["bound"]))

    assert least_votes(mark, base=case["base"]) == case["least"]
    assert is_met(mark, votes=case["least"], base=case["base"])
    assert not is_met(mark, votes=case["least"] - 1, base=case["base"])


def test_fifty_of_a_hundred_is_from_one_half_and_not_over_it() -> None:
    assert is_met(_mark(bound=Bound.FROM), votes=50, base=100)
    assert not is_met(_mark(bound=Bound.OVER), votes=50, base=100)


@given(
    base=st.integers(1, 500),
    share=st.fractions(0, 1, max_denominator=100),
    bound=st.sampled_from(Bound),
    data=st.data(),
)
def test_more_votes_never_turn_pass_into_fail(
    base: int, share: Fraction, bound: Bound, data: st.DataObject
) -> None:
    votes = data.draw(st.integers(0, base - 1))
    mark = _mark(str(share), bound)

    assert is_met(mark, votes=votes, base=base) <= is_met(
        mark, votes=votes + 1, base=base
    )


@pytest.mark.parametrize(("votes", "base"), [(1, 0), (-1, 5), (6, 5)])
def test_votes_outside_their_base_are_a_bug(votes: int, base: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        is_met(_mark(), votes=votes, base=base)


def test_a_base_of_nobody_has_no_fewest_votes() -> None:
    with pytest.raises(ValueError, match="base of 0"):
        least_votes(_mark(), base=0)


def test_both_boxes_or_none_leave_the_sheet_valid_and_count_for_nobody() -> None:
    sheets = [_sheet(1, A, A), _sheet(2, D, N), _sheet(3, A, B)]

    count = count_sheets(sheets, attendance=PEOPLE, shape=[2])

    assert (count.valid, count.invalid) == (3, 0)
    first, second = count.lines[0]
    assert (first.agree, first.disagree, first.neither) == (2, 1, 0)
    assert (second.agree, second.disagree, second.neither) == (1, 0, 2)


def test_an_invalid_sheet_counts_for_nothing_and_keeps_its_reason() -> None:
    sheets = [_sheet(1, A), _sheet(2, A, reason=InvalidReason.SIGNED)]

    count = count_sheets(sheets, attendance=PEOPLE, shape=[1])

    assert count.lines[0][0].agree == 1
    assert count.invalid_reasons == {InvalidReason.SIGNED: 1}


def test_a_name_written_twice_on_a_sheet_is_one_vote_for_it() -> None:
    twice = Sheet(
        number=1, states=((A,),), write_ins=(("Trần Văn Ước", "Trần Văn Ước"),)
    )
    once = Sheet(number=2, states=((A,),), write_ins=(("Trần Văn Ước",),))
    without = Sheet(number=3, states=((A,),))

    count = count_sheets([twice, once, without], attendance=PEOPLE, shape=[1])

    assert count.write_ins == ({"Trần Văn Ước": 2},)
    assert twice.choices(0) == 3
    assert without.choices(0) == 1


def test_a_sheet_number_keyed_twice_is_refused() -> None:
    with pytest.raises(CountNotBalancedError, match="trùng nhau"):
        count_sheets([_sheet(1, A), _sheet(1, D)], attendance=PEOPLE, shape=[1])


def test_a_sheet_with_other_lines_than_the_ballot_is_refused() -> None:
    with pytest.raises(CountNotBalancedError, match="Phiếu số 4"):
        count_sheets([_sheet(4, A, A)], attendance=PEOPLE, shape=[1])


def test_sheet_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        _sheet(0, A)


def test_numbers_that_contradict_each_other_are_refused_in_words() -> None:
    sound = count_sheets([_sheet(1, A)], attendance=PEOPLE, shape=[1])
    crowded = replace(PEOPLE, present=7)
    faulty = {
        "Có mặt 7": replace(sound, attendance=crowded),
        "Thu về 9": replace(sound, returned=9),
        "Hợp lệ 0": replace(sound, valid=0),
        "chưa ghi lý do": replace(sound, returned=2, invalid=1),
        "không cộng đủ": replace(
            sound, lines=((replace(sound.lines[0][0], agree=0),),)
        ),
    }

    for sentence, count in faulty.items():
        with pytest.raises(CountNotBalancedError, match=sentence):
            require_balanced(count)


def test_each_base_is_its_own_number() -> None:
    count = count_sheets(
        [_sheet(1, A), _sheet(2, A, reason=InvalidReason.TORN)],
        attendance=PEOPLE,
        shape=[1],
    )

    assert [base_of(base, count) for base in Base] == [6, 5, 5, 2, 1]


def test_who_misses_the_mark_has_not_passed() -> None:
    results = decide([6, 5], threshold=_mark(), base=10)

    assert results == (LineResult.PASSED, LineResult.NOT_PASSED)


def test_over_the_cap_the_higher_votes_pass() -> None:
    results = decide([9, 7, 8, 6], threshold=_mark(), base=10, cap=3)

    assert results == (
        LineResult.PASSED,
        LineResult.PASSED,
        LineResult.PASSED,
        LineResult.NOT_PASSED,
    )


def test_a_tie_across_the_cap_waits_for_a_person() -> None:
    results = decide([9, 7, 7, 6], threshold=_mark(), base=10, cap=2)

    assert results == (
        LineResult.PASSED,
        LineResult.TIED,
        LineResult.TIED,
        LineResult.NOT_PASSED,
    )


def test_equal_votes_inside_the_cap_are_no_tie() -> None:
    assert decide([7, 7], threshold=_mark(), base=10, cap=2) == (LineResult.PASSED,) * 2


def test_a_cap_of_nobody_is_a_bug() -> None:
    with pytest.raises(ValueError, match="cap of 0"):
        decide([1], threshold=_mark(), base=2, cap=0)


@given(votes=st.lists(st.integers(0, 20), max_size=8), cap=st.integers(1, 4))
def test_no_more_people_pass_than_the_cap(votes: list[int], cap: int) -> None:
    results = decide(votes, threshold=_mark(), base=20, cap=cap)

    assert results.count(LineResult.PASSED) <= cap


def test_equal_keyings_have_no_difference() -> None:
    sheets = [_sheet(1, A), _sheet(2, D)]

    assert compare_keyings(sheets, list(reversed(sheets))) == ()


def test_a_difference_names_the_sheet_and_the_line() -> None:
    (found,) = compare_keyings([_sheet(7, A, D)], [_sheet(7, A, N)])

    assert (found.number, found.places) == (7, ((0, 1),))


def test_a_sheet_only_one_person_keyed_is_a_difference() -> None:
    (found,) = compare_keyings([_sheet(7, A)], [])

    assert (found.first, found.second, found.places) == (_sheet(7, A), None, ())
