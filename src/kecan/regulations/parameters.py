"""One legal value: what it is, where and when it holds, who says so, how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from kecan.vocabulary import Month, Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.vocabulary import Citation, Confidence, Level, Line, Sex

Value = int | Fraction | str | Month | tuple[str, ...]
"""What a parameter can hold; a boolean is an int to Python and stays a bool."""


class ValueType(StrEnum):
    """How a value is written in a rule file."""

    INTEGER = "integer"
    RATIO = "ratio"  # "1/4", or a whole number
    BOOLEAN = "boolean"
    TEXT = "text"
    TEXTS = "texts"
    MONTH = "month"  # "2025-06"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyDefinition:
    """A key rule files may use, with its type and unit.

    ``choices`` are the only texts it may hold (any text when empty), ``most`` the
    greatest ratio, ``only_in`` the one kind of file it may stand in.
    """

    key: str
    type: ValueType
    unit: str
    meaning: Sentence
    choices: tuple[str, ...] = ()
    most: Fraction | None = None
    only_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a value holds; None means everywhere. ``term`` is a label, 2025-2030."""

    level: Level | None = None
    line: Line | None = None
    term: str | None = None
    sex: Sex | None = None

    def covers(self, asked: Scope) -> bool:
        """Tell whether a value of this scope answers for ``asked``."""
        return all(
            mine is None or mine == theirs
            for mine, theirs in (
                (self.level, asked.level),
                (self.line, asked.line),
                (self.term, asked.term),
                (self.sex, asked.sex),
            )
        )

    @property
    def precision(self) -> int:
        """How many of the four places are named; the most precise value wins."""
        return sum(
            place is not None for place in (self.level, self.line, self.term, self.sex)
        )

    def rivals(self, other: Scope) -> bool:
        """Tell whether both can answer one question and neither is more precise."""
        return self.precision == other.precision and all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in (
                (self.level, other.level),
                (self.line, other.line),
                (self.term, other.term),
                (self.sex, other.sex),
            )
        )

    def __str__(self) -> str:
        named = (self.level, self.line, self.term, self.sex)
        return " ".join(str(place) for place in named if place is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A dated legal value with its source.

    ``value`` is None exactly when ``is_required_from_operator``: no source gives
    it and the operator has to enter it in an overlay.
    """

    key: str
    scope: Scope
    effective_from: date
    effective_until: date | None
    value: Value | None
    unit: str
    description: Sentence
    source: Citation
    confidence: Confidence
    note: Sentence | None = None
    is_required_from_operator: bool = False

    def holds_on(self, day: date) -> bool:
        """Tell whether the value is in force on ``day`` (the end is exclusive)."""
        ended = self.effective_until is not None and self.effective_until <= day
        return self.effective_from <= day and not ended

    @property
    def whole(self) -> int:
        """The value as a whole number.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, int):
            return self.value
        raise TypeError(_wrong_type(self, "a whole number"))

    @property
    def share(self) -> Fraction:
        """The value as an exact share or ratio.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, Fraction):
            return self.value
        raise TypeError(_wrong_type(self, "a ratio"))

    @property
    def month(self) -> Month:
        """The value as a month.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, Month):
            return self.value
        raise TypeError(_wrong_type(self, "a month"))

    @property
    def text(self) -> str:
        """The value as text.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, str):
            return self.value
        raise TypeError(_wrong_type(self, "a text"))

    @property
    def texts(self) -> tuple[str, ...]:
        """The value as several texts.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, tuple):
            return self.value
        raise TypeError(_wrong_type(self, "a list of texts"))

    @property
    def is_true(self) -> bool:
        """The value as yes or no.

        Raises:
            TypeError: If the value is of another type.
        """
        if isinstance(self.value, bool):
            return self.value
        raise TypeError(_wrong_type(self, "a yes or no"))


def _wrong_type(parameter: Parameter, expected: str) -> str:
    return f"{parameter.key} is {parameter.value!r}, not {expected}"
