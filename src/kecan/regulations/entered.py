"""Values an operator enters for one round, with the document that gives them.

What no source read gives is a required value of the pack; what is only assumed may be
confirmed or replaced. An entered value is checked exactly as one in a rule file is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.pack import shipped_keys
from kecan.regulations.parameters import Scope, ValueType
from kecan.regulations.rule_fields import RuleFaultError
from kecan.regulations.rule_values import Source, read_value
from kecan.vocabulary import Confidence, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import KeyDefinition, Parameter

_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*%")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?")
_QUOTIENT = re.compile(r"(\d+)\s*/\s*(\d*[1-9]\d*)")
_MONTH = re.compile(r"(\d{1,2})/(\d{4})")
_HUNDRED = 100
_YES_AND_NO = {"có": True, "không": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredValue:
    """What was typed for one value of a pack, and where it stands.

    ``value`` is what a rule file would hold: a whole number, a text such as "3/2" or
    "2025-06", or yes or no.
    """

    key: str
    scope: Scope
    value: int | str | bool
    document: str
    dated: date


def key_definition(key: str) -> KeyDefinition:
    """Return what the registry says of a key.

    Raises:
        RuleFaultError: If there is no such key.
    """
    found = shipped_keys().get(key)
    if found is None:
        raise RuleFaultError(Sentence(f"khoá lạ '{key}'", f"unknown key '{key}'"))
    return found


def is_typed_by_hand(definition: KeyDefinition) -> bool:
    """Tell whether a value of the key can be typed; lists need an overlay file."""
    return definition.type is not ValueType.TEXTS


def read_typed(text: str, definition: KeyDefinition) -> int | str | bool:
    """Return what an official typed as a rule file would hold it.

    Ratios may be typed as ``25 %``, ``1,5`` or ``3/2``; months as ``06/2025``.

    Raises:
        RuleFaultError: Saying what form is expected.
    """
    typed = " ".join(text.split())
    match definition.type:
        case ValueType.INTEGER if typed.isdecimal():
            return int(typed)
        case ValueType.RATIO if (ratio := _typed_ratio(typed)) is not None:
            return str(ratio)
        case ValueType.BOOLEAN if typed.casefold() in _YES_AND_NO:
            return _YES_AND_NO[typed.casefold()]
        case ValueType.MONTH if (month := _MONTH.fullmatch(typed)) is not None:
            return f"{month[2]}-{int(month[1]):02d}"
        case ValueType.TEXT if typed:
            return typed
        case _:
            expected = _EXPECTED[definition.type]
            raise RuleFaultError(
                Sentence(
                    f"“{typed}” chưa đúng dạng; cần {expected.vi}",
                    f"'{typed}' has another form; expected {expected.en}",
                )
            )


def entered_parameter(entered: EnteredValue, *, pack: RulePack) -> Parameter:
    """Return an entered value as a parameter in force from the pack's first day.

    Raises:
        RuleFaultError: If the value is of the wrong type or out of bounds.
    """
    definition = key_definition(entered.key)
    entry: dict[str, Any] = {
        "key": entered.key,
        "effective_from": pack.in_force_from,
        "value": entered.value,
        "unit": definition.unit,
        "description": {"vi": definition.meaning.vi, "en": definition.meaning.en},
        "source": "entered",
        "confidence": Confidence.VERIFIED.value,
    }
    source = Source(document=entered.document, dated=entered.dated, url="", via="")
    found = read_value(
        entry,
        sources={"entered": source},
        keys={entered.key: definition},
        kind=pack.kind,
    )
    return replace(found, scope=entered.scope)


def with_entered(pack: RulePack, entered: Iterable[EnteredValue]) -> RulePack:
    """Return the pack with entered values on top of every other layer.

    Raises:
        RuleFaultError: If one of them is not of its key's type.
    """
    layer = tuple(entered_parameter(one, pack=pack) for one in entered)
    if not layer:
        return pack
    return replace(pack, layers=(*pack.layers, layer), _found={})


def _typed_ratio(typed: str) -> Fraction | None:
    if found := _PERCENT.fullmatch(typed):
        return Fraction(found[1].replace(",", ".")) / _HUNDRED
    if found := _QUOTIENT.fullmatch(typed):
        return Fraction(int(found[1]), int(found[2]))
    if _DECIMAL.fullmatch(typed):
        return Fraction(typed.replace(",", "."))
    return None


_EXPECTED = {
    ValueType.INTEGER: Sentence("một số nguyên, ví dụ 3", "a whole number, such as 3"),
    ValueType.RATIO: Sentence(
        f"một tỷ lệ, ví dụ 25{PER_CENT}, 1,5 hoặc 3/2",
        "a ratio, such as 25%, 1,5 or 3/2",
    ),
    ValueType.BOOLEAN: Sentence("“có” hoặc “không”", "“có” (yes) or “không” (no)"),
    ValueType.MONTH: Sentence(
        "tháng và năm, ví dụ 06/2025", "a month, such as 06/2025"
    ),
    ValueType.TEXT: Sentence("một mục trong danh sách", "one of the list"),
    ValueType.TEXTS: Sentence("một tệp quy định riêng", "an overlay file"),
}
