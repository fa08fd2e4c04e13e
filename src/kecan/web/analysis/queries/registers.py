"""The register of a round's committee with the plan, before and after its own decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.regulations.facts import PlanEntry, Register
from kecan.vocabulary import PersonId, PostId
from kecan.web.organisation.queries import (
    people_facts,
    people_within,
    posts_by_id,
    posts_within,
    unit_facts,
)
from kecan.web.plans.models import RoundState
from kecan.web.plans.queries import (
    current_terms,
    next_terms,
    plan_entries,
    proposals,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kecan.vocabulary import TermPair
    from kecan.web.organisation.models import Person, Post
    from kecan.web.plans.models import PlanningRound


def pair_of(planning_round: PlanningRound, *, is_next: bool) -> TermPair:
    """Return the next or the current terms of a round."""
    return next_terms(planning_round) if is_next else current_terms(planning_round)


def register_before(planning_round: PlanningRound) -> Register:
    """Return the register with the plan the round started from."""
    return _register(planning_round, plan_entries(before=planning_round))


def register_now(planning_round: PlanningRound) -> Register:
    """Return the register with the plan as it stands, drafts of an open round too."""
    return _register(planning_round, plan_now(planning_round))


def plan_now(planning_round: PlanningRound) -> list[PlanEntry]:
    """Return every entry of the plan as it stands, drafts of an open round too."""
    plan = [*plan_entries()]
    if planning_round.state != RoundState.APPROVED:
        plan += _drafts(planning_round)
    return plan


def _register(planning_round: PlanningRound, plan: Iterable[PlanEntry]) -> Register:
    """Return the people and planned posts of the committee and the units below it."""
    keys = {planning_round.unit.key}
    inside = set(posts_within(keys).values_list("key", flat=True))
    people = people_facts(people_within(keys))
    known = {one.person_id for one in people}
    return Register(
        units=unit_facts(),
        posts=tuple(
            post if post.post_id in inside else replace(post, is_planned=False)
            for post in posts_by_id().values()
        ),
        people=people,
        plan=tuple(
            one for one in plan if one.person_id in known and one.post_id in inside
        ),
    )


def _drafts(planning_round: PlanningRound) -> Iterator[PlanEntry]:
    for row in proposals(planning_round):
        yield PlanEntry(
            person_id=PersonId(row.person.key),
            post_id=PostId(row.post.key),
            first_year=row.term.first_year,
            last_year=row.term.last_year,
        )


def people_rows(planning_round: PlanningRound) -> dict[PersonId, Person]:
    """Return the rows of the committee's people by their key."""
    found = people_within({planning_round.unit.key})
    return {PersonId(row.key): row for row in found}


def post_rows(planning_round: PlanningRound) -> dict[PostId, Post]:
    """Return the rows of the committee's planned posts by their key, the highest first."""
    found = posts_within({planning_round.unit.key}).filter(is_planned=True)
    return {PostId(row.key): row for row in found}
