"""Whether some of the hard rules can hold together, asked for the conflict in words."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from kecan.planning.conflicts import PartKind
from kecan.planning.integer_program import relaxed
from kecan.planning.rows import Rows, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.planning.conflicts import Part
    from kecan.planning.problem import Placement, Problem


def can_hold(problem: Problem, parts: Sequence[Part]) -> bool:
    """Tell whether some plan meets the parts given, and nothing else.

    Bounds on posts and people over single placements are a network, so the
    relaxed program is feasible exactly when a whole plan is.
    """
    asked: set[tuple[object, ...]] = {
        (one.kind, one.post_id, one.person_id, one.level) for one in parts
    }
    places = [
        place
        for place in dict.fromkeys((*problem.prospects, *sorted(problem.keep)))
        if place in problem.keep or problem.prospects[place].is_eligible
    ]
    return _Relaxed(problem, asked=asked, places=places).is_feasible()


@dataclass(slots=True)
class _Relaxed:
    """The hard rules of a problem, those asked for only."""

    problem: Problem
    asked: set[tuple[object, ...]]
    places: list[Placement]

    def is_feasible(self) -> bool:
        rows, upper, lower = Rows(), [], []
        at = {place: column for column, place in enumerate(self.places)}
        for place in self.places:
            low, high = self._bounds(place)
            lower.append(low)
            upper.append(high)
        self._add_posts(rows, at, lower, upper)
        self._add_people(rows, at)
        return (
            all(low <= high for low, high in zip(lower, upper, strict=True))
            and relaxed(rows, lower=lower, upper=upper) is not None
        )

    def _has(self, kind: PartKind, *, place: Placement) -> bool:
        return (kind, place.post_id, place.person_id, None) in self.asked

    def _bounds(self, place: Placement) -> tuple[float, float]:
        is_out = self._has(PartKind.NEVER, place=place) or self._has(
            PartKind.VERDICT, place=place
        )
        return float(self._has(PartKind.KEEP, place=place)), float(not is_out)

    def _add_posts(
        self,
        rows: Rows,
        at: Mapping[Placement, int],
        lower: list[float],
        upper: list[float],
    ) -> None:
        mine = grouped(self.places, lambda place: place.post_id)
        for post in self.problem.posts.values():
            found = mine.get(post.post_id, [])
            key = (post.post_id, None, None)
            least = (
                self.problem.least(post) if (PartKind.LEAST, *key) in self.asked else 0
            )
            most = inf
            if (PartKind.MOST, *key) in self.asked and post.most is not None:
                most = post.most
            terms = [(at[one], 1) for one in found]
            if (PartKind.SUPPLY, *key) not in self.asked:
                lower.append(0)
                upper.append(inf)
                terms.append((len(upper) - 1, 1))
            if least or most < inf:
                rows.add(terms, least=least, most=most)

    def _add_people(self, rows: Rows, at: Mapping[Placement, int]) -> None:
        posts = self.problem.posts
        mine = grouped(
            self.places, lambda one: (one.person_id, posts[one.post_id].level)
        )
        for (person_id, level), found in mine.items():
            if (PartKind.POSTS, None, person_id, level) in self.asked:
                most = self.problem.most_posts[level]
                rows.add(((at[one], 1) for one in found), least=0, most=most)
