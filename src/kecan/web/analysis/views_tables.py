"""Pages of what stands: structure, gaps, the review queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecan.web.analysis.access import opened_for
from kecan.web.analysis.forms_trial import DayForm
from kecan.web.analysis.queries.outlooks import gap_page
from kecan.web.analysis.queries.queues import queue_rows, reasons_of
from kecan.web.analysis.queries.structures import structure_page
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@require(Permission.VIEW_ROUND)
def structure_show(request: HttpRequest, round_id: int) -> HttpResponse:
    found = opened_for(request, round_id, page="structure")
    is_next = request.GET.get("ky") != "nay"
    page = {
        "round": found,
        "is_next": is_next,
        "found": structure_page(found, is_next=is_next),
    }
    return render(request, "analysis/structure.html", page)


@require_safe
@require(Permission.VIEW_ROUND)
def gap_show(request: HttpRequest, round_id: int) -> HttpResponse:
    found = opened_for(request, round_id, page="gaps")
    is_detailed = request.GET.get("chi-tiet") == "1"
    page = {"round": found, "found": gap_page(found, is_detailed=is_detailed)}
    return render(request, "analysis/gaps.html", page)


@require_safe
@require(Permission.VIEW_ROUND)
def queue_show(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show what makes entries of the plan stale, today or on a day asked for."""
    found = opened_for(request, round_id, page="queue")
    form = DayForm(request.GET or None)
    given = form.cleaned_data["day"] if form.is_bound and form.is_valid() else None
    day = given or timezone.localdate()
    rows = queue_rows(found, day=day)
    shown = request.GET.get("xem", "")
    page = {
        "round": found,
        "form": form,
        "day": day,
        "reasons": reasons_of(rows),
        "count": len(rows),
        "overdue": sum(one.due < day for one in rows),
        "shown": shown,
        "rows": [one for one in rows if not shown or one.reason == shown],
    }
    return render(request, "analysis/queue.html", page)
