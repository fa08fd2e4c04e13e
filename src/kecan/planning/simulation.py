"""What may come if people also leave at random: ranges, never a single number.

The leaving rate is the operator's assumption and is printed with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.months import still_planned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction
    from random import Random  # noqa: TID251  # seeded, given by the caller

    from kecan.planning.forecast import Forecast
    from kecan.planning.lists import PlanList
    from kecan.vocabulary import Month, PersonId

_MONTHS_A_YEAR = 12
_OUTSIDE = 20  # one run in twenty lies below the range, one above


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """How often people leave each year, and how many runs are made.

    Raises:
        ValueError: If the rate is outside [0, 1) or there is no run.
    """

    yearly_rate: Fraction
    runs: int

    def __post_init__(self) -> None:
        if not 0 <= self.yearly_rate < 1:
            msg = f"a yearly leaving rate of {self.yearly_rate} is outside [0, 1)"
            raise ValueError(msg)
        if self.runs < 1:
            msg = f"{self.runs} runs tell nothing"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Nine runs in ten lie from ``low`` to ``high``; ``exact`` is without chance."""

    month: Month
    exact: int
    low: int
    high: int


def posts_left_with_nobody(
    found: Forecast,
    *,
    lists: Sequence[PlanList],
    months: Sequence[Month],
    chance: Chance,
    rng: Random,
) -> tuple[Range, ...]:
    """Return how many lists have nobody left in given months.

    Lists of a term that is over by then do not count, nor do lists that are empty
    today.
    """
    kept = {
        month: [
            still_planned(found, planned=one, month=month).people
            for one in lists
            if one.people and one.post.is_planned and month.year <= one.term.last_year
        ]
        for month in months
    }
    people = sorted({person for one in lists for person in one.people})
    runs = [
        _one_run(found, people=people, kept=kept, rate=chance.yearly_rate, rng=rng)
        for _ in range(chance.runs)
    ]
    outside = chance.runs // _OUTSIDE
    ranges = []
    for place, month in enumerate(months):
        counts = sorted(run[place] for run in runs)
        ranges.append(
            Range(
                month=month,
                exact=sum(not one for one in kept[month]),
                low=counts[outside],
                high=counts[-1 - outside],
            )
        )
    return tuple(ranges)


def _one_run(
    found: Forecast,
    *,
    people: Sequence[PersonId],
    kept: dict[Month, list[tuple[PersonId, ...]]],
    rate: Fraction,
    rng: Random,
) -> list[int]:
    monthly = 1 - float(1 - rate) ** (1 / _MONTHS_A_YEAR)
    last = len(found.horizon.months)
    leaves = {person: _leaving_month(monthly, last=last, rng=rng) for person in people}
    counts = []
    for month, lists in kept.items():
        number = found.horizon.first.months_until(month)
        counts.append(sum(all(leaves[one] < number for one in who) for who in lists))
    return counts


def _leaving_month(monthly: float, *, last: int, rng: Random) -> int:
    """Return the number of the month a person leaves in, ``last`` for never."""
    for number in range(last):
        if rng.random() < monthly:
            return number
    return last
