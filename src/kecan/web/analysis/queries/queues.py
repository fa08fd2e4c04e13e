"""The review queue of a round: events that make entries stale, each with rule and due date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kecan.planning.review_queue import STALE, review_queue
from kecan.vocabulary import Month, PersonId, PostId
from kecan.web.analysis.queries.registers import pair_of, people_rows, register_now
from kecan.web.plans.queries import pack_of
from kecan.web.training.queries import gaps, idle_entries, idle_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.planning.review_queue import EntryKey
    from kecan.web.organisation.models import Person
    from kecan.web.plans.models import PlanningRound

IDLE = "Đào tạo, bồi dưỡng lâu chưa có tiến triển"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One entry of the plan to look at again."""

    due: date
    person: Person
    post: str
    term: str
    reason: str
    sentence: str
    source: str


def queue_rows(planning_round: PlanningRound, *, day: date) -> list[QueueRow]:
    """Return every entry to look at on ``day``, the most urgent first."""
    rows = [*_events(planning_round, day=day), *_idle(planning_round, day=day)]
    return sorted(rows, key=lambda one: (one.due, one.person.sort_key, one.post))


def reasons_of(rows: list[QueueRow]) -> list[tuple[str, int]]:
    """Return how often each reason stands in the queue, the most frequent first."""
    return Counter(one.reason for one in rows).most_common()


def _events(planning_round: PlanningRound, *, day: date) -> Iterator[QueueRow]:
    register, pack = register_now(planning_round), pack_of(planning_round)
    people = people_rows(planning_round)
    posts = {one.post_id: one.title for one in register.posts}
    reviewed = _reviewed(planning_round)
    for is_next in (False, True):
        terms = pair_of(planning_round, is_next=is_next)
        if min(terms.party.last_year, terms.government.last_year) < day.year:
            continue
        found = review_queue(
            register, pack=pack, as_of=day, terms=terms, reviewed=reviewed
        )
        for one in found:
            yield QueueRow(
                due=one.due,
                person=people[one.entry.person_id],
                post=posts[one.entry.post_id],
                term=f"{one.entry.first_year} - {one.entry.last_year}",
                reason=STALE[one.reason].vi,
                sentence=one.sentence.vi,
                source=str(one.rule.source),
            )


def _reviewed(planning_round: PlanningRound) -> dict[EntryKey, date]:
    """Return the entries the round's review looked at and kept, with its day."""
    kept = planning_round.review_items.filter(decision="keep")
    return {
        (PersonId(person), PostId(post), year): planning_round.as_of
        for person, post, year in kept.values_list(
            "person__key", "post__key", "term__first_year"
        )
    }


def _idle(planning_round: PlanningRound, *, day: date) -> Iterator[QueueRow]:
    found = gaps(planning_round, day=day)
    rule = idle_rule(planning_round, day=day)
    people = people_rows(planning_round)
    for one in idle_entries(planning_round, found=found, day=day):
        person = people[PersonId(one.gap.person.key)]
        yield QueueRow(
            due=_idle_since(one.since, rule.whole),
            person=person,
            post="; ".join(
                dict.fromkeys(entry.post.title for entry in one.gap.entries)
            ),
            term=", ".join(dict.fromkeys(str(entry.term) for entry in one.gap.entries)),
            reason=IDLE,
            sentence=f"{one.gap.course}: {one.months} tháng chưa có tiến triển, từ ngày "
            f"{one.since:%d/%m/%Y}.",
            source=str(rule.source),
        )


def _idle_since(since: date, months: int) -> date:
    """Return the first day of the month in which the time without progress was up."""
    month = Month.of(since).plus(months)
    return date(month.year, month.month, 1)
