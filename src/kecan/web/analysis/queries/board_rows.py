"""What the board shows of a slate, row by row, in words and with database rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.ages import age_on
from kecan.planning.missing_profiles import missing_profiles
from kecan.planning.slate_words import (
    RULES,
    TIES,
    near_sentence,
    profile_sentence,
    reason_sentence,
)
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import OUTCOMES
from kecan.web.plans.judgements import BADGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kecan.planning.problem import Placement, Problem
    from kecan.planning.slate import Proposal, Reason
    from kecan.regulations.facts import PersonFacts
    from kecan.vocabulary import PersonId, PostId
    from kecan.web.organisation.models import Person, Post
    from kecan.web.plans.models import PlanningRound


_A_LOOK = 2.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One person for one post as the board shows it."""

    person: Person
    post: Post
    age: int | None
    badge: str
    outcome: str
    questions: tuple[str, ...]
    reason: str
    tie: str
    is_open: bool
    is_kept: bool
    is_never: bool
    is_proposed: bool

    @property
    def key(self) -> str:
        """Return how the page's buttons name the placement."""
        return f"{self.person.pk}-{self.post.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRow:
    """One post of the board: who is on the slate, and who is eligible and left out."""

    post: Post
    wanted: int
    placed: tuple[PlaceRow, ...]
    left_out: int
    out: tuple[tuple[str, tuple[PlaceRow, ...]], ...]

    @property
    def short(self) -> int:
        """How many people are missing from those wanted."""
        return max(0, self.wanted - len(self.placed))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A placement the operator fixed on the page."""

    person: Person
    post: Post
    is_kept: bool

    @property
    def key(self) -> str:
        """Return how the page's buttons name the placement."""
        return f"{self.person.pk}-{self.post.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A soft rule in its place, what it lacks, and whether that is proven best."""

    key: str
    title: str
    missing: int
    bound: int
    is_proven: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """People missing, the rules they would serve, and who comes near."""

    sentence: str
    rules: str
    nearest: tuple[str, ...]
    others: int
    is_searched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Somebody who leaves the plan the round started from, and why."""

    person: Person
    post: Post
    reason: str
    is_decided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsOf:
    """The rows of the database that the ids of a problem stand for."""

    people: Mapping[PersonId, Person]
    posts: Mapping[PostId, Post]
    records: Mapping[PersonId, PersonFacts]
    proposed: frozenset[tuple[int, int]]

    def key(self, place: Placement) -> str:
        """Return how the page's buttons name a placement."""
        return f"{self.people[place.person_id].pk}-{self.posts[place.post_id].pk}"


def post_rows_of(
    proposal: Proposal, rows: RowsOf, *, planning_round: PlanningRound, shown: int
) -> Iterator[PostRow]:
    """Yield every post with its people; those left out only for the post ``shown``."""
    mine: dict[PostId, list[Reason]] = {}
    for one in proposal.reasons:
        mine.setdefault(one.place.post_id, []).append(one)
    for post_id, row in rows.posts.items():
        found = mine.get(post_id, [])
        out = [one for one in found if not one.is_on]
        listed = out if row.pk == shown else []
        yield PostRow(
            post=row,
            wanted=proposal.problem.posts[post_id].wanted,
            placed=tuple(
                _place_row(one, proposal.problem, rows, planning_round=planning_round)
                for one in found
                if one.is_on
            ),
            left_out=len(out),
            out=tuple(
                (
                    words,
                    tuple(
                        _place_row(
                            one, proposal.problem, rows, planning_round=planning_round
                        )
                        for one in listed
                        if reason_sentence(one).vi == words
                    ),
                )
                for words in dict.fromkeys(reason_sentence(one).vi for one in listed)
            ),
        )


def _place_row(
    reason: Reason, problem: Problem, rows: RowsOf, *, planning_round: PlanningRound
) -> PlaceRow:
    place = reason.place
    prospect = problem.prospects[place]
    person, post = rows.people[place.person_id], rows.posts[place.post_id]
    born = rows.records[place.person_id].born
    return PlaceRow(
        person=person,
        post=post,
        age=None if born is None else age_on(born.latest, day=planning_round.as_of),
        badge=BADGES[prospect.outcome],
        outcome=OUTCOMES[prospect.outcome].vi,
        questions=tuple(one.sentence.vi for one in prospect.against)
        if prospect.outcome is not Outcome.PASS
        else (),
        reason=reason_sentence(reason).vi,
        tie=TIES[reason.is_open].vi,
        is_open=reason.is_open is True,
        is_kept=place in problem.keep,
        is_never=place in problem.never,
        is_proposed=(person.pk, post.pk) in rows.proposed,
    )


def level_rows(proposal: Proposal) -> Iterator[LevelRow]:
    """Yield the soft rules in their order, with what each lacks and the proof."""
    for one in proposal.levels:
        yield LevelRow(
            key=one.rule.value,
            title=RULES[one.rule].vi,
            missing=one.missing,
            bound=one.bound,
            is_proven=one.is_proven,
        )


def profile_rows(proposal: Proposal) -> Iterator[ProfileRow]:
    """Yield the missing profiles with the people nearest to them."""
    for one in missing_profiles(proposal, seconds=_A_LOOK):
        yield ProfileRow(
            sentence=profile_sentence(one).vi,
            rules=", ".join(RULES[rule].vi for rule in one.rules),
            nearest=tuple(
                near_sentence(near, problem=proposal.problem, profile=one).vi
                for near in one.nearest
            ),
            others=one.others,
            is_searched=one.is_searched,
        )


def leaving_rows(
    planning_round: PlanningRound, problem: Problem, rows: RowsOf
) -> Iterator[Leaving]:
    """Yield who leaves the plan the round started from: by the rules, then by decision."""
    for place, prospect in problem.prospects.items():
        if place in problem.current and not prospect.is_eligible:
            yield Leaving(
                person=rows.people[place.person_id],
                post=rows.posts[place.post_id],
                reason=" ".join(one.sentence.vi for one in prospect.against),
                is_decided=False,
            )
    by_rule = {
        (rows.people[place.person_id].pk, rows.posts[place.post_id].pk)
        for place in problem.current
        if not problem.prospects[place].is_eligible
    }
    decided = planning_round.review_items.filter(decision="remove").select_related(
        "person", "post", "term"
    )
    for item in decided:
        if (item.person_id, item.post_id) not in by_rule:
            yield Leaving(
                person=item.person,
                post=item.post,
                reason=" ".join(filter(None, [item.sentence, item.note])),
                is_decided=True,
            )
