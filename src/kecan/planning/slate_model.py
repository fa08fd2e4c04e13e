"""The rows of a slate's whole-number program: placements, then what posts and lists lack."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from kecan.planning.problem import SoftRule
from kecan.planning.rows import Rows, grouped
from kecan.planning.soft_rules import counts_for, rating_place, rules_of
from kecan.planning.solution import InfeasibleError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.planning.problem import Placement, Problem, ShareDemand
    from kecan.vocabulary import PersonId


class SlateRows:
    """The program of one problem, as written down.

    ``terms`` are, for each soft rule, the columns whose sum is what it lacks, less
    :meth:`constant`.

    Raises:
        InfeasibleError: If counting alone shows that no plan meets the hard rules.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.places = problem.allowed
        self.at = {place: at for at, place in enumerate(self.places)}
        self.upper = [1.0] * len(self.places)
        self.whole = [True] * len(self.places)
        self.rows = Rows()
        self.terms: dict[SoftRule, list[tuple[int, int]]] = {
            rule: [] for rule in SoftRule
        }
        self._by_post = grouped(self.places, lambda place: place.post_id)
        self._by_person = grouped(self.places, lambda place: place.person_id)
        self._planned: dict[tuple[object, ...], dict[PersonId, int]] = {}
        self._add_caps()
        self._add_shortages()
        self._add_demands()
        self._add_changes()

    @property
    def lower(self) -> list[float]:
        """The least value of each column: 1 for who is kept.

        Raises:
            InfeasibleError: If somebody kept may not be placed.
        """
        found = [0.0] * len(self.upper)
        for place in self.problem.keep:
            if place not in self.at:
                raise InfeasibleError
            found[self.at[place]] = 1.0
        return found

    def constant(self, rule: SoftRule) -> int:
        """Return what the rule lacks when every one of its columns is 0."""
        if rule is not SoftRule.CHANGES:
            return 0
        return sum(place in self.problem.current for place in self.places)

    def most(self, rule: SoftRule) -> int:
        """Return what changes or ratings come to at most in any plan."""
        added = 0
        for post_id, found in self._by_post.items():
            fresh = sum(place not in self.problem.current for place in found)
            most = self.problem.posts[post_id].most
            added += fresh if most is None else min(fresh, most)
        if rule is SoftRule.RATINGS:
            worst = max((value for _, value in self.terms[rule]), default=0)
            return worst * added
        return added + self.constant(SoftRule.CHANGES)

    def _column(self, *, upper: float, is_whole: bool = False) -> int:
        self.upper.append(upper)
        self.whole.append(is_whole)
        return len(self.upper) - 1

    def _add_caps(self) -> None:
        problem = self.problem
        for post in problem.posts.values():
            found = self._by_post.get(post.post_id, ())
            least = problem.least(post)
            most = inf if post.most is None else post.most
            if least > len(found):
                raise InfeasibleError
            if least or most < len(found):
                terms = ((self.at[one], 1) for one in found)
                self.rows.add(terms, least=least, most=most)
        for mine in self._by_person.values():
            levels = grouped(mine, lambda one: problem.posts[one.post_id].level)
            for level, found in levels.items():
                most = problem.most_posts.get(level, len(found))
                if most < len(found):
                    terms = ((self.at[one], 1) for one in found)
                    self.rows.add(terms, least=0, most=most)

    def _add_shortages(self) -> None:
        """Add how many people each post lacks, for the rules that want people there."""
        for post in self.problem.posts.values():
            found = self._by_post.get(post.post_id, ())
            for rule in rules_of(post):
                counting = [
                    self.at[one]
                    for one in found
                    if counts_for(rule, self.problem.prospects[one])
                ]
                self._add_shortage(rule, [(at, 1) for at in counting], post.wanted)

    def _add_shortage(
        self, rule: SoftRule, terms: Sequence[tuple[int, int]], wanted: int
    ) -> None:
        if not wanted:
            return
        short = self._column(upper=wanted)
        self.rows.add([*terms, (short, 1)], least=wanted)
        self.terms[rule].append((short, 1))

    def _add_demands(self) -> None:
        for demand in self.problem.demands:
            people = self._people_of(demand)
            traits = {
                person_id: demand.trait in self.problem.people[person_id].traits
                for person_id in people
            }
            if demand.share is None:
                having = [(at, 1) for one, at in people.items() if traits[one]]
                self._add_shortage(demand.rule, having, demand.at_least or 0)
                continue
            above, below = demand.share.numerator, demand.share.denominator
            short = self._column(upper=len(people), is_whole=True)
            terms = [
                (at, below * traits[one] - above)
                for one, at in people.items()
                if below * traits[one] != above
            ]
            self.rows.add([*terms, (short, below)], least=0)
            self.terms[demand.rule].append((short, 1))

    def _people_of(self, demand: ShareDemand) -> Mapping[PersonId, int]:
        """Return for each person the column that says whether the list has them."""
        key = tuple(demand.posts)
        if key not in self._planned:
            posts = set(demand.posts)
            mine = grouped(
                (one for post in demand.posts for one in self._by_post.get(post, ())),
                lambda place: place.person_id,
            )
            self._planned[key] = (
                {one: self.at[found[0]] for one, found in mine.items()}
                if len(posts) == 1
                else {one: self._planned_at(found) for one, found in mine.items()}
            )
        return self._planned[key]

    def _planned_at(self, found: Sequence[Placement]) -> int:
        """Return a column that is 1 exactly when one of the placements is taken.

        So many posts of a level as somebody may have also bound the column: without
        that a relaxed answer spreads a person thinly over many posts and counts them
        for a fraction only.
        """
        if len(found) == 1:
            return self.at[found[0]]
        planned = self._column(upper=1)
        self.rows.add([(planned, -1), *((self.at[one], 1) for one in found)], least=0)
        for one in found:
            self.rows.add([(planned, 1), (self.at[one], -1)], least=0)
        levels = grouped(found, lambda one: self.problem.posts[one.post_id].level)
        for level, mine in levels.items():
            most = self.problem.most_posts.get(level, len(mine))
            if 1 < most < len(mine):
                terms = ((self.at[one], -1) for one in mine)
                self.rows.add([(planned, most), *terms], least=0)
        return planned

    def _add_changes(self) -> None:
        problem = self.problem
        for at, place in enumerate(self.places):
            is_current = place in problem.current
            self.terms[SoftRule.CHANGES].append((at, -1 if is_current else 1))
            rating = rating_place(problem.people[place.person_id])
            if rating and not is_current:
                self.terms[SoftRule.RATINGS].append((at, rating))
