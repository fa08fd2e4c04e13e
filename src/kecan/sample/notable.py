"""The cases the demonstration and the tests point at, one person each.

What must be fixed before a dossier is invented (birth, sex, name) is a
:class:`Given`; what happened to the person later is a change of the dossier.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.regulations.facts import DepartureKind, DisciplineForm, RatingGrade
from kecan.sample.changes import (
    concluded_against,
    disciplined,
    left,
    rated,
    with_degree_below,
    without_party,
    without_ratings,
    without_theory,
)
from kecan.sample.plan import current_entry
from kecan.vocabulary import PartialDate, PersonId, PostId, Sex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.regulations.facts import PersonFacts, PlanEntry, Post
    from kecan.sample.changes import Change

_RETIRES_AT_SIXTY = 720
_TWIN = "Nguyễn Văn Hải"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is settled about a person before the rest is invented."""

    sex: Sex | None = None
    born: PartialDate | None = None
    full_name: str | None = None
    retires_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person worth pointing at: by main post, with the meaning and the facts.

    ``planned_for`` are entries of the current plan the case adds; a person of a
    case that is ``in_plan`` may be planned for other posts as well.
    """

    post: str
    meaning: str
    given: Given = Given()
    changes: tuple[Change, ...] = ()
    planned_for: tuple[str, ...] = ()
    in_plan: bool = False


_MALE, _FEMALE = Sex.MALE, Sex.FEMALE

CASES: Mapping[str, Case] = {
    # On both sides of one full term from 06/2025, the reference month of the district.
    "man_just_old_enough": Case(post="P-TCKH", meaning="Man born on the first day that leaves 60 months at 06/2025.", given=Given(sex=_MALE, born=PartialDate(1968, 6, 1)), in_plan=True),
    "man_one_month_too_old": Case(post="P-KT", meaning="Man born the day before: 59 months left.", given=Given(sex=_MALE, born=PartialDate(1968, 5, 31)), planned_for=("T-KT",)),
    "woman_just_old_enough": Case(post="P-BTG", meaning="Woman born on the first day that leaves 60 months at 06/2025.", given=Given(sex=_FEMALE, born=PartialDate(1972, 2, 1)), in_plan=True),
    "woman_one_month_too_old": Case(post="P-BDV", meaning="Woman born the day before: 59 months left.", given=Given(sex=_FEMALE, born=PartialDate(1972, 1, 31))),
    "woman_retiring_at_sixty": Case(post="T-LDTBXH", meaning="Woman whose own retirement age is 60, enough for the next term only by it.", given=Given(sex=_FEMALE, born=PartialDate(1970, 7, 1), retires_at=_RETIRES_AT_SIXTY)),
    "year_only_birth": Case(post="P-VPHU", meaning="Born 1974, month unknown.", given=Given(born=PartialDate(1974)), in_plan=True),
    "over_age": Case(post="T-CCB", meaning="Man too old even for the current term, planned for it.", given=Given(sex=_MALE, born=PartialDate(1962, 11, 2)), planned_for=("UVBTV",)),
    "over_age_woman": Case(post="T-LDLD", meaning="Woman too old for the current term, planned for it.", given=Given(sex=_FEMALE, born=PartialDate(1967, 3, 8)), planned_for=("UVBTV",)),
    "same_name_and_birth_date": Case(post="P-TP", meaning="Shares name, sex and birth date with another person.", given=Given(sex=_MALE, born=PartialDate(1979, 9, 12), full_name=_TWIN), in_plan=True),
    "same_name_and_birth_date_twin": Case(post="P-YT", meaning="The other person.", given=Given(sex=_MALE, born=PartialDate(1979, 9, 12), full_name=_TWIN), in_plan=True),
    "long_name": Case(post="P-LDTBXH", meaning="A name of nine words.", given=Given(sex=_FEMALE, full_name="Công Tằng Tôn Nữ Thị Phương Bích Ngọc Lan"), in_plan=True),
    "holds_three_offices": Case(post="PBTTT", meaning="Deputy secretary, council chair, member of both bodies.", in_plan=True),
    "holds_two_offices": Case(post="BT-X12", meaning="Commune secretary who chairs its council.", in_plan=True),
    "reprimand_in_effect": Case(post="T-TNMT", meaning="Reprimanded in 2021, still in effect, planned.", changes=(disciplined(DisciplineForm.REPRIMAND, decided=PartialDate(2021, 9, 14), expires=PartialDate(2022, 9, 14)),), planned_for=("PCTKT",)),
    "reprimand_expired": Case(post="T-KT", meaning="Reprimand of 2019, expired before the plan was decided.", changes=(disciplined(DisciplineForm.REPRIMAND, decided=PartialDate(2018, 10, 5), expires=PartialDate(2019, 10, 5)),), given=Given(born=PartialDate(1975, 4, 20)), planned_for=("PCTHD",)),
    "warning_expired": Case(post="T-TTR", meaning="Warning of 2020, expired, not in the plan.", changes=(disciplined(DisciplineForm.WARNING, decided=PartialDate(2020, 4, 14), expires=PartialDate(2021, 4, 14)),)),
    "warning_without_stated_expiry": Case(post="T-BQLDA", meaning="Warning of 2020; nobody has stated when it expires.", changes=(disciplined(DisciplineForm.WARNING, decided=PartialDate(2020, 6, 1)),)),
    "dismissed_from_post": Case(post="P-TTYT", meaning="Dismissed from an earlier post in 2017; long expired.", changes=(disciplined(DisciplineForm.DISMISSAL, decided=PartialDate(2017, 2, 7), expires=PartialDate(2018, 2, 7)),)),
    "reviewed_only": Case(post="P-GDTX", meaning="Had to account for a fault that is no discipline.", changes=(disciplined(DisciplineForm.REVIEWED_ONLY, decided=PartialDate(2020, 11, 3)),)),
    "limitation_expired": Case(post="P-VPUB", meaning="A fault whose time limit for discipline had passed.", changes=(disciplined(DisciplineForm.LIMITATION_EXPIRED, decided=PartialDate(2021, 7, 22)),)),
    "under_consideration": Case(post="T-PTQD", meaning="A matter is still open.", given=Given(sex=_MALE), changes=(disciplined(DisciplineForm.UNDER_CONSIDERATION, decided=PartialDate(2022, 3, 21)),), planned_for=("UVBCH",)),
    "not_disciplined": Case(post="T-TTYT", meaning="Deserved a discipline that was not imposed.", changes=(disciplined(DisciplineForm.NOT_DISCIPLINED, decided=PartialDate(2021, 5, 18)),)),
    "not_completed": Case(post="T-VHTT", meaning="Did not complete the tasks of 2021, planned.", given=Given(sex=_MALE), changes=(rated(2021, RatingGrade.NOT_COMPLETED),), planned_for=("UVBCH",)),
    "no_longer_strives": Case(post="T-GDTX", meaning="Ratings fall year by year, planned.", given=Given(sex=_MALE), changes=(rated(2019, RatingGrade.GOOD), rated(2020, RatingGrade.COMPLETED), rated(2021, RatingGrade.COMPLETED)), planned_for=("UVBCH",)),
    "rated_completed_once": Case(post="UB-X05", meaning="One year below good in the last three.", changes=(rated(2020, RatingGrade.COMPLETED),)),
    "ratings_missing": Case(post="T-YT", meaning="No annual rating on record, planned.", changes=(without_ratings,), planned_for=("UVBCH",)),
    "fails_political_standard": Case(post="P-VHTT", meaning="The political standard was concluded not to be met, planned.", changes=(concluded_against,), planned_for=("T-VHTT",)),
    "left": Case(post="P-GDDT", meaning="Moved to another district in 2021, still planned.", changes=(left(PartialDate(2021, 8, 1), DepartureKind.TRANSFERRED),), planned_for=("T-GDDT",)),
    "retired": Case(post="P-TTR", meaning="Retired on the roadmap in spring 2022, still planned.", given=Given(sex=_MALE, born=PartialDate(1961, 10, 20)), changes=(left(PartialDate(2022, 5, 1), DepartureKind.RETIRED),), planned_for=("T-TTR",)),
    "below_standard": Case(post="P-PTQD", meaning="College degree where the post asks for a university degree, planned.", changes=(with_degree_below,), planned_for=("T-PTQD",)),
    "no_political_theory": Case(post="P-QLDT", meaning="No political theory on record.", changes=(without_theory,), in_plan=True),
    "not_a_party_member": Case(post="P-TTVH", meaning="No Party membership on record, planned.", changes=(without_party,), planned_for=("T-TTVH",)),
    "already_holds": Case(post="T-TCKH", meaning="Planned for the post held since.", planned_for=("T-TCKH",)),
    "already_holds_higher": Case(post="PCTVX", meaning="Planned for the committee, long in its standing committee.", given=Given(sex=_MALE), planned_for=("UVBCH",)),
    "planned_for_four_posts": Case(post="P-BTC", meaning="Planned for four posts of one level.", given=Given(born=PartialDate(1981, 5, 6)), planned_for=("T-BTC", "T-UBKT", "T-VPHU", "UVBCH")),
}  # fmt: skip
"""Every case by its key in ``District.notable``; ``meaning`` says what it shows."""

NAMED: Mapping[PostId, str] = {
    PostId("BT"): "Lương Khắc Sơn",
    PostId("T-BTC"): "Lê Quang Thắng",
    PostId("CV-BTC"): "Nguyễn Thu Hà",
    PostId("BT-X14"): "Phạm Văn Toàn",
    PostId("P-TNMT"): "Bùi Ngọc Ước",
    PostId("P-UBKT"): "Đặng Hữu Chính",
}
"""Invented names of people who speak, sign or log in on the day, by main post."""

_WOMEN_NAMED = frozenset({PostId("CV-BTC")})


def given_facts() -> Mapping[PostId, Given]:
    """Return what is settled in advance, by main post."""
    named = {
        post: Given(full_name=name, sex=_FEMALE if post in _WOMEN_NAMED else _MALE)
        for post, name in NAMED.items()
    }
    return named | {PostId(case.post): case.given for case in CASES.values()}


def change_people(
    people: Sequence[PersonFacts], holders: Mapping[PostId, PersonId]
) -> tuple[PersonFacts, ...]:
    """Return the people with what happened to those of a case."""
    cases = {holders[PostId(case.post)]: case for case in CASES.values()}
    return tuple(
        _changed(person, cases[person.person_id])
        if person.person_id in cases
        else person
        for person in people
    )


def _changed(person: PersonFacts, case: Case) -> PersonFacts:
    for change in case.changes:
        person = change(person)
    return replace(person, retires_at=case.given.retires_at)


def planted_entries(
    holders: Mapping[PostId, PersonId], *, posts: Mapping[PostId, Post]
) -> tuple[PlanEntry, ...]:
    """Return the entries of the current plan that the cases add."""
    return tuple(
        current_entry(holders[PostId(case.post)], posts[PostId(post)])
        for case in CASES.values()
        for post in case.planned_for
    )


def left_out_of_the_plan(holders: Mapping[PostId, PersonId]) -> frozenset[PersonId]:
    """Return the people only the planted entries may plan."""
    return frozenset(
        holders[PostId(case.post)] for case in CASES.values() if not case.in_plan
    )
