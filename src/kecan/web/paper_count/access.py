"""Who may see and touch scanned sheets, and while what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404

from kecan.web.conferences.access import countable_conference
from kecan.web.conferences.models import ConferenceState

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kecan.web.conferences.models import Conference

_PICTURES = frozenset({ConferenceState.COUNTING, ConferenceState.COUNTED})


def scanning_conference(request: HttpRequest, conference_id: int) -> Conference:
    """Return the conference if the account counts it and it is counting.

    Raises:
        Http404: If there is none.
        PermissionDenied: If the account does not count it, or not now.
    """
    found = countable_conference(request, conference_id)
    if found.state != ConferenceState.COUNTING:
        raise PermissionDenied
    return found


def pictured_conference(request: HttpRequest, conference_id: int) -> Conference:
    """Return the conference if the account may see pictures of its sheets now.

    While it counts, and for the audit until the conference is closed.

    Raises:
        Http404: If there is none, or nothing was scanned.
        PermissionDenied: If the account does not count it, or not now.
    """
    found = countable_conference(request, conference_id)
    if found.state not in _PICTURES:
        raise PermissionDenied
    if not hasattr(found, "scan_count"):
        raise Http404
    return found
