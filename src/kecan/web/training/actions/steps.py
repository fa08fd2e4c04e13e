"""What every step of a training item or a rotation does: move it, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from kecan.web.audit.actions import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kecan.web.audit.actions import Actor
    from kecan.web.organisation.models import Person
    from kecan.web.training.models import (
        ItemState,
        Rotation,
        RotationState,
        TrainingItem,
    )


def move(
    row: TrainingItem | Rotation,
    to: ItemState | RotationState,
    *fields: str,
    at: datetime,
) -> None:
    """Put the row into a state, which is progress, and save the named fields with it."""
    row.state = to
    row.progressed_on = localdate(at)
    row.save(update_fields=["state", "progressed_on", *fields])


def record_for(
    person: Person,
    *,
    action: str,
    details: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> None:
    """Record a step taken for a person."""
    record(
        action=action,
        by=by,
        at=at,
        subject=f"{person.full_name} ({person.key})",
        details=details,
    )
