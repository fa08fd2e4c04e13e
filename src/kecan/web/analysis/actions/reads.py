"""What the ledger says of who read an analysis and who took its tables."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.audit.actions import record
from kecan.web.audit.models import LedgerEntry
from kecan.web.plans.actions.states import subject_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor
    from kecan.web.plans.models import PlanningRound


@transaction.atomic
def record_analysis_read(
    *, planning_round: PlanningRound, title: str, by: Actor, on: date
) -> None:
    """Note in the ledger that somebody opened an analysis, once a person, page and day.

    The pages name people, their verdicts and what they lack.
    """
    subject = f"{title}: {subject_of(planning_round)}"
    is_known = LedgerEntry.objects.filter(
        action="analysis.read", actor=by.login, subject=subject, at=on.isoformat()
    ).exists()
    if not is_known:
        record(action="analysis.read", by=by, at=on, subject=subject)


@transaction.atomic
def record_tables_taken(
    *,
    planning_round: PlanningRound,
    title: str,
    file_name: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> None:
    """Write into the ledger which tables left the program, and to whom."""
    record(
        action="analysis.downloaded",
        by=by,
        at=at,
        subject=f"{title}: {subject_of(planning_round)}",
        details={"file": file_name, "sha256": sha256(content).hexdigest()},
    )
