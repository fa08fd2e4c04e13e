"""The pages of a conference, in the order of the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.web.conferences.access import (
    countable_conference,
    manageable_conference,
    own_keying,
    reachable_conference,
)
from kecan.web.conferences.actions import ballots, chain, closing, count
from kecan.web.conferences.forms import (
    INVALID_CHOICES,
    NumberForm,
    OpenForm,
    posted_sheet,
)
from kecan.web.conferences.models import Minutes
from kecan.web.conferences.queries import (
    ballot_shape,
    keying_progress,
    lacks_quorum,
    open_differences,
    roll_by_category,
)
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.conferences.rules import mark_in_words, step_from_json
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from kecan.web.audit.actions import Actor

_READERS = (Permission.VIEW_ROUND, Permission.RUN_CONFERENCE, Permission.CHECK_IN)
_COUNTERS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT, Permission.ISSUE_BALLOTS)


@require(*_READERS, *_COUNTERS)
@require_safe
def conference(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = reachable_conference(request, conference_id, *_READERS)
    step = step_from_json(found.rules)
    page = {
        "conference": found,
        "chain": found.round.conferences.order_by("order"),
        "roll": roll_by_category(found),
        "contests": ballot_shape(found),
        "progress": keying_progress(found),
        "warning": lacks_quorum(found),
        "mark": mark_in_words(step.threshold) if step.threshold else "",
        "step": step,
        "open_form": OpenForm(initial={"held_on": found.round.as_of}),
        "number_form": NumberForm(),
        "is_counter": found.counting_members.filter(
            login=_actor(request).login
        ).exists(),
    }
    return render(request, "conferences/conference.html", page)


@require(Permission.RUN_CONFERENCE)
@require_POST
def conference_open(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    form = OpenForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, "Hãy điền đủ ngày họp, địa điểm, chủ trì, thư ký, người trình bày."
        )
        return redirect("conferences:conference", found.pk)

    def act() -> None:
        chain.open_conference(
            conference_id=found.pk,
            **form.cleaned_data,
            agenda=[
                line for line in request.POST.get("agenda", "").splitlines() if line
            ],
            by=_actor(request),
            at=timezone.now(),
        )

    return _done(request, act, found.pk, "Đã khai mạc hội nghị.")


@require(Permission.CHECK_IN)
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.CHECK_IN)
    if request.method != "POST":
        page = {"conference": found, "roll": roll_by_category(found)}
        return render(request, "conferences/check_in.html", page)

    def act() -> None:
        chain.check_in(
            conference_id=found.pk,
            present_seats=[int(number) for number in request.POST.getlist("present")],
            by=_actor(request),
            at=timezone.localdate(),
        )

    return _done(request, act, found.pk, "Đã ghi danh sách có mặt.")


@require(Permission.ISSUE_BALLOTS)
@require_POST
def ballots_issue(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    return _with_number(
        request, found.pk, ballots.issue_ballots, "issued", "Đã phát phiếu."
    )


@require(Permission.ISSUE_BALLOTS)
@require_POST
def voting_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    return _with_number(
        request, found.pk, ballots.close_voting, "returned", "Đã thu phiếu."
    )


@require(Permission.KEY_BALLOTS)
@require_POST
def keying_start(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    slot = 2 if request.POST.get("slot") == "2" else 1
    try:
        keying = count.start_keying(
            conference_id=found.pk,
            slot=slot,
            by=_actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("conferences:conference", found.pk)
    return redirect(
        "conferences:sheet_key",
        keying.pk,
        _next_sheet(keying.sheets.count(), found.count.returned or 1),
    )


def _next_sheet(keyed: int, returned: int) -> int:
    return min(keyed + 1, returned)


@require(Permission.KEY_BALLOTS)
@require_http_methods(["GET", "POST"])
def sheet_key(request: HttpRequest, keying_id: int, number: int) -> HttpResponse:
    keying = own_keying(request, keying_id)
    contests, returned = (
        ballot_shape(keying.conference),
        keying.conference.count.returned or 0,
    )
    if request.method == "POST":
        try:
            sheet = posted_sheet(request.POST, number=number, contests=contests)
            count.key_sheets(keying_id=keying.pk, sheets=[sheet], by=_actor(request))
        except (ConferenceRefusalError, ValueError) as refusal:
            messages.error(request, str(refusal))
            return redirect("conferences:sheet_key", keying.pk, number)
        return redirect(
            "conferences:sheet_key", keying.pk, _next_sheet(number, returned)
        )
    page = {
        "keying": keying,
        "number": number,
        "returned": returned,
        "keyed": keying.sheets.count(),
        "contests": contests,
        "invalid_choices": INVALID_CHOICES,
    }
    return render(request, "conferences/sheet_key.html", page)


@require(Permission.KEY_BALLOTS)
@require_POST
def keying_finish(request: HttpRequest, keying_id: int) -> HttpResponse:
    keying = own_keying(request, keying_id)

    def act() -> None:
        count.finish_keying(
            keying_id=keying.pk, by=_actor(request), at=timezone.localdate()
        )

    return _done(request, act, keying.conference_id, "Đã kết thúc lượt nhập.")


@require(Permission.RESOLVE_COUNT)
@require_http_methods(["GET", "POST"])
def differences(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)
    contests = ballot_shape(found)
    if request.method == "POST":
        try:
            sheet = posted_sheet(
                request.POST,
                number=int(request.POST.get("number", "0")),
                contests=contests,
            )
            count.resolve_sheet(
                conference_id=found.pk,
                sheet=sheet,
                by=_actor(request),
                at=timezone.localdate(),
            )
        except (ConferenceRefusalError, ValueError) as refusal:
            messages.error(request, str(refusal))
        return redirect("conferences:differences", found.pk)
    is_keyer = found.keyings.filter(keyed_by=_actor(request).login).exists()
    page = {
        "conference": found,
        "differences": [] if is_keyer else open_differences(found),
        "is_keyer": is_keyer,
        "contests": contests,
        "invalid_choices": INVALID_CHOICES,
    }
    return render(request, "conferences/differences.html", page)


@require(Permission.RESOLVE_COUNT)
@require_POST
def count_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = countable_conference(request, conference_id)

    def act() -> None:
        count.close_count(
            conference_id=found.pk, by=_actor(request), at=timezone.localdate()
        )

    return _done(
        request, act, found.pk, "Đã khoá kiểm phiếu; kết quả nằm trong biên bản."
    )


@require(Permission.VIEW_RESULT, Permission.RESOLVE_COUNT)
@require_safe
def result(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = reachable_conference(request, conference_id, Permission.VIEW_RESULT)
    counted = getattr(found, "count", None)
    step = step_from_json(found.rules)
    page = {
        "conference": found,
        "count": counted if counted is not None and counted.is_closed else None,
        "contests": ballot_shape(found),
        "mark": mark_in_words(step.threshold) if step.threshold else "",
        "step": step,
    }
    return render(request, "conferences/result.html", page)


@require(Permission.RUN_CONFERENCE)
@require_POST
def minutes_sign(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    kind = (
        Minutes.Kind.COUNTING
        if request.POST.get("kind") == "counting"
        else Minutes.Kind.CONFERENCE
    )
    signers = [member.full_name for member in found.counting_members.all()]

    def act() -> None:
        closing.sign_minutes(
            conference_id=found.pk,
            kind=kind,
            signed_by=[*signers, found.chair]
            if kind is Minutes.Kind.COUNTING
            else [found.minute_taker, found.chair],
            by=_actor(request),
            at=timezone.localdate(),
        )

    return _done(request, act, found.pk, "Đã ký biên bản.")


@require(Permission.RUN_CONFERENCE)
@require_POST
def conference_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)

    def act() -> None:
        closing.close_conference(
            conference_id=found.pk, by=_actor(request), at=timezone.localdate()
        )

    return _done(request, act, found.pk, "Đã bế mạc hội nghị.")


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.user)


def _done(
    request: HttpRequest, act: Callable[[], None], conference_id: int, sentence: str
) -> HttpResponse:
    """Run an action, tell the user how it went, and go back to the conference."""
    try:
        act()
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect("conferences:conference", conference_id)


def _with_number(
    request: HttpRequest,
    conference_id: int,
    action: Callable[..., object],
    name: str,
    sentence: str,
) -> HttpResponse:
    form = NumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Hãy nhập số phiếu là số nguyên từ 1 trở lên.")
        return redirect("conferences:conference", conference_id)

    def act() -> None:
        action(
            conference_id=conference_id,
            by=_actor(request),
            at=timezone.localdate(),
            **{name: form.cleaned_data["number"]},
        )

    return _done(request, act, conference_id, sentence)
