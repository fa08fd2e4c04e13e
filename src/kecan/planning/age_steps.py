"""When age begins or ceases to bar somebody from a term: a few dated steps each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kecan.planning.projection import month_judged_from
from kecan.regulations.criteria_age import AgeRules, age_rules, judge_age, service_end
from kecan.regulations.pack import load_pack, shipped_pack_keys
from kecan.regulations.verdict import BY_GRAVITY
from kecan.vocabulary import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kecan.planning.horizon import Horizon
    from kecan.regulations.criteria_age import ServiceEnd
    from kecan.regulations.facts import PersonFacts
    from kecan.vocabulary import Level, Term

AgeSteps = tuple[tuple[Month, int], ...]
"""Months with the gravity (place in BY_GRAVITY) of the age from then on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timelines:
    """What each kind of place asks of age over the forecast, equal ones kept once.

    ``laws`` are the months a retirement law begins in; ``turns`` those in which
    any value of the rules may change.
    """

    places: Mapping[tuple[Term, Level], int]
    rules: tuple[tuple[tuple[Month, AgeRules], ...], ...]
    laws: tuple[Month, ...]
    turns: tuple[Month, ...]


def age_timelines(horizon: Horizon) -> Timelines:
    """Return what the posts of the register ask of age, month by month.

    Raises:
        TermEndedError: If a term was over before today.
    """
    turns = _turns(horizon)
    places: dict[tuple[Term, Level], int] = {}
    found: list[tuple[tuple[Month, AgeRules], ...]] = []
    for pair in horizon.terms:
        for post in horizon.register.posts:
            term = pair.on(post.line)
            if post.is_planned and (term, post.level) not in places:
                places[term, post.level] = len(found)
                found.append(tuple(_rules_of(term, post.level, horizon, turns)))
    return Timelines(
        places=places, rules=tuple(found), laws=_laws(horizon), turns=turns
    )


def ages_of(
    person: PersonFacts, *, horizon: Horizon, timelines: Timelines
) -> tuple[AgeSteps, ...]:
    """Return the steps of a person's age for each kind of place."""
    ends = [
        (month, service_end(person, as_of=horizon.day(month)))
        for month in (horizon.first, *timelines.laws)
    ]
    return tuple(
        tuple(_steps(rules, ends=ends, last=horizon.last)) for rules in timelines.rules
    )


def _rules_of(
    term: Term, level: Level, horizon: Horizon, turns: Sequence[Month]
) -> Iterable[tuple[Month, AgeRules]]:
    begins = Month(term.first_year + 1, 1)
    months = sorted({*turns, begins}) if begins > horizon.first else turns
    for month in months:
        if month.year <= term.last_year or month == horizon.first:
            rules = age_rules(
                horizon.pack,
                term=term,
                level=level,
                line=term.line,
                as_of=horizon.day(month),
            )
            yield month, rules


def _steps(
    rules: Sequence[tuple[Month, AgeRules]],
    *,
    ends: Sequence[tuple[Month, ServiceEnd]],
    last: Month,
) -> Iterable[tuple[Month, int]]:
    """Yield each month from which the answer on age is another than before."""
    starts = sorted({month for month, _ in rules} | {month for month, _ in ends})
    before = None
    for place, month in enumerate(starts):
        until = starts[place + 1] if place + 1 < len(starts) else last.plus(1)
        asked = next(one for since, one in reversed(rules) if since <= month)
        end = next(one for since, one in reversed(ends) if since <= month)
        for since in _months_to_ask(month, until, rules=asked, end=end):
            gravity = _gravity(since, rules=asked, end=end)
            if gravity != before:
                yield since, gravity
                before = gravity


def _months_to_ask(
    month: Month, until: Month, *, rules: AgeRules, end: ServiceEnd
) -> tuple[Month, ...]:
    """Return the month a stretch begins in, and the one service left runs short in."""
    if not rules.is_current or end.month is None:
        return (month,)
    short = end.month.plus(1 - rules.minimum.whole)
    return (month, short) if month < short < until else (month,)


def _gravity(month: Month, *, rules: AgeRules, end: ServiceEnd) -> int:
    asked = replace(rules, counted_from=month) if rules.is_current else rules
    return BY_GRAVITY.index(judge_age(end, rules=asked).outcome)


def _turns(horizon: Horizon) -> tuple[Month, ...]:
    """Return the months in which a value begins, ends or is a reference month."""
    dates = {
        day
        for value in horizon.pack.all_parameters()
        for day in (value.effective_from, value.effective_until)
        if day is not None
    }
    dates |= {
        date(value.month.year, value.month.month, 1)
        for value in horizon.pack.all_parameters()
        if isinstance(value.value, Month)
    }
    months = {month_judged_from(day, today=horizon.today) for day in dates}
    inside = {month for month in months if month <= horizon.last}
    return tuple(sorted({horizon.first, *inside}))


def _laws(horizon: Horizon) -> tuple[Month, ...]:
    begins = (
        load_pack(key).in_force_from for key in shipped_pack_keys(kind="retirement")
    )
    later = (day for day in begins if day > horizon.today)
    months = (month_judged_from(day, today=horizon.today) for day in later)
    return tuple(month for month in months if month <= horizon.last)
