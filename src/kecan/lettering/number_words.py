"""Numbers, days and times as Vietnamese papers write them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu", "tỷ")
_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000
_LIMIT = _THOUSAND ** len(_SCALES)
_PADDED_MONTHS = 2


def in_words(number: int, *, linking: str = "linh") -> str:
    """Return a whole number in Vietnamese words.

    Args:
        number: ``0 <= number < 10**12``.
        linking: The word for an empty ten: "linh" or "lẻ".

    Raises:
        ValueError: If the number is outside that range.
    """
    if not 0 <= number < _LIMIT:
        msg = f"{number} is outside 0..{_LIMIT - 1}"
        raise ValueError(msg)
    if number == 0:
        return _DIGITS[0]
    words: list[str] = []
    for power in reversed(range(len(_SCALES))):
        group = number // _THOUSAND**power % _THOUSAND
        if group:
            words += _group(group, is_first=not words, linking=linking)
            words.append(_SCALES[power])
    return " ".join(word for word in words if word)


def _group(group: int, *, is_first: bool, linking: str) -> list[str]:
    hundreds, rest = divmod(group, _HUNDRED)
    if hundreds == 0 and is_first:
        return _below_hundred(rest)
    words = [_DIGITS[hundreds], "trăm"]
    if 0 < rest < _TEN:
        return [*words, linking, _DIGITS[rest]]
    return words + _below_hundred(rest)


def _below_hundred(number: int) -> list[str]:
    tens, unit = divmod(number, _TEN)
    if tens == 0:
        return [_DIGITS[unit]] if unit else []
    if tens == 1:
        return ["mười", *_unit_after_ten(unit)]
    return [_DIGITS[tens], "mươi", *_unit_after_tens(unit)]


def _unit_after_ten(unit: int) -> list[str]:
    return [{0: "", 5: "lăm"}.get(unit, _DIGITS[unit])]


def _unit_after_tens(unit: int) -> list[str]:
    return [{0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(unit, _DIGITS[unit])]


def figures_and_words(number: int, *, of: str = "") -> str:
    """Return "45 phiếu (bốn mươi lăm phiếu)" for ``of`` "phiếu"."""
    noun = f" {of}" if of else ""
    return f"{number}{noun} ({in_words(number)}{noun})"


def day_of_paper(day: date) -> str:
    """Return "ngày 20 tháng 02 năm 2018": days to 9 and months 1, 2 get a 0.

    Source:
        36-HD/VPTW (03/04/2018), the place and date of a paper.
    """
    month = f"{day.month:02d}" if day.month <= _PADDED_MONTHS else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def day_in_words(day: date) -> str:
    """Return the day wholly in words, for minutes."""
    first = "mùng " if day.day <= _TEN else ""
    month = "tư" if day.month == 4 else in_words(day.month)  # noqa: PLR2004
    return f"ngày {first}{in_words(day.day)} tháng {month} năm {in_words(day.year)}"


def time_of_day(at: time) -> str:
    """Return "8 giờ 30 phút", or "14 giờ 00 phút"."""
    return f"{at.hour} giờ {at.minute:02d} phút"


def grouped(value: int) -> str:
    """Return a whole number in groups of three with dots, "2.264"."""
    return f"{value:,}".replace(",", ".")


PER_CENT = "\u00a0%"
"""The sign behind a figure in Vietnamese; the space between them is never broken."""


def percent(part: int, whole: int) -> str:
    """Return a share with two decimals, "59,09%", rounded half up; "-" of nothing.

    The figure is for reading; decisions compare whole numbers, and papers print
    ``part/whole`` beside it.
    """
    if whole == 0:
        return "-"
    hundredths = (part * 2 * 10_000 + whole) // (2 * whole)
    return f"{hundredths // _HUNDRED},{hundredths % _HUNDRED:02d}%"


def decimal(value: Fraction | int, *, over: int = 1) -> str:
    """Return a ratio with a decimal comma: "1", "1,5", "1,53" (two places, half up)."""
    ratio = Fraction(value) / over
    hundredths = (ratio * 2 * _HUNDRED + 1).__floor__() // 2
    whole, rest = divmod(hundredths, _HUNDRED)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")
