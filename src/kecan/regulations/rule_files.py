"""Reads rule files; whatever is unsourced, overlapping or unknown does not load."""

from __future__ import annotations

import re
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kecan.regulations.legal_bases import read_basis
from kecan.regulations.parameters import KeyDefinition, ValueType
from kecan.regulations.rule_fields import (
    RuleFaultError,
    read_day,
    read_sentence,
    read_text,
    require_fields,
)
from kecan.regulations.rule_values import read_source, read_value
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from kecan.regulations.legal_bases import LegalBasis
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.rule_values import Source

_HEAD = ("key", "kind", "title", "in_force_from")
_KINDS = ("planning", "retirement", "overlay")


class RuleFileError(ValueError):
    """A rule file that must not be used, with the file and line of the first fault."""

    def __init__(self, path: Path, line: int, fault: Sentence) -> None:
        self.sentence = Sentence(
            f"{path.name}, dòng {line}: {fault.vi}",
            f"{path.name}, line {line}: {fault.en}",
        )
        super().__init__(self.sentence.vi)
        self.path = path
        self.line = line
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHead:
    """The ``[pack]`` table of a rule file and the line it stands on."""

    key: str
    kind: str
    title: Sentence
    in_force_from: date
    in_force_until: date | None
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """The head of a rule file, its values and what papers cite, as written."""

    path: Path
    head: PackHead
    values: tuple[Parameter, ...]
    bases: tuple[LegalBasis, ...]


def load_keys(path: Path) -> dict[str, KeyDefinition]:
    """Read the registry of keys that rule files may use."""
    table = tomllib.loads(path.read_text("utf-8"))["keys"]
    return {
        key: KeyDefinition(
            key=key,
            type=ValueType(entry["type"]),
            unit=entry["unit"],
            meaning=Sentence(**entry["meaning"]),
            choices=tuple(entry.get("choices", ())),
            most=Fraction(entry["most"]) if "most" in entry else None,
            only_in=entry.get("only_in"),
        )
        for key, entry in table.items()
    }


def load_rule_file(path: Path, *, keys: Mapping[str, KeyDefinition]) -> RuleFile:
    """Read one rule file.

    Args:
        path: A TOML file with ``[pack]``, ``[sources.*]``, ``[[basis]]`` and
            ``[[value]]``.
        keys: The registry from :func:`load_keys`.

    Raises:
        RuleFileError: See :func:`read_rule_file`.
        OSError: If the file cannot be read.
    """
    return read_rule_file(path.read_bytes(), path=path, keys=keys)


def read_rule_file(
    written: bytes, *, path: Path, keys: Mapping[str, KeyDefinition]
) -> RuleFile:
    """Read what a rule file holds.

    Args:
        written: The bytes of the file.
        path: Its name, for findings; nothing is opened.
        keys: The registry from :func:`load_keys`.

    Raises:
        RuleFileError: If it is not TOML, a field is missing, unknown or of the
            wrong type, a source is unknown, or two values of one key answer for
            the same scope and day.
    """
    text = _decoded(written, path=path)
    table = toml_table(path, text)
    lines = text.split("\n")
    head_line = line_of(lines, r"\[pack\]")
    with placed(path, head_line):
        require_fields(
            table, mandatory=("pack",), optional=("sources", "basis", "value")
        )
        head = _head(table["pack"], line=head_line)
    sources = read_sources(path, table.get("sources", {}), lines)
    bases = []
    cited = table.get("basis", [])
    for entry, line in zip(
        cited, header_lines(path, lines, "basis", cited), strict=True
    ):
        with placed(path, line):
            bases.append(read_basis(entry, sources=sources))
    entries = table.get("value", [])
    starts = header_lines(path, lines, "value", entries)
    values = []
    for entry, line in zip(entries, starts, strict=True):
        with placed(path, line):
            values.append(read_value(entry, sources=sources, keys=keys, kind=head.kind))
    _require_one_answer(path, values, starts)
    return RuleFile(path=path, head=head, values=tuple(values), bases=tuple(bases))


def read_sources(path: Path, table: object, lines: Sequence[str]) -> dict[str, Source]:
    """Return the documents of ``[sources.*]`` by name.

    Raises:
        RuleFileError: If one lacks its number or date.
    """
    if not isinstance(table, dict):
        fault = Sentence("[sources] phải là một bảng", "[sources] must be a table")
        raise RuleFileError(path, line_of(lines, r"sources\b"), fault)
    found = {}
    for name, written in table.items():
        with placed(path, line_of(lines, rf"\[sources\.{re.escape(name)}\]")):
            found[name] = read_source(written)
    return found


@contextmanager
def placed(path: Path, line: int) -> Iterator[None]:
    """Say where in the file a fault was found."""
    try:
        yield
    except RuleFaultError as error:
        raise RuleFileError(path, line, error.sentence) from error


def utf8_text(path: Path) -> str:
    """Return the text of a rule file.

    Raises:
        RuleFileError: If it is not UTF-8.
        OSError: If it cannot be read.
    """
    return _decoded(path.read_bytes(), path=path)


def _decoded(written: bytes, *, path: Path) -> str:
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = written[: error.start].count(b"\n") + 1
        fault = Sentence("tệp không phải chữ UTF-8", "the file is not UTF-8 text")
        raise RuleFileError(path, line, fault) from error


def toml_table(path: Path, text: str) -> dict[str, Any]:
    """Return the tables of a rule file.

    Raises:
        RuleFileError: If it is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        fault = Sentence(f"không phải TOML hợp lệ ({error})", f"not TOML ({error})")
        raise RuleFileError(path, line, fault) from error


def line_of(lines: Sequence[str], header: str) -> int:
    """Return the line of a table's header, or the first line if there is none."""
    pattern = re.compile(rf"\s*{header}")
    return next(
        (number for number, line in enumerate(lines, start=1) if pattern.match(line)),
        1,
    )


def _head(table: Mapping[str, Any], *, line: int) -> PackHead:
    require_fields(table, mandatory=_HEAD, optional=("in_force_until",))
    kind = read_text(table, "kind")
    if kind not in _KINDS:
        among = ", ".join(_KINDS)
        raise RuleFaultError(
            Sentence(
                f"'kind' là '{kind}', cần một trong: {among}",
                f"'kind' is '{kind}', expected one of: {among}",
            )
        )
    has_end = "in_force_until" in table
    return PackHead(
        key=read_text(table, "key"),
        kind=kind,
        title=read_sentence(table, "title"),
        in_force_from=read_day(table, "in_force_from"),
        in_force_until=read_day(table, "in_force_until") if has_end else None,
        line=line,
    )


def header_lines(
    path: Path, lines: Sequence[str], name: str, entries: object
) -> tuple[int, ...]:
    """Return the line each ``[[name]]`` table begins on, in the order of the file.

    Raises:
        RuleFileError: If the tables are written in another form, so that their
            lines cannot be told.
    """
    header = re.compile(rf"\s*\[\[\s*{name}\s*\]\]\s*(?:#.*)?")
    found = tuple(
        number for number, line in enumerate(lines, start=1) if header.fullmatch(line)
    )
    if not isinstance(entries, list) or len(entries) != len(found):
        fault = Sentence(
            f"mỗi mục phải mở đầu bằng một dòng [[{name}]]",
            f"every entry must begin with a line [[{name}]]",
        )
        raise RuleFileError(path, found[0] if found else 1, fault)
    return found


def _require_one_answer(
    path: Path, values: Sequence[Parameter], lines: Sequence[int]
) -> None:
    """Refuse two values that answer one question of a key, scope and day."""
    for later, value in enumerate(values):
        for other, line in zip(values[:later], lines, strict=False):
            if other.key == value.key and _answer_together(other, value):
                raise RuleFileError(path, lines[later], _doubled(value, other, line))


def _answer_together(one: Parameter, other: Parameter) -> bool:
    if not one.scope.rivals(other.scope):
        return False
    one_ends = one.effective_until or date.max
    other_ends = other.effective_until or date.max
    return one.effective_from < other_ends and other.effective_from < one_ends


def _doubled(value: Parameter, other: Parameter, line: int) -> Sentence:
    if value.scope == other.scope:
        return Sentence(
            f"'{value.key}' trùng thời gian với giá trị ở dòng {line}",
            f"'{value.key}' overlaps in time with the value at line {line}",
        )
    return Sentence(
        f"'{value.key}' cụ thể ngang với giá trị ở dòng {line} nên không biết theo "
        "giá trị nào",
        f"'{value.key}' is as precise as the value at line {line}, so neither wins",
    )
