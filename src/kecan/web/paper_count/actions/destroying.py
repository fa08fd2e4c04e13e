"""Destroying the pictures of a count: one person asks, another approves or withdraws."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kecan.web.accounts.four_eyes import PendingRequest
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState
from kecan.web.paper_count.images import ImageStore
from kecan.web.paper_count.models import ScanCount
from kecan.web.paper_count.refusals import ImagesKeptError

if TYPE_CHECKING:
    from datetime import date

    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Conference


def kept_until(conference: Conference) -> date:
    """Return the first day the pictures of a closed conference may be destroyed.

    Raises:
        ImagesKeptError: If it is not closed.
    """
    if conference.state != ConferenceState.CLOSED or conference.closed_at is None:
        msg = f"{conference.title} chưa bế mạc; ảnh phiếu phải giữ."
        raise ImagesKeptError(msg)
    closed = timezone.localdate(conference.closed_at)
    return closed + timedelta(days=settings.BALLOT_IMAGE_DAYS)


@transaction.atomic
def ask_destruction(*, conference_id: int, by: Actor, at: date) -> ScanCount:
    """Ask that the pictures of a count be destroyed; somebody else has to approve.

    Raises:
        ImagesKeptError: If the period is not over, or it was asked or done already.
        ConferenceStateError: If the conference is not closed.
    """
    conference, scans = _of_closed(conference_id)
    _require_due(conference, at)
    _asked(conference, scans).require_none()
    scans.destruction_asked_by = by.login
    scans.save(update_fields=["destruction_asked_by"])
    record_of(
        conference,
        action="count.images_destruction_asked",
        by=by,
        at=at,
    )
    return scans


@transaction.atomic
def withdraw_destruction(*, conference_id: int, by: Actor, at: date) -> ScanCount:
    """Keep the pictures although somebody asked; whoever may ask may, alone.

    Keeping them can still be undone, so it needs no second person.

    Raises:
        ImagesKeptError: If nobody asked, or the pictures are destroyed.
        ConferenceStateError: If the conference is not closed.
    """
    conference, scans = _of_closed(conference_id)
    asked_by = _waiting(conference, scans).require_waiting()
    scans.destruction_asked_by = ""
    scans.save(update_fields=["destruction_asked_by"])
    record_of(
        conference,
        action="count.images_destruction_withdrawn",
        by=by,
        at=at,
        details={"asked_by": asked_by},
    )
    return scans


@transaction.atomic
def approve_destruction(*, conference_id: int, by: Actor, at: date) -> ScanCount:
    """Destroy key and pictures, once a second person approves.

    The key goes before the transaction ends: if the machine stops in between, the
    pictures are gone and it can be approved again.

    Raises:
        ImagesKeptError: If nobody asked, the same person did, it is done, or the
            unit has meanwhile set a longer period.
        ConferenceStateError: If the conference is not closed.
    """
    conference, scans = _of_closed(conference_id)
    request = _waiting(conference, scans)
    request.require_waiting()
    _require_due(conference, at)
    asked_by = request.require_other(by.login)
    scans.destroyed_by = by.login
    scans.save(update_fields=["destroyed_by"])
    record_of(
        conference,
        action="count.images_destroyed",
        by=by,
        at=at,
        details={"asked_by": asked_by},
    )
    ImageStore(token=scans.token).destroy()
    return scans


def _require_due(conference: Conference, at: date) -> None:
    first_day = kept_until(conference)
    if at < first_day:
        msg = (
            f"Ảnh phiếu của {conference.title} phải giữ đến hết ngày "
            f"{first_day - timedelta(days=1):%d/%m/%Y}."
        )
        raise ImagesKeptError(msg)


def _asked(conference: Conference, scans: ScanCount) -> PendingRequest:
    return PendingRequest(
        what=f"huỷ ảnh phiếu của {conference.title}",
        asked_by=scans.destruction_asked_by,
        refusal=ImagesKeptError,
    )


def _waiting(conference: Conference, scans: ScanCount) -> PendingRequest:
    """Return the request as long as it waits: not any more once it is done."""
    asked = _asked(conference, scans)
    return replace(asked, asked_by="") if scans.destroyed_by else asked


def _of_closed(conference_id: int) -> tuple[Conference, ScanCount]:
    conference = lock_conference(conference_id, ConferenceState.CLOSED)
    scans = ScanCount.objects.filter(conference=conference).first()
    if scans is None:
        msg = f"{conference.title} không quét phiếu nên không có ảnh."
        raise ImagesKeptError(msg)
    return conference, scans
