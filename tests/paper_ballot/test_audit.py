"""The risk of an audit: hand-computed values, and the limit that holds by simulation."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.paper_ballot.stacks import NO, YES, mark, sheet, stack

from kecan.paper_ballot.audit import (
    Assertion,
    AssertionKind,
    Gauge,
    assertions_of,
    risk,
    sheets_still_needed,
)
from kecan.vocabulary import Base, Bound

GAMMA = Fraction("1.03905")
LIMIT = Fraction(5, 100)
HALF = mark("1/2", Bound.OVER, Base.PRESENT)


def gauge(
    margin: int, *, stack: int, spread: int = 1, inflation: Fraction = GAMMA
) -> Gauge:
    return Gauge(margin=margin, spread=spread, stack=stack, inflation=inflation)


def only(found: tuple[Assertion, ...]) -> Assertion:
    (one,) = found
    return one


def test_without_slack_the_risk_of_matching_sheets_is_the_hypergeometric_chance() -> (
    None
):
    """Ten of a hundred records wrong, twenty pulled: C(90, 20) / C(100, 20)."""
    measured = risk((0,) * 20, gauge(10, stack=100, inflation=Fraction(1)))

    assert measured == Fraction(comb(90, 20), comb(100, 20))


def test_one_matching_sheet_by_hand() -> None:
    """Of 4 sheets, margin 2: m = 2/4, g = 1/2, (1/2 + 1/2) / (1 + 1/2) = 2/3."""
    measured = risk((0,), gauge(2, stack=4, inflation=Fraction(3, 2)))

    assert measured == Fraction(2, 3)


def test_one_wrong_record_after_a_matching_one_by_hand() -> None:
    """Then 1 of 3 is left to reach, m = 1/3: (0 + 1/2) / (1/3 + 1/2) = 3/5 < 1.

    The risk is the least so far, and the next matching sheet (m = 1/2) gives
    3/2 * 3/5 * 3/2 = 27/20, less than the 3/2 already reached.
    """
    with_error = (0, 1, 0)

    assert risk(
        with_error[:2], gauge(2, stack=4, inflation=Fraction(3, 2))
    ) == Fraction(2, 3)
    assert risk(with_error, gauge(2, stack=4, inflation=Fraction(3, 2))) == Fraction(
        2, 3
    )


def test_in_a_stack_without_end_it_is_the_kaplan_markov_number_of_the_literature() -> (
    None
):
    """Diluted margin 10 %, risk limit 10 %, gamma 1.03905, two votes a sheet.

    ln(0.1) / ln(1 - 0.1 / (2 * 1.03905)) = 46.7, so 47 sheets; the rule of thumb of
    the literature, 4.8 divided by the margin, says 48.
    """
    many = gauge(10**11, spread=2, stack=10**12)

    assert sheets_still_needed((), many, limit=Fraction(1, 10)) == 47


def test_the_sheets_a_committee_of_348_has_to_look_at() -> None:
    wanted = {
        margin: sheets_still_needed((), gauge(margin, stack=348), limit=LIMIT)
        for margin in (100, 20, 5)
    }

    assert wanted == {100: 10, 20: 49, 5: 161}


def test_one_wrong_record_costs_more_sheets() -> None:
    assert sheets_still_needed((0,), gauge(20, stack=348), limit=LIMIT) == 48
    assert sheets_still_needed((1,), gauge(20, stack=348), limit=LIMIT) == 98


def test_as_many_wrong_records_as_the_margin_are_never_confirmed() -> None:
    assert sheets_still_needed((1, 1), gauge(2, stack=10), limit=LIMIT) is None


def test_when_the_sheets_left_cannot_change_the_outcome_no_risk_is_left() -> None:
    assert risk((0,) * 10, gauge(1, stack=10)) == 0
    assert risk((0,) * 9, gauge(2, stack=10, inflation=Fraction(2))) == 0


@pytest.mark.parametrize(
    "numbers",
    [
        {"margin": 0, "spread": 1, "stack": 5, "inflation": GAMMA},
        {"margin": 1, "spread": 0, "stack": 5, "inflation": GAMMA},
        {"margin": 1, "spread": 1, "stack": 0, "inflation": GAMMA},
        {"margin": 1, "spread": 1, "stack": 5, "inflation": Fraction(9, 10)},
    ],
)
def test_nothing_is_measured_with_impossible_numbers(numbers: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="nothing can be measured"):
        Gauge(**numbers)


def test_more_sheets_than_the_stack_are_refused() -> None:
    with pytest.raises(ValueError, match="6 sheets of a stack of 5"):
        risk((0,) * 6, gauge(1, stack=5))


@given(
    overstatements=st.lists(st.integers(-1, 1), max_size=30),
    margin=st.integers(1, 30),
)
def test_a_risk_is_a_share_and_a_matching_sheet_never_raises_it(
    overstatements: list[int], margin: int
) -> None:
    measure = gauge(margin, stack=40)

    before = risk(overstatements, measure)

    assert 0 <= risk([*overstatements, 0], measure) <= before <= 1


@pytest.mark.parametrize("share_wrong", ["just enough", "all one can"])
def test_a_wrong_outcome_passes_at_most_as_often_as_the_limit_says(
    share_wrong: str,
) -> None:
    """120 sheets, recorded 12 above the bound; on paper the bound is not passed."""
    rng = Random(20120901)
    size, margin, runs, limit = 120, 12, 3000, Fraction(10, 100)
    wrong = margin if share_wrong == "just enough" else 40
    errors = [1] * wrong + [0] * (size - wrong)
    measure = gauge(margin, stack=size)

    passed = 0
    for _ in range(runs):
        order = rng.sample(errors, size - 30)
        passed += risk(order, measure) <= limit

    assert passed / runs <= 0.1
    assert passed > 0 or wrong > margin  # the bound is nearly used where it is met


def test_a_mark_of_people_present_is_a_number_of_sheets() -> None:
    """Over half of 10 present needs 6; recorded 7 is two above "at most 5"."""
    sheets = stack(9, 7)

    found = only(assertions_of(0, sheets=sheets, threshold=HALF, base=10))

    assert (found.kind, found.null_sum) == (AssertionKind.REACHES, 5)
    assert (found.margin(sheets), found.spread) == (2, 1)


def test_who_misses_by_one_sheet_has_the_smallest_margin() -> None:
    sheets = stack(9, 5)

    found = only(assertions_of(0, sheets=sheets, threshold=HALF, base=10))

    assert (found.kind, found.margin(sheets)) == (AssertionKind.MISSES, 1)


@pytest.mark.parametrize(
    ("bound", "agreeing", "kind", "margin"),
    [
        (Bound.OVER, 6, AssertionKind.REACHES, 2),  # 2 * 6 - 10 = 2, above 0
        (Bound.OVER, 5, AssertionKind.MISSES, 1),  # 10 - 2 * 5 = 0, above -1
        (Bound.FROM, 5, AssertionKind.REACHES, 1),  # 0 above -1
        (Bound.FROM, 4, AssertionKind.MISSES, 2),  # 10 - 8 = 2, above 0
    ],
)
def test_a_share_of_the_valid_ballots_is_exact_at_the_edge(
    bound: Bound, agreeing: int, kind: AssertionKind, margin: int
) -> None:
    sheets = [*stack(10, agreeing), sheet(11, YES, is_valid=False)]

    found = only(
        assertions_of(
            0, sheets=sheets, threshold=mark("1/2", bound, Base.VALID), base=10
        )
    )

    assert (found.kind, found.margin(sheets), found.spread) == (kind, margin, 2)


@given(
    agreeing=st.integers(0, 12),
    invalid=st.integers(0, 3),
    bound=st.sampled_from(Bound),
    base=st.sampled_from([Base.VALID, Base.PRESENT]),
    share=st.sampled_from(["1/3", "1/2", "2/3", "30/100"]),
)
def test_an_outcome_is_wrong_exactly_when_one_of_its_sums_is_not_above_its_bound(
    agreeing: int, invalid: int, bound: Bound, base: Base, share: str
) -> None:
    """Whatever the paper says, the assertion of the record holds if the results agree."""
    torn = [sheet(100 + n, YES, is_valid=False) for n in range(invalid)]
    recorded = [*stack(12, agreeing), *torn]
    threshold = mark(share, bound, base)
    found = only(assertions_of(0, sheets=recorded, threshold=threshold, base=12))

    for truly in range(13):
        paper = [*stack(12, truly), *torn]
        true_one = only(assertions_of(0, sheets=paper, threshold=threshold, base=12))
        holds = found.margin(paper) > 0
        assert holds is (found.kind is true_one.kind)


def test_over_the_cap_who_passed_is_ahead_of_who_did_not() -> None:
    sheets = stack(10, 9, 7, 6)

    found = assertions_of(0, sheets=sheets, threshold=HALF, base=10, cap=2)

    assert [
        (one.kind, one.line, one.rival, one.margin(sheets), one.spread) for one in found
    ] == [
        (AssertionKind.REACHES, 0, None, 4, 1),
        (AssertionKind.REACHES, 1, None, 2, 1),
        (AssertionKind.AHEAD, 0, 2, 3, 2),
        (AssertionKind.AHEAD, 1, 2, 1, 2),
    ]


def test_of_nominees_tied_at_the_cap_the_record_settles_nothing() -> None:
    sheets = stack(10, 9, 7, 7)

    found = assertions_of(0, sheets=sheets, threshold=HALF, base=10, cap=2)

    assert [one.line for one in found] == [0]


def test_an_invalid_sheet_is_worth_nothing_and_the_least_is_known() -> None:
    ahead = Assertion(
        contest=0, line=0, rival=1, kind=AssertionKind.AHEAD, for_agree=1, null_sum=0
    )

    assert ahead.worth(sheet(1, YES, NO)) == 1
    assert ahead.worth(sheet(1, NO, YES)) == -1
    assert ahead.worth(sheet(1, YES, YES)) == 0
    assert ahead.worth(sheet(1, YES, NO, is_valid=False)) == 0
    assert ahead.least_worth == -1
