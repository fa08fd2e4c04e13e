"""The slate as an integer program, solved by HiGHS; the only file that knows a solver.

Nothing it says is believed: values are rounded to whole placements and measured
again in integers, and every answer goes through :mod:`kecan.planning.check`.
"""

from __future__ import annotations

import os
import sys
from itertools import takewhile
from math import ceil, inf
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import highspy
import numpy as np

from kecan.planning.problem import Placement, SoftRule
from kecan.planning.rows import Rows, grouped
from kecan.planning.soft_rules import (
    counts_for,
    least_missing,
    measure,
    rating_place,
    rules_of,
)
from kecan.planning.solution import Level, Solution

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from kecan.planning.problem import Problem, ShareDemand
    from kecan.vocabulary import PersonId

_MAKING = Lock()
_HALF = 0.5
_A_LOOK = 0.2  # seconds
_NEARLY = 1e-6
_UNCOUNTED = frozenset({SoftRule.CHANGES, SoftRule.RATINGS})
_A_RUN, _BRANCHES = 2, 20
_WHOLE_GAP = 0.99  # values are whole: a bound this near proves the best


class InfeasibleError(Exception):
    """No plan meets the hard rules."""


class TimeUpError(Exception):
    """The time ran out before any plan was found."""


class Model:
    """The integer program of one problem; columns are placements, then shortages."""

    def __init__(self, problem: Problem, *, limit_seconds: float = inf) -> None:
        self.problem = problem
        self.places = problem.allowed
        self._at = {place: at for at, place in enumerate(self.places)}
        self._upper = [1.0] * len(self.places)
        self._whole = [True] * len(self.places)
        self._rows = Rows()
        self._terms: dict[SoftRule, list[tuple[int, int]]] = {
            rule: [] for rule in SoftRule
        }
        self._ends = monotonic() + limit_seconds
        self._measured: tuple[frozenset[Placement], tuple[int, ...]] = (
            frozenset(),
            (),
        )
        self._counted: dict[SoftRule, int] = {}
        self._by_post = grouped(self.places, lambda place: place.post_id)
        self._by_person = grouped(self.places, lambda place: place.person_id)
        self._planned: dict[tuple[object, ...], dict[PersonId, int]] = {}
        self._add_caps()
        self._add_shortages()
        self._add_demands()
        self._add_changes()
        self._highs = self._passed()

    # -- the rows ------------------------------------------------------------------

    def _column(self, *, upper: float, is_whole: bool = False) -> int:
        self._upper.append(upper)
        self._whole.append(is_whole)
        return len(self._upper) - 1

    def _add_caps(self) -> None:
        problem = self.problem
        for post in problem.posts.values():
            found = self._by_post.get(post.post_id, ())
            least = problem.least(post)
            most = inf if post.most is None else post.most
            if least > len(found):
                raise InfeasibleError
            if least or most < len(found):
                terms = ((self._at[one], 1) for one in found)
                self._rows.add(terms, least=least, most=most)
        for mine in self._by_person.values():
            levels = grouped(mine, lambda one: problem.posts[one.post_id].level)
            for level, found in levels.items():
                most = problem.most_posts.get(level, len(found))
                if most < len(found):
                    terms = ((self._at[one], 1) for one in found)
                    self._rows.add(terms, least=0, most=most)

    def _add_shortages(self) -> None:
        """Add how many people each post lacks, for the rules that want people there."""
        for post in self.problem.posts.values():
            found = self._by_post.get(post.post_id, ())
            for rule in rules_of(post):
                counting = [
                    self._at[one]
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
        self._rows.add([*terms, (short, 1)], least=wanted)
        self._terms[rule].append((short, 1))

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
            self._rows.add([*terms, (short, below)], least=0)
            self._terms[demand.rule].append((short, 1))

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
                {one: self._at[found[0]] for one, found in mine.items()}
                if len(posts) == 1
                else {one: self._planned_at(found) for one, found in mine.items()}
            )
        return self._planned[key]

    def _planned_at(self, found: Sequence[Placement]) -> int:
        """Return a column that is 1 exactly when one of the placements is taken."""
        if len(found) == 1:
            return self._at[found[0]]
        planned = self._column(upper=1)
        self._rows.add([(planned, -1), *((self._at[one], 1) for one in found)], least=0)
        for one in found:
            self._rows.add([(planned, 1), (self._at[one], -1)], least=0)
        return planned

    def _add_changes(self) -> None:
        problem = self.problem
        for at, place in enumerate(self.places):
            is_current = place in problem.current
            self._terms[SoftRule.CHANGES].append((at, -1 if is_current else 1))
            rating = rating_place(problem.people[place.person_id])
            if rating and not is_current:
                self._terms[SoftRule.RATINGS].append((at, rating))

    def _passed(self) -> highspy.Highs:
        lower = [0.0] * len(self._upper)
        for place in self.problem.keep:
            if place not in self._at:
                raise InfeasibleError
            lower[self._at[place]] = 1.0
        lp = _program(self._rows, lower=lower, upper=self._upper)
        lp.integrality_ = [
            highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous
            for one in self._whole
        ]
        highs = _quiet()
        for name, value in (
            ("random_seed", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", _WHOLE_GAP),
        ):
            highs.setOptionValue(name, value)
        highs.passModel(lp)
        return highs

    # -- the passes ----------------------------------------------------------------

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
                places, found = self._best(self._terms[rule], start=places)
                bound = max(bound, found + self._constant(rule))
                if rule in _UNCOUNTED and bound < self._missing(at, places):
                    bound = max(bound, self._relaxed_bound(rule))
            missing = self._missing(at, places)
            bound = min(bound, missing)
            levels.append(Level(rule=rule, missing=missing, bound=bound))
            if bounds and missing != bounds[at]:
                bounds = []
            self._fix(self._terms[rule], missing - self._constant(rule))
            hopes = missing > counted
        if places is None:
            places, _ = self._best([], start=None)
        return Solution(places=places, levels=tuple(levels))

    def hold(self, levels: Iterable[Level]) -> None:
        """Keep each rule at the value a plan found elsewhere has reached."""
        for one in levels:
            self._fix(self._terms[one.rule], one.missing - self._constant(one.rule))

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
        rest = rules[len(run)] if len(run) < len(rules) else run[0]
        first = self._highs.getNumRow()
        for rule in run:
            self._fix(self._terms[rule], self._counted_bound(rule))
        self._highs.setOptionValue("mip_max_nodes", _BRANCHES)
        try:
            places, bound = self._best(self._terms[rest], start=start)
        except (InfeasibleError, TimeUpError):
            return None
        finally:
            last = self._highs.getNumRow()
            rows = np.arange(first, last, dtype=np.int32)
            self._highs.deleteRows(len(rows), rows)
            self._highs.setOptionValue("mip_max_nodes", highspy.kHighsIInf)
        if rest not in run:
            proven[rest] = bound + self._constant(rest)
        return places

    def most_of(
        self, wanted: Collection[Placement], *, start: Collection[Placement]
    ) -> frozenset[Placement]:
        """Return a best plan that has as many of ``wanted`` as time lets it find.

        Every rule keeps the value :meth:`solve` found.
        """
        return self._best([(self._at[one], -1) for one in wanted], start=start)[0]

    def most_unlike(
        self, start: Collection[Placement], *, among: Collection[Placement]
    ) -> frozenset[Placement] | None:
        """Return a best plan that decides most of ``among`` otherwise than ``start``.

        Every rule keeps the value :meth:`solve` found. The plan is ``start`` itself
        when no best plan decides one of them otherwise; None when the time ran out
        before that was proven.
        """
        taken = frozenset(start)
        terms = [(self._at[one], 1 if one in taken else -1) for one in among]
        found, bound = self._best(terms, start=start)
        unchanged = sum(one in taken for one in among)
        reached = sum(one in found for one in among if one in taken) - sum(
            one in found for one in among if one not in taken
        )
        if reached < unchanged:
            return found
        return taken if bound >= unchanged else None

    def _missing(self, at: int, places: frozenset[Placement]) -> int:
        if self._measured[0] is not places or not self._measured[1]:
            self._measured = (places, measure(self.problem, places))
        return self._measured[1][at]

    def _constant(self, rule: SoftRule) -> int:
        """Return what the rule lacks when every one of its columns is 0."""
        if rule is not SoftRule.CHANGES:
            return 0
        return sum(place in self.problem.current for place in self.places)

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
        highs = self._highs
        self._set_costs(terms)
        left = self._ends - monotonic()
        if left <= 0:
            return self._unproven(start)
        if left < inf:
            highs.setOptionValue("time_limit", highs.getRunTime() + left)
        highs.clearSolver()  # a solution of an earlier pass may not bound this one
        if start is not None:
            taken = set(start)
            ats = np.arange(len(self.places), dtype=np.int32)
            values = np.array([float(one in taken) for one in self.places])
            highs.setSolution(len(ats), ats, values)
        _run(highs)
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise InfeasibleError
        found = highs.getInfo()
        if not abs(found.objective_function_value) < highspy.kHighsInf:
            return self._unproven(start)
        solution = highs.getSolution().col_value
        places = frozenset(
            place
            for place, value in zip(self.places, solution, strict=False)
            if value > _HALF
        )
        return places, self._whole_bound(found.mip_dual_bound)

    def _relaxed_bound(self, rule: SoftRule) -> int:
        """Return what the rule lacks at least by the relaxed program; 0 if it takes long.

        The time may be up: without this nothing at all would be known of a rule that
        no counting bounds.
        """
        highs = self._highs
        self._set_costs(self._terms[rule])
        highs.setOptionValue("solve_relaxation", True)
        highs.setOptionValue("time_limit", highs.getRunTime() + _A_LOOK)
        highs.clearSolver()
        try:
            _run(highs)
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return 0
            value = highs.getInfo().objective_function_value
            return self._whole_bound(value) + self._constant(rule)
        finally:
            highs.setOptionValue("solve_relaxation", False)
            highs.setOptionValue("time_limit", inf)

    def _set_costs(self, terms: Iterable[tuple[int, int]]) -> None:
        columns = len(self._upper)
        costs = np.zeros(columns)
        for column, value in terms:
            costs[column] = value
        ats = np.arange(columns, dtype=np.int32)
        self._highs.changeColsCost(columns, ats, costs)

    def _unproven(
        self, start: Collection[Placement] | None
    ) -> tuple[frozenset[Placement], int]:
        if start is None:
            raise TimeUpError
        return frozenset(start), -len(self.places)

    def _whole_bound(self, bound: float) -> int:
        """Round a bound of a whole value up; without one nothing is proven."""
        return ceil(bound - _NEARLY) if abs(bound) < inf else -len(self.places)

    def _fix(self, terms: Sequence[tuple[int, int]], value: int) -> None:
        """Keep a rule at the value reached: no later pass may lose it."""
        columns = np.array([at for at, _ in terms], dtype=np.int32)
        values = np.array([one for _, one in terms], dtype=np.float64)
        self._highs.addRow(-inf, float(value), len(columns), columns, values)


def relaxed(
    rows: Rows,
    *,
    lower: Sequence[float],
    upper: Sequence[float],
    costs: Sequence[float] | None = None,
) -> Sequence[float] | None:
    """Return the cheapest corner of the relaxed program of some rows, None without one."""
    highs = _quiet()
    lp = _program(rows, lower=lower, upper=upper)
    if costs is not None:
        lp.col_cost_ = np.array(costs)
    highs.setOptionValue("solver", "simplex")  # the answer has to be a corner
    highs.passModel(lp)
    _run(highs)
    if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return list(highs.getSolution().col_value)


def _quiet() -> highspy.Highs:
    """Return a solver that says nothing.

    HiGHS greets on standard output before any option can be set, which would
    spoil JSON; the greeting goes nowhere while the solver is made.
    """
    sys.stdout.flush()
    with _MAKING:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            highs = highspy.Highs()  # type: ignore[no-untyped-call]
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
    highs.setOptionValue("output_flag", False)
    # The first solver of a process fixes the threads of all; another number fails.
    highs.setOptionValue("threads", 1)
    return highs


def _run(highs: highspy.Highs) -> None:
    if highs.run() == highspy.HighsStatus.kError:
        message = f"HiGHS failed: {highs.getModelStatus()}"
        raise RuntimeError(message)


def _program(
    rows: Rows, *, lower: Sequence[float], upper: Sequence[float]
) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(upper), len(rows.starts)
    lp.col_cost_ = np.zeros(len(upper))
    lp.col_lower_, lp.col_upper_ = np.array(lower), np.array(upper)
    lp.row_lower_, lp.row_upper_ = np.array(rows.lower), np.array(rows.upper)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array([*rows.starts, len(rows.columns)], dtype=np.int32)
    lp.a_matrix_.index_ = np.array(rows.columns, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(rows.values, dtype=np.float64)
    return lp
