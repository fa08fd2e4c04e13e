"""The page a ballot is printed from, with the one setting that makes copies differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kecan.paper_ballot.composing import layout_of
from kecan.web.conferences.access import actor
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.papers.access import conference_papers_for
from kecan.web.papers.ballot_paper import has_sheet_ids, printed_form, set_sheet_ids
from kecan.web.papers.catalogue import MOST_COPIES, BallotPaper
from kecan.web.permissions import Permission, may, require, require_permission
from kecan.web.responses import refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PRINTERS = (
    Permission.VIEW_PAPERS,
    Permission.ISSUE_BALLOTS,
    Permission.KEY_BALLOTS,
    Permission.RESOLVE_COUNT,
)
_MAY_CHANGE = frozenset({ConferenceState.PLANNED, ConferenceState.OPEN})


@require_http_methods(["GET", "POST"])
@require(*_PRINTERS)
def ballot_print(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Show how to print, and turn ids of sheets on or off before ballots are out."""
    found = get_object_or_404(
        Conference.objects.select_related("round__unit__parent"), pk=conference_id
    )
    prints = [
        one
        for one in conference_papers_for(request.user, found)
        if isinstance(one, BallotPaper)
    ]
    if not prints:
        raise PermissionDenied
    unit_key = found.round.unit.key
    try:
        if request.method == "POST":
            require_permission(request.user, Permission.MANAGE_ROUND, unit_key=unit_key)
            set_sheet_ids(
                found,
                are_on=request.POST.get("sheet_ids") == "on",
                by=actor(request),
                at=timezone.localdate(),
            )
            return redirect("papers:ballot_print", found.pk)
        form = printed_form(found)
    except ConferenceRefusalError as refusal:
        return refused(request, refusal)
    page = {
        "conference": found,
        "prints": [
            (one, len(layout_of(form, style=one.style).pages)) for one in prints
        ],
        "has_sheet_ids": has_sheet_ids(found),
        "may_change": found.state in _MAY_CHANGE,
        "sets_ids": found.state in _MAY_CHANGE
        and may(request.user, Permission.MANAGE_ROUND, unit_key=unit_key),
        "copies": found.present or found.summoned or 1,
        "most_copies": MOST_COPIES,
    }
    return render(request, "papers/ballot_print.html", page)
