"""The invented district Thạch Bình on 10/05/2022: people, posts and a faulty plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from kecan.regulations.facts import PersonFacts, PlanEntry, Post, Register
from kecan.sample.careers import Career, invent_person
from kecan.sample.notable import plant_notable_cases
from kecan.sample.posts import district_posts, district_units
from kecan.vocabulary import Line, PartialDate, PersonId, PostId, Sex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAY = date(2022, 5, 10)
"""The morning the demonstration tells."""

_PLAN_DECISION = "Quyết định số 1204-QĐ/TU"
_CURRENT = {Line.PARTY: (2020, 2025), Line.GOVERNMENT: (2021, 2026)}
_WOMAN_IN_A_HUNDRED = 24
_PLANNED_FOR_A_BODY = {"UVBCH": 12, "UVBTV": 7}
_FIRST_CARD = 46_020_100_001
_MOST_POSTS_PLANNED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """The register of the district and the people worth pointing at.

    ``notable`` maps a case, such as ``over_age``, to the person who shows it.
    """

    name: str
    register: Register
    notable: Mapping[str, PersonId]


def build_district(*, seed: int) -> District:
    """Build the demonstration district; the same seed gives the same district."""
    rng = Random(seed)
    posts = district_posts()
    people = _people(posts, rng=rng)
    plan = _current_plan(people, posts, rng=rng)
    people, plan, notable = plant_notable_cases(people, plan)
    return District(
        name="huyện Thạch Bình",
        register=Register(
            units=district_units(), posts=posts, people=people, plan=plan
        ),
        notable=notable,
    )


def _holdings(posts: Sequence[Post]) -> list[list[Post]]:
    """Return who holds which posts together: one list a person, leaders first."""
    by_key = {post.post_id: post for post in posts}

    def held(*keys: str) -> list[Post]:
        return [by_key[PostId(key)] for key in keys]

    both = ("UVBTV", "UVBCH")
    standing = [
        held("BT", *both),
        held("PBTTT", "CTHD", *both),
        held("PBT", "CTUB", *both),
        held("PCTHD", *both),
        held("PCTKT", *both),
        held("PCTVX", *both),
        held("T-BTC", "T-NV", *both),
        held("T-BTG", *both),
        held("T-BDV", "T-MTTQ", *both),
        held("T-UBKT", *both),
        held("T-CA", "B-DBCA", *both),
        held("T-QS", "B-DBQS", *both),
        held("T-VPHU", *both),
    ]
    committee_heads = [
        "TCKH",
        "KT",
        "TNMT",
        "GDDT",
        "LDTBXH",
        "TTR",
        "VPUB",
        "DTN",
        "PN",
        "ND",
        "CCB",
        "LDLD",
        "BQLDA",
        "TTYT",
    ]
    committee = [held(f"T-{key}", "UVBCH") for key in committee_heads]
    committee += [held(f"BT-X{n:02d}", f"HD-X{n:02d}", "UVBCH") for n in range(1, 12)]
    committee += [held(f"UB-X{n:02d}", "UVBCH") for n in range(1, 4)]
    others = [
        held(f"T-{key}") for key in ["QLDT", "YT", "VHTT", "TP", "GDTX", "TTVH", "PTQD"]
    ]
    others += [held(f"BT-X{n:02d}") for n in range(12, 21)]
    others += [held(f"HD-X{n:02d}") for n in range(12, 21)]
    others += [held(f"UB-X{n:02d}") for n in range(4, 21)]
    others += [held(f"B-{key}") for key in ["CBTA", "CBVKS", "CBTHUE", "CBNH"]]
    deputies = [
        held(post.post_id) for post in posts if str(post.post_id).startswith("P-")
    ]
    specialists: list[list[Post]] = [[] for _ in range(11)]
    return [*standing, *committee, *others, *deputies, *specialists]


def _people(posts: Sequence[Post], *, rng: Random) -> tuple[PersonFacts, ...]:
    names = {unit.unit_id: unit.name for unit in district_units()}
    return tuple(
        invent_person(
            Career(
                person_id=PersonId(f"{_FIRST_CARD + number * 37:012d}"),
                posts=held,
                born_years=_born_years(held),
                sex=Sex.FEMALE if _is_woman(held, rng) else Sex.MALE,
                unit_names={str(key): name for key, name in names.items()},
            ),
            rng=rng,
        )
        for number, held in enumerate(_holdings(posts))
    )


def _born_years(held: Sequence[Post]) -> tuple[int, int]:
    keys = {str(post.post_id) for post in held}
    if "UVBTV" in keys:
        return (1966, 1977)
    if "UVBCH" in keys:
        return (1967, 1981)
    if "T-DTN" in keys:
        return (1986, 1989)
    return (1969, 1983) if held else (1980, 1990)


def _is_woman(held: Sequence[Post], rng: Random) -> bool:
    keys = {str(post.post_id) for post in held}
    return "T-PN" in keys or rng.randrange(100) < _WOMAN_IN_A_HUNDRED


def _current_plan(
    people: Sequence[PersonFacts], posts: Sequence[Post], *, rng: Random
) -> tuple[PlanEntry, ...]:
    """Plan two or three lower-ranking people for each post, as offices have it."""
    ranks = {post.post_id: post.rank or 0 for post in posts}
    entries: list[PlanEntry] = []
    load: dict[PersonId, int] = {}
    for post in (post for post in posts if post.is_planned):
        wanted = _PLANNED_FOR_A_BODY.get(str(post.post_id), 2)
        below = [
            person
            for person in people
            if _top_rank(person, ranks) < (post.rank or 0)
            and load.get(person.person_id, 0) < _MOST_POSTS_PLANNED
        ]
        nearest = sorted(below, key=lambda p: -_top_rank(p, ranks))[: wanted * 3]
        for person in rng.sample(nearest, min(wanted, len(nearest))):
            load[person.person_id] = load.get(person.person_id, 0) + 1
            entries.append(current_entry(person.person_id, post))
    return tuple(entries)


def _top_rank(person: PersonFacts, ranks: Mapping[PostId, int]) -> int:
    held = (office.post_id for office in person.offices_on(DAY))
    return max((ranks[post] for post in held if post is not None), default=0)


def current_entry(person_id: PersonId, post: Post) -> PlanEntry:
    """Return an entry of the current plan for the term of the post's line."""
    first_year, last_year = _CURRENT[post.line]
    return PlanEntry(
        person_id=person_id,
        post_id=post.post_id,
        first_year=first_year,
        last_year=last_year,
        decision=_PLAN_DECISION,
        decided=PartialDate(2019, 12, 20),
        issuer="Ban Thường vụ Thành uỷ",
    )
