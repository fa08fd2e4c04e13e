"""The pieces every paper shares: letterhead, signatories, a person's line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.paper import Letterhead, Nominee, PaperFrame, Signatory
from kecan.web.organisation.queries import partial_date

if TYPE_CHECKING:
    from datetime import date

    from kecan.web.conferences.models import Conference, ContestLine
    from kecan.web.organisation.models import Person, Unit

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


def paper_frame(
    unit: Unit,
    *,
    dated: date,
    number: int | None = None,
    recipients: tuple[str, ...] = (),
) -> PaperFrame:
    """Return the frame of a paper of a committee, such as Huyện uỷ Thạch Bình."""
    place = unit.name.removeprefix("Huyện uỷ ")
    return PaperFrame(
        letterhead=Letterhead(
            superior="Đảng bộ thành phố",
            issuer=unit.name,
            short_name="Huyện uỷ",
            party_body="Đảng bộ huyện",
            place=place,
            symbol=unit.key,
        ),
        dated=dated,
        number=number,
        recipients=recipients,
    )


def standing_signatory(name: str) -> Signatory:
    """Return who signs for the Standing Committee."""
    return Signatory(authority="T/M BAN THƯỜNG VỤ", title="BÍ THƯ", name=name)


def nominee_of(line: ContestLine) -> Nominee:
    """Return a nominee as the ballot and the minutes print them."""
    return Nominee(
        name=line.full_name,
        born=partial_date(line.birth_year),
        office=line.position,
    )


def current_office(person: Person) -> str:
    """Return the posts a person holds now, the highest first, at most two."""
    held = person.offices.filter(until="").order_by("-post__rank", "id")
    return "; ".join(office.title for office in held[:2])


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


def held_on(conference: Conference) -> date:
    """Return the day a conference was held; the round's day before it is."""
    return conference.held_on or conference.round.as_of
