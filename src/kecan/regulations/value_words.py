"""A legal value as an official reads it: "3 người", "25 %", "06/2025", "có"."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.wording import FORMS, GRADES, LEVELS, LINES, SEXES
from kecan.vocabulary import Month, Sentence

if TYPE_CHECKING:
    from kecan.regulations.parameters import Parameter, Scope, Value

UNITS = {
    "people": Sentence("người", "people"),
    "posts": Sentence("chức danh", "posts"),
    "days": Sentence("ngày", "days"),
    "months": Sentence("tháng", "months"),
    "years": Sentence("năm", "years"),
    "age": Sentence("tuổi", "years of age"),
    "bands": Sentence("độ tuổi", "bands"),
}
_NAMED = {
    **{one.value: words for one, words in GRADES.items()},
    **{one.value: words for one, words in FORMS.items()},
    **{one.value: words for one, words in LEVELS.items()},
}
_HUNDRED = 100


def value_in_words(parameter: Parameter) -> Sentence:
    """Return the value with its unit; "chưa có" where the operator has to enter it."""
    if parameter.value is None:
        return Sentence("chưa có, đơn vị phải nhập", "none yet, to be entered")
    return _in_words(parameter.value, unit=parameter.unit)


def choice_in_words(code: str) -> Sentence:
    """Return what a code of a rule file is called."""
    return _NAMED.get(code, Sentence(code, code))


def scope_in_words(scope: Scope) -> Sentence:
    """Return whom a value is for; empty when it is for everybody."""
    named = [
        *([LEVELS[scope.level]] if scope.level is not None else []),
        *([LINES[scope.line]] if scope.line is not None else []),
        *([SEXES[scope.sex]] if scope.sex is not None else []),
    ]
    term = scope.term.replace("-", " - ") if scope.term is not None else ""
    if term:
        named.append(Sentence(f"nhiệm kỳ {term}", f"term {term}"))
    return Sentence(
        ", ".join(one.vi for one in named), ", ".join(one.en for one in named)
    )


def _in_words(value: Value, *, unit: str) -> Sentence:
    if isinstance(value, bool):
        return Sentence("có", "yes") if value else Sentence("không", "no")
    if isinstance(value, Month):
        return Sentence(value.vi, value.vi)
    if isinstance(value, Fraction):
        return _ratio(value)
    if isinstance(value, tuple):
        named = [choice_in_words(one) for one in value]
        return Sentence(
            "; ".join(one.vi for one in named), "; ".join(one.en for one in named)
        )
    if isinstance(value, str):
        return choice_in_words(value)
    words = UNITS.get(unit, Sentence(unit, unit))
    return Sentence(f"{value} {words.vi}", f"{value} {words.en}")


def _ratio(value: Fraction) -> Sentence:
    if value < 1 and (value * _HUNDRED).denominator == 1:
        percent = value * _HUNDRED
        return Sentence(f"{percent}{PER_CENT}", f"{percent}%")
    written = f"{value.numerator}/{value.denominator}"
    if value.denominator == 1:
        written = str(value.numerator)
    return Sentence(written, written)
