"""After the count: the audit on paper, and the end of the pictures."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kecan.paper_ballot.audit_words import percent
from kecan.web.accounts.queries import are_one_person
from kecan.web.conferences.access import (
    actor,
    manageable_conference,
    reachable_conference,
)
from kecan.web.conferences.forms import (
    INVALID_CHOICES,
    as_posted,
    blank_or_keyed,
    posted_sheet,
)
from kecan.web.conferences.queries import ballot_shape
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.actions import auditing as audit_actions
from kecan.web.paper_count.actions import destroying
from kecan.web.paper_count.auditing import (
    audit_standing,
    begun_audit,
    recorded_sheets,
    terms_of,
)
from kecan.web.paper_count.finding import telling_rows
from kecan.web.paper_count.forms import DiceForm
from kecan.web.paper_count.models import PaperAudit, ScanCount
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.audited_sheets import SheetToRead
    from kecan.web.paper_count.finding import PicturedRow
    from kecan.web.paper_count.models import ScannedSheet

_LISTED = 12
_ACTS: Mapping[str, Callable[..., object]] = {
    "ask": destroying.ask_destruction,
    "approve": destroying.approve_destruction,
    "withdraw": destroying.withdraw_destruction,
}
_ENTERED = (
    "Đã ghi 20 chữ số của đồng chí. Chỉ bốc thăm khi một người nữa của Tổ tự ghi đúng như "
    "vậy; nếu khác, hai người xem lại xúc xắc và ghi lại."
)


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
            entered = audit_actions.begin_audit(
                conference_id=found.pk,
                dice=request.POST.get("dice", ""),
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            if not entered.confirmed_by:
                messages.success(request, _ENTERED)
        return redirect("paper_count:audit", found.pk)
    begun = begun_audit(found)
    audited = PaperAudit.objects.filter(conference=found).first()
    page: dict[str, object] = {
        "conference": found,
        "enters": enters,
        "begun": begun,
        "entered": audited,
        "limit": percent(terms_of(audited or PaperAudit()).limit).vi,
        "dice_form": DiceForm(),
    }
    if begun is not None:
        standing = audit_standing(found, begun, login=actor(request).login)
        waiting = [one for one in standing.to_read if enters and one.is_own_done]
        to_read = [one for one in standing.to_read if one not in waiting]
        shown = to_read[:_LISTED]
        page |= {
            "standing": standing,
            "report": standing.report,
            "to_read": _with_pictures(found, shown)
            if enters
            else [(one, None, ()) for one in shown],
            "waiting": waiting,
            "more": len(to_read) - len(shown),
        }
    return render(request, "paper_count/audit.html", page)


def _with_pictures(
    found: Conference, to_read: Sequence[SheetToRead]
) -> list[tuple[SheetToRead, ScannedSheet | None, Sequence[PicturedRow]]]:
    """Return each sheet with what shows its paper; nothing where the stack is numbered."""
    numbers = [one.number for one in to_read]
    sheets = {
        one.number: one for one in found.scanned_sheets.filter(number__in=numbers)
    }
    rows = telling_rows(found, recorded_sheets(found), numbers) if sheets else {}
    return [(one, sheets.get(one.number), rows.get(one.number, ())) for one in to_read]


@require(Permission.RESOLVE_COUNT)
@require_http_methods(["GET", "POST"])
def audit_sheet(request: HttpRequest, conference_id: int, number: int) -> HttpResponse:
    """Take what one person reads on a sheet pulled; nobody sees the record or another."""
    found, enters = _audited(request, conference_id)
    if not enters:
        raise PermissionDenied
    if begun_audit(found) is None:
        raise Http404  # which paper has which number nobody learns before the dice
    contests = ballot_shape(found)
    entries, status = blank_or_keyed(contests, None), HTTPStatus.OK
    if request.method == "POST":
        is_there = request.POST.get("do") != "missing"
        try:
            audit_actions.enter_sheet(
                conference_id=found.pk,
                number=number,
                read=posted_sheet(request.POST, number=1, contests=contests)
                if is_there
                else None,
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal).replace("Phiếu số 1", "Tờ này"))
            entries, status = as_posted(request.POST, contests), HTTPStatus.CONFLICT
        else:
            messages.success(request, f"Đã ghi tờ số {number}.")
            following = _own_sheets(request, found, after=number)
            if following:
                return redirect(
                    "paper_count:audit_sheet", found.pk, following[0].number
                )
            return redirect("paper_count:audit", found.pk)
    following = _own_sheets(request, found, after=number)
    this = [one for one in following if one.number == number]
    page = {
        "others": [one for one in following if one not in this],
        "rows": [row for _, _, rows in _with_pictures(found, this) for row in rows],
        "conference": found,
        "number": number,
        "entries": entries,
        "invalid_choices": INVALID_CHOICES,
        "invalid_reason": request.POST.get("invalid_reason", ""),
        "sheet": found.scanned_sheets.filter(number=number).first(),
    }
    return render(request, "paper_count/audit_sheet.html", page, status=status)


def _own_sheets(
    request: HttpRequest, found: Conference, *, after: int
) -> list[SheetToRead]:
    """Return what the account has yet to read, those drawn after a sheet first.

    Whoever reads hundreds of sheets never goes back to a list between two of them.
    """
    begun = begun_audit(found)
    if begun is None:
        return []
    login = actor(request).login
    drawn = audit_standing(found, begun, login=login).to_read
    numbers = [one.number for one in drawn]
    at = numbers.index(after) + 1 if after in numbers else 0
    return [one for one in (*drawn[at:], *drawn[:at]) if not one.is_own_done]


@require(Permission.DESTROY_IMAGES)
@require_http_methods(["GET", "POST"])
def images(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Show how long pictures are kept; ask for their destruction, approve or withdraw."""
    found = manageable_conference(request, conference_id, Permission.DESTROY_IMAGES)
    scans = ScanCount.objects.filter(conference=found).first()
    if scans is None:
        raise Http404
    if request.method == "POST":
        act = _ACTS.get(request.POST.get("do", ""), destroying.ask_destruction)
        try:
            act(conference_id=found.pk, by=actor(request), at=timezone.localdate())
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
        else:
            if act is destroying.withdraw_destruction:
                messages.success(
                    request, "Đề nghị huỷ không còn hiệu lực; ảnh phiếu giữ nguyên."
                )
        return redirect("paper_count:images", found.pk)
    page: dict[str, object] = {
        "conference": found,
        "scans": scans,
        "asked_by_me": are_one_person(
            (scans.destruction_asked_by, actor(request).login)
        ),
    }
    try:
        page["first_day"] = first_day = destroying.kept_until(found)
        page["is_due"] = timezone.localdate() >= first_day
    except ConferenceRefusalError as refusal:
        page["refusal"] = str(refusal)
    return render(request, "paper_count/images.html", page)
