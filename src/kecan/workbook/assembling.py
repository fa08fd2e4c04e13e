"""From the rows of a workbook without errors to the register they describe."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

from kecan.regulations.facts import (
    AnnualRating,
    Commendation,
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    OfficeHeld,
    PersonFacts,
    PlanEntry,
    PoliticalConclusion,
    Post,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    Register,
    TheoryLevel,
    Training,
    TrainingKind,
    Unit,
    UnitKind,
)
from kecan.vocabulary import Level, Line, PostId, Sex, UnitId
from kecan.workbook.choices import CareerKind, MeritKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.vocabulary import PersonId
    from kecan.workbook.people import Roster
    from kecan.workbook.rows import Record, SheetRows


_Value = TypeVar("_Value")


class IncompleteRecordError(Exception):
    """A row lacks what its checks should have required: a mistake of the program."""


def assemble(sheets: Mapping[str, SheetRows], roster: Roster) -> Register:
    """Return the register the rows describe.

    Args:
        sheets: Every sheet by its key, checked and free of errors.
        roster: Whom each key, party card and citizen number stands for.

    Raises:
        IncompleteRecordError: If a row lacks a value its sheet requires.
    """
    posts = tuple(_post(record) for record in sheets["posts"].records)
    titles = {post.post_id: post.title for post in posts}
    by_person = {
        key: _by_person(sheets[key], roster)
        for key in ("career", "training", "ratings", "merits")
    }
    people = tuple(
        _person(record, roster.key_of(record), by_person, titles)
        for record in sheets["people"].records
    )
    plan = tuple(
        _plan_entry(record, _needed(roster.find(record), record))
        for record in sheets["plan"].records
    )
    units = tuple(_unit(record) for record in sheets["units"].records)
    return Register(units=units, posts=posts, people=people, plan=plan)


def _needed(value: _Value | None, record: Record) -> _Value:
    if value is None:
        msg = f"row {record.number} lacks a value its sheet requires"
        raise IncompleteRecordError(msg)
    return value


def _by_person(sheet: SheetRows, roster: Roster) -> dict[PersonId, list[Record]]:
    records: dict[PersonId, list[Record]] = defaultdict(list)
    for record in sheet.records:
        records[_needed(roster.find(record), record)].append(record)
    return records


def _unit(record: Record) -> Unit:
    parent = record.text("parent_id")
    return Unit(
        unit_id=UnitId(record.text("unit_id")),
        name=record.text("name"),
        kind=_needed(record.choice("kind", UnitKind), record),
        level=_needed(record.choice("level", Level), record),
        parent_id=UnitId(parent) if parent else None,
        predecessors=tuple(UnitId(one) for one in record.texts("predecessors")),
        exists_from=record.day("exists_from"),
        exists_until=record.day("exists_until"),
    )


def _post(record: Record) -> Post:
    return Post(
        post_id=PostId(record.text("post_id")),
        title=record.text("title"),
        unit_id=UnitId(record.text("unit_id")),
        kind=_needed(record.choice("kind", PostKind), record),
        level=_needed(record.choice("level", Level), record),
        line=_needed(record.choice("line", Line), record),
        seats=_needed(record.whole("seats"), record),
        rank=record.whole("rank"),
        managed_by=record.choice("managed_by", Level),
        is_planned=record.is_yes("is_planned") is not False,
        requires_party_membership=(
            record.is_yes("requires_party_membership") is not False
        ),
        required_profession=record.choice("required_profession", ProfessionLevel),
        required_theory=record.choice("required_theory", TheoryLevel),
        fitting_fields=record.texts("fitting_fields"),
        subject_group=record.text("subject_group") or None,
    )


def _person(
    record: Record,
    person_id: PersonId,
    by_person: Mapping[str, Mapping[PersonId, list[Record]]],
    titles: Mapping[PostId, str],
) -> PersonFacts:
    career = by_person["career"].get(person_id, [])
    merits = by_person["merits"].get(person_id, [])
    unit = record.text("unit_id")
    return PersonFacts(
        person_id=person_id,
        full_name=record.text("full_name"),
        sex=record.choice("sex", Sex),
        born=record.when("born"),
        ethnicity=record.text("ethnicity"),
        home_place=record.text("home_place"),
        academic_title=record.text("academic_title"),
        unit_id=UnitId(unit) if unit else None,
        party_joined=record.when("party_joined"),
        party_official=record.when("party_official"),
        retires_at=record.whole("retires_at"),
        subject_groups=record.texts("subject_groups"),
        offices=tuple(_office(r, titles) for r in career if not _is_departure(r)),
        trainings=tuple(map(_training, by_person["training"].get(person_id, []))),
        ratings=tuple(map(_rating, by_person["ratings"].get(person_id, []))),
        disciplines=tuple(map(_discipline, _of(merits, MeritKind.DISCIPLINE))),
        commendations=tuple(map(_commendation, _of(merits, MeritKind.COMMENDATION))),
        political_conclusions=tuple(
            map(_conclusion, _of(merits, MeritKind.POLITICAL_CONCLUSION))
        ),
        departures=tuple(_departure(r) for r in career if _is_departure(r)),
    )


def _is_departure(record: Record) -> bool:
    return record.choice("kind", CareerKind) is CareerKind.DEPARTURE


def _of(records: list[Record], kind: MeritKind) -> list[Record]:
    return [record for record in records if record.choice("kind", MeritKind) is kind]


def _office(record: Record, titles: Mapping[PostId, str]) -> OfficeHeld:
    post = record.text("post_id")
    post_id = PostId(post) if post else None
    title = record.text("title") or (titles[post_id] if post_id is not None else "")
    return OfficeHeld(
        post_id=post_id,
        title=title,
        since=_needed(record.when("since"), record),
        until=record.when("until"),
        unit_name=record.text("unit_name"),
        source=record.text("source"),
    )


def _departure(record: Record) -> Departure:
    return Departure(
        left=_needed(record.when("since"), record),
        kind=_needed(record.choice("departure_kind", DepartureKind), record),
        source=record.text("source"),
    )


def _training(record: Record) -> Training:
    return Training(
        kind=_needed(record.choice("kind", TrainingKind), record),
        completed=record.when("completed"),
        level=record.choice("level", ProfessionLevel),
        theory=record.choice("theory", TheoryLevel),
        field=record.text("field"),
        source=record.text("source"),
    )


def _rating(record: Record) -> AnnualRating:
    return AnnualRating(
        year=_needed(record.whole("year"), record),
        grade=_needed(record.choice("grade", RatingGrade), record),
        decided=record.when("decided"),
        source=record.text("source"),
    )


def _discipline(record: Record) -> Discipline:
    return Discipline(
        form=_needed(record.choice("form", DisciplineForm), record),
        decided=_needed(record.when("decided"), record),
        expires=record.when("expires"),
        is_remedied=record.is_yes("is_remedied"),
        would_have_been=record.choice("would_have_been", DisciplineForm),
        reason=record.text("reason"),
        source=record.text("source"),
    )


def _commendation(record: Record) -> Commendation:
    return Commendation(
        title=record.text("title"),
        awarded=_needed(record.when("decided"), record),
        source=record.text("source"),
    )


def _conclusion(record: Record) -> PoliticalConclusion:
    return PoliticalConclusion(
        concluded=_needed(record.when("decided"), record),
        meets_standard=_needed(record.is_yes("meets_standard"), record),
        source=record.text("source"),
    )


def _plan_entry(record: Record, person_id: PersonId) -> PlanEntry:
    first_year, last_year = _needed(record.years("term"), record)
    return PlanEntry(
        person_id=person_id,
        post_id=PostId(record.text("post_id")),
        first_year=first_year,
        last_year=last_year,
        decision=record.text("decision"),
        decided=record.when("decided"),
        issuer=record.text("issuer"),
        removed=record.when("removed"),
    )
