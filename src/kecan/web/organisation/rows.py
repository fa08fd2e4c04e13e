"""The register's rows: written from a workbook's facts, kept and put back whole."""

# ruff: noqa: SLF001  _meta and _default_manager are Django's documented way to any model

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kecan.lettering.names import fold_for_search, sort_key
from kecan.regulations.facts import PostKind
from kecan.web.organisation.models import (
    AnnualRating,
    Body,
    Commendation,
    Departure,
    Discipline,
    OfficeHeld,
    Person,
    PoliticalConclusion,
    Post,
    Training,
    Unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model

    from kecan.regulations import facts
    from kecan.vocabulary import PartialDate

FACT_TABLES: tuple[type[Model], ...] = (
    OfficeHeld,
    Training,
    AnnualRating,
    Discipline,
    Commendation,
    PoliticalConclusion,
    Departure,
)
_Lineage = Unit.predecessors.through
_STANDING: tuple[type[Model], ...] = (Unit, Post, Body, Person)
_AT_ONCE = 500
_BODY_NAMES = {
    PostKind.COMMITTEE_MEMBER: "Ban Chấp hành",
    PostKind.STANDING_MEMBER: "Ban Thường vụ",
}

Rows = dict[str, list[dict[str, Any]]]


def all_rows() -> Rows:
    """Return every row of the register, by table, as plain values."""
    tables: tuple[type[Model], ...] = (*_STANDING, _Lineage, *FACT_TABLES)
    return {
        table._meta.label: list(table._default_manager.order_by("pk").values())
        for table in tables
    }


def put_back(rows: Rows) -> None:
    """Make the register hold exactly ``rows``, keeping their primary keys.

    Raises:
        ProtectedError: If a row that has to go is used outside the register.
    """
    for table in (*FACT_TABLES, _Lineage):
        table._default_manager.all().delete()
    Unit.objects.update(parent=None)
    Person.objects.update(unit=None)
    for table in reversed(_STANDING):
        _delete_others(table, rows[table._meta.label])
    for table in _STANDING:
        _write(table, rows[table._meta.label], unique="id")
    for table in (_Lineage, *FACT_TABLES):
        _write(table, rows[table._meta.label], unique=None)


def _delete_others(table: type[Model], rows: Sequence[Mapping[str, Any]]) -> None:
    kept = {row["id"] for row in rows}
    present = table._default_manager.values_list("pk", flat=True)
    for some in _in_parts([pk for pk in present if pk not in kept]):
        table._default_manager.filter(pk__in=some).delete()


def _write(
    table: type[Model], rows: Iterable[Mapping[str, Any]], *, unique: str | None
) -> None:
    made = [table(**row) for row in rows]
    if unique is None:
        table._default_manager.bulk_create(made, batch_size=_AT_ONCE)
        return
    changing = [
        column.name
        for column in table._meta.concrete_fields
        if column.name not in {"id", unique}
    ]
    table._default_manager.bulk_create(
        made,
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=[unique],
        update_fields=changing,
    )


def write_units(units: Sequence[facts.Unit]) -> dict[str, int]:
    """Write units by key with their parents and predecessors; return all by key."""
    before = {unit.key: unit.parent_id for unit in Unit.objects.all()}
    _write(
        Unit,
        [
            {
                "key": unit.unit_id,
                "name": unit.name,
                "kind": unit.kind,
                "level": unit.level,
                "parent_id": before.get(unit.unit_id),
                "exists_from": unit.exists_from,
                "exists_until": unit.exists_until,
            }
            for unit in units
        ],
        unique="key",
    )
    ids = dict(Unit.objects.values_list("key", "pk"))
    for unit in units:
        parent = ids[unit.parent_id] if unit.parent_id else None
        if before.get(unit.unit_id) != parent:
            Unit.objects.filter(key=unit.unit_id).update(parent_id=parent)
    _write_lineage(units, ids)
    return ids


def _write_lineage(units: Sequence[facts.Unit], ids: Mapping[str, int]) -> None:
    written = [ids[unit.unit_id] for unit in units]
    for some in _in_parts(written):
        _Lineage._default_manager.filter(from_unit_id__in=some).delete()
    _write(
        _Lineage,
        [
            {"from_unit_id": ids[unit.unit_id], "to_unit_id": ids[key]}
            for unit in units
            for key in unit.predecessors
        ],
        unique=None,
    )


def write_posts(
    posts: Sequence[facts.Post], *, units: Mapping[str, int]
) -> dict[str, int]:
    """Write posts by key and the bodies whose members they are; return all by key."""
    _write(Post, [_post_row(post, units) for post in posts], unique="key")
    ids = dict(Post.objects.values_list("key", "pk"))
    names = dict(Unit.objects.values_list("pk", "name"))
    for post in posts:
        if post.kind in _BODY_NAMES:
            unit_id = units[post.unit_id]
            Body.objects.update_or_create(
                key=post.post_id,
                defaults={
                    "name": f"{_BODY_NAMES[post.kind]} {names[unit_id]}",
                    "unit_id": unit_id,
                    "member_post_id": ids[post.post_id],
                },
            )
    return ids


def _post_row(post: facts.Post, units: Mapping[str, int]) -> dict[str, Any]:
    return {
        "key": post.post_id,
        "title": post.title,
        "unit_id": units[post.unit_id],
        "kind": post.kind,
        "level": post.level,
        "line": post.line,
        "seats": post.seats,
        "rank": post.rank,
        "managed_by": post.managed_by or "",
        "is_planned": post.is_planned,
        "requires_party_membership": post.requires_party_membership,
        "required_profession": post.required_profession or "",
        "required_theory": post.required_theory or "",
        "fitting_fields": list(post.fitting_fields),
        "subject_group": post.subject_group or "",
    }


def write_people(
    people: Sequence[facts.PersonFacts],
    *,
    units: Mapping[str, int],
    posts: Mapping[str, int],
) -> None:
    """Write people by key; what the register said about them is replaced."""
    _write(Person, [_person_row(one, units) for one in people], unique="key")
    ids = dict(Person.objects.values_list("key", "pk"))
    written = [ids[one.person_id] for one in people]
    for table in FACT_TABLES:
        for some in _in_parts(written):
            table._default_manager.filter(person_id__in=some).delete()
    for table in FACT_TABLES:
        rows = (
            {"person_id": ids[one.person_id], **row}
            for one in people
            for row in _fact_rows(table, one, posts)
        )
        _write(table, rows, unique=None)


def _person_row(person: facts.PersonFacts, units: Mapping[str, int]) -> dict[str, Any]:
    return {
        "key": person.person_id,
        "full_name": person.full_name,
        "search_key": fold_for_search(person.full_name),
        "sort_key": sort_key(person.full_name),
        "sex": person.sex or "",
        "born": _text(person.born),
        "ethnicity": person.ethnicity,
        "home_place": person.home_place,
        "academic_title": person.academic_title,
        "unit_id": units[person.unit_id] if person.unit_id else None,
        "party_joined": _text(person.party_joined),
        "party_official": _text(person.party_official),
        "retires_at": person.retires_at,
        "subject_groups": list(person.subject_groups),
    }


def _fact_rows(
    table: type[Model], person: facts.PersonFacts, posts: Mapping[str, int]
) -> list[dict[str, Any]]:
    if table is OfficeHeld:
        return [_office_row(one, posts) for one in person.offices]
    if table is Training:
        return [_training_row(one) for one in person.trainings]
    if table is AnnualRating:
        return [_rating_row(one) for one in person.ratings]
    if table is Discipline:
        return [_discipline_row(one) for one in person.disciplines]
    if table is Commendation:
        return [
            {"title": one.title, "awarded": str(one.awarded), "source": one.source}
            for one in person.commendations
        ]
    return _closing_rows(table, person)


def _closing_rows(
    table: type[Model], person: facts.PersonFacts
) -> list[dict[str, Any]]:
    if table is PoliticalConclusion:
        return [
            {
                "concluded": str(one.concluded),
                "meets_standard": one.meets_standard,
                "source": one.source,
            }
            for one in person.political_conclusions
        ]
    return [
        {"left": str(one.left), "kind": one.kind, "source": one.source}
        for one in person.departures
    ]


def _office_row(one: facts.OfficeHeld, posts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "post_id": posts[one.post_id] if one.post_id else None,
        "title": one.title,
        "unit_name": one.unit_name,
        "since": str(one.since),
        "until": _text(one.until),
        "source": one.source,
    }


def _training_row(one: facts.Training) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "completed": _text(one.completed),
        "level": one.level or "",
        "theory": one.theory or "",
        "field": one.field,
        "source": one.source,
    }


def _rating_row(one: facts.AnnualRating) -> dict[str, Any]:
    return {
        "year": one.year,
        "grade": one.grade,
        "decided": _text(one.decided),
        "source": one.source,
    }


def _discipline_row(one: facts.Discipline) -> dict[str, Any]:
    return {
        "form": one.form,
        "decided": str(one.decided),
        "expires": _text(one.expires),
        "is_remedied": one.is_remedied,
        "would_have_been": one.would_have_been or "",
        "reason": one.reason,
        "source": one.source,
    }


def _text(when: PartialDate | None) -> str:
    return "" if when is None else str(when)


def _in_parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[at : at + _AT_ONCE] for at in range(0, len(ids), _AT_ONCE))
