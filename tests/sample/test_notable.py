"""Each notable case of the district shows exactly what its key says."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kecan.regulations.facts import (
    DepartureKind,
    DisciplineForm,
    PersonFacts,
    ProfessionLevel,
    RatingGrade,
    TrainingKind,
)
from kecan.regulations.retirement import remaining_months
from kecan.sample.district import DAY, District, build_district
from kecan.sample.notable import CASES
from kecan.vocabulary import Month, PartialDate, Sex

DISTRICTS = [build_district(seed=seed) for seed in (1, 2022)]
EVERY_SEED = pytest.mark.parametrize("district", DISTRICTS, ids=["1", "2022"])
REFERENCE = Month(2025, 6)


def _case(district: District, name: str) -> PersonFacts:
    people = {person.person_id: person for person in district.register.people}
    return people[district.notable[name]]


def _remaining(person: PersonFacts, *, at: Month) -> int:
    assert person.born is not None
    assert person.sex is not None
    return remaining_months(
        born=person.born,
        sex=person.sex,
        at=at,
        as_of=DAY,
        retires_at=person.retires_at,
    )


def test_every_case_is_found_by_its_key_and_says_what_it_means() -> None:
    assert set(DISTRICTS[0].notable) == set(CASES)
    assert all(case.meaning.endswith(".") for case in CASES.values())


def test_no_two_cases_are_the_same_person() -> None:
    assert len(set(DISTRICTS[0].notable.values())) == len(CASES)


@EVERY_SEED
@pytest.mark.parametrize(
    ("name", "sex", "months"),
    [
        ("man_just_old_enough", Sex.MALE, 60),
        ("man_one_month_too_old", Sex.MALE, 59),
        ("woman_just_old_enough", Sex.FEMALE, 60),
        ("woman_one_month_too_old", Sex.FEMALE, 59),
    ],
)
def test_the_border_cases_lie_on_both_sides_of_sixty_months(
    district: District, name: str, sex: Sex, months: int
) -> None:
    person = _case(district, name)

    assert person.sex is sex
    assert _remaining(person, at=REFERENCE) == months


@EVERY_SEED
@pytest.mark.parametrize(
    ("young", "old"),
    [
        ("man_just_old_enough", "man_one_month_too_old"),
        ("woman_just_old_enough", "woman_one_month_too_old"),
    ],
)
def test_the_border_cases_were_born_a_day_apart(
    district: District, young: str, old: str
) -> None:
    one, other = _case(district, young).born, _case(district, old).born

    assert one is not None
    assert other is not None
    assert (one.earliest - other.earliest).days == 1


@EVERY_SEED
def test_a_woman_who_retires_at_sixty_serves_long_enough_only_by_that(
    district: District,
) -> None:
    person = _case(district, "woman_retiring_at_sixty")
    assert person.born is not None

    by_law = remaining_months(born=person.born, sex=Sex.FEMALE, at=REFERENCE, as_of=DAY)
    assert by_law < 60
    assert _remaining(person, at=REFERENCE) == 61


@EVERY_SEED
def test_two_people_share_name_sex_and_birth_date_and_differ_by_key(
    district: District,
) -> None:
    one = _case(district, "same_name_and_birth_date")
    other = _case(district, "same_name_and_birth_date_twin")

    assert (one.full_name, one.sex, one.born) == (
        other.full_name,
        other.sex,
        other.born,
    )
    assert one.person_id != other.person_id


@EVERY_SEED
@pytest.mark.parametrize(
    ("name", "form", "expires"),
    [
        ("reprimand_in_effect", DisciplineForm.REPRIMAND, date(2022, 9, 14)),
        ("reprimand_expired", DisciplineForm.REPRIMAND, date(2019, 10, 5)),
        ("warning_expired", DisciplineForm.WARNING, date(2021, 4, 14)),
        ("warning_without_stated_expiry", DisciplineForm.WARNING, None),
        ("dismissed_from_post", DisciplineForm.DISMISSAL, date(2018, 2, 7)),
        ("reviewed_only", DisciplineForm.REVIEWED_ONLY, None),
        ("limitation_expired", DisciplineForm.LIMITATION_EXPIRED, None),
        ("under_consideration", DisciplineForm.UNDER_CONSIDERATION, None),
        ("not_disciplined", DisciplineForm.NOT_DISCIPLINED, None),
    ],
)
def test_the_disciplinary_cases_have_their_form_and_expiry(
    district: District, name: str, form: DisciplineForm, expires: date | None
) -> None:
    (matter,) = _case(district, name).disciplines

    assert matter.form is form
    assert (matter.expires.earliest if matter.expires else None) == expires


@EVERY_SEED
def test_nobody_but_the_cases_was_disciplined(district: District) -> None:
    assert sum(bool(p.disciplines) for p in district.register.people) == 9


@EVERY_SEED
def test_the_ratings_of_the_cases_are_what_they_should_be(district: District) -> None:
    def grades(name: str) -> list[RatingGrade]:
        return [one.grade for one in _case(district, name).ratings][-3:]

    good, completed = RatingGrade.GOOD, RatingGrade.COMPLETED
    assert grades("ratings_missing") == []
    assert grades("not_completed")[-1] is RatingGrade.NOT_COMPLETED
    assert grades("no_longer_strives") == [good, completed, completed]
    assert grades("rated_completed_once")[1] is completed


@EVERY_SEED
def test_only_the_rating_cases_fell_below_good_in_the_last_three_years(
    district: District,
) -> None:
    fallen = {
        person.person_id
        for person in district.register.people
        if any(r.year >= 2019 and r.grade.rank > 1 for r in person.ratings)
    }

    assert fallen == {
        district.notable[name]
        for name in ("not_completed", "no_longer_strives", "rated_completed_once")
    }


@EVERY_SEED
def test_the_missing_standards_are_missing(district: District) -> None:
    no_theory = _case(district, "no_political_theory")
    outsider = _case(district, "not_a_party_member")
    below = _case(district, "below_standard")
    failed = _case(district, "fails_political_standard")

    assert not [t for t in no_theory.trainings if t.kind is TrainingKind.THEORY]
    assert (outsider.party_joined, outsider.party_official) == (None, None)
    assert [t.level for t in below.trainings if t.level] == [ProfessionLevel.COLLEGE]
    assert failed.political_conclusions[-1].meets_standard is False


@EVERY_SEED
@pytest.mark.parametrize(
    ("name", "kind", "day"),
    [
        ("left", DepartureKind.TRANSFERRED, date(2021, 8, 1)),
        ("retired", DepartureKind.RETIRED, date(2022, 5, 1)),
    ],
)
def test_who_left_holds_no_office_since(
    district: District, name: str, kind: DepartureKind, day: date
) -> None:
    person = _case(district, name)

    (departure,) = person.departures
    assert (departure.kind, departure.left.earliest) == (kind, day)
    assert person.offices_on(day) == ()
    assert len(person.offices_on(date(2021, 7, 31))) == 1


@EVERY_SEED
def test_the_retired_person_left_after_the_month_of_retirement(
    district: District,
) -> None:
    assert _remaining(_case(district, "retired"), at=Month(2022, 4)) == 0


@EVERY_SEED
def test_people_with_several_offices_hold_them_on_the_day(district: District) -> None:
    def held(name: str) -> set[str]:
        offices = _case(district, name).offices_on(DAY)
        return {str(office.post_id) for office in offices}

    assert held("holds_three_offices") == {"PBTTT", "CTHD", "UVBTV", "UVBCH"}
    assert held("holds_two_offices") == {"BT-X12", "HD-X12"}
    assert "T-TCKH" in held("already_holds")
    assert "UVBTV" in held("already_holds_higher")


@EVERY_SEED
def test_the_other_cases_are_as_named(district: District) -> None:
    load = Counter(entry.person_id for entry in district.register.plan)

    assert _case(district, "year_only_birth").born == PartialDate(1974)
    assert len(_case(district, "long_name").full_name.split()) == 9
    assert load[district.notable["planned_for_four_posts"]] == 4
    assert [n for n in load.values() if n > 3] == [4]
