"""Freezing the form a ballot is printed and read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.paper_ballot.form_json import form_as_json
from kecan.web.audit.actions import record
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.paper_count.models import BallotPrint
from kecan.web.paper_count.queries import frozen_form

if TYPE_CHECKING:
    from datetime import date

    from kecan.paper_ballot.form import BallotForm
    from kecan.web.audit.actions import Actor


@transaction.atomic
def freeze_ballot(
    *, conference_id: int, form: BallotForm, by: Actor, at: date
) -> BallotForm:
    """Return the form to print: the frozen one once ballots are handed out.

    Until then a ballot drawn up again is printed as it is now, and that is recorded.
    """
    conference = Conference.objects.select_for_update(of=("self",)).get(
        pk=conference_id
    )
    frozen = BallotPrint.objects.filter(conference=conference).first()
    may_change = conference.state in {ConferenceState.PLANNED, ConferenceState.OPEN}
    if frozen is not None and (frozen.event == form.event or not may_change):
        return frozen_form(conference)
    BallotPrint.objects.update_or_create(
        conference=conference,
        defaults={"event": form.event, "form": form_as_json(form)},
    )
    record(
        action="conference.ballot_printed",
        by=by,
        at=at,
        subject=conference.title,
        details={"event": form.event},
    )
    return form
