"""Dates as cells hold them: real dates, serial numbers, and text in several spellings."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kecan.vocabulary import PartialDate, Sentence

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_MONTHS_A_YEAR = 12
_YEAR_DIGITS = 4
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 109_574
_WORDS = re.compile(r"\b(ngày|tháng|năm|ngay|thang|nam|sinh)\b")
_MIDNIGHT = re.compile(r"[ t]00:00(:00(\.0+)?)?$")
_APART = re.compile(r"[\s/.\-–]+")

EXPECTED = Sentence(
    "ngày dạng dd/mm/yyyy, mm/yyyy hoặc yyyy",
    "a date as dd/mm/yyyy, mm/yyyy or yyyy",
)


@dataclass(frozen=True, slots=True)
class Epoch:
    """The day serial number 0 stands for in a workbook."""

    zero: date

    def day(self, serial: int) -> date:
        """Return the day ``serial`` stands for."""
        return self.zero + timedelta(days=serial)

    def serial(self, day: date) -> int:
        """Return the serial number of ``day``."""
        return (day - self.zero).days


EPOCH_1900 = Epoch(date(1899, 12, 30))
EPOCH_1904 = Epoch(date(1904, 1, 1))


def read_date(raw: object, *, epoch: Epoch = EPOCH_1900) -> PartialDate | Sentence:
    """Return the date a cell holds, or the sentence that says what was expected.

    Args:
        raw: Cell content: text, a number, or a date the spreadsheet stored.
        epoch: The workbook's day zero, for serial numbers without a date format.
    """
    if isinstance(raw, datetime):
        return _stored(raw.date(), epoch)
    if isinstance(raw, date):
        return _stored(raw, epoch)
    if isinstance(raw, bool):
        return EXPECTED
    if isinstance(raw, int | float):
        return _from_number(raw, epoch)
    return _from_text(raw) if isinstance(raw, str) else EXPECTED


def _stored(day: date, epoch: Epoch) -> PartialDate | Sentence:
    serial = epoch.serial(day)
    if _FIRST_YEAR <= serial <= _LAST_YEAR:
        return _because(
            f"có vẻ năm {serial} đã gõ vào ô định dạng ngày nên thành {day:%d/%m/%Y}",
            f"the year {serial} seems typed into a date cell and became {day:%d/%m/%Y}",
        )
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return _year_outside()
    return PartialDate.of(day)


def _from_number(number: float, epoch: Epoch) -> PartialDate | Sentence:
    if not 0 <= number <= _LAST_SERIAL:
        return EXPECTED
    whole = int(number)
    if whole != number and whole < _FIRST_SERIAL:
        return EXPECTED
    if _FIRST_YEAR <= whole <= _LAST_YEAR:
        return PartialDate(whole)
    if whole >= _FIRST_SERIAL:
        return PartialDate.of(epoch.day(whole))
    return EXPECTED


def _from_text(text: str) -> PartialDate | Sentence:
    plain = _WORDS.sub(" ", _MIDNIGHT.sub("", text.strip().casefold())).strip()
    parts = [part for part in _APART.split(plain.strip(",.: ")) if part]
    if not parts or len(parts) > len("dmy") or not all(p.isdecimal() for p in parts):
        return EXPECTED
    if len(parts[0]) == _YEAR_DIGITS:
        parts.reverse()
    if len(parts[-1]) != _YEAR_DIGITS:
        return _because("năm phải đủ 4 chữ số", "the year needs 4 digits")
    year, *rest = (int(part) for part in reversed(parts))
    month, day = (*rest, None, None)[:2]
    return _partial(year, month, day)


def _partial(year: int, month: int | None, day: int | None) -> PartialDate | Sentence:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return _year_outside()
    if month is not None and not 1 <= month <= _MONTHS_A_YEAR:
        return _because(f"không có tháng {month}", f"there is no month {month}")
    if month is not None and day is not None:
        last = monthrange(year, month)[1]
        if not 1 <= day <= last:
            return _because(
                f"tháng {month:02d}/{year} có từ ngày 1 đến ngày {last}",
                f"month {month:02d}/{year} has days 1 to {last}",
            )
    return PartialDate(year, month, day)


def _year_outside() -> Sentence:
    return _because(
        f"năm phải từ {_FIRST_YEAR} đến {_LAST_YEAR}",
        f"the year must be {_FIRST_YEAR} to {_LAST_YEAR}",
    )


def _because(vi: str, en: str) -> Sentence:
    return Sentence(f"{EXPECTED.vi}; {vi}", f"{EXPECTED.en}; {en}")
