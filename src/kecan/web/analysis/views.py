"""The proposal board of a round, and putting its slate into the round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kecan.planning.problem import ProblemError
from kecan.web.analysis import actions
from kecan.web.analysis.access import opened_for
from kecan.web.analysis.forms import (
    asks_for_a_change,
    places_of,
    wishes_of,
    with_ties,
    written,
)
from kecan.web.analysis.queries.boards import board
from kecan.web.permissions import Permission, may, require
from kecan.web.plans.access import actor, round_for
from kecan.web.plans.models import RoundState
from kecan.web.plans.queries import pack_of
from kecan.web.plans.refusals import RoundRefusalError
from kecan.web.responses import refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@require(Permission.VIEW_ROUND)
def slate_board(request: HttpRequest, round_id: int) -> HttpResponse:
    """Show a slate under what the operator tries; nothing is stored."""
    found = opened_for(request, round_id, page="slate_board")
    wishes = wishes_of(request.GET)
    if asks_for_a_change(request.GET):
        return redirect(f"{request.path}?{written(wishes)}")
    shown = request.GET.get("xem", "")
    may_manage = may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    page: dict[str, object] = {
        "round": found,
        "pack": pack_of(found),
        "wishes": wishes,
        "address": written(wishes),
        "tied": written(with_ties(wishes)),
        "shown": int(shown) if shown.isdecimal() else 0,
        "tried": list(QueryDict(written(wishes)).lists()),
        "may_save": may_manage,
        "is_open": found.state in {RoundState.REVIEWED, RoundState.PROPOSED}
        and may_manage,
    }
    try:
        page["board"] = board(found, wishes, shown=int(str(page["shown"])))
    except ProblemError as refusal:
        page["refusal"] = refusal.sentence.vi
    return render(request, "analysis/board.html", page)


@require_POST
@require(Permission.MANAGE_ROUND)
def slate_adopt(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    wishes = wishes_of(request.POST)
    try:
        count = actions.adopt_slate(
            round_id=found.pk,
            places=places_of(request.POST.get("phuong-an", "")),
            wishes=wishes,
            by=actor(request),
            at=timezone.now(),
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    except ProblemError as refusal:
        return refused(request, refusal.sentence.vi)
    messages.success(request, f"Đã đưa {count} người vào danh sách đề xuất của đợt.")
    return redirect(f"{reverse('round_sources', args=[found.pk])}")
