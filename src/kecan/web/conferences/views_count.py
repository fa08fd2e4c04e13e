"""The pages of the vote and the count; nobody sees a choice before the count closes."""

from __future__ import annotations

from functools import partial
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

from kecan.web.conferences.access import (
    actor,
    countable_conference,
    manageable_conference,
    own_keying,
    reachable_conference,
)
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.answers import answered, not_filled_in
from kecan.web.conferences.bound import paper_verdict
from kecan.web.conferences.forms import (
    INVALID_CHOICES,
    NumberForm,
    TieForm,
    WriteInForm,
    as_posted,
    blank_or_keyed,
    posted_sheet,
)
from kecan.web.conferences.models import ContestLine, WriteIn
from kecan.web.conferences.queries import (
    ballot_shape,
    contests_at_a_glance,
    differing_places,
    missing_sheets,
    open_differences,
    own_sheet,
)
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.conferences.rules import mark_in_words, step_from_json
from kecan.web.conferences.written_names import written_names
from kecan.web.organisation.queries import people_within
from kecan.web.permissions import Permission, may, require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from kecan.tally import SheetDifference
    from kecan.web.conferences.forms import EntryContest
    from kecan.web.conferences.models import Conference, Contest, Keying


@require(Permission.ISSUE_BALLOTS)
@require_POST
def ballots_issue(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        ballots.issue_ballots,
        conference_id=found.pk,
        issued=form.cleaned_data["number"],
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, found.pk, "Đã ghi số phiếu phát ra.")


@require(Permission.ISSUE_BALLOTS)
@require_POST
def voting_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        ballots.close_voting,
        conference_id=found.pk,
        returned=form.cleaned_data["number"],
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, found.pk, "Đã ghi số phiếu thu về.")


@require(Permission.KEY_BALLOTS)
@require_POST
def keying_start(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    try:
        keying = count.start_keying(
            conference_id=found.pk,
            slot=2 if request.POST.get("slot") == "2" else 1,
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("conferences:conference", found.pk)
    return redirect("conferences:sheet_key", keying.pk, _next_sheet(keying, after=0))


def _next_sheet(keying: Keying, *, after: int) -> int:
    """Return the next sheet not keyed yet; the last one when all are."""
    missing = missing_sheets(keying)
    later = [number for number in missing if number > after]
    return (later or missing or [keying.conference.count.returned or 1])[0]


@require(Permission.KEY_BALLOTS)
@require_http_methods(["GET", "POST"])
def sheet_key(request: HttpRequest, keying_id: int, number: int) -> HttpResponse:
    keying = own_keying(request, keying_id)
    contests = ballot_shape(keying.conference)
    if not 1 <= number <= (keying.conference.count.returned or 0):
        raise Http404
    if request.method == "POST":
        try:
            sheet = posted_sheet(request.POST, number=number, contests=contests)
            count.key_sheets(keying_id=keying.pk, sheets=[sheet], by=actor(request))
        except ConferenceRefusalError as refusal:
            page = {
                "refusal": str(refusal),
                "entries": as_posted(request.POST, contests),
                "invalid_reason": request.POST.get("invalid_reason", ""),
                **_entry_page(keying, number),
            }
            return render(
                request, "conferences/sheet_key.html", page, status=HTTPStatus.CONFLICT
            )
        return redirect(
            "conferences:sheet_key", keying.pk, _next_sheet(keying, after=number)
        )
    keyed = own_sheet(keying, number)
    page = {
        "entries": blank_or_keyed(contests, keyed),
        "invalid_reason": (keyed.invalid_reason or "") if keyed else "",
        **_entry_page(keying, number),
    }
    return render(request, "conferences/sheet_key.html", page)


def _entry_page(keying: Keying, number: int) -> dict[str, object]:
    returned = keying.conference.count.returned or 0
    missing = missing_sheets(keying)
    return {
        "keying": keying,
        "number": number,
        "returned": returned,
        "keyed": returned - len(missing),
        "is_complete": not missing,
        "previous": number - 1,
        "following": number + 1 if number < returned else 0,
        "invalid_choices": INVALID_CHOICES,
    }


@require(Permission.KEY_BALLOTS)
@require_POST
def keying_finish(request: HttpRequest, keying_id: int) -> HttpResponse:
    keying = own_keying(request, keying_id)
    act = partial(
        count.finish_keying,
        keying_id=keying.pk,
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, keying.conference_id, "Đã kết thúc lượt nhập.")


@require(Permission.KEY_BALLOTS)
@require_POST
def keying_reopen(request: HttpRequest, keying_id: int) -> HttpResponse:
    keying = own_keying(request, keying_id)
    act = partial(
        count.reopen_keying,
        keying_id=keying.pk,
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, keying.conference_id, "Đã mở lại lượt nhập.")


@require(Permission.RESOLVE_COUNT)
@require_http_methods(["GET", "POST"])
def differences(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            sheet = posted_sheet(
                request.POST,
                number=_posted_number(request),
                contests=ballot_shape(found),
            )
            count.resolve_sheet(
                conference_id=found.pk,
                sheet=sheet,
                by=actor(request),
                at=timezone.localdate(),
            )
        except ConferenceRefusalError as refusal:
            messages.error(request, str(refusal))
            status = HTTPStatus.CONFLICT
        else:
            return redirect("conferences:differences", found.pk)
    page = _differing(request, found)
    return render(request, "conferences/differences.html", page, status=status)


def _posted_number(request: HttpRequest) -> int:
    number = request.POST.get("number", "")
    return int(number) if number.isdecimal() else 0


def _differing(request: HttpRequest, found: Conference) -> dict[str, object]:
    """Return what the third person sees; those who keyed see nothing of the other."""
    contests = ballot_shape(found)
    is_keyer = found.keyings.filter(keyed_by=actor(request).login).exists()
    finished = found.keyings.filter(is_finished=True).count()
    return {
        "conference": found,
        "is_keyer": is_keyer,
        "finished": finished,
        "invalid_choices": INVALID_CHOICES,
        "differences": []
        if is_keyer
        else [
            (one, differing_places(one, contests), *_looked_at(request, one, contests))
            for one in open_differences(found)
        ],
    }


def _looked_at(
    request: HttpRequest, one: SheetDifference, contests: Sequence[Contest]
) -> tuple[list[EntryContest], str]:
    """Return what stands in the form of a sheet: what was refused, or nothing yet."""
    if request.method == "POST" and _posted_number(request) == one.number:
        return as_posted(request.POST, contests), request.POST.get("invalid_reason", "")
    return blank_or_keyed(contests, None), ""


@require(Permission.RESOLVE_COUNT)
@require_POST
def count_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    act = partial(
        count.close_count,
        conference_id=found.pk,
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, found.pk, "Đã khoá kiểm phiếu; xem trang kết quả.")


@require(Permission.VIEW_RESULT, Permission.RESOLVE_COUNT)
@require_safe
def result(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = reachable_conference(request, conference_id, Permission.VIEW_RESULT)
    counted = getattr(found, "count", None)
    step = step_from_json(found.rules)
    unit_key = found.round.unit.key
    may_resolve = (
        found.state == "counted"
        and found.counting_members.filter(login=actor(request).login).exists()
    )
    searched = f"{request.GET.get('dong', '')}:{request.GET.get('ten', '')}"
    page = {
        "conference": found,
        "count": counted if counted is not None and counted.is_closed else None,
        "contests": [
            (
                contest,
                list(
                    written_names(
                        found, contest, may_resolve=may_resolve, searched=searched
                    )
                ),
            )
            for contest in contests_at_a_glance(found)
        ],
        "mark": mark_in_words(step.threshold) if step.threshold else "",
        "step": step,
        "log": found.log.order_by("number"),
        "may_decide": may(request.user, Permission.RUN_CONFERENCE, unit_key=unit_key)
        and found.state == "counted",
        "may_resolve": may_resolve,
        "tie_form": TieForm(),
        "audited": paper_verdict(found),
    }
    return render(request, "conferences/result.html", page)


@require(Permission.RUN_CONFERENCE)
@require_POST
def tie_decide(request: HttpRequest, line_id: int) -> HttpResponse:
    line = get_object_or_404(ContestLine.objects.select_related("contest"), pk=line_id)
    found = manageable_conference(
        request, line.contest.conference_id, Permission.RUN_CONFERENCE
    )
    form = TieForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        count.decide_tie,
        line_id=line.pk,
        **form.cleaned_data,
        by=actor(request),
        at=timezone.localdate(),
    )
    said = "Đã ghi quyết định của chủ trì."
    return answered(request, act, found.pk, said, page="result")


@require(Permission.RESOLVE_COUNT)
@require_POST
def write_in_resolve(request: HttpRequest, write_in_id: int) -> HttpResponse:
    written = get_object_or_404(
        WriteIn.objects.select_related("contest"), pk=write_in_id
    )
    found = countable_conference(request, written.contest.conference_id)
    form = WriteInForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    key = form.cleaned_data["person_key"]
    within = people_within({found.round.unit.key})
    person = within.filter(key=key).first() if key else None
    if key and person is None:
        messages.error(request, f"Không có cán bộ nào mang mã hồ sơ “{key}”.")
        return redirect("conferences:result", found.pk)
    act = partial(
        count.resolve_write_in,
        write_in_id=written.pk,
        person_id=None if person is None else person.pk,
        by=actor(request),
        at=timezone.localdate(),
    )
    said = "Đã ghi nhận người được ghi thêm."
    return answered(request, act, found.pk, said, page="result")
