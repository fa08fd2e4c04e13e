"""A meter: what a list has, what it needs and how many more, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from datetime import date

    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import Level, Line

_PER_MILLE = 1000
_TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One number watched on a list.

    ``have`` counts people (or posts) and ``of`` what it is taken of. ``need`` is
    the least and ``most`` the greatest number allowed with ``of`` unchanged; None
    when no rule gives it. A hard meter is a cap that must hold; any other only
    warns. ``unknown`` counts people whose record cannot tell.
    """

    key: str
    title: Sentence
    have: int
    of: int
    need: int | None = None
    most: int | None = None
    unknown: int = 0
    is_hard: bool = False
    parameter: Parameter | None = None
    sentence: Sentence

    @property
    def more(self) -> int | None:
        """How many more are needed with ``of`` unchanged; None without a need."""
        return None if self.need is None else max(0, self.need - self.have)

    @property
    def over(self) -> int | None:
        """How many are too many; None without a limit."""
        return None if self.most is None else max(0, self.have - self.most)

    @property
    def share(self) -> Fraction | None:
        """``have`` of ``of``, exactly; None of nothing."""
        return Fraction(self.have, self.of) if self.of else None

    @property
    def is_met(self) -> bool | None:
        """Whether the rule holds; None when there is none to hold."""
        if self.need is None and self.most is None:
            return None
        return not self.more and not self.over


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Where the meters of one list look their values up."""

    pack: RulePack
    on: date
    level: Level
    line: Line | None = None
    term: str | None = None

    def parameter(self, key: str) -> Parameter:
        """Return the value of ``key``, also when the operator has yet to enter it.

        Raises:
            UnknownParameterError: If the pack does not know the key at all.
        """
        try:
            return self.pack.parameter(
                key, on=self.on, level=self.level, line=self.line, term=self.term
            )
        except OperatorValueMissingError as missing:
            return missing.parameter

    def knows(self, key: str) -> bool:
        """Tell whether the pack says anything about ``key``."""
        try:
            self.parameter(key)
        except UnknownParameterError:
            return False
        return True


def least(share: Fraction, *, of: int) -> int:
    """Return the smallest whole number that is at least ``share`` of ``of``."""
    return -(-share.numerator * of // share.denominator)


def greatest(share: Fraction, *, of: int) -> int:
    """Return the greatest whole number that is at most ``share`` of ``of``."""
    return share.numerator * of // share.denominator


def percent(share: Fraction) -> Sentence:
    """Return a share as a percentage with one decimal, cut and never rounded up.

    So a share just below its mark never reads as if it reached it.
    """
    tenths = share.numerator * _PER_MILLE // share.denominator
    whole, rest = divmod(tenths, _TENTHS)
    if not rest:
        return Sentence(f"{whole}{PER_CENT}", f"{whole}%")
    return Sentence(f"{whole},{rest}{PER_CENT}", f"{whole}.{rest}%")


def not_entered(parameter: Parameter) -> Sentence:
    """Return the words for a value nobody has entered yet."""
    return Sentence(
        f"chưa có quy định về {_lowered(parameter.description.vi)}, cần nhập",
        f"no value for '{_lowered(parameter.description.en)}' yet, it has to be entered",
    )


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
