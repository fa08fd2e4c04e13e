"""Báo cáo kết quả: the whole chain of conferences and the final lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kecan.documents.model import Document
    from kecan.documents.paper import Nominee, PaperFrame, Share, Signatory
    from kecan.vocabulary import TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSummary:
    """One conference of the chain; the ballot figures are None without a ballot.

    ``mark`` is the threshold in words ("trên 50% số người được triệu tập").
    """

    title: str
    held_on: date
    summoned: int
    present: int
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    mark: str = ""
    nominated: int | None = None
    passed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """Agreeing votes and the base they are a share of."""

    agree: int
    base: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPerson:
    """Somebody on the final list; ``votes`` has one entry a step, None = no ballot."""

    nominee: Nominee
    votes: tuple[Votes | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalPost:
    """The final list of one post or body in one term."""

    post: str
    term: str
    people: tuple[FinalPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReportContent:
    """The report; ``steps`` are in the order held, votes columns follow them."""

    frame: PaperFrame
    signatory: Signatory
    addressees: tuple[str, ...]
    current: TermPair
    following: TermPair
    legal_bases: tuple[str, ...]
    steps: tuple[StepSummary, ...]
    final: tuple[FinalPost, ...]
    shares: tuple[Share, ...]
    removed: int
    remarks: tuple[str, ...]
    requests: tuple[str, ...]


def result_report(content: ResultReportContent) -> Document:
    """Return the result report."""
    raise NotImplementedError
