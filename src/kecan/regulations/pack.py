"""Rule packs: the values of one regulation, found by key, scope and day."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kecan.regulations.parameters import Parameter, Scope
from kecan.regulations.rule_files import (
    RuleFile,
    RuleFileError,
    load_keys,
    load_rule_file,
    read_rule_file,
)
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kecan.regulations.legal_bases import LegalBasis
    from kecan.regulations.parameters import KeyDefinition
    from kecan.vocabulary import Level, Line, Sex

__all__ = [
    "OperatorValueMissingError",
    "RuleFileError",
    "RulePack",
    "UnknownPackError",
    "UnknownParameterError",
    "load_pack",
    "pack_in_force",
    "read_overlay",
    "shipped_keys",
    "shipped_overlay",
    "shipped_pack_keys",
]

RULES = Path(__file__).parent / "rules"
_PLANNING, _OVERLAY = "planning", "overlay"


class UnknownPackError(LookupError):
    """No rule pack has that key, or none was in force on that day."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


class UnknownParameterError(LookupError):
    """The pack says nothing about a key for that scope and day."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


class OperatorValueMissingError(LookupError):
    """The value has to be entered by the operator and has not been."""

    def __init__(self, parameter: Parameter) -> None:
        self.sentence = Sentence(
            f"Chưa có quy định về {_lower_first(parameter.description.vi)}; "
            f"đơn vị cần nhập '{parameter.key}' vào tệp quy định riêng.",
            f"No rule gives {_lower_first(parameter.description.en)}; "
            f"'{parameter.key}' has to be entered in an overlay.",
        )
        super().__init__(self.sentence.vi)
        self.parameter = parameter


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RulePack:
    """The values of a regulation, with overlays of a province or commune on top.

    ``layers`` go from the pack itself to the last overlay; the last one that
    answers wins, and inside a layer the most precise scope. ``bases`` are what
    papers cite, the pack's own before those of its overlays.
    """

    key: str
    title: Sentence
    kind: str
    in_force_from: date
    in_force_until: date | None
    layers: tuple[tuple[Parameter, ...], ...]
    bases: tuple[LegalBasis, ...]
    _found: dict[tuple[str, Scope, date], Parameter] = field(
        default_factory=dict, repr=False
    )

    def is_in_force(self, day: date) -> bool:
        """Tell whether the regulation itself is in force on ``day``."""
        ended = self.in_force_until is not None and self.in_force_until <= day
        return self.in_force_from <= day and not ended

    def parameter(  # a scope has four places
        self,
        key: str,
        *,
        on: date,
        level: Level | None = None,
        line: Line | None = None,
        term: str | None = None,
        sex: Sex | None = None,
    ) -> Parameter:
        """Return the value of ``key`` for a scope, as in force on a day.

        A day outside the pack's own time is answered with the value nearest to
        it, so that a plan can be judged under rules of another date on purpose.

        Raises:
            UnknownParameterError: If no value covers the scope.
            OperatorValueMissingError: If the operator has yet to enter it.
        """
        asked = Scope(level=level, line=line, term=term, sex=sex)
        place = (key, asked, on)
        found = self._found.get(place)
        if found is None:
            found = self._find(key, asked=asked, on=on)
            self._found[place] = found
        if found.is_required_from_operator:
            raise OperatorValueMissingError(found)
        return found

    def all_parameters(self) -> tuple[Parameter, ...]:
        """Return every value of every layer, the pack's own first."""
        return tuple(parameter for layer in self.layers for parameter in layer)

    def _find(self, key: str, *, asked: Scope, on: date) -> Parameter:
        for layer in reversed(self.layers):
            fitting = [
                value
                for value in layer
                if value.key == key and value.scope.covers(asked)
            ]
            held = [value for value in fitting if value.holds_on(self._clamped(on))]
            if held:
                return max(held, key=lambda value: value.scope.precision)
        place = f"'{key}' ({asked})" if asked.precision else f"'{key}'"
        raise UnknownParameterError(
            Sentence(
                f"{self.key} không có giá trị {place} ngày {on:%d/%m/%Y}",
                f"{self.key} has no value {place} on {on:%d/%m/%Y}",
            )
        )

    def _clamped(self, day: date) -> date:
        first = min(value.effective_from for value in self.layers[0])
        return max(day, self.in_force_from, first)


@cache
def shipped_keys() -> Mapping[str, KeyDefinition]:
    """Return the registry of keys that rule files may use."""
    return load_keys(RULES / "keys.toml")


def _load(path: Path) -> RuleFile:
    return load_rule_file(path, keys=shipped_keys())


@cache
def _shipped() -> dict[str, RuleFile]:
    files = [_load(path) for path in sorted(RULES.glob("pack-*.toml"))]
    return {file.head.key: file for file in files}


def shipped_pack_keys(*, kind: str = _PLANNING) -> tuple[str, ...]:
    """Return the keys of the packs that come with Kecan, oldest first."""
    packs = (load_pack(key) for key in _shipped())
    of_kind = [pack for pack in packs if pack.kind == kind]
    return tuple(pack.key for pack in sorted(of_kind, key=lambda p: p.in_force_from))


def shipped_overlay_names() -> tuple[str, ...]:
    """Return the names of the overlays that come with Kecan, in order."""
    return tuple(sorted(path.stem for path in (RULES / "overlays").glob("*.toml")))


def shipped_overlay_titles() -> dict[str, Sentence]:
    """Return the overlays that come with Kecan by name, each with its title."""
    return dict(_overlay_titles())


@cache
def _overlay_titles() -> Mapping[str, Sentence]:
    paths = sorted((RULES / "overlays").glob("*.toml"))
    return {path.stem: _overlay(path).head.title for path in paths}


def shipped_overlay(name: str) -> Path:
    """Return the path of an overlay that comes with Kecan, such as ``nghi-son-2024``.

    Raises:
        UnknownPackError: If there is none of that name.
    """
    path = RULES / "overlays" / f"{name}.toml"
    if not path.is_file():
        raise UnknownPackError(
            Sentence(
                f"không có tệp quy định riêng '{name}'",
                f"there is no overlay '{name}'",
            )
        )
    return path


def load_pack(key: str, *, overlays: Sequence[Path] = ()) -> RulePack:
    """Load a shipped rule pack with overlays on top, the last one winning.

    Raises:
        UnknownPackError: If no shipped pack has that key.
        RuleFileError: If an overlay must not be used.
        OSError: If an overlay cannot be read.
    """
    if not overlays:
        return _plain_pack(key)
    if all(path.parent == RULES / "overlays" for path in overlays):
        return _shipped_layers(key, tuple(overlays))
    return _layered(_plain_pack(key), [_overlay(path) for path in overlays])


@cache
def _shipped_layers(key: str, overlays: tuple[Path, ...]) -> RulePack:
    """Files that come with Kecan never change: they are read and laid once."""
    return _layered(_plain_pack(key), [_overlay(path) for path in overlays])


def _layered(plain: RulePack, files: Sequence[RuleFile]) -> RulePack:
    return replace(
        plain,
        layers=(*plain.layers, *(file.values for file in files)),
        bases=(*plain.bases, *(basis for file in files for basis in file.bases)),
        _found={},
    )


def _overlay(path: Path) -> RuleFile:
    return _as_overlay(_load(path))


def read_overlay(written: bytes, *, name: str) -> RuleFile:
    """Read an overlay that is no file of this machine, such as a draft sent to a page.

    Args:
        written: The bytes of a rule file.
        name: What it is called, for findings.

    Raises:
        RuleFileError: If it must not be used.
    """
    file = read_rule_file(written, path=Path(name), keys=shipped_keys())
    return _as_overlay(file)


def with_draft(pack: RulePack, draft: RuleFile) -> RulePack:
    """Return the pack with a draft overlay on top, as if the draft were in force.

    The first value of each key and scope answers for every earlier day too: a draft
    begins after the day it is tried on, and would else change nothing.
    """
    first: dict[tuple[str, Scope], date] = {}
    for one in draft.values:
        place = (one.key, one.scope)
        first[place] = min(one.effective_from, first.get(place, one.effective_from))
    values = tuple(
        replace(one, effective_from=min(one.effective_from, pack.in_force_from))
        if one.effective_from == first[one.key, one.scope]
        else one
        for one in draft.values
    )
    return replace(
        pack,
        layers=(*pack.layers, values),
        bases=(*pack.bases, *draft.bases),
        _found={},
    )


def _as_overlay(file: RuleFile) -> RuleFile:
    if file.head.kind != _OVERLAY:
        fault = Sentence(
            f"tệp loại '{file.head.kind}' không dùng làm tệp quy định riêng được; "
            f'cần kind = "{_OVERLAY}"',
            f"a file of kind '{file.head.kind}' is no overlay; "
            f'expected kind = "{_OVERLAY}"',
        )
        raise RuleFileError(file.path, file.head.line, fault)
    return file


@cache
def _plain_pack(key: str) -> RulePack:
    file = _shipped().get(key)
    if file is None:
        known = ", ".join(sorted(_shipped()))
        raise UnknownPackError(
            Sentence(
                f"không có bộ quy định '{key}'; hiện có: {known}",
                f"there is no rule pack '{key}'; known: {known}",
            )
        )
    return RulePack(
        key=key,
        title=file.head.title,
        kind=file.head.kind,
        in_force_from=file.head.in_force_from,
        in_force_until=file.head.in_force_until,
        layers=(file.values,),
        bases=file.bases,
    )


def pack_in_force(on: date, *, kind: str = _PLANNING) -> RulePack:
    """Return the pack of a kind that was in force on a day.

    Raises:
        UnknownPackError: If none was.
    """
    for key in shipped_pack_keys(kind=kind):
        pack = load_pack(key)
        if pack.is_in_force(on):
            return pack
    raise UnknownPackError(
        Sentence(
            f"không có bộ quy định nào có hiệu lực ngày {on:%d/%m/%Y}",
            f"no rule pack was in force on {on:%d/%m/%Y}",
        )
    )
