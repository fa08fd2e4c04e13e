"""What verdicts say beside age, and the few months in which a record changes that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kecan.planning.projection import month_judged_from, project
from kecan.regulations.criteria_record import judge_ratings
from kecan.regulations.eligibility import judge_terms
from kecan.regulations.requirements import requirements
from kecan.regulations.verdict import BY_GRAVITY, Criterion, gravity_of
from kecan.vocabulary import Line, Month

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kecan.planning.age_steps import Timelines
    from kecan.planning.horizon import Horizon, Question
    from kecan.regulations.criteria_record import RatingRules
    from kecan.regulations.facts import PersonFacts, Register
    from kecan.regulations.requirements import Standards
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import Level, PersonId, Term


@dataclass(frozen=True, slots=True)
class Rest:
    """What a verdict says beside age from a month on, and which criteria decide."""

    since: Month
    gravity: int
    criteria: tuple[Criterion, ...]


def rest_of_verdicts(
    horizon: Horizon,
    timelines: Timelines,
    *,
    tell: Callable[[int, int], None] | None = None,
) -> dict[Question, list[Rest]]:
    """Judge everybody today, and again only in months that may change an answer.

    Args:
        horizon: What is forecast.
        timelines: The months in which somebody passes an age.
        tell: Called with how many people were judged and how many will be, each
            month anew.
    """
    found: dict[Question, list[Rest]] = {}
    standards = _standards(horizon, timelines)
    general = [month for month, _ in standards]
    own = {
        person.person_id: frozenset(_own_months(person, horizon, standards))
        for person in horizon.register.people
    }
    months = sorted({*general, *(one for each in own.values() for one in each)})
    counts = [
        len(own) if month in general else sum(month in one for one in own.values())
        for month in months
    ]
    for place, month in enumerate(months):
        everybody = month in general
        if tell is not None:
            tell(sum(counts[:place]), sum(counts))
        for verdict in _verdicts(horizon, month, own=None if everybody else own):
            question = (verdict.person_id, verdict.post_id, verdict.term)
            steps = found.setdefault(question, [])
            now = _rest(verdict, since=month)
            if not steps or replace(steps[-1], since=month) != now:
                steps.append(now)
    return found


def _verdicts(
    horizon: Horizon,
    month: Month,
    *,
    own: dict[PersonId, frozenset[Month]] | None,
) -> Iterator[Verdict]:
    """Judge everybody, or those for whom something changes in ``month``."""
    on = horizon.day(month)
    people = tuple(
        project(person, today=horizon.today, on=on)
        for person in horizon.register.people
        if own is None or month in own[person.person_id]
    )
    for line in Line:
        pairs = [one for one in horizon.terms if one.on(line).last_year >= month.year]
        asked = _only_on(line, replace(horizon.register, people=people, plan=()))
        yield from judge_terms(asked, pack=horizon.pack, as_of=on, terms=pairs)


def _only_on(line: Line, register: Register) -> Register:
    posts = tuple(
        replace(post, is_planned=post.is_planned and post.line is line)
        for post in register.posts
    )
    return replace(register, posts=posts)


def _rest(verdict: Verdict, *, since: Month) -> Rest:
    findings = [one for one in verdict.findings if one.criterion is not Criterion.AGE]
    gravity = gravity_of(findings)
    if not gravity:
        return Rest(since, 0, ())
    outcome = BY_GRAVITY[gravity]
    deciding = tuple(
        one.criterion for one in findings if one.decides and one.outcome is outcome
    )
    return Rest(since, gravity, deciding)


def _own_months(
    person: PersonFacts,
    horizon: Horizon,
    standards: list[tuple[Month, tuple[Standards, ...]]],
) -> Iterator[Month]:
    """Yield the months in which a discipline ends or a rating leaves the window."""
    for matter in person.disciplines:
        if matter.expires is not None:
            for day in (matter.expires.earliest, matter.expires.latest):
                month = month_judged_from(day, today=horizon.today)
                if horizon.first < month <= horizon.last:
                    yield month
    asked = {one.ratings for _, found in standards for one in found}
    for ratings in asked:
        yield from _januaries(person, horizon, ratings)


def _januaries(
    person: PersonFacts, horizon: Horizon, rules: RatingRules
) -> Iterator[Month]:
    """Yield the Januaries in which another answer is given on the ratings.

    Once the window holds only years to come, nothing changes any more.
    """
    known = person.known_on(horizon.today).ratings
    this_year = horizon.today.year
    latest = max([this_year, *(one.year for one in known)])
    before = _rated(person, horizon, horizon.today, rules)
    for year in range(this_year + 1, latest + rules.window.whole + 2):
        now = _rated(person, horizon, date(year, 1, 1), rules)
        if now != before and Month(year, 1) <= horizon.last:
            yield Month(year, 1)
        before = now


def _rated(
    person: PersonFacts, horizon: Horizon, on: date, rules: RatingRules
) -> object:
    known = project(person, today=horizon.today, on=on)
    return judge_ratings(known, as_of=on, rules=rules).outcome


def _standards(
    horizon: Horizon, timelines: Timelines
) -> list[tuple[Month, tuple[Standards, ...]]]:
    """Return the months from which other standards hold, with what they are."""
    found: list[tuple[Month, tuple[Standards, ...]]] = []
    before: dict[tuple[Term, Level], tuple[object, ...]] = {}
    for month in timelines.turns:
        now = _standards_in(horizon, timelines, month)
        values = {place: _values(one) for place, one in now.items()}
        if not found or any(before[place] != values[place] for place in values):
            found.append((month, tuple(now.values())))
        before = values
    return found


def _standards_in(
    horizon: Horizon, timelines: Timelines, month: Month
) -> dict[tuple[Term, Level], Standards]:
    return {
        (term, level): requirements(
            horizon.pack,
            term=term,
            level=level,
            line=term.line,
            as_of=horizon.day(month),
        ).standards
        for term, level in timelines.places
        if month.year <= term.last_year
    }


def _values(one: Standards) -> tuple[object, ...]:
    """Return what decides in the standards, without sources and notes."""
    rules = (
        one.in_post, one.higher_post, one.already_holds, one.subject_group,
        one.membership, one.profession, one.theory, one.theory_managed_by,
        one.political, one.ratings.window, one.ratings.lowest,
        one.ratings.not_completed,
    )  # fmt: skip
    matters = one.discipline
    return (
        *(rule.value for rule in rules),
        matters.bars_from,
        matters.may_return,
        matters.listed,
    )
