"""The demonstration district is plausible, repeatable and holds its planted cases."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import TYPE_CHECKING

from kecan.regulations.chains import load_chain, seat
from kecan.sample.district import DAY, District, build_district
from kecan.sample.rounds import SIZES, build_rounds
from kecan.sample.scenario import (
    BallotShape,
    invent_favour,
    key_with_slips,
    mark_sheets,
    who_is_present,
)
from kecan.tally import LineState, compare_keyings

if TYPE_CHECKING:
    from kecan.regulations.facts import PersonFacts

DISTRICT: District = build_district(seed=1)
PEOPLE = {person.person_id: person for person in DISTRICT.register.people}


def _case(name: str) -> PersonFacts:
    return PEOPLE[DISTRICT.notable[name]]


def _summoned(step: int) -> int:
    posts = {post.post_id: post for post in DISTRICT.register.posts}
    units = {unit.unit_id: unit for unit in DISTRICT.register.units}
    categories = load_chain("seed-2022").steps[step].categories
    return sum(
        seat(
            [
                (posts[office.post_id], units[posts[office.post_id].unit_id])
                for office in person.offices_on(DAY)
                if office.post_id is not None
            ],
            categories,
        )
        is not None
        for person in DISTRICT.register.people
    )


def test_the_same_seed_gives_the_same_district_and_another_seed_another() -> None:
    assert build_district(seed=1) == DISTRICT
    assert build_district(seed=2).register != DISTRICT.register


def test_the_district_has_120_people_and_45_planned_posts() -> None:
    planned = [post for post in DISTRICT.register.posts if post.is_planned]

    assert (len(DISTRICT.register.people), len(planned)) == (120, 45)


def test_the_three_conferences_have_about_90_45_and_13_people() -> None:
    assert [_summoned(step) for step in range(3)] == [87, 41, 13]


def test_nobody_joins_the_party_as_a_child() -> None:
    for person in PEOPLE.values():
        if person.party_joined is not None and person.born is not None:
            assert person.party_joined.year - person.born.year >= 18


def test_two_people_share_name_and_birth_date_and_differ_by_key() -> None:
    one, other = (
        _case("same_name_and_birth_date"),
        _case("same_name_and_birth_date_twin"),
    )

    assert (one.full_name, one.born) == (other.full_name, other.born)
    assert one.person_id != other.person_id


def test_somebody_is_planned_for_four_posts() -> None:
    load = Counter(entry.person_id for entry in DISTRICT.register.plan)

    assert load[DISTRICT.notable["planned_for_four_posts"]] == 4


def test_one_person_holds_several_offices() -> None:
    assert len(_case("holds_three_offices").offices_on(DAY)) >= 3


def test_economics_and_engineering_are_scarce() -> None:
    fields = Counter(
        training.field for person in PEOPLE.values() for training in person.trainings
    )

    scarce = fields["kinh tế"] + fields["kỹ thuật"] + fields["xây dựng"]
    assert scarce < fields["luật"]


def test_size_m_adds_up_exactly() -> None:
    rounds = list(build_rounds("M", seed=1))

    assert len(rounds) == SIZES["M"].committees == 60
    assert sum(len(one.people) for one in rounds) == 6_000
    assert sum(len(one.posts) for one in rounds) == 900


def test_marked_sheets_keep_to_the_choices_allowed() -> None:
    rng = Random(5)
    shape = BallotShape(favour=invent_favour([6, 3], rng=rng), max_choices=(4, 2))

    sheets = mark_sheets(shape, issued=200, written_in=["Trần Văn Ước"], rng=rng)

    assert 190 <= len(sheets) <= 200
    for sheet in sheets:
        assert sheet.choices(0) <= 4
        assert sheet.states[1].count(LineState.AGREE) <= 2


def test_a_second_keying_differs_on_as_many_sheets_as_there_are_slips() -> None:
    rng = Random(5)
    shape = BallotShape(favour=((80, 60),), max_choices=(2,))
    sheets = mark_sheets(shape, issued=50, written_in=(), rng=rng)

    again = key_with_slips(sheets, slips=3, rng=rng)

    assert len(compare_keyings(sheets, again)) == 3


def test_somebody_is_always_present() -> None:
    assert any(who_is_present(1, rng=Random(n))[0] for n in range(50))
    assert all(any(who_is_present(1, rng=Random(n))) for n in range(200))
