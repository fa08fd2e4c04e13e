"""Stacks of sheets for the tests of the audit."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from kecan.tally import InvalidReason, LineState, Sheet
from kecan.vocabulary import Base, Bound, Citation, Threshold

YES, NO = LineState.AGREE, LineState.DISAGREE
ANYWHERE = Citation(document="thử", dated=date(2022, 5, 10))


def mark(share: str, bound: Bound, base: Base) -> Threshold:
    return Threshold(share=Fraction(share), bound=bound, base=base, source=ANYWHERE)


def sheet(number: int, *states: LineState, is_valid: bool = True) -> Sheet:
    """Return a sheet of one contest."""
    return Sheet(
        number=number,
        states=(states,),
        invalid_reason=None if is_valid else InvalidReason.TORN,
    )


def stack(size: int, *agreeing: int) -> list[Sheet]:
    """Return sheets of one contest: the first so many agree to each nominee."""
    return [
        sheet(number, *(YES if number <= each else NO for each in agreeing))
        for number in range(1, size + 1)
    ]
