"""Templates of the chain of conferences: steps, who attends, what mark passes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from kecan.regulations.facts import PostKind, UnitKind
from kecan.regulations.pack import RULES
from kecan.vocabulary import Base, Bound, Citation, Confidence, Sentence, Threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kecan.regulations.facts import Post, Unit


class Question(StrEnum):
    """What agreeing means on the ballot of a step."""

    NOMINATE = "nominate"
    REMOVE = "remove"


class Subjects(StrEnum):
    """Who stands on the list of a step."""

    ALL = "all"
    NEWCOMERS = "newcomers"
    CARRIED_OVER = "carried_over"


class UnknownChainError(LookupError):
    """No chain template has that key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeCategory:
    """A category of people summoned by the offices they hold.

    Empty ``unit_kinds`` means a unit of any kind.
    """

    key: str
    title: Sentence
    post_kinds: tuple[PostKind, ...]
    unit_kinds: tuple[UnitKind, ...] = ()

    def fits(self, post: Post, unit: Unit) -> bool:
        """Tell whether holding ``post`` in ``unit`` puts a person in the category."""
        return post.kind in self.post_kinds and (
            not self.unit_kinds or unit.kind in self.unit_kinds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTemplate:
    """One conference of a chain and the rules of its ballot.

    ``threshold`` is None exactly when there is no ballot: everybody moves on.
    """

    key: str
    title: Sentence
    body: str
    categories: tuple[AttendeeCategory, ...]
    has_ballot: bool
    question: Question
    subjects: Subjects
    threshold: Threshold | None
    quorum: Threshold
    announces_result: bool
    over_cap: str
    tie_rule: str
    shortfall_rule: str
    write_in_lines: int

    def __post_init__(self) -> None:
        if self.has_ballot != (self.threshold is not None):
            msg = f"step {self.key}: a ballot needs a mark, a discussion has none"
            raise ValueError(msg)
        if not self.categories:
            msg = f"step {self.key}: nobody would be summoned to '{self.body}'"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTemplate:
    """An ordered chain of conferences."""

    key: str
    title: Sentence
    steps: tuple[StepTemplate, ...]


def seat(
    held: Iterable[tuple[Post, Unit]], categories: Sequence[AttendeeCategory]
) -> AttendeeCategory | None:
    """Return the first category that any office held fits; None: not summoned."""
    offices = tuple(held)
    for category in categories:
        if any(category.fits(post, unit) for post, unit in offices):
            return category
    return None


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
        msg = f"không có mẫu quy trình '{key}'; hiện có: {', '.join(_chains())}"
        raise UnknownChainError(msg)
    return found


@cache
def _chains() -> Mapping[str, ChainTemplate]:
    return read_chains(tomllib.loads((RULES / "chains.toml").read_text("utf-8")))


def read_chains(table: Mapping[str, Any]) -> Mapping[str, ChainTemplate]:
    """Build the templates from the tables of a chains file.

    Raises:
        ValueError: If a step has a ballot without a mark or summons nobody.
        KeyError: If a mark, source or field is missing.
    """
    marks = {key: _mark(mark, table["sources"]) for key, mark in table["marks"].items()}
    categories = [(entry["body"], _category(entry)) for entry in table["category"]]
    return {
        chain["key"]: ChainTemplate(
            key=chain["key"],
            title=Sentence(**chain["title"]),
            steps=tuple(
                _step({**table["defaults"], **step}, marks, categories)
                for step in chain["steps"]
            ),
        )
        for chain in table["chain"]
    }


def _mark(mark: Mapping[str, Any], sources: Mapping[str, Any]) -> Threshold:
    source = sources[mark["source"]]
    return Threshold(
        share=Fraction(mark["share"]),
        bound=Bound(mark["bound"]),
        base=Base(mark["base"]),
        source=Citation(
            document=source["document"], dated=source["dated"], url=source["url"]
        ),
        confidence=Confidence(mark["confidence"]),
    )


def _category(entry: Mapping[str, Any]) -> AttendeeCategory:
    return AttendeeCategory(
        key=entry["key"],
        title=Sentence(**entry["title"]),
        post_kinds=tuple(PostKind(kind) for kind in entry["post_kinds"]),
        unit_kinds=tuple(UnitKind(kind) for kind in entry["unit_kinds"]),
    )


def _step(
    step: Mapping[str, Any],
    marks: Mapping[str, Threshold],
    categories: Sequence[tuple[str, AttendeeCategory]],
) -> StepTemplate:
    return StepTemplate(
        key=step["key"],
        title=Sentence(**step["title"]),
        body=step["body"],
        categories=tuple(one for body, one in categories if body == step["body"]),
        has_ballot=step["has_ballot"],
        question=Question(step["question"]),
        subjects=Subjects(step["subjects"]),
        threshold=marks[step["mark"]] if "mark" in step else None,
        quorum=marks["quorum"],
        announces_result=step["announces_result"],
        over_cap=step["over_cap"],
        tie_rule=step["tie_rule"],
        shortfall_rule=step["shortfall_rule"],
        write_in_lines=step["write_in_lines"],
    )
