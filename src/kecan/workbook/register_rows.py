"""A register as rows of the eight sheets, every cell as the text an officer types."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from kecan.vocabulary import PartialDate
from kecan.workbook.cells import join_texts
from kecan.workbook.choices import CareerKind, MeritKind
from kecan.workbook.layouts import SHEETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kecan.regulations.facts import (
        Departure,
        OfficeHeld,
        PersonFacts,
        PlanEntry,
        Post,
        Register,
        Training,
        Unit,
    )
    from kecan.vocabulary import PersonId
    from kecan.workbook.cells import Value
    from kecan.workbook.findings import Identity
    from kecan.workbook.schema import Column

Row: TypeAlias = dict[str, str]
"""The text of each column by its code; a column left out is empty."""


def register_rows(
    register: Register, *, identities: Iterable[Identity] = ()
) -> dict[str, list[Row]]:
    """Return the rows of every sheet, by the key of the sheet."""
    numbers = {one.person_id: one for one in identities}
    people = register.people
    values: dict[str, Iterable[dict[str, Value]]] = {
        "units": map(_unit, register.units),
        "posts": map(_post, register.posts),
        "people": (_person(person, numbers) for person in people),
        "career": (row for person in people for row in _career(person)),
        "training": (
            _training(person.person_id, one)
            for person in people
            for one in person.trainings
        ),
        "ratings": (row for person in people for row in _ratings(person)),
        "merits": (row for person in people for row in _merits(person)),
        "plan": map(_plan_entry, register.plan),
    }
    return {
        layout.key: [
            {
                code: written(layout.by_code[code], value)
                for code, value in row.items()
                if value is not None and value != ""
            }
            for row in values[layout.key]
        ]
        for layout in SHEETS
    }


def written(column: Column, value: Value) -> str:
    """Return ``value`` as the column reads it back."""
    if isinstance(value, StrEnum):
        return column.choices.label(value) if column.choices is not None else value
    if isinstance(value, PartialDate):
        return value.vi
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, tuple):
        if all(isinstance(part, int) for part in value):
            return "-".join(map(str, value))
        return join_texts(tuple(map(str, value)))
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def _unit(unit: Unit) -> dict[str, Value]:
    return {
        "unit_id": unit.unit_id,
        "name": unit.name,
        "kind": unit.kind,
        "level": unit.level,
        "parent_id": unit.parent_id,
        "predecessors": join_texts(unit.predecessors),
        "exists_from": unit.exists_from,
        "exists_until": unit.exists_until,
    }


def _post(post: Post) -> dict[str, Value]:
    return {
        "post_id": post.post_id,
        "title": post.title,
        "unit_id": post.unit_id,
        "kind": post.kind,
        "level": post.level,
        "line": post.line,
        "seats": post.seats,
        "rank": post.rank,
        "managed_by": post.managed_by,
        "is_planned": post.is_planned,
        "requires_party_membership": post.requires_party_membership,
        "required_profession": post.required_profession,
        "required_theory": post.required_theory,
        "fitting_fields": join_texts(post.fitting_fields),
        "subject_group": post.subject_group,
    }


def _person(
    person: PersonFacts, numbers: Mapping[PersonId, Identity]
) -> dict[str, Value]:
    number = numbers.get(person.person_id)
    return {
        "person_id": person.person_id,
        "party_card": number.party_card if number is not None else "",
        "citizen_id": number.citizen_id if number is not None else "",
        "full_name": person.full_name,
        "sex": person.sex,
        "born": person.born,
        "ethnicity": person.ethnicity,
        "home_place": person.home_place,
        "academic_title": person.academic_title,
        "unit_id": person.unit_id,
        "party_joined": person.party_joined,
        "party_official": person.party_official,
        "retires_at": person.retires_at,
        "subject_groups": join_texts(person.subject_groups),
    }


def _career(person: PersonFacts) -> Iterator[dict[str, Value]]:
    for office in person.offices:
        yield _office(person.person_id, office)
    for departure in person.departures:
        yield _departure(person.person_id, departure)


def _office(person_id: PersonId, office: OfficeHeld) -> dict[str, Value]:
    return {
        "person_id": person_id,
        "kind": CareerKind.OFFICE,
        "post_id": office.post_id,
        "title": office.title,
        "unit_name": office.unit_name,
        "since": office.since,
        "until": office.until,
        "source": office.source,
    }


def _departure(person_id: PersonId, departure: Departure) -> dict[str, Value]:
    return {
        "person_id": person_id,
        "kind": CareerKind.DEPARTURE,
        "since": departure.left,
        "departure_kind": departure.kind,
        "source": departure.source,
    }


def _training(person_id: PersonId, training: Training) -> dict[str, Value]:
    return {
        "person_id": person_id,
        "kind": training.kind,
        "level": training.level,
        "theory": training.theory,
        "field": training.field,
        "completed": training.completed,
        "source": training.source,
    }


def _ratings(person: PersonFacts) -> Iterator[dict[str, Value]]:
    for rating in person.ratings:
        yield {
            "person_id": person.person_id,
            "year": rating.year,
            "grade": rating.grade,
            "decided": rating.decided,
            "source": rating.source,
        }


def _merits(person: PersonFacts) -> Iterator[dict[str, Value]]:
    for commendation in person.commendations:
        yield {
            "person_id": person.person_id,
            "kind": MeritKind.COMMENDATION,
            "title": commendation.title,
            "decided": commendation.awarded,
            "source": commendation.source,
        }
    for discipline in person.disciplines:
        yield {
            "person_id": person.person_id,
            "kind": MeritKind.DISCIPLINE,
            "form": discipline.form,
            "decided": discipline.decided,
            "expires": discipline.expires,
            "is_remedied": discipline.is_remedied,
            "would_have_been": discipline.would_have_been,
            "reason": discipline.reason,
            "source": discipline.source,
        }
    for conclusion in person.political_conclusions:
        yield {
            "person_id": person.person_id,
            "kind": MeritKind.POLITICAL_CONCLUSION,
            "decided": conclusion.concluded,
            "meets_standard": conclusion.meets_standard,
            "source": conclusion.source,
        }


def _plan_entry(entry: PlanEntry) -> dict[str, Value]:
    return {
        "person_id": entry.person_id,
        "post_id": entry.post_id,
        "term": (entry.first_year, entry.last_year),
        "decision": entry.decision,
        "decided": entry.decided,
        "issuer": entry.issuer,
        "removed": entry.removed,
    }
