"""Invents the dossier of one person: birth, party, careers, trainings, ratings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kecan.regulations.facts import (
    AnnualRating,
    Commendation,
    OfficeHeld,
    PersonFacts,
    PoliticalConclusion,
    ProfessionLevel,
    RatingGrade,
    TheoryLevel,
    Training,
    TrainingKind,
)
from kecan.sample.names import KINH, MINORITIES, invent_minority_name, invent_name
from kecan.vocabulary import PartialDate, PersonId, Sex

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from kecan.regulations.facts import Post

# Arts and teaching are plentiful, economics and engineering are short: the district
# is built so that the shortage its Secretary speaks of comes out of the data.
_FIELDS = (
    ("luật", 22), ("sư phạm", 20), ("quản lý nhà nước", 18), ("xã hội học", 9),
    ("văn hoá", 8), ("nông nghiệp", 7), ("y khoa", 5), ("báo chí", 4), ("kinh tế", 4),
    ("xây dựng", 2), ("kỹ thuật", 1),
)  # fmt: skip
_HOMES = ("xã Bình Lâm", "xã Đại Thịnh", "xã Hữu Phúc", "xã Tân Hoà", "tỉnh khác")
_RATING_WEIGHTS = ((RatingGrade.EXCELLENT, 18), (RatingGrade.GOOD, 74), (RatingGrade.COMPLETED, 8))  # fmt: skip
_FIRST_RATED, _AFTER_LAST_RATED = 2017, 2022
_MINORITY_SHARE = 9  # in a hundred
_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """What is fixed about a person before the rest is invented."""

    person_id: PersonId
    posts: Sequence[Post]
    born_years: tuple[int, int]
    sex: Sex
    unit_names: dict[str, str] = field(default_factory=dict)


def invent_person(career: Career, *, rng: Random) -> PersonFacts:
    """Return a plausible dossier as of spring 2022; the same seed gives the same."""
    born = date(rng.randint(*career.born_years), rng.randint(1, 12), rng.randint(1, 28))
    is_minority = rng.randrange(100) < _MINORITY_SHARE
    ethnicity = rng.choice(MINORITIES) if is_minority else KINH
    name = (
        invent_minority_name(ethnicity, career.sex, rng=rng)
        if is_minority
        else invent_name(career.sex, rng=rng)
    )
    joined = born + _YEAR * rng.randint(22, 28)
    rank = max((post.rank or 0 for post in career.posts), default=0)
    return PersonFacts(
        person_id=career.person_id,
        full_name=name,
        sex=career.sex,
        born=PartialDate.of(born),
        ethnicity=ethnicity,
        home_place=rng.choice(_HOMES),
        unit_id=career.posts[-1].unit_id if career.posts else None,
        party_joined=PartialDate.of(joined),
        party_official=PartialDate.of(joined + _YEAR),
        offices=tuple(_offices(career, born=born, rng=rng)),
        trainings=tuple(_trainings(rank, born=born, rng=rng)),
        ratings=tuple(_ratings(rng)),
        commendations=tuple(_commendations(rng)),
        political_conclusions=(
            PoliticalConclusion(
                concluded=PartialDate(2021, rng.randint(1, 12)),
                meets_standard=True,
                source=f"Kết luận số {rng.randint(10, 99)}-KL/HU",
            ),
        ),
    )


def _offices(career: Career, *, born: date, rng: Random) -> list[OfficeHeld]:
    began = born.year + rng.randint(23, 26)
    now_since = rng.choice((2015, 2016, 2018, 2019, 2020, 2020))
    offices = [
        OfficeHeld(
            post_id=None,
            title="Chuyên viên",
            unit_name="Uỷ ban nhân dân huyện",
            since=PartialDate(began, rng.randint(1, 12)),
            until=PartialDate(now_since, 1),
            source=f"Quyết định số {rng.randint(100, 999)}/QĐ-UBND",
        )
    ]
    for post in career.posts:
        is_party = post.line.value == "party"
        symbol = "QĐ/HU" if is_party else "QĐ-UBND"
        separator = "-" if is_party else "/"
        when = PartialDate(max(now_since, began + 1), rng.randint(1, 12))
        offices.append(
            OfficeHeld(
                post_id=post.post_id,
                title=post.title,
                unit_name=career.unit_names.get(post.unit_id, ""),
                since=when,
                source=f"Quyết định số {rng.randint(100, 999)}{separator}{symbol} "
                f"tháng {when.vi}",
            )
        )
    return offices


def _trainings(rank: int, *, born: date, rng: Random) -> list[Training]:
    leading_from, head_from = 58, 40
    level = rng.choices(
        (ProfessionLevel.BACHELOR, ProfessionLevel.MASTER, ProfessionLevel.DOCTOR),
        weights=(58, 40, 2),
    )[0]
    theory = TheoryLevel.ADVANCED if rank >= leading_from else TheoryLevel.INTERMEDIATE
    if rank < head_from:
        theory = rng.choice((TheoryLevel.ELEMENTARY, TheoryLevel.INTERMEDIATE))
    names = [name for name, _ in _FIELDS]
    weights = [weight for _, weight in _FIELDS]
    return [
        Training(
            kind=TrainingKind.PROFESSION,
            completed=PartialDate(born.year + rng.randint(22, 24)),
            level=level,
            field=rng.choices(names, weights=weights)[0],
            source="Bằng tốt nghiệp",
        ),
        Training(
            kind=TrainingKind.THEORY,
            completed=PartialDate(min(2021, born.year + rng.randint(33, 40))),
            theory=theory,
            source="Bằng lý luận chính trị",
        ),
        Training(
            kind=TrainingKind.STATE_MANAGEMENT,
            completed=PartialDate(min(2021, born.year + rng.randint(30, 38))),
            field="Chương trình chuyên viên chính",
            source="Chứng chỉ",
        ),
    ]


def _ratings(rng: Random) -> list[AnnualRating]:
    grades = [grade for grade, _ in _RATING_WEIGHTS]
    weights = [weight for _, weight in _RATING_WEIGHTS]
    return [
        AnnualRating(
            year=year,
            grade=rng.choices(grades, weights=weights)[0],
            decided=PartialDate(year, 12, rng.randint(10, 28)),
            source=f"Thông báo số {rng.randint(100, 400)}-TB/HU",
        )
        for year in range(_FIRST_RATED, _AFTER_LAST_RATED)
    ]


def _commendations(rng: Random) -> list[Commendation]:
    return [
        Commendation(
            title="Bằng khen của Chủ tịch UBND thành phố",
            awarded=PartialDate(rng.randint(2016, 2021), rng.randint(1, 12)),
            source=f"Quyết định số {rng.randint(1000, 6000)}/QĐ-UBND",
        )
        for _ in range(rng.choice((0, 0, 1, 1, 2)))
    ]
