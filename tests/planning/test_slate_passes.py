"""Passes of the slate that do more at once: two rules by weight, people by their caps."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kecan.planning import solve
from kecan.planning.problem import (
    Placement,
    Problem,
    Prospect,
    ShareDemand,
    SlatePerson,
    SlatePost,
    SoftRule,
    ordered,
)
from kecan.planning.slate import Proposal, propose_slate
from kecan.regulations.verdict import Outcome
from kecan.vocabulary import Level, PersonId, PostId, Sentence

FIRST, SECOND = PostId("T1"), PostId("T2")
WOMEN = Sentence("nữ", "women")


def place(person: str, post: PostId) -> Placement:
    return Placement(PersonId(person), post)


def asked(
    *places: Placement,
    current: frozenset[Placement] = frozenset(),
    most: int = 1,
    ratings: dict[str, int] | None = None,
    demands: tuple[ShareDemand, ...] = (),
    order: tuple[SoftRule, ...] = tuple(SoftRule),
) -> Problem:
    people = dict.fromkeys(one.person_id for one in places)
    posts = dict.fromkeys(one.post_id for one in places)
    return Problem(
        people={
            one: SlatePerson(
                person_id=one, full_name=one, rating=(ratings or {}).get(one, 0)
            )
            for one in people
        },
        posts={
            one: SlatePost(
                post_id=one, title=one, level=Level.DISTRICT, most=3, wanted=1
            )
            for one in posts
        },
        prospects={one: Prospect(outcome=Outcome.PASS) for one in places},
        current=current,
        most_posts={Level.DISTRICT: most},
        demands=demands,
        order=order,
    )


def best(problem: Problem) -> dict[SoftRule, int]:
    found = propose_slate(problem)
    assert isinstance(found, Proposal)
    assert found.is_proven
    return {one.rule: one.missing for one in found.levels}


def fewer_changes_or_better_ratings(order: tuple[SoftRule, ...]) -> Problem:
    """T1 has nobody: it takes a poorly rated newcomer, or somebody from T2 besides."""
    held = frozenset({place("giỏi", SECOND), place("khác", SECOND)})
    return asked(
        place("kém", FIRST),
        place("giỏi", FIRST),
        *held,
        current=held,
        ratings={"kém": 4},
        order=order,
    )


@pytest.mark.parametrize("largest_sum", [0, solve._LARGEST_SUM])  # noqa: SLF001
@pytest.mark.parametrize(
    ("first", "changes", "ratings"),
    [(SoftRule.CHANGES, 1, 4), (SoftRule.RATINGS, 2, 0)],
)
def test_two_rules_in_one_pass_keep_their_order(
    first: SoftRule,
    changes: int,
    ratings: int,
    largest_sum: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solve, "_LARGEST_SUM", largest_sum)
    pair = {SoftRule.CHANGES, SoftRule.RATINGS}
    (second,) = pair - {first}
    order = ordered((SoftRule.PEOPLE, first, second))

    found = best(fewer_changes_or_better_ratings(order))

    assert (found[SoftRule.CHANGES], found[SoftRule.RATINGS]) == (changes, ratings)


def test_somebody_counted_once_on_a_list_still_takes_as_many_posts_as_allowed() -> None:
    posts = [PostId(f"T{number}") for number in range(3)]
    demand = ShareDemand(
        rule=SoftRule.WOMEN,
        trait="woman",
        posts=tuple(posts),
        name=WOMEN,
        noun=WOMEN,
        share=Fraction(1, 4),
    )

    found = best(
        asked(*(place("một", one) for one in posts), most=2, demands=(demand,))
    )

    assert found[SoftRule.PEOPLE] == 1
    assert found[SoftRule.WOMEN] == 1
