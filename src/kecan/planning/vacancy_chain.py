"""Chains of vacancies: who may legally follow when a post falls vacant; and what hangs on one person.

Those who may follow are listed in the order of the plan and never ranked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.planning.branch_difference import verdicts_of
from kecan.planning.lists import plan_lists
from kecan.regulations.eligibility import judge
from kecan.regulations.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.planning.branch_difference import Judged
    from kecan.planning.branches import Branch
    from kecan.planning.lists import PlanList
    from kecan.regulations.facts import PersonFacts, Post
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import PersonId, PostId

STEPS = 3
"""How many vacancies after each other a chain follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Somebody planned for a vacant post, with the verdict and what then falls vacant."""

    person: PersonFacts
    verdict: Verdict
    vacates: tuple[Vacated, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacated:
    """A post that falls vacant at a step, and who is planned for it."""

    post: Post
    step: int
    followers: tuple[Follower, ...]


def chain_of(branch: Branch, *, person_id: PersonId) -> tuple[Vacated, ...]:
    """Return what falls vacant when a person goes, over three steps.

    Each planned follower is judged on the day of the branch for its first pair of
    terms. Whoever fails, and whoever has moved before in the same chain, is shown
    or left out but never vacates a post.
    """
    people = {one.person_id: one for one in branch.register.people}
    lists = {
        one.post.post_id: one
        for one in plan_lists(
            branch.register, terms=branch.terms[:1], as_of=branch.as_of
        )
    }
    start = people[person_id].known_on(branch.as_of)
    return tuple(
        _vacated(post, step=1, moved=(person_id,), branch=branch, lists=lists)
        for post in _held(start, branch)
    )


def _vacated(
    post: Post,
    *,
    step: int,
    moved: tuple[PersonId, ...],
    branch: Branch,
    lists: dict[PostId, PlanList],
) -> Vacated:
    planned = lists.get(post.post_id)
    people = {one.person_id: one for one in branch.register.people}
    followers = [
        _follower(
            people[one], post=post, step=step, moved=moved, context=(branch, lists)
        )
        for one in (planned.people if planned else ())
        if one not in moved
    ]
    return Vacated(post=post, step=step, followers=tuple(followers))


def _follower(
    person: PersonFacts,
    *,
    post: Post,
    step: int,
    moved: tuple[PersonId, ...],
    context: tuple[Branch, dict[PostId, PlanList]],
) -> Follower:
    branch, lists = context
    verdict = judge(
        person,
        post=post,
        term=branch.terms[0].on(post.line),
        pack=branch.pack,
        as_of=branch.as_of,
        posts={one.post_id: one for one in branch.register.posts},
    )
    goes_on = step < STEPS and verdict.outcome is not Outcome.FAIL
    known = person.known_on(branch.as_of)
    return Follower(
        person=person,
        verdict=verdict,
        vacates=tuple(
            _vacated(
                one,
                step=step + 1,
                moved=(*moved, person.person_id),
                branch=branch,
                lists=lists,
            )
            for one in _held(known, branch)
            if goes_on and one.post_id != post.post_id
        ),
    )


def _held(person: PersonFacts, branch: Branch) -> Iterator[Post]:
    """Yield the single posts a person holds; seats of a body are no chain."""
    posts = {post.post_id: post for post in branch.register.posts}
    for office in person.offices_on(branch.as_of):
        if office.post_id is not None and posts[office.post_id].seats == 1:
            yield posts[office.post_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """The lists that lose their last planned person when one person goes."""

    person_id: PersonId
    lists: tuple[PlanList, ...]


def robustness(
    branch: Branch, *, judged: Judged | None = None
) -> tuple[Dependence, ...]:
    """Remove each planned person in turn; return those whom a list hangs on alone.

    Somebody whom a rule takes out counts as gone already. Where the verdicts of the
    branch are known already, ``judged`` holds them.
    """
    verdicts = judged or verdicts_of(branch)
    lists = plan_lists(branch.register, terms=branch.terms, as_of=branch.as_of)
    kept = [
        replace(
            one,
            people=tuple(
                person
                for person in one.people
                if (found := verdicts.get((person, one.post.post_id, one.term)))
                and found.outcome is not Outcome.FAIL
            ),
        )
        for one in lists
    ]
    alone: dict[PersonId, list[PlanList]] = {}
    for one in kept:
        if len(one.people) == 1:
            alone.setdefault(one.people[0], []).append(one)
    return tuple(
        Dependence(person_id=person, lists=tuple(found))
        for person, found in alone.items()
    )
