"""Plants the cases the demonstration and the tests point at, one person each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.regulations.facts import (
    AnnualRating,
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    PersonFacts,
    PlanEntry,
    PoliticalConclusion,
    RatingGrade,
    TrainingKind,
)
from kecan.vocabulary import PartialDate, PersonId, PostId, Sex

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Change = dict[str, object]
_RETIRES_AT_SIXTY = 720


def plant_notable_cases(
    people: Sequence[PersonFacts], plan: Sequence[PlanEntry]
) -> tuple[tuple[PersonFacts, ...], tuple[PlanEntry, ...], dict[str, PersonId]]:
    """Give named people the facts of each case and plan those who must be reviewed.

    Returns:
        The people, the plan, and the person of each case by its name.
    """
    planted = list(people)
    notable: dict[str, PersonId] = {}
    for case, (holder, change) in _CASES.items():
        index = _holder(planted, holder)
        planted[index] = change(planted[index])
        notable[case] = planted[index].person_id
    twin_of = planted[_holder(planted, "P-YT")]
    index = _holder(planted, "P-TP")
    planted[index] = replace(
        planted[index], full_name=twin_of.full_name, born=twin_of.born, sex=twin_of.sex
    )
    notable["same_name_and_birth_date"] = planted[index].person_id
    notable["same_name_and_birth_date_twin"] = twin_of.person_id
    return tuple(planted), _with_faults(plan, notable), notable


def _holder(people: Sequence[PersonFacts], post_id: str) -> int:
    """Return the place of the person whose first office is ``post_id``."""
    for index, person in enumerate(people):
        held = [office.post_id for office in person.offices if office.post_id]
        if held and held[0] == post_id:
            return index
    msg = f"nobody holds {post_id}"
    raise ValueError(msg)


def _fixed(**change: object) -> Callable[[PersonFacts], PersonFacts]:
    return lambda person: replace(person, **change)  # type: ignore[arg-type]


def _disciplined(
    form: DisciplineForm, *, decided: PartialDate, expires: PartialDate | None = None
) -> Callable[[PersonFacts], PersonFacts]:
    return _fixed(
        disciplines=(
            Discipline(
                form=form,
                decided=decided,
                expires=expires,
                is_remedied=True,
                reason="Thiếu trách nhiệm trong quản lý",
                source="Quyết định số 418-QĐ/UBKTHU",
            ),
        )
    )


def _rated(year: int, grade: RatingGrade) -> Callable[[PersonFacts], PersonFacts]:
    def change(person: PersonFacts) -> PersonFacts:
        rating = AnnualRating(
            year=year,
            grade=grade,
            decided=PartialDate(year, 12, 20),
            source="Thông báo số 219-TB/HU",
        )
        kept = tuple(one for one in person.ratings if one.year != year)
        return replace(person, ratings=(*kept, rating))

    return change


def _without_theory(person: PersonFacts) -> PersonFacts:
    kept = tuple(one for one in person.trainings if one.kind is not TrainingKind.THEORY)
    return replace(person, trainings=kept)


_CASES: dict[str, tuple[str, Callable[[PersonFacts], PersonFacts]]] = {
    # Born on the border of one full term from 06/2025 (district), and one month before it.
    "man_just_old_enough": (
        "P-TCKH",
        _fixed(sex=Sex.MALE, born=PartialDate(1968, 6, 15)),
    ),
    "man_one_month_too_old": (
        "P-KT",
        _fixed(sex=Sex.MALE, born=PartialDate(1968, 5, 15)),
    ),
    "woman_just_old_enough": (
        "P-BTG",
        _fixed(sex=Sex.FEMALE, born=PartialDate(1972, 2, 3)),
    ),
    "woman_one_month_too_old": (
        "P-BDV",
        _fixed(sex=Sex.FEMALE, born=PartialDate(1972, 1, 28)),
    ),
    "woman_retiring_at_sixty": (
        "T-LDTBXH",
        _fixed(
            sex=Sex.FEMALE, born=PartialDate(1970, 7, 1), retires_at=_RETIRES_AT_SIXTY
        ),
    ),
    "year_only_birth": ("P-VPHU", _fixed(born=PartialDate(1974))),
    "over_age": ("T-CCB", _fixed(sex=Sex.MALE, born=PartialDate(1962, 11, 2))),
    "reprimand_in_effect": (
        "T-TNMT",
        _disciplined(
            DisciplineForm.REPRIMAND,
            decided=PartialDate(2021, 9, 14),
            expires=PartialDate(2022, 9, 14),
        ),
    ),
    "reprimand_expired": (
        "T-KT",
        _disciplined(
            DisciplineForm.REPRIMAND,
            decided=PartialDate(2019, 3, 5),
            expires=PartialDate(2020, 3, 5),
        ),
    ),
    "warning_without_stated_expiry": (
        "T-BQLDA",
        _disciplined(DisciplineForm.WARNING, decided=PartialDate(2020, 6, 1)),
    ),
    "under_consideration": (
        "T-PTQD",
        _disciplined(
            DisciplineForm.UNDER_CONSIDERATION, decided=PartialDate(2022, 3, 21)
        ),
    ),
    "not_disciplined": (
        "T-TTYT",
        _disciplined(DisciplineForm.NOT_DISCIPLINED, decided=PartialDate(2021, 5, 18)),
    ),
    "not_completed": ("T-VHTT", _rated(2021, RatingGrade.NOT_COMPLETED)),
    "ratings_missing": ("T-YT", _fixed(ratings=())),
    "fails_political_standard": (
        "P-VHTT",
        _fixed(
            political_conclusions=(
                PoliticalConclusion(
                    concluded=PartialDate(2021, 11, 5),
                    meets_standard=False,
                    source="Kết luận số 77-KL/HU",
                ),
            )
        ),
    ),
    "left": (
        "P-GDDT",
        _fixed(
            departures=(
                Departure(
                    left=PartialDate(2021, 8, 1),
                    kind=DepartureKind.TRANSFERRED,
                    source="Quyết định số 655-QĐ/TU",
                ),
            )
        ),
    ),
    "no_political_theory": ("P-QLDT", _without_theory),
    "not_a_party_member": ("P-TTVH", _fixed(party_joined=None, party_official=None)),
    "long_name": (
        "P-LDTBXH",
        _fixed(full_name="Công Tằng Tôn Nữ Thị Phương Bích Ngọc Lan", sex=Sex.FEMALE),
    ),
    "holds_three_offices": ("PBTTT", lambda person: person),
    "already_holds": ("T-TCKH", lambda person: person),
    "planned_for_four_posts": ("P-BTC", lambda person: person),
}

_FAULTY_ENTRIES = (
    ("over_age", ("UVBTV",)),
    ("reprimand_in_effect", ("PCTKT",)),
    ("not_completed", ("UVBCH",)),
    ("fails_political_standard", ("T-VHTT",)),
    ("left", ("T-GDDT",)),
    ("already_holds", ("T-TCKH",)),
    ("planned_for_four_posts", ("T-BTC", "T-UBKT", "T-VPHU", "UVBCH")),
    ("reprimand_expired", ("PCTHD",)),
    ("man_one_month_too_old", ("T-KT",)),
)
_PARTY_POSTS = frozenset({"UVBTV", "UVBCH", "T-BTC", "T-UBKT", "T-VPHU"})


def _with_faults(
    plan: Sequence[PlanEntry], notable: dict[str, PersonId]
) -> tuple[PlanEntry, ...]:
    template = plan[0]
    planted = {notable[case] for case, _ in _FAULTY_ENTRIES}
    entries = [entry for entry in plan if entry.person_id not in planted]
    for case, posts in _FAULTY_ENTRIES:
        for post in posts:
            first = 2020 if post in _PARTY_POSTS else 2021
            entries.append(
                replace(
                    template,
                    person_id=notable[case],
                    post_id=PostId(post),
                    first_year=first,
                    last_year=first + 5,
                )
            )
    return tuple(entries)
