"""Small problems of a slate, and what trying every plan says about them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from kecan.planning.check import faults
from kecan.planning.problem import (
    Placement,
    Problem,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
)
from kecan.planning.soft_rules import measure
from kecan.regulations.verdict import Outcome
from kecan.vocabulary import Level, PersonId, PostId, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

WOMEN = Sentence("nữ", "women")
PLAN = Sentence("toàn bộ quy hoạch", "the whole plan")
MOST_PAIRS = 7


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw a problem small enough to try every plan."""
    people = [PersonId(f"P{number}") for number in range(draw(st.integers(1, 4)))]
    posts = [PostId(f"T{number}") for number in range(draw(st.integers(1, 3)))]
    pairs = [Placement(one, post) for one in people for post in posts]
    judged = draw(
        st.lists(st.sampled_from(pairs), min_size=1, max_size=MOST_PAIRS, unique=True)
    )
    outcomes = st.sampled_from([Outcome.PASS, Outcome.PASS, Outcome.NEEDS_DECISION])
    prospects = {
        place: Prospect(
            outcome=draw(outcomes), fits=draw(st.sampled_from([True, False, None]))
        )
        for place in judged
    }
    some = st.frozensets(st.sampled_from(judged), max_size=2)
    keep = draw(some)
    return Problem(
        people={
            one: SlatePerson(
                person_id=one,
                full_name=f"Người {one}",
                traits=frozenset(draw(st.sets(st.sampled_from(["woman", "young"])))),
                rating=draw(st.sampled_from([0, 1, None])),
            )
            for one in people
        },
        posts={
            post: SlatePost(
                post_id=post,
                title=f"Chức danh {post}",
                level=Level.DISTRICT,
                most=draw(st.sampled_from([None, 2, 3])),
                least=draw(st.sampled_from([None, 0, 1])),
                wanted=draw(st.integers(0, 2)),
                fields=draw(st.sampled_from([(), ("luật",)])),
            )
            for post in posts
        },
        prospects=prospects,
        current=draw(st.frozensets(st.sampled_from(judged))),
        most_posts={Level.DISTRICT: draw(st.integers(1, 3))},
        demands=tuple(draw(_demands(posts))),
        order=tuple(draw(st.permutations(list(SoftRule)))),
        keep=keep,
        never=draw(some) - keep,
        wanted_is_hard=draw(st.booleans()),
    )


@st.composite
def _demands(draw: st.DrawFn, posts: list[PostId]) -> Iterable[ShareDemand]:
    demand = ShareDemand(
        rule=SoftRule.WOMEN,
        trait="woman",
        posts=tuple(posts),
        name=PLAN,
        noun=WOMEN,
        share=draw(st.sampled_from([Fraction(1, 4), Fraction(1, 3), Fraction(1, 2)])),
    )
    young = replace(
        demand,
        rule=SoftRule.YOUNG,
        trait="young",
        posts=(posts[0],),
        share=None,
        at_least=1,
    )
    return draw(st.sampled_from([(), (demand,), (young,), (demand, young)]))


def legal_plans(problem: Problem) -> list[frozenset[Placement]]:
    """Return every plan the judge finds nothing wrong with."""
    judged = list(problem.prospects)
    plans = chain.from_iterable(
        combinations(judged, count) for count in range(len(judged) + 1)
    )
    return [frozenset(plan) for plan in plans if not faults(problem, plan)]


def best_plans(problem: Problem) -> list[frozenset[Placement]]:
    """Return every legal plan nothing is better than, by trying all."""
    plans = legal_plans(problem)
    best = min((measure(problem, plan) for plan in plans), default=None)
    return [plan for plan in plans if measure(problem, plan) == best]
