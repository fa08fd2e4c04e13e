"""Age in whole years on a day, the age bands, and what a partly known birth leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.planning.meters import Rules
    from kecan.regulations.facts import PersonFacts
    from kecan.regulations.parameters import Parameter
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


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeBand:
    """Ages from ``since`` to below ``under``; None leaves that end open."""

    since: int | None
    under: int | None

    @property
    def title(self) -> Sentence:
        """The band as papers print it."""
        return _title(self.since, self.under)

    def holds(self, person: PersonFacts, *, day: date) -> bool | None:
        """Tell whether a person is in the band; None when the record cannot tell."""
        return _in_band(person, since=self.since, under=self.under, day=day)


def bands_of(rules: Rules) -> tuple[AgeBand, ...] | Parameter:
    """Return the age bands of a level, youngest first, or the value not entered yet.

    The youngest band lies under the age that counts as young at this level; the
    others follow in equal steps and the last one is open.
    """
    youngest = rules.parameter("composition.young_under_age")
    count = rules.parameter("composition.age_band_count")
    step = rules.parameter("composition.age_band_years")
    missing = [one for one in (youngest, count, step) if one.value is None]
    if missing:
        return missing[0]
    limits = [youngest.whole + step.whole * place for place in range(count.whole - 1)]
    return tuple(
        AgeBand(since=since, under=under)
        for since, under in zip([None, *limits], [*limits, None], strict=True)
    )


def _title(since: int | None, under: int | None) -> Sentence:
    if since is None:
        return Sentence(f"Dưới {under} tuổi", f"Under {under}")
    if under is None:
        return Sentence(f"Từ {since} tuổi trở lên", f"{since} and over")
    return Sentence(f"Từ {since} đến dưới {under} tuổi", f"{since} to under {under}")


def _in_band(
    person: PersonFacts, *, since: int | None, under: int | None, day: date
) -> bool | None:
    is_too_young = (
        False if since is None else is_under(person.born, years=since, day=day)
    )
    is_young_enough = (
        True if under is None else is_under(person.born, years=under, day=day)
    )
    if is_too_young is None or is_young_enough is None:
        return None
    return is_young_enough and not is_too_young
