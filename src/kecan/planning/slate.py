"""A slate: the proposal with its reasons, ties and gaps, or the rules that conflict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.check import verify_plan
from kecan.planning.conflicts import parts, smallest_conflict
from kecan.planning.holding import can_hold
from kecan.planning.separation import solve
from kecan.planning.soft_rules import Score
from kecan.planning.solution import InfeasibleError
from kecan.planning.solve import Model
from kecan.planning.ties import has_room, ties_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from kecan.planning.conflicts import Part
    from kecan.planning.problem import Placement, Problem, SoftRule
    from kecan.planning.soft_rules import Shortfall
    from kecan.planning.solution import Level

_QUESTIONS = 40


class Why(StrEnum):
    """Why a placement is on the slate, or an eligible one is not."""

    DECIDED = "decided"
    IN_PLAN = "in_plan"
    NEEDED = "needed"  # rule: which rule would lack without it
    LEAST = "least"
    RULED_OUT = "ruled_out"
    POST_FULL = "post_full"
    PERSON_FULL = "person_full"
    NOT_NEEDED = "not_needed"  # rule: which rule would be worse with it
    BALANCED = "balanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one placement is where it is.

    ``is_open`` tells whether another best plan decides it the other way; None when
    that was not followed to the end.
    """

    place: Placement
    is_on: bool
    why: Why
    rule: SoftRule | None = None
    is_open: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The placements of a slate with their proof: ids and numbers, nothing in words.

    ``open`` are placements some other best plan is known to decide otherwise.
    """

    places: tuple[Placement, ...]
    levels: tuple[Level, ...]
    open: frozenset[Placement]
    ties_are_complete: bool

    @property
    def is_proven(self) -> bool:
        """Whether every level is proven best."""
        return all(one.is_proven for one in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A checked plan, best in the order of the problem, with everything to be said."""

    problem: Problem
    places: tuple[Placement, ...]
    levels: tuple[Level, ...]
    shortfalls: tuple[Shortfall, ...]
    reasons: tuple[Reason, ...]
    ties_are_complete: bool

    @property
    def is_proven(self) -> bool:
        """Whether every level is proven best."""
        return all(one.is_proven for one in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Rules and facts that cannot hold together; none of them can be spared.

    When the time was up before all were tried, ``is_smallest`` is False: some may be
    spared.
    """

    problem: Problem
    parts: tuple[Part, ...]
    is_smallest: bool = True


def propose_slate(
    problem: Problem,
    *,
    limit_seconds: float = float("inf"),
    questions: int = _QUESTIONS,
    near: frozenset[Placement] = frozenset(),
    tell: Callable[[SoftRule], None] | None = None,
) -> Proposal | Conflict:
    """Return a checked proposal, or a smallest set of rules that cannot hold.

    When the time is up the proposal is the best found until then, and its levels say
    which rules are not proven.

    Args:
        problem: The question.
        limit_seconds: How long the solver may search.
        questions: How often the solver may be asked about ties.
        near: Another slate: of equally good plans, one with most of it is shown.
        tell: Called with each soft rule before its pass.
    """
    found = choose(
        problem, limit_seconds=limit_seconds, questions=questions, near=near, tell=tell
    )
    return found if isinstance(found, Conflict) else explain(problem, found)


def choose(
    problem: Problem,
    *,
    limit_seconds: float = float("inf"),
    questions: int = _QUESTIONS,
    near: frozenset[Placement] = frozenset(),
    tell: Callable[[SoftRule], None] | None = None,
) -> Choice | Conflict:
    """Return what :func:`propose_slate` proposes without its reasons.

    Args:
        problem: The question.
        limit_seconds: How long the solver may search.
        questions: How often the solver may be asked about ties.
        near: Another slate: of equally good plans, one with most of it is shown.
        tell: Called with each soft rule before its pass.
    """
    ends = monotonic() + limit_seconds
    try:
        solution, model = solve(problem, limit_seconds=limit_seconds, tell=tell)
    except InfeasibleError:
        return _conflict(problem, seconds=limit_seconds)
    if model is None and (near or questions):
        model = Model(problem, limit_seconds=ends - monotonic())
        model.hold(solution.levels)
    chosen = solution.places
    if model is not None and near:
        chosen = _nearest(model, solution.places, near=near)
    places = tuple(one for one in problem.allowed if one in chosen)
    verify_plan(problem, places, claimed=[one.missing for one in solution.levels])
    asked = questions if solution.is_proven else 0
    is_open, complete = ties_of(problem, model, places, questions=asked, ends=ends)
    return Choice(
        places=places,
        levels=solution.levels,
        open=is_open,
        ties_are_complete=complete,
    )


def _conflict(problem: Problem, *, seconds: float) -> Conflict:
    """Return what cannot hold together, narrowed in as much time as the search had."""
    ends = monotonic() + seconds
    found, is_smallest = smallest_conflict(
        parts(problem),
        can_hold=partial(can_hold, problem),
        is_over=lambda: monotonic() > ends,
    )
    return Conflict(problem=problem, parts=found, is_smallest=is_smallest)


def explain(problem: Problem, choice: Choice) -> Proposal:
    """Return a choice as a proposal, with the reason of every eligible placement."""
    places = choice.places
    return Proposal(
        problem=problem,
        places=places,
        levels=choice.levels,
        shortfalls=Score(problem, places).shortfalls(),
        reasons=_reasons(
            problem, places, is_open=choice.open, complete=choice.ties_are_complete
        ),
        ties_are_complete=choice.ties_are_complete,
    )


def _nearest(
    model: Model, places: frozenset[Placement], *, near: frozenset[Placement]
) -> frozenset[Placement]:
    """Return the best plan that has most of another slate, as far as time allows."""
    wanted = [one for one in model.places if one in near]
    return model.most_of(wanted, start=places) if wanted else places


def _reasons(
    problem: Problem,
    places: tuple[Placement, ...],
    *,
    is_open: frozenset[Placement],
    complete: bool,
) -> tuple[Reason, ...]:
    score = Score(problem, places)
    taken = set(places)
    found = []
    for place, prospect in problem.prospects.items():
        if not prospect.is_eligible:
            continue
        why, rule = (_why_on if place in taken else _why_off)(score, place)
        found.append(
            Reason(
                place=place,
                is_on=place in taken,
                why=why,
                rule=rule,
                is_open=place in is_open if complete or place in is_open else None,
            )
        )
    return tuple(found)


def _why_on(score: Score, place: Placement) -> tuple[Why, SoftRule | None]:
    problem = score.problem
    if place in problem.keep:
        return Why.DECIDED, None
    if place in problem.current:
        return Why.IN_PLAN, None
    before = score.values()
    score.remove(place)
    rule = _first_worse(problem, before, score.values())
    people = score.people(place.post_id)
    score.add(place)
    if people < problem.least(problem.posts[place.post_id]):
        return Why.LEAST, None
    return (Why.BALANCED, None) if rule is None else (Why.NEEDED, rule)


def _why_off(score: Score, place: Placement) -> tuple[Why, SoftRule | None]:
    problem = score.problem
    most = problem.posts[place.post_id].most
    if place in problem.never:
        return Why.RULED_OUT, None
    if most is not None and score.people(place.post_id) >= most:
        return Why.POST_FULL, None
    if not has_room(score, place):
        return Why.PERSON_FULL, None
    before = score.values()
    score.add(place)
    rule = _first_worse(problem, before, score.values())
    score.remove(place)
    return (Why.BALANCED, None) if rule is None else (Why.NOT_NEEDED, rule)


def _first_worse(
    problem: Problem, before: tuple[int, ...], after: tuple[int, ...]
) -> SoftRule | None:
    for rule, old, new in zip(problem.order, before, after, strict=True):
        if new != old:
            return rule if new > old else None
    return None
