"""A whole-number program and the search for its best answer; the only file that knows HiGHS.

Nothing it says of an answer is believed: whoever asks rounds the values and measures
again. Of a bound so much is given away that the solver's tolerances cannot lift it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil, inf
from threading import Lock
from typing import TYPE_CHECKING

import highspy
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kecan.planning.rows import Rows

_MAKING = Lock()
_GIVEN_AWAY = 0.4
_WHOLE_GAP = 0.5  # values are whole: with what is given away still near enough


class NoAnswerError(Exception):
    """The rows cannot hold together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The values of the columns, and a whole number no answer can be below.

    ``bound`` is None when nothing is proven.
    """

    values: Sequence[float]
    bound: int | None


class IntegerProgram:
    """Rows over columns with bounds, some of them whole, kept between searches."""

    def __init__(
        self,
        rows: Rows,
        *,
        lower: Sequence[float],
        upper: Sequence[float],
        whole: Sequence[bool],
    ) -> None:
        self._columns = len(upper)
        program = _program(rows, lower=lower, upper=upper)
        program.integrality_ = [
            highspy.HighsVarType.kInteger if one else highspy.HighsVarType.kContinuous
            for one in whole
        ]
        self._highs = _quiet()
        for name, value in (
            ("random_seed", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", _WHOLE_GAP),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(program)

    def least(
        self,
        terms: Iterable[tuple[int, int]],
        *,
        seconds: float = inf,
        start: Sequence[float] | None = None,
    ) -> Answer | None:
        """Return the answer with the least sum of ``terms``; None if time ran out first.

        Args:
            terms: Columns with whole values.
            seconds: How long to search.
            start: Values of the first columns to begin with.

        Raises:
            NoAnswerError: If the rows cannot hold together.
        """
        highs = self._highs
        self._set_costs(terms)
        if seconds < inf:
            highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.clearSolver()  # a solution of an earlier search may not bound this one
        if start is not None:
            ats = np.arange(len(start), dtype=np.int32)
            highs.setSolution(len(ats), ats, np.array(start, dtype=np.float64))
        _run(highs)
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            raise NoAnswerError
        found = highs.getInfo()
        if not abs(found.objective_function_value) < highspy.kHighsInf:
            return None
        return Answer(
            values=highs.getSolution().col_value, bound=_rounded(found.mip_dual_bound)
        )

    def relaxed_bound(
        self, terms: Iterable[tuple[int, int]], *, seconds: float
    ) -> int | None:
        """Return a bound of the sum by the relaxed program, None if it takes longer."""
        highs = self._highs
        self._set_costs(terms)
        highs.setOptionValue("solve_relaxation", True)
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.clearSolver()
        try:
            _run(highs)
            if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            return _rounded(highs.getInfo().objective_function_value)
        finally:
            highs.setOptionValue("solve_relaxation", False)
            highs.setOptionValue("time_limit", inf)

    def limit(self, terms: Sequence[tuple[int, int]], *, most: int) -> None:
        """Add a row: the sum of ``terms`` is at most so much."""
        columns = np.array([at for at, _ in terms], dtype=np.int32)
        values = np.array([one for _, one in terms], dtype=np.float64)
        self._highs.addRow(-inf, float(most), len(columns), columns, values)

    @contextmanager
    def on_trial(self, *, branches: int) -> Iterator[None]:
        """Search a few branches only, and take rows added meanwhile away again."""
        first = self._highs.getNumRow()
        self._highs.setOptionValue("mip_max_nodes", branches)
        try:
            yield
        finally:
            rows = np.arange(first, self._highs.getNumRow(), dtype=np.int32)
            self._highs.deleteRows(len(rows), rows)
            self._highs.setOptionValue("mip_max_nodes", highspy.kHighsIInf)

    def _set_costs(self, terms: Iterable[tuple[int, int]]) -> None:
        costs = np.zeros(self._columns)
        for column, value in terms:
            costs[column] += value
        ats = np.arange(self._columns, dtype=np.int32)
        self._highs.changeColsCost(self._columns, ats, costs)


def _rounded(bound: float) -> int | None:
    """Round a bound of a whole value up; None without one."""
    return ceil(bound - _GIVEN_AWAY) if abs(bound) < inf else None


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
