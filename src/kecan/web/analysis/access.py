"""Rounds whose analyses an account may open; opening one is written to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from kecan.web.analysis.actions import record_analysis_read
from kecan.web.permissions import Permission
from kecan.web.plans.access import actor, round_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from kecan.web.plans.models import PlanningRound

TITLES: Mapping[str, str] = {
    "slate_board": "Phương án",
    "structure": "Cơ cấu",
    "gaps": "Thiếu hụt",
    "trial": "Thử nhanh",
    "branches": "Phương án thử",
    "chain": "Chuỗi thay thế",
    "forecast": "Dự báo",
    "queue": "Cần xem xét",
}
"""The pages of the analyses, in the order of their tabs."""


def opened_for(request: HttpRequest, round_id: int, *, page: str) -> PlanningRound:
    """Return a round whose page the account may read, once the ledger says so.

    Raises:
        PermissionDenied: If the account may not see rounds of the committee.
    """
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    record_analysis_read(
        planning_round=found,
        title=TITLES[page],
        by=actor(request),
        on=timezone.localdate(),
    )
    return found
