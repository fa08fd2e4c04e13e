"""Reads rule files; whatever is unsourced, overlapping or unknown does not load."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from kecan.regulations.parameters import (
    KeyDefinition,
    Parameter,
    Scope,
    Value,
    ValueType,
)
from kecan.vocabulary import (
    Citation,
    Confidence,
    Level,
    Line,
    Month,
    Sentence,
    Sex,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_VALUE_FIELDS = frozenset(
    [
        "key",
        "level",
        "line",
        "term",
        "sex",
        "effective_from",
        "effective_until",
        "value",
        "unit",
        "description",
        "source",
        "place",
        "confidence",
        "note",
        "required",
    ]
)
_MANDATORY = (
    "key",
    "effective_from",
    "unit",
    "description",
    "source",
    "confidence",
)


class RuleFileError(ValueError):
    """A rule file that must not be used, with the file and line of the first fault."""

    def __init__(self, path: Path, line: int, fault: str) -> None:
        super().__init__(f"{path.name}, dòng {line}: {fault}")
        self.path = path
        self.line = line
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """The head of a rule file and its values, in the order they are written."""

    path: Path
    head: Mapping[str, Any]
    values: tuple[Parameter, ...]


def load_keys(path: Path) -> dict[str, KeyDefinition]:
    """Read the registry of keys that rule files may use."""
    table = tomllib.loads(path.read_text("utf-8"))["keys"]
    return {
        key: KeyDefinition(
            key=key,
            type=ValueType(entry["type"]),
            unit=entry["unit"],
            meaning=Sentence(**entry["meaning"]),
        )
        for key, entry in table.items()
    }


def load_rule_file(path: Path, *, keys: Mapping[str, KeyDefinition]) -> RuleFile:
    """Read one rule file.

    Args:
        path: A TOML file with ``[pack]``, ``[sources.*]`` and ``[[value]]``.
        keys: The registry from :func:`load_keys`.

    Raises:
        RuleFileError: If it is not TOML, a field is missing or unknown, a source
            is unknown, a type or unit is wrong, or two values of one key and
            scope overlap in time.
    """
    text = path.read_text("utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise RuleFileError(path, line, f"không phải TOML hợp lệ ({error})") from error
    if "pack" not in table:
        raise RuleFileError(path, 1, "thiếu bảng [pack]")
    lines = [
        number
        for number, written in enumerate(text.splitlines(), start=1)
        if written.strip() == "[[value]]"
    ]
    reader = _Reader(path=path, sources=table.get("sources", {}), keys=keys)
    entries = table.get("value", [])
    values = tuple(
        reader.parameter(entry, line=line)
        for entry, line in zip(entries, lines, strict=True)
    )
    _require_no_overlap(path, values, lines)
    return RuleFile(path=path, head=table["pack"], values=values)


def _require_no_overlap(
    path: Path, values: Sequence[Parameter], lines: Sequence[int]
) -> None:
    for later, value in enumerate(values):
        for earlier in range(later):
            other = values[earlier]
            same = (value.key, value.scope) == (other.key, other.scope)
            if same and _overlap(value, other):
                fault = (
                    f"'{value.key}' trùng thời gian với giá trị ở dòng {lines[earlier]}"
                )
                raise RuleFileError(path, lines[later], fault)


def _overlap(one: Parameter, other: Parameter) -> bool:
    one_ends = one.effective_until or date.max
    other_ends = other.effective_until or date.max
    return one.effective_from < other_ends and other.effective_from < one_ends


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    path: Path
    sources: Mapping[str, Mapping[str, Any]]
    keys: Mapping[str, KeyDefinition]

    def parameter(self, entry: Mapping[str, Any], *, line: int) -> Parameter:
        try:
            return self._parameter(entry)
        except (ValueError, TypeError, KeyError) as error:
            raise RuleFileError(self.path, line, str(error)) from error

    def _parameter(self, entry: Mapping[str, Any]) -> Parameter:
        definition = self._definition(entry)
        is_required = entry.get("required", False)
        if is_required == ("value" in entry):
            msg = (
                f"'{definition.key}' cần đúng một trong hai: value hoặc required = true"
            )
            raise ValueError(msg)
        note = entry.get("note")
        until = entry.get("effective_until")
        if until is not None and until <= entry["effective_from"]:
            msg = f"'{definition.key}' hết hiệu lực trước khi có hiệu lực"
            raise ValueError(msg)
        return Parameter(
            key=definition.key,
            scope=_scope(entry),
            effective_from=entry["effective_from"],
            effective_until=until,
            value=None if is_required else _value(entry["value"], definition),
            unit=definition.unit,
            description=Sentence(**entry["description"]),
            source=self._citation(entry),
            confidence=Confidence(entry["confidence"]),
            note=None if note is None else Sentence(**note),
            is_required_from_operator=is_required,
        )

    def _definition(self, entry: Mapping[str, Any]) -> KeyDefinition:
        unknown = sorted(set(entry) - _VALUE_FIELDS)
        if unknown:
            msg = f"trường lạ: {', '.join(unknown)}"
            raise ValueError(msg)
        missing = [field for field in _MANDATORY if field not in entry]
        if missing:
            msg = f"thiếu trường: {', '.join(missing)}"
            raise ValueError(msg)
        definition = self.keys.get(entry["key"])
        if definition is None:
            msg = f"khoá lạ '{entry['key']}'"
            raise ValueError(msg)
        if entry["unit"] != definition.unit:
            msg = f"'{definition.key}' có đơn vị '{entry['unit']}', cần '{definition.unit}'"
            raise ValueError(msg)
        return definition

    def _citation(self, entry: Mapping[str, Any]) -> Citation:
        source = self.sources.get(entry["source"])
        if source is None:
            msg = f"nguồn '{entry['source']}' không có trong [sources]"
            raise ValueError(msg)
        return Citation(
            document=source["document"],
            dated=source["dated"],
            place=entry.get("place", ""),
            url=source.get("url", ""),
        )


def _scope(entry: Mapping[str, Any]) -> Scope:
    return Scope(
        level=Level(entry["level"]) if "level" in entry else None,
        line=Line(entry["line"]) if "line" in entry else None,
        term=entry.get("term"),
        sex=Sex(entry["sex"]) if "sex" in entry else None,
    )


def _value(written: object, definition: KeyDefinition) -> Value:
    is_boolean = isinstance(written, bool)
    match definition.type:
        case ValueType.BOOLEAN if is_boolean:
            return bool(written)
        case ValueType.INTEGER if isinstance(written, int) and not is_boolean:
            return written
        case ValueType.RATIO if isinstance(written, int | str) and not is_boolean:
            return Fraction(written)
        case ValueType.MONTH if isinstance(written, str):
            return Month.parse(written)
        case ValueType.TEXT if isinstance(written, str):
            return written
        case ValueType.TEXTS if isinstance(written, list):
            return tuple(str(one) for one in written)
        case _:
            msg = f"'{definition.key}' là {written!r}, cần kiểu {definition.type.value}"
            raise TypeError(msg)
