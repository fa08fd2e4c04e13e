"""One cell to one value: the content as stored, read the way its column says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from kecan.vocabulary import PartialDate, Sentence
from kecan.workbook.dates import Epoch, read_date
from kecan.workbook.findings import Severity
from kecan.workbook.schema import Column, Reading
from kecan.workbook.text import clean, fold, legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Callable

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""What a spreadsheet stores in a cell; an empty cell is empty text."""

Years = tuple[int, int]
Value: TypeAlias = (
    str | int | bool | PartialDate | date | StrEnum | tuple[str, ...] | Years | None
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What was expected of a cell, and how bad it is that it is otherwise."""

    expected: Sentence
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Parsed:
    """The value of a cell, None where it cannot be read, and what is wrong with it."""

    value: Value
    problem: Problem | None = None


EMPTY = Parsed(None)
_CITIZEN_DIGITS, _OLD_CITIZEN_DIGITS = 12, 9
_CARD_DIGITS, _NEW_CARD_DIGITS = 8, 12
_LONGEST_LOSS = 2
_WHOLE_KEYS = (*range(1, _CARD_DIGITS + 1), _CITIZEN_DIGITS)
"""Lengths of a code stored as a number that do not suggest lost zeros."""
_ERROR_VALUE = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_TERM = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})")
_ONE_TEXT = re.compile(r"(?:\\[\\;]|[^;\n])+")
_TO_ESCAPE = re.compile(r"[\\;]")
_ESCAPED = re.compile(r"\\([\\;])")
_YES = frozenset(("co", "x", "dung", "yes", "true", "1", "dat", "da khac phuc"))
_NO = frozenset(("khong", "sai", "no", "false", "0", "khong dat", "chua"))


def read_cell(column: Column, raw: Cell, *, epoch: Epoch) -> Parsed:
    """Read ``raw`` as ``column`` says; an empty cell is an empty value."""
    if isinstance(raw, str):
        raw = clean(raw)
        if not raw:
            return EMPTY
        problem = _unreadable_text(raw)
        if problem is not None:
            return Parsed(None, problem)
    return _READERS[column.reading](column, raw, epoch)


def shown(raw: Cell) -> str:
    """Return the content of a cell as a person would write it down."""
    if isinstance(raw, datetime | date):
        return f"{raw:%d/%m/%Y}"
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def join_texts(texts: tuple[str, ...]) -> str:
    """Write several texts into one cell; the inverse of reading ``Reading.TEXTS``."""
    return "; ".join(_TO_ESCAPE.sub(r"\\\g<0>", text) for text in texts)


def _unreadable_text(text: str) -> Problem | None:
    if text[0] == "#" and _ERROR_VALUE.fullmatch(text):
        return Problem(
            Sentence(
                "một giá trị; công thức trong ô này đang báo lỗi",
                "a value; the formula in this cell shows an error",
            )
        )
    encoding = legacy_encoding(text)
    if encoding is None:
        return None
    return Problem(
        Sentence(
            f"chữ Unicode; ô này gõ bằng bảng mã {encoding}, hãy chuyển mã cả tệp",
            f"Unicode text; this cell is in {encoding}: convert the whole file",
        )
    )


def _text(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    return Parsed(clean(shown(raw)))


def _texts(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    parts = (clean(_ESCAPED.sub(r"\1", part)) for part in _ONE_TEXT.findall(shown(raw)))
    return Parsed(tuple(part for part in parts if part))


def _key(column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    if isinstance(raw, str):
        return Parsed(raw.replace("\n", " "))
    digits = _digits(raw)
    if digits is None:
        return Parsed(None, Problem(Sentence("mã dạng chữ", "a code, as text")))
    if column.refers_to is None and len(digits) not in _WHOLE_KEYS:
        return Parsed(
            digits,
            Problem(
                Sentence(
                    "mã dạng chữ; số dài như thế này thường đã mất số 0 ở đầu",
                    "a code, as text; a number this long has often lost leading zeros",
                )
            ),
        )
    return Parsed(digits)


def _citizen_id(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    expected = Sentence(
        "số CCCD 12 chữ số (hoặc CMND 9 chữ số), dạng chữ",
        "a citizen number of 12 digits (or 9 for the old card), as text",
    )
    if isinstance(raw, str):
        digits = re.sub(r"[\s.]", "", raw)
        lengths = (_CITIZEN_DIGITS, _OLD_CITIZEN_DIGITS)
        is_good = digits.isdecimal() and len(digits) in lengths
        return Parsed(digits) if is_good else Parsed(None, Problem(expected))
    number = _digits(raw)
    if number is None:
        return Parsed(None, Problem(expected))
    for length in (_OLD_CITIZEN_DIGITS, _CITIZEN_DIGITS):
        if length - _LONGEST_LOSS < len(number) <= length:
            return _restored(number, length)
    if len(number) == _CITIZEN_DIGITS - _LONGEST_LOSS:
        return _restored(number, _CITIZEN_DIGITS)
    return Parsed(None, Problem(expected))


def _party_card(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    expected = Sentence(
        "số thẻ đảng viên 8 hoặc 12 chữ số, dạng chữ",
        "a party card of 8 or 12 digits, as text",
    )
    if isinstance(raw, str):
        digits = re.sub(r"[\s.]", "", raw)
        lengths = (_CARD_DIGITS, _NEW_CARD_DIGITS)
        if digits.isdecimal() and len(digits) in lengths:
            return Parsed(digits)
        return Parsed(raw, Problem(expected, Severity.WARNING))
    number = _digits(raw)
    for length in (_CARD_DIGITS, _NEW_CARD_DIGITS):
        if number is not None and len(number) in (length, length - 1):
            return _restored(number, length)
    return Parsed(None, Problem(expected))


def _restored(number: str, length: int) -> Parsed:
    if len(number) == length:
        return Parsed(number)
    full = number.zfill(length)
    expected = Sentence(
        f"dạng chữ, đủ {length} chữ số; đã hiểu là {full}",
        f"text of {length} digits; taken as {full}",
    )
    return Parsed(full, Problem(expected, Severity.WARNING))


def _choice(column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    options = column.choices
    if options is None:
        msg = f"column {column.code} has no list to choose from"
        raise ValueError(msg)
    value = options.find(shown(raw))
    if value is not None:
        return Parsed(value)
    labels = ", ".join(options.labels)
    return Parsed(None, Problem(Sentence(f"một trong: {labels}", f"one of: {labels}")))


def _yes_no(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    if isinstance(raw, bool):
        return Parsed(raw)
    word = fold(shown(raw))
    if word in _YES:
        return Parsed(value=True)
    if word in _NO:
        return Parsed(value=False)
    return Parsed(None, Problem(Sentence("Có hoặc Không", "Có (yes) or Không (no)")))


def _whole(column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    expected = Sentence("số nguyên", "a whole number")
    if column.minimum is not None:
        expected = Sentence(
            f"số nguyên từ {column.minimum} trở lên",
            f"a whole number from {column.minimum} up",
        )
    digits = raw if isinstance(raw, str) else _signed_digits(raw)
    if digits is None or not re.fullmatch(r"-?[0-9]{1,9}", digits):
        return Parsed(None, Problem(expected))
    number = int(digits)
    if column.minimum is not None and number < column.minimum:
        return Parsed(None, Problem(expected))
    return Parsed(number)


def _date(_column: Column, raw: Cell, epoch: Epoch) -> Parsed:
    when = read_date(raw, epoch=epoch)
    return Parsed(None, Problem(when)) if isinstance(when, Sentence) else Parsed(when)


def _day(column: Column, raw: Cell, epoch: Epoch) -> Parsed:
    parsed = _date(column, raw, epoch)
    if not isinstance(parsed.value, PartialDate):
        return parsed
    if parsed.value.day is None:
        expected = Sentence("ngày đầy đủ dd/mm/yyyy", "a full date, dd/mm/yyyy")
        return Parsed(None, Problem(expected))
    return Parsed(parsed.value.earliest)


def _term(_column: Column, raw: Cell, _epoch: Epoch) -> Parsed:
    match = _TERM.fullmatch(shown(raw))
    if match is not None and int(match[1]) < int(match[2]):
        return Parsed((int(match[1]), int(match[2])))
    expected = Sentence(
        "nhiệm kỳ dạng 2020-2025, năm đầu trước năm cuối",
        "a term as 2020-2025, first year before last",
    )
    return Parsed(None, Problem(expected))


def _digits(raw: Cell) -> str | None:
    signed = _signed_digits(raw)
    return None if signed is None or signed.startswith("-") else signed


def _signed_digits(raw: Cell) -> str | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    return str(int(raw)) if float(raw).is_integer() else None


_READERS: dict[Reading, Callable[[Column, Cell, Epoch], Parsed]] = {
    Reading.TEXT: _text,
    Reading.TEXTS: _texts,
    Reading.KEY: _key,
    Reading.PARTY_CARD: _party_card,
    Reading.CITIZEN_ID: _citizen_id,
    Reading.CHOICE: _choice,
    Reading.YES_NO: _yes_no,
    Reading.WHOLE: _whole,
    Reading.DATE: _date,
    Reading.DAY: _day,
    Reading.TERM: _term,
}
