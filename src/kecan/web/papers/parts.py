"""The pieces of a person's line on papers: nominee, profession, theory, ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.paper import Nominee
from kecan.web.organisation.queries import partial_date

if TYPE_CHECKING:
    from kecan.web.conferences.models import ContestLine
    from kecan.web.organisation.models import Person

_RATINGS_SHOWN = 3
_GRADES = {
    "excellent": "HTXSNV",
    "good": "HTTNV",
    "completed": "HTNV",
    "completed_limited": "HTNV (hạn chế)",
    "not_completed": "KHTNV",
}
_LEVELS = {
    "vocational": "Trung cấp",
    "college": "Cao đẳng",
    "bachelor": "Đại học",
    "master": "Thạc sĩ",
    "doctor": "Tiến sĩ",
}
_THEORY = {
    "elementary": "Sơ cấp",
    "intermediate": "Trung cấp",
    "advanced": "Cao cấp",
    "bachelor": "Cử nhân",
}


def nominee_of(line: ContestLine) -> Nominee:
    """Return a nominee as the ballot and the minutes print them."""
    return Nominee(
        name=line.full_name,
        born=partial_date(line.birth_year),
        office=line.position,
    )


def profession_of(person: Person) -> str:
    """Return the newest trained profession, such as "Thạc sĩ luật"."""
    found = (
        person.trainings.filter(kind="profession").order_by("-completed", "-id").first()
    )
    return (
        "" if found is None else f"{_LEVELS.get(found.level, '')} {found.field}".strip()
    )


def theory_of(person: Person) -> str:
    """Return the newest level of political theory."""
    found = person.trainings.filter(kind="theory").order_by("-completed", "-id").first()
    return "" if found is None else _THEORY.get(found.theory, "")


def ratings_of(person: Person, *, before: int) -> tuple[str, ...]:
    """Return the ratings of the three full years before a year, one line each."""
    known = dict(person.ratings.values_list("year", "grade"))
    return tuple(
        f"{year}: {_GRADES.get(known.get(year, ''), 'chưa xếp loại')}"
        for year in range(before - _RATINGS_SHOWN, before)
    )
