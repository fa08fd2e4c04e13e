"""Pages of what may come: the forecast, a branch beside the round, chains of vacancies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecan.planning.problem import ProblemError
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.web.analysis.access import opened_for
from kecan.web.analysis.forms_trial import RateForm, TrialForm, trial_changes
from kecan.web.analysis.queries.chains import chain_page
from kecan.web.analysis.queries.outlooks import forecast_page
from kecan.web.analysis.queries.registers import people_rows, post_rows
from kecan.web.analysis.queries.trials import (
    round_trial,
    side_table,
    trial_from,
    trial_page,
)
from kecan.web.permissions import Permission, may, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


TRIED = "phương án thử"


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
    form = TrialForm(
        given=request.GET,
        people=people_rows(found).values(),
        posts=post_rows(found).values(),
    )
    is_next = request.GET.get("ky") != "nay"
    page: dict[str, object] = {
        "round": found,
        "form": form,
        "is_next": is_next,
        "carried": [
            (name, value)
            for name in ("giu", "loai", "thu-tu", "can", "bat-buoc")
            for value in request.GET.getlist(name)
        ],
        "tried": list(request.GET.lists()),
        "is_open": may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    try:
        if changes := trial_changes(form):
            first = round_trial(found, is_next=is_next)
            trial = trial_from(found, changes, name=TRIED, first=first)
            page["trial"] = trial
            page["found"] = trial_page(found, trial, first=first)
        overlay = form.cleaned_data.get("overlay", "") if form.is_bound else ""
        page["side"] = side_table(found, is_next=is_next, overlay=overlay)
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
