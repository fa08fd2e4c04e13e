"""A chain of conferences as data: its steps, who attends, what mark passes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.regulations.rule_fields import RuleFaultError, wrong
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kecan.regulations.ballot_validity import BallotValidity
    from kecan.regulations.facts import Post, PostKind, Unit, UnitKind
    from kecan.vocabulary import Citation, Confidence, Level, Threshold

_KEPT_RULES = {
    "over_cap": ("rank",),
    "tie_rule": ("chair_decides",),
    "shortfall_rule": ("fail",),
}


class Question(StrEnum):
    """What agreeing means on the ballot of a step."""

    NOMINATE = "nominate"
    REMOVE = "remove"


class Subjects(StrEnum):
    """Who stands on the list of a step."""

    ALL = "all"
    NEWCOMERS = "newcomers"
    CARRIED_OVER = "carried_over"


class Tier(StrEnum):
    """Whose offices a category takes.

    ``OWN`` are those in units of the level that holds the conference: the members
    of a district's committee, never those of the communes below it. ``ANY`` takes
    the units below as well.
    """

    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeCategory:
    """A category of people summoned by the offices they hold.

    Empty ``unit_kinds`` means a unit of any kind.
    """

    key: str
    title: Sentence
    post_kinds: tuple[PostKind, ...]
    unit_kinds: tuple[UnitKind, ...] = ()
    tier: Tier = Tier.ANY

    def fits(self, post: Post, unit: Unit, *, held_at: Level | None = None) -> bool:
        """Tell whether holding ``post`` in ``unit`` puts a person in the category.

        Args:
            post: The post held.
            unit: The unit of the post.
            held_at: The level that holds the conference; None: units of every
                level count as its own.
        """
        is_own = held_at is None or unit.level is held_at
        return (
            post.kind in self.post_kinds
            and (not self.unit_kinds or unit.kind in self.unit_kinds)
            and (is_own or self.tier is Tier.ANY)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTemplate:
    """One conference of a chain and the rules of its ballot.

    ``threshold`` is None exactly when there is no ballot: everybody moves on.
    ``write_ins_on_single_posts`` False keeps the write-in lines to bodies of several
    seats.
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
    write_ins_on_single_posts: bool
    validity: BallotValidity

    def __post_init__(self) -> None:
        if self.has_ballot != (self.threshold is not None):
            raise RuleFaultError(
                Sentence(
                    f"bước '{self.key}': bỏ phiếu phải có ngưỡng (mark), "
                    "thảo luận thì không",
                    f"step '{self.key}': a ballot needs a mark, a discussion has none",
                )
            )
        if not self.categories:
            raise RuleFaultError(
                Sentence(
                    f"bước '{self.key}': không triệu tập ai cho '{self.body}'",
                    f"step '{self.key}': nobody would be summoned to '{self.body}'",
                )
            )
        for rule, kept in _KEPT_RULES.items():
            written = getattr(self, rule)
            if written not in kept:
                among = ", ".join(kept)
                raise wrong(written, rule, f"một trong: {among}", f"one of: {among}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTemplate:
    """An ordered chain of conferences; ``source`` is who was seen to hold it so."""

    key: str
    title: Sentence
    steps: tuple[StepTemplate, ...]
    source: Citation
    confidence: Confidence


def seat(
    held: Iterable[tuple[Post, Unit]],
    categories: Sequence[AttendeeCategory],
    *,
    held_at: Level | None = None,
) -> AttendeeCategory | None:
    """Return the first category that any office held fits; None: not summoned.

    Args:
        held: The offices a person holds.
        categories: The categories, in the order people are seated.
        held_at: The level that holds the conference, see :class:`Tier`.
    """
    offices = tuple(held)
    for category in categories:
        if any(category.fits(post, unit, held_at=held_at) for post, unit in offices):
            return category
    return None
