"""Dates that cannot be: births to come, ends before beginnings; posts past the cap."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kecan.vocabulary import Level, Line, Sentence
from kecan.workbook.findings import CellFinding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kecan.regulations.parameters import Parameter
    from kecan.workbook.people import Roster
    from kecan.workbook.rows import Record, SheetRows

_ORDERS = (
    ("units", "exists_from", "exists_until"),
    ("people", "born", "party_joined"),
    ("people", "party_joined", "party_official"),
    ("career", "since", "until"),
    ("merits", "decided", "expires"),
    ("plan", "decided", "removed"),
)
"""Sheet, the date that comes first, the date that must not lie before it."""


def check_dates(
    sheets: Mapping[str, SheetRows], *, as_of: date | None
) -> Iterator[CellFinding]:
    """Report dates out of order and, when the day is known, births after it.

    Dates known to the month or year count as out of order only if they must be.
    """
    for key, first, second in _ORDERS:
        sheet = sheets[key]
        for record in sheet.records:
            if _is_before(record, second, first):
                yield sheet.finding(record, second, _not_before(sheet, first))
    yield from _check_career_after_birth(sheets["people"], sheets["career"])
    if as_of is not None:
        yield from _check_births(sheets["people"], as_of)


def check_post_limit(
    sheets: Mapping[str, SheetRows], roster: Roster, *, most_posts: Parameter
) -> Iterator[CellFinding]:
    """Warn of a person planned for more posts of one level than the rules allow.

    The party term and the government term that go together count as one plan.
    """
    posts = {record.text("post_id"): record for record in sheets["posts"].records}
    planned: dict[tuple[str, Level, int], set[str]] = defaultdict(set)
    for record in sheets["plan"].records:
        post, years = posts.get(record.text("post_id")), record.years("term")
        level = post.choice("level", Level) if post is not None else None
        if post is None or level is None or years is None or record.when("removed"):
            continue
        later = post.choice("line", Line) is Line.GOVERNMENT
        who = roster.find(record) or record.text("person_id")
        held = planned[who, level, years[0] - later]
        held.add(record.text("post_id"))
        if len(held) > most_posts.whole:
            expected = _within(most_posts, len(held))
            yield sheets["plan"].finding(record, "post_id", expected, Severity.WARNING)


def _is_before(record: Record, code: str, other: str) -> bool:
    span, other_span = _span(record, code), _span(record, other)
    return span is not None and other_span is not None and span[1] < other_span[0]


def _span(record: Record, code: str) -> tuple[date, date] | None:
    when, day = record.when(code), record.day(code)
    if when is not None:
        return when.earliest, when.latest
    return None if day is None else (day, day)


def _not_before(sheet: SheetRows, code: str) -> Sentence:
    heading = sheet.layout.by_code[code].heading
    return Sentence(
        f"ngày không trước “{heading}” của cùng dòng",
        f"a date not before “{heading}” of the same row",
    )


def _check_career_after_birth(
    people: SheetRows, career: SheetRows
) -> Iterator[CellFinding]:
    born = {
        record.text(code): span[0]
        for record in people.records
        for code in ("person_id", "party_card", "citizen_id")
        if record.text(code) and (span := _span(record, "born")) is not None
    }
    for record in career.records:
        birth, span = born.get(record.text("person_id")), _span(record, "since")
        if birth is not None and span is not None and span[1] < birth:
            expected = Sentence(
                f"ngày sau ngày sinh {birth:%d/%m/%Y} của người này",
                f"a date after this person's birth, {birth:%d/%m/%Y}",
            )
            yield career.finding(record, "since", expected)


def _check_births(people: SheetRows, as_of: date) -> Iterator[CellFinding]:
    for record in people.records:
        span = _span(record, "born")
        if span is not None and span[0] > as_of:
            expected = Sentence(
                f"ngày sinh không sau ngày {as_of:%d/%m/%Y}",
                f"a birth date not after {as_of:%d/%m/%Y}",
            )
            yield people.finding(record, "born", expected)


def _within(most_posts: Parameter, held: int) -> Sentence:
    return Sentence(
        f"không quá {most_posts.whole} chức danh cùng cấp cho một người "
        f"({most_posts.source}); đây là chức danh thứ {held}",
        f"at most {most_posts.whole} posts of one level a person "
        f"({most_posts.source}); this is number {held}",
    )
