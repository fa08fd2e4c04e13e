"""Papers to take away, and the words an officer enters for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kecan.web.accounts.models import User
from kecan.web.conferences.actions.recording import CONFERENCE
from kecan.web.conferences.models import Conference
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.papers import actions
from kecan.web.papers.access import (
    conference_papers_for,
    round_papers_for,
    summoned_to,
)
from kecan.web.papers.ballot_paper import ballot_to_print
from kecan.web.papers.catalogue import (
    MOST_COPIES,
    BallotPaper,
    PaperFormat,
    PaperKind,
)
from kecan.web.papers.forms import FIELDS, DetailsForm
from kecan.web.papers.letterheads import details_of
from kecan.web.papers.training_paper import training_paper
from kecan.web.permissions import Permission, require, require_permission
from kecan.web.plans.models import PlanningRound
from kecan.web.responses import refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from kecan.web.papers.catalogue import Paper

_TAKERS = (
    Permission.VIEW_PAPERS,
    Permission.ISSUE_BALLOTS,
    Permission.KEY_BALLOTS,
    Permission.RESOLVE_COUNT,
)


@require_safe
@require(Permission.VIEW_PAPERS)
def paper_list(request: HttpRequest) -> HttpResponse:
    """Show a delegate the conferences they are summoned to, with their papers."""
    page = {"conferences": summoned_to(_account(request))}
    return render(request, "papers/paper_list.html", page)


@require_safe
@require(Permission.VIEW_PAPERS)
def round_paper(
    request: HttpRequest, round_id: int, kind: str, written_as: str
) -> HttpResponse:
    found = get_object_or_404(
        PlanningRound.objects.select_related("unit__parent"), pk=round_id
    )
    papers = round_papers_for(request.user, found)
    return _taken(request, papers, kind=kind, written_as=written_as, of=found)


@require_safe
@require(Permission.VIEW_ROUND)
def training_report(
    request: HttpRequest, round_id: int, year: int, written_as: str
) -> HttpResponse:
    found = get_object_or_404(
        PlanningRound.objects.select_related("unit__parent"), pk=round_id
    )
    require_permission(request.user, Permission.VIEW_ROUND, unit_key=found.unit.key)
    paper = training_paper(found, year=year)
    return _taken(request, [paper], kind=paper.kind, written_as=written_as, of=found)


@require_safe
@require(*_TAKERS)
def conference_paper(
    request: HttpRequest, conference_id: int, kind: str, written_as: str
) -> HttpResponse:
    found = get_object_or_404(
        Conference.objects.select_related("round__unit__parent"), pk=conference_id
    )
    copies = request.GET.get("so-ban", "1")
    if not (copies.isdecimal() and 1 <= int(copies) <= MOST_COPIES):
        raise Http404
    papers = [
        replace(one, copies=int(copies)) if isinstance(one, BallotPaper) else one
        for one in conference_papers_for(request.user, found)
    ]
    is_ballot = kind in {PaperKind.BALLOT, PaperKind.LARGE_BALLOT}
    if is_ballot and any(one.kind == kind for one in papers):
        try:
            ballot_to_print(found, by=_account(request), at=timezone.localdate())
        except ConferenceRefusalError as refusal:
            return refused(request, refusal)
    return _taken(request, papers, kind=kind, written_as=written_as, of=found)


def _taken(
    request: HttpRequest,
    papers: Iterable[Paper | BallotPaper],
    *,
    kind: str,
    written_as: str,
    of: PlanningRound | Conference,
) -> HttpResponse:
    """Answer with the file, once the ledger says who took it."""
    paper = next((one for one in papers if one.kind == kind), None)
    if paper is None:
        raise PermissionDenied
    form = PaperFormat(written_as)
    if form not in paper.formats:
        raise Http404
    file_name, content = f"{paper.stem}.{form}", paper.file(form)
    actions.hand_out(
        title=f"{of}: {paper.title}",
        of={CONFERENCE if isinstance(of, Conference) else "round": of.key},
        file_name=file_name,
        content=content,
        by=_account(request),
        at=timezone.now(),
    )
    return HttpResponse(
        content,
        content_type=form.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file_name}"',
            "Cache-Control": "no-store",
        },
    )


@require_http_methods(["GET", "POST"])
@require(Permission.MANAGE_ROUND)
def details(request: HttpRequest, round_id: int) -> HttpResponse:
    found = get_object_or_404(PlanningRound.objects.select_related("unit"), pk=round_id)
    require_permission(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    entered = details_of(found)
    form = DetailsForm(
        request.POST or None,
        initial={name: getattr(entered, name) for name in FIELDS},
    )
    if request.method == "POST" and form.is_valid():
        actions.enter_details(
            round_id=found.pk,
            words=form.cleaned_data,
            by=_account(request),
            at=timezone.now(),
        )
        return redirect("round_overview", found.pk)
    page = {"round": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "papers/details.html", page, status=status)


def _account(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
