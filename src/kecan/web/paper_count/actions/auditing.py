"""Dice in public, sheets out of the stack, what people read on them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.audit_sample import DiceNotReadableError, Seed
from kecan.tally import LineState
from kecan.web.conferences.actions.count import require_counter
from kecan.web.conferences.actions.fitting import require_readable
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.bound import require_result_stands
from kecan.web.conferences.models import ConferenceState
from kecan.web.paper_count.actions.bound_chance import AUDIT_BEGUN, DICE_ENTERED
from kecan.web.paper_count.actions.bound_readings import (
    AUDIT_READ,
    audited_commitment,
)
from kecan.web.paper_count.auditing import (
    AUDIT_TERMS,
    audit_standing,
    audited_contests,
    begun_audit,
    terms_in_force,
)
from kecan.web.paper_count.models import AuditedSheet, PaperAudit
from kecan.web.paper_count.refusals import AuditNotPossibleError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kecan.tally import Sheet
    from kecan.web.audit.actions import Actor
    from kecan.web.paper_count.audited_sheets import SheetToRead

_NAMED = 12
_SALT_BYTES = 16


@transaction.atomic
def begin_audit(*, conference_id: int, dice: str, by: Actor, at: date) -> PaperAudit:
    """Keep the dice as one member read them; drawn is once a second read the same.

    So nobody alone chooses which sheets are pulled, and a slip of the first is set
    right by the second. From then on everybody can draw the same sheets. The risk
    limit and the rest stay as they are when the first enters the dice.

    Raises:
        AuditNotPossibleError: If the dice are not 20 digits, or were rolled already.
        ResultNotBoundError: If the ledger binds another result.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    require_counter(conference, by)
    audited_contests(conference)
    require_result_stands(conference, instead="Không gieo xúc xắc")
    entered = PaperAudit.objects.filter(conference=conference).first()
    if entered is not None and entered.confirmed_by:
        msg = f"{conference.title} đã gieo xúc xắc; không gieo lại."
        raise AuditNotPossibleError(msg)
    try:
        digits = Seed.parse(dice).digits
    except DiceNotReadableError as error:
        msg = "Cần đúng 20 chữ số gieo được, ví dụ 41592 65358 97932 38462."
        raise AuditNotPossibleError(msg) from error
    if (
        entered is not None
        and entered.entered_by != by.login
        and entered.dice == digits
    ):
        entered.confirmed_by = by.login
    else:
        entered = entered or PaperAudit(conference=conference)
        entered.dice, entered.entered_by = digits, by.login
        for name, value in terms_in_force().items():
            setattr(entered, name, value)
    entered.save()
    record_of(
        conference,
        action=AUDIT_BEGUN if entered.confirmed_by else DICE_ENTERED,
        by=by,
        at=at,
        details={
            "dice": digits,
            **{name: getattr(entered, name) for name in AUDIT_TERMS},
        },
    )
    return entered


@transaction.atomic
def enter_sheet(
    *, conference_id: int, number: int, read: Sheet | None, by: Actor, at: date
) -> AuditedSheet:
    """Keep what one person read on a sheet drawn; two read blind, a third decides.

    Args:
        conference_id: The conference.
        number: The sheet's number, one of those to pull now.
        read: What stands on the paper; None if the sheet is not in the stack.
        by: A member of the counting committee.
        at: The day.

    Raises:
        AuditNotPossibleError: If the sheet is not to be pulled, enough people have
            read it, or this person has.
        SheetNotReadableError: If what was read does not fit the ballot.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the count is not closed.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTED)
    require_counter(conference, by)
    begun = begun_audit(conference)
    if begun is None:
        msg = f"{conference.title} chưa gieo xúc xắc."
        raise AuditNotPossibleError(msg)
    to_read = {
        one.number: one
        for one in audit_standing(conference, begun, login=by.login).to_read
    }
    _require_wanted(number, to_read)
    if read is not None:
        require_readable([replace(read, number=1)], conference)
    is_valid = read is None or read.invalid_reason is None
    reading = AuditedSheet.objects.create(
        audit=begun,
        number=number,
        look=to_read[number].looks + 1,
        is_valid=is_valid,
        agreed=None if read is None else _agreed(read, is_valid=is_valid),
        read_by=by.login,
        salt=secrets.token_hex(_SALT_BYTES),
    )
    record_of(
        conference,
        action=AUDIT_READ,
        by=by,
        at=at,
        details={
            "sheet": number,
            "look": reading.look,
            "commitment": audited_commitment(reading),
        },
    )
    return reading


def _require_wanted(number: int, to_read: Mapping[int, SheetToRead]) -> None:
    if number not in to_read:
        wanted = ", ".join(str(one) for one in list(to_read)[:_NAMED])
        msg = (
            f"Tờ số {number} không nằm trong số tờ đang chờ đọc: theo bốc thăm là "
            f"{wanted or 'không tờ nào nữa'}."
        )
        raise AuditNotPossibleError(msg)
    if to_read[number].is_own_done:
        msg = f"Đồng chí đã đọc tờ số {number}; cần người khác đọc độc lập."
        raise AuditNotPossibleError(msg)


def _agreed(read: Sheet, *, is_valid: bool) -> list[list[int]]:
    """Return the lines agreed to, contest by contest; none of an invalid sheet."""
    return [
        [
            line
            for line, state in enumerate(states, start=1)
            if is_valid and state is LineState.AGREE
        ]
        for states in read.states
    ]
