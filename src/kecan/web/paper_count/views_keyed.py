"""The pages on which two people key a sheet that no scanner takes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from kecan.web.conferences.access import actor
from kecan.web.conferences.forms import (
    INVALID_CHOICES,
    as_posted,
    blank_or_keyed,
    posted_sheet,
)
from kecan.web.conferences.queries import ballot_shape
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.access import scanning_conference
from kecan.web.paper_count.actions.keying import key_sheet, set_sheet_to_key
from kecan.web.paper_count.models import ScannedSheet
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_COUNTS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT)


@require(*_COUNTS)
@require_POST
def sheet_set_to_key(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Set a sheet aside that cannot be scanned, so that people key it."""
    found = scanning_conference(request, conference_id)
    try:
        sheet = set_sheet_to_key(
            conference_id=found.pk,
            token=request.POST.get("token", ""),
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_count:desk", found.pk)
    messages.success(
        request,
        f"Để riêng tờ giấy, kèm mẩu giấy ghi ký hiệu {sheet.token[:6]} (không ghi gì lên "
        "phiếu); hai người nhập độc lập.",
    )
    return redirect("paper_count:desk", found.pk)


@require(*_COUNTS)
@require_http_methods(["GET", "POST"])
def sheet_by_hand(request: HttpRequest, conference_id: int, token: str) -> HttpResponse:
    """Key one sheet from the paper; nobody sees what another has keyed."""
    found = scanning_conference(request, conference_id)
    sheet = get_object_or_404(
        ScannedSheet, conference=found, token=token, is_keyed=True
    )
    contests = ballot_shape(found)
    entries, status = blank_or_keyed(contests, None), HTTPStatus.OK
    if request.method == "POST":
        try:
            key_sheet(
                conference_id=found.pk,
                token=token,
                read=posted_sheet(request.POST, number=1, contests=contests),
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
            entries, status = as_posted(request.POST, contests), HTTPStatus.CONFLICT
        else:
            messages.success(request, "Đã ghi tờ phiếu nhập tay.")
            return redirect("paper_count:desk", found.pk)
    page = {
        "conference": found,
        "sheet": sheet,
        "entries": entries,
        "invalid_choices": INVALID_CHOICES,
        "invalid_reason": request.POST.get("invalid_reason", ""),
    }
    return render(request, "paper_count/sheet_by_hand.html", page, status=status)
