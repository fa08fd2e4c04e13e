"""From sheets to counts to results, in exact whole numbers.

A line's state and the sheet's validity are separate: a line marked in both boxes
or in neither leaves the sheet valid and counts for nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from kecan.vocabulary import Base, Bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.vocabulary import Threshold


class LineState(StrEnum):
    """What a sheet says about one nominee."""

    AGREE = "agree"
    DISAGREE = "disagree"
    NONE = "none"
    BOTH = "both"


class InvalidReason(StrEnum):
    """Why a whole sheet does not count."""

    NOT_ISSUED = "not_issued"  # không do tổ kiểm phiếu phát ra
    TOO_MANY = "too_many"  # chọn quá số lượng quy định
    BLANK = "blank"  # không chọn ai ở mọi danh sách
    BOTH_BOXES = "both_boxes"  # đánh dấu cả hai ô ở một dòng
    SIGNED = "signed"  # có ký tên, dấu hiệu riêng
    TORN = "torn"  # rách, không đọc được


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One returned sheet: its states and write-ins, one tuple a contest.

    ``invalid_reason`` is set by a person of the counting committee; an invalid
    sheet keeps what was read and counts for nothing.
    """

    number: int
    states: tuple[tuple[LineState, ...], ...]
    write_ins: tuple[tuple[str, ...], ...] = ()
    invalid_reason: InvalidReason | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            msg = f"sheet numbers start at 1, not {self.number}"
            raise ValueError(msg)

    def choices(self, contest: int) -> int:
        """Return how many names are agreed to in a contest, write-ins included."""
        written = self.write_ins[contest] if contest < len(self.write_ins) else ()
        return self.states[contest].count(LineState.AGREE) + len(written)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRules:
    """Which marks make a whole sheet invalid; the rule pack says.

    Where a rule does not hold, too many choices count as they stand, a blank sheet is
    valid, and a line with both boxes marked counts for nobody.
    """

    over_choice_is_invalid: bool
    blank_is_invalid: bool
    both_boxes_is_invalid: bool


def invalid_by_marks(
    sheet: Sheet, *, most: Sequence[int | None], rules: BallotRules
) -> InvalidReason | None:
    """Return why the marks alone make a whole sheet invalid; None if they do not.

    Args:
        sheet: What was read, write-ins included.
        most: The most choices of each contest; None: as many as one likes.
        rules: Which faults spoil the sheet.
    """
    said = {state for states in sheet.states for state in states}
    is_over = any(
        cap is not None and sheet.choices(contest) > cap
        for contest, cap in enumerate(most)
    )
    if rules.over_choice_is_invalid and is_over:
        return InvalidReason.TOO_MANY
    if rules.both_boxes_is_invalid and LineState.BOTH in said:
        return InvalidReason.BOTH_BOXES
    is_blank = said <= {LineState.NONE} and not any(sheet.write_ins)
    return InvalidReason.BLANK if rules.blank_is_invalid and is_blank else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCount:
    """The totals of one line over the valid sheets."""

    agree: int
    disagree: int
    neither: int

    @property
    def total(self) -> int:
        """All valid sheets, each counted once."""
        return self.agree + self.disagree + self.neither


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """The people and sheets around a count."""

    summoned: int
    present: int
    issued: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotCount:
    """A whole count: people, sheets, and the lines of every contest.

    ``lines[c][n]`` is nominee ``n`` of contest ``c``; ``write_ins[c]`` maps a
    written name to the number of valid sheets that carry it.
    """

    attendance: Attendance
    returned: int
    valid: int
    invalid: int
    invalid_reasons: Mapping[InvalidReason, int]
    lines: tuple[tuple[LineCount, ...], ...]
    write_ins: tuple[Mapping[str, int], ...]


class CountNotBalancedError(ValueError):
    """The numbers of a count contradict each other, so it must not be closed."""


def count_sheets(
    sheets: Sequence[Sheet], *, attendance: Attendance, shape: Sequence[int]
) -> BallotCount:
    """Add up the sheets of a conference.

    Args:
        sheets: Every returned sheet once, in any order.
        attendance: People summoned and present, and ballots issued.
        shape: Number of nominees of each contest, in ballot order.

    Raises:
        CountNotBalancedError: If a sheet has other lines than the ballot, a
            number stands twice, or the totals contradict each other.
    """
    _require_numbered_once(sheets)
    for sheet in sheets:
        if tuple(len(states) for states in sheet.states) != tuple(shape):
            msg = f"Phiếu số {sheet.number} không khớp số dòng của mẫu phiếu."
            raise CountNotBalancedError(msg)
    valid = [sheet for sheet in sheets if sheet.invalid_reason is None]
    reasons = Counter(
        sheet.invalid_reason for sheet in sheets if sheet.invalid_reason is not None
    )
    count = BallotCount(
        attendance=attendance,
        returned=len(sheets),
        valid=len(valid),
        invalid=len(sheets) - len(valid),
        invalid_reasons=dict(reasons),
        lines=tuple(
            tuple(_line(valid, contest=c, line=n) for n in range(nominees))
            for c, nominees in enumerate(shape)
        ),
        write_ins=tuple(_written(valid, contest=c) for c in range(len(shape))),
    )
    require_balanced(count)
    return count


def _require_numbered_once(sheets: Sequence[Sheet]) -> None:
    numbers = Counter(sheet.number for sheet in sheets)
    twice = sorted(number for number, times in numbers.items() if times > 1)
    if twice:
        msg = (
            f"Phiếu số {', '.join(map(str, twice))} mang số trùng nhau; "
            "mỗi phiếu chỉ được nhập một lần."
        )
        raise CountNotBalancedError(msg)


def _line(valid: Sequence[Sheet], *, contest: int, line: int) -> LineCount:
    states = Counter(sheet.states[contest][line] for sheet in valid)
    return LineCount(
        agree=states[LineState.AGREE],
        disagree=states[LineState.DISAGREE],
        neither=states[LineState.NONE] + states[LineState.BOTH],
    )


def _written(valid: Sequence[Sheet], *, contest: int) -> Mapping[str, int]:
    names = Counter(
        name
        for sheet in valid
        if contest < len(sheet.write_ins)
        for name in set(sheet.write_ins[contest])
    )
    return dict(names)


def require_balanced(count: BallotCount) -> None:
    """Refuse a count whose numbers contradict each other.

    Raises:
        CountNotBalancedError: Naming the first pair of numbers that do not agree.
    """
    people = count.attendance
    checks = (
        (_least_number(count) >= 0, "Có số lượng âm trong kết quả kiểm phiếu."),
        (
            people.present <= people.summoned,
            f"Có mặt {people.present} nhiều hơn triệu tập {people.summoned}.",
        ),
        (
            count.returned <= people.issued,
            f"Thu về {count.returned} phiếu nhiều hơn phát ra {people.issued}.",
        ),
        (
            count.returned <= people.present,
            f"Thu về {count.returned} phiếu nhiều hơn {people.present} người có mặt.",
        ),
        (
            count.valid + count.invalid == count.returned,
            (
                f"Hợp lệ {count.valid} cộng không hợp lệ {count.invalid} "
                f"khác thu về {count.returned}."
            ),
        ),
        (
            sum(count.invalid_reasons.values()) == count.invalid,
            f"Có phiếu không hợp lệ chưa ghi lý do: {count.invalid} phiếu.",
        ),
        (
            all(line.total == count.valid for lines in count.lines for line in lines),
            f"Có dòng không cộng đủ {count.valid} phiếu hợp lệ.",
        ),
    )
    for holds, sentence in checks:
        if not holds:
            raise CountNotBalancedError(sentence)


def _least_number(count: BallotCount) -> int:
    people = count.attendance
    numbers = [people.summoned, people.present, people.issued]
    numbers += [count.returned, count.valid, count.invalid]
    numbers += count.invalid_reasons.values()
    for lines in count.lines:
        for line in lines:
            numbers += [line.agree, line.disagree, line.neither]
    return min(numbers)


def base_of(base: Base, count: BallotCount) -> int:
    """Return the number of people or ballots a share is taken of."""
    match base:
        case Base.SUMMONED:
            return count.attendance.summoned
        case Base.PRESENT:
            return count.attendance.present
        case Base.ISSUED:
            return count.attendance.issued
        case Base.RETURNED:
            return count.returned
        case Base.VALID:
            return count.valid
        case _:
            assert_never(base)


def is_met(threshold: Threshold, *, votes: int, base: int) -> bool:
    """Tell whether ``votes`` out of ``base`` reach the threshold.

    The comparison is exact: it never divides, so 50 of 100 is not over one half.

    Args:
        threshold: Share in [0, 1] and whether reaching it exactly is enough.
        votes: People who voted for the nominee, ``0 <= votes <= base``.
        base: People or ballots the share is taken of; nobody reaches a share of none,
            as where not one ballot is valid.

    Raises:
        ValueError: If ``votes`` is outside ``[0, base]``.

    Source:
        ``threshold.source``; "trên" and "từ ... trở lên" are in docs/glossary.toml.
    """
    if not 0 <= votes <= base:
        msg = f"{votes} votes of a base of {base} cannot be"
        raise ValueError(msg)
    if base == 0:
        return False
    have = votes * threshold.share.denominator
    needed = base * threshold.share.numerator
    return have > needed if threshold.bound is Bound.OVER else have >= needed


def least_votes(threshold: Threshold, *, base: int) -> int:
    """Return the fewest votes that reach the threshold; may exceed ``base``.

    Raises:
        ValueError: If ``base < 1``.
    """
    if base < 1:
        msg = f"a base of {base} cannot be"
        raise ValueError(msg)
    needed = base * threshold.share
    if threshold.bound is Bound.OVER:
        return needed.numerator // needed.denominator + 1
    return -(-needed.numerator // needed.denominator)


class LineResult(StrEnum):
    """What the count means for one nominee."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    TIED = "tied"  # at the cap: a person with authority has to decide


def decide(
    votes: Sequence[int], *, threshold: Threshold, base: int, cap: int | None = None
) -> tuple[LineResult, ...]:
    """Turn the agreeing votes of one contest into results, in the given order.

    Who misses the mark has not passed. When more reach it than ``cap`` allows,
    those with more votes pass; equal votes across the cap are a tie that the
    program does not break.

    Args:
        votes: Agreeing votes a nominee.
        threshold: The mark.
        base: What the mark is a share of.
        cap: Most nominees that may pass, at least 1; None for no limit.

    Raises:
        ValueError: If the base, a number of votes or the cap cannot be.
    """
    if cap is not None and cap < 1:
        msg = f"a cap of {cap} cannot be"
        raise ValueError(msg)
    reached = [is_met(threshold, votes=n, base=base) for n in votes]
    ranked = sorted(
        (n for n, met in zip(votes, reached, strict=True) if met), reverse=True
    )
    over_cap = cap is not None and len(ranked) > cap
    last_in = ranked[cap - 1] if cap is not None and over_cap else 0
    first_out = ranked[cap] if cap is not None and over_cap else -1
    return tuple(
        _result(n, met=met, last_in=last_in, first_out=first_out)
        for n, met in zip(votes, reached, strict=True)
    )


def _result(votes: int, *, met: bool, last_in: int, first_out: int) -> LineResult:
    if not met or votes < last_in:
        return LineResult.NOT_PASSED
    if votes == first_out:
        return LineResult.TIED
    return LineResult.PASSED


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDifference:
    """A sheet two people keyed differently, or only one of them keyed.

    ``places`` names the (contest, line) pairs that differ; empty when the whole
    sheet is missing on one side or only validity or write-ins differ.
    """

    number: int
    first: Sheet | None
    second: Sheet | None
    places: tuple[tuple[int, int], ...] = ()


def compare_keyings(
    first: Sequence[Sheet], second: Sequence[Sheet]
) -> tuple[SheetDifference, ...]:
    """Return every sheet the two keyings do not agree on, by sheet number.

    Raises:
        CountNotBalancedError: If one keying has a sheet number twice.
        ValueError: If two sheets of one number have other contests or lines.
    """
    for keying in (first, second):
        _require_numbered_once(keying)
    ones = {sheet.number: sheet for sheet in first}
    others = {sheet.number: sheet for sheet in second}
    return tuple(
        SheetDifference(
            number=number,
            first=ones.get(number),
            second=others.get(number),
            places=_places(ones.get(number), others.get(number)),
        )
        for number in sorted(ones.keys() | others.keys())
        if ones.get(number) != others.get(number)
    )


def _places(one: Sheet | None, other: Sheet | None) -> tuple[tuple[int, int], ...]:
    if one is None or other is None:
        return ()
    return tuple(
        (contest, line)
        for contest, (mine, theirs) in enumerate(
            zip(one.states, other.states, strict=True)
        )
        for line, (a, b) in enumerate(zip(mine, theirs, strict=True))
        if a is not b
    )
