"""When the time is up: a plan all the same, lawful, and honest about what is not proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from tests.planning.strategies_slate import problems

from kecan.planning.check import faults
from kecan.planning.slate import Conflict, propose_slate
from kecan.planning.slate_words import unproven_sentences

if TYPE_CHECKING:
    from kecan.planning.problem import Problem


@settings(max_examples=80)
@given(problem=problems())
def test_without_time_there_is_a_lawful_plan_exactly_when_there_is_one(
    problem: Problem,
) -> None:
    best = propose_slate(problem, questions=0)

    found = propose_slate(problem, limit_seconds=0)

    if isinstance(best, Conflict) or isinstance(found, Conflict):
        assert type(found) is type(best)
        return
    assert not faults(problem, found.places)


@settings(max_examples=80)
@given(problem=problems())
def test_without_time_nothing_is_called_best_that_is_not(problem: Problem) -> None:
    best = propose_slate(problem, questions=0)

    found = propose_slate(problem, limit_seconds=0)

    if isinstance(best, Conflict) or isinstance(found, Conflict):
        return
    for ours, proven in zip(found.levels, best.levels, strict=True):
        assert ours.bound <= proven.missing
        if ours.missing != proven.missing:
            assert not ours.is_proven
            break
    assert len(unproven_sentences(found)) == sum(
        not one.is_proven for one in found.levels
    )
