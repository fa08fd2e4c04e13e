"""Whether what somebody keyed fits the ballot, and the rules frozen with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.tally import invalid_by_marks
from kecan.web.conferences.queries import INVALID_WORDS, ballot_shape
from kecan.web.conferences.refusals import SheetNotReadableError
from kecan.web.conferences.rules import step_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.tally import BallotRules, Sheet
    from kecan.web.conferences.models import Conference, Contest


def require_readable(sheets: Iterable[Sheet], conference: Conference) -> None:
    """Refuse a keyed sheet that no voter could have handed in as it is keyed.

    Raises:
        SheetNotReadableError: Naming the sheet and what does not fit.
    """
    ballot = _ballot_of(conference)
    for sheet in sheets:
        _require_readable(sheet, ballot)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ballot:
    contests: Sequence[Contest]
    lines: list[int]
    returned: int
    rules: BallotRules


def _ballot_of(conference: Conference) -> _Ballot:
    contests = ballot_shape(conference)
    return _Ballot(
        contests=contests,
        lines=[contest.lines.count() for contest in contests],
        returned=conference.count.returned or 0,
        rules=step_from_json(conference.rules).validity.rules,
    )


def _require_readable(sheet: Sheet, ballot: _Ballot) -> None:
    if sheet.number > ballot.returned:
        msg = f"Phiếu số {sheet.number}: chỉ thu về {ballot.returned} phiếu."
        raise SheetNotReadableError(msg)
    if [len(states) for states in sheet.states] != ballot.lines:
        msg = f"Phiếu số {sheet.number} không khớp số dòng của mẫu phiếu."
        raise SheetNotReadableError(msg)
    spoilt = invalid_by_marks(sheet, most=(), rules=ballot.rules)
    if spoilt is not None and sheet.invalid_reason is None:
        msg = (
            f"Phiếu số {sheet.number} ({INVALID_WORDS[spoilt].lower()}): theo quy định của "
            "hội nghị là phiếu không hợp lệ; ghi phiếu không hợp lệ hoặc xem lại."
        )
        raise SheetNotReadableError(msg)
    if len(sheet.write_ins) > len(ballot.contests):
        msg = f"Phiếu số {sheet.number} có nhiều danh sách hơn mẫu phiếu."
        raise SheetNotReadableError(msg)
    for place, contest in enumerate(ballot.contests):
        _require_write_ins_fit(sheet, place, contest)
        chosen = sheet.choices(place)
        is_over = ballot.rules.over_choice_is_invalid and chosen > contest.max_choices
        if is_over and sheet.invalid_reason is None:
            msg = (
                f"Phiếu số {sheet.number}, {contest.title}: chọn {chosen} người, "
                f"tối đa {contest.max_choices}; ghi phiếu không hợp lệ hoặc xem lại."
            )
            raise SheetNotReadableError(msg)


def _require_write_ins_fit(sheet: Sheet, place: int, contest: Contest) -> None:
    written = sheet.write_ins[place] if place < len(sheet.write_ins) else ()
    if len(written) > contest.write_in_lines and sheet.invalid_reason is None:
        msg = (
            f"Phiếu số {sheet.number}, {contest.title}: ghi thêm {len(written)} người, "
            f"mẫu phiếu có {contest.write_in_lines} dòng ghi thêm."
        )
        raise SheetNotReadableError(msg)
    longest = 120  # characters, as WriteIn.text keeps them
    if any(not 0 < len(name) <= longest for name in written):
        msg = f"Phiếu số {sheet.number}: tên ghi thêm phải có từ 1 đến {longest} ký tự."
        raise SheetNotReadableError(msg)
