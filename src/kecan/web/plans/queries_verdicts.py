"""Verdicts of a round: one person for one post, sources of a post, counts of outcomes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import cached_property

from kecan.regulations.eligibility import judge, judge_terms
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import OUTCOMES
from kecan.vocabulary import PersonId, PostId
from kecan.web.organisation.models import Person, Post, Term
from kecan.web.organisation.queries import (
    people_facts,
    person_facts,
    post_facts,
    posts_by_id,
    register_from_database,
    term_facts,
)
from kecan.web.plans.judgements import BADGES, stored_findings
from kecan.web.plans.queries import current_terms, next_terms, pack_of, terms_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from kecan import vocabulary
    from kecan.regulations.verdict import Verdict
    from kecan.web.plans.judgements import StoredFinding
    from kecan.web.plans.models import PlanningRound


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A verdict with the rows it is about, in words only when somebody asks."""

    person: Person
    post: Post
    term: Term
    verdict: Verdict

    @property
    def badge(self) -> str:
        return BADGES[self.verdict.outcome]

    @property
    def title(self) -> str:
        return OUTCOMES[self.verdict.outcome].vi

    @cached_property
    def findings(self) -> list[StoredFinding]:
        return stored_findings(self.verdict.findings)

    @cached_property
    def deciding(self) -> list[StoredFinding]:
        return stored_findings(self.verdict.deciding)


def verdict_on(
    planning_round: PlanningRound, *, person: Person, post: Post, term: Term
) -> Verdict:
    """Judge one person for one post and term as of the round's day."""
    return judge(
        person_facts(person),
        post=post_facts(post),
        term=term_facts(term),
        pack=pack_of(planning_round),
        as_of=planning_round.as_of,
        posts=posts_by_id(),
    )


def sources_of(
    planning_round: PlanningRound,
    *,
    post: Post,
    term: Term,
    people: QuerySet[Person],
) -> list[Judged]:
    """Judge people for one post and term, those who fail last, then by name."""
    pack, posts = pack_of(planning_round), posts_by_id()
    rows = list(people.order_by("sort_key", "key"))
    records = {one.person_id: one for one in people_facts(people)}
    judged = [
        Judged(
            person=row,
            post=post,
            term=term,
            verdict=judge(
                records[PersonId(row.key)],
                post=post_facts(post),
                term=term_facts(term),
                pack=pack,
                as_of=planning_round.as_of,
                posts=posts,
            ),
        )
        for row in rows
    ]
    return sorted(judged, key=lambda one: one.verdict.outcome is Outcome.FAIL)


def verdicts_of(person: Person, *, planning_round: PlanningRound) -> list[Judged]:
    """Judge one person for every planned post in the round's next terms."""
    rows = Post.objects.filter(is_planned=True).select_related("unit")
    pack, posts, record = pack_of(planning_round), posts_by_id(), person_facts(person)
    judged = []
    for post in rows:
        term = terms_for(planning_round, line=post.line)[1]
        verdict = judge(
            record,
            post=posts[PostId(post.key)],
            term=term_facts(term),
            pack=pack,
            as_of=planning_round.as_of,
            posts=posts,
        )
        judged.append(Judged(person=person, post=post, term=term, verdict=verdict))
    return judged


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPost:
    """How many people the rules pass, fail or leave open for a post in a term."""

    post: Post
    term: str
    is_next: bool
    outcomes: Mapping[Outcome, int]

    @property
    def counts(self) -> list[int]:
        """Return the number of people by outcome, in the order of :class:`Outcome`."""
        return [self.outcomes.get(one, 0) for one in Outcome]


def eligibility_summary(planning_round: PlanningRound) -> list[JudgedPost]:
    """Count outcomes of every planned post, over everybody, in both terms of its line."""
    following = next_terms(planning_round)
    verdicts = judge_terms(
        register_from_database(),
        pack=pack_of(planning_round),
        as_of=planning_round.as_of,
        terms=(current_terms(planning_round), following),
    )
    counted: dict[tuple[str, vocabulary.Term], Counter[Outcome]] = {}
    for verdict in verdicts:
        place = (verdict.post_id, verdict.term)
        counted.setdefault(place, Counter())[verdict.outcome] += 1
    posts = Post.objects.in_bulk({key for key, _ in counted}, field_name="key")
    return [
        JudgedPost(
            post=posts[key],
            term=term.vi,
            is_next=term in (following.party, following.government),
            outcomes=outcomes,
        )
        for (key, term), outcomes in counted.items()
    ]
