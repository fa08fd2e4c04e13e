"""The templates of chains of conferences, read from data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kecan.regulations.ballot_validity import read_validity
from kecan.regulations.chain_steps import (
    AttendeeCategory,
    ChainTemplate,
    Question,
    StepTemplate,
    Subjects,
    Tier,
    seat,
)
from kecan.regulations.facts import PostKind, UnitKind
from kecan.regulations.pack import RULES
from kecan.regulations.rule_fields import (
    RuleFaultError,
    read_choice,
    read_choices,
    read_count,
    read_flag,
    read_ratio,
    read_sentence,
    read_text,
    require_fields,
    wrong,
)
from kecan.regulations.rule_files import (
    header_lines,
    line_of,
    placed,
    read_sources,
    toml_table,
    utf8_text,
)
from kecan.regulations.rule_values import read_citation
from kecan.vocabulary import Base, Bound, Confidence, Sentence, Threshold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kecan.regulations.ballot_validity import BallotValidity
    from kecan.regulations.rule_values import Source

__all__ = [
    "AttendeeCategory",
    "ChainTemplate",
    "Question",
    "StepTemplate",
    "Subjects",
    "Tier",
    "UnknownChainError",
    "chain_keys",
    "load_chain",
    "read_chain_file",
    "seat",
    "shipped_validity",
]

_TABLES = ("sources", "marks", "validity", "category", "defaults", "chain")
_MARK = ("share", "bound", "base", "source", "confidence")
_CATEGORY = ("body", "key", "title", "post_kinds", "unit_kinds")
_CHAIN = ("key", "title", "source", "confidence", "steps")
_STEP = (
    "key",
    "title",
    "body",
    "has_ballot",
    "question",
    "subjects",
    "quorum",
    "announces_result",
    "over_cap",
    "tie_rule",
    "shortfall_rule",
    "write_in_lines",
    "write_ins_on_single_posts",
)


class UnknownChainError(LookupError):
    """No chain template has that key."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


def chain_keys() -> tuple[str, ...]:
    """Return the keys of the shipped templates, in the order of the file."""
    return tuple(_chains())


def load_chain(key: str) -> ChainTemplate:
    """Return a shipped template.

    Raises:
        UnknownChainError: If there is none of that key.
    """
    found = _chains().get(key)
    if found is None:
        known = ", ".join(_chains())
        raise UnknownChainError(
            Sentence(
                f"không có mẫu quy trình '{key}'; hiện có: {known}",
                f"there is no chain '{key}'; known: {known}",
            )
        )
    return found


def shipped_validity() -> BallotValidity:
    """Return which marks make a ballot invalid where no conference says otherwise."""
    return next(iter(_chains().values())).steps[0].validity


@cache
def _chains() -> Mapping[str, ChainTemplate]:
    return read_chain_file(RULES / "chains.toml")


def read_chain_file(path: Path) -> Mapping[str, ChainTemplate]:
    """Read the templates of a chains file, in the order they are written.

    Raises:
        RuleFileError: If it is not TOML, a field is missing, unknown or wrong, a
            mark, source or body is unknown, a ballot has no mark, a step summons
            nobody, or two chains have one key.
        OSError: If the file cannot be read.
    """
    text = utf8_text(path)
    table = toml_table(path, text)
    lines = text.split("\n")
    with placed(path, 1):
        require_fields(table, mandatory=_TABLES)
        require_fields(table["defaults"], mandatory=(), optional=(*_STEP, "mark"))
        require_fields(table["marks"], mandatory=(), optional=table["marks"])
    sources = read_sources(path, table["sources"], lines)
    parts = _Parts(
        sources=sources,
        marks=_marks(path, table["marks"], lines, sources),
        validity=read_validity(path, table["validity"], lines, sources),
        categories=_categories(path, table["category"], lines),
        defaults=table["defaults"],
    )
    chains: dict[str, ChainTemplate] = {}
    starts = header_lines(path, lines, "chain", table["chain"])
    for entry, line in zip(table["chain"], starts, strict=True):
        with placed(path, line):
            chain = _chain(entry, parts)
            if chain.key in chains:
                raise RuleFaultError(
                    Sentence(
                        f"có hai quy trình cùng khoá '{chain.key}'",
                        f"two chains have the key '{chain.key}'",
                    )
                )
            chains[chain.key] = chain
    return chains


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What the chains of a file are put together from."""

    sources: Mapping[str, Source]
    marks: Mapping[str, Threshold]
    validity: BallotValidity
    categories: Sequence[tuple[str, AttendeeCategory]]
    defaults: Mapping[str, Any]


def _marks(
    path: Path,
    table: Mapping[str, Any],
    lines: Sequence[str],
    sources: Mapping[str, Source],
) -> dict[str, Threshold]:
    marks = {}
    for name, written in table.items():
        with placed(path, line_of(lines, rf"\[marks\.{re.escape(name)}\]")):
            marks[name] = _mark(written, sources)
    return marks


def _mark(mark: Mapping[str, Any], sources: Mapping[str, Source]) -> Threshold:
    require_fields(mark, mandatory=_MARK, optional=("place",))
    share = read_ratio(mark["share"])
    if share is None or share > 1:
        expected = Sentence('phân số không quá 1, như "30/100"', 'a share: "30/100"')
        raise wrong(mark["share"], "share", expected.vi, expected.en)
    return Threshold(
        share=share,
        bound=read_choice(mark, "bound", Bound),
        base=read_choice(mark, "base", Base),
        source=read_citation(mark, sources),
        confidence=read_choice(mark, "confidence", Confidence),
    )


def _categories(
    path: Path, entries: Sequence[Mapping[str, Any]], lines: Sequence[str]
) -> list[tuple[str, AttendeeCategory]]:
    categories = []
    starts = header_lines(path, lines, "category", entries)
    for entry, line in zip(entries, starts, strict=True):
        with placed(path, line):
            require_fields(entry, mandatory=_CATEGORY, optional=("tier",))
            category = AttendeeCategory(
                key=read_text(entry, "key"),
                title=read_sentence(entry, "title"),
                post_kinds=read_choices(entry, "post_kinds", PostKind),
                unit_kinds=read_choices(entry, "unit_kinds", UnitKind),
                tier=read_choice(entry, "tier", Tier) if "tier" in entry else Tier.ANY,
            )
            categories.append((read_text(entry, "body"), category))
    return categories


def _chain(entry: Mapping[str, Any], parts: _Parts) -> ChainTemplate:
    require_fields(entry, mandatory=_CHAIN)
    steps = entry["steps"]
    if not isinstance(steps, list) or not steps:
        raise wrong(steps, "steps", "danh sách các bước", "a list of steps")
    return ChainTemplate(
        key=read_text(entry, "key"),
        title=read_sentence(entry, "title"),
        steps=tuple(_step(step, parts) for step in steps),
        source=read_citation(entry, parts.sources),
        confidence=read_choice(entry, "confidence", Confidence),
    )


def _step(written: Mapping[str, Any], parts: _Parts) -> StepTemplate:
    require_fields(written, mandatory=(), optional=(*_STEP, "mark"))
    step = {**parts.defaults, **written}
    require_fields(step, mandatory=_STEP, optional=("mark",))
    body = read_text(step, "body")
    return StepTemplate(
        key=read_text(step, "key"),
        title=read_sentence(step, "title"),
        body=body,
        categories=tuple(one for place, one in parts.categories if place == body),
        has_ballot=read_flag(step, "has_ballot"),
        question=read_choice(step, "question", Question),
        subjects=read_choice(step, "subjects", Subjects),
        threshold=_named_mark(step, "mark", parts) if "mark" in step else None,
        quorum=_named_mark(step, "quorum", parts),
        announces_result=read_flag(step, "announces_result"),
        over_cap=read_text(step, "over_cap"),
        tie_rule=read_text(step, "tie_rule"),
        shortfall_rule=read_text(step, "shortfall_rule"),
        write_in_lines=read_count(step, "write_in_lines"),
        write_ins_on_single_posts=read_flag(step, "write_ins_on_single_posts"),
        validity=parts.validity,
    )


def _named_mark(step: Mapping[str, Any], field: str, parts: _Parts) -> Threshold:
    name = read_text(step, field)
    if name not in parts.marks:
        among = ", ".join(parts.marks)
        raise wrong(name, field, f"một trong: {among}", f"one of: {among}")
    return parts.marks[name]
