"""What several commands read from their options, and how they refuse."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

import typer

from kecan.lettering.file_faults import file_fault
from kecan.vocabulary import Language, Month, PartialDate, Sentence

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_VIETNAMESE = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")


def refuse(sentence: Sentence, language: Language) -> NoReturn:
    """Say what is wrong with the input on stderr and end with status 2."""
    sys.stderr.write(f"{sentence.in_language(language)}\n")
    raise typer.Exit(2)


def print_json(value: object) -> None:
    """Print a value for machines."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_output(
    path: Path, fill: Callable[[Path], object], *, language: Language
) -> None:
    """Let ``fill`` write a file beside ``path``, then put it in its place, or refuse."""
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        fill(unfinished)
        unfinished.replace(path)
    except OSError as error:
        refuse(
            Sentence(
                f"-o: không ghi được tệp {path}: {file_fault(error).vi}.",
                f"-o: cannot write {path}: {file_fault(error).en}.",
            ),
            language,
        )
    finally:
        unfinished.unlink(missing_ok=True)


def write_json(path: Path, value: object) -> None:
    """Write a value for machines."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def partial_date(text: str, *, option: str, language: Language) -> PartialDate:
    """Read YYYY, YYYY-MM, YYYY-MM-DD, mm/yyyy or dd/mm/yyyy, or refuse."""
    written = text.strip()
    parts: tuple[str | None, ...] = ()
    if found := _ISO.fullmatch(written):
        parts = found.groups()
    elif found := _VIETNAMESE.fullmatch(written):
        parts = (found[3], found[2], found[1])
    try:
        year, month, day = (None if part is None else int(part) for part in parts)
        return PartialDate(year or 0, month, day)
    except ValueError:
        refuse(
            Sentence(
                f"{option}: '{text}' không phải ngày tháng; cần dạng 1972-02, 02/1972 "
                "hoặc 15/02/1972.",
                f"{option}: '{text}' is not a date; expected 1972-02, 02/1972 or "
                "15/02/1972.",
            ),
            language,
        )


def month(text: str, *, option: str, language: Language) -> Month:
    """Read YYYY-MM or mm/yyyy, or refuse."""
    found = partial_date(text, option=option, language=language)
    return found.first_month


def day(text: str | None, *, option: str, language: Language) -> date:
    """Read a whole day; today when the option was not given."""
    if text is None:
        return date.today()  # noqa: DTZ011  # a command's own day
    return partial_date(text, option=option, language=language).earliest
