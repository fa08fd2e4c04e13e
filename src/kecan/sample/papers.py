"""How the papers that prove a fact are numbered and dated in the invented district."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kecan.regulations.facts import PostKind, UnitKind
from kecan.vocabulary import Level, Line

if TYPE_CHECKING:
    from random import Random

    from kecan.regulations.facts import Post

_ELECTED_BY_COUNCIL = frozenset(
    {
        PostKind.COUNCIL_CHAIR,
        PostKind.COUNCIL_VICE_CHAIR,
        PostKind.PEOPLES_COMMITTEE_CHAIR,
        PostKind.PEOPLES_COMMITTEE_VICE_CHAIR,
    }
)
_ELECTED_BY_CONGRESS = frozenset(
    {
        PostKind.COMMITTEE_MEMBER,
        PostKind.STANDING_MEMBER,
        PostKind.SECRETARY,
        PostKind.DEPUTY_SECRETARY,
    }
)
_BODIES = frozenset({PostKind.COMMITTEE_MEMBER, PostKind.STANDING_MEMBER})
_CONFIRMED = 2281  # one decision confirmed all members of a body
_LAST_MONTH_WITH_ZERO = 2

ELECTION_KINDS = _ELECTED_BY_COUNCIL | _ELECTED_BY_CONGRESS
"""Posts whose holders all began with the term, on one of a few days."""


def written_day(day: date) -> str:
    """Return the day as papers write it: ``05/3/2016``, ``05/01/2016``."""
    has_zero = day.month <= _LAST_MONTH_WITH_ZERO
    month = f"{day.month:02d}" if has_zero else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def party_paper(kind: str, *, symbol: str, on: date, number: int) -> str:
    """Return a Party paper: ``Quyết định số 123-QĐ/HU ngày 05/3/2016``."""
    return f"{kind} số {number}-{symbol} ngày {written_day(on)}"


def government_paper(kind: str, *, symbol: str, on: date, number: int) -> str:
    """Return a government paper: ``Quyết định số 123/QĐ-UBND ngày 05/3/2016``."""
    return f"{kind} số {number}/{symbol} ngày {written_day(on)}"


def appointing_paper(post: Post, *, on: date, rng: Random) -> str:
    """Return the decision that put somebody into ``post`` on a day."""
    number = rng.randint(11, 2400)
    if post.kind in _ELECTED_BY_COUNCIL:
        return government_paper("Nghị quyết", symbol="NQ-HĐND", on=on, number=number % 40 + 1)  # fmt: skip
    if post.line is Line.GOVERNMENT:
        return government_paper("Quyết định", symbol="QĐ-UBND", on=on, number=number)
    if post.kind in _BODIES:
        number = _CONFIRMED
    symbol = "QĐ/TU" if post.managed_by is Level.PROVINCE else "QĐ/HU"
    return party_paper("Quyết định", symbol=symbol, on=on, number=number)


def first_day_of_term(post: Post, unit: UnitKind, *, rng: Random) -> date:
    """Return the day an elected holder of ``post`` took it: congress or first session.

    The bases and communes met in the spring of 2020, the district in August, the
    councils after the election of May 2021.
    """
    if post.kind in _ELECTED_BY_COUNCIL:
        is_district = post.level is not Level.COMMUNE
        return date(2021, 6, 29) if is_district else date(2021, 6, rng.randint(21, 27))
    if unit in {UnitKind.COMMUNE, UnitKind.PARTY_BASE}:
        return date(2020, rng.randint(4, 5), rng.randint(5, 28))
    return date(2020, 8, 6)
