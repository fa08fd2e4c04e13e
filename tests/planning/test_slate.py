"""The slate against every plan there is, under other names, and when none can be."""

from __future__ import annotations

import itertools
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.strategies_slate import best_plans, problems

from kecan.planning.check import faults
from kecan.planning.conflicts import parts, smallest_conflict
from kecan.planning.holding import can_hold
from kecan.planning.problem import Placement, Problem
from kecan.planning.slate import Conflict, Proposal, propose_slate
from kecan.planning.soft_rules import measure
from kecan.vocabulary import PersonId


@settings(max_examples=60)
@given(problem=problems())
def test_the_slate_is_as_good_as_the_best_of_all_plans(problem: Problem) -> None:
    best = best_plans(problem)

    found = propose_slate(problem)

    if not best:
        assert isinstance(found, Conflict)
        return
    assert isinstance(found, Proposal)
    assert found.is_proven
    assert frozenset(found.places) in best
    assert not faults(problem, found.places)


@settings(max_examples=60)
@given(problem=problems())
def test_what_is_open_is_what_best_plans_decide_differently(problem: Problem) -> None:
    best = best_plans(problem)
    found = propose_slate(problem)
    if isinstance(found, Conflict):
        return

    always = frozenset.intersection(*best)
    ever = frozenset.union(*best)

    assert found.ties_are_complete
    said = {one.place for one in found.reasons if one.is_open}
    assert said == ever - always


@settings(max_examples=40)
@given(problem=problems())
def test_a_conflict_holds_when_any_one_part_is_taken_away(problem: Problem) -> None:
    found = propose_slate(problem)
    if isinstance(found, Proposal):
        return

    assert not can_hold(problem, found.parts)
    for one in found.parts:
        rest = [other for other in found.parts if other is not one]
        assert can_hold(problem, rest)


@settings(max_examples=40)
@given(problem=problems(), patience=st.integers(0, 12))
def test_a_conflict_cut_short_still_cannot_hold_and_says_that_it_was(
    problem: Problem, patience: int
) -> None:
    everything, asks = parts(problem), itertools.count()
    if can_hold(problem, everything):
        return

    found, is_smallest = smallest_conflict(
        everything,
        can_hold=partial(can_hold, problem),
        is_over=lambda: next(asks) >= patience,
    )

    assert not can_hold(problem, found)
    spared = [
        can_hold(problem, [other for other in found if other is not one])
        for one in found
    ]
    assert all(spared) or not is_smallest


@settings(max_examples=5)
@given(problem=problems())
def test_a_slate_may_follow_a_question_of_what_can_hold(problem: Problem) -> None:
    """One process solves both, in any order: they share the solver's threads."""
    in_a_fresh_process = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    with in_a_fresh_process as process:
        process.submit(can_hold, problem, parts(problem)).result()
        process.submit(propose_slate, problem).result()


@settings(max_examples=40)
@given(problem=problems())
def test_renaming_people_renames_the_answer(problem: Problem) -> None:
    other = _renamed(problem)

    found, again = propose_slate(problem), propose_slate(other)

    assert isinstance(found, Conflict) is isinstance(again, Conflict)
    if isinstance(found, Conflict) or isinstance(again, Conflict):
        return
    assert measure(problem, found.places) == measure(other, again.places)
    assert _certain(found, rename=True) == _certain(again, rename=False)


def _certain(found: Proposal, *, rename: bool) -> set[tuple[Placement, bool]]:
    return {
        (_new(one.place) if rename else one.place, one.is_on)
        for one in found.reasons
        if not one.is_open
    }


def _new(place: Placement) -> Placement:
    return Placement(PersonId(f"Z{9 - int(place.person_id[1:])}"), place.post_id)


def _renamed(problem: Problem) -> Problem:
    """Return the same question with other ids, the people in the reverse order."""
    people = {
        PersonId(f"Z{9 - int(key[1:])}"): one for key, one in problem.people.items()
    }
    return replace(
        problem,
        people={
            key: replace(one, person_id=key, full_name="Tên khác")
            for key, one in reversed(people.items())
        },
        prospects={
            _new(key): one for key, one in reversed(list(problem.prospects.items()))
        },
        current=frozenset(map(_new, problem.current)),
        keep=frozenset(map(_new, problem.keep)),
        never=frozenset(map(_new, problem.never)),
    )
