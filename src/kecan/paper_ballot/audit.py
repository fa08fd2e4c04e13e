"""Ballot-comparison risk-limiting audit: is the reported outcome what the paper says?

Every outcome is turned into assertions "the sum of a small whole number over the
sheets is above a bound". A pulled sheet is compared with its record; the risk is
an upper bound on the chance that an audit of a wrong outcome finds so little.

Sources: [LS] Lindeman and Stark, "A Gentle Introduction to Risk-Limiting Audits",
IEEE Security and Privacy 10(5), 2012, the part on comparison audits; [SH] Stark,
"Sets of Half-Average Nulls Generate Risk-Limiting Audits: SHANGRLA", 2020
(arXiv:1911.10035), section 2 on assorters, section 3 on measuring the risk.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain, repeat
from typing import TYPE_CHECKING

from kecan.tally import LineResult, LineState, decide, is_met, least_votes
from kecan.vocabulary import Base, Bound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kecan.tally import Sheet
    from kecan.vocabulary import Threshold


class AssertionKind(StrEnum):
    """What an assertion says about a nominee."""

    REACHES = "reaches"  # đạt mức
    MISSES = "misses"  # không đạt mức
    AHEAD = "ahead"  # nhiều phiếu hơn người đứng ngoài giới hạn


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A sum over the sheets that has to be above a bound for the outcome to be right.

    A valid sheet is worth ``for_valid``, plus ``for_agree`` if it agrees to
    ``line``, minus one if it agrees to ``rival``; an invalid sheet is worth 0. The
    outcome is wrong only if the sum over the paper is ``null_sum`` or less.

    ``contest``, ``line`` and ``rival`` count from 0.

    Source:
        [SH] section 2: the sum is the assorter before it is scaled to one half.
    """

    contest: int
    line: int
    kind: AssertionKind
    for_agree: int
    null_sum: int
    for_valid: int = 0
    rival: int | None = None

    def worth(self, sheet: Sheet) -> int:
        """Return what a sheet adds to the sum."""
        if sheet.invalid_reason is not None:
            return 0
        states = sheet.states[self.contest]
        worth = self.for_valid
        if states[self.line] is LineState.AGREE:
            worth += self.for_agree
        if self.rival is not None and states[self.rival] is LineState.AGREE:
            worth -= 1
        return worth

    @property
    def least_worth(self) -> int:
        """The least a sheet can be worth: what a sheet that is not found counts as."""
        return min(self._possible())

    @property
    def spread(self) -> int:
        """The most by which one wrong record can move the sum."""
        return max(self._possible()) - min(self._possible())

    def _possible(self) -> tuple[int, ...]:
        plain = (0, self.for_valid, self.for_valid + self.for_agree)
        return plain if self.rival is None else (*plain, self.for_valid - 1)

    def margin(self, sheets: Iterable[Sheet]) -> int:
        """Return by how much the recorded sum is above the bound; positive."""
        return sum(self.worth(sheet) for sheet in sheets) - self.null_sum


def assertions_of(
    contest: int,
    *,
    sheets: Sequence[Sheet],
    threshold: Threshold,
    base: int,
    cap: int | None = None,
) -> tuple[Assertion, ...]:
    """Return the assertions that together make a contest's recorded outcome right.

    Args:
        contest: The contest's place on the ballot, from 0.
        sheets: The record of every sheet in the stack.
        threshold: The mark of the contest.
        base: What the mark is a share of, at least 1. When the mark is a share of
            the valid ballots this is their number in the record; the assertion
            itself lets every sheet's validity be wrong.
        cap: Most nominees that may pass; None for no limit.

    Returns:
        One assertion a nominee, and one a pair of nominees on either side of the
        cap. None for nominees tied at the cap: their record settles nothing.

    Raises:
        ValueError: If the base or the cap cannot be.
    """
    votes = agreeing(sheets, contest)
    results = decide(votes, threshold=threshold, base=base, cap=cap)
    reached = [is_met(threshold, votes=each, base=base) for each in votes]
    marks = [
        _mark(contest, line, threshold=threshold, base=base, reaches=is_reached)
        for line, is_reached in enumerate(reached)
        if results[line] is not LineResult.TIED
    ]
    out = [
        line
        for line, is_reached in enumerate(reached)
        if is_reached and results[line] is LineResult.NOT_PASSED
    ]
    pairs = [
        Assertion(
            contest=contest,
            line=line,
            rival=rival,
            kind=AssertionKind.AHEAD,
            for_agree=1,
            null_sum=0,
        )
        for line, result in enumerate(results)
        if result is LineResult.PASSED
        for rival in out
    ]
    return (*(one for one in marks if one.line not in out), *pairs)


def agreeing(sheets: Iterable[Sheet], contest: int) -> list[int]:
    """Return how many valid sheets agree to each nominee of a contest."""
    valid = [one.states[contest] for one in sheets if one.invalid_reason is None]
    return [column.count(LineState.AGREE) for column in zip(*valid, strict=True)]


def _mark(
    contest: int, line: int, *, threshold: Threshold, base: int, reaches: bool
) -> Assertion:
    """Return "reaches the mark" or "misses it" as a sum, exact at the edge.

    Of a fixed base the mark is a number m of agreeing sheets: wrong means at most
    m - 1, or at least m. Of the valid ballots (share p/q) each valid sheet is
    worth q - p or -p and the sum is compared with 0.

    Source:
        [SH] section 2.3, the super-majority assorter, in whole numbers.
    """
    sign = 1 if reaches else -1
    kind = AssertionKind.REACHES if reaches else AssertionKind.MISSES
    if threshold.base is not Base.VALID:
        needed = least_votes(threshold, base=base)
        return Assertion(
            contest=contest,
            line=line,
            kind=kind,
            for_agree=sign,
            null_sum=needed - 1 if reaches else -needed,
        )
    is_zero_wrong = (threshold.bound is Bound.OVER) is reaches
    return Assertion(
        contest=contest,
        line=line,
        kind=kind,
        for_agree=sign * threshold.share.denominator,
        for_valid=-sign * threshold.share.numerator,
        null_sum=0 if is_zero_wrong else -1,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """What the risk of one assertion is measured with.

    Attributes:
        margin: By how much the recorded sum is above the bound, at least 1.
        spread: The most one sheet can be overstated, at least 1.
        stack: Sheets in the stack, at least 1.
        inflation: Gamma, at least 1: greater bears an error better and needs more
            sheets when there is none.
    """

    margin: int
    spread: int
    stack: int
    inflation: Fraction

    def __post_init__(self) -> None:
        if min(self.margin, self.spread, self.stack) < 1 or self.inflation < 1:
            msg = f"nothing can be measured with {self}"
            raise ValueError(msg)

    @property
    def least_wrong_sheets(self) -> int:
        """The fewest records that have to be wrong for the outcome to be wrong."""
        return -(-self.margin // self.spread)


def risk(overstatements: Sequence[int], gauge: Gauge) -> Fraction:
    """Return the risk measured by sheets pulled one after another, none twice.

    Each sheet multiplies a martingale by (x + g) / (m + g), where x = 1 - o/spread
    for an overstatement o, g = inflation - 1, and m is the mean x of the sheets
    still in the stack if the outcome is only just wrong. The risk is one over the
    greatest value reached. Were sheets put back, m would stay and this would be
    the Kaplan-Markov value of [LS] with their gamma for ``inflation``.

    Args:
        overstatements: Recorded worth minus worth on paper, in the order drawn.
        gauge: The assertion's margin and spread, the stack and gamma.

    Returns:
        A share in [0, 1]; 0 once the sheets seen settle the matter.

    Raises:
        ValueError: If more sheets are given than there are.

    Source:
        [LS] equation of the Kaplan-Markov P-value; [SH] section 3 for sampling
        without replacement (Kaplan-Kolmogorov) and Ville's inequality.
    """
    if len(overstatements) > gauge.stack:
        msg = f"{len(overstatements)} sheets of a stack of {gauge.stack}"
        raise ValueError(msg)
    share = (1, 1)
    for share in _measured(overstatements, gauge):  # noqa: B007  the last one counts
        pass
    return Fraction(*share)


def sheets_still_needed(
    found: Sequence[int], gauge: Gauge, *, limit: Fraction
) -> int | None:
    """Return how many more sheets confirm an assertion if no other record is wrong.

    Args:
        found: Overstatements found so far, in the order drawn.
        gauge: The assertion's margin and spread, the stack and gamma.
        limit: Risk limit in (0, 1).

    Returns:
        Sheets beyond those found; None if even reading every sheet would not.
    """
    if risk(found, gauge) <= limit:
        return 0
    matching = repeat(0, gauge.stack - len(found))
    measured = _measured(chain(found, matching), gauge)
    for number, (above, below) in enumerate(measured, start=1):
        is_small = above * limit.denominator <= limit.numerator * below
        if number > len(found) and is_small:
            return number - len(found)
    return None


def _measured(overstatements: Iterable[int], gauge: Gauge) -> Iterator[tuple[int, int]]:
    """Yield the risk after each sheet as a fraction that is not reduced: far faster."""
    pad = gauge.inflation - 1
    left_to_reach = Fraction(gauge.stack) - Fraction(gauge.margin, gauge.spread)
    peak = (1, 1)
    since_peak = (1, 1)
    for seen, overstatement in enumerate(overstatements):
        x = 1 - Fraction(overstatement, gauge.spread)
        mean = left_to_reach / (gauge.stack - seen)
        left_to_reach -= x
        if left_to_reach < 0 or not peak[1]:
            peak = (1, 0)  # the sheets left cannot make the outcome wrong any more
        else:
            top, bottom = x + pad, mean + pad
            since_peak = (
                since_peak[0] * top.numerator * bottom.denominator,
                since_peak[1] * top.denominator * bottom.numerator,
            )
            if since_peak[0] > since_peak[1]:
                peak = (peak[0] * since_peak[0], peak[1] * since_peak[1])
                since_peak = (1, 1)
        yield peak[1], peak[0]
