"""Setting a whole scanned count aside: one member asks, another approves."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.accounts.four_eyes import PendingRequest
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import Conference, ConferenceState, Count
from kecan.web.paper_count.actions.importing import only_reader
from kecan.web.paper_count.joining import TOKEN_BYTES
from kecan.web.paper_count.models import LONGEST_REASON, ScanCount
from kecan.web.paper_count.queries import store_of
from kecan.web.paper_count.questions import contradicted, questions_of
from kecan.web.paper_count.refusals import RestartNotPossibleError

if TYPE_CHECKING:
    from datetime import date

    from kecan.web.audit.actions import Actor

RESTART_WORDS = "Bỏ toàn bộ lượt quét"
"""Begins the line of the log that says so."""


@transaction.atomic
def ask_restart(*, conference_id: int, reason: str, by: Actor, at: date) -> ScanCount:
    """Ask that everything scanned be set aside; another member has to approve.

    Args:
        conference_id: A conference that is counting.
        reason: Why, in the words of the member; kept in the ledger.
        by: A member of its counting committee.
        at: The day.

    Raises:
        RestartNotPossibleError: If nothing was scanned, no reason is given or it is
            too long, or somebody has asked.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference, scans = _counting(conference_id, by)
    reason = " ".join(reason.split())
    if not 0 < len(reason) <= LONGEST_REASON:
        msg = f"Bỏ toàn bộ lượt quét phải có lý do, không quá {LONGEST_REASON} chữ cái."
        raise RestartNotPossibleError(msg)
    _asked(scans).require_none()
    scans.restart_asked_by, scans.restart_reason = by.login, reason
    scans.save(update_fields=["restart_asked_by", "restart_reason"])
    record_of(
        conference,
        action="count.restart_asked",
        by=by,
        at=at,
        details={"reason": reason},
    )
    return scans


@transaction.atomic
def withdraw_restart(*, conference_id: int, by: Actor, at: date) -> ScanCount:
    """Let the count go on as it stands; any member may.

    Raises:
        RestartNotPossibleError: If nobody asked.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference, scans = _counting(conference_id, by)
    asked_by = _asked(scans).require_waiting()
    scans.restart_asked_by = scans.restart_reason = ""
    scans.save(update_fields=["restart_asked_by", "restart_reason"])
    record_of(
        conference,
        action="count.restart_withdrawn",
        by=by,
        at=at,
        details={"asked_by": asked_by},
    )
    return scans


def approve_restart(*, conference_id: int, by: Actor, at: date) -> ScanCount:
    """Set everything scanned aside: sheets, decisions, pictures and their key.

    The count is empty then and takes scans under a new key. A full keying stays. The
    key goes before the transaction ends, as when pictures are destroyed in the end.

    Raises:
        RestartNotPossibleError: If nobody asked, or the same person did.
        ScansNotAcceptedError: If a reading is under way.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    with transaction.atomic():
        conference, _ = _counting(conference_id, by)
        store = store_of(conference)
    with only_reader(store), transaction.atomic():
        conference, scans = _counting(conference_id, by)
        _asked(scans).require_other(by.login)
        _set_aside(conference, scans, by=by, at=at)
        store.destroy()
    return scans


def _set_aside(
    conference: Conference, scans: ScanCount, *, by: Actor, at: date
) -> None:
    questions = questions_of(conference)
    wrong = len(contradicted(conference))
    sheets = conference.scanned_sheets.count()
    log_line(conference, by, f"{RESTART_WORDS}: {sheets} tờ; quét lại từ đầu")
    record_of(
        conference,
        action="count.restarted",
        by=by,
        at=at,
        details={
            "asked_by": scans.restart_asked_by,
            "reason": scans.restart_reason,
            "sheets": sheets,
            "refused": conference.scanned_pages.exclude(rejection="").count(),
            "decided": sum(one.answer is not None for one in questions),
            "contradicted": wrong,
        },
    )
    conference.scanned_pages.all().delete()
    conference.scanned_sheets.all().delete()
    Count.objects.filter(conference=conference).update(is_scanned=False)
    scans.token = secrets.token_hex(TOKEN_BYTES)
    scans.check_seed = secrets.token_hex(TOKEN_BYTES)
    scans.must_be_keyed = scans.must_be_keyed or wrong > 0
    scans.restart_asked_by = scans.restart_reason = ""
    scans.save()


def _counting(conference_id: int, by: Actor) -> tuple[Conference, ScanCount]:
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    scans = ScanCount.objects.filter(conference=conference).first()
    if scans is None:
        msg = f"{conference.title} chưa quét tờ phiếu nào nên không có gì để bỏ."
        raise RestartNotPossibleError(msg)
    return conference, scans


def _asked(scans: ScanCount) -> PendingRequest:
    return PendingRequest(
        what="bỏ toàn bộ lượt quét",
        asked_by=scans.restart_asked_by,
        refusal=RestartNotPossibleError,
    )
