"""Gaps of the people in the plan, their items by year, and entries nothing happens for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.eligibility import judge
from kecan.regulations.facts import ProfessionLevel, TheoryLevel, TrainingKind
from kecan.regulations.verdict import Criterion, Outcome, Timing
from kecan.regulations.wording import PROFESSIONS, THEORIES
from kecan.vocabulary import Level, PersonId
from kecan.web.organisation.models import Person
from kecan.web.organisation.queries import (
    partial_date,
    people_facts,
    post_facts,
    posts_by_id,
    term_facts,
    units_under,
)
from kecan.web.plans.queries import pack_of, standing_plan
from kecan.web.training.models import (
    OPEN_STATES,
    ItemState,
    Rotation,
    RotationState,
    TrainingItem,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from kecan.regulations.pack import RulePack
    from kecan.regulations.parameters import Parameter
    from kecan.regulations.verdict import Finding, Verdict
    from kecan.web.plans.models import PlanMovement, PlanningRound

KINDS: Mapping[Criterion, TrainingKind] = {
    Criterion.THEORY: TrainingKind.THEORY,
    Criterion.PROFESSION: TrainingKind.PROFESSION,
}
"""The standards a course completes."""

IDLE_MONTHS = "review.idle_months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A standard one person may still complete, for one or more planned posts.

    Attributes:
        person: Who lacks it.
        kind: What kind of training completes it.
        required: The level asked, a value of ProfessionLevel or TheoryLevel.
        findings: What the rules say, the sentence and clause of each post.
        entries: The entries of the plan it stands in the way of.
        item: The open item that is to close it, if there is one.
    """

    person: Person
    kind: TrainingKind
    required: str
    findings: tuple[Finding, ...]
    entries: tuple[PlanMovement, ...]
    item: TrainingItem | None

    @property
    def level(self) -> str:
        """What the level is called."""
        return level_words(self.kind, self.required)

    @property
    def course(self) -> str:
        """The course that would close the gap, as an officer calls it."""
        return course_words(self.kind, self.required)


def level_words(kind: TrainingKind, required: str) -> str:
    """Return what a level of training is called."""
    if kind is TrainingKind.THEORY:
        return THEORIES[TheoryLevel(required)].vi
    return PROFESSIONS[ProfessionLevel(required)].vi


def course_words(kind: TrainingKind, required: str) -> str:
    """Return what the course that leads to a level is called."""
    words = level_words(kind, required)
    if kind is TrainingKind.THEORY:
        return f"{words.capitalize()} lý luận chính trị"
    return f"Đào tạo trình độ {words}"


def planned_entries(planning_round: PlanningRound) -> list[PlanMovement]:
    """Return who stands in the plan of the round's committee and the units below."""
    units = units_under({planning_round.unit.key})
    return [row for row in standing_plan() if row.post.unit_id in units]


def gaps(planning_round: PlanningRound, *, day: date) -> list[Gap]:
    """Return what people of the plan may still complete, by name.

    Entries whose term is over on ``day`` ask for nothing any more.
    """
    grouped: dict[tuple[int, str, str], list[tuple[PlanMovement, Finding]]] = {}
    for entry, verdict in _judged(planning_round, day=day):
        for one in verdict.findings:
            kind = KINDS.get(one.criterion)
            required = _required(entry, kind) if kind else ""
            if not kind or not required or not _is_open(one):
                continue
            place = (entry.person_id, kind.value, required)
            grouped.setdefault(place, []).append((entry, one))
    items = {
        (row.person_id, row.kind, row.required): row
        for row in TrainingItem.objects.filter(state__in=OPEN_STATES)
    }
    found = [
        Gap(
            person=rows[0][0].person,
            kind=TrainingKind(place[1]),
            required=place[2],
            findings=tuple(finding for _, finding in rows),
            entries=tuple(entry for entry, _ in rows),
            item=items.get(place),
        )
        for place, rows in grouped.items()
    ]
    return sorted(found, key=lambda one: (one.person.sort_key, one.person.pk, one.kind))


def _judged(
    planning_round: PlanningRound, *, day: date
) -> Iterator[tuple[PlanMovement, Verdict]]:
    pack, posts = pack_of(planning_round), posts_by_id()
    entries = [
        row for row in planned_entries(planning_round) if row.term.last_year >= day.year
    ]
    rows = Person.objects.filter(pk__in={row.person_id for row in entries})
    records = {one.person_id: one for one in people_facts(rows)}
    for entry in entries:
        yield (
            entry,
            judge(
                records[PersonId(entry.person.key)],
                post=post_facts(entry.post),
                term=term_facts(entry.term),
                pack=pack,
                as_of=day,
                posts=posts,
            ),
        )


def _is_open(finding: Finding) -> bool:
    return finding.timing is Timing.LATER and finding.outcome is not Outcome.PASS


def _required(entry: PlanMovement, kind: TrainingKind) -> str:
    if kind is TrainingKind.THEORY:
        return entry.post.required_theory
    return entry.post.required_profession


def items_of(planning_round: PlanningRound) -> QuerySet[TrainingItem]:
    """Return the items of a round, by year and name."""
    return planning_round.training_items.select_related("person__unit").order_by(
        "year", "person__sort_key", "id"
    )


def rotations_of(planning_round: PlanningRound) -> QuerySet[Rotation]:
    """Return the rotations of a round, by date and name."""
    return planning_round.rotations.select_related("person", "to_unit").order_by(
        "since", "person__sort_key", "id"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a unit has come with the items of a year."""

    year: int
    unit: str
    planned: int
    attending: int
    completed: int
    cancelled: int

    @property
    def asked(self) -> int:
        """Items that were to be done: all but the cancelled ones."""
        return self.planned + self.attending + self.completed


def progress(items: Sequence[TrainingItem]) -> list[Progress]:
    """Return the progress by year and unit of the person."""
    counted: dict[tuple[int, str], Counter[str]] = {}
    for item in items:
        unit = item.person.unit.name if item.person.unit else ""
        counted.setdefault((item.year, unit), Counter())[item.state] += 1
    return [
        Progress(
            year=year,
            unit=unit,
            planned=states[ItemState.PLANNED],
            attending=states[ItemState.ATTENDING],
            completed=states[ItemState.COMPLETED],
            cancelled=states[ItemState.CANCELLED],
        )
        for (year, unit), states in sorted(counted.items())
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleEntry:
    """Somebody in the plan with a gap for whom nothing has happened for long."""

    gap: Gap
    since: date
    months: int


def idle_rule(planning_round: PlanningRound, *, day: date) -> Parameter:
    """Return the months without progress after which an entry is looked at again."""
    pack: RulePack = pack_of(planning_round)
    return pack.parameter(
        IDLE_MONTHS, on=day, level=Level(planning_round.unit.level), line=None
    )


def idle_entries(
    planning_round: PlanningRound, *, found: Sequence[Gap], day: date
) -> list[IdleEntry]:
    """Return the gaps nothing has moved on for as long as the rule says, by name.

    Progress is the last step of an item or rotation of the person; before any,
    the day of the decision that put the person into the plan. An entry whose
    decision has no full date has not been seen to be idle.
    """
    limit = idle_rule(planning_round, day=day).whole
    moved = _last_moves(planning_round)
    idle = []
    for gap in found:
        since = moved.get(gap.person.pk) or _planned_since(gap)
        months = _whole_months(since, day) if since else 0
        if since and months >= limit:
            idle.append(IdleEntry(gap=gap, since=since, months=months))
    return idle


def _last_moves(planning_round: PlanningRound) -> dict[int, date]:
    items = planning_round.training_items.exclude(state=ItemState.CANCELLED)
    rotations = planning_round.rotations.exclude(state=RotationState.CANCELLED)
    moved: dict[int, date] = {}
    for steps in (items, rotations):
        for person, day in steps.values_list("person_id", "progressed_on"):
            moved[person] = max(moved.get(person, day), day)
    return moved


def _planned_since(gap: Gap) -> date | None:
    known = [partial_date(entry.decision.dated) for entry in gap.entries]
    days = [one.latest for one in known if one is not None]
    return min(days, default=None)


def _whole_months(since: date, until: date) -> int:
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if until.day >= since.day else months - 1
