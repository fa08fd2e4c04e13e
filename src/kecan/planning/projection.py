"""A record as it will stand in a later month, if only what is dated today happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kecan.vocabulary import Month

if TYPE_CHECKING:
    from kecan.regulations.facts import AnnualRating, PersonFacts


def day_of(month: Month, *, today: date) -> date:
    """Return the day a month is judged on: its first, or today in this month."""
    if month == Month.of(today):
        return today
    return date(month.year, month.month, 1)


def month_judged_from(day: date, *, today: date) -> Month:
    """Return the first month whose day of judgement is ``day`` or later."""
    month = max(Month.of(day), Month.of(today))
    return month if day_of(month, today=today) >= day else month.plus(1)


def project(person: PersonFacts, *, today: date, on: date) -> PersonFacts:
    """Return the record of ``person`` on a later day, as known today.

    Facts dated after ``today`` are dropped. Each year that will have ended by ``on``
    is rated like the latest year on record; nothing else is assumed.
    """
    known = person.known_on(today)
    if not known.ratings or on.year <= today.year:
        return known
    latest = max(one.year for one in known.ratings)
    last = [one for one in known.ratings if one.year == latest]
    years = range(max(today.year, latest + 1), on.year)
    assumed = tuple(_assumed(one, year=year) for year in years for one in last)
    return replace(known, ratings=known.ratings + assumed)


def _assumed(rating: AnnualRating, *, year: int) -> AnnualRating:
    return replace(
        rating, year=year, decided=None, source=f"giả định như năm {rating.year}"
    )
