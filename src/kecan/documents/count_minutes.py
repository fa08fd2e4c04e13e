"""Biên bản kiểm phiếu: the counting committee's minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

    from kecan.documents.model import Document
    from kecan.documents.paper import Nominee, PaperFrame, Signatory
    from kecan.tally import InvalidReason, LineResult
    from kecan.vocabulary import Threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """A member of the counting committee; ``role`` "Tổ trưởng", "Thành viên"."""

    name: str
    office: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """The votes of one nominee over the valid ballots."""

    nominee: Nominee
    agree: int
    disagree: int
    neither: int
    result: LineResult


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteIn:
    """A name written by hand and how many valid ballots carry it."""

    name: str
    votes: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedContest:
    """The count of one contest; ``base`` is the number the share is taken of."""

    title: str
    term: str
    threshold: Threshold
    base: int
    lines: tuple[CountedLine, ...]
    write_ins: tuple[WriteIn, ...] = ()
    cap: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMinutesContent:
    """The counting minutes of one conference.

    Raises:
        ValueError: If the numbers contradict each other.
    """

    frame: PaperFrame
    conference: str
    held_on: date
    started_at: time
    ended_at: time
    hall: str
    team: tuple[Teller, ...]
    summoned: int
    present: int
    issued: int
    returned: int
    valid: int
    invalid: int
    invalid_reasons: tuple[tuple[InvalidReason, int], ...]
    contests: tuple[CountedContest, ...]
    ledger_head: str
    keying: str
    head_of_team: Signatory
    chair: Signatory


def count_minutes(content: CountMinutesContent) -> Document:
    """Return the counting minutes."""
    raise NotImplementedError
