"""What a forecast looks at: a register under rules, from a day to a last month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.projection import day_of
from kecan.vocabulary import Line, Month, PersonId, PostId, Term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kecan.regulations.facts import Register
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import TermPair

Question = tuple[PersonId, PostId, Term]
"""One person, one post, one term."""

_DECEMBER = 12


def end_of_terms(terms: Iterable[TermPair], *, on: date) -> Month:
    """Return the last month of the last term, or the month of ``on`` if later."""
    years = [pair.on(line).last_year for pair in terms for line in Line]
    return max(Month(max(years), _DECEMBER), Month.of(on))


@dataclass(frozen=True, slots=True, kw_only=True)
class Horizon:
    """A register under rules, from today to a last month."""

    register: Register
    pack: RulePack
    today: date
    terms: tuple[TermPair, ...]
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            msg = f"the forecast ends in {self.last}, before it begins in {self.first}"
            raise ValueError(msg)

    @property
    def first(self) -> Month:
        """The month of the forecast itself."""
        return Month.of(self.today)

    @property
    def months(self) -> tuple[Month, ...]:
        """Every month of the forecast."""
        return tuple(
            self.first.plus(number)
            for number in range(self.first.months_until(self.last) + 1)
        )

    def day(self, month: Month) -> date:
        """Return the day a month is judged on."""
        return day_of(month, today=self.today)
