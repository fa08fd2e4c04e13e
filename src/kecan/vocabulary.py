"""The value types every part of Kecan shares: ids, months, dates, citations, bounds.

They hold no behaviour beyond being valid, ordered and readable. Nothing here
knows a legal number.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from fractions import Fraction

PersonId = NewType("PersonId", str)
"""Party-card number, CCCD or internal code of a person; never the name."""
UnitId = NewType("UnitId", str)
PostId = NewType("PostId", str)

_MONTHS_A_YEAR = 12
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class Language(StrEnum):
    """A language Kecan speaks."""

    VI = "vi"
    EN = "en"


class Sex(StrEnum):
    """Sex as written in the dossier."""

    MALE = "male"
    FEMALE = "female"


class Line(StrEnum):
    """The two lines of posts: party (đường Đảng) and government (đường chính quyền)."""

    PARTY = "party"
    GOVERNMENT = "government"


class Level(StrEnum):
    """Administrative level of a post or unit, highest first.

    ``DISTRICT`` ended on 01/07/2025; ``GRASSROOTS`` is a party base (cơ sở)
    that is not a commune, such as the party cell of an office.
    """

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    GRASSROOTS = "grassroots"


class Confidence(StrEnum):
    """How sure we are that a legal value is what the law says."""

    VERIFIED = "verified"
    ANALOGOUS = "analogous"
    ASSUMED = "assumed"


class Bound(StrEnum):
    """Whether reaching a share exactly is enough.

    ``OVER`` is "trên 50 %": 50 of 100 fails. ``FROM`` is "từ 50 % trở lên":
    50 of 100 passes.
    """

    OVER = "over"
    FROM = "from"


class Base(StrEnum):
    """The people or ballots a share is taken of (legal base, căn cứ tính)."""

    SUMMONED = "summoned"
    PRESENT = "present"
    ISSUED = "ballots_issued"
    RETURNED = "ballots_returned"
    VALID = "ballots_valid"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written ``YYYY-MM``. Ordered."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            msg = f"year {self.year} is outside {_FIRST_YEAR}-{_LAST_YEAR}"
            raise ValueError(msg)
        if not 1 <= self.month <= _MONTHS_A_YEAR:
            msg = f"month {self.month} is outside 1-{_MONTHS_A_YEAR}"
            raise ValueError(msg)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``.

        Raises:
            ValueError: If ``text`` is not a month in that form.
        """
        year, dash, month = text.strip().partition("-")
        if not (dash and year.isdecimal() and month.isdecimal()):
            msg = f"'{text}' is not a month: expected YYYY-MM, for example 1972-02"
            raise ValueError(msg)
        return cls(int(year), int(month))

    @classmethod
    def of(cls, day: date) -> Month:
        """Return the month ``day`` lies in."""
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Months since year 0; differences of indexes are whole months."""
        return self.year * _MONTHS_A_YEAR + self.month - 1

    def plus(self, months: int) -> Month:
        """Return the month ``months`` later (earlier when negative)."""
        year, month = divmod(self.index + months, _MONTHS_A_YEAR)
        return Month(year, month + 1)

    def months_until(self, other: Month) -> int:
        """Return whole months from this month to ``other`` (negative if before)."""
        return other.index - self.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def vi(self) -> str:
        """The month as an official writes it: ``06/2025``."""
        return f"{self.month:02d}/{self.year:04d}"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or only the year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.month is None and self.day is not None:
            msg = "a day needs a month"
            raise ValueError(msg)
        Month(self.year, self.month or 1)
        if self.day is not None and self.month is not None:
            date(self.year, self.month, self.day)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return ``day`` as a date known to the day."""
        return cls(day.year, day.month, day.day)

    @property
    def earliest(self) -> date:
        """The first day it can be; a year alone counts as 1 January.

        Source:
            Nghị định 135/2020/NĐ-CP of 18/11/2020, article 3.3 (year-only births).
        """
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can be."""
        month = self.month or _MONTHS_A_YEAR
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def first_month(self) -> Month:
        """The first month it can be; a year alone counts as January."""
        return Month(self.year, self.month or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def vi(self) -> str:
        """The date as an official writes it: ``05/03/1975``, ``03/1975`` or ``1975``."""
        return "/".join(reversed(str(self).split("-")))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement in both languages of the interface."""

    vi: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the statement in ``language``."""
        return self.vi if language is Language.VI else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where a legal value stands: the document, its date and the place in it.

    Documents are keyed by number *and* date: numbers repeat between years. ``via`` names
    who reports the document where its own text was not read; readers are told.
    """

    document: str
    dated: date
    place: str = ""
    url: str = ""
    via: str = ""

    def __post_init__(self) -> None:
        if not self.document.strip():
            msg = "a citation needs a document number"
            raise ValueError(msg)

    def __str__(self) -> str:
        place = f"{self.place}, " if self.place else ""
        via = f"; qua {self.via}" if self.via else ""
        return f"{place}{self.document} ({self.dated:%d/%m/%Y}{via})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A share of a base that must be passed, with the place that says so.

    ``share`` lies in [0, 1]; ``bound`` says whether reaching it exactly is enough.
    """

    share: Fraction
    bound: Bound
    base: Base
    source: Citation
    confidence: Confidence = field(default=Confidence.ASSUMED)

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            msg = f"share {self.share} is outside [0, 1]"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """A term of office (nhiệm kỳ) on one line, such as the party term 2025-2030."""

    line: Line
    first_year: int
    last_year: int

    def __post_init__(self) -> None:
        if self.last_year <= self.first_year:
            msg = f"term {self.first_year}-{self.last_year} ends before it begins"
            raise ValueError(msg)

    @property
    def label(self) -> str:
        """The term as commands take it: ``2025-2030``."""
        return f"{self.first_year}-{self.last_year}"

    @property
    def vi(self) -> str:
        """The term as papers print it: ``2025 - 2030``."""
        return f"{self.first_year} - {self.last_year}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPair:
    """The party term and the government term that one plan covers together."""

    party: Term
    government: Term

    def __post_init__(self) -> None:
        if self.party.line is not Line.PARTY:
            msg = "the party term must be on the party line"
            raise ValueError(msg)
        if self.government.line is not Line.GOVERNMENT:
            msg = "the government term must be on the government line"
            raise ValueError(msg)

    def on(self, line: Line) -> Term:
        """Return the term of ``line``."""
        return self.party if line is Line.PARTY else self.government
