"""The pages of a conference around the ballot, in the order of the morning."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.regulations.chains import load_chain
from kecan.vocabulary import Confidence
from kecan.web.conferences.access import (
    actor,
    conferences_for,
    manageable_conference,
    manageable_round,
    reachable_conference,
)
from kecan.web.conferences.actions import ballots, chain, closing
from kecan.web.conferences.answers import answered, not_filled_in
from kecan.web.conferences.bound import paper_verdict
from kecan.web.conferences.forms import (
    CommitteeForm,
    DirectionsForm,
    NumberForm,
    OpenForm,
    SpeechForm,
    StepForm,
    SummonForm,
)
from kecan.web.conferences.models import Minutes
from kecan.web.conferences.queries import (
    ballot_shape,
    counting_accounts,
    earlier_results,
    keying_progress,
    keyings_open_to,
    lacks_quorum,
    needed_minutes,
    roll_by_category,
    rounds_without_chain,
)
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.conferences.rules import (
    FAULTS_VI,
    faults_in_words,
    mark_in_words,
    step_from_json,
)
from kecan.web.permissions import Permission, may, permitted_units, require
from kecan.web.plans.queries import people_per_post_limit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.conferences.models import Conference

_LONGEST_REASON = 300
_READERS = (Permission.VIEW_ROUND, Permission.RUN_CONFERENCE, Permission.CHECK_IN)
_COUNTERS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT, Permission.ISSUE_BALLOTS)


@require(*_READERS, *_COUNTERS)
@require_safe
def conference_list(request: HttpRequest) -> HttpResponse:
    page = {
        "conferences": conferences_for(request),
        "rounds": rounds_without_chain(
            permitted_units(request.user, Permission.MANAGE_ROUND)
        ),
    }
    return render(request, "conferences/conference_list.html", page)


@require(Permission.MANAGE_ROUND)
@require_POST
def chain_plan(request: HttpRequest, round_id: int) -> HttpResponse:
    found = manageable_round(request, round_id)
    try:
        planned = chain.plan_conferences(
            round_id=found.pk,
            template=load_chain(found.chain_template),
            by=actor(request),
            at=timezone.now(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("conferences:conference_list")
    messages.success(request, f"Đã lập {len(planned)} hội nghị.")
    return redirect("conferences:conference", planned[0].pk)


@require(*_READERS, *_COUNTERS)
@require_safe
def conference(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = reachable_conference(request, conference_id, *_READERS)
    unit_key = found.round.unit.key
    sees_results = may(request.user, Permission.VIEW_RESULT, unit_key=unit_key)
    signed = set(found.minutes.values_list("kind", flat=True))
    login = actor(request).login
    page = {
        "conference": found,
        "chain": found.round.conferences.order_by("order"),
        "roll": roll_by_category(found),
        "contests": ballot_shape(found),
        "earlier": earlier_results(found) if sees_results else {},
        "progress": keying_progress(found),
        "log": found.log.order_by("number"),
        "warning": lacks_quorum(found),
        "signed": signed,
        "may_close": needed_minutes(found) <= signed,
        "audited": paper_verdict(found) if found.state == "counted" else None,
        "may": {
            one.name: may(request.user, one, unit_key=unit_key) for one in Permission
        },
        "is_counter": found.counting_members.filter(login=login).exists(),
        "keyings_open": keyings_open_to(found, login),
        **_forms(found),
    }
    return render(request, "conferences/conference.html", page)


def _forms(found: Conference) -> dict[str, object]:
    step = step_from_json(found.rules)
    return {
        "step": step,
        "mark": mark_in_words(step.threshold) if step.threshold else "",
        "faults": faults_in_words(step.validity),
        "has_assumed_faults": any(
            getattr(step.validity, one).confidence is Confidence.ASSUMED
            for one in FAULTS_VI
        ),
        "summon_form": SummonForm(initial={"as_of": found.round.as_of}),
        "open_form": OpenForm(initial={"held_on": found.round.as_of}),
        "step_form": StepForm.of(step),
        "committee_form": CommitteeForm(counting_accounts(found.round.unit.key)),
        "number_form": NumberForm(),
        "directions_form": DirectionsForm(
            initial={
                "directions": found.directions,
                "directed_by": found.directed_by or found.chair,
                "directed_by_office": found.directed_by_office or found.chair_office,
            }
        ),
        "speech_form": SpeechForm(),
    }


@require(Permission.MANAGE_ROUND)
@require_POST
def conference_summon(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.MANAGE_ROUND)
    form = SummonForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        chain.summon,
        conference_id=found.pk,
        as_of=form.cleaned_data["as_of"],
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã lập danh sách triệu tập.")


@require(Permission.MANAGE_ROUND)
@require_POST
def step_edit(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.MANAGE_ROUND)
    form = StepForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        chain.edit_step,
        conference_id=found.pk,
        step=form.edited(step_from_json(found.rules)),
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã sửa quy tắc của hội nghị.")


@require(Permission.RUN_CONFERENCE)
@require_POST
def conference_open(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    form = OpenForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        chain.open_conference,
        conference_id=found.pk,
        **form.cleaned_data,
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã khai mạc hội nghị.")


@require(Permission.CHECK_IN)
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.CHECK_IN)
    if request.method != "POST":
        page = {"conference": found, "roll": roll_by_category(found)}
        return render(request, "conferences/check_in.html", page)
    seats = list(found.seats.values_list("number", flat=True))
    present = set(request.POST.getlist("present"))
    reasons = {number: request.POST.get(f"reason-{number}", "") for number in seats}
    act = partial(
        chain.check_in,
        conference_id=found.pk,
        present_seats=[number for number in seats if str(number) in present],
        absence_reasons={
            number: reason.strip()[:255] for number, reason in reasons.items()
        },
        by=actor(request),
        at=timezone.localdate(),
    )
    return answered(request, act, found.pk, "Đã ghi danh sách có mặt.")


@require(Permission.MANAGE_ROUND)
@require_POST
def ballot_prepare(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.MANAGE_ROUND)
    act = partial(
        ballots.prepare_ballot,
        conference_id=found.pk,
        people_per_post=people_per_post_limit(found.round),
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã lập danh sách trên phiếu.")


@require(Permission.RUN_CONFERENCE)
@require_POST
def committee_appoint(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    form = CommitteeForm(counting_accounts(found.round.unit.key), request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        ballots.appoint_counting_committee,
        conference_id=found.pk,
        members=form.pairs(),
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã cử Tổ kiểm phiếu.")


@require(Permission.RUN_CONFERENCE)
@require_POST
def discussion_end(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    act = partial(
        ballots.pass_without_ballot,
        conference_id=found.pk,
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã kết thúc thảo luận.")


def _despite(request: HttpRequest) -> str:
    """Return why the chair goes on from a result that the paper contradicts."""
    return request.POST.get("despite", "")[:_LONGEST_REASON]


@require(Permission.RUN_CONFERENCE)
@require_POST
def minutes_sign(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    is_counting = request.POST.get("kind") == Minutes.Kind.COUNTING
    counters = [member.full_name for member in found.counting_members.all()]
    act = partial(
        closing.sign_minutes,
        conference_id=found.pk,
        kind=Minutes.Kind.COUNTING if is_counting else Minutes.Kind.CONFERENCE,
        signed_by=[*(counters if is_counting else [found.minute_taker]), found.chair],
        by=actor(request),
        at=timezone.localdate(),
        despite=_despite(request),
    )
    return answered(request, act, found.pk, "Đã ký biên bản.")


@require(Permission.RUN_CONFERENCE)
@require_POST
def conference_close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.RUN_CONFERENCE)
    act = partial(
        closing.close_conference,
        conference_id=found.pk,
        by=actor(request),
        at=timezone.now(),
        despite=_despite(request),
    )
    return answered(request, act, found.pk, "Đã bế mạc hội nghị.")
