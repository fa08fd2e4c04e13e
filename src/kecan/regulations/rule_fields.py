"""The fields of a rule file's tables: what they must hold, and what is wrong if not."""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar

from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from enum import StrEnum

_Choice = TypeVar("_Choice", bound="StrEnum")
_RATIO = re.compile(r"\d+(?:/0*[1-9]\d*|\.\d+)?")


class RuleFaultError(ValueError):
    """What is wrong with one table of a rule file."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


def require_fields(
    table: object, *, mandatory: Collection[str], optional: Collection[str] = ()
) -> None:
    """Refuse what is no table, or a table with a field too many or too few.

    Raises:
        RuleFaultError: Naming the fields.
    """
    if not isinstance(table, dict):
        raise RuleFaultError(
            Sentence(
                f"phải là một bảng, không phải {table!r}",
                f"must be a table, not {table!r}",
            )
        )
    unknown = ", ".join(sorted(set(table) - {*mandatory, *optional}))
    if unknown:
        raise RuleFaultError(
            Sentence(f"trường lạ: {unknown}", f"unknown field: {unknown}")
        )
    missing = ", ".join(field for field in mandatory if field not in table)
    if missing:
        raise RuleFaultError(
            Sentence(f"thiếu trường: {missing}", f"missing field: {missing}")
        )


def read_day(table: Mapping[str, Any], field: str) -> date:
    """Return a field that must be a day.

    Raises:
        RuleFaultError: If it is anything else, a time included.
    """
    written = table[field]
    if isinstance(written, datetime) or not isinstance(written, date):
        raise wrong(written, field, "một ngày, như 2022-02-15", "a day: 2022-02-15")
    return written


def read_text(table: Mapping[str, Any], field: str) -> str:
    """Return a field that must be a text with something in it.

    Raises:
        RuleFaultError: If it is not.
    """
    written = table[field]
    if not isinstance(written, str) or not written.strip():
        raise wrong(written, field, "chữ, không để trống", "a text that is not blank")
    return written


def read_sentence(table: Mapping[str, Any], field: str) -> Sentence:
    """Return a field that must be said in Vietnamese and in English.

    Raises:
        RuleFaultError: If it is not.
    """
    written = table[field]
    require_fields(written, mandatory=("vi", "en"))
    return Sentence(read_text(written, "vi"), read_text(written, "en"))


def read_choice(
    entry: Mapping[str, Any], field: str, choices: type[_Choice]
) -> _Choice:
    """Return a field that must be a member of an enumeration.

    Raises:
        RuleFaultError: If it is not.
    """
    written = entry[field]
    for choice in choices:
        if choice.value == written:
            return choice
    among = ", ".join(choice.value for choice in choices)
    raise wrong(written, field, f"một trong: {among}", f"one of: {among}")


def read_choices(
    entry: Mapping[str, Any], field: str, choices: type[_Choice]
) -> tuple[_Choice, ...]:
    """Return a field that must be a list of members of an enumeration.

    Raises:
        RuleFaultError: If it is not.
    """
    written = entry[field]
    if not isinstance(written, list):
        raise wrong(written, field, "một danh sách", "a list")
    return tuple(read_choice({field: one}, field, choices) for one in written)


def read_flag(table: Mapping[str, Any], field: str) -> bool:
    """Return a field that must be true or false.

    Raises:
        RuleFaultError: If it is not.
    """
    written = table[field]
    if not isinstance(written, bool):
        raise wrong(written, field, "true hoặc false", "true or false")
    return written


def read_count(table: Mapping[str, Any], field: str) -> int:
    """Return a field that must be a whole number from 0 up.

    Raises:
        RuleFaultError: If it is not.
    """
    written = table[field]
    if isinstance(written, bool) or not isinstance(written, int) or written < 0:
        raise wrong(written, field, "số nguyên không âm", "a whole number from 0 up")
    return written


def read_ratio(written: object) -> Fraction | None:
    """Return "30/100", "1.5" or 1 as an exact ratio; None if it is not one."""
    if isinstance(written, bool) or not isinstance(written, int | str):
        return None
    return Fraction(written) if _RATIO.fullmatch(str(written)) else None


def wrong(written: object, name: str, vi: str, en: str) -> RuleFaultError:
    """Return the fault of a field that holds something else than it should."""
    shown = f"'{written}'" if isinstance(written, str) else str(written)
    return RuleFaultError(
        Sentence(
            f"'{name}' là {shown}, cần {vi}", f"'{name}' is {shown}, expected {en}"
        )
    )
