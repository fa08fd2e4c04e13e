"""The review queue: what happened or is about to happen that makes a plan entry stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.planning.projection import project
from kecan.planning.tables import Table, column
from kecan.regulations.criteria_record import departure_in_force
from kecan.regulations.eligibility import judge
from kecan.regulations.verdict import Criterion, Outcome
from kecan.vocabulary import Month, PersonId, PostId, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Verdict
    from kecan.vocabulary import PartialDate, TermPair


EntryKey = tuple[PersonId, PostId, int]
"""Whose entry for which post, by the first year of its term."""


class Stale(StrEnum):
    """Why an entry of the plan has to be looked at."""

    APPOINTED = "appointed"
    LEFT = "left"
    MOVED = "moved"
    DISCIPLINED = "disciplined"
    RATED_LOW = "rated_low"
    OVER_AGE_SOON = "over_age_soon"
    UNIT_MERGED = "unit_merged"
    PROOF_MISSING = "proof_missing"


STALE: Mapping[Stale, Sentence] = {
    Stale.APPOINTED: Sentence(
        "Đã giữ chức danh hoặc chức vụ tương đương, cao hơn", "Appointed"
    ),
    Stale.LEFT: Sentence("Thôi thuộc diện cán bộ của cấp uỷ", "Left"),
    Stale.MOVED: Sentence("Đã nhận chức vụ mới", "Took up another office"),
    Stale.DISCIPLINED: Sentence("Có việc kỷ luật", "Disciplined"),
    Stale.RATED_LOW: Sentence("Xếp loại dưới mức yêu cầu", "Rated low"),
    Stale.OVER_AGE_SOON: Sentence("Hết hoặc sắp hết tuổi quy hoạch", "Over age soon"),
    Stale.UNIT_MERGED: Sentence("Đơn vị đã sáp nhập, giải thể", "Unit merged"),
    Stale.PROOF_MISSING: Sentence(
        "Thiếu giấy tờ quá thời hạn", "Proof missing for too long"
    ),
}
"""How the reasons read."""

_BY_CRITERION = {
    Criterion.HIGHER_POST: Stale.APPOINTED,
    Criterion.ALREADY_HOLDS: Stale.APPOINTED,
    Criterion.IN_POST: Stale.LEFT,
    Criterion.DISCIPLINE: Stale.DISCIPLINED,
    Criterion.RATINGS: Stale.RATED_LOW,
    Criterion.AGE: Stale.OVER_AGE_SOON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One entry to look at: why, by which rule, and until when."""

    entry: PlanEntry
    reason: Stale
    rule: Parameter
    due: date
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One standing entry with what is needed to look at it."""

    entry: PlanEntry
    person: PersonFacts
    post: Post
    verdict: Verdict
    later: Verdict | None
    as_of: date
    pack: RulePack
    reviewed: date | None

    def rule(self, key: str) -> Parameter:
        return self.pack.parameter(key, on=self.as_of, level=self.post.level)

    def due(self, happened: date | None = None) -> date:
        days = self.rule("review.due_days").whole
        return (happened or self.as_of) + timedelta(days=days)


def review_queue(
    register: Register,
    *,
    pack: RulePack,
    as_of: date,
    terms: TermPair,
    reviewed: Mapping[EntryKey, date] | None = None,
) -> tuple[QueueItem, ...]:
    """Return every standing entry that something makes stale, the most urgent first.

    An event counts from its own day; what is only found missing counts from
    ``as_of``. An entry without a decision date is a draft and is not queued.

    Args:
        register: The plan and the records.
        pack: The rules.
        as_of: The day the queue is looked at.
        terms: The terms of the entries.
        reviewed: On which day people looked at an entry and kept it; a move before
            that day has been seen.

    Raises:
        TermEndedError: If a term was over before ``as_of``.
    """
    items = [
        item
        for case in _cases(
            register, pack=pack, as_of=as_of, terms=terms, reviewed=reviewed or {}
        )
        for item in (
            *_by_verdict(case),
            *_moved(case),
            *_merged(case, register),
            *_missing(case),
        )
    ]
    return tuple(
        sorted(
            items,
            key=lambda one: (
                one.due,
                one.entry.person_id,
                one.entry.post_id,
                one.reason,
            ),
        )
    )


def queue_table(items: tuple[QueueItem, ...], *, register: Register) -> Table:
    """Return the queue as a table."""
    people = {one.person_id: one.full_name for one in register.people}
    posts = {one.post_id: one.title for one in register.posts}
    return Table(
        key="review_queue",
        title=Sentence("Việc cần xem xét", "Entries to review"),
        columns=(
            column("due", "Hạn", "Due"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("person", "Họ và tên", "Name"),
            column("post", "Chức danh", "Post"),
            column("reason", "Lý do", "Reason"),
            column("sentence", "Nội dung", "What", is_long=True),
            column("rule", "Căn cứ", "Rule"),
        ),
        rows=tuple(
            (
                f"{one.due:%d/%m/%Y}",
                one.entry.person_id,
                people[one.entry.person_id],
                posts[one.entry.post_id],
                STALE[one.reason],
                one.sentence,
                str(one.rule.source),
            )
            for one in items
        ),
    )


def _cases(
    register: Register,
    *,
    pack: RulePack,
    as_of: date,
    terms: TermPair,
    reviewed: Mapping[EntryKey, date],
) -> Iterator[_Case]:
    posts = {one.post_id: one for one in register.posts}
    people = {one.person_id: one for one in register.people}
    for entry in register.plan:
        post = posts[entry.post_id]
        term = terms.on(post.line)
        if not (entry.decided and entry.stands_on(as_of) and entry.is_of(term)):
            continue
        person = people[entry.person_id].known_on(as_of)
        ahead = pack.parameter("review.look_ahead_months", on=as_of).whole
        month = Month.of(as_of).plus(ahead)
        later_day = date(month.year, month.month, 1)

        def judged(on: date, who: PersonFacts, post: Post = post) -> Verdict:
            return judge(
                who,
                post=post,
                term=terms.on(post.line),
                pack=pack,
                as_of=on,
                posts=posts,
            )

        yield _Case(
            entry=entry,
            person=person,
            post=post,
            verdict=judged(as_of, person),
            later=judged(later_day, project(person, today=as_of, on=later_day))
            if later_day.year <= term.last_year
            else None,
            as_of=as_of,
            pack=pack,
            reviewed=reviewed.get((entry.person_id, entry.post_id, entry.first_year)),
        )


def _by_verdict(case: _Case) -> Iterator[QueueItem]:
    seen: set[Stale] = set()
    for finding in case.verdict.findings:
        reason = _BY_CRITERION.get(finding.criterion)
        fails = finding.decides and finding.outcome is Outcome.FAIL
        if reason is not None and fails and reason not in seen:
            seen.add(reason)
            yield QueueItem(
                entry=case.entry,
                reason=reason,
                rule=finding.rule,
                due=case.due(_happened(case, reason)),
                sentence=finding.sentence,
            )
    if case.later is None or Stale.OVER_AGE_SOON in seen:
        return
    age = case.later.finding(Criterion.AGE)
    if age.outcome is Outcome.FAIL:
        yield QueueItem(
            entry=case.entry,
            reason=Stale.OVER_AGE_SOON,
            rule=age.rule,
            due=case.later.as_of,
            sentence=age.sentence,
        )


def _happened(case: _Case, reason: Stale) -> date | None:
    """Return the day of the event, where the record has one."""
    if reason is Stale.LEFT:
        left = departure_in_force(case.person, as_of=case.as_of)
        return None if left is None else left.left.earliest
    if reason is Stale.DISCIPLINED:
        return max(one.decided.earliest for one in case.person.disciplines)
    if reason is Stale.APPOINTED:
        offices = case.person.offices_on(case.as_of)
        return max((one.since.earliest for one in offices), default=None)
    return None


def _moved(case: _Case) -> Iterator[QueueItem]:
    decided: PartialDate | None = case.entry.decided
    rule = case.rule("review.yearly")
    for office in case.person.offices_on(case.as_of):
        seen = max(
            (one for one in (decided and decided.latest, case.reviewed) if one),
            default=None,
        )
        is_new = seen is not None and office.since.earliest > seen
        if is_new and office.post_id != case.post.post_id:
            yield QueueItem(
                entry=case.entry,
                reason=Stale.MOVED,
                rule=rule,
                due=case.due(office.since.earliest),
                sentence=Sentence(
                    f"Giữ chức vụ {office.title} từ {office.since.vi}, "
                    "sau ngày phê duyệt quy hoạch.",
                    f"Holds {office.title} since {office.since}, after the plan was "
                    "approved.",
                ),
            )


def _merged(case: _Case, register: Register) -> Iterator[QueueItem]:
    units = {one.unit_id: one for one in register.units}
    unit = units[case.post.unit_id]
    into = [one for one in register.units if unit.unit_id in one.predecessors]
    has_ended = unit.exists_until is not None and unit.exists_until <= case.as_of
    if has_ended or into:
        names = ", ".join(one.name for one in into)
        yield QueueItem(
            entry=case.entry,
            reason=Stale.UNIT_MERGED,
            rule=case.rule("review.yearly"),
            due=case.due(unit.exists_until),
            sentence=Sentence(
                f"{unit.name} không còn{f', nhập vào {names}' if names else ''}.",
                f"{unit.name} no longer exists{f', merged into {names}' if names else ''}.",
            ),
        )


def _missing(case: _Case) -> Iterator[QueueItem]:
    """Yield what the record still lacks after the time allowed since the decision."""
    rule = case.rule("review.proof_months")
    decided = case.entry.decided
    if decided is None:
        return
    waited = decided.first_month.months_until(Month.of(case.as_of))
    missing = [
        one for one in case.verdict.findings if one.outcome is Outcome.MISSING_DATA
    ]
    if missing and waited > rule.whole:
        yield QueueItem(
            entry=case.entry,
            reason=Stale.PROOF_MISSING,
            rule=rule,
            due=case.due(),
            sentence=Sentence(
                " ".join(one.sentence.vi for one in missing),
                " ".join(one.sentence.en for one in missing),
            ),
        )
