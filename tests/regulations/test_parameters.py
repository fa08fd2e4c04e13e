"""Where and when a legal value holds, and which of two values is the more precise."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from kecan.regulations.parameters import Parameter, Scope
from kecan.vocabulary import Citation, Confidence, Level, Line, Sentence, Sex

EVERYWHERE = Scope()
DISTRICT = Scope(level=Level.DISTRICT)
PARTY_LINE = Scope(line=Line.PARTY)
DISTRICT_PARTY = Scope(level=Level.DISTRICT, line=Line.PARTY)


def _parameter(*, until: date | None) -> Parameter:
    return Parameter(
        key="planning.max_people_per_post",
        scope=EVERYWHERE,
        effective_from=date(2021, 12, 27),
        effective_until=until,
        value=3,
        unit="people",
        description=Sentence("Số người", "People"),
        source=Citation(document="50-QĐ/TW", dated=date(2021, 12, 27)),
        confidence=Confidence.VERIFIED,
    )


def test_a_value_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    value = _parameter(until=date(2025, 10, 8))

    assert not value.holds_on(date(2021, 12, 26))
    assert value.holds_on(date(2021, 12, 27))
    assert value.holds_on(date(2025, 10, 7))
    assert not value.holds_on(date(2025, 10, 8))


def test_a_value_without_an_end_holds_on() -> None:
    assert _parameter(until=None).holds_on(date(2199, 1, 1))


def test_a_value_for_everywhere_answers_for_any_place() -> None:
    assert EVERYWHERE.covers(DISTRICT_PARTY)
    assert EVERYWHERE.covers(EVERYWHERE)


def test_a_value_for_one_level_answers_for_no_other_and_not_for_all() -> None:
    assert DISTRICT.covers(DISTRICT_PARTY)
    assert not DISTRICT.covers(Scope(level=Level.COMMUNE))
    assert not DISTRICT.covers(EVERYWHERE)


def test_each_place_named_makes_a_scope_more_precise() -> None:
    full = Scope(
        level=Level.DISTRICT, line=Line.PARTY, term="2025-2030", sex=Sex.FEMALE
    )

    assert [scope.precision for scope in (EVERYWHERE, DISTRICT, full)] == [0, 1, 4]


@pytest.mark.parametrize(
    ("one", "other", "are_rivals"),
    [
        (DISTRICT, DISTRICT, True),
        (DISTRICT, PARTY_LINE, True),
        (DISTRICT, Scope(level=Level.COMMUNE), False),
        (DISTRICT, DISTRICT_PARTY, False),
        (EVERYWHERE, DISTRICT, False),
    ],
)
def test_two_values_are_rivals_when_neither_wins_where_both_answer(
    one: Scope, other: Scope, *, are_rivals: bool
) -> None:
    assert one.rivals(other) is are_rivals
    assert other.rivals(one) is are_rivals


def test_of_two_scopes_that_answer_together_one_wins_or_they_are_rivals() -> None:
    scopes = [
        Scope(level=level, line=line, term=term)
        for level, line, term in product(
            (None, Level.DISTRICT, Level.COMMUNE),
            (None, Line.PARTY),
            (None, "2025-2030"),
        )
    ]
    full = [scope for scope in scopes if scope.precision == 3]

    for asked, one, other in product(full, scopes, scopes):
        if one.covers(asked) and other.covers(asked):
            assert one.rivals(other) == (one.precision == other.precision)


def test_a_scope_is_named_by_its_places() -> None:
    assert str(DISTRICT_PARTY) == "district party"
    assert str(EVERYWHERE) == ""
