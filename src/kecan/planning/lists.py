"""The lists of a plan: who is planned for each post in each term, and what went before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.facts import PostKind
from kecan.vocabulary import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.vocabulary import PersonId, PostId, TermPair

BODY_MEMBERS = frozenset({PostKind.COMMITTEE_MEMBER, PostKind.STANDING_MEMBER})
"""Posts that are seats of a body: they have a coefficient and no cap of three."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanList:
    """Everybody planned for one post in one term, each person once."""

    post: Post
    term: Term
    people: tuple[PersonId, ...]

    @property
    def is_of_body(self) -> bool:
        """Whether the post is a seat of a committee or standing committee."""
        return self.post.kind in BODY_MEMBERS


def plan_lists(
    register: Register, *, terms: Sequence[TermPair], as_of: date
) -> tuple[PlanList, ...]:
    """Return the list of every planned post in each term, empty ones too.

    Drafts (entries without a decision) stand on the list beside decided entries.
    A post outside the plan has a list only where somebody is planned for it.
    """
    people = _people_by_place(register.plan, as_of=as_of)
    found = (
        PlanList(
            post=post,
            term=term,
            people=people.get((post.post_id, term.first_year, term.last_year), ()),
        )
        for pair in terms
        for post in register.posts
        for term in (pair.on(post.line),)
    )
    return tuple(one for one in found if one.post.is_planned or one.people)


def approved_before(
    planned: PlanList, *, plan: Iterable[PlanEntry], as_of: date
) -> PlanList | None:
    """Return the last approved list of the same post; None when there is none.

    Decided entries of the same term come first, whether or not they were taken
    out since; without any, those of the latest earlier term.
    """
    decided = [
        entry
        for entry in plan
        if entry.post_id == planned.post.post_id
        and entry.decided is not None
        and entry.decided.earliest <= as_of
        and entry.first_year <= planned.term.first_year
    ]
    if not decided:
        return None
    latest = max(decided, key=lambda entry: (entry.first_year, entry.last_year))
    term = Term(
        line=planned.term.line,
        first_year=latest.first_year,
        last_year=latest.last_year,
    )
    people = dict.fromkeys(one.person_id for one in decided if one.is_of(term))
    return PlanList(post=planned.post, term=term, people=tuple(people))


def people_of(
    planned: PlanList, *, people: Mapping[PersonId, PersonFacts]
) -> tuple[PersonFacts, ...]:
    """Return the records of those on a list, in its order."""
    return tuple(people[one] for one in planned.people)


def _people_by_place(
    plan: Iterable[PlanEntry], *, as_of: date
) -> dict[tuple[PostId, int, int], tuple[PersonId, ...]]:
    found: dict[tuple[PostId, int, int], dict[PersonId, None]] = {}
    for entry in plan:
        if entry.stands_on(as_of):
            place = (entry.post_id, entry.first_year, entry.last_year)
            found.setdefault(place, {})[entry.person_id] = None
    return {place: tuple(people) for place, people in found.items()}
