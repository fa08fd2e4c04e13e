"""After the count: the audit on paper, and the end of the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kecan.web.conferences.access import (
    actor,
    manageable_conference,
    reachable_conference,
)
from kecan.web.conferences.queries import ballot_shape
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.actions import auditing as audit_actions
from kecan.web.paper_count.actions import destroying
from kecan.web.paper_count.auditing import AuditStanding, audit_standing
from kecan.web.paper_count.forms import DiceForm
from kecan.web.paper_count.models import PaperAudit, ScanCount
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.conferences.models import Conference

_LISTED = 40


def _audited(request: HttpRequest, conference_id: int) -> tuple[Conference, bool]:
    """Return a counted conference and whether the account enters the audit now."""
    found = reachable_conference(request, conference_id, Permission.VIEW_RESULT)
    counted = getattr(found, "count", None)
    if counted is None or not counted.is_closed:
        raise Http404
    counts = found.counting_members.filter(login=actor(request).login).exists()
    return found, counts and found.state == "counted"


@require(Permission.VIEW_RESULT, Permission.RESOLVE_COUNT)
@require_http_methods(["GET", "POST"])
def audit(request: HttpRequest, conference_id: int) -> HttpResponse:
    found, enters = _audited(request, conference_id)
    if request.method == "POST":
        if not enters:
            raise PermissionDenied
        try:
            audit_actions.begin_audit(
                conference_id=found.pk,
                dice=request.POST.get("dice", ""),
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("paper_count:audit", found.pk)
    begun = PaperAudit.objects.filter(conference=found).first()
    page: dict[str, object] = {
        "conference": found,
        "enters": enters,
        "begun": begun,
        "dice_form": DiceForm(),
    }
    if begun is not None:
        page |= _standing(found, audit_standing(found, begun))
    return render(request, "paper_count/audit.html", page)


def _standing(found: Conference, standing: AuditStanding) -> dict[str, object]:
    report = standing.report
    tokens = dict(found.scanned_sheets.values_list("number", "token"))
    return {
        "standing": standing,
        "report": report,
        "following": report.pull[0] if report.pull else None,
        "token": tokens.get(report.pull[0]) if report.pull else None,
        "pull": report.pull[:_LISTED],
        "pull_more": max(len(report.pull) - _LISTED, 0),
    }


@require(Permission.RESOLVE_COUNT)
@require_http_methods(["GET", "POST"])
def audit_sheet(request: HttpRequest, conference_id: int, number: int) -> HttpResponse:
    """Take what people read on a sheet pulled from the stack; the record is not shown."""
    found, enters = _audited(request, conference_id)
    if not enters:
        raise PermissionDenied
    contests = [
        (contest, list(contest.lines.order_by("order")))
        for contest in ballot_shape(found)
    ]
    if request.method == "POST":
        is_there = request.POST.get("standing") != "missing"
        agreed = [
            [line.order for line in lines if f"line-{line.pk}" in request.POST]
            for _, lines in contests
        ]
        try:
            audit_actions.enter_sheet(
                conference_id=found.pk,
                number=number,
                agreed=agreed if is_there else None,
                is_valid=request.POST.get("standing") != "invalid",
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("paper_count:audit", found.pk)
    token = found.scanned_sheets.filter(number=number).values_list("token", flat=True)
    page = {
        "conference": found,
        "number": number,
        "contests": contests,
        "token": token.first(),
    }
    return render(request, "paper_count/audit_sheet.html", page)


@require(Permission.DESTROY_IMAGES)
@require_http_methods(["GET", "POST"])
def images(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Show how long pictures are kept; ask for their destruction, or approve it."""
    found = manageable_conference(request, conference_id, Permission.DESTROY_IMAGES)
    scans = ScanCount.objects.filter(conference=found).first()
    if scans is None:
        raise Http404
    if request.method == "POST":
        act = (
            destroying.approve_destruction
            if request.POST.get("do") == "approve"
            else destroying.ask_destruction
        )
        try:
            act(conference_id=found.pk, by=actor(request), at=timezone.localdate())
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
        return redirect("paper_count:images", found.pk)
    page: dict[str, object] = {
        "conference": found,
        "scans": scans,
        "asked_by_me": scans.destruction_asked_by == actor(request).login,
    }
    try:
        page["first_day"] = destroying.kept_until(found)
    except ConferenceRefusalError as refusal:
        page["refusal"] = str(refusal)
    return render(request, "paper_count/images.html", page)
