"""Reading rounds and the plan: what stands, who is eligible, what lists look like."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from kecan.planning.composition import body_meters, trained_profession
from kecan.planning.limits import people_per_post
from kecan.planning.lists import BODY_MEMBERS
from kecan.planning.meters import Rules
from kecan.regulations.entered import with_entered
from kecan.regulations.facts import PlanEntry
from kecan.regulations.pack import load_pack, shipped_overlay
from kecan.vocabulary import PersonId, PostId
from kecan.web.organisation.models import Person, Post, Term
from kecan.web.organisation.queries import (
    partial_date,
    people_facts,
    post_facts,
    register_from_database,
    term_facts,
    term_pair,
)
from kecan.web.plans.entered_json import entered_from_json
from kecan.web.plans.models import (
    PlanMovement,
    PlanningRound,
    Proposal,
    ReviewItem,
    RoundState,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from kecan.planning.meters import Meter
    from kecan.regulations.entered import EnteredValue
    from kecan.regulations.facts import PersonFacts, Register
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import TermPair

LIVE = (Proposal.State.PROPOSED, Proposal.State.PASSED)


def register_with_plan() -> Register:
    """Return the whole register with every entry the plan ever had."""
    return register_from_database(plan=plan_entries())


def plan_entries(*, before: PlanningRound | None = None) -> Iterator[PlanEntry]:
    """Return the entries of the plan from its movements, the oldest first.

    Args:
        before: Leave out what this round decided: the plan it started from.
    """
    rows = PlanMovement.objects.select_related("person", "post", "term", "decision")
    if before is not None:
        rows = rows.exclude(decision__round=before)
    entries: dict[tuple[int, int, int], list[PlanEntry]] = {}
    for row in rows.order_by("id"):
        history = entries.setdefault((row.person_id, row.post_id, row.term_id), [])
        if row.kind == PlanMovement.Kind.ADDED:
            history.append(_entry(row))
        elif history:
            history[-1] = _removed(history[-1], row)
    return (entry for history in entries.values() for entry in history)


def _entry(row: PlanMovement) -> PlanEntry:
    return PlanEntry(
        person_id=PersonId(row.person.key),
        post_id=PostId(row.post.key),
        first_year=row.term.first_year,
        last_year=row.term.last_year,
        decision=row.decision.number,
        decided=partial_date(row.decision.dated),
        issuer=row.decision.issuer,
    )


def _removed(entry: PlanEntry, row: PlanMovement) -> PlanEntry:
    return PlanEntry(
        person_id=entry.person_id,
        post_id=entry.post_id,
        first_year=entry.first_year,
        last_year=entry.last_year,
        decision=entry.decision,
        decided=entry.decided,
        issuer=entry.issuer,
        removed=partial_date(row.decision.dated),
    )


def standing_plan(
    *, term: Term | None = None, person: Person | None = None, post: Post | None = None
) -> list[PlanMovement]:
    """Return the movements by which people stand in the plan now."""
    rows = PlanMovement.objects.select_related(
        "person__unit", "post__unit", "term", "decision"
    )
    asked = {"term": term, "person": person, "post": post}
    rows = rows.filter(**{name: row for name, row in asked.items() if row is not None})
    last: dict[tuple[int, int, int], PlanMovement] = {}
    for row in rows.order_by("id"):
        last[row.person_id, row.post_id, row.term_id] = row
    standing = [row for row in last.values() if row.kind == PlanMovement.Kind.ADDED]
    return sorted(standing, key=_plan_order)


def _plan_order(row: PlanMovement) -> tuple[int, int, str, str, int]:
    return (
        row.term.first_year,
        -(row.post.rank or 0),
        row.post.title,
        row.person.sort_key,
        row.pk,
    )


def current_terms(planning_round: PlanningRound) -> TermPair:
    return term_pair(
        party=planning_round.current_party_term,
        government=planning_round.current_government_term,
    )


def next_terms(planning_round: PlanningRound) -> TermPair:
    return term_pair(
        party=planning_round.next_party_term,
        government=planning_round.next_government_term,
    )


def terms_for(planning_round: PlanningRound, *, line: str) -> tuple[Term, Term]:
    """Return the current and the next term of the round on a line."""
    if line == "party":
        return planning_round.current_party_term, planning_round.next_party_term
    return planning_round.current_government_term, planning_round.next_government_term


def pack_of(planning_round: PlanningRound) -> RulePack:
    """Load the rules of a round.

    Raises:
        UnknownPackError: If the pack or an overlay is not there any more.
    """
    pack = load_rules(planning_round.rule_pack, planning_round.overlays)
    return with_entered(pack, entered_values(planning_round))


def entered_values(planning_round: PlanningRound) -> list[EnteredValue]:
    """Return what was entered for a round where its rules left a value open."""
    return [entered_from_json(one) for one in planning_round.entered_values]


def load_rules(key: str, overlays: Sequence[str]) -> RulePack:
    """Load a pack with overlays named as shipped ones or given as paths to files."""
    paths = [
        Path(name) if name.endswith(".toml") else shipped_overlay(name)
        for name in overlays
    ]
    return load_pack(key, overlays=paths)


def people_per_post_limit(planning_round: PlanningRound) -> int:
    """Return the most people the rules of the round plan for one post."""
    return (
        pack_of(planning_round)
        .parameter("planning.max_people_per_post", on=planning_round.as_of)
        .whole
    )


def rounds() -> QuerySet[PlanningRound]:
    return PlanningRound.objects.select_related(
        "unit",
        "current_party_term",
        "current_government_term",
        "next_party_term",
        "next_government_term",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One state of a round as the progress list shows it."""

    title: str
    is_done: bool
    is_current: bool


def steps(planning_round: PlanningRound) -> tuple[Step, ...]:
    """Return the states of a round in order; those behind it are done."""
    states = list(RoundState)
    now = states.index(RoundState(planning_round.state))
    return tuple(
        Step(title=str(state.label), is_done=place <= now, is_current=place == now)
        for place, state in enumerate(states)
    )


def round_counts(planning_round: PlanningRound) -> dict[str, int]:
    """Return how many review items and proposals a round has, and how many wait."""
    items = planning_round.review_items.aggregate(
        review=Count("id"), undecided=Count("id", filter=Q(decision=""))
    )
    live = planning_round.proposals.filter(state__in=LIVE).count()
    passed = planning_round.proposals.filter(state=Proposal.State.PASSED).count()
    return {**items, "proposals": live, "passed": passed}


def review_items(planning_round: PlanningRound) -> QuerySet[ReviewItem]:
    return planning_round.review_items.select_related("person__unit", "post", "term")


def proposals(planning_round: PlanningRound) -> QuerySet[Proposal]:
    """Return those still put forward, by term, post and name."""
    return planning_round.proposals.filter(state__in=LIVE).select_related(
        "person__unit", "post__unit", "term"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedList:
    """Who is put forward for one post in one term, with its meters."""

    post: Post
    term: Term
    proposals: tuple[Proposal, ...]
    meters: tuple[Meter, ...]


def proposed_lists(planning_round: PlanningRound) -> tuple[ProposedList, ...]:
    """Return the live proposals grouped by term and post."""
    groups: dict[tuple[int, int], list[Proposal]] = {}
    for row in proposals(planning_round):
        groups.setdefault((row.term_id, row.post_id), []).append(row)
    pack = pack_of(planning_round)
    records = people_by_id(row.person_id for rows in groups.values() for row in rows)
    return tuple(
        ProposedList(
            post=rows[0].post,
            term=rows[0].term,
            proposals=tuple(rows),
            meters=list_meters(
                [records[row.person_id] for row in rows],
                post=rows[0].post,
                term=rows[0].term,
                planning_round=planning_round,
                pack=pack,
            ),
        )
        for rows in groups.values()
    )


def people_by_id(ids: Iterable[int]) -> dict[int, PersonFacts]:
    rows = Person.objects.filter(pk__in=set(ids))
    by_key = dict(rows.values_list("key", "pk"))
    return {by_key[person.person_id]: person for person in people_facts(rows)}


def list_meters(
    people: Sequence[PersonFacts],
    *,
    post: Post,
    term: Term,
    planning_round: PlanningRound,
    pack: RulePack,
) -> tuple[Meter, ...]:
    """Return the meters of a list: a body's composition, or the cap of a post."""
    wanted = post_facts(post)
    rules = Rules(
        pack=pack,
        on=planning_round.as_of,
        level=wanted.level,
        line=wanted.line,
        term=term_facts(term).label,
    )
    if wanted.kind in BODY_MEMBERS:
        return body_meters(
            people, seats=post.seats, age_day=planning_round.as_of, rules=rules
        )
    cap = people_per_post([one.person_id for one in people], post=wanted, rules=rules)
    return (cap, trained_profession(people, post=wanted))
