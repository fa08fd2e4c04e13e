"""Provinces and a country of invented committees, for the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal

from kecan.regulations.facts import (
    Post,
    PostKind,
    ProfessionLevel,
    Register,
    TheoryLevel,
    Unit,
    UnitKind,
)
from kecan.sample.careers import Career, invent_person
from kecan.vocabulary import Level, Line, PersonId, PostId, Sex, UnitId

if TYPE_CHECKING:
    from collections.abc import Iterator

Size = Literal["M", "L"]
_WOMAN_IN_A_HUNDRED = 27
_RANKS = (100, 95, 90, 80, 70, 60, 50, 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How many people, posts and committees a size has; ``provinces`` come first."""

    people: int
    posts: int
    committees: int
    provinces: int


SIZES: dict[Size, Country] = {
    "M": Country(people=6_000, posts=900, committees=60, provinces=1),
    "L": Country(people=120_000, posts=25_000, committees=3_355, provinces=34),
}


def build_rounds(size: Size, *, seed: int) -> Iterator[Register]:
    """Yield one register a committee; people and posts add up to the size exactly."""
    rng = Random(seed)
    country = SIZES[size]
    for number in range(country.committees):
        level = Level.PROVINCE if number < country.provinces else Level.COMMUNE
        yield _committee(
            number,
            level=level,
            people=_share(country.people, number, country.committees),
            posts=_share(country.posts, number, country.committees),
            rng=rng,
        )


def _share(total: int, number: int, parts: int) -> int:
    """Return the part of ``total`` that falls to one of ``parts`` equal parts."""
    return total * (number + 1) // parts - total * number // parts


def _committee(
    number: int, *, level: Level, people: int, posts: int, rng: Random
) -> Register:
    unit = Unit(
        unit_id=UnitId(f"U{number:05d}"),
        name=f"Đơn vị {number + 1}",
        kind=UnitKind.COMMITTEE,
        level=level,
    )
    planned = tuple(_post(number, place, unit, level) for place in range(posts))
    return Register(
        units=(unit,),
        posts=planned,
        people=tuple(
            invent_person(
                Career(
                    person_id=PersonId(f"{number * 1_000 + place + 10**11:012d}"),
                    posts=(planned[place % posts],) if place < posts * 2 else (),
                    born_years=(1964, 1990),
                    sex=Sex.FEMALE
                    if rng.randrange(100) < _WOMAN_IN_A_HUNDRED
                    else Sex.MALE,
                ),
                rng=rng,
            )
            for place in range(people)
        ),
    )


def _post(number: int, place: int, unit: Unit, level: Level) -> Post:
    return Post(
        post_id=PostId(f"C{number:05d}-{place:03d}"),
        title=f"Chức danh {place + 1}",
        unit_id=unit.unit_id,
        kind=PostKind.HEAD,
        level=level,
        line=Line.PARTY if place % 2 else Line.GOVERNMENT,
        seats=1,
        rank=_RANKS[place % len(_RANKS)],
        managed_by=level,
        required_profession=ProfessionLevel.BACHELOR,
        required_theory=TheoryLevel.INTERMEDIATE,
        fitting_fields=("kinh tế", "luật"),
    )
