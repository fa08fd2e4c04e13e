"""Who stays eligible for what, month by month, from facts that are dated today.

Nothing is judged twice without need: a verdict changes only at a few dated steps.
The answer equals judging the projected record of everybody at each month.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.age_steps import age_timelines, ages_of
from kecan.planning.projection import project
from kecan.planning.record_steps import Rest, rest_of_verdicts
from kecan.regulations.eligibility import judge
from kecan.regulations.verdict import BY_GRAVITY, Criterion, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kecan.planning.age_steps import AgeSteps
    from kecan.planning.horizon import Horizon, Question
    from kecan.regulations.facts import PersonFacts, Post
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import Month, Term


@dataclass(frozen=True, slots=True)
class Span:
    """An outcome that holds from a month until the next span begins."""

    since: Month
    outcome: Outcome
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The spans of every person, planned post and term; at least one span each."""

    horizon: Horizon
    spans: Mapping[Question, tuple[Span, ...]]

    def span(self, question: Question, month: Month) -> Span | None:
        """Return what holds in ``month``; None when the term is over by then."""
        if month.year > question[2].last_year:
            return None
        return next(one for one in reversed(self.spans[question]) if one.since <= month)

    def outcome(self, question: Question, month: Month) -> Outcome | None:
        """Return the outcome in ``month``; None when the term is over by then."""
        span = self.span(question, month)
        return None if span is None else span.outcome


def forecast(
    horizon: Horizon, *, tell: Callable[[int, int], None] | None = None
) -> Forecast:
    """Forecast every person for every planned post in each term.

    Args:
        horizon: Register, rules, terms and how far to look.
        tell: Called with how many people were judged and how many will be, for a
            progress bar; somebody is judged again in months that may change it.

    Raises:
        TermEndedError: If a term was over before today.
    """
    timelines = age_timelines(horizon)
    rest = rest_of_verdicts(horizon, timelines, tell=tell)
    posts = [post for post in horizon.register.posts if post.is_planned]
    asked = [(post, pair.on(post.line)) for pair in horizon.terms for post in posts]
    spans: dict[Question, tuple[Span, ...]] = {}
    for person in horizon.register.people:
        ages = ages_of(person, horizon=horizon, timelines=timelines)
        shared: dict[tuple[int, tuple[Rest, ...]], tuple[Span, ...]] = {}
        for post, term in asked:
            question = (person.person_id, post.post_id, term)
            place = timelines.places[term, post.level]
            steps = tuple(rest[question])
            key = (place, steps)
            if key not in shared:
                shared[key] = tuple(_laid_over(ages[place], steps))
            spans[question] = shared[key]
    return Forecast(horizon=horizon, spans=spans)


def verdict_at(
    horizon: Horizon, *, person: PersonFacts, post: Post, term: Term, month: Month
) -> Verdict:
    """Judge one question at one month, with clauses, evidence and sentences.

    Raises:
        TermEndedError: If the term is over by ``month``.
    """
    on = horizon.day(month)
    return judge(
        project(person, today=horizon.today, on=on),
        post=post,
        term=term,
        pack=horizon.pack,
        as_of=on,
        posts={one.post_id: one for one in horizon.register.posts},
    )


def _laid_over(ages: AgeSteps, rest: Sequence[Rest]) -> Iterator[Span]:
    """Yield the steps of the age and of the rest of the verdicts as one timeline."""
    months = sorted({month for month, _ in ages} | {one.since for one in rest})
    before: tuple[Outcome, tuple[Criterion, ...]] | None = None
    for month in months:
        age = next(gravity for since, gravity in reversed(ages) if since <= month)
        other = next(one for one in reversed(rest) if one.since <= month)
        now = _together(age, other)
        if now != before:
            yield Span(month, *now)
            before = now


def _together(age: int, other: Rest) -> tuple[Outcome, tuple[Criterion, ...]]:
    gravity = max(age, other.gravity)
    if not gravity:
        return Outcome.PASS, ()
    by_age = (Criterion.AGE,) if age == gravity else ()
    by_rest = other.criteria if other.gravity == gravity else ()
    return BY_GRAVITY[gravity], by_age + by_rest
