"""Signing the minutes and closing: proposals move on or drop out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kecan.regulations.chains import Question
from kecan.web.audit.queries import ledger_head
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of, told_of
from kecan.web.conferences.bound import (
    paper_verdict,
    require_paper_agrees,
    require_result_stands,
)
from kecan.web.conferences.models import (
    Conference,
    ConferenceState,
    ContestLine,
    Minutes,
    WriteIn,
)
from kecan.web.conferences.queries import needed_minutes
from kecan.web.conferences.refusals import (
    MinutesMissingError,
    MinutesSignedError,
    TieOpenError,
    WrittenNameOpenError,
)
from kecan.web.conferences.rules import step_from_json
from kecan.web.plans.actions.approval import conclude_conferences
from kecan.web.plans.models import PlanningRound, Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor

COUNTING_SIGNED = f"minutes.{Minutes.Kind.COUNTING.value}_signed"
_CONFERENCE_SIGNED = f"minutes.{Minutes.Kind.CONFERENCE.value}_signed"


@transaction.atomic
def sign_minutes(
    *,
    conference_id: int,
    kind: Minutes.Kind,
    signed_by: Sequence[str],
    by: Actor,
    at: date,
    despite: str = "",
) -> Minutes:
    """Sign one of the minutes; the head of the ledger is kept to be printed on it.

    What an audit on paper says then is kept with the signature. ``despite`` is why the
    chair has it signed although the paper contradicts the result; else blank.

    Raises:
        MinutesMissingError: If these minutes do not belong to the conference: nothing
            was counted.
        MinutesSignedError: If they are signed already.
        TieOpenError: If a tie waits for the chair.
        WrittenNameOpenError: If nobody has said whom a written name means: the minutes
            print it.
        ResultNotBoundError: If the minutes would print another result than the ledger
            binds.
        ResultContradictedError: If the paper contradicts the result and no reason is given.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    if kind not in needed_minutes(conference):
        msg = f"{conference.title} không kiểm phiếu nên không có {kind.label.lower()}."
        raise MinutesMissingError(msg)
    if conference.minutes.filter(kind=kind).exists():
        msg = f"{kind.label} của {conference.title} đã ký, không ký lại được."
        raise MinutesSignedError(msg)
    tied = ContestLine.objects.filter(
        contest__conference=conference, result=ContestLine.Result.TIED
    )
    if tied.exists():
        msg = f"{conference.title} còn {tied.count()} dòng bằng phiếu chờ quyết định."
        raise TieOpenError(msg)
    written = WriteIn.objects.filter(contest__conference=conference, resolved_by="")
    if written.exists():
        msg = (
            f"{conference.title} còn {written.count()} tên ghi thêm chưa xác định là ai; "
            "Tổ kiểm phiếu xác định ở trang Kết quả kiểm phiếu rồi mới ký biên bản."
        )
        raise WrittenNameOpenError(msg)
    require_result_stands(conference, instead="Không ký biên bản")
    verdict = paper_verdict(conference)
    require_paper_agrees(verdict, despite=despite, instead="Không ký biên bản")
    is_despite = verdict is not None and verdict.is_contradicted
    record_of(
        conference,
        action=f"minutes.{kind.value}_signed",
        by=by,
        at=at,
        details={
            "signed_by": list(signed_by),
            **({"audit": verdict.conclusion} if verdict else {}),
            **({"reason": despite.strip()} if is_despite else {}),
        },
    )
    return Minutes.objects.create(
        conference=conference,
        kind=kind,
        signed_by=list(signed_by),
        ledger_head=ledger_head().hash,
    )


@transaction.atomic
def close_conference(
    *, conference_id: int, by: Actor, at: datetime, despite: str = ""
) -> Conference:
    """Close a conference: who did not pass leaves the race, the others go on.

    ``at`` is the hour the minutes print as the end; the ledger keeps the day alone,
    as of everything about a vote.
    ``despite`` is the chair's reason where the paper contradicts the result and the
    minutes were signed before it did.
    After the last step everybody still in the race has passed, and the round is
    concluded.

    Raises:
        MinutesMissingError: If the minutes are not signed.
        ResultNotBoundError: If the result is not the one the ledger binds.
        ResultContradictedError: If the paper contradicts it and no reason was given.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    signed = set(conference.minutes.values_list("kind", flat=True))
    if not needed_minutes(conference) <= signed:
        msg = f"{conference.title} chưa ký đủ biên bản."
        raise MinutesMissingError(msg)
    require_result_stands(conference, instead="Không bế mạc")
    require_paper_agrees(
        paper_verdict(conference),
        despite=despite or _reason_at_signing(conference),
        instead="Không bế mạc",
    )
    dropped = _advance(conference)
    conference.state = ConferenceState.CLOSED
    conference.closed_at = at
    conference.save(update_fields=["state", "closed_at"])
    day = timezone.localdate(at)
    if _is_last(conference):
        _conclude(conference.round, by=by, at=day)
    record_of(
        conference,
        action="conference.closed",
        by=by,
        at=day,
        details={
            "dropped": dropped,
            **({"reason": despite.strip()} if despite.strip() else {}),
        },
    )
    return conference


def _reason_at_signing(conference: Conference) -> str:
    told = told_of(conference, COUNTING_SIGNED, _CONFERENCE_SIGNED)
    return next((one["reason"] for one in told if one.get("reason")), "")


def _advance(conference: Conference) -> int:
    """Move the proposals by the result of this step; return how many dropped out."""
    is_removal = step_from_json(conference.rules).question is Question.REMOVE
    out = ContestLine.Result.PASSED if is_removal else ContestLine.Result.NOT_PASSED
    lines = ContestLine.objects.filter(contest__conference=conference)
    dropped = Proposal.objects.filter(
        pk__in=lines.filter(result=out).values("proposal")
    ).update(state=Proposal.State.DROPPED)
    if is_removal:
        Proposal.objects.filter(
            pk__in=lines.exclude(result=out).values("proposal")
        ).update(state=Proposal.State.PASSED)
    return dropped


def _is_last(conference: Conference) -> bool:
    return not Conference.objects.filter(
        round=conference.round, order__gt=conference.order
    ).exists()


def _conclude(planning_round: PlanningRound, *, by: Actor, at: date) -> None:
    passed = planning_round.proposals.filter(state=Proposal.State.PROPOSED)
    conclude_conferences(
        round_id=planning_round.pk,
        passed=list(passed.values_list("pk", flat=True)),
        by=by,
        at=at,
    )
