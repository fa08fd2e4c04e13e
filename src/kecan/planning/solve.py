"""The search for a slate: one pass a soft rule, in the order of the problem.

Nothing a solver says is believed: values are rounded to whole placements and measured
again in integers, and every answer goes through :mod:`kecan.planning.check`.
"""

from __future__ import annotations

from itertools import takewhile
from math import inf
from time import monotonic
from typing import TYPE_CHECKING

from kecan.planning.integer_program import IntegerProgram, NoAnswerError
from kecan.planning.problem import SoftRule
from kecan.planning.slate_model import SlateRows
from kecan.planning.soft_rules import least_missing, measure
from kecan.planning.solution import InfeasibleError, Level, Solution, TimeUpError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from kecan.planning.problem import Placement, Problem

_HALF = 0.5
_A_LOOK = 0.2  # seconds
_UNCOUNTED = frozenset({SoftRule.CHANGES, SoftRule.RATINGS})
_A_RUN, _BRANCHES = 2, 20
_LARGEST_SUM = 10**7  # a joined objective stays far from the limits of floats


class Model:
    """The program of one problem with the passes over its soft rules."""

    def __init__(self, problem: Problem, *, limit_seconds: float = inf) -> None:
        self.problem = problem
        self._ends = monotonic() + limit_seconds
        self._rows = SlateRows(problem)
        self.places = self._rows.places
        self._terms = self._rows.terms
        self._measured: tuple[frozenset[Placement], tuple[int, ...]] = (
            frozenset(),
            (),
        )
        self._counted: dict[SoftRule, int] = {}
        rows = self._rows
        self._program = IntegerProgram(
            rows.rows, lower=rows.lower, upper=rows.upper, whole=rows.whole
        )

    def solve(
        self,
        *,
        start: Solution | None = None,
        tell: Callable[[SoftRule], None] | None = None,
    ) -> Solution:
        """Return a plan that is best in the order of the problem.

        Args:
            start: A plan that meets the hard rules, to begin with. A bound of its
                levels is used as long as the rules before it reach theirs.
            tell: Called with each rule before its pass, for a progress bar.

        Raises:
            InfeasibleError: If no plan meets the hard rules.
            TimeUpError: If the time ran out before any plan was found.
        """
        places = None if start is None else start.places
        bounds = [] if start is None else [one.bound for one in start.levels]
        levels: list[Level] = []
        hopes = start is None
        proven: dict[SoftRule, int] = {}
        order = self.problem.order
        for at, rule in enumerate(order):
            if tell is not None:
                tell(rule)
            counted = self._counted_bound(rule)
            if hopes and (places is None or self._missing(at, places) > counted):
                places = self._all_at_once(order[at:], places, proven) or places
            bound = max(counted, proven.get(rule, counted), *bounds[at : at + 1])
            if places is None or self._missing(at, places) > bound:
                places = self._search(order[at:], start=places, proven=proven)
                bound = max(bound, proven[rule])
                if rule in _UNCOUNTED and bound < self._missing(at, places):
                    bound = max(bound, self._relaxed_bound(rule))
            missing = self._missing(at, places)
            bound = min(bound, missing)
            levels.append(Level(rule=rule, missing=missing, bound=bound))
            if bounds and missing != bounds[at]:
                bounds = []
            self._fix(rule, missing)
            hopes = missing > counted
        if places is None:
            places, _ = self._best([], start=None)
        return Solution(places=places, levels=tuple(levels))

    def hold(self, levels: Iterable[Level]) -> None:
        """Keep each rule at the value a plan found elsewhere has reached."""
        for one in levels:
            self._fix(one.rule, one.missing)

    def _all_at_once(
        self,
        rules: Sequence[SoftRule],
        start: frozenset[Placement] | None,
        proven: dict[SoftRule, int],
    ) -> frozenset[Placement] | None:
        """Return a plan in which each rule of a run lacks no more than counting proves.

        One search takes the place of one for each rule, and proves a bound for the
        rule after them. None when a few branches found no such plan; then the rules
        are looked at one by one.
        """
        run = list(takewhile(lambda rule: rule not in _UNCOUNTED, rules))
        if len(run) < _A_RUN:
            return None
        rest = rules[len(run) :] or run[:1]
        found: dict[SoftRule, int] = {}
        with self._program.on_trial(branches=_BRANCHES):
            for rule in run:
                self._fix(rule, self._counted_bound(rule))
            try:
                places = self._search(rest, start=start, proven=found)
            except (InfeasibleError, TimeUpError):
                return None
        reached = dict(zip(self.problem.order, self._measure(places), strict=True))
        if rest != run[:1] and all(reached[one] <= self._counted[one] for one in run):
            proven.update(found)
        return places

    def _search(
        self,
        rules: Sequence[SoftRule],
        *,
        start: frozenset[Placement] | None,
        proven: dict[SoftRule, int],
    ) -> frozenset[Placement]:
        """Return a plan best in the first rule, and in the second where one pass takes both.

        What is proven of them is written into ``proven``; of the second it holds with
        the first at the value the plan has. Two rules are joined by a weight: one more
        of the first costs more than the second comes to in any plan.
        """
        first, second, weight = rules[0], None, 1
        if len(rules) > 1 and {first, rules[1]} == _UNCOUNTED:
            weight = self._rows.most(rules[1]) + 1
            if weight * self._rows.most(first) <= _LARGEST_SUM:
                second = rules[1]
        if second is None:
            places, bound = self._best(self._terms[first], start=start)
            proven[first] = bound + self._rows.constant(first)
            return places
        terms = [(at, weight * value) for at, value in self._terms[first]]
        places, bound = self._best([*terms, *self._terms[second]], start=start)
        bound += weight * self._rows.constant(first) + self._rows.constant(second)
        reached = dict(zip(self.problem.order, self._measure(places), strict=True))
        proven[first] = -((weight - 1 - bound) // weight)
        proven[second] = bound - weight * reached[first]
        return places

    def most_of(
        self, wanted: Collection[Placement], *, start: Collection[Placement]
    ) -> frozenset[Placement]:
        """Return a best plan that has as many of ``wanted`` as time lets it find.

        Every rule keeps the value :meth:`solve` found.
        """
        return self._best([(self._rows.at[one], -1) for one in wanted], start=start)[0]

    def most_unlike(
        self, start: Collection[Placement], *, among: Collection[Placement]
    ) -> frozenset[Placement] | None:
        """Return a best plan that decides most of ``among`` otherwise than ``start``.

        Every rule keeps the value :meth:`solve` found. The plan is ``start`` itself
        when no best plan decides one of them otherwise; None when the time ran out
        before that was proven.
        """
        taken = frozenset(start)
        terms = [(self._rows.at[one], 1 if one in taken else -1) for one in among]
        found, bound = self._best(terms, start=start)
        unchanged = sum(one in taken for one in among)
        reached = sum(one in found for one in among if one in taken) - sum(
            one in found for one in among if one not in taken
        )
        if reached < unchanged:
            return found
        return taken if bound >= unchanged else None

    def _missing(self, at: int, places: frozenset[Placement]) -> int:
        return self._measure(places)[at]

    def _measure(self, places: frozenset[Placement]) -> tuple[int, ...]:
        if self._measured[0] is not places or not self._measured[1]:
            self._measured = (places, measure(self.problem, places))
        return self._measured[1]

    def _counted_bound(self, rule: SoftRule) -> int:
        if rule not in self._counted:
            self._counted[rule] = least_missing(self.problem, rule)
        return self._counted[rule]

    def _best(
        self,
        terms: Iterable[tuple[int, int]],
        *,
        start: Collection[Placement] | None,
    ) -> tuple[frozenset[Placement], int]:
        """Return the placements with the least sum of ``terms``, and a proven bound."""
        terms = list(terms)
        least = sum(min(0, value) * self._rows.upper[at] for at, value in terms)
        left = self._ends - monotonic()
        begun = None
        if start is not None:
            taken = set(start)
            begun = [float(one in taken) for one in self.places]
        try:
            found = (
                self._program.least(terms, seconds=left, start=begun)
                if left > 0
                else None
            )
        except NoAnswerError:
            raise InfeasibleError from None
        if found is None:
            if start is None:
                raise TimeUpError
            return frozenset(start), int(least)
        places = frozenset(
            place
            for place, value in zip(self.places, found.values, strict=False)
            if value > _HALF
        )
        return places, int(least) if found.bound is None else found.bound

    def _relaxed_bound(self, rule: SoftRule) -> int:
        """Return what the rule lacks at least by the relaxed program; 0 if it takes long.

        The time may be up: without this nothing at all would be known of a rule that
        no counting bounds.
        """
        found = self._program.relaxed_bound(self._terms[rule], seconds=_A_LOOK)
        return 0 if found is None else found + self._rows.constant(rule)

    def _fix(self, rule: SoftRule, missing: int) -> None:
        """Keep a rule at the value reached: no later pass may lose it."""
        self._program.limit(self._terms[rule], most=missing - self._rows.constant(rule))
