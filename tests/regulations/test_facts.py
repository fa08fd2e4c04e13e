"""Dated facts: the record of a past day holds nothing that came later."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from tests.regulations.model_person import HEAD, PERSON, TARGET, UNIT
from tests.strategies import days, people

from kecan.regulations.facts import (
    AnnualRating,
    OfficeHeld,
    PersonFacts,
    PlanEntry,
    Post,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    Register,
    TheoryLevel,
    Unit,
    UnitKind,
)
from kecan.vocabulary import Level, Line, PartialDate, PersonId, PostId, UnitId

HU = Unit(unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT)


def test_an_office_that_ended_later_was_still_held() -> None:
    office = OfficeHeld(
        post_id=None,
        title="Phó Trưởng phòng",
        since=PartialDate(2015, 3, 1),
        until=PartialDate(2020, 6, 1),
    )
    person = PersonFacts(
        person_id=PersonId("P"), full_name="Lò Thị Ỷ", offices=(office,)
    )

    then = person.known_on(date(2018, 1, 1))

    assert then.offices[0].until is None


def test_the_last_day_of_an_office_is_the_day_before_it_ended() -> None:
    office = OfficeHeld(
        post_id=None,
        title="Trưởng phòng",
        since=PartialDate(2015, 3, 1),
        until=PartialDate(2020, 6, 1),
    )

    assert office.is_held_on(date(2020, 5, 31))
    assert not office.is_held_on(date(2020, 6, 1))


def test_an_office_is_held_from_its_first_day() -> None:
    office = OfficeHeld(post_id=None, title="T", since=PartialDate(2015, 3, 1))

    assert not office.is_held_on(date(2015, 2, 28))
    assert office.is_held_on(date(2015, 3, 1))


def test_a_rating_without_a_day_is_known_from_the_end_of_its_year() -> None:
    rating = AnnualRating(year=2021, grade=RatingGrade.GOOD)
    person = PersonFacts(person_id=PersonId("P"), full_name="A", ratings=(rating,))

    assert person.known_on(date(2021, 12, 30)).ratings == ()
    assert person.known_on(date(2021, 12, 31)).ratings == (rating,)


def test_party_dates_after_the_day_are_not_known_yet() -> None:
    then = PERSON.known_on(date(2005, 6, 1))

    assert then.party_joined == PartialDate(2005, 2, 3)
    assert then.party_official is None


@given(person=people(), day=days())
def test_what_is_known_on_a_day_stays_so_when_asked_twice(
    person: PersonFacts, day: date
) -> None:
    known = person.known_on(day)

    assert known.known_on(day) == known


@given(person=people(), day=days(), later=days())
def test_what_was_known_earlier_is_found_through_any_later_day(
    person: PersonFacts, day: date, later: date
) -> None:
    first, last = sorted((day, later))

    assert person.known_on(last).known_on(first) == person.known_on(first)


def test_levels_and_grades_are_ordered() -> None:
    assert ProfessionLevel.MASTER.rank > ProfessionLevel.BACHELOR.rank
    assert TheoryLevel.ADVANCED.rank > TheoryLevel.INTERMEDIATE.rank
    assert RatingGrade.EXCELLENT.rank < RatingGrade.GOOD.rank


def test_a_post_without_a_seat_does_not_exist() -> None:
    with pytest.raises(ValueError, match="0 seats"):
        Post(
            post_id=PostId("X"),
            title="X",
            unit_id=UNIT,
            kind=PostKind.HEAD,
            level=Level.DISTRICT,
            line=Line.PARTY,
            seats=0,
        )


def test_a_register_refuses_the_same_id_twice() -> None:
    with pytest.raises(ValueError, match="person CB01 appears twice"):
        Register(units=(HU,), posts=(HEAD,), people=(PERSON, PERSON))


def test_a_register_refuses_a_post_of_an_unknown_unit() -> None:
    with pytest.raises(ValueError, match="unknown unit HU"):
        Register(posts=(TARGET,))


def test_a_register_refuses_an_office_of_an_unknown_post() -> None:
    with pytest.raises(ValueError, match="unknown post TP-TC"):
        Register(units=(HU,), people=(PERSON,))


def test_a_register_refuses_a_plan_of_an_unknown_person() -> None:
    entry = PlanEntry(
        person_id=PersonId("?"),
        post_id=TARGET.post_id,
        first_year=2020,
        last_year=2025,
    )

    with pytest.raises(ValueError, match=r"unknown person \?"):
        Register(units=(HU,), posts=(HEAD, TARGET), people=(PERSON,), plan=(entry,))


def test_a_unit_may_name_those_merged_into_it() -> None:
    merged = Unit(
        unit_id=UnitId("X2"),
        name="Xã mới",
        kind=UnitKind.COMMUNE,
        level=Level.COMMUNE,
        predecessors=(UnitId("X1"),),
    )

    assert merged.predecessors == (UnitId("X1"),)
