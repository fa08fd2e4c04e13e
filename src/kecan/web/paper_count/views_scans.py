"""The desk of a scanned count: scans in, what waits, pictures, closing."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_POST,
    require_safe,
)

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import file_stamps
from kecan.paper_ballot.scans import MOST_BYTES, scan_files
from kecan.web.accounts.queries import are_one_person
from kecan.web.conferences.access import actor
from kecan.web.conferences.models import Conference, ConferenceState
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.access import scanning_conference
from kecan.web.paper_count.actions import closing, importing
from kecan.web.paper_count.actions.keeping import READ_WORDS
from kecan.web.paper_count.actions.restarting import RESTART_WORDS
from kecan.web.paper_count.forms import (
    SetAsideForm,
    sent_files,
)
from kecan.web.paper_count.keyed_sheets import sheets_to_key
from kecan.web.paper_count.queries import (
    batch_report,
    frozen_form,
    has_scans,
    store_of,
)
from kecan.web.paper_count.questions import questions_of
from kecan.web.paper_count.reader import start_reading
from kecan.web.paper_count.refusals import BallotNotPrintedError
from kecan.web.paper_count.words import REJECTIONS, in_words, open_questions_words
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from django.http import HttpRequest, HttpResponse

    from kecan.web.paper_count.actions.keeping import ImportReport

_FOLDER_OF_OTHERS = (
    "Còn {others} hội nghị khác cũng đang kiểm phiếu, không rõ ảnh trong thư mục quét là "
    "của ai: chọn tệp rồi gửi trên trang này."
)
_TOO_LARGE = (
    "Chưa nhận tệp nào: tệp {names} lớn hơn 500 MB, máy không đọc được. Quét thang xám 200 "
    "hoặc 300 dpi, lưu PDF hay JPEG có nén, mỗi chồng phiếu một tệp rồi gửi lại."
)
_NAMED = 3
READ_AT_ONCE = 8_000_000  # bytes; more is read by a process of its own
_MOST_LOOKS = 12  # at a reading that was started and has not begun, a second each
_SHOWN_REFUSED = 48
_NO_BALLOTS = (Rejection.BLANK, Rejection.FOREIGN)
_COUNTS = (Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT)


@require(*_COUNTS)
@require_safe
def desk(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    page: dict[str, object] = {"conference": found, "log": found.log.order_by("number")}
    try:
        form = frozen_form(found)
    except BallotNotPrintedError as refusal:
        return render(
            request, "paper_count/desk.html", page | {"refusal": str(refusal)}
        )
    if has_scans(found):
        report = batch_report(found, form=form)
        questions = questions_of(found)
        login = actor(request).login
        still_open = sum(one.answer is None for one in questions)
        page |= {
            "report": report,
            "still_open": [
                *report.open_points,
                *([open_questions_words(still_open)] if still_open else ()),
                *closing.held_up(found),
                *(() if still_open else closing.stopped_by_checks(found)),
                *(() if still_open else closing.keying_held_up(found)),
            ],
            "refused": [
                (
                    one,
                    in_words(one.rejection, REJECTIONS),
                    store_of(found).holds(one.image_id),
                )
                for one in report.refused[:_SHOWN_REFUSED]
            ],
            "more_refused": max(len(report.refused) - _SHOWN_REFUSED, 0),
            "refused_causes": [
                (cause, in_words(cause, REJECTIONS), number, _usually_done(cause))
                for cause, number in report.refused_reasons
                if number > 1
            ],
            "own": sum(one.waits_for(login) and not one.is_name for one in questions),
            "own_names": sum(one.waits_for(login) and one.is_name for one in questions),
            "open": still_open,
            "asked": len(questions),
            "aside_form": SetAsideForm(),
            "to_key": sheets_to_key(found, login=login),
            "last_reading": found.log.filter(
                Q(text__startswith=READ_WORDS) | Q(text__startswith=RESTART_WORDS)
            )
            .order_by("number")
            .last(),
            "sheets": list(
                found.scanned_sheets.filter(is_keyed=False).values_list(
                    "token", flat=True
                )
            ),
            "restart_asked_by": found.scan_count.restart_asked_by,
            "restart_reason": found.scan_count.restart_reason,
            "asked_by_me": are_one_person((found.scan_count.restart_asked_by, login)),
            **_reading(request, found),
        }
    page |= {"scanner_files": len(_scanner_files()), "keyed": found.keyings.exists()}
    return render(request, "paper_count/desk.html", page)


def _usually_done(cause: str) -> str:
    """Return what pages refused for a cause mostly need: a ballot is scanned again."""
    return "not_a_ballot" if cause in _NO_BALLOTS else "rescanned"


def _reading(request: HttpRequest, found: Conference) -> dict[str, object]:
    """Return how far the reading is; one that was just started takes a few looks."""
    store = store_of(found)
    progress = importing.progress_of(store)
    look = request.GET.get("lan", "")
    looks = int(look) if look.isdecimal() else _MOST_LOOKS
    waiting = len(store.uploads())
    is_starting = progress is None and waiting > 0 and looks < _MOST_LOOKS
    return {
        "is_reading": progress is not None or is_starting,
        "is_starting": is_starting,
        "next_look": looks + 1,
        "progress": progress or (0, 0),
        "batches": [(batch, len(names)) for batch, names in store.batches().items()],
        "waiting": waiting,
        "fault": importing.fault_of(store),
    }


def _scanner_files() -> list[Path]:
    """Return what the scanner left: files of its own, no links to others."""
    folder = Path(settings.SCANNER_FOLDER)
    found = scan_files([folder]) if folder.is_dir() else []
    return [one for one in found if one.is_file() and not one.is_symlink()]


@require(*_COUNTS)
@require_safe
def progress(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Return how far the reading is; the last answer makes the page load again."""
    found = scanning_conference(request, conference_id)
    page: dict[str, object] = {"conference": found}
    if has_scans(found):
        page |= _reading(request, found)
    answer = render(request, "paper_count/_progress.html", page)
    if not page.get("is_reading"):
        answer["HX-Redirect"] = reverse("paper_count:desk", args=[found.pk])
    return answer


@require(*_COUNTS)
@require_POST
def upload(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    files = sent_files(request)
    if too_large := _too_large({one.name or "": one.size or 0 for one in files}):
        messages.error(request, too_large)
        return redirect("paper_count:desk", found.pk)
    token = request.POST.get("replaces", "")
    if token:
        return _answered(
            request,
            found,
            partial(
                importing.rescan_sheet,
                token=token,
                files=[one.read() for one in files],
            ),
        )
    try:
        importing.receive_scans(
            conference_id=found.pk,
            files=(one.read() for one in files),
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_count:desk", found.pk)
    if sum(one.size or 0 for one in files) < READ_AT_ONCE:
        return _answered(request, found, importing.read_waiting)
    return _read_beside(request, found)


@require(*_COUNTS)
@require_POST
def read_folder(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Take what the scanner left in its folder; the files are gone once they are kept.

    One that the scanner was still writing stays, to be read again when it is whole.
    """
    found = scanning_conference(request, conference_id)
    others = Conference.objects.filter(state=ConferenceState.COUNTING).count() - 1
    if others:
        messages.error(request, _FOLDER_OF_OTHERS.format(others=others))
        return redirect("paper_count:desk", found.pk)
    files = _scanner_files()
    before = file_stamps(map(str, files))
    if too_large := _too_large({one: size for one, (size, _) in before.items()}):
        messages.error(request, too_large)
        return redirect("paper_count:desk", found.pk)
    try:
        importing.receive_scans(
            conference_id=found.pk,
            files=_read_in_turn(files),
            by=actor(request),
            at=timezone.localdate(),
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_count:desk", found.pk)
    after = file_stamps(map(str, files))
    for one in files:
        if before.get(str(one)) == after.get(str(one)):
            one.unlink(missing_ok=True)
    return _read_beside(request, found)


def _too_large(sizes: Mapping[str, int]) -> str:
    """Return why files are not taken; empty if all may be. The largest cannot be kept."""
    names = [PurePath(name).name for name, size in sizes.items() if size > MOST_BYTES]
    return _TOO_LARGE.format(names=", ".join(names[:_NAMED])) if names else ""


def _read_in_turn(files: Iterable[Path]) -> Iterator[bytes]:
    """Yield what files hold; one that another member took meanwhile is passed over."""
    for one in files:
        with suppress(FileNotFoundError):
            yield one.read_bytes()


@require(*_COUNTS)
@require_POST
def read_on(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Read what was received and, after a stop, not yet read."""
    found = scanning_conference(request, conference_id)
    if not has_scans(found):
        return redirect("paper_count:desk", found.pk)
    return _read_beside(request, found)


def _read_beside(request: HttpRequest, found: Conference) -> HttpResponse:
    """Read in a process of its own; the page tells how far it is."""
    start_reading(found.pk, by=actor(request), at=timezone.localdate())
    return redirect(f"{reverse('paper_count:desk', args=[found.pk])}?lan=1")


def _answered(
    request: HttpRequest, found: Conference, act: Callable[..., ImportReport]
) -> HttpResponse:
    """Read at once and say what came of it."""
    try:
        report = act(conference_id=found.pk, by=actor(request), at=timezone.localdate())
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        say = messages.warning if report.is_doubtful else messages.success
        say(request, report.sentence)
    return redirect("paper_count:desk", found.pk)


@require(Permission.RESOLVE_COUNT)
@require_safe
def compared(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Show where the scanned and the keyed count differ, never how either stands."""
    found = scanning_conference(request, conference_id)
    page: dict[str, object] = {
        "conference": found,
        "own_keying": found.keyings.filter(
            keyed_by=actor(request).login, is_finished=True
        ).first(),
    }
    try:
        ready = closing.ready_sheets(found)
        page["differences"] = closing.differences_from_keyed(found, ready)
    except ConferenceRefusalError as refusal:
        page["refusal"] = str(refusal)
    return render(request, "paper_count/compared.html", page)


@require(Permission.RESOLVE_COUNT)
@require_POST
def close(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    try:
        closing.close_scanned_count(
            conference_id=found.pk, by=actor(request), at=timezone.localdate()
        )
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_count:desk", found.pk)
    messages.success(request, "Đã khoá kiểm phiếu.")
    return redirect("conferences:result", found.pk)
