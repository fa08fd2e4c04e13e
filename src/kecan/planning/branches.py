"""What-if: branches of a round as frozen values; a change returns another branch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.regulations.facts import (
    AnnualRating,
    OfficeHeld,
    ProfessionLevel,
    Training,
    TrainingKind,
)
from kecan.vocabulary import PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from kecan.regulations.facts import (
        Departure,
        PersonFacts,
        PlanEntry,
        Post,
        RatingGrade,
        Register,
        TheoryLevel,
    )
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PersonId, PostId, Sex, TermPair

SUPPOSED = "giả định"
"""The source of every fact a branch supposes."""


class UnknownIdError(LookupError):
    """A branch was asked to change a person or post the register does not have."""


class TakenIdError(LookupError):
    """A branch was asked to add a person or post under an id the register has."""


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
    return _with_register(branch, plan=tuple(plan))


def with_value(branch: Branch, value: Parameter) -> Branch:
    """Return the branch with one value of the rules changed, such as a reference month.

    The value lies on top of every layer of the pack.
    """
    pack = branch.pack
    return replace(
        branch, pack=replace(pack, layers=(*pack.layers, (value,)), _found={})
    )


def with_seats(branch: Branch, *, post_id: PostId, seats: int) -> Branch:
    """Return the branch with another number of seats of a post.

    Raises:
        UnknownIdError: If the register has no such post.
        ValueError: If ``seats < 1``.
    """
    return _with_post(branch, post_id, lambda post: replace(post, seats=seats))


def with_post_like(
    branch: Branch, *, post_id: PostId, title: str, like: PostId, seats: int
) -> Branch:
    """Return the branch with one more post, in everything else like another.

    Raises:
        UnknownIdError: If the register has no post ``like``.
        TakenIdError: If it has the id of the new one.
        ValueError: If ``seats < 1``.
    """
    posts = {post.post_id: post for post in branch.register.posts}
    _require(like, posts)
    _require_new(post_id, posts)
    added = replace(
        posts[like], post_id=post_id, title=title, seats=seats, is_planned=True
    )
    return _with_register(branch, posts=(*branch.register.posts, added))


def without_post(branch: Branch, *, post_id: PostId) -> Branch:
    """Return the branch in which nobody is planned for a post.

    Raises:
        UnknownIdError: If the register has no such post.
    """
    found = _with_post(branch, post_id, lambda post: replace(post, is_planned=False))
    plan = tuple(one for one in found.register.plan if one.post_id != post_id)
    return _with_register(found, plan=plan)


def with_departure(
    branch: Branch, *, person_id: PersonId, departure: Departure
) -> Branch:
    """Return the branch in which a person leaves.

    Raises:
        UnknownIdError: If the register has no such person.
    """
    return _with_person(
        branch,
        person_id,
        lambda one: replace(one, departures=(*one.departures, departure)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What a branch supposes of somebody's record; None leaves it as it is.

    ``field`` is a field of a university degree held besides those on record;
    ``grade`` is that of the year before the day of the branch.
    """

    born: PartialDate | None = None
    sex: Sex | None = None
    theory: TheoryLevel | None = None
    field: str = ""
    grade: RatingGrade | None = None


def with_record(branch: Branch, *, person_id: PersonId, supposed: Supposed) -> Branch:
    """Return the branch in which somebody's record is as supposed.

    Raises:
        UnknownIdError: If the register has no such person.
    """
    year = branch.as_of.year - 1
    trainings = []
    if supposed.theory is not None:
        theory = Training(
            kind=TrainingKind.THEORY, theory=supposed.theory, source=SUPPOSED
        )
        trainings.append(theory)
    if supposed.field:
        degree = Training(
            kind=TrainingKind.PROFESSION,
            level=ProfessionLevel.BACHELOR,
            field=supposed.field,
            source=SUPPOSED,
        )
        trainings.append(degree)

    def changed(one: PersonFacts) -> PersonFacts:
        ratings = one.ratings
        if supposed.grade is not None:
            rated = AnnualRating(year=year, grade=supposed.grade, source=SUPPOSED)
            ratings = (*(old for old in ratings if old.year < year), rated)
        return replace(
            one,
            born=supposed.born or one.born,
            sex=supposed.sex or one.sex,
            trainings=(*one.trainings, *trainings),
            ratings=ratings,
        )

    return _with_person(branch, person_id, changed)


def with_person_like(
    branch: Branch, *, person_id: PersonId, full_name: str, like: PersonId
) -> Branch:
    """Return the branch with one more person, with the record of another.

    Raises:
        UnknownIdError: If the register has no person ``like``.
        TakenIdError: If it has the id of the new one.
    """
    people = {one.person_id: one for one in branch.register.people}
    _require(like, people)
    _require_new(person_id, people)
    added = replace(people[like], person_id=person_id, full_name=full_name)
    return _with_register(branch, people=(*branch.register.people, added))


def with_appointment(branch: Branch, *, person_id: PersonId, post_id: PostId) -> Branch:
    """Return the branch in which a person takes up a post on its day.

    The offices held until then are left, seats of bodies too.

    Raises:
        UnknownIdError: If the register has no such person or post.
    """
    posts = {post.post_id: post for post in branch.register.posts}
    _require(post_id, posts)
    today = PartialDate.of(branch.as_of)
    taken = OfficeHeld(
        post_id=post_id, title=posts[post_id].title, since=today, source=SUPPOSED
    )

    def appointed(one: PersonFacts) -> PersonFacts:
        left = tuple(
            replace(office, until=today) if office.is_held_on(branch.as_of) else office
            for office in one.offices
        )
        return replace(one, offices=(*left, taken))

    return _with_person(branch, person_id, appointed)


def _with_post(
    branch: Branch, post_id: PostId, change: Callable[[Post], Post]
) -> Branch:
    _require(post_id, (post.post_id for post in branch.register.posts))
    posts = tuple(
        change(post) if post.post_id == post_id else post
        for post in branch.register.posts
    )
    return _with_register(branch, posts=posts)


def _with_person(
    branch: Branch, person_id: PersonId, change: Callable[[PersonFacts], PersonFacts]
) -> Branch:
    _require(person_id, (one.person_id for one in branch.register.people))
    people = tuple(
        change(one) if one.person_id == person_id else one
        for one in branch.register.people
    )
    return _with_register(branch, people=people)


def _with_register(
    branch: Branch,
    *,
    people: tuple[PersonFacts, ...] | None = None,
    posts: tuple[Post, ...] | None = None,
    plan: tuple[PlanEntry, ...] | None = None,
) -> Branch:
    old = branch.register
    register = replace(
        old,
        people=old.people if people is None else people,
        posts=old.posts if posts is None else posts,
        plan=old.plan if plan is None else plan,
    )
    return replace(branch, register=register)


def _require(wanted: str, known: Iterable[str]) -> None:
    if wanted not in known:
        raise UnknownIdError(wanted)


def _require_new(wanted: str, known: Iterable[str]) -> None:
    if wanted in known:
        raise TakenIdError(wanted)
