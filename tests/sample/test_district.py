"""The demonstration district is plausible, repeatable and of the size it must have."""

from __future__ import annotations

from collections import Counter

import pytest

from kecan.regulations.chains import load_chain, seat
from kecan.regulations.facts import PersonFacts, TrainingKind, UnitKind
from kecan.sample.district import DAY, District, build_district
from kecan.sample.people import SCARCE_FIELDS
from kecan.vocabulary import Line, Sex

SEEDS = (1, 7, 2022)
DISTRICT: District = build_district(seed=1)
PEOPLE = {person.person_id: person for person in DISTRICT.register.people}
EVERY_SEED = pytest.mark.parametrize(
    "district", [build_district(seed=seed) for seed in SEEDS], ids=map(str, SEEDS)
)


def _summoned(district: District, step: int) -> int:
    posts = {post.post_id: post for post in district.register.posts}
    units = {unit.unit_id: unit for unit in district.register.units}
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
        for person in district.register.people
    )


def _fields(person: PersonFacts) -> set[str]:
    return {
        one.field for one in person.trainings if one.kind is TrainingKind.PROFESSION
    }


def test_the_same_seed_gives_the_same_district_and_another_seed_another() -> None:
    assert build_district(seed=1) == DISTRICT
    assert build_district(seed=2).register != DISTRICT.register


@EVERY_SEED
def test_the_district_has_120_people_and_45_planned_posts(district: District) -> None:
    planned = [post for post in district.register.posts if post.is_planned]

    assert (len(district.register.people), len(planned)) == (120, 45)


@EVERY_SEED
def test_the_three_conferences_have_90_41_and_13_people(district: District) -> None:
    assert [_summoned(district, step) for step in range(3)] == [90, 41, 13]


@EVERY_SEED
def test_the_members_of_both_bodies_fill_the_seats(district: District) -> None:
    assert len(district.holders("UVBCH")) == 41
    assert len(district.holders("UVBTV")) == 13


def test_the_district_has_22_communes_of_which_one_is_its_town() -> None:
    names = [u.name for u in DISTRICT.register.units if u.kind is UnitKind.COMMUNE]

    assert len(names) == 22
    assert [name for name in names if name.startswith("Thị trấn")] == [
        "Thị trấn Thạch Bình"
    ]


def test_a_post_with_one_seat_has_at_most_one_holder() -> None:
    for post in DISTRICT.register.posts:
        assert len(DISTRICT.holders(post.post_id)) <= post.seats


def test_a_title_reads_as_an_officer_writes_it() -> None:
    titles = {str(post.post_id): post.title for post in DISTRICT.register.posts}

    assert titles["P-UBKT"] == "Phó Chủ nhiệm Uỷ ban Kiểm tra Huyện uỷ"
    assert titles["T-VPHU"] == "Chánh Văn phòng Huyện uỷ"
    assert titles["P-KT"] == "Phó Trưởng phòng Kinh tế"
    assert titles["T-BQLDA"] == "Giám đốc Ban Quản lý dự án đầu tư xây dựng"
    assert titles["BT-X22"] == "Bí thư Đảng uỷ thị trấn Thạch Bình"


@EVERY_SEED
def test_the_leadership_has_few_women(district: District) -> None:
    members = district.holders("UVBCH")
    women = [one for one in members if one.sex is Sex.FEMALE]

    assert 6 <= len(women) <= 9
    assert len(women) * 4 < len(members)


@EVERY_SEED
def test_the_plan_of_each_body_has_fewer_women_than_a_quarter(
    district: District,
) -> None:
    people = {person.person_id: person for person in district.register.people}
    for body in ("UVBCH", "UVBTV"):
        planned = [
            people[entry.person_id]
            for entry in district.register.plan
            if entry.post_id == body
        ]
        women = [one for one in planned if one.sex is Sex.FEMALE]

        assert women
        assert len(women) * 4 < len(planned)


@EVERY_SEED
def test_economic_and_technical_training_is_short_and_law_is_not(
    district: District,
) -> None:
    trained = [one for p in district.register.people for one in _fields(p)]
    scarce = sum(field in SCARCE_FIELDS for field in trained)
    people = {person.person_id: person for person in district.register.people}
    asking = {
        post.post_id: set(post.fitting_fields)
        for post in district.register.posts
        if post.is_planned
        and post.fitting_fields
        and SCARCE_FIELDS.issuperset(post.fitting_fields)
    }
    entries = [e for e in district.register.plan if e.post_id in asking]
    fit = [
        entry
        for entry in entries
        if _fields(people[entry.person_id]) & asking[entry.post_id]
    ]

    assert scarce < trained.count("luật")
    assert set(asking) == {
        "PCTKT", "T-TCKH", "T-QLDT", "T-TNMT", "T-BQLDA", "T-PTQD", "P-TCKH",
    }  # fmt: skip
    assert len(fit) * 2 < len(entries)


@EVERY_SEED
def test_nearly_every_tenth_person_belongs_to_a_minority(district: District) -> None:
    groups = Counter(person.ethnicity for person in district.register.people)

    assert groups == {
        "Kinh": 108, "Mường": 6, "Tày": 2, "Thái": 1, "Dao": 1, "Mông": 1, "Ê Đê": 1,
    }  # fmt: skip


@EVERY_SEED
def test_nobody_is_called_like_those_who_speak_sign_or_log_in(
    district: District,
) -> None:
    names = Counter(person.full_name for person in district.register.people)

    assert names["Lê Quang Thắng"] == names["Nguyễn Thu Hà"] == 1
    assert names["Nguyễn Văn Hải"] == 2


def test_the_plan_covers_both_lines_of_the_current_term() -> None:
    lines = {post.post_id: post.line for post in DISTRICT.register.posts}
    terms = {
        (lines[entry.post_id], entry.first_year, entry.last_year)
        for entry in DISTRICT.register.plan
    }

    assert terms == {(Line.PARTY, 2020, 2025), (Line.GOVERNMENT, 2021, 2026)}


@EVERY_SEED
def test_nobody_is_behind_one_technical_post_and_two_or_more_behind_the_others(
    district: District,
) -> None:
    behind = Counter(entry.post_id for entry in district.register.plan)
    planned = {p.post_id for p in district.register.posts if p.is_planned}

    assert planned - set(behind) == {"T-QLDT"}
    assert min(behind.values()) >= 2


def test_no_person_is_planned_twice_for_one_post() -> None:
    pairs = Counter((e.person_id, e.post_id) for e in DISTRICT.register.plan)

    assert max(pairs.values()) == 1


def test_the_decision_of_the_plan_comes_from_the_level_that_manages_the_post() -> None:
    decisions = {e.post_id: e.decision for e in DISTRICT.register.plan}

    assert decisions["PCTKT"] == "Quyết định số 3124-QĐ/TU ngày 20/12/2019"  # type: ignore[index]
    assert decisions["T-KT"] == "Quyết định số 1187-QĐ/HU ngày 27/12/2019"  # type: ignore[index]
