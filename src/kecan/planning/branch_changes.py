"""What a branch changes of its round, as frozen values.

A branch is kept as the list of its changes and made anew from the round each time it
is looked at: nothing of the round is copied, and nothing of it can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.problem import PEOPLE_WANTED, SoftRule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kecan.planning.branches import Supposed
    from kecan.vocabulary import Month, PersonId, PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRules:
    """Another shipped rule pack, with a shipped overlay or none (blank)."""

    pack: str
    overlay: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOverlay:
    """A draft of rules, laid over those of the branch: a file's name and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """The day everything is judged on."""

    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMonth:
    """The reference month ages are counted at."""

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAdded:
    """One more post, in everything but title and seats like one of the register."""

    post_id: PostId
    title: str
    like: PostId
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostDropped:
    """A post nobody is planned for."""

    post_id: PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSeats:
    """Another number of seats of a post."""

    post_id: PostId
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded:
    """One more person, with the record of somebody of the register."""

    person_id: PersonId
    full_name: str
    like: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSupposed:
    """Somebody's record as supposed: birth, sex, training, rating."""

    person_id: PersonId
    supposed: Supposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaves:
    """Somebody leaves the committee's personnel on the day of the branch."""

    person_id: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed:
    """Somebody takes up a post on the day of the branch."""

    person_id: PersonId
    post_id: PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A placement fixed for the slate: kept on it, or never on it."""

    person_id: PersonId
    post_id: PostId
    is_kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherOrder:
    """Another order of the soft rules, all of them."""

    order: tuple[SoftRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWanted:
    """Another number of people wanted behind each post, as a wish or as a must."""

    wanted: int
    is_hard: bool


Change = (
    OtherRules
    | DraftOverlay
    | OtherDay
    | OtherMonth
    | PostAdded
    | PostDropped
    | OtherSeats
    | PersonAdded
    | RecordSupposed
    | Leaves
    | Appointed
    | Decided
    | OtherOrder
    | OtherWanted
)


def subject_of(change: Change) -> tuple[str, ...]:
    """Return what a change is about: a branch holds one change of each kind about it."""
    ids = (getattr(change, "person_id", ""), getattr(change, "post_id", ""))
    if isinstance(change, Appointed):
        return ids[:1]
    return tuple(one for one in ids if one)


def with_change(changes: Sequence[Change], change: Change) -> tuple[Change, ...]:
    """Return the changes with one more, in place of an older one about the same thing.

    What leaves the round as it is, such as the usual order, is not kept.
    """
    kept = [
        one
        for one in changes
        if (type(one), subject_of(one)) != (type(change), subject_of(change))
    ]
    return tuple(kept) if changes_nothing(change) else (*kept, change)


def changes_nothing(change: Change) -> bool:
    """Tell whether a change leaves every round as it is."""
    return change in (
        OtherOrder(order=tuple(SoftRule)),
        OtherWanted(wanted=PEOPLE_WANTED, is_hard=False),
    )
