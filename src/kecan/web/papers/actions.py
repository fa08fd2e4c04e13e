"""Entering what papers say, and handing a paper out."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.web.audit.actions import record
from kecan.web.papers.models import PaperDetails
from kecan.web.plans.actions.states import subject_of
from kecan.web.plans.models import PlanningRound

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from kecan.web.audit.actions import Actor


@transaction.atomic
def enter_details(
    *, round_id: int, words: Mapping[str, object], by: Actor, at: datetime
) -> PaperDetails:
    """Keep what the papers of a round say; ``words`` are fields of the details."""
    planning_round = PlanningRound.objects.select_for_update(of=("self",)).get(
        pk=round_id
    )
    details, _ = PaperDetails.objects.update_or_create(
        round=planning_round, defaults=dict(words)
    )
    record(
        action="paper.details_entered",
        by=by,
        at=at,
        subject=subject_of(planning_round),
        details={name: str(value) for name, value in words.items() if value},
    )
    return details


@transaction.atomic
def hand_out(
    *,
    title: str,
    of: Mapping[str, str],
    file_name: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> None:
    """Write into the ledger which file left the program, of what, and to whom.

    Args:
        title: What the paper is called.
        of: The round or conference it belongs to, by the name no other has.
        file_name: The name it is stored under.
        content: The file.
        by: Who takes it.
        at: When.
    """
    record(
        action="paper.downloaded",
        by=by,
        at=at,
        subject=title,
        details={**of, "file": file_name, "sha256": sha256(content).hexdigest()},
    )
