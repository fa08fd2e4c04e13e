"""What was said at a conference, kept for its minutes: discussion and directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.conferences.actions.locking import lock_conference, require_unsigned
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState, Minutes, Speech

if TYPE_CHECKING:
    from datetime import datetime

    from kecan.web.audit.actions import Actor

_WHILE_HELD = (
    ConferenceState.OPEN,
    ConferenceState.VOTING,
    ConferenceState.COUNTING,
    ConferenceState.COUNTED,
)


@transaction.atomic
def record_speech(
    *,
    conference_id: int,
    speaker: str,
    office: str,
    text: str,
    by: Actor,
    at: datetime,
) -> Speech:
    """Keep what somebody said in the discussion, after those who spoke before.

    Raises:
        ConferenceStateError: If the conference is not being held.
        MinutesSignedError: If its minutes are signed: they print it.
    """
    conference = lock_conference(conference_id, *_WHILE_HELD)
    require_unsigned(
        conference, Minutes.Kind.CONFERENCE, instead="không ghi thêm ý kiến"
    )
    record_of(
        conference,
        action="conference.speech",
        by=by,
        at=at,
        details={"speaker": speaker},
    )
    return Speech.objects.create(
        conference=conference,
        order=conference.speeches.count() + 1,
        speaker=speaker,
        office=office,
        text=text,
    )


@transaction.atomic
def record_directions(
    *,
    conference_id: int,
    directions: str,
    by: Actor,
    at: datetime,
    directed_by: str = "",
    directed_by_office: str = "",
) -> None:
    """Keep the directions given at the conference, and who gave them, for the minutes.

    Raises:
        ConferenceStateError: If the conference is not being held.
        MinutesSignedError: If its minutes are signed: they print it.
    """
    conference = lock_conference(conference_id, *_WHILE_HELD)
    require_unsigned(
        conference, Minutes.Kind.CONFERENCE, instead="không ghi thêm ý kiến"
    )
    conference.directions = directions
    conference.directed_by = directed_by
    conference.directed_by_office = directed_by_office
    conference.save(update_fields=["directions", "directed_by", "directed_by_office"])
    record_of(conference, action="conference.directions", by=by, at=at)
