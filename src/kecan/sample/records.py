"""Invents what a dossier holds beside the career: trainings, ratings, merits."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kecan.regulations.facts import (
    AnnualRating,
    Commendation,
    PoliticalConclusion,
    ProfessionLevel,
    RatingGrade,
    TheoryLevel,
    Training,
    TrainingKind,
)
from kecan.sample.papers import government_paper, party_paper
from kecan.vocabulary import PartialDate

if TYPE_CHECKING:
    from random import Random

LEADING_FROM = 58
"""Rank from which people have advanced political theory and a second degree often."""
HEAD_FROM = 40

_LAST_TRAINED = 2021
_FIRST_RATED, _AFTER_LAST_RATED = 2017, 2022
_FIRST_YEAR_OF_NEW_GRADES = 2020
_NOTICE_DAYS = {2017: 22, 2018: 21, 2019: 20, 2020: 18, 2021: 24}
_FIRST_NOTICE = 210
_EXCELLENT_IN_A_HUNDRED = 17
_SLIPS_IN_A_HUNDRED = 5
_MASTER_IN_A_HUNDRED = 38
_PUBLIC_MANAGEMENT = "quản lý công"
# Title, symbol of the decision, how common.
_COMMENDED = (
    ("Giấy khen của Chủ tịch UBND huyện", "QĐ-UBND", 5),
    ("Chiến sĩ thi đua cơ sở", "QĐ-UBND", 4),
    ("Bằng khen của Chủ tịch UBND thành phố", "QĐ-UBND", 3),
    ("Chiến sĩ thi đua cấp thành phố", "QĐ-UBND", 1),
    ("Bằng khen của Thủ tướng Chính phủ", "QĐ-TTg", 1),
)
_MOST_FOR_SPECIALISTS = 2


def invent_trainings(
    *, rank: int, field: str, born: date, rng: Random
) -> tuple[Training, ...]:
    """Return a degree, perhaps a second one, theory and the usual certificates."""
    graduated = born.year + rng.randint(22, 23)
    found = [
        _degree(ProfessionLevel.BACHELOR, field, graduated, rng),
        *_second_degree(rank=rank, field=field, after=graduated, rng=rng),
        _theory(rank=rank, after=graduated, rng=rng),
        _certificate(TrainingKind.STATE_MANAGEMENT, _grade(rank), born.year + rng.randint(29, 38), rng),
    ]  # fmt: skip
    if rank >= HEAD_FROM:
        text = "Bồi dưỡng kiến thức quốc phòng và an ninh, đối tượng 3"
        found.append(
            _certificate(TrainingKind.DEFENCE, text, rng.randint(2015, 2021), rng)
        )
    if rng.randrange(3) == 0:
        found.append(
            _certificate(TrainingKind.LANGUAGE, "Tiếng Anh B", graduated + 2, rng)
        )
    return tuple(found)


def _degree(level: ProfessionLevel, field: str, year: int, rng: Random) -> Training:
    name = "Bằng thạc sĩ" if level is ProfessionLevel.MASTER else "Bằng đại học"
    return Training(
        kind=TrainingKind.PROFESSION,
        completed=PartialDate(min(_LAST_TRAINED, year), rng.randint(6, 9)),
        level=level,
        field=field,
        source=f"{name} số {rng.randint(100_000, 999_999)}",
    )


def _second_degree(
    *, rank: int, field: str, after: int, rng: Random
) -> tuple[Training, ...]:
    year = after + rng.randint(7, 16)
    is_taken = rng.randrange(100) < _MASTER_IN_A_HUNDRED
    if rank < HEAD_FROM or year > _LAST_TRAINED or not is_taken:
        return ()
    second = rng.choice((field, _PUBLIC_MANAGEMENT))
    return (_degree(ProfessionLevel.MASTER, second, year, rng),)


def _theory(*, rank: int, after: int, rng: Random) -> Training:
    if rank >= LEADING_FROM:
        level, years = TheoryLevel.ADVANCED, rng.randint(11, 17)
    elif rank >= HEAD_FROM:
        level, years = TheoryLevel.INTERMEDIATE, rng.randint(7, 12)
    else:
        level = rng.choice((TheoryLevel.ELEMENTARY, TheoryLevel.INTERMEDIATE))
        years = rng.randint(4, 8)
    return Training(
        kind=TrainingKind.THEORY,
        completed=PartialDate(min(_LAST_TRAINED, after + years), rng.randint(3, 11)),
        theory=level,
        source=f"Bằng lý luận chính trị số {rng.randint(1_000, 99_999)}",
    )


def _grade(rank: int) -> str:
    return "Ngạch chuyên viên chính" if rank >= LEADING_FROM else "Ngạch chuyên viên"


def _certificate(kind: TrainingKind, field: str, year: int, rng: Random) -> Training:
    return Training(
        kind=kind,
        completed=PartialDate(min(_LAST_TRAINED, year), rng.randint(1, 11)),
        field=field,
        source=f"Chứng chỉ số {rng.randint(100, 9_999)}",
    )


def invent_ratings(*, first: int, rng: Random) -> tuple[AnnualRating, ...]:
    """Return a rating for each full year of service from 2017 to 2021.

    A few slips lie before 2020, with the grade of that time; a slip in the last
    years is planted, so that the plan holds only the faults it is meant to hold.
    """
    return tuple(
        _announced(year, _rating(year, rng))
        for year in range(max(first, _FIRST_RATED), _AFTER_LAST_RATED)
    )


@cache
def _announced(year: int, grade: RatingGrade) -> AnnualRating:
    """Return the rating of one year, from the notice that lists everybody's."""
    on = date(year, 12, _NOTICE_DAYS[year])
    paper = party_paper(
        "Thông báo", symbol="TB/HU", on=on, number=_FIRST_NOTICE + year % 100
    )
    return AnnualRating(
        year=year, grade=grade, decided=PartialDate.of(on), source=paper
    )


def _rating(year: int, rng: Random) -> RatingGrade:
    roll = rng.randrange(100)
    if roll < _EXCELLENT_IN_A_HUNDRED:
        return RatingGrade.EXCELLENT
    is_old = year < _FIRST_YEAR_OF_NEW_GRADES - 1
    if is_old and roll >= 100 - _SLIPS_IN_A_HUNDRED:
        return RatingGrade.COMPLETED_LIMITED
    return RatingGrade.GOOD


def invent_commendations(*, rank: int, rng: Random) -> tuple[Commendation, ...]:
    """Return up to three commendations, for leaders also of the city and above."""
    kinds = _COMMENDED if rank >= HEAD_FROM else _COMMENDED[:_MOST_FOR_SPECIALISTS]
    found = []
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        title, symbol, _ = rng.choices(kinds, weights=[one[2] for one in kinds])[0]
        on = date(rng.randint(2015, 2021), rng.randint(1, 12), rng.randint(1, 28))
        paper = government_paper("Quyết định", symbol=symbol, on=on, number=rng.randint(100, 6000))  # fmt: skip
        found.append(
            Commendation(title=title, awarded=PartialDate.of(on), source=paper)
        )
    return tuple(sorted(found, key=lambda one: one.awarded.earliest))


def invent_conclusions(*, rng: Random) -> tuple[PoliticalConclusion, ...]:
    """Return one conclusion of 2021 that the political standard is met."""
    on = date(2021, rng.randint(1, 12), rng.randint(1, 28))
    paper = party_paper("Kết luận", symbol="KL/HU", on=on, number=rng.randint(10, 99))
    return (
        PoliticalConclusion(
            concluded=PartialDate.of(on), meets_standard=True, source=paper
        ),
    )
