"""Dice in public, sheets out of the stack, what people read on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.audit_sample import DiceNotReadableError, Seed
from kecan.web.audit.actions import record
from kecan.web.conferences.actions.count import require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.models import ConferenceState
from kecan.web.paper_count.auditing import audit_standing, audited_contests
from kecan.web.paper_count.models import AuditedSheet, PaperAudit
from kecan.web.paper_count.refusals import AuditNotPossibleError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.web.audit.actions import Actor


@transaction.atomic
def begin_audit(*, conference_id: int, dice: str, by: Actor, at: date) -> PaperAudit:
    """Keep the dice; from here everybody can draw the same sheets.

    Raises:
        AuditNotPossibleError: If the dice are not 20 digits, or were rolled already.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    require_counter(conference, by)
    audited_contests(conference)
    if PaperAudit.objects.filter(conference=conference).exists():
        msg = f"{conference.title} đã gieo xúc xắc; không gieo lại."
        raise AuditNotPossibleError(msg)
    try:
        seed = Seed.parse(dice)
    except DiceNotReadableError as error:
        msg = "Cần đúng 20 chữ số gieo được, ví dụ 41592 65358 97932 38462."
        raise AuditNotPossibleError(msg) from error
    record(
        action="count.audit_begun",
        by=by,
        at=at,
        subject=conference.title,
        details={"dice": seed.digits},
    )
    return PaperAudit.objects.create(conference=conference, dice=seed.digits)


@transaction.atomic
def enter_sheet(
    *,
    conference_id: int,
    number: int,
    agreed: Sequence[Sequence[int]] | None,
    is_valid: bool,
    by: Actor,
    at: date,
) -> AuditedSheet:
    """Keep what people read on the next sheet drawn.

    Args:
        conference_id: The conference.
        number: The sheet's number, the next one of the draw.
        agreed: Lines agreed to, one list a contest; None if it is not in the stack.
        is_valid: Whether the sheet counts at all.
        by: A member of the counting committee.
        at: The day.

    Raises:
        AuditNotPossibleError: If it is not the next sheet to pull.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    require_counter(conference, by)
    begun = PaperAudit.objects.filter(conference=conference).first()
    if begun is None:
        msg = f"{conference.title} chưa gieo xúc xắc."
        raise AuditNotPossibleError(msg)
    pull = audit_standing(conference, begun).report.pull
    if number not in pull[:1]:
        wanted = f"tờ số {pull[0]}" if pull else "không tờ nào nữa"
        msg = f"Tờ số {number} chưa đến lượt: theo bốc thăm là {wanted}."
        raise AuditNotPossibleError(msg)
    record(
        action="count.audit_sheet_read",
        by=by,
        at=at,
        subject=conference.title,
        details={"sheet": number},
    )
    return AuditedSheet.objects.create(
        audit=begun,
        number=number,
        is_valid=is_valid,
        agreed=None if agreed is None else [sorted(lines) for lines in agreed],
        read_by=by.login,
    )
