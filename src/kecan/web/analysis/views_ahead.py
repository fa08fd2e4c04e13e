"""Pages of what may come: the forecast, a branch beside the round, chains of vacancies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecan.planning.problem import ProblemError
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.web.analysis.access import opened_for
from kecan.web.analysis.forms_trial import RateForm, trial_form_of
from kecan.web.analysis.queries.outlooks import forecast_page
from kecan.web.analysis.queries.registers import people_rows, post_rows
from kecan.web.analysis.queries.trials import (
    TrialWishes,
    chain_page,
    side_table,
    trial_page,
)
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@require(Permission.VIEW_ROUND)
def forecast_show(request: HttpRequest, round_id: int) -> HttpResponse:
    found = opened_for(request, round_id, page="forecast")
    form = RateForm(request.GET or None)
    share = form.share() if form.is_bound else None
    page = {
        "round": found,
        "form": form,
        "share": share,
        "found": forecast_page(
            found, number=_whole(request.GET.get("thang", "")), rate=share
        ),
    }
    return render(request, "analysis/forecast.html", page)


@require_safe
@require(Permission.VIEW_ROUND)
def trial_show(request: HttpRequest, round_id: int) -> HttpResponse:
    """Set a branch beside the round; nothing is stored."""
    found = opened_for(request, round_id, page="trial")
    form = trial_form_of(
        request.GET,
        people=people_rows(found).values(),
        posts=post_rows(found).values(),
    )
    is_next = request.GET.get("ky") != "nay"
    page: dict[str, object] = {
        "round": found,
        "form": form,
        "is_next": is_next,
        "kept": request.GET.getlist("giu"),
        "ruled_out": request.GET.getlist("loai"),
    }
    try:
        wishes = form.wishes() if form.is_bound and form.is_valid() else TrialWishes()
        if wishes.changes_something:
            page["found"] = trial_page(found, wishes)
        page["side"] = side_table(found, is_next=is_next, overlay=wishes.overlay)
    except (
        ProblemError,
        TermEndedError,
        OperatorValueMissingError,
        UnknownParameterError,
    ) as refusal:
        page["refusal"] = refusal.sentence.vi
    return render(request, "analysis/trial.html", page)


@require_safe
@require(Permission.VIEW_ROUND)
def chain_show(request: HttpRequest, round_id: int) -> HttpResponse:
    found = opened_for(request, round_id, page="chain")
    people = people_rows(found)
    wanted = _whole(request.GET.get("nguoi", ""))
    key, person = next(
        ((key, row) for key, row in people.items() if row.pk == wanted), ("", None)
    )
    is_next = request.GET.get("ky") == "sau"
    page = {
        "round": found,
        "people": people.values(),
        "person": person,
        "is_next": is_next,
        "found": chain_page(found, person=key, is_next=is_next),
    }
    return render(request, "analysis/chain.html", page)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() else 0
