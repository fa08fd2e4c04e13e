"""A question that falls apart: parts that share nobody, solved each for itself.

The best of a sum over parts that share nothing is the sum of their bests, rule by rule.
Shares of lists that reach over several parts are left out of them; where the plans of
the parts, put together, meet those shares as well, nothing better can exist.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.first_plan import first_plan
from kecan.planning.soft_rules import measure
from kecan.planning.solution import Level, Solution, TimeUpError
from kecan.planning.solve import Model

if TYPE_CHECKING:
    from collections.abc import Callable

    from kecan.planning.problem import Problem, SoftRule
    from kecan.vocabulary import PersonId, PostId

_SEVERAL = 2
_GENEROUS = 4  # a part may take so many times its share of the time left


def solve(
    problem: Problem,
    *,
    limit_seconds: float = inf,
    tell: Callable[[SoftRule], None] | None = None,
) -> tuple[Solution, Model | None]:
    """Return a plan that is best in the order of the problem, by its parts if it has any.

    When the time is up the best plan found until then is returned, with what is proven
    of each rule; there is always one, since a first plan needs no search.

    Returns:
        The plan, and the model that found it; no model where parts were put together.

    Raises:
        InfeasibleError: If no plan meets the hard rules.
    """
    ends = monotonic() + limit_seconds
    found = separate(problem)
    start: Solution | None = None
    if len(found) > 1:
        solved = []
        for number, part in enumerate(found):
            left = ends - monotonic()
            fair = min(left, _GENEROUS * left / (len(found) - number))
            model = Model(part, limit_seconds=fair)
            solved.append(_solved(model, start=None, tell=tell))
        _go_on(found, solved, ends=ends, tell=tell)
        start = _together(problem, solved)
        if start.is_proven or _reaches_over_nothing(start, solved):
            return start, None
    model = Model(problem, limit_seconds=ends - monotonic())
    return _solved(model, start=start, tell=tell), model


def _go_on(
    found: tuple[Problem, ...],
    solved: list[Solution],
    *,
    ends: float,
    tell: Callable[[SoftRule], None] | None,
) -> None:
    """Search parts that are not proven again, in what the others left of the time."""
    waiting = [at for at, one in enumerate(solved) if not one.is_proven]
    for number, at in enumerate(waiting):
        left = (ends - monotonic()) / (len(waiting) - number)
        if left > 0:
            model = Model(found[at], limit_seconds=left)
            solved[at] = _solved(model, start=solved[at], tell=tell)


def _solved(
    model: Model,
    *,
    start: Solution | None,
    tell: Callable[[SoftRule], None] | None,
) -> Solution:
    try:
        return model.solve(start=start, tell=tell)
    except TimeUpError:
        first = Solution(places=first_plan(model.problem), levels=())
        return model.solve(start=first, tell=tell)


def _reaches_over_nothing(whole: Solution, solved: list[Solution]) -> bool:
    """Tell whether the whole lacks exactly what its parts lack, so they decide alone."""
    return all(
        level.missing == sum(one.levels[at].missing for one in solved)
        for at, level in enumerate(whole.levels)
    )


def separate(problem: Problem) -> tuple[Problem, ...]:
    """Return the parts of a problem that share nobody, each with its own lists.

    A problem whose people and posts hang together is its own only part. A post nobody
    may be planned for goes where most of its lists are.
    """
    staffed = {place.post_id for place in problem.allowed}
    groups = [set(one) for one in _groups(problem) if one & staffed]
    if len(groups) < _SEVERAL:
        return (problem,)
    for post_id in problem.posts:
        if post_id not in staffed:
            _home(post_id, groups, problem=problem).add(post_id)
    return tuple(_part(problem, frozenset(posts)) for posts in groups)


def _home(
    post_id: PostId, groups: list[set[PostId]], *, problem: Problem
) -> set[PostId]:
    """Return the group of a post nobody may be planned for: that of its shortest list."""
    lists = [one.posts for one in problem.demands if post_id in one.posts]
    for posts in sorted(lists, key=len):
        for group in groups:
            if not group.isdisjoint(posts):
                return group
    return groups[0]


def _groups(problem: Problem) -> list[frozenset[PostId]]:
    """Return the posts that hang together through the people who may be planned."""
    leader: dict[PostId | PersonId, PostId | PersonId] = {}

    def first(one: PostId | PersonId) -> PostId | PersonId:
        leader.setdefault(one, one)
        while leader[one] != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for place in (*problem.allowed, *problem.keep):
        leader[first(place.post_id)] = first(place.person_id)
    groups: dict[PostId | PersonId, set[PostId]] = {}
    for post_id in problem.posts:
        groups.setdefault(first(post_id), set()).add(post_id)
    return [frozenset(one) for one in groups.values()]


def _part(problem: Problem, posts: frozenset[PostId]) -> Problem:
    prospects = {
        place: one for place, one in problem.prospects.items() if place.post_id in posts
    }
    people = dict.fromkeys(place.person_id for place in prospects)
    return replace(
        problem,
        people={one: problem.people[one] for one in people},
        posts={key: post for key, post in problem.posts.items() if key in posts},
        prospects=prospects,
        current=frozenset(one for one in problem.current if one in prospects),
        keep=frozenset(one for one in problem.keep if one.post_id in posts),
        never=frozenset(one for one in problem.never if one in prospects),
        demands=tuple(one for one in problem.demands if posts.issuperset(one.posts)),
    )


def _together(problem: Problem, solved: list[Solution]) -> Solution:
    """Return the plans of the parts as one, each rule's bound the sum of theirs.

    The bounds hold for the whole: lists reaching over several parts can only add.
    """
    places = frozenset(place for one in solved for place in one.places)
    bounds = [
        sum(one.levels[at].bound for one in solved) for at in range(len(problem.order))
    ]
    return Solution(
        places=places,
        levels=tuple(
            Level(rule=rule, missing=missing, bound=bound)
            for rule, missing, bound in zip(
                problem.order, measure(problem, places), bounds, strict=True
            )
        ),
    )
