"""The proposal board: a slate of a round's data with every reason, ready for a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings

from kecan.planning.judging_time import verdicts_within
from kecan.planning.problem import PEOPLE_WANTED, Placement, SoftRule
from kecan.planning.slate import Conflict, Proposal, propose_slate
from kecan.planning.slate_round import Round
from kecan.planning.slate_source import Wishes, problem_from_register
from kecan.planning.slate_words import shortfall_sentence, unproven_sentences
from kecan.planning.structure import Measure, structure
from kecan.regulations.facts import PlanEntry
from kecan.vocabulary import PersonId, PostId
from kecan.web.analysis.queries.board_rows import (
    Decision,
    RowsOf,
    leaving_rows,
    level_rows,
    post_rows_of,
    profile_rows,
)
from kecan.web.analysis.queries.registers import (
    pair_of,
    people_rows,
    post_rows,
    register_before,
)
from kecan.web.organisation.queries import term_facts
from kecan.web.plans.queries import pack_of, proposals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kecan.planning.problem import Problem
    from kecan.planning.structure import ListStructure, PlanStructure
    from kecan.regulations.facts import Register
    from kecan.vocabulary import TermPair
    from kecan.web.analysis.queries.board_rows import (
        Leaving,
        LevelRow,
        PostRow,
        ProfileRow,
    )
    from kecan.web.plans.models import PlanningRound

QUESTIONS = 40
RowPlaces = frozenset[tuple[int, int]]
"""Placements as rows of the database: person and post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardWishes:
    """What the operator tries on the page; nothing of it is stored."""

    is_next: bool = True
    keep: RowPlaces = frozenset()
    never: RowPlaces = frozenset()
    order: tuple[SoftRule, ...] = tuple(SoftRule)
    wanted: int = PEOPLE_WANTED
    wanted_is_hard: bool = False
    follows_ties: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A proposal in rows: posts, the proof rule by rule, what is still missing."""

    proposal: Proposal
    posts: tuple[PostRow, ...]
    levels: tuple[LevelRow, ...]
    profiles: tuple[ProfileRow, ...]
    shortfalls: tuple[str, ...]
    unproven: tuple[str, ...]

    @property
    def open(self) -> int:
        """How many placements an equally good plan is known to decide otherwise."""
        return sum(one.is_open is True for one in self.proposal.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything the page of a proposal shows; without a plan there is a conflict.

    ``second`` counts the posts with as many people as wanted, and all posts;
    ``places`` is the whole proposal as the page's form sends it back.
    """

    problem: Problem
    answer: Answer | None
    conflict: Conflict | None
    decisions: tuple[Decision, ...]
    lists: tuple[ListStructure, ...]
    plans: tuple[PlanStructure, ...]
    leaving: tuple[Leaving, ...]
    places: str
    second: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question of a round's slate, with the register and the rows it stands for."""

    problem: Problem
    register: Register
    terms: TermPair
    rows: RowsOf


def asked_of(planning_round: PlanningRound, wishes: BoardWishes) -> Asked:
    """Return the question of a round's slate.

    Whom the review of the round took out of the plan is ruled out, unless the
    operator tries to keep them.

    Raises:
        ProblemError: If the question cannot be asked, or not within
            ``settings.JUDGING_SECONDS``.
    """
    register = register_before(planning_round)
    terms = pair_of(planning_round, is_next=wishes.is_next)
    pack, day = pack_of(planning_round), planning_round.as_of
    verdicts = verdicts_within(
        register,
        pack=pack,
        as_of=day,
        terms=terms,
        seconds=settings.JUDGING_SECONDS,
    )
    rows = rows_of(planning_round, register=register, terms=terms)
    keep = placements_of(wishes.keep, rows)
    removed = removed_in_review(planning_round) & {
        Placement(one.person_id, one.post_id) for one in verdicts
    }
    problem = problem_from_register(
        register,
        verdicts=verdicts,
        asked=Round(pack=pack, as_of=day, terms=terms),
        wishes=Wishes(
            keep=keep,
            never=placements_of(wishes.never, rows) | (removed - keep),
            order=wishes.order,
            wanted=wishes.wanted,
            wanted_is_hard=wishes.wanted_is_hard,
        ),
    )
    return Asked(problem=problem, register=register, terms=terms, rows=rows)


def rows_of(
    planning_round: PlanningRound, *, register: Register, terms: TermPair
) -> RowsOf:
    """Return the rows of the database that a register's ids stand for."""
    return RowsOf(
        people=people_rows(planning_round),
        posts=post_rows(planning_round),
        records={one.person_id: one for one in register.people},
        proposed=_proposed(planning_round, terms),
    )


def board(planning_round: PlanningRound, wishes: BoardWishes, *, shown: int) -> Board:
    """Answer the question of a round's slate within ``settings.SLATE_SECONDS``.

    Args:
        planning_round: The round.
        wishes: What the operator tries.
        shown: The row of the post whose eligible people left out are listed.

    Raises:
        ProblemError: If the question cannot be asked.
    """
    asked = asked_of(planning_round, wishes)
    problem, rows = asked.problem, asked.rows
    found = propose_slate(
        problem,
        limit_seconds=settings.SLATE_SECONDS,
        questions=QUESTIONS if wishes.follows_ties else 0,
    )
    proposal = found if isinstance(found, Proposal) else None
    places = () if proposal is None else proposal.places
    drafts = tuple(_drafts(places, asked))
    measured = structure(
        replace(asked.register, plan=drafts),
        terms=(asked.terms,),
        measure=Measure(pack=pack_of(planning_round), as_of=planning_round.as_of),
        approved=asked.register.plan,
    )
    return Board(
        problem=problem,
        answer=None
        if proposal is None
        else _answer(proposal, rows, planning_round=planning_round, shown=shown),
        conflict=found if isinstance(found, Conflict) else None,
        decisions=tuple(_decisions(wishes, rows)),
        lists=tuple(one for one in measured.lists if one.planned.is_of_body),
        plans=measured.plans,
        leaving=tuple(leaving_rows(planning_round, problem, rows)),
        second=_with_people_wanted(problem, places),
        places=",".join(rows.key(one) for one in places),
    )


def _answer(
    proposal: Proposal, rows: RowsOf, *, planning_round: PlanningRound, shown: int
) -> Answer:
    return Answer(
        proposal=proposal,
        posts=tuple(
            post_rows_of(proposal, rows, planning_round=planning_round, shown=shown)
        ),
        levels=tuple(level_rows(proposal)),
        profiles=tuple(profile_rows(proposal)),
        shortfalls=tuple(shortfall_sentence(one).vi for one in proposal.shortfalls),
        unproven=tuple(one.vi for one in unproven_sentences(proposal)),
    )


def removed_in_review(planning_round: PlanningRound) -> set[Placement]:
    """Return whom the review of the round took out of the plan."""
    items = planning_round.review_items.filter(decision="remove")
    return {
        Placement(PersonId(person), PostId(post))
        for person, post in items.values_list("person__key", "post__key")
    }


def placements_of(found: RowPlaces, rows: RowsOf) -> frozenset[Placement]:
    """Return placements named by rows; rows the round does not have are left out."""
    people = {row.pk: key for key, row in rows.people.items()}
    posts = {row.pk: key for key, row in rows.posts.items()}
    return frozenset(
        Placement(people[person], posts[post])
        for person, post in found
        if person in people and post in posts
    )


def _proposed(
    planning_round: PlanningRound, terms: TermPair
) -> frozenset[tuple[int, int]]:
    return frozenset(
        (row.person_id, row.post_id)
        for row in proposals(planning_round)
        if (term := term_facts(row.term)) == terms.on(term.line)
    )


def _drafts(places: Iterable[Placement], asked: Asked) -> Iterator[PlanEntry]:
    """Yield a slate as entries of the plan that nobody has decided yet."""
    lines = {post.post_id: post.line for post in asked.register.posts}
    for one in places:
        term = asked.terms.on(lines[one.post_id])
        yield PlanEntry(
            person_id=one.person_id,
            post_id=one.post_id,
            first_year=term.first_year,
            last_year=term.last_year,
        )


def _decisions(wishes: BoardWishes, rows: RowsOf) -> Iterator[Decision]:
    for keys, is_kept in ((wishes.keep, True), (wishes.never, False)):
        for place in sorted(placements_of(keys, rows)):
            yield Decision(
                person=rows.people[place.person_id],
                post=rows.posts[place.post_id],
                is_kept=is_kept,
            )


def _with_people_wanted(
    problem: Problem, places: Iterable[Placement]
) -> tuple[int, int]:
    """Return the posts with as many people as wanted, and all posts."""
    counts = Counter(one.post_id for one in places)
    enough = sum(counts[key] >= post.wanted for key, post in problem.posts.items())
    return enough, len(problem.posts)
