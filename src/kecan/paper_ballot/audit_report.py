"""An audit from the record, the dice and the sheets looked at, to its conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from kecan.paper_ballot.audit import (
    Assertion,
    Gauge,
    agreeing,
    assertions_of,
    risk,
    sheets_still_needed,
)
from kecan.paper_ballot.audit_sample import drawn
from kecan.tally import LineResult, LineState, decide

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from kecan.paper_ballot.audit_sample import Seed
    from kecan.tally import Sheet
    from kecan.vocabulary import Threshold


class SheetNotDrawnError(ValueError):
    """A sheet was read that the dice did not draw, or one before it was left out."""

    def __init__(self, *, expected: int, position: int) -> None:
        super().__init__(f"sheet {expected} was drawn before sheet {position}")
        self.expected = expected
        self.position = position


class Conclusion(StrEnum):
    """What follows from the sheets looked at."""

    PULL = "pull"  # lấy thêm các tờ bốc thăm
    CONFIRMED = "confirmed"  # kết quả được khẳng định
    REREAD_ALL = "reread_all"  # đọc lại toàn bộ chồng phiếu
    CONTRADICTED = "contradicted"  # đọc hết, giấy nói khác


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedContest:
    """A contest as the record reports it."""

    title: str
    nominees: tuple[str, ...]
    threshold: Threshold
    base: int
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditTerms:
    """What an audit goes by; the numbers come from a rule file or a person.

    Attributes:
        limit: Risk limit in (0, 1).
        inflation: Gamma, at least 1.
        reread_from: Share of the stack from which pulling sheets is not worth it
            and a person reads every sheet again, in (0, 1].
    """

    limit: Fraction
    inflation: Fraction
    reread_from: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.limit < 1 <= self.inflation or not 0 < self.reread_from <= 1:
            msg = f"an audit cannot go by {self}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One assertion with what the sheets looked at say about it.

    ``more`` is how many more sheets confirm it if they all agree with the record;
    None if even the whole stack would not.
    """

    assertion: Assertion
    margin: int
    least_wrong_sheets: int
    risk: Fraction
    more: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """How an audit stands. Positions count from 1, in the order of the stack.

    ``pull`` holds the sheets to take out next, in the order drawn.
    """

    stack: int
    looked_at: int
    conclusion: Conclusion
    measured: tuple[Measured, ...]
    pull: tuple[int, ...]
    differing: tuple[int, ...]
    missing: tuple[int, ...]
    tied: tuple[tuple[int, int], ...]

    @property
    def risk(self) -> Fraction | int:
        """The greatest risk of any assertion; 1 where a tie is open."""
        if self.tied:
            return 1
        return max((one.risk for one in self.measured), default=0)


def audit(
    record: Sequence[Sheet],
    contests: Sequence[AuditedContest],
    *,
    seed: Seed,
    terms: AuditTerms,
    found: Mapping[int, Sheet | None],
) -> AuditReport:
    """Compare the sheets pulled so far with their record and say what follows.

    Args:
        record: What the count says of every sheet; a sheet's number is its position
            in the stack, 1 to the number of sheets.
        contests: Every contest on the ballot, in ballot order.
        seed: The dice.
        terms: Risk limit and the rest.
        found: By position, what people read on each sheet pulled; None for a sheet
            that is not in the stack, which counts as the worst it could be.

    Raises:
        SheetNotDrawnError: If what was read is not the first sheets the dice drew.
        ValueError: If the record is not numbered from 1 without a gap.
    """
    recorded = {sheet.number: sheet for sheet in record}
    stack = len(record)
    if not stack or recorded.keys() != set(range(1, stack + 1)):
        msg = "the record has to number its sheets 1, 2, 3 without a gap"
        raise ValueError(msg)
    order = tuple(drawn(seed, stack=stack))
    _require_as_drawn(order, found)
    pulled = order[: len(found)]
    measured = tuple(
        _measure(assertion, record=recorded, pulled=pulled, found=found, terms=terms)
        for place, contest in enumerate(contests)
        for assertion in assertions_of(
            place,
            sheets=record,
            threshold=contest.threshold,
            base=contest.base,
            cap=contest.cap,
        )
    )
    tied = _tied(record, contests)
    conclusion, more = _conclude(measured, stack=stack, seen=len(found), terms=terms)
    if tied and len(found) < stack:
        conclusion, more = Conclusion.REREAD_ALL, stack - len(found)
    return AuditReport(
        stack=stack,
        looked_at=len(found),
        conclusion=conclusion,
        measured=measured,
        pull=tuple(islice(order, len(found), len(found) + more)),
        differing=tuple(
            one for one in pulled if _differs(recorded[one], found[one], contests)
        ),
        missing=tuple(one for one in pulled if found[one] is None),
        tied=tied,
    )


def _require_as_drawn(order: Sequence[int], found: Mapping[int, Sheet | None]) -> None:
    drawn_so_far = order[: len(found)]
    extra = sorted(found.keys() - set(drawn_so_far))
    if extra:
        left_out = next(one for one in order if one not in found)
        raise SheetNotDrawnError(expected=left_out, position=extra[0])


def _measure(
    assertion: Assertion,
    *,
    record: Mapping[int, Sheet],
    pulled: Sequence[int],
    found: Mapping[int, Sheet | None],
    terms: AuditTerms,
) -> Measured:
    gauge = Gauge(
        margin=assertion.margin(record.values()),
        spread=assertion.spread,
        stack=len(record),
        inflation=terms.inflation,
    )
    overstated = [
        assertion.worth(record[one]) - _worth_on_paper(assertion, found[one])
        for one in pulled
    ]
    return Measured(
        assertion=assertion,
        margin=gauge.margin,
        least_wrong_sheets=gauge.least_wrong_sheets,
        risk=risk(overstated, gauge),
        more=sheets_still_needed(overstated, gauge, limit=terms.limit),
    )


def _worth_on_paper(assertion: Assertion, sheet: Sheet | None) -> int:
    """Return a sheet's worth; a sheet that is not there is worth the least.

    Source:
        [SH] "phantoms to evil zombies", after Bañuelos and Stark, 2012.
    """
    return assertion.least_worth if sheet is None else assertion.worth(sheet)


def _conclude(
    measured: Sequence[Measured], *, stack: int, seen: int, terms: AuditTerms
) -> tuple[Conclusion, int]:
    """Return the conclusion and how many more sheets to pull."""
    open_ones = [one for one in measured if one.risk > terms.limit]
    if not open_ones:
        return Conclusion.CONFIRMED, 0
    if seen == stack:
        return Conclusion.CONTRADICTED, 0
    wanted = [one.more for one in open_ones]
    more = max((one for one in wanted if one is not None), default=0)
    is_too_many = seen + more >= terms.reread_from * stack
    if None in wanted or is_too_many:
        return Conclusion.REREAD_ALL, stack - seen
    return Conclusion.PULL, more


def _tied(
    record: Sequence[Sheet], contests: Sequence[AuditedContest]
) -> tuple[tuple[int, int], ...]:
    """Return (contest, line) of every nominee tied at the cap, from 0."""
    return tuple(
        (place, line)
        for place, contest in enumerate(contests)
        for line, result in enumerate(
            decide(
                agreeing(record, place),
                threshold=contest.threshold,
                base=contest.base,
                cap=contest.cap,
            )
        )
        if result is LineResult.TIED
    )


def _differs(
    recorded: Sheet, found: Sheet | None, contests: Sequence[AuditedContest]
) -> bool:
    """Tell whether a sheet on paper agrees to others, or is valid where it was not."""
    if found is None:
        return True
    if recorded.invalid_reason is not None or found.invalid_reason is not None:
        return (recorded.invalid_reason is None) is not (found.invalid_reason is None)
    return any(
        (mine is LineState.AGREE) is not (theirs is LineState.AGREE)
        for place in range(len(contests))
        for mine, theirs in zip(
            recorded.states[place], found.states[place], strict=True
        )
    )
