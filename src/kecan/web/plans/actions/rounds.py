"""Opening a round, and reopening one: a reason and two people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.regulations.chains import load_chain
from kecan.web.accounts.four_eyes import PendingRequest
from kecan.web.audit.actions import record
from kecan.web.organisation.models import Term, Unit
from kecan.web.plans.actions.states import (
    locked_round,
    move,
    subject_of,
)
from kecan.web.plans.models import PlanningRound, RoundState
from kecan.web.plans.queries import load_rules
from kecan.web.plans.refusals import (
    ReasonMissingError,
    RoundKeyTakenError,
    SecondPersonNeededError,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan import vocabulary
    from kecan.vocabulary import TermPair, UnitId
    from kecan.web.audit.actions import Actor

_REOPENS_TO = {
    RoundState.REVIEWED: RoundState.OPENED,
    RoundState.PROPOSED: RoundState.OPENED,
    RoundState.SUBMITTED: RoundState.PROPOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDraft:
    """What has to be said to open a round.

    ``overlays`` are names of shipped overlays or paths of rule files.
    """

    key: str
    title: str
    unit_id: UnitId
    as_of: date
    rule_pack: str
    chain_template: str
    current_terms: TermPair
    next_terms: TermPair
    overlays: tuple[str, ...] = ()


@transaction.atomic
def open_round(*, draft: RoundDraft, by: Actor, at: datetime) -> PlanningRound:
    """Open a round; its pack and chain must exist before it does.

    Raises:
        RoundKeyTakenError: If another round has that key.
        UnknownPackError: If there is no such pack or overlay.
        UnknownChainError: If there is no such chain template.
    """
    load_rules(draft.rule_pack, draft.overlays)
    load_chain(draft.chain_template)
    if PlanningRound.objects.filter(key=draft.key).exists():
        msg = f"Đã có đợt quy hoạch mang mã “{draft.key}”; hãy chọn mã khác."
        raise RoundKeyTakenError(msg)
    opened = PlanningRound.objects.create(
        key=draft.key,
        title=draft.title,
        unit=Unit.objects.get(key=draft.unit_id),
        as_of=draft.as_of,
        rule_pack=draft.rule_pack,
        overlays=list(draft.overlays),
        chain_template=draft.chain_template,
        current_party_term=term_row(draft.current_terms.party),
        current_government_term=term_row(draft.current_terms.government),
        next_party_term=term_row(draft.next_terms.party),
        next_government_term=term_row(draft.next_terms.government),
    )
    record(
        action="round.opened",
        by=by,
        at=at,
        subject=subject_of(opened),
        details={"as_of": draft.as_of.isoformat(), "rules": draft.rule_pack},
    )
    return opened


def term_row(term: vocabulary.Term) -> Term:
    row, _ = Term.objects.get_or_create(
        line=term.line, first_year=term.first_year, last_year=term.last_year
    )
    return row


@transaction.atomic
def request_reopening(
    *, round_id: int, reason: str, by: Actor, at: datetime
) -> PlanningRound:
    """Ask for a round to go back one step; somebody else has to agree.

    Raises:
        RoundStateError: If the round cannot be reopened any more.
        ReasonMissingError: If there is no reason.
        SecondPersonNeededError: If somebody has asked.
    """
    asked = locked_round(round_id, *_REOPENS_TO)
    _asked(asked).require_none()
    if not reason.strip():
        msg = "Mở lại một bước đã xong phải có lý do; hãy ghi lý do rồi gửi lại."
        raise ReasonMissingError(msg)
    asked.reopening_requested_by = by.login
    asked.reopening_reason = reason.strip()
    asked.save(update_fields=["reopening_requested_by", "reopening_reason"])
    record(
        action="round.reopening_requested",
        by=by,
        at=at,
        subject=subject_of(asked),
        details={"reason": asked.reopening_reason},
    )
    return asked


@transaction.atomic
def withdraw_reopening_request(
    *, round_id: int, by: Actor, at: datetime
) -> PlanningRound:
    """Leave the round where it is although somebody asked, oneself or another.

    Raises:
        RoundStateError: If the round cannot be reopened any more.
        SecondPersonNeededError: If nobody asked.
    """
    kept = locked_round(round_id, *_REOPENS_TO)
    requested_by = _asked(kept).require_waiting()
    reason = kept.reopening_reason
    kept.reopening_requested_by = kept.reopening_reason = ""
    kept.save(update_fields=["reopening_requested_by", "reopening_reason"])
    record(
        action="round.reopening_withdrawn",
        by=by,
        at=at,
        subject=subject_of(kept),
        details={"reason": reason, "requested_by": requested_by},
    )
    return kept


def _asked(planning_round: PlanningRound) -> PendingRequest:
    return PendingRequest(
        what=f"mở lại đợt “{planning_round.title}”",
        asked_by=planning_round.reopening_requested_by,
        refusal=SecondPersonNeededError,
    )


@transaction.atomic
def reopen_round(*, round_id: int, by: Actor, at: datetime) -> PlanningRound:
    """Agree to a reopening somebody else asked for.

    Raises:
        RoundStateError: If the round cannot be reopened any more.
        SecondPersonNeededError: If nobody asked, or the same person did.
    """
    reopened = locked_round(round_id, *_REOPENS_TO)
    requested_by = _asked(reopened).require_other(by.login)
    before = reopened.state
    reason = reopened.reopening_reason
    reopened.reopening_requested_by = reopened.reopening_reason = ""
    move(
        reopened,
        _REOPENS_TO[RoundState(before)],
        "reopening_requested_by",
        "reopening_reason",
    )
    record(
        action="round.reopened",
        by=by,
        at=at,
        subject=subject_of(reopened),
        details={
            "from": before,
            "to": reopened.state,
            "reason": reason,
            "requested_by": requested_by,
        },
    )
    return reopened
