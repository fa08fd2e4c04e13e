"""Entries of the ledger about a conference: named so that none is taken for another's."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kecan.web.audit.actions import record
from kecan.web.audit.models import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Conference

CONFERENCE = "conference"
"""The fact of an entry that names its conference; entries of older versions lack it."""


def record_of(
    conference: Conference,
    *,
    action: str,
    by: Actor,
    at: date,
    details: Mapping[str, object] | None = None,
) -> LedgerEntry:
    """Record what was done to a conference, under its title and the name only it has.

    Args:
        conference: What it was done to.
        action: What was done, a dotted name.
        by: Who did it.
        at: The day, or where nothing is voted or counted the instant.
        details: Facts that belong to the entry, but for the conference's name.
    """
    return record(
        action=action,
        by=by,
        at=at,
        subject=conference.title,
        details={CONFERENCE: conference.key, **(details or {})},
    )


def told_of(conference: Conference, *actions: str) -> list[dict[str, Any]]:
    """Return the facts of the entries about a conference, in their order.

    Those of older versions name it by its title alone, which another may have too.
    """
    entries = LedgerEntry.objects.filter(action__in=actions, subject=conference.title)
    told = [
        json.loads(one)
        for one in entries.order_by("sequence").values_list("details", flat=True)
    ]
    return [one for one in told if one.get(CONFERENCE) in {None, conference.key}]
