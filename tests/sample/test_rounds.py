"""The sizes of the benchmarks add up exactly and their registers are plausible."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest

from kecan.sample.rounds import SIZES, Size, build_rounds
from kecan.vocabulary import Level

if TYPE_CHECKING:
    from kecan.regulations.facts import Register

PROVINCE: list[Register] = list(build_rounds("M", seed=1))
COUNTRY: list[Register] = list(islice(build_rounds("L", seed=1), 40))


def test_size_m_adds_up_exactly() -> None:
    assert len(PROVINCE) == SIZES["M"].committees == 60
    assert sum(len(one.people) for one in PROVINCE) == 6_000
    assert sum(len(one.posts) for one in PROVINCE) == 900


def test_size_l_has_34_provinces_and_then_communes() -> None:
    levels = [one.units[0].level for one in COUNTRY]

    assert SIZES["L"].committees == 34 + 3_321
    assert levels[:34] == [Level.PROVINCE] * 34
    assert set(levels[34:]) == {Level.COMMUNE}


def test_a_province_is_larger_than_a_commune() -> None:
    # 120,000 less 34 times 240 are 111,840 over 3,321 communes: 33 or 34 each.
    assert {len(one.people) for one in COUNTRY[:34]} == {240}
    assert {len(one.people) for one in COUNTRY[34:]} <= {33, 34}
    # 25,000 less 34 times 50 are 23,300: 7 or 8 each.
    assert {len(one.posts) for one in COUNTRY[:34]} == {50}
    assert {len(one.posts) for one in COUNTRY[34:]} <= {7, 8}


def test_the_shares_of_size_l_add_up_to_the_whole() -> None:
    shares = [SIZES["L"].share_of(number) for number in range(3_355)]

    assert sum(people for people, _ in shares) == 120_000
    assert sum(posts for _, posts in shares) == 25_000


def test_a_committee_has_the_people_and_posts_of_its_share() -> None:
    for number, one in enumerate(COUNTRY):
        assert (len(one.people), len(one.posts)) == SIZES["L"].share_of(number)


@pytest.mark.parametrize("size", ["M", "L"])
def test_the_same_seed_gives_the_same_rounds_and_another_seed_others(
    size: Size,
) -> None:
    first = next(build_rounds(size, seed=1))

    assert next(build_rounds(size, seed=1)) == first
    assert next(build_rounds(size, seed=2)) != first


def test_no_two_people_units_or_posts_of_a_country_share_a_key() -> None:
    for keys in (
        [p.person_id for one in COUNTRY for p in one.people],
        [u.unit_id for one in COUNTRY for u in one.units],
        [p.post_id for one in COUNTRY for p in one.posts],
    ):
        assert len(set(keys)) == len(keys)


def test_a_key_of_a_person_has_twelve_digits() -> None:
    for one in COUNTRY:
        for person in one.people:
            assert len(person.person_id) == 12
            assert person.person_id.isdecimal()


def test_everybody_holds_a_post_and_no_post_has_more_holders_than_seats() -> None:
    for register in (*PROVINCE[:3], *COUNTRY[:1], *COUNTRY[-3:]):
        holders = {post.post_id: 0 for post in register.posts}
        for person in register.people:
            now = [one.post_id for one in person.offices if one.until is None]
            (held,) = now
            assert held is not None
            holders[held] += 1
        for post in register.posts:
            assert 1 <= holders[post.post_id] <= post.seats


def test_every_post_but_the_lowest_has_two_people_in_the_plan() -> None:
    register = PROVINCE[5]
    planned = [entry.post_id for entry in register.plan]

    assert sorted(planned) == sorted([p.post_id for p in register.posts[:-1]] * 2)
    assert len({(e.person_id, e.post_id) for e in register.plan}) == len(planned)


def test_a_province_of_the_country_has_an_invented_name_of_its_own() -> None:
    names = [one.units[0].name for one in COUNTRY[:34]]

    assert len(set(names)) == 34
    assert all(name.startswith("Tỉnh ") for name in names)


def test_some_dossiers_have_a_fault_and_most_have_none() -> None:
    people = [person for one in PROVINCE for person in one.people]
    disciplined = sum(bool(person.disciplines) for person in people)
    unrated = sum(not person.ratings for person in people)

    assert 60 <= disciplined <= 180  # 20 in a thousand of 6,000 are 120
    assert 30 <= unrated <= 120  # 12 in a thousand are 72
