"""What a check reports: a place in the workbook, what is there, what was expected."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.regulations.facts import Register
    from kecan.vocabulary import PersonId, Sentence


class WorkbookUnreadableError(Exception):
    """The file cannot be read as a workbook at all; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.vi)
        self.sentence = sentence


class Severity(StrEnum):
    """Whether a finding keeps the workbook from being accepted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFinding:
    """One thing to look at, in one cell.

    ``row`` counts from 1 as the spreadsheet does; ``column`` is a letter.
    ``what_is`` is the content as read, empty for an empty cell.
    """

    sheet: str
    row: int
    column: str
    heading: str
    what_is: str
    expected: Sentence
    severity: Severity = Severity.ERROR

    @property
    def cell(self) -> str:
        """The place as a spreadsheet names it: ``D7``."""
        return f"{self.column}{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """The numbers a person is also known by; empty text where there is none."""

    person_id: PersonId
    party_card: str = ""
    citizen_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadResult:
    """What a workbook holds. ``register`` is None while there is an error.

    ``row_counts`` counts the rows of each sheet that hold something, without the
    two heading rows and the example row.
    """

    register: Register | None
    findings: tuple[CellFinding, ...]
    row_counts: Mapping[str, int]
    identities: tuple[Identity, ...] = field(default=())

    @property
    def errors(self) -> tuple[CellFinding, ...]:
        """The findings that keep the workbook from being accepted."""
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[CellFinding, ...]:
        """The findings an operator should read but may accept."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)
