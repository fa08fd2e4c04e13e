"""What may happen to a person of the invented district after the dossier is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kecan.regulations.facts import (
    AnnualRating,
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    PersonFacts,
    PoliticalConclusion,
    ProfessionLevel,
    RatingGrade,
    TrainingKind,
)
from kecan.sample.papers import party_paper
from kecan.vocabulary import PartialDate

if TYPE_CHECKING:
    from kecan.regulations.facts import OfficeHeld

Change: TypeAlias = Callable[[PersonFacts], PersonFacts]

_REASONS = {
    DisciplineForm.REPRIMAND: "Thiếu trách nhiệm trong quản lý, sử dụng tài sản công",
    DisciplineForm.WARNING: "Vi phạm quy định về đầu tư xây dựng cơ bản",
    DisciplineForm.DISMISSAL: "Vi phạm quy định về quản lý tài chính",
    DisciplineForm.REVIEWED_ONLY: "Chậm thực hiện nhiệm vụ được giao",
    DisciplineForm.LIMITATION_EXPIRED: "Thiếu kiểm tra, giám sát giai đoạn trước",
    DisciplineForm.NOT_DISCIPLINED: "Vi phạm ít nghiêm trọng, đã tự giác khắc phục",
    DisciplineForm.UNDER_CONSIDERATION: "Có đơn tố cáo đang được xác minh",
}
_DEPARTED = {
    DepartureKind.RETIRED: ("Quyết định nghỉ hưu", "QĐ/HU", 412),
    DepartureKind.TRANSFERRED: ("Quyết định điều động", "QĐ/TU", 655),
}


def disciplined(
    form: DisciplineForm, *, decided: PartialDate, expires: PartialDate | None = None
) -> Change:
    """Return the change that adds one disciplinary matter."""
    is_open = form is DisciplineForm.UNDER_CONSIDERATION
    paper = party_paper(
        "Thông báo" if is_open else "Quyết định",
        symbol="TB/UBKTHU" if is_open else "QĐ/UBKTHU",
        on=decided.earliest,
        number=400 + decided.earliest.day,
    )
    matter = Discipline(
        form=form,
        decided=decided,
        expires=expires,
        is_remedied=None if is_open else True,
        would_have_been=DisciplineForm.REPRIMAND
        if form is DisciplineForm.NOT_DISCIPLINED
        else None,
        reason=_REASONS[form],
        source=paper,
    )
    return lambda person: replace(person, disciplines=(*person.disciplines, matter))


def rated(year: int, grade: RatingGrade) -> Change:
    """Return the change that gives one year another rating."""
    decided = PartialDate(year, 12, 30)
    rating = AnnualRating(
        year=year,
        grade=grade,
        decided=decided,
        source=party_paper("Thông báo", symbol="TB/HU", on=decided.earliest, number=219),
    )  # fmt: skip

    def change(person: PersonFacts) -> PersonFacts:
        others = (one for one in person.ratings if one.year != year)
        ratings = sorted((*others, rating), key=lambda one: one.year)
        return replace(person, ratings=tuple(ratings))

    return change


def left(on: PartialDate, kind: DepartureKind) -> Change:
    """Return the change that ends every office on a day, and the person's time."""
    name, symbol, number = _DEPARTED[kind]
    paper = party_paper(name, symbol=symbol, on=on.earliest, number=number)
    departure = Departure(left=on, kind=kind, source=paper)

    def ended(office: OfficeHeld) -> OfficeHeld:
        return office if office.until is not None else replace(office, until=on)

    return lambda person: replace(
        person,
        offices=tuple(ended(office) for office in person.offices),
        ratings=tuple(one for one in person.ratings if one.year < on.year),
        departures=(departure,),
    )


def concluded_against(person: PersonFacts) -> PersonFacts:
    """Add a conclusion that the political standard is not met."""
    on = PartialDate(2022, 2, 18)
    paper = party_paper("Kết luận", symbol="KL/HU", on=on.earliest, number=77)
    conclusion = PoliticalConclusion(concluded=on, meets_standard=False, source=paper)
    return replace(
        person, political_conclusions=(*person.political_conclusions, conclusion)
    )


def with_degree_below(person: PersonFacts) -> PersonFacts:
    """Leave a college degree as the only trained profession."""
    first, *_ = person.trainings
    degree = replace(
        first,
        level=ProfessionLevel.COLLEGE,
        source=first.source.replace("đại học", "cao đẳng"),
    )
    others = (t for t in person.trainings if t.kind is not TrainingKind.PROFESSION)
    return replace(person, trainings=(degree, *others))


def without_theory(person: PersonFacts) -> PersonFacts:
    """Drop the political theory."""
    kept = tuple(t for t in person.trainings if t.kind is not TrainingKind.THEORY)
    return replace(person, trainings=kept)


def without_party(person: PersonFacts) -> PersonFacts:
    """Drop the Party membership and what only members have."""
    return replace(
        person, party_joined=None, party_official=None, political_conclusions=()
    )


def without_ratings(person: PersonFacts) -> PersonFacts:
    """Drop every annual rating."""
    return replace(person, ratings=())
