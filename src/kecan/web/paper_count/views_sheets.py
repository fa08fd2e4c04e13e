"""One page or sheet of a scanned count: its picture, and what a person says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.paper_ballot.align import PageRejectedError
from kecan.paper_ballot.decisions import Reason
from kecan.paper_ballot.kept_pages import (
    box_snippet,
    page_snippet,
    refused_page,
    upright,
)
from kecan.web.conferences.access import actor
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.access import pictured_conference, scanning_conference
from kecan.web.paper_count.actions import adjudicating
from kecan.web.paper_count.auditing import begun_audit
from kecan.web.paper_count.forms import AskAgainForm, RulingForm
from kecan.web.paper_count.models import ScannedPage, ScannedSheet, SheetRuling
from kecan.web.paper_count.queries import frozen_form, store_of
from kecan.web.paper_count.refusals import BallotNotPrintedError
from kecan.web.paper_count.words import REJECTIONS, in_words
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest

    from kecan.web.conferences.models import Conference

_COUNTS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT)


def _picture(content: bytes) -> HttpResponse:
    return HttpResponse(
        content, content_type="image/jpeg", headers={"Cache-Control": "no-store"}
    )


@require(*_COUNTS)
@require_safe
def picture(request: HttpRequest, conference_id: int, image_id: str) -> HttpResponse:
    """Show a page: the right way up, or with the reason it was refused over it."""
    found = pictured_conference(request, conference_id)
    page = get_object_or_404(ScannedPage, conference=found, image_id=image_id)
    jpeg = _stored(found, image_id)
    if page.rejection:
        return _picture(refused_page(jpeg, in_words(page.rejection, REJECTIONS)))
    try:
        return _picture(upright(frozen_form(found), jpeg))
    except BallotNotPrintedError:
        return _picture(jpeg)  # as it was fed: this version draws the ballot otherwise


@require(*_COUNTS)
@require_safe
def snippet(
    request: HttpRequest, conference_id: int, image_id: str, box: int
) -> HttpResponse:
    """Show a box with its row and those beside it, or its page where writing is asked of."""
    found = pictured_conference(request, conference_id)
    page = get_object_or_404(
        ScannedPage, conference=found, image_id=image_id, rejection=""
    )
    if box >= len(page.boxes):
        raise Http404
    jpeg = _stored(found, image_id)
    is_framed = "dong" not in request.GET
    try:
        form = frozen_form(found)
        if is_framed and page.boxes[box]["reason"] == Reason.WRITTEN_OUTSIDE:
            return _picture(page_snippet(form, jpeg, box=box))
        return _picture(box_snippet(form, jpeg, box=box, is_framed=is_framed))
    except (PageRejectedError, BallotNotPrintedError) as error:
        raise Http404 from error


def _stored(found: Conference, image_id: str) -> bytes:
    try:
        return store_of(found).read(image_id)
    except FileNotFoundError as error:
        raise Http404 from error


@require(*_COUNTS)
@require_POST
def page_aside(request: HttpRequest, conference_id: int, image_id: str) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    try:
        adjudicating.set_page_aside(
            conference_id=found.pk,
            image_id=image_id,
            reason=request.POST.get("reason", ""),
            by=actor(request),
            at=timezone.localdate(),
        )
        messages.success(request, "Đã ghi cách xử lý trang bị loại.")
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    return redirect("paper_count:desk", found.pk)


@require(*_COUNTS)
@require_POST
def pages_aside(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Deal at once with all pages refused for one cause."""
    found = scanning_conference(request, conference_id)
    try:
        number = adjudicating.set_pages_aside(
            conference_id=found.pk,
            rejection=request.POST.get("rejection", ""),
            reason=request.POST.get("reason", ""),
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ghi {number} trang bị loại.")
    return redirect("paper_count:desk", found.pk)


@require(*_COUNTS)
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, conference_id: int, token: str) -> HttpResponse:
    """Show a whole sheet, and take what one person says of it."""
    found = pictured_conference(request, conference_id)
    one = get_object_or_404(ScannedSheet, conference=found, token=token)
    if request.method == "POST":
        form = RulingForm(request.POST)
        if form.is_valid():
            try:
                adjudicating.rule_on_sheet(
                    conference_id=found.pk,
                    token=token,
                    value=SheetRuling.Value(form.cleaned_data["value"]),
                    by=actor(request),
                    at=timezone.localdate(),
                )
            except ConferenceRefusalError as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "Đã ghi kết luận về tờ phiếu.")
        else:
            messages.error(request, "Chọn một kết luận về tờ phiếu.")
        return redirect("paper_count:desk", found.pk)
    twin = ScannedSheet.objects.filter(
        conference=found, token=one.perhaps_same_as
    ).first()
    page = {
        "conference": found,
        "sheet": one,
        "number": one.number if begun_audit(found) else None,
        "pages": [
            (page, AskAgainForm(page=page))
            for page in one.pages.defer("signature").order_by("page")
        ],
        "twin": twin,
        "twin_pages": twin.pages.order_by("page") if twin else (),
        "has_ruled": one.rulings.filter(ruled_by=actor(request).login).exists(),
        "ruling_form": RulingForm(),
        "is_counting": found.state == "counting",
    }
    return render(request, "paper_count/sheet.html", page)


@require(*_COUNTS)
@require_POST
def box_ask(request: HttpRequest, conference_id: int, image_id: str) -> HttpResponse:
    """Put a box of a page to people, though the reader was sure of it."""
    found = scanning_conference(request, conference_id)
    page = get_object_or_404(ScannedPage, conference=found, image_id=image_id)
    form = AskAgainForm(request.POST, page=page)
    if not form.is_valid():
        messages.error(request, "Chọn ô cần xem lại.")
        return redirect("paper_count:desk", found.pk)
    try:
        adjudicating.ask_again(
            conference_id=found.pk,
            image_id=image_id,
            box=form.cleaned_data["box"],
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Ô này giờ chờ hai người quyết định.")
    return redirect("paper_count:desk", found.pk)
