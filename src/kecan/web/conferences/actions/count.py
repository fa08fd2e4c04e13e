"""The count: two blind keyings, a third look, and closing when everything balances.

Ledger entries and the entry log never say what a sheet holds, and carry no time
finer than the day.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from kecan.tally import (
    CountNotBalancedError,
    LineResult,
    Sheet,
    count_sheets,
)
from kecan.web.conferences.actions.fitting import require_readable
from kecan.web.conferences.actions.locking import lock_conference, require_unsigned
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.actions.results import (
    keep_lines,
    keep_totals,
    result_commitment,
)
from kecan.web.conferences.models import (
    Conference,
    ConferenceState,
    ContestLine,
    Count,
    KeyedSheet,
    Keying,
    KeyingLogLine,
    Minutes,
    SheetResolution,
    WriteIn,
)
from kecan.web.conferences.queries import (
    agreed_sheets,
    attendance_of,
    ballot_shape,
    open_differences,
)
from kecan.web.conferences.refusals import (
    CountNotReadyError,
    KeyingFinishedError,
    KeyingNotOwnError,
    TieOpenError,
)
from kecan.web.organisation.models import Person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.tally import BallotCount
    from kecan.web.audit.actions import Actor

COUNT_CLOSED = "count.closed"
TIE_DECIDED = "count.tie_decided"
_SALT_BYTES = 16


@transaction.atomic
def start_keying(*, conference_id: int, slot: int, by: Actor, at: date) -> Keying:
    """Take one of the two keyings; one person cannot take both.

    Raises:
        KeyingNotOwnError: If the slot is taken, or the person has the other one,
            or does not belong to the counting committee.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    taken = conference.keyings.filter(slot=slot).first()
    if taken is not None and taken.keyed_by != by.login:
        msg = f"Lượt nhập thứ {slot} đã do người khác nhận."
        raise KeyingNotOwnError(msg)
    if conference.keyings.filter(keyed_by=by.login).exclude(slot=slot).exists():
        msg = "Một người không được nhập cả hai lượt; hai lượt phải độc lập."
        raise KeyingNotOwnError(msg)
    keying, is_new = Keying.objects.get_or_create(
        conference=conference, slot=slot, defaults={"keyed_by": by.login}
    )
    if is_new:
        log_line(conference, by, f"Nhận lượt nhập thứ {slot}")
        record_of(
            conference,
            action="count.keying_started",
            by=by,
            at=at,
            details={"slot": slot},
        )
    return keying


def require_counter(conference: Conference, by: Actor) -> None:
    """Refuse somebody who is not in the counting committee of this conference.

    Raises:
        KeyingNotOwnError: If they are not.
    """
    if not conference.counting_members.filter(login=by.login).exists():
        msg = (
            f"Đồng chí {by.full_name} không thuộc Tổ kiểm phiếu của {conference.title}."
        )
        raise KeyingNotOwnError(msg)


@transaction.atomic
def key_sheets(*, keying_id: int, sheets: Sequence[Sheet], by: Actor) -> None:
    """Save sheets in one's own keying; a sheet keyed again replaces the first.

    Raises:
        KeyingNotOwnError: If the keying is somebody else's.
        KeyingFinishedError: If it is finished.
        SheetNotReadableError: If a sheet does not fit the ballot.
    """
    keying = _own_keying(keying_id, by)
    require_readable(sheets, keying.conference)
    again = set(
        keying.sheets.filter(
            sheet_number__in=[sheet.number for sheet in sheets]
        ).values_list("sheet_number", flat=True)
    )
    keying.sheets.filter(sheet_number__in=again).delete()
    KeyedSheet.objects.bulk_create(
        KeyedSheet(
            keying=keying,
            sheet_number=sheet.number,
            invalid_reason=sheet.invalid_reason or "",
            states=[list(states) for states in sheet.states],
            write_ins=[list(names) for names in sheet.write_ins],
        )
        for sheet in sheets
    )
    for number in sorted(again):
        log_line(
            keying.conference, by, f"Lượt {keying.slot}: nhập lại phiếu số {number}"
        )


def _own_keying(keying_id: int, by: Actor) -> Keying:
    keying = (
        Keying.objects.select_for_update(of=("self",))
        .select_related("conference")
        .get(pk=keying_id)
    )
    if keying.keyed_by != by.login:
        msg = f"Lượt nhập thứ {keying.slot} không phải của đồng chí {by.full_name}."
        raise KeyingNotOwnError(msg)
    if keying.is_finished:
        msg = f"Lượt nhập thứ {keying.slot} đã kết thúc, không sửa được nữa."
        raise KeyingFinishedError(msg)
    lock_conference(keying.conference_id, ConferenceState.COUNTING)
    return keying


@transaction.atomic
def finish_keying(*, keying_id: int, by: Actor, at: date) -> Keying:
    """End one's keying once every returned sheet is in it.

    Raises:
        CountNotReadyError: If sheets are missing.
        KeyingNotOwnError: If the keying is somebody else's.
        KeyingFinishedError: If it is finished already.
    """
    keying = _own_keying(keying_id, by)
    keyed, returned = keying.sheets.count(), keying.conference.count.returned or 0
    if keyed != returned:
        msg = f"Lượt {keying.slot} mới nhập {keyed} trên {returned} phiếu thu về."
        raise CountNotReadyError(msg)
    keying.is_finished = True
    keying.save(update_fields=["is_finished"])
    log_line(
        keying.conference, by, f"Kết thúc lượt nhập thứ {keying.slot}: {keyed} phiếu"
    )
    record_of(
        keying.conference,
        action="count.keying_finished",
        by=by,
        at=at,
        details={"slot": keying.slot, "sheets": keyed},
    )
    return keying


@transaction.atomic
def reopen_keying(*, keying_id: int, by: Actor, at: date) -> Keying:
    """Open one's finished keying again to correct a sheet; only beside a scanned count.

    Without scans the third person settles what differs, and a keying stays closed.

    Raises:
        KeyingNotOwnError: If the keying is somebody else's.
        CountNotReadyError: If it is not finished, or nothing was scanned.
        ConferenceStateError: If the conference is not counting.
    """
    keying = (
        Keying.objects.select_for_update(of=("self",))
        .select_related("conference")
        .get(pk=keying_id)
    )
    conference = lock_conference(keying.conference_id, ConferenceState.COUNTING)
    if keying.keyed_by != by.login:
        msg = f"Lượt nhập thứ {keying.slot} không phải của đồng chí {by.full_name}."
        raise KeyingNotOwnError(msg)
    if not keying.is_finished or not conference.count.is_scanned:
        msg = "Chỉ mở lại lượt nhập đã kết thúc, khi phiếu cũng đã quét."
        raise CountNotReadyError(msg)
    keying.is_finished = False
    keying.save(update_fields=["is_finished"])
    log_line(conference, by, f"Mở lại lượt nhập thứ {keying.slot}")
    record_of(
        conference,
        action="count.keying_reopened",
        by=by,
        at=at,
        details={"slot": keying.slot},
    )
    return keying


@transaction.atomic
def resolve_sheet(*, conference_id: int, sheet: Sheet, by: Actor, at: date) -> None:
    """Settle a sheet the two keyings read differently, by a third person's look.

    Raises:
        KeyingNotOwnError: If the person keyed one of the two, or is no member.
        CountNotReadyError: If the sheet is not among the differences.
        SheetNotReadableError: If what is settled does not fit the ballot.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    if conference.keyings.filter(keyed_by=by.login).exists():
        msg = "Người đã nhập phiếu không được phân xử phiếu lệch; cần người thứ ba."
        raise KeyingNotOwnError(msg)
    numbers = {difference.number for difference in open_differences(conference)}
    if sheet.number not in numbers:
        msg = f"Phiếu số {sheet.number} không nằm trong số phiếu lệch cần xem lại."
        raise CountNotReadyError(msg)
    require_readable([sheet], conference)
    SheetResolution.objects.create(
        conference=conference,
        sheet_number=sheet.number,
        invalid_reason=sheet.invalid_reason or "",
        states=[list(states) for states in sheet.states],
        write_ins=[list(names) for names in sheet.write_ins],
        resolved_by=by.login,
    )
    log_line(conference, by, f"Xem lại lần thứ ba phiếu số {sheet.number}")
    record_of(conference, action="count.sheet_resolved", by=by, at=at)


@transaction.atomic
def close_count(*, conference_id: int, by: Actor, at: date) -> Count:
    """Add up the agreed sheets, once, and turn them into results.

    Raises:
        CountNotReadyError: If a keying is missing, a difference is open, or the
            numbers contradict each other.
        ConferenceStateError: If the conference is not counting.
    """
    conference = lock_conference(conference_id, ConferenceState.COUNTING)
    require_counter(conference, by)
    if conference.count.is_scanned:
        msg = (
            f"Phiếu của {conference.title} đã quét; khoá kiểm phiếu ở trang quét phiếu."
        )
        raise CountNotReadyError(msg)
    return keep_result(
        conference,
        keyed_totals(conference),
        sheets=agreed_sheets(conference),
        by=by,
        at=at,
    )


def keyed_totals(conference: Conference) -> BallotCount:
    """Add up the sheets both keyings agree on or a third look settled.

    Raises:
        CountNotReadyError: If a keying is missing, a difference is open, or the
            numbers contradict each other.
    """
    finished = conference.keyings.filter(is_finished=True).count()
    blind_keyings = 2
    if finished != blind_keyings:
        msg = f"Mới có {finished} lượt nhập kết thúc; cần đủ hai lượt độc lập."
        raise CountNotReadyError(msg)
    differences = open_differences(conference)
    if differences:
        msg = f"Còn {len(differences)} phiếu hai lượt nhập lệch nhau chưa được xem lại."
        raise CountNotReadyError(msg)
    try:
        return count_sheets(
            agreed_sheets(conference),
            attendance=attendance_of(conference),
            shape=[one.lines.count() for one in ballot_shape(conference)],
        )
    except CountNotBalancedError as error:
        raise CountNotReadyError(str(error)) from error


def keep_result(
    conference: Conference,
    totals: BallotCount,
    *,
    sheets: Sequence[Sheet],
    by: Actor,
    at: date,
) -> Count:
    """Keep the totals of a locked conference and turn them into results.

    Args:
        conference: Locked, counting.
        totals: What its sheets add up to.
        sheets: The sheets, each under the number it is pulled by in an audit.
        by: Who closes the count.
        at: The day.
    """
    count = Count.objects.select_for_update().get(conference=conference)
    contests = ballot_shape(conference)
    count.salt = secrets.token_hex(_SALT_BYTES)
    keep_totals(count, totals)
    conference.count = count
    for place, contest in enumerate(contests):
        keep_lines(conference, contest, place, totals)
    conference.state = ConferenceState.COUNTED
    conference.save(update_fields=["state"])
    log_line(conference, by, "Khoá kiểm phiếu")
    record_of(
        conference,
        action=COUNT_CLOSED,
        by=by,
        at=at,
        details={
            "issued": count.issued,
            "returned": totals.returned,
            "valid": totals.valid,
            "invalid": totals.invalid,
            "commitment": result_commitment(conference, sheets),
        },
    )
    return count


@transaction.atomic
def decide_tie(
    *, line_id: int, passes: bool, reason: str, by: Actor, at: date
) -> ContestLine:
    """Keep the chair's decision on a tie at the cap, with its written reason.

    Raises:
        TieOpenError: If the line is not tied, no reason is given, or the
            decisions would let more people pass than the cap.
        ConferenceStateError: If the count is not closed.
    """
    line = ContestLine.objects.select_related("contest").get(pk=line_id)
    conference = lock_conference(line.contest.conference_id, ConferenceState.COUNTED)
    if line.result != ContestLine.Result.TIED or not reason.strip():
        msg = f"Dòng {line.full_name} không bằng phiếu, hoặc chưa ghi lý do quyết định."
        raise TieOpenError(msg)
    passed = line.contest.lines.filter(result=ContestLine.Result.PASSED).count()
    if passes and line.contest.cap is not None and passed >= line.contest.cap:
        msg = f"{line.contest.title} đã đủ {line.contest.cap} người đạt."
        raise TieOpenError(msg)
    line.result = LineResult.PASSED if passes else LineResult.NOT_PASSED
    line.sentence += f"; bằng phiếu ở giới hạn, chủ trì quyết định: {reason.strip()}"
    line.save(update_fields=["result", "sentence"])
    record_of(
        conference,
        action=TIE_DECIDED,
        by=by,
        at=at,
        details={"nominee": line.full_name, "passes": passes, "reason": reason},
    )
    return line


@transaction.atomic
def resolve_write_in(
    *, write_in_id: int, person_id: int | None, by: Actor, at: date
) -> WriteIn:
    """Say whom a written name means, or keep it as text (``person_id`` None).

    Raises:
        ConferenceStateError: If the count is not closed.
        KeyingNotOwnError: If the person is not in the counting committee.
        MinutesSignedError: If the counting minutes are signed: they print whom it means.
    """
    write_in = WriteIn.objects.select_related("contest").get(pk=write_in_id)
    conference = lock_conference(
        write_in.contest.conference_id, ConferenceState.COUNTED
    )
    require_counter(conference, by)
    require_unsigned(
        conference, Minutes.Kind.COUNTING, instead="không xác định lại tên ghi thêm"
    )
    write_in.person = None if person_id is None else Person.objects.get(pk=person_id)
    write_in.resolved_by = by.login
    write_in.save(update_fields=["person", "resolved_by"])
    record_of(
        conference,
        action="count.write_in_resolved",
        by=by,
        at=at,
    )
    return write_in


def log_line(conference: Conference, by: Actor, text: str) -> None:
    """Add a line to the entry log: who did what, never what a sheet says."""
    KeyingLogLine.objects.create(
        conference=conference,
        number=conference.log.count() + 1,
        login=by.login,
        text=text,
    )
