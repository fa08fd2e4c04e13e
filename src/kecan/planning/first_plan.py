"""A plan found without a search, for when the time is up before the first one.

Bounds on posts and people over single placements are a network, so a corner of the
relaxed program is a whole plan; no branch is ever needed.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from kecan.planning.integer_program import relaxed
from kecan.planning.rows import Rows, grouped
from kecan.planning.solution import InfeasibleError

if TYPE_CHECKING:
    from kecan.planning.problem import Placement, Problem

_HALF = 0.5
_PERSON_MISSING = 3  # worth more than the change that mends it


def first_plan(problem: Problem) -> frozenset[Placement]:
    """Return a plan that meets the hard rules, near the people wanted and the plan there is.

    No other soft rule is looked at and nothing is proven of it.

    Raises:
        InfeasibleError: If no plan meets the hard rules.
    """
    places = problem.allowed
    if not problem.keep <= set(places):
        raise InfeasibleError
    at = {place: column for column, place in enumerate(places)}
    costs = [-1.0 if place in problem.current else 1.0 for place in places]
    upper = [1.0] * len(places)
    rows = Rows()
    by_post = grouped(places, lambda one: one.post_id)
    for post in problem.posts.values():
        terms = [(at[one], 1) for one in by_post.get(post.post_id, ())]
        rows.add(
            terms,
            least=problem.least(post),
            most=inf if post.most is None else post.most,
        )
        upper.append(post.wanted)
        costs.append(_PERSON_MISSING)
        rows.add([*terms, (len(upper) - 1, 1)], least=post.wanted)
    levels = grouped(
        places, lambda one: (one.person_id, problem.posts[one.post_id].level)
    )
    for (_, level), mine in levels.items():
        most = problem.most_posts.get(level, inf)
        if most < len(mine):
            rows.add(((at[one], 1) for one in mine), least=0, most=most)
    lower = [float(one in problem.keep) for one in places]
    lower += [0.0] * (len(upper) - len(lower))
    values = relaxed(rows, lower=lower, upper=upper, costs=costs)
    if values is None:
        raise InfeasibleError
    return frozenset(
        place for place, one in zip(places, values, strict=False) if one > _HALF
    )
