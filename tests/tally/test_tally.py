"""Counting is exact, balances, and never breaks a tie by itself."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.tally import (
    Attendance,
    BallotRules,
    CountNotBalancedError,
    InvalidReason,
    LineResult,
    LineState,
    Sheet,
    base_of,
    compare_keyings,
    count_sheets,
    decide,
    invalid_by_marks,
    is_met,
    least_votes,
    require_balanced,
)
from kecan.vocabulary import Base, Bound, Citation, Threshold

if TYPE_CHECKING:
    from random import Random

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


@given(
    base=st.integers(1, 400),
    share=st.fractions(0, 1, max_denominator=60),
)
def test_at_the_exact_edge_from_passes_and_over_fails(
    base: int, share: Fraction
) -> None:
    edge = share * base

    if edge.denominator == 1:
        votes = edge.numerator
        assert is_met(_mark(str(share), Bound.FROM), votes=votes, base=base)
        assert not is_met(_mark(str(share), Bound.OVER), votes=votes, base=base)


@given(
    base=st.integers(1, 400),
    share=st.fractions(0, 1, max_denominator=60),
    bound=st.sampled_from(Bound),
)
def test_the_fewest_votes_pass_and_one_vote_less_does_not(
    base: int, share: Fraction, bound: Bound
) -> None:
    mark = _mark(str(share), bound)
    least = least_votes(mark, base=base)

    assert least > base or is_met(mark, votes=least, base=base)
    assert least == 0 or not is_met(mark, votes=least - 1, base=base)


def test_over_everybody_cannot_be_reached() -> None:
    assert least_votes(_mark("1"), base=10) == 11


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


def test_nobody_reaches_a_share_of_no_ballots() -> None:
    for bound in Bound:
        mark = _mark("1/2", bound)
        assert not is_met(mark, votes=0, base=0)
        assert decide([0, 0], threshold=mark, base=0, cap=1) == (
            LineResult.NOT_PASSED,
            LineResult.NOT_PASSED,
        )


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


@pytest.mark.parametrize(
    ("states", "written", "fault"),
    [
        ([LineState.AGREE, LineState.AGREE], (), InvalidReason.TOO_MANY),
        ([LineState.AGREE, LineState.NONE], ("An",), InvalidReason.TOO_MANY),
        ([LineState.BOTH, LineState.AGREE], (), InvalidReason.BOTH_BOXES),
        ([LineState.NONE, LineState.NONE], (), InvalidReason.BLANK),
        ([LineState.NONE, LineState.NONE], ("An",), None),
        ([LineState.AGREE, LineState.NONE], (), None),
    ],
)
def test_marks_spoil_a_sheet_only_where_the_rules_say_so(
    states: list[LineState], written: tuple[str, ...], fault: InvalidReason | None
) -> None:
    sheet = Sheet(number=1, states=(tuple(states),), write_ins=(written,))
    strict = BallotRules(
        over_choice_is_invalid=True, blank_is_invalid=True, both_boxes_is_invalid=True
    )
    lenient = BallotRules(
        over_choice_is_invalid=False,
        blank_is_invalid=False,
        both_boxes_is_invalid=False,
    )

    assert invalid_by_marks(sheet, most=[1], rules=strict) is fault
    assert invalid_by_marks(sheet, most=[1], rules=lenient) is None
    no_cap = invalid_by_marks(sheet, most=[None], rules=strict)
    assert no_cap is (None if fault is InvalidReason.TOO_MANY else fault)


@pytest.mark.parametrize(
    ("states", "written", "fault"),
    [
        (((A, N), (A, A)), ((), ()), InvalidReason.TOO_MANY),
        (((A, A), (A, N)), ((), ()), InvalidReason.TOO_MANY),
        (((N, N), (B, N)), ((), ()), InvalidReason.BOTH_BOXES),
        (((N, N), (N, N)), ((), ("An",)), None),
        (((N, N), (N, N)), (("An",), ()), None),
        (((N, N), (D, N)), ((), ()), None),
        (((N, N), (N, N)), ((), ()), InvalidReason.BLANK),
    ],
)
def test_one_contest_spoils_a_sheet_and_one_mark_anywhere_makes_it_no_blank(
    states: tuple[tuple[LineState, ...], ...],
    written: tuple[tuple[str, ...], ...],
    fault: InvalidReason | None,
) -> None:
    sheet = Sheet(number=1, states=states, write_ins=written)
    strict = BallotRules(
        over_choice_is_invalid=True, blank_is_invalid=True, both_boxes_is_invalid=True
    )

    assert invalid_by_marks(sheet, most=[1, 1], rules=strict) is fault


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
    sheets = [_sheet(2, A), _sheet(1, A), _sheet(2, D)]

    with pytest.raises(CountNotBalancedError, match="Phiếu số 2 mang số trùng nhau"):
        count_sheets(sheets, attendance=PEOPLE, shape=[1])
    with pytest.raises(CountNotBalancedError, match="Phiếu số 2 mang số trùng nhau"):
        compare_keyings([_sheet(1, A), _sheet(2, A)], sheets)


def test_a_sheet_with_other_lines_than_the_ballot_is_refused() -> None:
    with pytest.raises(CountNotBalancedError, match="Phiếu số 4"):
        count_sheets([_sheet(4, A, A)], attendance=PEOPLE, shape=[1])


def test_more_sheets_than_ballots_issued_are_not_counted() -> None:
    sheets = [_sheet(number, A) for number in (1, 2)]

    with pytest.raises(CountNotBalancedError, match="Thu về 2"):
        count_sheets(sheets, attendance=replace(PEOPLE, issued=1), shape=[1])


def test_sheet_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        _sheet(0, A)


def test_numbers_that_contradict_each_other_are_refused_in_words() -> None:
    sound = count_sheets([_sheet(1, A)], attendance=PEOPLE, shape=[1])
    crowded = replace(PEOPLE, present=7)
    faulty = {
        "Có mặt 7": replace(sound, attendance=crowded),
        "Thu về 9": replace(sound, returned=9),
        "nhiều hơn 0 người có mặt": replace(
            sound, attendance=replace(PEOPLE, present=0)
        ),
        "số lượng âm": replace(
            sound, lines=((replace(sound.lines[0][0], agree=2, disagree=-1),),)
        ),
        "Hợp lệ 0": replace(sound, valid=0),
        "chưa ghi lý do": replace(sound, returned=2, invalid=1),
        "không cộng đủ": replace(
            sound, lines=((replace(sound.lines[0][0], agree=0),),)
        ),
    }

    for sentence, count in faulty.items():
        with pytest.raises(CountNotBalancedError, match=sentence):
            require_balanced(count)


@given(
    states=st.lists(
        st.tuples(
            st.tuples(*[st.sampled_from(LineState)] * 3),
            st.none() | st.sampled_from(InvalidReason),
        ),
        max_size=12,
    ),
    order=st.randoms(use_true_random=False),
)
def test_every_count_balances_whatever_the_sheets_and_their_order(
    states: list[tuple[tuple[LineState, ...], InvalidReason | None]], order: Random
) -> None:
    sheets = [
        _sheet(number, *marks, reason=reason)
        for number, (marks, reason) in enumerate(states, start=1)
    ]
    people = Attendance(summoned=12, present=12, issued=12)

    count = count_sheets(sheets, attendance=people, shape=[3])
    order.shuffle(sheets)

    assert count.returned == count.valid + count.invalid == len(states)
    for line in count.lines[0]:
        assert line.agree + line.disagree + line.neither == count.valid
    assert count_sheets(sheets, attendance=people, shape=[3]) == count


def test_a_count_of_no_sheet_at_all_balances() -> None:
    count = count_sheets([], attendance=PEOPLE, shape=[2])

    assert (count.returned, count.valid, count.lines[0][1].total) == (0, 0, 0)


def test_contests_on_one_sheet_are_counted_apart() -> None:
    sheet = Sheet(number=1, states=((A, D), (D,)), write_ins=((), ("Đặng Đức Ưng",)))

    count = count_sheets([sheet], attendance=PEOPLE, shape=[2, 1])

    assert [[line.agree for line in lines] for lines in count.lines] == [[1, 0], [0]]
    assert count.write_ins == ({}, {"Đặng Đức Ưng": 1})
    assert (sheet.choices(0), sheet.choices(1)) == (1, 1)


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


@given(votes=st.lists(st.integers(0, 20), max_size=8), cap=st.integers(1, 4))
def test_the_order_of_votes_is_never_inverted(votes: list[int], cap: int) -> None:
    results = decide(votes, threshold=_mark(), base=20, cap=cap)
    place = {LineResult.PASSED: 2, LineResult.TIED: 1, LineResult.NOT_PASSED: 0}

    for one, first in zip(votes, results, strict=True):
        for other, second in zip(votes, results, strict=True):
            assert one <= other or place[first] >= place[second]
            assert one != other or first is second


@given(votes=st.lists(st.integers(0, 20), max_size=8), cap=st.integers(1, 4))
def test_the_seats_left_by_those_passed_are_fewer_than_those_tied(
    votes: list[int], cap: int
) -> None:
    results = decide(votes, threshold=_mark(), base=20, cap=cap)
    tied = results.count(LineResult.TIED)

    assert tied == 0 or 0 < cap - results.count(LineResult.PASSED) < tied


def test_equal_keyings_have_no_difference() -> None:
    sheets = [_sheet(1, A), _sheet(2, D)]

    assert compare_keyings(sheets, list(reversed(sheets))) == ()


def test_a_difference_names_the_sheet_and_the_line() -> None:
    (found,) = compare_keyings([_sheet(7, A, D)], [_sheet(7, A, N)])

    assert (found.number, found.places) == (7, ((0, 1),))


def test_a_difference_in_write_ins_or_validity_alone_is_one_without_a_line() -> None:
    plain = _sheet(7, A)
    written = replace(plain, write_ins=(("Lò Thị Ỷ",),))
    invalid = replace(plain, invalid_reason=InvalidReason.TORN)

    for other in (written, invalid):
        (found,) = compare_keyings([plain], [other])
        assert (found.first, found.second, found.places) == (plain, other, ())


def test_two_sheets_of_one_number_and_another_ballot_are_a_bug() -> None:
    with pytest.raises(ValueError, match="zip"):
        compare_keyings([_sheet(7, A, D)], [_sheet(7, A)])


def test_a_sheet_only_one_person_keyed_is_a_difference() -> None:
    (found,) = compare_keyings([_sheet(7, A)], [])

    (turned,) = compare_keyings([], [_sheet(7, A)])

    assert (found.first, found.second, found.places) == (_sheet(7, A), None, ())
    assert (turned.first, turned.second, turned.places) == (None, _sheet(7, A), ())
