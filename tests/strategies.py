"""Hypothesis strategies for the types of the rules; every new type joins them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar

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
    PoliticalConclusion,
    Post,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    TheoryLevel,
    Training,
    TrainingKind,
)
from kecan.vocabulary import (
    Level,
    Line,
    Month,
    PartialDate,
    PersonId,
    PostId,
    Sex,
    Term,
    TermPair,
    UnitId,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_T = TypeVar("_T")

VIETNAMESE_NAMES = (
    "Nguyễn Thị Hoà",
    "Đặng Đức Ưng",
    "Đinh Văn Dũng",
    "Giàng A Páo",
    "H'Hen Niê",
    "Y Thanh",
    "Lò Thị Ỷ",
    "Phạm Thuý",
)
FIRST_DAY, LAST_DAY = date(2013, 1, 1), date(2026, 12, 31)


def days(first: date = FIRST_DAY, last: date = LAST_DAY) -> st.SearchStrategy[date]:
    """Return days within the time the shipped rules speak of."""
    return st.dates(first, last)


def months() -> st.SearchStrategy[Month]:
    """Return months of birth of people in service."""
    return st.builds(Month, st.integers(1955, 2000), st.integers(1, 12))


@st.composite
def partial_dates(
    draw: st.DrawFn, first: date = FIRST_DAY, last: date = LAST_DAY
) -> PartialDate:
    """Return a day, a month or a year alone."""
    found = draw(st.dates(first, last))
    match draw(st.integers(0, 2)):
        case 0:
            return PartialDate(found.year)
        case 1:
            return PartialDate(found.year, found.month)
        case _:
            return PartialDate.of(found)


def papers() -> st.SearchStrategy[str]:
    """Return the names of papers that prove a fact, or none."""
    return st.sampled_from(["", "QĐ 12-QĐ/HU", "TB 45-TB/TU", "BB 07-BB/ĐU"])


def birth_dates() -> st.SearchStrategy[PartialDate]:
    """Return birth dates of people in service."""
    return partial_dates(date(1955, 1, 1), date(2000, 12, 31))


def posts_of(post_ids: Sequence[str]) -> st.SearchStrategy[tuple[Post, ...]]:
    """Return one post for each id."""
    return st.tuples(*(posts(post_id) for post_id in post_ids))


def posts(post_id: str) -> st.SearchStrategy[Post]:
    """Return posts of every kind, with and without standards of their own."""
    return st.builds(
        Post,
        post_id=st.just(PostId(post_id)),
        title=st.sampled_from(["Bí thư", "Trưởng phòng", "Uỷ viên BCH"]),
        unit_id=st.just(UnitId("U1")),
        kind=st.sampled_from(PostKind),
        level=st.sampled_from([Level.PROVINCE, Level.DISTRICT, Level.COMMUNE]),
        line=st.sampled_from(Line),
        seats=st.integers(1, 45),
        rank=st.none() | st.integers(1, 5),
        managed_by=st.none() | st.sampled_from(Level),
        requires_party_membership=st.booleans(),
        required_profession=st.none() | st.sampled_from(ProfessionLevel),
        required_theory=st.none() | st.sampled_from(TheoryLevel),
        subject_group=st.none() | st.sampled_from(["1", "2"]),
    )


def offices(post_ids: Sequence[str]) -> st.SearchStrategy[OfficeHeld]:
    """Return offices, some of a known post, some ended."""

    @st.composite
    def build(draw: st.DrawFn) -> OfficeHeld:
        since = draw(partial_dates())
        until = draw(st.none() | partial_dates())
        return OfficeHeld(
            post_id=draw(
                st.none() | st.sampled_from([PostId(one) for one in post_ids])
            ),
            title=draw(st.sampled_from(["Phó Trưởng phòng", "Chuyên viên"])),
            since=since,
            until=until,
            source=draw(papers()),
        )

    return build()


def trainings() -> st.SearchStrategy[Training]:
    """Return trainings of every kind, with and without a level."""
    return st.builds(
        Training,
        kind=st.sampled_from(TrainingKind),
        completed=st.none() | partial_dates(),
        level=st.none() | st.sampled_from(ProfessionLevel),
        theory=st.none() | st.sampled_from(TheoryLevel),
        field=st.sampled_from(["", "kinh tế", "luật"]),
        source=papers(),
    )


def ratings() -> st.SearchStrategy[AnnualRating]:
    """Return annual ratings of years the rules look at."""
    return st.builds(
        AnnualRating,
        year=st.integers(2012, 2026),
        grade=st.sampled_from(RatingGrade),
        decided=st.none() | partial_dates(),
        source=papers(),
    )


def disciplines() -> st.SearchStrategy[Discipline]:
    """Return disciplinary matters of every form."""
    return st.builds(
        Discipline,
        form=st.sampled_from(DisciplineForm),
        decided=partial_dates(),
        expires=st.none() | partial_dates(),
        is_remedied=st.none() | st.booleans(),
        would_have_been=st.none() | st.sampled_from(DisciplineForm),
        source=papers(),
    )


def conclusions() -> st.SearchStrategy[PoliticalConclusion]:
    """Return conclusions on the political standard."""
    return st.builds(
        PoliticalConclusion,
        concluded=partial_dates(),
        meets_standard=st.booleans(),
        source=papers(),
    )


def departures() -> st.SearchStrategy[Departure]:
    """Return departures of every kind."""
    return st.builds(
        Departure,
        left=partial_dates(),
        kind=st.sampled_from(DepartureKind),
        source=papers(),
    )


def people(
    person_id: str = "P1", *, post_ids: Sequence[str] = ("A", "B")
) -> st.SearchStrategy[PersonFacts]:
    """Return people whose offices are among ``post_ids``, often with gaps on record."""
    return st.builds(
        PersonFacts,
        person_id=st.just(PersonId(person_id)),
        full_name=st.sampled_from(VIETNAMESE_NAMES),
        sex=st.none() | st.sampled_from(Sex),
        born=st.none() | birth_dates(),
        ethnicity=st.sampled_from(["", "Kinh", "Mường", "Mông"]),
        party_joined=st.none() | partial_dates(date(1990, 1, 1), LAST_DAY),
        party_official=st.none() | partial_dates(date(1990, 1, 1), LAST_DAY),
        retires_at=st.none() | st.sampled_from([600, 720, 744]),
        subject_groups=_few(st.sampled_from(["1", "2", "3"])),
        offices=_few(offices(post_ids)),
        trainings=_few(trainings()),
        ratings=_few(ratings(), most=6),
        disciplines=_few(disciplines()),
        commendations=_few(
            st.builds(Commendation, title=st.just("Bằng khen"), awarded=partial_dates())
        ),
        political_conclusions=_few(conclusions()),
        departures=_few(departures(), most=1),
    )


def _few(
    one: st.SearchStrategy[_T], most: int = 3
) -> st.SearchStrategy[tuple[_T, ...]]:
    return st.lists(one, max_size=most).map(tuple)


def term_pairs() -> st.SearchStrategy[TermPair]:
    """Return the pairs of terms the shipped rules know reference months of."""
    return st.sampled_from([2020, 2025, 2030]).map(
        lambda first: TermPair(
            party=Term(line=Line.PARTY, first_year=first, last_year=first + 5),
            government=Term(
                line=Line.GOVERNMENT, first_year=first + 1, last_year=first + 6
            ),
        )
    )
