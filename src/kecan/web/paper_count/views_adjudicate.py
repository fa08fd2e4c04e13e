"""The pages where people decide what the reader would not: boxes, written names."""

from __future__ import annotations

from collections import Counter
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from kecan.web.conferences.access import actor
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.conferences.written_names import MOST_MATCHES, dossiers_named
from kecan.web.organisation.queries import people_within
from kecan.web.paper_count.access import scanning_conference
from kecan.web.paper_count.actions.adjudicating import Answer, decide_boxes
from kecan.web.paper_count.forms import NameForm, posted_answers
from kecan.web.paper_count.models import BoxDecision
from kecan.web.paper_count.queries import has_scans
from kecan.web.paper_count.questions import questions_of
from kecan.web.paper_count.words import REASONS, in_words
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from kecan.web.conferences.models import Conference
    from kecan.web.conferences.written_names import DossierMatch
    from kecan.web.paper_count.questions import Question

AT_ONCE = 24
_COUNTS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT)
_NAME_VALUES = {
    "keep": BoxDecision.Value.NAME,
    "none": BoxDecision.Value.EMPTY,
    "invalid": BoxDecision.Value.INVALID,
}


@require(*_COUNTS)
@require_http_methods(["GET", "POST"])
def boxes(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    group = request.GET.get("nhom", "")
    if request.method == "POST":
        _decide(request, found)
        address = f"{request.path}?nhom={group}" if group in REASONS else request.path
        return redirect(address)
    own = [one for one in _own(request, found) if not one.is_name]
    groups = Counter(one.group for one in own)
    if group not in groups:
        group = next(iter(groups), "")
    shown = [one for one in own if one.group == group]
    page = {
        "conference": found,
        "groups": [
            (key, in_words(key, REASONS), number) for key, number in groups.items()
        ],
        "group": group,
        "title": in_words(group, REASONS),
        "questions": shown[:AT_ONCE],
        "left": max(len(shown) - AT_ONCE, 0),
        "names": sum(one.is_name for one in _own(request, found)),
    }
    return render(request, "paper_count/boxes.html", page)


def _own(request: HttpRequest, found: Conference) -> list[Question]:
    """Return what waits for the person who asks, and nothing of what others said."""
    if not has_scans(found):
        return []
    login = actor(request).login
    return [one for one in questions_of(found) if one.waits_for(login)]


def _decide(request: HttpRequest, found: Conference) -> None:
    answers = posted_answers(request.POST)
    if not answers:
        messages.error(request, "Chưa chọn ô nào: phím 1, 0 hoặc X cho từng ô.")
        return
    try:
        made = decide_boxes(
            conference_id=found.pk,
            answers=answers,
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã ghi {made} ô.")


@require(*_COUNTS)
@require_http_methods(["GET", "POST"])
def names(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Take what is written on the lines for more names, one line at a time."""
    found = scanning_conference(request, conference_id)
    typed = ""
    matches: tuple[DossierMatch, ...] = ()
    status = HTTPStatus.OK
    if request.method == "POST":
        form = NameForm(request.POST)
        if not form.is_valid():
            messages.error(request, "Dòng ghi thêm gửi không đủ; hãy ghi lại.")
        elif form.cleaned_data["do"] == "find":
            typed = form.cleaned_data["name"]
            matches = dossiers_named(found, typed)
        elif (sentence := _keep_name(request, found, form)) == "":
            return redirect("paper_count:names", found.pk)
        else:
            typed, status = form.cleaned_data["name"], HTTPStatus.CONFLICT
            messages.error(request, sentence)
    waiting = [one for one in _own(request, found) if one.is_name]
    question = waiting[0] if waiting else None
    if question is not None and not _is_asked_of(request, question):
        typed, matches = "", ()  # what was typed of one line is no answer to another
    page = {
        "conference": found,
        "question": question,
        "left": len(waiting),
        "typed": typed,
        "matches": matches,
        "most_matches": MOST_MATCHES,
        "has_searched": bool(typed),
    }
    return render(request, "paper_count/names.html", page, status=status)


def _is_asked_of(request: HttpRequest, question: Question) -> bool:
    """Tell whether a form that was sent is of the line that is asked of now."""
    said = (request.POST.get("image_id"), request.POST.get("box"))
    return said == (question.page.image_id, str(question.box))


def _keep_name(request: HttpRequest, found: Conference, form: NameForm) -> str:
    """Keep what somebody read on the line; return the refusal, empty when kept."""
    said = form.cleaned_data
    value = _NAME_VALUES[said["do"]]
    name, key = said["name"], said["person_key"]
    if value is BoxDecision.Value.NAME and key:
        person = people_within({found.round.unit.key}).filter(key=key).first()
        if person is None:
            return "Không có cán bộ nào mang mã hồ sơ đó."
        name = f"{person.full_name}, {person.born[:4]}"
    is_name = value is BoxDecision.Value.NAME
    try:
        decide_boxes(
            conference_id=found.pk,
            answers=[
                Answer(
                    image_id=said["image_id"],
                    box=said["box"],
                    value=value,
                    name=name if is_name else "",
                    person_key=key if is_name else "",
                )
            ],
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        return str(refusal)
    return ""


@require(*_COUNTS)
@require_safe
def name_matches(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Return the people a typed name may mean, for the page that is already open."""
    found = scanning_conference(request, conference_id)
    typed = request.GET.get("name", "")
    page = {
        "matches": dossiers_named(found, typed),
        "most_matches": MOST_MATCHES,
        "has_searched": bool(typed.strip()),
    }
    return render(request, "paper_count/_name_matches.html", page)
