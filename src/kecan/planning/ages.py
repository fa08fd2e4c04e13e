"""Age in whole years on a day, and what a partly known birth date leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kecan.vocabulary import PartialDate


def age_on(born: date, *, day: date) -> int:
    """Return the years completed on ``day``; the birthday itself completes one.

    Somebody born on 29 February completes a year on 1 March of a common year.
    """
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (0 if had_birthday else 1)


def is_under(born: PartialDate | None, *, years: int, day: date) -> bool | None:
    """Tell whether a person is younger than ``years`` on ``day``.

    None when the birth date is unknown, or not known well enough to tell.
    """
    if born is None:
        return None
    oldest = age_on(born.earliest, day=day)
    youngest = age_on(born.latest, day=day)
    if (oldest < years) != (youngest < years):
        return None
    return oldest < years
