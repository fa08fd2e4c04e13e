"""Questions that fall apart: solved by parts, they are answered as the whole would be."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from fractions import Fraction
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from tests.planning.strategies_slate import PLAN, WOMEN, problems

from kecan.planning import separation
from kecan.planning.batches import bare, slates
from kecan.planning.check import faults
from kecan.planning.conflicts import parts
from kecan.planning.problem import Placement, Problem, ShareDemand, SoftRule
from kecan.planning.separation import separate, solve
from kecan.planning.slate import Conflict, Proposal, choose, propose_slate
from kecan.planning.solution import InfeasibleError
from kecan.planning.solve import Model
from kecan.vocabulary import PersonId, PostId

HALF = Fraction(1, 2)  # no legal number: half of those planned


def renamed(problem: Problem, *, prefix: str) -> Problem:
    """Return the same question about other people and other posts."""

    def place(one: Placement) -> Placement:
        return Placement(PersonId(prefix + one.person_id), PostId(prefix + one.post_id))

    return replace(
        problem,
        people={
            (key := PersonId(prefix + one.person_id)): replace(one, person_id=key)
            for one in problem.people.values()
        },
        posts={
            (post := PostId(prefix + one.post_id)): replace(one, post_id=post)
            for one in problem.posts.values()
        },
        prospects={place(key): one for key, one in problem.prospects.items()},
        current=frozenset(map(place, problem.current)),
        keep=frozenset(map(place, problem.keep)),
        never=frozenset(map(place, problem.never)),
        demands=tuple(
            replace(one, posts=tuple(PostId(prefix + key) for key in one.posts))
            for one in problem.demands
        ),
    )


def together(first: Problem, second: Problem, *demands: ShareDemand) -> Problem:
    """Return two questions as one, with lists that reach over both."""
    return replace(
        first,
        people={**first.people, **second.people},
        posts={**first.posts, **second.posts},
        prospects={**first.prospects, **second.prospects},
        current=first.current | second.current,
        keep=first.keep | second.keep,
        never=first.never | second.never,
        demands=(*first.demands, *second.demands, *demands),
    )


@settings(max_examples=40)
@given(one=problems())
def test_two_committees_as_one_question_are_answered_as_each_alone(
    one: Problem,
) -> None:
    other = renamed(one, prefix="x")

    alone = propose_slate(one, questions=0)
    both = propose_slate(together(one, other), questions=0)

    if isinstance(alone, Conflict):
        assert isinstance(both, Conflict)
        return
    assert isinstance(both, Proposal)
    assert both.is_proven
    assert [level.missing for level in both.levels] == [
        2 * level.missing for level in alone.levels
    ]


@settings(max_examples=40)
@given(one=problems())
def test_a_share_over_both_is_met_as_well_as_the_whole_model_meets_it(
    one: Problem,
) -> None:
    both = together(one, renamed(one, prefix="x"))
    women = ShareDemand(
        rule=SoftRule.WOMEN,
        trait="woman",
        posts=tuple(both.posts),
        name=PLAN,
        noun=WOMEN,
        share=HALF,
    )
    asked = replace(both, demands=(*both.demands, women))
    try:
        whole = Model(asked).solve()
    except InfeasibleError:
        return

    found, _ = solve(asked)

    assert not faults(asked, sorted(found.places))
    assert [(one.missing, one.bound) for one in found.levels] == [
        (one.missing, one.bound) for one in whole.levels
    ]


@settings(max_examples=20)
@given(one=problems())
def test_parts_that_ran_out_of_their_time_go_on_in_what_is_left(one: Problem) -> None:
    both = together(one, renamed(one, prefix="x"))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(separation, "_GENEROUS", 0)
        try:
            found, _ = solve(both, limit_seconds=60)
        except InfeasibleError:
            return

    assert found.is_proven


@settings(max_examples=60)
@given(one=problems())
def test_no_part_shares_an_eligible_person_or_a_post_with_another(
    one: Problem,
) -> None:
    found = separate(one)

    posts = [post for part in found for post in part.posts]
    people = [
        person
        for part in found
        for person in {place.person_id for place in part.allowed}
    ]
    assert sorted(posts) == sorted(one.posts)
    assert len(people) == len(set(people))


@settings(max_examples=2)
@given(one=problems())
def test_rounds_spread_over_processes_come_back_in_their_order(one: Problem) -> None:
    rounds = [one, renamed(one, prefix="x")]
    here = list(slates(rounds))

    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        there = list(slates(rounds, executor=executor))

    assert there == here


@settings(max_examples=60)
@given(one=problems())
def test_a_question_without_its_evidence_has_the_same_answer(one: Problem) -> None:
    whole, sent = choose(one), choose(bare(one))

    if isinstance(whole, Conflict):
        assert isinstance(sent, Conflict)
        ours, theirs = parts(one), parts(bare(one))
        kept = [at for at, part in enumerate(ours) if part in whole.parts]
        assert kept == [at for at, part in enumerate(theirs) if part in sent.parts]
        return
    assert sent == whole
