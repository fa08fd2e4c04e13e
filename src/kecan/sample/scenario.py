"""What happens on the morning of 10/05/2022: agenda, words, absences, marked sheets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.tally import InvalidReason, LineState, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from kecan.regulations.facts import PersonFacts
    from kecan.sample.district import District

AGENDA = (
    "Ổn định tổ chức, tuyên bố lý do, giới thiệu đại biểu",
    "Trưởng Ban Tổ chức Huyện uỷ trình bày Tờ trình của Ban Thường vụ Huyện uỷ",
    "Đồng chí Bí thư Huyện uỷ phát biểu chỉ đạo",
    "Thông qua danh sách Tổ kiểm phiếu, hướng dẫn cách ghi phiếu",
    "Đại biểu bỏ phiếu kín giới thiệu nguồn quy hoạch",
    "Kiểm phiếu, lập biên bản",
)
DIRECTIONS = (
    "Đề nghị các đồng chí nghiên cứu kỹ danh sách, đối chiếu tiêu chuẩn của từng chức danh "
    "trước khi ghi phiếu. Nguồn cán bộ của huyện còn mỏng về kinh tế và kỹ thuật; có nơi bố "
    "trí chưa đúng chuyên môn được đào tạo; có đồng chí chưa nỗ lực với công việc được giao. "
    "Quy hoạch lần này phải đúng đối tượng, đúng tiêu chuẩn, bảo đảm hệ số và tỷ lệ cán bộ nữ, "
    "gắn với vị trí việc làm và kế hoạch đào tạo, bồi dưỡng sau quy hoạch, để các lớp cán bộ "
    "kế tiếp nhau vững vàng."
)
DISCUSSION = (
    (
        "BT-X14",
        (
            "Nhất trí với Tờ trình; đề nghị quan tâm cán bộ trưởng thành từ cơ sở, đã qua "
            "công tác ở xã.\n"
            "Đề nghị gắn quy hoạch với kế hoạch đào tạo trung cấp, cao cấp lý luận chính trị."
        ),
    ),
    (
        "P-TNMT",
        "Đề nghị bổ sung nguồn có chuyên môn kinh tế, kỹ thuật cho các phòng chuyên môn.",
    ),
)
"""Who speaks in the discussion, by post held, and what is said, a point a line."""
SHORTCOMINGS = (
    "Nguồn cán bộ có chuyên môn kinh tế, kỹ thuật còn thiếu so với yêu cầu của vị trí việc làm",
    "Cơ cấu nhân sự ở một số cơ quan, đơn vị, xã chưa phù hợp với chuyên môn được đào tạo",
    "Một số trường hợp trong quy hoạch chưa cố gắng, nỗ lực, chưa phát huy được năng lực, sở trường",
)
PLACE = "Hội trường Trung tâm Hội nghị huyện Thạch Bình"
SUBMISSION_NUMBER = "127-TTr/HU"

_PRESENT_IN_A_HUNDRED = 96
_NOT_RETURNED_IN_A_THOUSAND = 8
_INVALID_IN_A_THOUSAND = 18
_UNDECIDED_IN_A_HUNDRED = 3
_MISREAD = {
    LineState.AGREE: LineState.DISAGREE,
    LineState.DISAGREE: LineState.NONE,
    LineState.NONE: LineState.DISAGREE,
    LineState.BOTH: LineState.NONE,
}
_INVALID = (
    (InvalidReason.TORN, 3),
    (InvalidReason.SIGNED, 2),
    (InvalidReason.TOO_MANY, 3),
    (InvalidReason.BLANK, 2),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speakers:
    """Who does what at the conferences, taken from the register."""

    chair: PersonFacts
    presenter: PersonFacts
    minute_taker: PersonFacts


def speakers(district: District) -> Speakers:
    """Return the Secretary, the head of the Organising Committee and its specialist.

    Raises:
        ValueError: If a post of theirs is vacant or shared.
    """
    (chair,) = district.holders("BT")
    (presenter,) = district.holders("T-BTC")
    (minute_taker,) = district.holders("CV-BTC")
    return Speakers(chair=chair, presenter=presenter, minute_taker=minute_taker)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotShape:
    """How likely each nominee of each contest is to be agreed to, in percent."""

    favour: tuple[tuple[int, ...], ...]
    max_choices: tuple[int, ...]


def simulate_selections(
    *, lines: int, sheets: int, favour: Sequence[int], rng: Random
) -> tuple[tuple[LineState, ...], ...]:
    """Return the states of one list on so many sheets, with no limit of choices.

    Args:
        lines: Nominees of the list.
        sheets: Sheets to mark.
        favour: Percentage of voters who agree to each nominee, one a line.
        rng: The seeded generator.

    Raises:
        ValueError: If ``favour`` is not as long as the list.
    """
    if len(favour) != lines:
        msg = f"{lines} lines need as many percentages, not {len(favour)}"
        raise ValueError(msg)
    return tuple(
        tuple(_mark(percentage, rng) for percentage in favour) for _ in range(sheets)
    )


def who_is_present(summoned: int, *, rng: Random) -> tuple[bool, ...]:
    """Return attendance seat by seat; at least one person is present."""
    present = [rng.randrange(100) < _PRESENT_IN_A_HUNDRED for _ in range(summoned)]
    if not any(present):
        present[0] = True
    return tuple(present)


def invent_favour(lines: Sequence[int], *, rng: Random) -> tuple[tuple[int, ...], ...]:
    """Return the percentage of agreeing voters for each line: most are well liked."""
    return tuple(
        tuple(
            rng.choices((93, 82, 66, 38, 18), weights=(40, 30, 15, 8, 7))[0]
            for _ in range(n)
        )
        for n in lines
    )


def mark_sheets(
    shape: BallotShape, *, issued: int, written_in: Sequence[str], rng: Random
) -> tuple[Sheet, ...]:
    """Return the returned sheets, numbered in the order of the shuffled stack.

    Args:
        shape: The contests and how their nominees are liked.
        issued: Ballots issued; a few may not come back.
        written_in: Names a few voters write in on the first contest.
        rng: The seeded generator.
    """
    returned = sum(
        rng.randrange(1000) >= _NOT_RETURNED_IN_A_THOUSAND for _ in range(issued)
    )
    return tuple(
        _mark_sheet(number, shape, written_in=written_in, rng=rng)
        for number in range(1, returned + 1)
    )


def _mark_sheet(
    number: int, shape: BallotShape, *, written_in: Sequence[str], rng: Random
) -> Sheet:
    states = tuple(
        _keep_to_limit(tuple(_mark(favour, rng) for favour in contest), limit)
        for contest, limit in zip(shape.favour, shape.max_choices, strict=True)
    )
    has_room = states[0].count(LineState.AGREE) < shape.max_choices[0]
    writes = bool(written_in) and has_room and rng.randrange(100) == 0
    first = (rng.choice(list(written_in)),) if writes else ()
    sheet = Sheet(
        number=number,
        states=states,
        write_ins=(first, *(() for _ in shape.favour[1:])),
    )
    if rng.randrange(1000) >= _INVALID_IN_A_THOUSAND:
        return sheet
    return _spoiled(sheet, shape.max_choices[0], rng)


def _spoiled(sheet: Sheet, limit: int, rng: Random) -> Sheet:
    """Return the sheet with a fault that makes it invalid, marks and all.

    Too many can be chosen only where the first list is longer than the limit.
    """
    reasons = [
        (reason, weight)
        for reason, weight in _INVALID
        if reason is not InvalidReason.TOO_MANY or len(sheet.states[0]) > limit
    ]
    reason = rng.choices(
        [reason for reason, _ in reasons], weights=[weight for _, weight in reasons]
    )[0]
    if reason is InvalidReason.BLANK:
        nothing = tuple((LineState.NONE,) * len(lines) for lines in sheet.states)
        none_written = tuple(() for _ in sheet.states)
        return replace(
            sheet, states=nothing, write_ins=none_written, invalid_reason=reason
        )
    if reason is InvalidReason.TOO_MANY:
        first, *rest = sheet.states
        everybody = (LineState.AGREE,) * len(first)
        return replace(sheet, states=(everybody, *rest), invalid_reason=reason)
    return replace(sheet, invalid_reason=reason)


def _mark(favour: int, rng: Random) -> LineState:
    roll = rng.randrange(100)
    if roll < _UNDECIDED_IN_A_HUNDRED:
        return rng.choice((LineState.NONE, LineState.NONE, LineState.BOTH))
    return LineState.AGREE if rng.randrange(100) < favour else LineState.DISAGREE


def _keep_to_limit(states: tuple[LineState, ...], limit: int) -> tuple[LineState, ...]:
    kept: list[LineState] = []
    for state in states:
        over = state is LineState.AGREE and kept.count(LineState.AGREE) >= limit
        kept.append(LineState.DISAGREE if over else state)
    return tuple(kept)


def key_with_slips(
    sheets: Sequence[Sheet], *, slips: int, rng: Random
) -> tuple[Sheet, ...]:
    """Return the sheets as a second person keys them: a few lines read wrongly."""
    wrong = set(rng.sample(range(len(sheets)), min(slips, len(sheets))))
    return tuple(
        _slip(sheet) if place in wrong else sheet for place, sheet in enumerate(sheets)
    )


def _slip(sheet: Sheet) -> Sheet:
    first, *rest = sheet.states
    other = _MISREAD[first[0]]
    return replace(sheet, states=((other, *first[1:]), *rest))
