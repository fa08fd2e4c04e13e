"""The rules of a round: every value with its source, and what has to be entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kecan.regulations.entered import EnteredValue, key_definition, read_typed
from kecan.regulations.rule_fields import RuleFaultError
from kecan.web.day_field import day_field
from kecan.web.permissions import Permission, may, require, require_permission
from kecan.web.plans import actions
from kecan.web.plans.access import actor, round_for
from kecan.web.plans.entered_json import scope_from_code
from kecan.web.plans.models import RoundState
from kecan.web.plans.queries_rules import rule_groups
from kecan.web.plans.refusals import RoundRefusalError
from kecan.web.responses import refused, refused_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.plans.models import PlanningRound


class RuleValueForm(forms.Form):
    """One value as typed, with the document that gives it."""

    key = forms.CharField(max_length=80)
    scope = forms.CharField(max_length=80)
    value = forms.CharField(label="Giá trị", max_length=60)
    document = forms.CharField(label="Số văn bản", max_length=120)
    dated = day_field("Ngày văn bản")


@require_http_methods(["GET", "POST"])
@require(Permission.VIEW_ROUND)
def round_rules(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    if request.method == "POST":
        return _enter(request, found)
    page = {
        "round": found,
        "groups": rule_groups(found),
        "is_open": found.state
        in {RoundState.OPENED, RoundState.REVIEWED, RoundState.PROPOSED}
        and may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    return render(request, "plans/round_rules.html", page)


def _enter(request: HttpRequest, found: PlanningRound) -> HttpResponse:
    require_permission(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    form = RuleValueForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    given = form.cleaned_data
    try:
        entered = EnteredValue(
            key=given["key"],
            scope=scope_from_code(given["scope"]),
            value=read_typed(given["value"], key_definition(given["key"])),
            document=given["document"],
            dated=given["dated"],
        )
        actions.enter_rule_value(
            round_id=found.pk, entered=entered, by=actor(request), at=timezone.now()
        )
    except RuleFaultError as fault:
        return refused(request, f"Chưa ghi được giá trị: {fault.sentence.vi}.")
    except ValueError:
        return refused(request, "Không có phạm vi này; hãy mở lại trang quy định.")
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect(f"{request.path}#{given['key']}")
