"""A model person and post that pass every criterion; cases change one thing at a time.

The person is a head of a district office: male, born 03/1980, official Party member,
bachelor, advanced theory, rated good in 2019-2021. The post is a seat on the district
committee, higher than the office held.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kecan.regulations.eligibility import judge
from kecan.regulations.facts import (
    AnnualRating,
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
from kecan.regulations.pack import load_pack
from kecan.vocabulary import (
    Level,
    Line,
    PartialDate,
    PersonId,
    PostId,
    Sex,
    Term,
    TermPair,
    UnitId,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.regulations.pack import RulePack
    from kecan.regulations.verdict import Verdict

UNIT = UnitId("HU")
DAY = date(2022, 5, 10)
HEAD = Post(
    post_id=PostId("TP-TC"),
    title="Trưởng phòng Tài chính - Kế hoạch",
    unit_id=UNIT,
    kind=PostKind.HEAD,
    level=Level.DISTRICT,
    line=Line.GOVERNMENT,
    seats=1,
    rank=30,
)
TARGET = Post(
    post_id=PostId("BCH"),
    title="Uỷ viên Ban Chấp hành Đảng bộ huyện",
    unit_id=UNIT,
    kind=PostKind.COMMITTEE_MEMBER,
    level=Level.DISTRICT,
    line=Line.PARTY,
    seats=45,
    rank=40,
    managed_by=Level.PROVINCE,
    required_profession=ProfessionLevel.BACHELOR,
    required_theory=TheoryLevel.INTERMEDIATE,
)
PERSON = PersonFacts(
    person_id=PersonId("CB01"),
    full_name="Nguyễn Văn Mẫu",
    sex=Sex.MALE,
    born=PartialDate(1980, 3),
    ethnicity="Kinh",
    unit_id=UNIT,
    party_joined=PartialDate(2005, 2, 3),
    party_official=PartialDate(2006, 2, 3),
    offices=(
        OfficeHeld(
            post_id=HEAD.post_id,
            title=HEAD.title,
            since=PartialDate(2018, 5, 1),
            source="QĐ 12-QĐ/HU",
        ),
    ),
    trainings=(
        Training(
            kind=TrainingKind.PROFESSION,
            level=ProfessionLevel.BACHELOR,
            field="kinh tế",
            source="Bằng 123",
        ),
        Training(kind=TrainingKind.THEORY, theory=TheoryLevel.ADVANCED),
    ),
    ratings=tuple(
        AnnualRating(year=year, grade=RatingGrade.GOOD, source=f"TB xếp loại {year}")
        for year in (2019, 2020, 2021)
    ),
    political_conclusions=(
        PoliticalConclusion(concluded=PartialDate(2021, 11, 2), meets_standard=True),
    ),
)


def when(text: str) -> PartialDate:
    """Return ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` as a date."""
    return PartialDate(*(int(part) for part in text.split("-")))


def term_of(label: str, line: Line) -> Term:
    """Return the term with that label on a line."""
    first, last = (int(year) for year in label.split("-"))
    return Term(line=line, first_year=first, last_year=last)


def pair_of(label: str) -> TermPair:
    """Return the party term with that label and the government term a year later."""
    party = term_of(label, Line.PARTY)
    return TermPair(
        party=party,
        government=Term(
            line=Line.GOVERNMENT,
            first_year=party.first_year + 1,
            last_year=party.last_year + 1,
        ),
    )


def verdict_of(
    person: PersonFacts = PERSON,
    *,
    post: Post = TARGET,
    held: tuple[Post, ...] = (HEAD,),
    term: str = "2025-2030",
    rules: str | RulePack = "50-qd-tw",
    as_of: date = DAY,
) -> Verdict:
    """Judge the model person, or a changed one, for the model post."""
    return judge(
        person,
        post=post,
        term=term_of(term, post.line),
        pack=load_pack(rules) if isinstance(rules, str) else rules,
        as_of=as_of,
        posts={one.post_id: one for one in (*held, post)},
    )


def person_from(changes: Mapping[str, Any]) -> PersonFacts:
    """Return the model person with the changes a case file writes down."""
    fields: dict[str, Any] = {
        key: _PERSON_FIELDS[key](value) for key, value in changes.items()
    }
    return replace(PERSON, **fields)


def post_from(changes: Mapping[str, Any], *, model: Post = TARGET) -> Post:
    """Return the model post with the changes a case file writes down."""
    fields: dict[str, Any] = {
        key: None if value == "" else _POST_FIELDS.get(key, _same)(value)
        for key, value in changes.items()
    }
    return replace(model, **fields)


def _same(value: object) -> object:
    return value


def _maybe_date(text: str) -> PartialDate | None:
    return when(text) if text else None


def _office(entry: Mapping[str, Any]) -> OfficeHeld:
    return OfficeHeld(
        post_id=PostId(entry["post"]) if "post" in entry else None,
        title=entry.get("title", HEAD.title),
        since=when(entry.get("since", "2018-05-01")),
        until=_maybe_date(entry.get("until", "")),
        source=entry.get("source", ""),
    )


def _training(entry: Mapping[str, Any]) -> Training:
    return Training(
        kind=TrainingKind(entry["kind"]),
        level=ProfessionLevel(entry["level"]) if "level" in entry else None,
        theory=TheoryLevel(entry["theory"]) if "theory" in entry else None,
        completed=_maybe_date(entry.get("completed", "")),
        field=entry.get("field", ""),
    )


def _discipline(entry: Mapping[str, Any]) -> Discipline:
    would = entry.get("would_have_been")
    return Discipline(
        form=DisciplineForm(entry["form"]),
        decided=when(entry["decided"]),
        expires=_maybe_date(entry.get("expires", "")),
        is_remedied=entry.get("is_remedied"),
        would_have_been=None if would is None else DisciplineForm(would),
    )


def _ratings(grades: Mapping[str, str | list[str]]) -> tuple[AnnualRating, ...]:
    return tuple(
        AnnualRating(year=int(year), grade=RatingGrade(grade))
        for year, written in grades.items()
        for grade in ([written] if isinstance(written, str) else written)
    )


_PERSON_FIELDS: Mapping[str, Any] = {
    "sex": lambda text: Sex(text) if text else None,
    "born": _maybe_date,
    "retires_at": _same,
    "party_joined": _maybe_date,
    "party_official": _maybe_date,
    "subject_groups": tuple,
    "offices": lambda entries: tuple(_office(one) for one in entries),
    "trainings": lambda entries: tuple(_training(one) for one in entries),
    "ratings": _ratings,
    "disciplines": lambda entries: tuple(_discipline(one) for one in entries),
    "political_conclusions": lambda entries: tuple(
        PoliticalConclusion(
            concluded=when(one["concluded"]), meets_standard=one["meets_standard"]
        )
        for one in entries
    ),
    "departures": lambda entries: tuple(
        Departure(left=when(one["left"]), kind=DepartureKind(one["kind"]))
        for one in entries
    ),
}
_POST_FIELDS: Mapping[str, Any] = {
    "managed_by": Level,
    "level": Level,
    "line": Line,
    "required_profession": ProfessionLevel,
    "required_theory": TheoryLevel,
    "post_id": PostId,
}
