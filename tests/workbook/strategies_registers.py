"""Registers of every kind the exchange workbook can carry."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from hypothesis import strategies as st

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
from kecan.vocabulary import Level, Line, PartialDate, PersonId, PostId, Sex, UnitId

_T = TypeVar("_T")
_LETTERS = "AaĂẵầBĐđEỆệIỉOỗƠởUựYỹ'-/,.;()0123456789\\ "


def texts(*, min_size: int = 0) -> st.SearchStrategy[str]:
    """Return clean text: one blank between words, Vietnamese letters and signs."""
    return (
        st.text(alphabet=_LETTERS, min_size=min_size, max_size=20)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: len(text) >= min_size)
    )


def keys(prefix: str) -> st.SearchStrategy[list[str]]:
    """Return up to four different keys."""
    number = st.integers(min_value=1, max_value=99)
    return st.lists(number, min_size=1, max_size=4, unique=True).map(
        lambda numbers: [f"{prefix}{one:02d}" for one in numbers]
    )


def maybe(strategy: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    """Return a value or nothing."""
    return st.none() | strategy


def some(strategy: st.SearchStrategy[_T]) -> st.SearchStrategy[tuple[_T, ...]]:
    """Return up to three values in order."""
    return st.lists(strategy, max_size=3).map(tuple)


def partial_dates(
    first: int = 1940, last: int = 2040
) -> st.SearchStrategy[PartialDate]:
    """Return dates known to the day, the month or the year."""
    days = st.dates(min_value=date(first, 1, 1), max_value=date(last, 12, 31))
    return st.builds(
        lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
        days,
        st.integers(min_value=1, max_value=3),
    )


EARLY, LATE = partial_dates(1975, 2000), partial_dates(2001, 2040)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Return a register whose references and orders of dates hold."""
    unit_ids = [UnitId(key) for key in draw(keys("DV"))]
    post_ids = [PostId(key) for key in draw(keys("CD"))]
    person_ids = [PersonId(key) for key in draw(keys("CB"))]
    units = tuple(draw(_units(key, unit_ids[:at])) for at, key in enumerate(unit_ids))
    posts = tuple(draw(_posts(key, unit_ids)) for key in post_ids)
    people = tuple(draw(_people(key, unit_ids, post_ids)) for key in person_ids)
    plan = draw(some(_plan_entries(person_ids, post_ids)))
    return Register(units=units, posts=posts, people=people, plan=plan)


def _units(key: UnitId, above: list[UnitId]) -> st.SearchStrategy[Unit]:
    parents = st.sampled_from(above or [key])
    return st.builds(
        Unit,
        unit_id=st.just(key),
        name=texts(min_size=1),
        kind=st.sampled_from(UnitKind),
        level=st.sampled_from(Level),
        parent_id=maybe(parents) if above else st.none(),
        predecessors=some(parents),
        exists_from=maybe(st.dates(date(1950, 1, 1), date(1999, 12, 31))),
        exists_until=maybe(st.dates(date(2000, 1, 1), date(2100, 12, 31))),
    )


def _posts(key: PostId, units: list[UnitId]) -> st.SearchStrategy[Post]:
    return st.builds(
        Post,
        post_id=st.just(key),
        title=texts(min_size=1),
        unit_id=st.sampled_from(units),
        kind=st.sampled_from(PostKind),
        level=st.sampled_from(Level),
        line=st.sampled_from(Line),
        seats=st.integers(1, 99),
        rank=maybe(st.integers(-99, 99)),
        managed_by=maybe(st.sampled_from(Level)),
        is_planned=st.booleans(),
        requires_party_membership=st.booleans(),
        required_profession=maybe(st.sampled_from(ProfessionLevel)),
        required_theory=maybe(st.sampled_from(TheoryLevel)),
        fitting_fields=some(texts(min_size=1)),
        subject_group=maybe(texts(min_size=1)),
    )


def _people(
    key: PersonId, units: list[UnitId], posts: list[PostId]
) -> st.SearchStrategy[PersonFacts]:
    return st.builds(
        PersonFacts,
        person_id=st.just(key),
        full_name=texts(min_size=1),
        sex=maybe(st.sampled_from(Sex)),
        born=maybe(partial_dates(1940, 1970)),
        ethnicity=texts(),
        home_place=texts(),
        academic_title=texts(),
        unit_id=maybe(st.sampled_from(units)),
        party_joined=maybe(EARLY),
        party_official=maybe(LATE),
        retires_at=maybe(st.integers(1, 900)),
        subject_groups=some(texts(min_size=1)),
        offices=some(_offices(posts)),
        trainings=some(_trainings()),
        ratings=some(_ratings()),
        disciplines=some(_disciplines()),
        commendations=some(_commendations()),
        political_conclusions=some(_conclusions()),
        departures=some(_departures()),
    )


def _offices(posts: list[PostId]) -> st.SearchStrategy[OfficeHeld]:
    return st.builds(
        OfficeHeld,
        post_id=maybe(st.sampled_from(posts)),
        title=texts(min_size=1),
        since=EARLY,
        until=maybe(LATE),
        unit_name=texts(),
        source=texts(),
    )


def _trainings() -> st.SearchStrategy[Training]:
    return st.builds(
        Training,
        kind=st.sampled_from(TrainingKind),
        completed=maybe(partial_dates()),
        level=maybe(st.sampled_from(ProfessionLevel)),
        theory=maybe(st.sampled_from(TheoryLevel)),
        field=texts(),
        source=texts(),
    )


def _ratings() -> st.SearchStrategy[AnnualRating]:
    return st.builds(
        AnnualRating,
        year=st.integers(1990, 2040),
        grade=st.sampled_from(RatingGrade),
        decided=maybe(partial_dates()),
        source=texts(),
    )


def _disciplines() -> st.SearchStrategy[Discipline]:
    return st.builds(
        Discipline,
        form=st.sampled_from(DisciplineForm),
        decided=EARLY,
        expires=maybe(LATE),
        is_remedied=maybe(st.booleans()),
        would_have_been=maybe(st.sampled_from(DisciplineForm)),
        reason=texts(),
        source=texts(),
    )


def _commendations() -> st.SearchStrategy[Commendation]:
    return st.builds(
        Commendation, title=texts(min_size=1), awarded=partial_dates(), source=texts()
    )


def _conclusions() -> st.SearchStrategy[PoliticalConclusion]:
    return st.builds(
        PoliticalConclusion,
        concluded=partial_dates(),
        meets_standard=st.booleans(),
        source=texts(),
    )


def _departures() -> st.SearchStrategy[Departure]:
    return st.builds(
        Departure,
        left=partial_dates(1971, 2040),
        kind=st.sampled_from(DepartureKind),
        source=texts(),
    )


def _plan_entries(
    people: list[PersonId], posts: list[PostId]
) -> st.SearchStrategy[PlanEntry]:
    return st.builds(
        PlanEntry,
        person_id=st.sampled_from(people),
        post_id=st.sampled_from(posts),
        first_year=st.integers(1990, 2030),
        last_year=st.integers(2031, 2040),
        decision=texts(),
        decided=maybe(EARLY),
        issuer=texts(),
        removed=maybe(LATE),
    )
