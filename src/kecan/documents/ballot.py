"""Phiếu giới thiệu: the secret ballot. Nothing on it names or numbers a voter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.documents.paper import Nominee

if TYPE_CHECKING:
    from datetime import date

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame


class Question(StrEnum):
    """What agreeing means."""

    NOMINATE = "nominate"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One list of the ballot: a body or post in one term.

    Raises:
        ValueError: If the maximum is below 1 or write-in lines are negative.
    """

    title: str
    term: str
    nominees: tuple[Nominee, ...]
    most_choices: int
    write_in_lines: int = 0

    def __post_init__(self) -> None:
        if self.most_choices < 1 or self.write_in_lines < 0:
            msg = f"{self.title}: số lượng lựa chọn hoặc số dòng giới thiệu thêm không hợp lệ"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotContent:
    """One ballot form; all sheets of a conference are printed from the same bytes."""

    frame: PaperFrame
    conference: str
    held_on: date
    question: Question
    contests: tuple[Contest, ...]


def ballot(content: BallotContent) -> Document:
    """Return the ballot."""
    raise NotImplementedError
