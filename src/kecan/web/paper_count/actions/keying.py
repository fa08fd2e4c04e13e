"""A sheet no scanner takes: two people key it blind, a third where they differ."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.form import Style
from kecan.web.audit.commitments import committed
from kecan.web.conferences.actions.count import log_line, require_counter
from kecan.web.conferences.actions.fitting import require_readable
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState
from kecan.web.paper_count.actions.keeping import close_as_scanned
from kecan.web.paper_count.joining import random_id
from kecan.web.paper_count.keyed_sheets import settled_reading
from kecan.web.paper_count.looks import settled
from kecan.web.paper_count.models import ScanCount, ScannedSheet, SheetReading
from kecan.web.paper_count.queries import (
    frozen_form,
    has_scans,
    pages_of_style,
    store_of,
)
from kecan.web.paper_count.questions import contradicted
from kecan.web.paper_count.refusals import DecisionNotOpenError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.tally import Sheet
    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.images import ImageStore

_RANDOM_BYTES = 16


@transaction.atomic
def set_sheet_to_key(
    *, conference_id: int, by: Actor, at: date, token: str = ""
) -> ScannedSheet:
    """Have a sheet keyed that cannot be scanned: a new one, or one that lacks pages.

    Of a sheet named by ``token`` the pages that were read are forgotten, pictures and
    all: it is keyed whole. If people read a sure box of them otherwise, so is the stack.

    Raises:
        DecisionNotOpenError: If nothing was scanned here, there is no such sheet, or
            it was scanned whole: what the reader said of that one is not to be lost.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    if not has_scans(conference):
        msg = f"{conference.title} chưa quét tờ phiếu nào; nhập cả chồng bằng tay."
        raise DecisionNotOpenError(msg)
    images = sorted(
        conference.scanned_pages.filter(sheet__token=token).values_list(
            "digest", flat=True
        )
    )
    sheet = (
        _without_pages(conference, token)
        if token
        else ScannedSheet.objects.create(
            pk=random_id(),
            conference=conference,
            token=secrets.token_hex(_RANDOM_BYTES),
            style=Style.NORMAL.value,
            is_keyed=True,
        )
    )
    close_as_scanned(conference)
    log_line(conference, by, "Chuyển một tờ không quét được sang nhập tay")
    record_of(
        conference,
        action="count.sheet_set_to_key",
        by=by,
        at=at,
        details={"images": images},
    )
    return sheet


def _without_pages(conference: Conference, token: str) -> ScannedSheet:
    """Turn a sheet that lacks pages into one to key; a whole one stays as scanned."""
    sheet = ScannedSheet.objects.filter(
        conference=conference, token=token, is_keyed=False
    ).first()
    if sheet is None:
        msg = "Không có tờ quét nào mang ký hiệu đó."
        raise DecisionNotOpenError(msg)
    pages = pages_of_style(frozen_form(conference))[sheet.style]
    ruling = settled([one.value for one in sheet.rulings.all()])
    if sheet.pages.count() >= pages or ruling is not None:
        msg = "Tờ này đã quét đủ trang hoặc đã có kết luận; không nhập tay được."
        raise DecisionNotOpenError(msg)
    images = list(sheet.pages.values_list("image_id", flat=True))
    if any(one.page.sheet_id == sheet.pk for one in contradicted(conference)):
        ScanCount.objects.filter(conference=conference).update(must_be_keyed=True)
    sheet.pages.all().delete()
    sheet.rulings.all().delete()
    sheet.is_keyed, sheet.perhaps_same_as = True, ""
    sheet.save(update_fields=["is_keyed", "perhaps_same_as"])
    store = store_of(conference)
    transaction.on_commit(partial(_remove, store, images))
    return sheet


def _remove(store: ImageStore, images: Sequence[str]) -> None:
    for one in images:
        store.remove(one)


@transaction.atomic
def key_sheet(
    *, conference_id: int, token: str, read: Sheet, by: Actor, at: date
) -> SheetReading:
    """Keep what one person read on the paper of a sheet that is keyed.

    Raises:
        DecisionNotOpenError: If it is settled, this person has read it, or it is not
            a sheet to key.
        SheetNotReadableError: If what was keyed does not fit the ballot.
        KeyingNotOwnError: If the person does not count here.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    sheet = ScannedSheet.objects.filter(
        conference=conference, token=token, is_keyed=True
    ).first()
    readings = [] if sheet is None else list(sheet.readings.all())
    is_own = any(one.read_by == by.login for one in readings)
    if sheet is None or is_own or settled_reading(readings) is not None:
        msg = "Tờ này đã đủ người nhập, hoặc đồng chí đã nhập rồi."
        raise DecisionNotOpenError(msg)
    require_readable([read], conference)
    reading = SheetReading.objects.create(
        pk=random_id(),
        sheet=sheet,
        look=len(readings) + 1,
        invalid_reason=read.invalid_reason or "",
        states=[list(states) for states in read.states],
        write_ins=[list(names) for names in read.write_ins],
        read_by=by.login,
        salt=secrets.token_hex(_RANDOM_BYTES),
    )
    log_line(conference, by, "Nhập tay một tờ không quét được")
    record_of(
        conference,
        action="count.sheet_keyed",
        by=by,
        at=at,
        details={"look": reading.look, "commitment": reading_commitment(reading)},
    )
    return reading


def reading_commitment(reading: SheetReading) -> str:
    """Return what binds a keyed sheet without saying it."""
    return committed(
        [
            reading.salt,
            reading.sheet.token,
            reading.look,
            reading.invalid_reason,
            reading.states,
            reading.write_ins,
            reading.read_by,
        ]
    )
