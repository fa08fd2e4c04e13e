"""Gaps: what the posts ask for against the people who could be planned for them.

Supply is counted now and at the beginning of each term, by trained profession, job
position, political theory and age band; the forecast says who is eligible by then.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.planning.ages import bands_of
from kecan.planning.composition import field_name, trained_fields
from kecan.planning.lists import plan_lists
from kecan.planning.meters import Rules, least
from kecan.planning.months import in_service, still_planned
from kecan.regulations.criteria_age import age_rules
from kecan.regulations.facts import TheoryLevel, TrainingKind
from kecan.regulations.parameters import Parameter
from kecan.regulations.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from kecan.planning.ages import AgeBand
    from kecan.planning.forecast import Forecast
    from kecan.planning.lists import PlanList
    from kecan.regulations.facts import PersonFacts, Post, Register, UnitKind
    from kecan.vocabulary import Month, PersonId, Term, TermPair, UnitId


class Place(StrEnum):
    """Where somebody works, seen from a post (vị trí việc làm)."""

    SAME_UNIT = "same_unit"
    SAME_KIND = "same_kind"  # another unit of the same kind
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Profile:
    """What is counted of one person for one post; empty or None when not on record."""

    fields: frozenset[str]
    place: Place
    theory: TheoryLevel | None
    band: AgeBand | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostGap:
    """Supply and demand of one post at one moment.

    ``wanted`` is how many people should stand behind the post, None when no value
    says so. ``supply`` counts the eligible people of the register by profile;
    ``undecided`` are those whom missing data or a decision leaves open.
    """

    post: Post
    term: Term
    month: Month
    wanted: int | None
    planned: tuple[PersonId, ...]
    planned_fitting: int
    undecided: int
    supply: Mapping[Profile, int]

    @property
    def eligible(self) -> int:
        """People of the register who pass."""
        return sum(self.supply.values())

    @property
    def fitting(self) -> int | None:
        """Those of them trained in a fitting field; None when the post names none."""
        asked = {field_name(one) for one in self.post.fitting_fields}
        if not asked:
            return None
        return self._count(lambda one: not one.fields.isdisjoint(asked))

    @property
    def with_theory(self) -> int:
        """Those with the political theory the post asks for."""
        asked = self.post.required_theory
        return self._count(
            lambda one: (
                asked is None
                or (one.theory is not None and one.theory.rank >= asked.rank)
            )
        )

    def at(self, place: Place) -> int:
        """Return those who work in a place."""
        return self._count(lambda one: one.place is place)

    @property
    def short(self) -> int:
        """How many fitting people are missing; 0 where nothing says what is wanted."""
        have = self.eligible if self.fitting is None else self.fitting
        return max(0, (self.wanted or 0) - have)

    def _count(self, has: Callable[[Profile], bool]) -> int:
        return sum(count for one, count in self.supply.items() if has(one))


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldGap:
    """Supply and demand of one field of training at one moment.

    ``places`` are the places behind all posts that name the field; with one person
    planned for as many posts as allowed they need ``needed`` people. ``eligible``
    are people of the field who pass for at least one of these posts.
    """

    field: str
    terms: TermPair
    posts: tuple[Post, ...]
    places: int
    needed: int
    in_service: int
    eligible: int
    planned: int

    @property
    def short(self) -> int:
        """How many eligible people of the field are missing."""
        return max(0, self.needed - self.eligible)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """The gaps of every post and every field of training, for each pair of terms."""

    posts: tuple[PostGap, ...]
    fields: tuple[FieldGap, ...]


def gaps(found: Forecast) -> Gaps:
    """Set supply against demand for each pair of terms of a forecast.

    The moment is now for a term that has begun, and its reference month for a next
    term (now where that month has yet to be entered). A reference month after the
    last month of the forecast is cut to it.
    """
    horizon = found.horizon
    lists = plan_lists(horizon.register, terms=horizon.terms, as_of=horizon.today)
    records = tuple(_records(found))
    posts = tuple(
        _post_gap(found, planned=planned, records=records)
        for planned in lists
        if planned.post.is_planned
    )
    fields = tuple(
        gap
        for pair in horizon.terms
        for gap in _field_gaps(found, pair, posts=posts, records=records)
    )
    return Gaps(posts=posts, fields=fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """What is counted of a person whatever the post."""

    person: PersonFacts
    fields: frozenset[str]
    theory: TheoryLevel | None
    units: frozenset[UnitId]
    kinds: frozenset[UnitKind]


def _records(found: Forecast) -> Iterator[_Record]:
    horizon = found.horizon
    kinds = {unit.unit_id: unit.kind for unit in horizon.register.units}
    posts = {post.post_id: post for post in horizon.register.posts}
    for person in horizon.register.people:
        known = person.known_on(horizon.today)
        units = {
            posts[office.post_id].unit_id
            for office in known.offices_on(horizon.today)
            if office.post_id is not None
        }
        if known.unit_id is not None:
            units.add(known.unit_id)
        yield _Record(
            person=known,
            fields=trained_fields(known),
            theory=_highest_theory(known),
            units=frozenset(units),
            kinds=frozenset(kinds[one] for one in units if one in kinds),
        )


def _highest_theory(person: PersonFacts) -> TheoryLevel | None:
    levels = [
        one.theory
        for one in person.trainings
        if one.kind is TrainingKind.THEORY and one.theory is not None
    ]
    return max(levels, key=lambda one: one.rank, default=None)


def moment_of(found: Forecast, *, post: Post, term: Term) -> Month:
    """Return the month a term is looked at: now, or the month it begins."""
    horizon = found.horizon
    rules = age_rules(
        horizon.pack,
        term=term,
        level=post.level,
        line=post.line,
        as_of=horizon.today,
    )
    if rules.is_current or rules.counted_from is None:
        return horizon.first
    return min(rules.counted_from, horizon.last)


def _rules(found: Forecast, *, post: Post, term: Term) -> Rules:
    return Rules(
        pack=found.horizon.pack,
        on=found.horizon.today,
        level=post.level,
        line=post.line,
        term=term.label,
    )


def _post_gap(
    found: Forecast, *, planned: PlanList, records: Sequence[_Record]
) -> PostGap:
    post, term = planned.post, planned.term
    month = moment_of(found, post=post, term=term)
    rules = _rules(found, post=post, term=term)
    outcomes = {
        one.person.person_id: found.outcome(
            (one.person.person_id, post.post_id, term), month
        )
        for one in records
    }
    supply = Counter(
        _profile(one, post=post, found=found, month=month, rules=rules)
        for one in records
        if outcomes[one.person.person_id] is Outcome.PASS
    )
    still = still_planned(found, planned=planned, month=month).people
    asked = {field_name(one) for one in post.fitting_fields}
    fitting = {one.person.person_id for one in records if one.fields & asked}
    return PostGap(
        post=post,
        term=term,
        month=month,
        wanted=wanted(planned, rules=rules),
        planned=still,
        planned_fitting=sum(one in fitting for one in still),
        undecided=sum(
            one in {Outcome.MISSING_DATA, Outcome.NEEDS_DECISION}
            for one in outcomes.values()
        ),
        supply=supply,
    )


def wanted(planned: PlanList, *, rules: Rules) -> int | None:
    """Return how many people should stand behind a post, by its seats for a body."""
    if planned.is_of_body:
        least_coefficient = rules.parameter("planning.body_coefficient_min")
        if least_coefficient.value is None:
            return None
        return least(least_coefficient.share, of=planned.post.seats)
    return rules.parameter("planning.least_people_per_post").whole


def _profile(
    one: _Record, *, post: Post, found: Forecast, month: Month, rules: Rules
) -> Profile:
    return Profile(
        fields=one.fields,
        place=_place(one, post=post, register=found.horizon.register),
        theory=one.theory,
        band=_band(one.person, rules=rules, day=found.horizon.day(month)),
    )


def _place(one: _Record, *, post: Post, register: Register) -> Place:
    if post.unit_id in one.units:
        return Place.SAME_UNIT
    kind = next(unit.kind for unit in register.units if unit.unit_id == post.unit_id)
    return Place.SAME_KIND if kind in one.kinds else Place.ELSEWHERE


def _band(person: PersonFacts, *, rules: Rules, day: date) -> AgeBand | None:
    bands = bands_of(rules)
    if isinstance(bands, Parameter):
        return None
    return next((band for band in bands if band.holds(person, day=day)), None)


def _field_gaps(
    found: Forecast,
    pair: TermPair,
    *,
    posts: Sequence[PostGap],
    records: Sequence[_Record],
) -> Iterator[FieldGap]:
    mine = [one for one in posts if one.term == pair.on(one.post.line)]
    asked: dict[str, list[PostGap]] = {}
    for one in mine:
        for field in dict.fromkeys(
            field_name(name) for name in one.post.fitting_fields
        ):
            asked.setdefault(field, []).append(one)
    for field, asking in asked.items():
        yield _field_gap(found, pair, field=field, asking=asking, records=records)


def _field_gap(
    found: Forecast,
    pair: TermPair,
    *,
    field: str,
    asking: Sequence[PostGap],
    records: Sequence[_Record],
) -> FieldGap:
    trained = {one.person.person_id for one in records if field in one.fields}
    passing = {
        person
        for one in asking
        for person in trained
        if found.outcome((person, one.post.post_id, one.term), one.month)
        is Outcome.PASS
    }
    places = sum(one.wanted or 0 for one in asking)
    rules = _rules(found, post=asking[0].post, term=asking[0].term)
    most = rules.parameter("planning.max_posts_per_person").whole
    month = max(one.month for one in asking)
    return FieldGap(
        field=field,
        terms=pair,
        posts=tuple(one.post for one in asking),
        places=places,
        needed=-(-places // most),
        in_service=sum(
            one.person_id in trained for one in in_service(found.horizon, month=month)
        ),
        eligible=len(passing),
        planned=len({p for one in asking for p in one.planned if p in trained}),
    )
