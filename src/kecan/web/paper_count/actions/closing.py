"""Closing a scanned count: everything accounted for, nothing open, both counts agree."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.tally import CountNotBalancedError, count_sheets
from kecan.web.conferences.actions.count import (
    keep_result,
    keyed_totals,
    require_counter,
)
from kecan.web.conferences.actions.locking import lock_conference
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import ConferenceState, WriteIn
from kecan.web.conferences.queries import attendance_of, ballot_shape
from kecan.web.conferences.refusals import CountNotReadyError
from kecan.web.organisation.models import Person
from kecan.web.paper_count.actions.binding import changed_since_said
from kecan.web.paper_count.actions.bound_chance import SCANS_CLOSED
from kecan.web.paper_count.comparing import count_differences
from kecan.web.paper_count.models import ScannedSheet
from kecan.web.paper_count.queries import (
    batch_report,
    frozen_form,
    has_scans,
    store_of,
)
from kecan.web.paper_count.questions import (
    contradicted,
    questions_of,
    sheets_as_read,
)
from kecan.web.paper_count.refusals import ScanCountNotReadyError
from kecan.web.paper_count.words import open_questions_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.tally import BallotCount, Sheet
    from kecan.web.audit.actions import Actor
    from kecan.web.conferences.models import Conference, Count
    from kecan.web.paper_count.comparing import CountDifference
    from kecan.web.paper_count.queries import BatchReport
    from kecan.web.paper_count.questions import Question

_RANDOM = secrets.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadySheets:
    """A scanned count with nothing open; not to be shown before it is closed."""

    totals: BallotCount
    sheets: dict[str, Sheet]
    questions: Sequence[Question]


@transaction.atomic
def close_scanned_count(*, conference_id: int, by: Actor, at: date) -> Count:
    """Number the sheets at random, add them up and keep the result.

    Raises:
        ScanCountNotReadyError: If a file waits to be read, a sheet is missing or too
            many, a page is refused, a question is open, a decision was changed, a
            check was contradicted without a keyed count, or the keyed count differs.
        CountNotReadyError: If a keying was begun and is not finished.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    ready = ready_sheets(conference)
    is_keyed = conference.keyings.exists()
    wrong = contradicted(conference)
    if held_by := held_up(conference):
        raise ScanCountNotReadyError(" ".join(held_by))
    if stopped_by := stopped_by_checks(conference):
        raise ScanCountNotReadyError(" ".join(stopped_by))
    if is_keyed:
        found = differences_from_keyed(conference, ready)
        if found:
            msg = (
                f"Quét và nhập tay còn lệch {len(found)} chỗ; xem trang đối chiếu, tìm "
                "nguyên nhân rồi mới khoá."
            )
            raise ScanCountNotReadyError(msg)
    sheets = _numbered_at_random(conference, ready)
    record_of(
        conference,
        action=SCANS_CLOSED,
        by=by,
        at=at,
        details={
            "event": frozen_form(conference).event,
            "check_seed": conference.scan_count.check_seed,
            "checks": sum(one.is_check for one in ready.questions),
            "decided": sum(not one.is_check for one in ready.questions),
            "contradicted": len(wrong),
            "keyed_too": is_keyed,
            "sheet_ids_forgotten": _forget_sheet_ids(conference),
        },
    )
    count = keep_result(conference, ready.totals, sheets=sheets, by=by, at=at)
    _keep_matched_names(conference, ready.questions)
    store = store_of(conference)
    transaction.on_commit(store.remove_plain, robust=True)
    transaction.on_commit(store.forget_times, robust=True)
    return count


def stopped_by_checks(conference: Conference) -> list[str]:
    """Return that people read sure boxes otherwise and the stack has to be keyed.

    To be shown only when nothing is open: before, it would tell of boxes others decide.
    """
    wrong = contradicted(conference)
    if not wrong or conference.keyings.exists():
        return []
    return [
        (
            f"Trong số ô kiểm tra ngẫu nhiên có {len(wrong)} ô máy đọc chắc chắn mà người "
            "đọc khác: không khoá được chỉ bằng ảnh quét. Nhập tay độc lập hai lượt toàn bộ "
            "chồng phiếu (nút ở trang hội nghị); hai cách kiểm phải khớp mới khoá được."
        )
    ]


def held_up(conference: Conference) -> list[str]:
    """Return what of scans given up, or to be, keeps the count from closing."""
    scans = conference.scan_count
    found = []
    if scans.restart_asked_by:
        found.append(
            "Đang có đề nghị bỏ toàn bộ lượt quét: phê duyệt hoặc rút đề nghị rồi mới khoá."
        )
    if scans.must_be_keyed and not conference.keyings.exists():
        found.append(
            "Ở ảnh quét đã bỏ có ô máy đọc chắc chắn mà người đọc khác: không khoá được "
            "chỉ bằng ảnh quét. Nhập tay độc lập hai lượt toàn bộ chồng phiếu; hai cách "
            "kiểm phải khớp mới khoá được."
        )
    return found


def keying_held_up(conference: Conference) -> list[str]:
    """Return why a keyed count that was begun cannot be compared with the scanned yet."""
    if not conference.keyings.exists():
        return []
    try:
        keyed_totals(conference)
    except CountNotReadyError as error:
        return [str(error)]
    return []


def ready_sheets(conference: Conference) -> ReadySheets:
    """Return the sheets and their totals once nothing is open.

    Raises:
        ScanCountNotReadyError: Naming what is open.
    """
    if not has_scans(conference):
        msg = f"{conference.title} chưa quét tờ phiếu nào."
        raise ScanCountNotReadyError(msg)
    form = frozen_form(conference)
    unread = len(store_of(conference).uploads())
    if unread:
        msg = f"Còn {unread} tệp đã nhận mà chưa đọc: đọc xong rồi mới khoá được."
        raise ScanCountNotReadyError(msg)
    _require_accounted(batch_report(conference, form=form))
    questions = questions_of(conference)
    waiting = sum(one.answer is None for one in questions)
    if waiting:
        raise ScanCountNotReadyError(open_questions_words(waiting))
    changed = changed_since_said(conference)
    if changed:
        msg = (
            f"{changed} quyết định trong cơ sở dữ liệu không khớp dấu niêm trong nhật ký: có "
            "người sửa ngoài phần mềm. Không khoá được; lập biên bản và đếm lại từ giấy."
        )
        raise ScanCountNotReadyError(msg)
    sheets = sheets_as_read(conference, form, questions)
    try:
        totals = count_sheets(
            list(sheets.values()),
            attendance=attendance_of(conference),
            shape=[len(contest.nominees) for contest in form.contests],
        )
    except CountNotBalancedError as error:
        raise ScanCountNotReadyError(str(error)) from error
    return ReadySheets(totals=totals, sheets=sheets, questions=questions)


def _require_accounted(report: BatchReport) -> None:
    if report.open_points:
        raise ScanCountNotReadyError(" ".join(report.open_points))


def differences_from_keyed(
    conference: Conference, ready: ReadySheets
) -> list[CountDifference]:
    """Return where the scanned and the keyed count differ.

    Raises:
        CountNotReadyError: If the keyed count is not finished.
    """
    keyed = keyed_totals(conference)
    return count_differences(ready.totals, keyed, ballot_shape(conference))


def _numbered_at_random(conference: Conference, ready: ReadySheets) -> list[Sheet]:
    numbers = list(range(1, len(ready.sheets) + 1))
    _RANDOM.shuffle(numbers)
    rows = list(conference.scanned_sheets.filter(token__in=ready.sheets))
    for row, number in zip(rows, numbers, strict=True):
        row.number = number
    ScannedSheet.objects.bulk_update(rows, ["number"])
    return [
        replace(ready.sheets[row.token], number=number)
        for row, number in zip(rows, numbers, strict=True)
    ]


def _forget_sheet_ids(conference: Conference) -> int:
    """Drop what could lead from a noted id to a sheet; return of how many sheets."""
    return conference.scanned_sheets.exclude(sheet_id="").update(sheet_id="")


def _keep_matched_names(conference: Conference, questions: Sequence[Question]) -> None:
    """Tie a written name to the dossier two people found for it."""
    for one in questions:
        if one.answer is None or not one.answer.person_key:
            continue
        contest = one.page.boxes[one.box]["contest"]
        WriteIn.objects.filter(
            contest__conference=conference,
            contest__order=contest,
            text=one.answer.name,
        ).update(
            person=Person.objects.get(key=one.answer.person_key),
            resolved_by=one.answer.decided_by,
        )
