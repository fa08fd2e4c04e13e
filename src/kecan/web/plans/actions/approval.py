"""From the conferences to the decision: concluded, appraised, approved by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.accounts.four_eyes import PendingRequest
from kecan.web.audit.actions import record
from kecan.web.plans.actions.states import (
    locked_round,
    move,
    subject_of,
)
from kecan.web.plans.models import (
    PlanDecision,
    PlanMovement,
    PlanningRound,
    Proposal,
    RoundState,
)
from kecan.web.plans.queries import standing_plan
from kecan.web.plans.refusals import (
    DecisionTakenError,
    ReasonMissingError,
    SecondPersonNeededError,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor


@transaction.atomic
def begin_conferences(*, round_id: int, by: Actor, at: datetime) -> PlanningRound:
    """Mark that the chain of conferences has begun.

    Raises:
        RoundStateError: If the Tờ trình is not signed, or it already began.
    """
    begun = locked_round(round_id, RoundState.SUBMITTED)
    move(begun, RoundState.IN_CONFERENCE)
    record(action="round.conferences_begun", by=by, at=at, subject=subject_of(begun))
    return begun


@transaction.atomic
def conclude_conferences(
    *, round_id: int, passed: Collection[int], by: Actor, at: date
) -> PlanningRound:
    """Mark which proposals passed every step; the others are dropped.

    Args:
        round_id: The round.
        passed: Ids of the proposals that passed.
        by: Who concludes.
        at: When; a date keeps the ledger free of the hour of counting.

    Raises:
        RoundStateError: If the conferences have not begun or are over.
    """
    concluded = locked_round(round_id, RoundState.IN_CONFERENCE)
    live = concluded.proposals.filter(state=Proposal.State.PROPOSED)
    live.exclude(pk__in=passed).update(state=Proposal.State.DROPPED)
    live.filter(pk__in=passed).update(state=Proposal.State.PASSED)
    move(concluded, RoundState.CONCLUDED)
    record(
        action="round.conferences_concluded",
        by=by,
        at=at,
        subject=subject_of(concluded),
        details={"passed": len(passed)},
    )
    return concluded


@transaction.atomic
def appraise(*, round_id: int, opinion: str, by: Actor, at: datetime) -> PlanningRound:
    """Record the appraisal of the level that manages the posts.

    Raises:
        RoundStateError: If the conferences are not over.
        ReasonMissingError: If there is no opinion in words.
    """
    appraised = locked_round(round_id, RoundState.CONCLUDED)
    if not opinion.strip():
        msg = "Thẩm định phải có ý kiến bằng lời; hãy ghi ý kiến rồi gửi lại."
        raise ReasonMissingError(msg)
    appraised.appraisal = opinion.strip()
    move(appraised, RoundState.APPRAISED, "appraisal")
    record(
        action="round.appraised",
        by=by,
        at=at,
        subject=subject_of(appraised),
        details={"opinion": appraised.appraisal},
    )
    return appraised


@transaction.atomic
def request_approval(*, round_id: int, by: Actor, at: datetime) -> PlanningRound:
    """Ask for the approval; somebody else has to give it.

    Raises:
        RoundStateError: If the round is not appraised.
        SecondPersonNeededError: If somebody has asked.
    """
    asked = locked_round(round_id, RoundState.APPRAISED)
    _asked(asked).require_none()
    asked.approval_requested_by = by.login
    asked.save(update_fields=["approval_requested_by"])
    record(action="round.approval_requested", by=by, at=at, subject=subject_of(asked))
    return asked


@transaction.atomic
def withdraw_approval_request(
    *, round_id: int, by: Actor, at: datetime
) -> PlanningRound:
    """Take the request back, one's own, or turn another's down.

    Raises:
        RoundStateError: If the round is not appraised.
        SecondPersonNeededError: If nobody asked.
    """
    kept = locked_round(round_id, RoundState.APPRAISED)
    requested_by = _asked(kept).require_waiting()
    kept.approval_requested_by = ""
    kept.save(update_fields=["approval_requested_by"])
    record(
        action="round.approval_withdrawn",
        by=by,
        at=at,
        subject=subject_of(kept),
        details={"requested_by": requested_by},
    )
    return kept


def _asked(planning_round: PlanningRound) -> PendingRequest:
    return PendingRequest(
        what=f"phê duyệt đợt “{planning_round.title}”",
        asked_by=planning_round.approval_requested_by,
        refusal=SecondPersonNeededError,
    )


@transaction.atomic
def approve_round(
    *, round_id: int, number: str, dated: date, issuer: str, by: Actor, at: datetime
) -> PlanDecision:
    """Approve: the decision adds those who passed and removes those reviewed out.

    Raises:
        RoundStateError: If the round is not appraised.
        SecondPersonNeededError: If nobody asked, or the same person did.
        DecisionTakenError: If that decision is already in use.
    """
    approved = locked_round(round_id, RoundState.APPRAISED)
    requested_by = _asked(approved).require_other(by.login)
    taken = PlanDecision.objects.filter(
        number=number, dated=dated.isoformat(), issuer=issuer
    )
    if taken.exists():
        msg = (
            f"Quyết định {number} ngày {dated:%d/%m/%Y} đã được dùng; hãy kiểm tra số."
        )
        raise DecisionTakenError(msg)
    decision = PlanDecision.objects.create(
        number=number, dated=dated.isoformat(), issuer=issuer, round=approved
    )
    removed, added = _removals(approved, decision), _additions(approved, decision)
    PlanMovement.objects.bulk_create([*removed, *added])
    approved.approved_by = by.login
    move(approved, RoundState.APPROVED, "approved_by")
    record(
        action="round.approved",
        by=by,
        at=at,
        subject=subject_of(approved),
        details={
            "decision": number,
            "requested_by": requested_by,
            "added": len(added),
            "removed": len(removed),
        },
    )
    return decision


def _standing() -> set[tuple[int, int, int]]:
    return {(row.person_id, row.post_id, row.term_id) for row in standing_plan()}


def _removals(approved: PlanningRound, decision: PlanDecision) -> list[PlanMovement]:
    standing = _standing()
    return [
        PlanMovement(
            kind=PlanMovement.Kind.REMOVED,
            person_id=item.person_id,
            post_id=item.post_id,
            term_id=item.term_id,
            decision=decision,
            reasons=item.reasons,
        )
        for item in approved.review_items.filter(decision="remove")
        if (item.person_id, item.post_id, item.term_id) in standing
    ]


def _additions(approved: PlanningRound, decision: PlanDecision) -> list[PlanMovement]:
    standing = _standing()
    return [
        PlanMovement(
            kind=PlanMovement.Kind.ADDED,
            person_id=row.person_id,
            post_id=row.post_id,
            term_id=row.term_id,
            decision=decision,
        )
        for row in approved.proposals.filter(state=Proposal.State.PASSED)
        if (row.person_id, row.post_id, row.term_id) not in standing
    ]
