"""Freezing the form a ballot is printed and read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.form_json import form_as_json
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.paper_count.models import BallotPrint
from kecan.web.paper_count.queries import frozen_form
from kecan.web.paper_count.refusals import BallotNotPrintableError

if TYPE_CHECKING:
    from datetime import date

    from kecan.paper_ballot.form import BallotForm
    from kecan.web.audit.actions import Actor


_NOT_HANDED_OUT = frozenset({ConferenceState.PLANNED, ConferenceState.OPEN})


@transaction.atomic
def freeze_ballot(
    *, conference_id: int, form: BallotForm, by: Actor, at: date
) -> BallotForm:
    """Return the form to print: the frozen one once ballots are handed out.

    Until then a ballot drawn up again is printed as it is now, and that is recorded.
    """
    conference = _locked(conference_id)
    frozen = BallotPrint.objects.filter(conference=conference).first()
    may_change = conference.state in _NOT_HANDED_OUT
    if frozen is not None and (frozen.event == form.event or not may_change):
        return frozen_form(conference)
    _freeze(conference, form, by=by, at=at)
    return form


@transaction.atomic
def choose_sheet_ids(
    *, conference_id: int, form: BallotForm, by: Actor, at: date
) -> BallotForm:
    """Freeze the form with or without ids of sheets, as it says.

    Raises:
        BallotNotPrintableError: If ballots are handed out already.
    """
    conference = _locked(conference_id)
    if conference.state not in _NOT_HANDED_OUT:
        msg = (
            f"{conference.title} đã phát phiếu; không bật, tắt mã tờ được nữa vì phiếu đã "
            "in sẽ không đọc được."
        )
        raise BallotNotPrintableError(msg)
    record_of(
        conference,
        action="conference.sheet_ids_chosen",
        by=by,
        at=at,
        details={"are_on": form.has_sheet_ids},
    )
    _freeze(conference, form, by=by, at=at)
    return form


def _locked(conference_id: int) -> Conference:
    return Conference.objects.select_for_update(of=("self",)).get(pk=conference_id)


def _freeze(conference: Conference, form: BallotForm, *, by: Actor, at: date) -> None:
    BallotPrint.objects.update_or_create(
        conference=conference,
        defaults={"event": form.event, "form": form_as_json(form)},
    )
    record_of(
        conference,
        action="conference.ballot_printed",
        by=by,
        at=at,
        details={"event": form.event},
    )
