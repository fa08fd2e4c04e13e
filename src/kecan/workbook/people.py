"""Whom a code stands for: internal code, party card or citizen number, never a name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kecan.vocabulary import PersonId, Sentence
from kecan.workbook.findings import CellFinding, Identity, Severity

if TYPE_CHECKING:
    from kecan.workbook.rows import Record, SheetRows

_NUMBERS = ("person_id", "party_card", "citizen_id")
_LONGEST_LOSS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Every person of the workbook under each number they are known by."""

    by_number: dict[str, PersonId] = field(default_factory=dict)

    def key_of(self, record: Record) -> PersonId:
        """Return the key of a row of the people sheet, empty if it has no number."""
        numbers = (record.text(code) for code in _NUMBERS)
        return PersonId(next((number for number in numbers if number), ""))

    def find(self, record: Record) -> PersonId | None:
        """Return the person a row of another sheet names, None if nobody."""
        written = record.text("person_id")
        known = self.by_number.get(written)
        if known is not None or not written.isdecimal():
            return known
        padded = {
            self.by_number.get("0" * zeros + written)
            for zeros in range(1, _LONGEST_LOSS + 1)
        } - {None}
        return padded.pop() if len(padded) == 1 else None

    def is_exact(self, record: Record) -> bool:
        """Tell whether the row writes the number as the people sheet does."""
        return record.text("person_id") in self.by_number


def build_roster(people: SheetRows) -> tuple[Roster, list[CellFinding]]:
    """Index the people sheet by every number; report missing and repeated ones."""
    roster = Roster()
    rows: dict[str, int] = {}
    findings: list[CellFinding] = []
    for record in people.records:
        key = roster.key_of(record)
        if not key and not _has_unread_number(people, record):
            findings.append(people.finding(record, "person_id", _NO_NUMBER))
        for code in _NUMBERS:
            number = record.text(code)
            if number and number in rows and rows[number] != record.number:
                findings.append(people.finding(record, code, _repeated(rows[number])))
            elif number:
                rows[number] = record.number
                roster.by_number[number] = key
    return roster, findings


def identities(people: SheetRows, roster: Roster) -> tuple[Identity, ...]:
    """Return the numbers of everyone who has a party card or citizen number."""
    return tuple(
        Identity(
            person_id=roster.key_of(record),
            party_card=record.text("party_card"),
            citizen_id=record.text("citizen_id"),
        )
        for record in people.records
        if record.text("party_card") or record.text("citizen_id")
    )


def check_namesakes(people: SheetRows) -> list[CellFinding]:
    """Warn of people with the same name and birth date; they may be one person."""
    seen: dict[tuple[str, str], int] = {}
    findings: list[CellFinding] = []
    for record in people.records:
        born = record.when("born")
        if born is None:
            continue
        who = (record.text("full_name").casefold(), str(born))
        if who in seen:
            findings.append(
                people.finding(record, "full_name", _namesake(seen[who]), _WARN)
            )
        seen.setdefault(who, record.number)
    return findings


_WARN = Severity.WARNING
_NO_NUMBER = Sentence(
    "mã cán bộ, số thẻ đảng viên hoặc số CCCD; tên không dùng làm khoá",
    "a code, a party card or a citizen number; a name is not a key",
)


def _has_unread_number(people: SheetRows, record: Record) -> bool:
    return any((record.number, code) in people.unread for code in _NUMBERS)


def _repeated(row: int) -> Sentence:
    return Sentence(
        f"số chưa dùng; đã có ở dòng {row}", f"a number not used yet; row {row} has it"
    )


def _namesake(row: int) -> Sentence:
    return Sentence(
        f"kiểm tra: trùng họ tên và ngày sinh với dòng {row}; có phải một người?",
        f"please check: same name and birth date as row {row}; the same person?",
    )
