"""Structure of every list of a plan: have, need and how many more, by rule and before.

Each list is measured against the rules and beside the last approved list of the
same post; lists, people and whole plans that need attention are named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.planning.ages import is_under
from kecan.planning.composition import body_meters, shares, trained_profession, women
from kecan.planning.limits import people_per_post, posts_per_person
from kecan.planning.lists import approved_before, people_of, plan_lists
from kecan.planning.meters import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from kecan.planning.lists import PlanList
    from kecan.planning.meters import Meter
    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import Level, PersonId, Term, TermPair


class ListWarning(StrEnum):
    """Why a list deserves a look."""

    NOBODY_BEHIND = "nobody_behind"
    NO_WOMAN = "no_woman"
    NOBODY_YOUNG = "nobody_young"
    TOO_MANY_PEOPLE = "too_many_people"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStructure:
    """One list with its meters, the same meters of the last approved list, warnings.

    ``approved`` and ``approved_meters`` are empty where nothing was approved before.
    """

    planned: PlanList
    meters: tuple[Meter, ...]
    approved: PlanList | None
    approved_meters: tuple[Meter, ...]
    warnings: tuple[ListWarning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStructure:
    """Everybody planned at one level for one pair of terms, each person once."""

    terms: TermPair
    level: Level
    people: tuple[PersonId, ...]
    meters: tuple[Meter, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overload:
    """A person planned for more posts of one level in one pair of terms than allowed."""

    person_id: PersonId
    posts: tuple[Post, ...]
    meter: Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Everything the structure of a plan shows."""

    lists: tuple[ListStructure, ...]
    plans: tuple[PlanStructure, ...]
    overloads: tuple[Overload, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """With what lists are measured: the rules, their day, what counts as science."""

    pack: RulePack
    as_of: date
    science_fields: frozenset[str] = frozenset()

    def rules(self, *, level: Level, term: Term) -> Rules:
        """Return the rules of a level in a term."""
        return Rules(
            pack=self.pack,
            on=self.as_of,
            level=level,
            line=term.line,
            term=term.label,
        )


def structure(
    register: Register,
    *,
    terms: Sequence[TermPair],
    measure: Measure,
    approved: Iterable[PlanEntry] | None = None,
) -> Structure:
    """Measure every list of a plan.

    Args:
        register: The posts, the people and the plan with its drafts.
        terms: The pairs of terms looked at.
        measure: The rules and the day.
        approved: The plan to compare with; the decided entries of the register
            itself when not given.
    """
    people = {person.person_id: person for person in register.people}
    baseline = tuple(register.plan if approved is None else approved)
    lists = plan_lists(register, terms=terms, as_of=measure.as_of)
    return Structure(
        lists=tuple(
            _of_list(one, people=people, baseline=baseline, measure=measure)
            for one in lists
        ),
        plans=tuple(_whole_plans(lists, terms, people=people, measure=measure)),
        overloads=tuple(_overloads(lists, terms, measure=measure)),
    )


def list_meters(
    planned: PlanList, *, people: Mapping[PersonId, PersonFacts], measure: Measure
) -> tuple[Meter, ...]:
    """Return the meters of one list: a body's composition, or the cap of a post."""
    records = people_of(planned, people=people)
    rules = measure.rules(level=planned.post.level, term=planned.term)
    if planned.is_of_body:
        return body_meters(
            records,
            seats=planned.post.seats,
            age_day=measure.as_of,
            rules=rules,
            science_fields=measure.science_fields,
        )
    return (
        people_per_post(planned.people, post=planned.post, rules=rules),
        women(records, rules=rules),
        trained_profession(records, post=planned.post),
    )


def _of_list(
    planned: PlanList,
    *,
    people: Mapping[PersonId, PersonFacts],
    baseline: Sequence[PlanEntry],
    measure: Measure,
) -> ListStructure:
    meters = list_meters(planned, people=people, measure=measure)
    before = approved_before(planned, plan=baseline, as_of=measure.as_of)
    return ListStructure(
        planned=planned,
        meters=meters,
        approved=before,
        approved_meters=()
        if before is None
        else list_meters(before, people=people, measure=measure),
        warnings=tuple(
            _warnings(planned, meters=meters, people=people, measure=measure)
        ),
    )


def _warnings(
    planned: PlanList,
    *,
    meters: Sequence[Meter],
    people: Mapping[PersonId, PersonFacts],
    measure: Measure,
) -> Iterator[ListWarning]:
    if not planned.people:
        yield ListWarning.NOBODY_BEHIND
        return
    records = people_of(planned, people=people)
    by_key = {meter.key: meter for meter in meters}
    rules = measure.rules(level=planned.post.level, term=planned.term)
    if not by_key["composition.women_share"].have:
        yield ListWarning.NO_WOMAN
    limit = rules.parameter("composition.young_under_age")
    if limit.value is not None and not any(
        is_under(one.born, years=limit.whole, day=measure.as_of) for one in records
    ):
        yield ListWarning.NOBODY_YOUNG
    if any(meter.is_hard and meter.over for meter in meters):
        yield ListWarning.TOO_MANY_PEOPLE


def _whole_plans(
    lists: Sequence[PlanList],
    terms: Sequence[TermPair],
    *,
    people: Mapping[PersonId, PersonFacts],
    measure: Measure,
) -> Iterator[PlanStructure]:
    for pair in terms:
        mine = [one for one in lists if one.term == pair.on(one.post.line)]
        for level in dict.fromkeys(one.post.level for one in mine):
            planned = dict.fromkeys(
                person
                for one in mine
                if one.post.level is level
                for person in one.people
            )
            yield PlanStructure(
                terms=pair,
                level=level,
                people=tuple(planned),
                meters=shares(
                    [people[one] for one in planned],
                    age_day=measure.as_of,
                    rules=measure.rules(level=level, term=pair.party),
                    science_fields=measure.science_fields,
                ),
            )


def _overloads(
    lists: Sequence[PlanList], terms: Sequence[TermPair], *, measure: Measure
) -> Iterator[Overload]:
    for pair in terms:
        posts: dict[tuple[PersonId, Level], list[Post]] = {}
        for one in lists:
            if one.term == pair.on(one.post.line):
                for person in one.people:
                    posts.setdefault((person, one.post.level), []).append(one.post)
        for (person_id, level), planned in posts.items():
            rules = measure.rules(level=level, term=pair.party)
            meter = posts_per_person(planned, rules=rules)
            if meter.over:
                yield Overload(person_id=person_id, posts=tuple(planned), meter=meter)
