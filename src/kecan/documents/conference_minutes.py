"""Biên bản hội nghị: who came, what was said and how the vote was taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Attendance of one category."""

    title: str
    summoned: int
    present: int

    def __post_init__(self) -> None:
        if not 0 <= self.present <= self.summoned:
            msg = f"{self.title}: có mặt {self.present} trên triệu tập {self.summoned}"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Absentee:
    """Somebody summoned who did not come."""

    name: str
    office: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who spoke and the points made, one paragraph each."""

    name: str
    office: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedContest:
    """A contest with those who reached the mark: (name, votes, base)."""

    title: str
    term: str
    passed: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceMinutesContent:
    """The minutes; ``results`` None prints "không công bố tại hội nghị"."""

    frame: PaperFrame
    conference: str
    held_on: date
    opened_at: time
    closed_at: time
    hall: str
    chair: Signatory
    secretary: Signatory
    attended: tuple[Attended, ...]
    absentees: tuple[Absentee, ...]
    agenda: tuple[str, ...]
    presenter: Speaker
    submission_title: str
    discussion: tuple[Speaker, ...]
    directions: tuple[Speaker, ...]
    team: tuple[str, ...]
    issued: int | None
    returned: int | None
    valid: int | None
    invalid: int | None
    results: tuple[VotedContest, ...] | None


def conference_minutes(content: ConferenceMinutesContent) -> Document:
    """Return the conference minutes."""
    raise NotImplementedError
