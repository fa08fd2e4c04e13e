"""Every invented dossier could be true: its dates follow one another."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from random import Random

import pytest

from kecan.regulations.facts import PersonFacts, TheoryLevel
from kecan.sample.careers import Career, Stage, invent_person
from kecan.sample.district import DAY, build_district
from kecan.sample.papers import written_day
from kecan.vocabulary import PartialDate, PersonId, Sex

PEOPLE = [
    person for seed in (1, 7, 2022) for person in build_district(seed=seed).register.people
]  # fmt: skip
PAPER = re.compile(
    r"(Quyết định|Nghị quyết|Thông báo|Kết luận)( \w+)* số \d+[-/][\w/Đ-]+"
    r" ngày \d\d/\d{1,2}/\d{4}"
)


def _career(*stages: Stage, born: int = 1980, held: int = 0) -> PersonFacts:
    ladder = tuple(stages)
    return invent_person(
        Career(
            person_id=PersonId("1"),
            sex=Sex.MALE,
            born=PartialDate(born),
            field="luật",
            held=ladder[len(ladder) - held :],
            ladder=ladder[: len(ladder) - held],
        ),
        rng=Random(1),
    )


def test_nobody_joins_the_party_before_eighteen() -> None:
    for person in PEOPLE:
        if person.party_joined is not None and person.born is not None:
            eighteenth = person.born.latest.replace(year=person.born.year + 18, day=28)
            assert person.party_joined.earliest >= eighteenth


def test_official_membership_follows_a_year_after_joining() -> None:
    for person in PEOPLE:
        if person.party_joined is not None and person.party_official is not None:
            assert person.party_official.year == person.party_joined.year + 1


def test_offices_begin_after_twenty_three_and_end_after_they_began() -> None:
    for person in PEOPLE:
        assert person.born is not None
        for office in person.offices:
            assert office.since.year - person.born.year >= 24
            assert office.since.earliest <= DAY
            if office.until is not None:
                assert office.since.earliest < office.until.earliest <= DAY


def test_what_came_before_todays_post_follows_without_a_gap() -> None:
    for person in PEOPLE:
        past = [one for one in person.offices if one.until is not None]
        now = [one for one in person.offices if one.until is None]
        for earlier, later in pairwise(past):
            assert earlier.until == later.since
        if past and now:
            assert past[-1].until == now[0].since


def test_most_leaders_held_two_offices_or_more_before() -> None:
    district = build_district(seed=1)
    climbed = [
        person
        for person in district.holders("UVBTV")
        if sum(office.until is not None for office in person.offices) >= 2
    ]

    assert len(climbed) >= 8


def test_every_office_names_a_numbered_and_dated_paper() -> None:
    for person in PEOPLE:
        for office in person.offices:
            assert PAPER.fullmatch(office.source), office.source
            assert written_day(office.since.earliest) in office.source


def test_every_rating_merit_and_conclusion_names_its_paper() -> None:
    for person in PEOPLE:
        papers = [
            *(fact.source for fact in person.ratings),
            *(fact.source for fact in person.commendations),
            *(fact.source for fact in person.political_conclusions),
            *(fact.source for fact in person.disciplines),
            *(fact.source for fact in person.departures),
        ]
        assert [paper for paper in papers if not PAPER.fullmatch(paper)] == []


def test_every_training_was_completed_by_2021_and_after_twenty_one() -> None:
    for person in PEOPLE:
        assert person.born is not None
        for training in person.trainings:
            assert training.completed is not None
            assert training.completed.year <= 2021
            assert training.completed.year - person.born.year >= 22
            assert training.source


def test_a_rating_is_decided_in_the_december_of_its_year() -> None:
    for person in PEOPLE:
        for rating in person.ratings:
            assert rating.decided is not None
            assert (rating.decided.year, rating.decided.month) == (rating.year, 12)


def test_no_discipline_expires_before_it_is_decided() -> None:
    for person in PEOPLE:
        for matter in person.disciplines:
            if matter.expires is not None:
                assert matter.decided.earliest < matter.expires.earliest


def test_nobody_starts_work_before_the_first_degree() -> None:
    for person in PEOPLE:
        degrees = [one.completed for one in person.trainings if one.level is not None]
        assert degrees[0] is not None
        assert person.offices[0].since.earliest > degrees[0].latest


def test_the_secretary_came_through_the_peoples_committee() -> None:
    (secretary,) = build_district(seed=1).holders("BT")

    past = [str(one.post_id) for one in secretary.offices if one.until is not None]
    assert past[-2:] == ["PCTKT", "PBT"]


def test_one_decision_confirmed_all_members_of_the_committee() -> None:
    district = build_district(seed=1)
    papers = {
        office.source
        for person in district.holders("UVBCH")
        for office in person.offices
        if office.post_id in {"UVBCH", "UVBTV"}
    }

    assert papers == {"Quyết định số 2281-QĐ/TU ngày 06/8/2020"}


def test_leaders_have_advanced_theory() -> None:
    for person in build_district(seed=1).holders("UVBTV"):
        levels = {one.theory for one in person.trainings if one.theory is not None}
        assert levels == {TheoryLevel.ADVANCED}


def test_a_person_without_an_office_has_no_ladder_to_end() -> None:
    assert _career().offices == ()


def test_a_ladder_without_a_post_at_its_end_stays_in_the_past() -> None:
    person = _career(Stage(title="Chuyên viên", unit_name="UBND huyện"))

    assert [one.until is None for one in person.offices] == [False]


def test_a_ladder_keeps_only_the_upper_stages_there_is_time_for() -> None:
    stages = [Stage(title=f"Bậc {n}", unit_name="UBND huyện") for n in range(30)]

    offices = _career(*stages, born=1985).offices

    assert len(offices) < 12
    assert offices[-1].title == "Bậc 29"


def test_a_late_starter_holds_the_post_from_the_first_day() -> None:
    office, *_ = _career(
        Stage(title="Trưởng phòng", unit_name="UBND huyện"), born=1994, held=1
    ).offices

    assert office.since.year <= 2019
    assert office.until is None


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2016, 3, 5), "05/3/2016"),
        (date(2016, 1, 5), "05/01/2016"),
        (date(2016, 2, 28), "28/02/2016"),
        (date(2016, 12, 31), "31/12/2016"),
    ],
)
def test_a_day_is_written_as_papers_write_it(day: date, written: str) -> None:
    assert written_day(day) == written
