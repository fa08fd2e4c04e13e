"""How every action begins: lock the row, check the state."""

from __future__ import annotations

from kecan.web.conferences.models import Conference, ConferenceState, Minutes
from kecan.web.conferences.refusals import (
    ConferenceStateError,
    MinutesSignedError,
)


def lock_conference(conference_id: int, *allowed: ConferenceState) -> Conference:
    """Lock a conference for the rest of the transaction.

    Raises:
        ConferenceStateError: If it is in none of the allowed states.
    """
    conference = (
        Conference.objects.select_for_update(of=("self",))
        .select_related("round")
        .get(pk=conference_id)
    )
    require_state(conference, *allowed)
    return conference


def require_unsigned(
    conference: Conference, kind: Minutes.Kind, *, instead: str
) -> None:
    """Refuse to change what signed minutes print.

    Args:
        conference: Locked.
        kind: The minutes that print it.
        instead: What is not done any more, as the sentence to the user says it.

    Raises:
        MinutesSignedError: If they are signed.
    """
    if conference.minutes.filter(kind=kind).exists():
        msg = f"{kind.label} của {conference.title} đã ký: {instead} được nữa."
        raise MinutesSignedError(msg)


def require_state(conference: Conference, *allowed: ConferenceState) -> None:
    """Refuse a conference that is in none of the allowed states.

    Raises:
        ConferenceStateError: Naming what is and what was expected.
    """
    state = ConferenceState(conference.state)
    if state not in allowed:
        expected = " hoặc ".join(f"“{one.label}”" for one in allowed)
        msg = (
            f"{conference.title} đang ở trạng thái “{state.label}”; "
            f"việc này chỉ làm được khi {expected}."
        )
        raise ConferenceStateError(msg)
