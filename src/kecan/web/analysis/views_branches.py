"""Pages of stored branches: kept, changed, compared; the round is never touched."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.web.analysis import actions
from kecan.web.analysis.access import opened_for
from kecan.web.analysis.forms_branch import (
    GROUPS,
    KINDS,
    NameForm,
    chosen_of,
    pair_of,
)
from kecan.web.analysis.forms_trial import TrialForm
from kecan.web.analysis.queries.comparisons import (
    MOST_COMPARED,
    THE_ROUND,
    comparison,
)
from kecan.web.analysis.queries.registers import people_rows, post_rows
from kecan.web.analysis.queries.stored_branches import (
    branch_row,
    branches_of,
    changes_of,
    round_state,
    stored_trial,
)
from kecan.web.analysis.queries.trials import round_trial
from kecan.web.permissions import Permission, may, require
from kecan.web.plans.access import actor, round_for
from kecan.web.plans.refusals import RoundRefusalError
from kecan.web.responses import refused, refused_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.analysis.forms_branch import ChangeForm
    from kecan.web.analysis.models import StoredBranch
    from kecan.web.plans.models import PlanningRound


@require_safe
@require(Permission.VIEW_ROUND)
def branch_list(request: HttpRequest, round_id: int) -> HttpResponse:
    """List the branches of a round and set those chosen beside each other."""
    found = opened_for(request, round_id, page="branches")
    state, first = round_state(found), round_trial(found, is_next=True)
    chosen = chosen_of(request.GET)
    page: dict[str, object] = {
        "round": found,
        "rows": [
            branch_row(one, state=state, first=first) for one in branches_of(found)
        ],
        "chosen": chosen,
        "most": MOST_COMPARED,
        "is_next": request.GET.get("ky") != "nay",
        "is_open": may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    if len(chosen) > MOST_COMPARED:
        page["too_many"] = len(chosen)
    elif chosen:
        page["found"] = comparison(
            found, chosen, pair=pair_of(request.GET), is_next=bool(page["is_next"])
        )
    return render(request, "analysis/branches.html", page)


@require_POST
@require(Permission.MANAGE_ROUND)
def branch_make(request: HttpRequest, round_id: int) -> HttpResponse:
    """Keep what is tried on a page, or a copy of another branch, under a name."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    name = NameForm(request.POST)
    tried = TrialForm(
        given=request.POST,
        people=people_rows(found).values(),
        posts=post_rows(found).values(),
    )
    for form in (name, tried):
        if not form.is_valid():
            return refused_form(request, form)
    begun = name.cleaned_data["tu"] or THE_ROUND
    source = None
    if begun != THE_ROUND:
        source = get_object_or_404(branches_of(found), pk=begun)
    copied = () if source is None else changes_of(source)
    try:
        made = actions.make_branch(
            round_id=found.pk,
            name=name.cleaned_data["ten"],
            changes=(*copied, *tried.changes()),
            copied_from="" if source is None else source.name,
            by=actor(request),
            at=timezone.now(),
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect("analysis:branch", found.pk, made.pk)


@require_safe
@require(Permission.VIEW_ROUND)
def branch_show(request: HttpRequest, round_id: int, branch_id: int) -> HttpResponse:
    found = opened_for(request, round_id, page="branches")
    return _shown(request, found, _branch(found, branch_id))


def _shown(
    request: HttpRequest,
    planning_round: PlanningRound,
    branch: StoredBranch,
    *,
    sent: tuple[str, ChangeForm] | None = None,
) -> HttpResponse:
    """Show a branch, with a form whose faults are said if one was sent."""
    first = round_trial(planning_round, is_next=True)
    trial = stored_trial(branch, first=first)
    forms = {
        kind: form(request=None, trial=trial, key=kind) for kind, form in KINDS.items()
    }
    if sent is not None:
        forms[sent[0]] = sent[1]
    page = {
        "round": planning_round,
        "branch": branch,
        "row": branch_row(branch, state=round_state(planning_round), first=first),
        "groups": [
            (title, [(kind, forms[kind]) for kind in group])
            for title, group in GROUPS.items()
        ],
        "sent": "" if sent is None else sent[0],
        "is_open": may(
            request.user, Permission.MANAGE_ROUND, unit_key=planning_round.unit.key
        ),
    }
    status = HTTPStatus.OK if sent is None else HTTPStatus.CONFLICT
    return render(request, "analysis/branch.html", page, status=status)


@require_POST
@require(Permission.MANAGE_ROUND)
def branch_change(request: HttpRequest, round_id: int, branch_id: int) -> HttpResponse:
    """Put one more change into a branch."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    branch = _branch(found, branch_id)
    kind = request.POST.get("loai-thay-doi", "")
    if kind not in KINDS:
        raise Http404
    trial = stored_trial(branch, first=round_trial(found, is_next=True))
    form = KINDS[kind](request=request, trial=trial, key=kind)
    if not form.is_valid():
        return _shown(request, found, branch, sent=(kind, form))
    register = trial.branch.register
    taken: set[str] = {one.person_id for one in register.people}
    taken.update(one.post_id for one in register.posts)
    actions.add_change(
        branch_id=branch.pk,
        change=form.change(fresh=_fresh(taken)),
        by=actor(request),
        at=timezone.now(),
    )
    return redirect("analysis:branch", found.pk, branch.pk)


def _fresh(taken: set[str]) -> str:
    """Return an id that no person and no post of the branch has."""
    number = 1
    while f"GD-{number}" in taken:
        number += 1
    return f"GD-{number}"


@require_POST
@require(Permission.MANAGE_ROUND)
def branch_drop(request: HttpRequest, round_id: int, branch_id: int) -> HttpResponse:
    """Take a change out of a branch."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    branch = _branch(found, branch_id)
    try:
        actions.drop_change(
            branch_id=branch.pk,
            key=request.POST.get("bo", ""),
            by=actor(request),
            at=timezone.now(),
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect("analysis:branch", found.pk, branch.pk)


@require_POST
@require(Permission.MANAGE_ROUND)
def branch_rename(request: HttpRequest, round_id: int, branch_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    branch = _branch(found, branch_id)
    form = NameForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    try:
        actions.rename_branch(
            branch_id=branch.pk,
            name=form.cleaned_data["ten"],
            by=actor(request),
            at=timezone.now(),
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect("analysis:branch", found.pk, branch.pk)


@require_POST
@require(Permission.MANAGE_ROUND)
def branch_look_over(
    request: HttpRequest, round_id: int, branch_id: int
) -> HttpResponse:
    """Note that somebody looked the branch over against the round as it is now."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    branch = _branch(found, branch_id)
    actions.look_over_branch(branch_id=branch.pk, by=actor(request), at=timezone.now())
    return redirect("analysis:branch", found.pk, branch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.MANAGE_ROUND)
def branch_delete(request: HttpRequest, round_id: int, branch_id: int) -> HttpResponse:
    """Ask whether to delete a branch; delete it when the answer is sent."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    branch = _branch(found, branch_id)
    if request.method != "POST":
        first = round_trial(found, is_next=True)
        row = branch_row(branch, state=round_state(found), first=first)
        page = {"round": found, "branch": branch, "row": row}
        return render(request, "analysis/branch_delete.html", page)
    actions.delete_branch(branch_id=branch.pk, by=actor(request), at=timezone.now())
    messages.success(request, f"Đã xoá phương án thử “{branch.name}”.")
    return redirect("analysis:branches", found.pk)


def _branch(planning_round: PlanningRound, branch_id: int) -> StoredBranch:
    rows = branches_of(planning_round).select_related("round__unit")
    return get_object_or_404(rows, pk=branch_id)
