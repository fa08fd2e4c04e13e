"""Putting people forward, and the signature that freezes the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.planning.lists import BODY_MEMBERS
from kecan.regulations.facts import PostKind
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import LEVELS
from kecan.vocabulary import Level, Line
from kecan.web.audit.actions import record
from kecan.web.organisation.models import Person, Post, Term
from kecan.web.plans.actions.states import locked_round, move, subject_of
from kecan.web.plans.judgements import stored_findings
from kecan.web.plans.models import (
    PlanMovement,
    PlanningRound,
    Proposal,
    RoundState,
)
from kecan.web.plans.queries import (
    LIVE,
    pack_of,
    standing_plan,
    terms_for,
)
from kecan.web.plans.queries_verdicts import verdict_on
from kecan.web.plans.refusals import (
    AlreadyProposedError,
    NotEligibleError,
    NothingProposedError,
    PostNotPlannedError,
    TermNotOfRoundError,
    TooManyPeopleError,
    TooManyPostsError,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor

_OPEN_STATES = (RoundState.REVIEWED, RoundState.PROPOSED)


@transaction.atomic
def propose(
    *,
    round_id: int,
    person_id: int,
    post_id: int,
    term_id: int,
    by: Actor,
    at: datetime,
) -> Proposal:
    """Put a person forward, judged now; the verdict is kept as it is today.

    Whoever stands in the plan for the post and term is carried over, anybody
    else is a newcomer.

    Raises:
        RoundStateError: If the round is not open for proposals.
        TermNotOfRoundError: If the term is not one of the round on the post's line.
        PostNotPlannedError: If nobody is planned for the post.
        AlreadyProposedError: If the person is already put forward there.
        NotEligibleError: If the verdict is fail.
        TooManyPeopleError: If the post has as many people as allowed.
        TooManyPostsError: If the person has as many posts of the level as allowed.
    """
    planning_round = locked_round(round_id, *_OPEN_STATES)
    person = Person.objects.get(pk=person_id)
    post = Post.objects.select_related("unit").get(pk=post_id)
    term = Term.objects.get(pk=term_id)
    _require_place(planning_round, post=post, term=term)
    _require_room(planning_round, person=person, post=post, term=term)
    verdict = verdict_on(planning_round, person=person, post=post, term=term)
    if verdict.outcome is Outcome.FAIL:
        reasons = " ".join(one.sentence.vi for one in verdict.deciding)
        msg = f"{person.full_name} không đủ điều kiện quy hoạch {post.title}: {reasons}"
        raise NotEligibleError(msg)
    proposal, _ = Proposal.objects.update_or_create(
        round=planning_round,
        person=person,
        post=post,
        term=term,
        defaults={
            "source": _source(person=person, post=post, term=term),
            "state": Proposal.State.PROPOSED,
            "outcome": verdict.outcome,
            "findings": stored_findings(verdict.findings),
            "proposed_by": by.login,
        },
    )
    if planning_round.state == RoundState.REVIEWED:
        move(planning_round, RoundState.PROPOSED)
    record(
        action="proposal.made",
        by=by,
        at=at,
        subject=_subject(proposal),
        details={"term": str(term), "outcome": verdict.outcome.value},
    )
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal_id: int, by: Actor, at: datetime) -> Proposal:
    """Take a proposal back before the submission is signed.

    Raises:
        RoundStateError: If the list is already signed.
    """
    found = Proposal.objects.select_related("round", "person", "post", "term")
    proposal = found.get(pk=proposal_id)
    locked_round(proposal.round_id, *_OPEN_STATES)
    proposal.state = Proposal.State.WITHDRAWN
    proposal.save(update_fields=["state"])
    record(
        action="proposal.withdrawn",
        by=by,
        at=at,
        subject=_subject(proposal),
        details={"term": str(proposal.term)},
    )
    return proposal


@transaction.atomic
def sign_submission(
    *, round_id: int, number: str, dated: date, by: Actor, at: datetime
) -> PlanningRound:
    """Sign the Tờ trình: from now on the list is frozen.

    Raises:
        RoundStateError: If there is nothing to sign at this step.
        NothingProposedError: If nobody is put forward.
    """
    signed = locked_round(round_id, RoundState.PROPOSED)
    count = signed.proposals.filter(state=Proposal.State.PROPOSED).count()
    if not count:
        msg = "Chưa có người nào được đề xuất; hãy đề xuất nguồn trước khi ký Tờ trình."
        raise NothingProposedError(msg)
    signed.submission_number = number
    signed.submission_date = dated
    signed.submission_signed_by = by.login
    signed.reopening_requested_by = signed.reopening_reason = ""
    move(
        signed,
        RoundState.SUBMITTED,
        "submission_number",
        "submission_date",
        "submission_signed_by",
        "reopening_requested_by",
        "reopening_reason",
    )
    record(
        action="submission.signed",
        by=by,
        at=at,
        subject=subject_of(signed),
        details={"number": number, "dated": dated.isoformat(), "proposals": count},
    )
    return signed


def _require_place(planning_round: PlanningRound, *, post: Post, term: Term) -> None:
    if not post.is_planned:
        msg = f"{post.title} không thuộc danh mục chức danh quy hoạch."
        raise PostNotPlannedError(msg)
    if term not in terms_for(planning_round, line=post.line):
        msg = f"Nhiệm kỳ {term} không phải nhiệm kỳ của đợt cho chức danh {post.title}."
        raise TermNotOfRoundError(msg)


def _require_room(
    planning_round: PlanningRound, *, person: Person, post: Post, term: Term
) -> None:
    live = planning_round.proposals.filter(state__in=LIVE).select_related("post")
    if live.filter(person=person, post=post, term=term).exists():
        msg = f"{person.full_name} đã được đề xuất {post.title}, nhiệm kỳ {term}."
        raise AlreadyProposedError(msg)
    leaving = {
        (item.person_id, item.post_id, item.term_id)
        for item in planning_round.review_items.filter(decision="remove")
    }
    planned = {
        (row.person_id, row.post_id)
        for row in standing_plan(term=term)
        if (row.person_id, row.post_id, row.term_id) not in leaving
    } | set(live.filter(term=term).values_list("person_id", "post_id"))
    _require_room_on_post(planned, planning_round, person=person, post=post, term=term)
    _require_room_for_person(planning_round, person=person, post=post, term=term)


def _require_room_on_post(
    planned: set[tuple[int, int]],
    planning_round: PlanningRound,
    *,
    person: Person,
    post: Post,
    term: Term,
) -> None:
    if PostKind(post.kind) in BODY_MEMBERS:
        return  # a body's list is measured by its coefficient, which only warns
    most = _cap("planning.max_people_per_post", planning_round, post=post, term=term)
    others = {one for one, place in planned if place == post.pk} - {person.pk}
    if len(others) >= most:
        msg = (
            f"{post.title}, nhiệm kỳ {term}: đã có {len(others)} người, tối đa {most} "
            "người; hãy rút bớt một người trước khi đề xuất thêm."
        )
        raise TooManyPeopleError(msg)


def _require_room_for_person(
    planning_round: PlanningRound, *, person: Person, post: Post, term: Term
) -> None:
    place = terms_for(planning_round, line=post.line).index(term)
    same = [terms_for(planning_round, line=line)[place] for line in Line]
    leaving = set(
        planning_round.review_items.filter(
            person=person, decision="remove"
        ).values_list("post_id", "term_id")
    )
    rows: list[Proposal | PlanMovement] = [
        *planning_round.proposals.filter(person=person, state__in=LIVE).select_related(
            "post", "term"
        ),
        *standing_plan(person=person),
    ]
    posts = {
        row.post_id
        for row in rows
        if row.term in same
        and row.post.level == post.level
        and (row.post_id, row.term_id) not in leaving
    } - {post.pk}
    most = _cap("planning.max_posts_per_person", planning_round, post=post, term=term)
    if len(posts) >= most:
        msg = (
            f"{person.full_name} đã được quy hoạch {len(posts)} chức danh "
            f"{LEVELS[Level(post.level)].vi}, tối đa {most} chức danh; hãy rút bớt một "
            "chức danh trước khi đề xuất thêm."
        )
        raise TooManyPostsError(msg)


def _cap(key: str, planning_round: PlanningRound, *, post: Post, term: Term) -> int:
    value = pack_of(planning_round).parameter(
        key,
        on=planning_round.as_of,
        level=Level(post.level),
        line=Line(post.line),
        term=f"{term.first_year}-{term.last_year}",
    )
    return value.whole


def _source(*, person: Person, post: Post, term: Term) -> Proposal.Source:
    stands = standing_plan(person=person, post=post, term=term)
    return Proposal.Source.CARRIED_OVER if stands else Proposal.Source.NEWCOMER


def _subject(proposal: Proposal) -> str:
    place = f"{proposal.person.full_name}, {proposal.post.title}"
    return f"{subject_of(proposal.round)}: {place}"
