"""Provinces and a country of invented committees, for the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Literal

from kecan.regulations.facts import (
    DisciplineForm,
    Post,
    PostKind,
    ProfessionLevel,
    RatingGrade,
    Register,
    TheoryLevel,
    Unit,
    UnitKind,
)
from kecan.sample.careers import Career, Stage, invent_person
from kecan.sample.changes import disciplined, rated, without_ratings
from kecan.sample.names import KINH, invent_minority
from kecan.sample.plan import current_entry
from kecan.vocabulary import (
    Level,
    Line,
    PartialDate,
    PersonId,
    PostId,
    Sex,
    UnitId,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.regulations.facts import PersonFacts, PlanEntry
    from kecan.sample.changes import Change

Size = Literal["M", "L"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How many people, posts and committees a size has; ``provinces`` come first.

    ``in_a_province`` are the people and posts of each of them; the rest is spread
    evenly over the communes.
    """

    people: int
    posts: int
    committees: int
    provinces: int
    in_a_province: tuple[int, int]

    def share_of(self, number: int) -> tuple[int, int]:
        """Return the people and posts of one committee, the first being number 0."""
        if number < self.provinces:
            return self.in_a_province
        place = number - self.provinces
        parts = self.committees - self.provinces
        people, posts = self.in_a_province
        return (
            _share(self.people - self.provinces * people, place, parts),
            _share(self.posts - self.provinces * posts, place, parts),
        )


SIZES: dict[Size, Country] = {
    "M": Country(
        people=6_000, posts=900, committees=60, provinces=1, in_a_province=(100, 15)
    ),
    "L": Country(
        people=120_000,
        posts=25_000,
        committees=3_355,
        provinces=34,
        in_a_province=(240, 50),
    ),
}

_FIRST_PARTS = (
    "Thạch", "Cẩm", "Kim", "Lam", "Ngọc", "Đồng", "Bình", "Đại", "Hạ", "Hữu", "Phú",
    "Tân", "Thượng", "Tiên", "Yên", "Cổ", "Hương", "Lại", "Minh", "Quang",
)  # fmt: skip
_LAST_PARTS = (
    "Loan", "Khê", "Trì", "Vực", "Trạch", "Chử", "Lâm", "Mạc", "Cầu", "Hữu", "Lộc",
    "Thịnh", "Trung", "Nghĩa", "Xá", "Thuỷ", "Sơn",
)  # fmt: skip
_PROVINCE_PARTS = 6  # so many of each make 36 provinces, none of them a real one

_FIELDS = (
    "luật", "sư phạm", "quản lý nhà nước", "xã hội học", "văn hoá", "nông nghiệp",
    "y khoa", "kinh tế", "kỹ thuật",
)  # fmt: skip
_WOMEN_IN_A_HUNDRED = 27
_MINORITY_IN_A_HUNDRED = 12
_SENIOR_RANK = 80
_BORN = {True: (1964, 1980), False: (1970, 1992)}  # of senior ranks, of the others
_PLANNED_FOR_A_POST = 2
_FIRST_PERSON = 10**11
_NUMBERS_A_COMMITTEE = 1_000

# What may have gone wrong in a dossier, and for how many in a thousand.
_FAULTS: tuple[tuple[int, Change], ...] = (
    (45, rated(2021, RatingGrade.COMPLETED)),
    (8, rated(2021, RatingGrade.NOT_COMPLETED)),
    (12, without_ratings),
    (12, disciplined(DisciplineForm.REPRIMAND, decided=PartialDate(2019, 4, 2), expires=PartialDate(2020, 4, 2))),
    (6, disciplined(DisciplineForm.WARNING, decided=PartialDate(2021, 10, 12), expires=PartialDate(2022, 10, 12))),
    (2, disciplined(DisciplineForm.UNDER_CONSIDERATION, decided=PartialDate(2022, 3, 1))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: PostKind
    line: Line
    rank: int
    seats: int
    title: str


_PARTY, _GOVERNMENT = Line.PARTY, Line.GOVERNMENT
_LEADING = (
    _Shape(PostKind.SECRETARY, _PARTY, 100, 1, "Bí thư {committee}"),
    _Shape(PostKind.PEOPLES_COMMITTEE_CHAIR, _GOVERNMENT, 95, 1, "Chủ tịch UBND {place}"),
    _Shape(PostKind.DEPUTY_SECRETARY, _PARTY, 92, 1, "Phó Bí thư Thường trực {committee}"),
    _Shape(PostKind.COUNCIL_VICE_CHAIR, _GOVERNMENT, 85, 1, "Phó Chủ tịch HĐND {place}"),
    _Shape(PostKind.PEOPLES_COMMITTEE_VICE_CHAIR, _GOVERNMENT, 84, 2, "Phó Chủ tịch UBND {place}"),
)  # fmt: skip
_OFFICES = (
    "Văn phòng", "Tổ chức", "Tuyên giáo", "Kiểm tra", "Kinh tế", "Văn hoá - Xã hội",
    "Tài chính", "Nội vụ", "Tư pháp", "Giáo dục", "Y tế", "Xây dựng", "Nông nghiệp",
)  # fmt: skip
_DEPUTIES = _Shape(PostKind.DEPUTY, _GOVERNMENT, 40, 1, "Cấp phó của trưởng các cơ quan, đơn vị {place}")  # fmt: skip


def build_rounds(size: Size, *, seed: int) -> Iterator[Register]:
    """Yield one register a committee; people and posts add up to the size exactly.

    Provinces come first. The registers are made one at a time, so a whole country
    never lies in memory.
    """
    rng = Random(seed)
    country = SIZES[size]
    for number in range(country.committees):
        people, posts = country.share_of(number)
        is_province = number < country.provinces
        yield _committee(
            number,
            level=Level.PROVINCE if is_province else Level.COMMUNE,
            people=people,
            posts=posts,
            rng=rng,
        )


def _share(total: int, number: int, parts: int) -> int:
    """Return the part of ``total`` that falls to one of ``parts`` equal parts."""
    return total * (number + 1) // parts - total * number // parts


def _committee(
    number: int, *, level: Level, people: int, posts: int, rng: Random
) -> Register:
    unit = _unit(number, level)
    planned = _posts(number, unit, posts=posts, people=people)
    places = [post for post in planned for _ in range(post.seats)][:people]
    members = tuple(
        _person(number * _NUMBERS_A_COMMITTEE + n, post, unit, rng)
        for n, post in enumerate(places)
    )
    return Register(
        units=(unit,), posts=planned, people=members, plan=_plan(planned, members)
    )


def _unit(number: int, level: Level) -> Unit:
    is_province = level is Level.PROVINCE
    first = number // _PROVINCE_PARTS if is_province else number % len(_FIRST_PARTS)
    last = number % _PROVINCE_PARTS if is_province else number % len(_LAST_PARTS)
    kind = "Tỉnh" if is_province else "Xã"
    return Unit(
        unit_id=UnitId(f"U{number:05d}"),
        name=f"{kind} {_FIRST_PARTS[first]} {_LAST_PARTS[last]}",
        kind=UnitKind.COMMITTEE if is_province else UnitKind.COMMUNE,
        level=level,
    )


def _posts(number: int, unit: Unit, *, posts: int, people: int) -> tuple[Post, ...]:
    """Return the leading posts, heads of offices and, last, everybody's deputies."""
    heads = posts - len(_LEADING) - 1
    shapes = [
        *_LEADING,
        *(_head_of(place) for place in range(heads)),
    ]
    seats_before = sum(shape.seats for shape in shapes)
    shapes.append(replace(_DEPUTIES, seats=max(1, people - seats_before)))
    is_province = unit.level is Level.PROVINCE
    committee = "Tỉnh uỷ" if is_province else "Đảng uỷ"
    place = unit.name[0].lower() + unit.name[1:]
    return tuple(
        Post(
            post_id=PostId(f"C{number:05d}-{n:03d}"),
            title=shape.title.format(committee=committee, place=place),
            unit_id=unit.unit_id,
            kind=shape.kind,
            level=unit.level,
            line=shape.line,
            seats=shape.seats,
            rank=shape.rank,
            managed_by=unit.level,
            required_profession=ProfessionLevel.BACHELOR,
            required_theory=TheoryLevel.ADVANCED
            if is_province
            else TheoryLevel.INTERMEDIATE,
            fitting_fields=("kinh tế", "luật"),
        )
        for n, shape in enumerate(shapes)
    )


def _head_of(place: int) -> _Shape:
    line = _PARTY if place % 2 else _GOVERNMENT
    round_trip, office = divmod(place, len(_OFFICES))
    suffix = f" (khối {round_trip + 1})" if round_trip else ""
    return _Shape(PostKind.HEAD, line, 60, 1, f"Trưởng cơ quan {_OFFICES[office]}{suffix} {{place}}")  # fmt: skip


def _person(number: int, post: Post, unit: Unit, rng: Random) -> PersonFacts:
    is_woman = rng.randrange(100) < _WOMEN_IN_A_HUNDRED
    is_minority = rng.randrange(100) < _MINORITY_IN_A_HUNDRED
    first, last = _BORN[(post.rank or 0) >= _SENIOR_RANK]
    stage = Stage(title=post.title, unit_name=unit.name, post=post, unit_kind=unit.kind)
    person = invent_person(
        Career(
            person_id=PersonId(f"{_FIRST_PERSON + number:012d}"),
            sex=Sex.FEMALE if is_woman else Sex.MALE,
            born=PartialDate(
                rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28)
            ),
            field=rng.choice(_FIELDS),
            held=(stage,),
            ladder=(Stage(title="Chuyên viên", unit_name=unit.name),),
            ethnicity=invent_minority(rng=rng) if is_minority else KINH,
            unit_id=unit.unit_id,
        ),
        rng=rng,
    )
    return _with_faults(person, rng)


def _with_faults(person: PersonFacts, rng: Random) -> PersonFacts:
    roll = rng.randrange(1_000)
    for in_a_thousand, change in _FAULTS:
        if roll < in_a_thousand:
            return change(person)
        roll -= in_a_thousand
    return person


def _plan(
    posts: Sequence[Post], people: Sequence[PersonFacts]
) -> tuple[PlanEntry, ...]:
    """Plan for each post those a few places further down, as plans are drawn up."""
    return tuple(
        current_entry(people[(n + 1 + place) * 3 % len(people)].person_id, post)
        for n, post in enumerate(posts[:-1])
        for place in range(_PLANNED_FOR_A_POST)
    )
