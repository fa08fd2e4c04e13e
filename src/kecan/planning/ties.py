"""Ties: placements that some equally good plan decides otherwise."""

from __future__ import annotations

from itertools import takewhile
from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.soft_rules import Score

if TYPE_CHECKING:
    from kecan.planning.problem import Placement, Problem
    from kecan.planning.solve import Model

_A_LOOK = 1.0  # seconds


def ties_of(
    problem: Problem,
    model: Model | None,
    places: tuple[Placement, ...],
    *,
    questions: int,
    ends: float,
) -> tuple[frozenset[Placement], bool]:
    """Return the placements some best plan decides otherwise; whether that is all.

    Args:
        problem: The question.
        model: What found the plan, each rule fixed at its value; None asks no solver.
        places: The plan.
        questions: How often the solver may be asked.
        ends: When to stop, by the clock that only goes forward; single exchanges are
            looked at for a moment even then.
    """
    taken = frozenset(places)
    found = _exchanged(problem, places, ends=max(ends, monotonic() + _A_LOOK))
    if model is None:
        return frozenset(found), False
    for _ in range(questions):
        asked = [one for one in model.places if one not in found]
        other = model.most_unlike(taken, among=asked)
        if other is None:
            break
        if other == taken:
            return frozenset(found), True
        found |= taken ^ other
    return frozenset(found), False


def _exchanged(
    problem: Problem, places: tuple[Placement, ...], *, ends: float
) -> set[Placement]:
    """Return placements that one exchange at a post proves open, as time allows."""
    score = Score(problem, places)
    values = score.values()
    taken = set(places)
    rivals: dict[str, list[Placement]] = {}
    for one in problem.allowed:
        if one not in taken:
            rivals.setdefault(one.post_id, []).append(one)
    found: set[Placement] = set()
    for out in takewhile(lambda _: monotonic() <= ends, places):
        if out in problem.keep:
            continue
        score.remove(out)
        for other in rivals.get(out.post_id, ()):
            if has_room(score, other):
                score.add(other)
                if score.values() == values:
                    found |= {out, other}
                score.remove(other)
        score.add(out)
    return found


def has_room(score: Score, place: Placement) -> bool:
    """Tell whether the person may take one more post of the level."""
    problem = score.problem
    most = problem.most_posts.get(problem.posts[place.post_id].level)
    return most is None or score.posts_at_level(place) < most
