"""Reads FORM.toml; what is missing, unknown or of the wrong type does not load."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from kecan.lettering.file_faults import file_fault, toml_fault
from kecan.paper_ballot.form import (
    BallotContest,
    BallotForm,
    FormError,
    Nominee,
    NomineeOrder,
)
from kecan.paper_ballot.wording import Question
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from kecan.tally import BallotRules

MOST_BYTES = 1_000_000
_Choice = TypeVar("_Choice", bound=StrEnum)
_BALLOT_TEXTS = ("superior", "issuer", "stamp", "occasion", "type_name", "subject")
_BALLOT_MANDATORY = frozenset({"issuer", "stamp", "occasion"})
_BALLOT_KEYS = frozenset({*_BALLOT_TEXTS, "question", "order", "sheet_ids"})
_CONTEST_MANDATORY = frozenset({"title", "term", "nominee"})
_CONTEST_KEYS = frozenset({*_CONTEST_MANDATORY, "max_choices", "write_in_lines"})
_NOMINEE_MANDATORY = frozenset({"name"})
_NOMINEE_KEYS = frozenset({"name", "birth_year", "post", "unit"})
_KINDS = {
    str: Sentence("chữ trong ngoặc kép", "text in quotes"),
    int: Sentence("số nguyên", "a whole number"),
    dict: Sentence("một bảng", "a table"),
    list: Sentence("danh sách các bảng", "a list of tables"),
}


class FormFileError(ValueError):
    """A form file no ballot may be printed from: the file, the key and the fault."""

    def __init__(self, path: Path, place: str, fault: Sentence) -> None:
        where = f"{path}, {place}" if place else f"{path}"
        self.sentence = Sentence(f"{where}: {fault.vi}", f"{where}: {fault.en}")
        super().__init__(self.sentence.vi)


def read_form(path: Path) -> BallotForm:
    """Read a form file.

    Raises:
        FormFileError: If it cannot be read, is not TOML, or is not a form.
    """
    try:
        return _form(_toml(path))
    except FormError as error:
        raise FormFileError(path, error.place, error.fault) from error


def read_ballot_rules(path: Path, *, otherwise: BallotRules) -> BallotRules:
    """Read what the table ``validity`` of a form file says makes a ballot invalid.

    Args:
        path: The form file.
        otherwise: The rules of the rule pack, for whatever the file does not say.

    Raises:
        FormFileError: If a key is unknown or not true or false.
    """
    try:
        said = _typed("validity", _toml(path).get("validity", {}), dict)
        known = frozenset(asdict(otherwise))
        _require_keys("validity", said, mandatory=frozenset(), known=known)
        for key, value in said.items():
            _require_flag(f"validity, {key}", value)
        return replace(otherwise, **said)
    except FormError as error:
        raise FormFileError(path, error.place, error.fault) from error


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FormError(
                "", Sentence("tệp lớn hơn 1 MB.", "the file is larger than 1 MB.")
            )
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        fault = Sentence(
            f"không đọc được tệp: {file_fault(error).vi}.",
            f"cannot be read: {file_fault(error).en}.",
        )
        raise FormError("", fault) from error
    except UnicodeDecodeError as error:
        fault = Sentence(
            f"không phải UTF-8 (byte {error.start}).",
            f"is not UTF-8 (byte {error.start}).",
        )
        raise FormError("", fault) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = toml_fault(error)
        fault = Sentence(f"không phải TOML: {where.vi}.", f"is not TOML: {where.en}.")
        raise FormError("", fault) from error


def _form(table: dict[str, Any]) -> BallotForm:
    both = frozenset({"ballot", "contest"})
    _require_keys("", table, mandatory=both, known=both | {"validity"})
    ballot = _typed("ballot", table["ballot"], dict)
    _require_keys("ballot", ballot, mandatory=_BALLOT_MANDATORY, known=_BALLOT_KEYS)
    texts = {
        key: _typed(f"ballot, {key}", ballot.get(key, ""), str) for key in _BALLOT_TEXTS
    }
    contests = _typed("contest", table["contest"], list)
    has_sheet_ids = ballot.get("sheet_ids", False)
    _require_flag("ballot, sheet_ids", has_sheet_ids)
    return BallotForm(
        **texts,
        question=_choice("ballot, question", ballot, default=Question.NOMINATE),
        order=_choice("ballot, order", ballot, default=NomineeOrder.LIST),
        has_sheet_ids=has_sheet_ids,
        both_boxes_spoil=_both_boxes_spoil(table),
        contests=tuple(
            _contest(f"contest {number}", entry)
            for number, entry in enumerate(contests, start=1)
        ),
    )


def _both_boxes_spoil(table: dict[str, Any]) -> bool:
    """Return the one rule that is printed; left out, it is as the rule pack has it."""
    key = "both_boxes_is_invalid"
    said = _typed("validity", table.get("validity", {}), dict).get(key, False)
    _require_flag(f"validity, {key}", said)
    return bool(said)


def _contest(place: str, entry: object) -> BallotContest:
    table = _typed(place, entry, dict)
    _require_keys(place, table, mandatory=_CONTEST_MANDATORY, known=_CONTEST_KEYS)
    most = table.get("max_choices")
    nominees = _typed(f"{place}, nominee", table["nominee"], list)
    return BallotContest(
        title=_typed(f"{place}, title", table["title"], str),
        term=_typed(f"{place}, term", table["term"], str),
        max_choices=None
        if most is None
        else _typed(f"{place}, max_choices", most, int),
        write_in_lines=_typed(
            f"{place}, write_in_lines", table.get("write_in_lines", 0), int
        ),
        nominees=tuple(
            _nominee(f"{place}, nominee {number}", one)
            for number, one in enumerate(nominees, start=1)
        ),
    )


def _nominee(place: str, entry: object) -> Nominee:
    table = _typed(place, entry, dict)
    _require_keys(place, table, mandatory=_NOMINEE_MANDATORY, known=_NOMINEE_KEYS)
    born = table.get("birth_year")
    return Nominee(
        name=_typed(f"{place}, name", table["name"], str),
        birth_year=None if born is None else _typed(f"{place}, birth_year", born, int),
        post=_typed(f"{place}, post", table.get("post", ""), str),
        unit=_typed(f"{place}, unit", table.get("unit", ""), str),
    )


_Value = TypeVar("_Value", str, int, dict[str, Any], list[Any])


def _typed(place: str, value: object, kind: type[_Value]) -> _Value:
    if isinstance(value, kind) and not isinstance(value, bool):
        return value
    wanted = _KINDS[kind]
    raise FormError(place, Sentence(f"phải là {wanted.vi}.", f"must be {wanted.en}."))


def _require_flag(place: str, value: object) -> None:
    if not isinstance(value, bool):
        raise FormError(
            place, Sentence("phải là true hoặc false.", "must be true or false.")
        )


def _choice(place: str, table: dict[str, Any], *, default: _Choice) -> _Choice:
    written = table.get(place.rpartition(", ")[2], default.value)
    choices = [one.value for one in type(default)]
    if written in choices:
        return type(default)(written)
    listed = ", ".join(choices)
    raise FormError(
        place, Sentence(f"phải là một trong: {listed}.", f"must be one of: {listed}.")
    )


def _require_keys(
    place: str,
    table: dict[str, Any],
    *,
    mandatory: frozenset[str],
    known: frozenset[str],
) -> None:
    for key in sorted(mandatory - table.keys()):
        raise FormError(
            place, Sentence(f"thiếu khoá “{key}”.", f"lacks the key '{key}'.")
        )
    for key in sorted(table.keys() - known):
        raise FormError(
            place,
            Sentence(f"có khoá lạ “{key}”.", f"has the unknown key '{key}'."),
        )
