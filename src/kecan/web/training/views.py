"""The training pages of a round: gaps, plan by year, rotation, yearly report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kecan.web.organisation.models import Person, Unit
from kecan.web.permissions import Permission, may, require
from kecan.web.plans.access import actor, round_for
from kecan.web.responses import refused, refused_form
from kecan.web.training import actions
from kecan.web.training.forms import (
    CertificateForm,
    CourseForm,
    RotationForm,
    WordsForm,
)
from kecan.web.training.queries import (
    gaps,
    idle_entries,
    idle_rule,
    items_of,
    planned_entries,
    progress,
    rotations_of,
)
from kecan.web.training.refusals import TrainingRefusalError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.plans.models import PlanningRound


@require_safe
@require(Permission.VIEW_ROUND)
def training_overview(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    today = timezone.localdate()
    items, open_gaps = list(items_of(found)), gaps(found, day=today)
    page = {
        "round": found,
        "day": today,
        "gaps": open_gaps,
        "items": items,
        "progress": progress(items),
        "years": sorted({item.year for item in items}),
        "idle": idle_entries(found, found=open_gaps, day=today),
        "idle_rule": idle_rule(found, day=today),
        "rotations": rotations_of(found),
        "rotation_form": _rotation_form(found),
        "is_open": may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    return render(request, "training/overview.html", page)


@require_POST
@require(Permission.MANAGE_ROUND)
def training_plan(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    form = CourseForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    try:
        actions.plan_training(
            round_id=found.pk,
            need=form.need(),
            course=form.entered(),
            by=actor(request),
            at=timezone.now(),
        )
    except TrainingRefusalError as refusal:
        return refused(request, refusal)
    return redirect("training:overview", found.pk)


@require_POST
@require(Permission.MANAGE_ROUND)
def training_step(request: HttpRequest, round_id: int, item_id: int) -> HttpResponse:
    """Take a step of one item, named by the button."""
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    item = get_object_or_404(found.training_items, pk=item_id)
    step = request.POST.get("viec", "")
    form = CertificateForm(request.POST) if step == "xong" else WordsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    by, at = actor(request), timezone.now()
    try:
        if isinstance(form, CertificateForm):
            actions.record_certificate(
                item_id=item.pk, certificate=form.entered(), by=by, at=at
            )
        elif step == "huy":
            words = form.cleaned_data["words"]
            actions.cancel_training(item_id=item.pk, reason=words, by=by, at=at)
        elif step == "hoc":
            actions.start_training(item_id=item.pk, by=by, at=at)
        else:
            return refused(request, "Không có việc này; hãy mở lại trang đào tạo.")
    except TrainingRefusalError as refusal:
        return refused(request, refusal)
    return redirect("training:overview", found.pk)


@require_POST
@require(Permission.MANAGE_ROUND)
def rotation_propose(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    form = _rotation_form(found, request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    try:
        actions.propose_rotation(
            round_id=found.pk,
            person_id=form.cleaned_data["person"].pk,
            to=form.entered(),
            by=actor(request),
            at=timezone.now(),
        )
    except TrainingRefusalError as refusal:
        return refused(request, refusal)
    return redirect("training:overview", found.pk)


@require_POST
@require(Permission.MANAGE_ROUND)
def rotation_step(
    request: HttpRequest, round_id: int, rotation_id: int
) -> HttpResponse:
    found = round_for(request, round_id, Permission.MANAGE_ROUND)
    rotation = get_object_or_404(found.rotations, pk=rotation_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    words = form.cleaned_data["words"]
    by, at = actor(request), timezone.now()
    try:
        if request.POST.get("viec") == "quyet-dinh":
            actions.decide_rotation(
                rotation_id=rotation.pk, decision=words, by=by, at=at
            )
        else:
            actions.cancel_rotation(rotation_id=rotation.pk, reason=words, by=by, at=at)
    except TrainingRefusalError as refusal:
        return refused(request, refusal)
    return redirect("training:overview", found.pk)


@require_safe
@require(Permission.VIEW_ROUND)
def training_report(request: HttpRequest, round_id: int, year: int) -> HttpResponse:
    """Show the report of a year, made to be printed."""
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    items = list(items_of(found).filter(year=year))
    page = {
        "round": found,
        "year": year,
        "items": items,
        "progress": progress(items),
        "rotations": rotations_of(found).filter(since__year=year),
    }
    return render(request, "training/report.html", page)


def _rotation_form(found: PlanningRound, given: object = None) -> RotationForm:
    ids = {row.person_id for row in planned_entries(found)}
    people = Person.objects.filter(pk__in=ids).order_by("sort_key", "key")
    return RotationForm(
        given, people=people, units=Unit.objects.order_by("name", "key")
    )
