"""One ``[[value]]`` of a rule file, checked field by field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecan.lettering.number_words import PER_CENT
from kecan.regulations.parameters import Parameter, Scope, Value, ValueType
from kecan.regulations.rule_fields import (
    RuleFaultError,
    read_choice,
    read_day,
    read_flag,
    read_ratio,
    read_sentence,
    read_text,
    require_fields,
    wrong,
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
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from kecan.regulations.parameters import KeyDefinition

_MANDATORY = (
    "key",
    "effective_from",
    "unit",
    "description",
    "source",
    "confidence",
)
_OPTIONAL = (
    "level",
    "line",
    "term",
    "sex",
    "effective_until",
    "value",
    "required",
    "place",
    "note",
)
_SOURCE_MANDATORY = ("document", "dated")
_TERM = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that values of a rule file come from, and who reports it."""

    document: str
    dated: date
    url: str
    via: str


def read_source(table: Mapping[str, Any]) -> Source:
    """Return a ``[sources.*]`` table.

    Raises:
        RuleFaultError: If the document's number or date is missing or wrong.
    """
    require_fields(table, mandatory=_SOURCE_MANDATORY, optional=("url", "via"))
    return Source(
        document=read_text(table, "document"),
        dated=read_day(table, "dated"),
        url=read_text(table, "url") if "url" in table else "",
        via=read_text(table, "via") if "via" in table else "",
    )


def read_value(
    entry: Mapping[str, Any],
    *,
    sources: Mapping[str, Source],
    keys: Mapping[str, KeyDefinition],
    kind: str,
) -> Parameter:
    """Return a ``[[value]]`` table as a parameter.

    Args:
        entry: The table as TOML gives it.
        sources: The documents of the file.
        keys: The registry of keys.
        kind: The kind of the file; some keys belong to one kind of pack only.

    Raises:
        RuleFaultError: Naming the first thing that is wrong.
    """
    require_fields(entry, mandatory=_MANDATORY, optional=_OPTIONAL)
    definition = _definition(entry, keys=keys, kind=kind)
    is_required = _is_required(entry, definition)
    begins = read_day(entry, "effective_from")
    confidence = read_choice(entry, "confidence", Confidence)
    return Parameter(
        key=definition.key,
        scope=_scope(entry),
        effective_from=begins,
        effective_until=_until(entry, begins),
        value=None if is_required else _value(entry["value"], definition),
        unit=definition.unit,
        description=read_sentence(entry, "description"),
        source=read_citation(entry, sources),
        confidence=confidence,
        note=_note(entry, confidence),
        is_required_from_operator=is_required,
    )


def _definition(
    entry: Mapping[str, Any], *, keys: Mapping[str, KeyDefinition], kind: str
) -> KeyDefinition:
    key = read_text(entry, "key")
    definition = keys.get(key)
    if definition is None:
        raise RuleFaultError(Sentence(f"khoá lạ '{key}'", f"unknown key '{key}'"))
    if definition.only_in is not None and definition.only_in != kind:
        raise RuleFaultError(
            Sentence(
                f"'{key}' chỉ đặt trong tệp loại '{definition.only_in}'",
                f"'{key}' may stand only in a file of kind '{definition.only_in}'",
            )
        )
    unit = entry["unit"]
    if unit != definition.unit:
        raise RuleFaultError(
            Sentence(
                f"'{key}' có đơn vị '{unit}', cần '{definition.unit}'",
                f"'{key}' is in '{unit}', expected '{definition.unit}'",
            )
        )
    return definition


def _is_required(entry: Mapping[str, Any], definition: KeyDefinition) -> bool:
    required = "required" in entry and read_flag(entry, "required")
    if required == ("value" in entry):
        raise RuleFaultError(
            Sentence(
                f"'{definition.key}' cần đúng một trong hai: value hoặc required = true",
                f"'{definition.key}' needs exactly one of value and required = true",
            )
        )
    return required


def _until(entry: Mapping[str, Any], begins: date) -> date | None:
    if "effective_until" not in entry:
        return None
    until = read_day(entry, "effective_until")
    if until <= begins:
        raise RuleFaultError(
            Sentence(
                f"'{entry['key']}' hết hiệu lực trước khi có hiệu lực",
                f"'{entry['key']}' ends before it begins",
            )
        )
    return until


def _note(entry: Mapping[str, Any], confidence: Confidence) -> Sentence | None:
    if "note" in entry:
        return read_sentence(entry, "note")
    if confidence is Confidence.ASSUMED:
        raise RuleFaultError(
            Sentence(
                f"'{entry['key']}' là giá trị tạm tính nên phải có note cho người đọc",
                f"'{entry['key']}' is assumed, so it needs a note for the reader",
            )
        )
    return None


def read_citation(entry: Mapping[str, Any], sources: Mapping[str, Source]) -> Citation:
    """Return where an entry says it comes from.

    Raises:
        RuleFaultError: If its source is not one of the file.
    """
    name = read_text(entry, "source")
    source = sources.get(name)
    if source is None:
        raise RuleFaultError(
            Sentence(
                f"nguồn '{name}' không có trong [sources]",
                f"source '{name}' is not in [sources]",
            )
        )
    return Citation(
        document=source.document,
        dated=source.dated,
        place=read_text(entry, "place") if "place" in entry else "",
        url=source.url,
        via=source.via,
    )


def _scope(entry: Mapping[str, Any]) -> Scope:
    return Scope(
        level=read_choice(entry, "level", Level) if "level" in entry else None,
        line=read_choice(entry, "line", Line) if "line" in entry else None,
        term=_term(entry) if "term" in entry else None,
        sex=read_choice(entry, "sex", Sex) if "sex" in entry else None,
    )


def _term(entry: Mapping[str, Any]) -> str:
    label = read_text(entry, "term")
    years = _TERM.fullmatch(label)
    if years is None or years[1] >= years[2]:
        raise wrong(label, "term", "nhiệm kỳ dạng 2025-2030", "a term: 2025-2030")
    return label


def _value(written: object, definition: KeyDefinition) -> Value:
    if isinstance(written, bool) != (definition.type is ValueType.BOOLEAN):
        raise _wrong_value(written, definition)
    match definition.type:
        case ValueType.BOOLEAN:
            return bool(written)
        case ValueType.INTEGER if isinstance(written, int) and written >= 0:
            return written
        case ValueType.RATIO if (ratio := read_ratio(written)) is not None:
            return _within(ratio, definition)
        case ValueType.MONTH if isinstance(written, str):
            return _month(written, definition)
        case ValueType.TEXT if isinstance(written, str):
            return _known(written, definition)
        case ValueType.TEXTS if isinstance(written, list):
            return tuple(_known(one, definition) for one in written)
        case _:
            raise _wrong_value(written, definition)


def _within(share: Fraction, definition: KeyDefinition) -> Fraction:
    if definition.most is not None and share > definition.most:
        raise RuleFaultError(
            Sentence(
                f"'{definition.key}' là {share}, không được quá {definition.most}; "
                f'tỷ lệ 25{PER_CENT} viết là "25/100"',
                f"'{definition.key}' is {share}, at most {definition.most} can be; "
                'write 25% as "25/100"',
            )
        )
    return share


def _month(written: str, definition: KeyDefinition) -> Month:
    try:
        return Month.parse(written)
    except ValueError as error:
        raise _wrong_value(written, definition) from error


def _known(written: object, definition: KeyDefinition) -> str:
    if not isinstance(written, str):
        raise _wrong_value(written, definition)
    if definition.choices and written not in definition.choices:
        among = ", ".join(definition.choices)
        raise wrong(written, definition.key, f"một trong: {among}", f"one of: {among}")
    return written


def _wrong_value(written: object, definition: KeyDefinition) -> RuleFaultError:
    kind = definition.type.value
    return wrong(written, definition.key, f"kiểu {kind}", f"type {kind}")
