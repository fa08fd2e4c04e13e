"""What-if: branches of a round as frozen values, and what parts two of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.planning.lists import plan_lists
from kecan.regulations.eligibility import judge_terms
from kecan.regulations.facts import OfficeHeld
from kecan.regulations.verdict import Outcome
from kecan.vocabulary import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kecan.planning.horizon import Question
    from kecan.regulations.facts import Departure, PlanEntry, Register
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Finding, Verdict
    from kecan.vocabulary import PersonId, PostId, TermPair


class UnknownIdError(LookupError):
    """A branch was asked to change a person or post the register does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One version of a round: its facts and plan, its rules, its day and terms.

    A change returns another branch; the plan is part of the register, so a proposal
    of the slate solver is put in with :func:`with_plan`.
    """

    name: str
    register: Register
    pack: RulePack
    as_of: date
    terms: tuple[TermPair, ...]


def with_pack(branch: Branch, pack: RulePack) -> Branch:
    """Return the branch judged by other rules."""
    return replace(branch, pack=pack)


def with_plan(branch: Branch, plan: Sequence[PlanEntry]) -> Branch:
    """Return the branch with another plan, such as a proposed slate."""
    return replace(branch, register=replace(branch.register, plan=tuple(plan)))


def with_value(branch: Branch, value: Parameter) -> Branch:
    """Return the branch with one value of the rules changed, such as a reference month.

    The value lies on top of every layer of the pack.
    """
    layers = (*branch.pack.layers, (value,))
    pack = branch.pack
    changed = type(pack)(
        key=pack.key,
        title=pack.title,
        kind=pack.kind,
        in_force_from=pack.in_force_from,
        in_force_until=pack.in_force_until,
        layers=layers,
        bases=pack.bases,
    )
    return replace(branch, pack=changed)


def with_seats(branch: Branch, *, post_id: PostId, seats: int) -> Branch:
    """Return the branch with another number of seats of a post.

    Raises:
        UnknownIdError: If the register has no such post.
        ValueError: If ``seats < 1``.
    """
    _require(post_id, (post.post_id for post in branch.register.posts))
    posts = tuple(
        replace(post, seats=seats) if post.post_id == post_id else post
        for post in branch.register.posts
    )
    return replace(branch, register=replace(branch.register, posts=posts))


def with_departure(
    branch: Branch, *, person_id: PersonId, departure: Departure
) -> Branch:
    """Return the branch in which a person leaves.

    Raises:
        UnknownIdError: If the register has no such person.
    """
    _require(person_id, (one.person_id for one in branch.register.people))
    people = tuple(
        replace(one, departures=(*one.departures, departure))
        if one.person_id == person_id
        else one
        for one in branch.register.people
    )
    return replace(branch, register=replace(branch.register, people=people))


def with_appointment(branch: Branch, *, person_id: PersonId, post_id: PostId) -> Branch:
    """Return the branch in which a person takes up a post on its day.

    The offices held until then are left, seats of bodies too.

    Raises:
        UnknownIdError: If the register has no such person or post.
    """
    posts = {post.post_id: post for post in branch.register.posts}
    _require(post_id, posts)
    _require(person_id, (one.person_id for one in branch.register.people))
    today = PartialDate.of(branch.as_of)
    taken = OfficeHeld(
        post_id=post_id, title=posts[post_id].title, since=today, source="giả định"
    )
    people = tuple(
        replace(
            one,
            offices=(
                *(
                    replace(office, until=today)
                    if office.is_held_on(branch.as_of)
                    else office
                    for office in one.offices
                ),
                taken,
            ),
        )
        if one.person_id == person_id
        else one
        for one in branch.register.people
    )
    return replace(branch, register=replace(branch.register, people=people))


def _require(wanted: str, known: Iterable[str]) -> None:
    if wanted not in known:
        raise UnknownIdError(wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Somebody enters or leaves a list between two branches.

    ``findings`` are those that decide in the branch that keeps the person out;
    empty where only the plan itself differs.
    """

    question: Question
    enters: bool
    before: Outcome | None
    after: Outcome | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchDifference:
    """What parts two branches: lists of the plan, and who is eligible for what."""

    plan: tuple[Move, ...]
    eligible: tuple[Move, ...]


def difference_of(first: Branch, second: Branch) -> BranchDifference:
    """Return who enters and leaves from ``first`` to ``second``, and which rule decides.

    Raises:
        TermEndedError: If a term was over before the day of a branch.
    """
    before, after = verdicts_of(first), verdicts_of(second)
    planned_before = _planned(first, before)
    planned_after = _planned(second, after)
    asked = dict.fromkeys([*before, *after])
    passing_before = {one for one in before if before[one].outcome is Outcome.PASS}
    passing_after = {one for one in after if after[one].outcome is Outcome.PASS}
    return BranchDifference(
        plan=tuple(
            _move(one, before=before, after=after, enters=one in planned_after)
            for one in asked
            if (one in planned_before) != (one in planned_after)
        ),
        eligible=tuple(
            _move(one, before=before, after=after, enters=one in passing_after)
            for one in asked
            if (one in passing_before) != (one in passing_after)
        ),
    )


def verdicts_of(branch: Branch) -> dict[Question, Verdict]:
    """Judge everybody of a branch for every planned post in each of its terms."""
    found = judge_terms(
        branch.register, pack=branch.pack, as_of=branch.as_of, terms=branch.terms
    )
    return {(one.person_id, one.post_id, one.term): one for one in found}


def _planned(branch: Branch, verdicts: Mapping[Question, Verdict]) -> set[Question]:
    """Return the entries of the plan that no rule takes out."""
    questions = {
        (person, one.post.post_id, one.term)
        for one in plan_lists(branch.register, terms=branch.terms, as_of=branch.as_of)
        for person in one.people
    }
    return {
        one
        for one in questions
        if one in verdicts and verdicts[one].outcome is not Outcome.FAIL
    }


def _move(
    question: Question,
    *,
    before: Mapping[Question, Verdict],
    after: Mapping[Question, Verdict],
    enters: bool,
) -> Move:
    old, new = before.get(question), after.get(question)
    decides = old if enters else new
    return Move(
        question=question,
        enters=enters,
        before=None if old is None else old.outcome,
        after=None if new is None else new.outcome,
        findings=() if decides is None else decides.deciding,
    )
