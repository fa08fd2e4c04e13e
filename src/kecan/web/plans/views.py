"""The pages of a round: list, overview with its steps, review, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import OUTCOMES
from kecan.web.accounts.queries import are_one_person
from kecan.web.organisation.models import Post, Term, Unit
from kecan.web.organisation.queries import people_within, posts_within
from kecan.web.permissions import (
    WHOLE_INSTANCE,
    Permission,
    may,
    permitted_units,
    require,
    require_permission,
)
from kecan.web.plans import actions
from kecan.web.plans.access import actor, round_for, rounds_for
from kecan.web.plans.forms import (
    DecisionForm,
    ProposalForm,
    ReviewForm,
    RoundForm,
    SubmissionForm,
    WordsForm,
)
from kecan.web.plans.models import PlanningRound, Proposal, RoundState
from kecan.web.plans.queries import (
    pack_of,
    proposed_lists,
    review_items,
    round_counts,
    steps,
    terms_for,
)
from kecan.web.plans.queries_verdicts import eligibility_summary, sources_of
from kecan.web.plans.refusals import RoundRefusalError
from kecan.web.responses import refused, refused_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

REVIEW_SHOWN = {
    "cho": {"decision": ""},
    "giu": {"decision": "keep"},
    "ra": {"decision": "remove"},
}


@require_safe
@require(Permission.VIEW_ROUND)
def round_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {"round": row, "steps": steps(row), "counts": round_counts(row)}
        for row in rounds_for(request)
    ]
    return render(request, "plans/round_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_ROUND)
def round_open(request: HttpRequest) -> HttpResponse:
    keys = permitted_units(request.user, Permission.MANAGE_ROUND)
    units = Unit.objects.filter(kind="committee")
    if WHOLE_INSTANCE not in keys:
        units = units.filter(key__in=keys)
    form = RoundForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            opened = actions.open_round(
                draft=form.draft(), by=actor(request), at=timezone.now()
            )
        except RoundRefusalError as refusal:
            form.add_error("key", str(refusal))
        else:
            return redirect("round_overview", opened.pk)
    status = 422 if form.errors else 200
    return render(request, "plans/round_open.html", {"form": form}, status=status)


@require_safe
@require(Permission.VIEW_ROUND)
def round_overview(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    login = actor(request).login
    page = {
        "round": found,
        "steps": steps(found),
        "counts": round_counts(found),
        "pack": pack_of(found),
        "lists": proposed_lists(found),
        "state": {state.name: state.value for state in RoundState},
        "may": {
            one.name: may(request.user, one, unit_key=found.unit.key)
            for one in Permission
        },
        "submission": SubmissionForm(),
        "decision": DecisionForm(),
        "approval_is_own": are_one_person((found.approval_requested_by, login)),
        "reopening_is_own": are_one_person((found.reopening_requested_by, login)),
    }
    return render(request, "plans/round_overview.html", page)


@require_POST
@require(Permission.MANAGE_ROUND, Permission.SIGN_SUBMISSION, Permission.APPROVE_ROUND)
def round_step(request: HttpRequest, round_id: int) -> HttpResponse:
    """Take one of the round's plain steps, named by the button."""
    step = STEPS.get(request.POST.get("viec", ""))
    if step is None:
        return refused(request, "Không có việc này; hãy mở lại trang của đợt.")
    permissions, form_class, act = step
    found = round_for(request, round_id, *permissions)
    form = form_class(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    try:
        act(
            round_id=found.pk, by=actor(request), at=timezone.now(), **form.cleaned_data
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect("round_overview", found.pk)


def _appraise(*, words: str, **given: object) -> None:
    actions.appraise(opinion=words, **given)  # type: ignore[arg-type]


def _request_reopening(*, words: str, **given: object) -> None:
    actions.request_reopening(reason=words, **given)  # type: ignore[arg-type]


class NothingForm(WordsForm):
    """A button alone."""

    words = None  # type: ignore[assignment]  # Django's way to drop a field


_MANAGES, _APPROVES = (Permission.MANAGE_ROUND,), (Permission.APPROVE_ROUND,)
STEPS: Mapping[
    str, tuple[tuple[Permission, ...], type[Form], Callable[..., object]]
] = {
    "ra-soat": (_MANAGES, NothingForm, actions.run_review),
    "xong-ra-soat": (_MANAGES, NothingForm, actions.finish_review),
    "ky-to-trinh": (
        (Permission.SIGN_SUBMISSION,),
        SubmissionForm,
        actions.sign_submission,
    ),
    "tham-dinh": (_APPROVES, WordsForm, _appraise),
    "de-nghi-phe-duyet": (_MANAGES, NothingForm, actions.request_approval),
    "rut-phe-duyet": (
        (*_MANAGES, *_APPROVES),
        NothingForm,
        actions.withdraw_approval_request,
    ),
    "phe-duyet": (_APPROVES, DecisionForm, actions.approve_round),
    "de-nghi-mo-lai": (_MANAGES, WordsForm, _request_reopening),
    "rut-mo-lai": (
        (*_MANAGES, *_APPROVES),
        NothingForm,
        actions.withdraw_reopening_request,
    ),
    "mo-lai": (_APPROVES, NothingForm, actions.reopen_round),
}


@require_http_methods(["GET", "POST"])
@require(Permission.VIEW_ROUND)
def round_review(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    if request.method == "POST":
        return _decide_item(request, found)
    shown = request.GET.get("xem", "")
    page = {
        "round": found,
        "items": review_items(found).filter(**REVIEW_SHOWN.get(shown, {})),
        "shown": shown,
        "counts": round_counts(found),
        "is_open": found.state == RoundState.OPENED
        and may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    return render(request, "plans/round_review.html", page)


def _decide_item(request: HttpRequest, found: PlanningRound) -> HttpResponse:
    require_permission(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return refused(request, "Chưa chọn giữ hay đưa ra; hãy chọn rồi gửi lại.")
    item = get_object_or_404(found.review_items, pk=form.cleaned_data["item"])
    try:
        actions.confirm_review_item(
            item_id=item.pk,
            decision=form.cleaned_data["decision"],
            note=form.cleaned_data["note"],
            by=actor(request),
            at=timezone.now(),
        )
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    shown = request.GET.get("xem", "")
    return redirect(f"{request.path}?xem={shown}#hang-{item.pk}")


@require_http_methods(["GET", "POST"])
@require(Permission.VIEW_ROUND)
def round_sources(request: HttpRequest, round_id: int) -> HttpResponse:
    found = round_for(request, round_id, Permission.VIEW_ROUND)
    if request.method == "POST":
        return _change_proposals(request, found)
    keys = {found.unit.key}
    posts = posts_within(keys).filter(is_planned=True)
    page: dict[str, object] = {
        "round": found,
        "posts": posts,
        "lists": proposed_lists(found),
        "is_open": found.state in {RoundState.REVIEWED, RoundState.PROPOSED}
        and may(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key),
    }
    post = posts.filter(pk=_whole(request.GET.get("chuc-danh"))).first()
    if post is not None:
        page |= _sources(found, post=post, is_next=request.GET.get("ky") != "nay")
    else:
        page |= _summary(found)
    return render(request, "plans/round_sources.html", page)


def _summary(found: PlanningRound) -> dict[str, object]:
    return {
        "summary": eligibility_summary(found),
        "outcomes": [OUTCOMES[one].vi for one in Outcome],
    }


def _sources(found: PlanningRound, *, post: Post, is_next: bool) -> dict[str, object]:
    term: Term = terms_for(found, line=post.line)[1 if is_next else 0]
    people = people_within({found.unit.key})
    proposed = found.proposals.filter(post=post, term=term).exclude(
        state__in=[Proposal.State.WITHDRAWN, Proposal.State.DROPPED]
    )
    return {
        "post": post,
        "term": term,
        "is_next": is_next,
        "sources": sources_of(found, post=post, term=term, people=people),
        "proposed": set(proposed.values_list("person_id", flat=True)),
    }


def _change_proposals(request: HttpRequest, found: PlanningRound) -> HttpResponse:
    require_permission(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    try:
        if "rut" in request.POST:
            row = get_object_or_404(found.proposals, pk=_whole(request.POST.get("rut")))
            actions.withdraw_proposal(
                proposal_id=row.pk, by=actor(request), at=timezone.now()
            )
        else:
            _propose(request, found)
    except RoundRefusalError as refusal:
        return refused(request, refusal)
    return redirect(request.get_full_path())


def _propose(request: HttpRequest, found: PlanningRound) -> None:
    form = ProposalForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    people = people_within({found.unit.key})
    posts = posts_within({found.unit.key})
    actions.propose(
        round_id=found.pk,
        person_id=get_object_or_404(people, pk=given.get("person")).pk,
        post_id=get_object_or_404(posts, pk=given.get("post")).pk,
        term_id=get_object_or_404(Term, pk=given.get("term")).pk,
        by=actor(request),
        at=timezone.now(),
    )


def _whole(text: str | None) -> int:
    """Return a row's number; anything else finds no row."""
    return int(text) if text and text.isdecimal() else 0
