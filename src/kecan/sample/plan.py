"""The current plan of the invented district, faultless until faults are planted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kecan.regulations.facts import PlanEntry, PostKind, TrainingKind
from kecan.sample.papers import party_paper
from kecan.vocabulary import Level, Line, PartialDate, Sex

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from kecan.regulations.facts import PersonFacts, Post
    from kecan.vocabulary import PersonId, PostId

CURRENT = {Line.PARTY: (2020, 2025), Line.GOVERNMENT: (2021, 2026)}
"""First and last year of the current term on each line."""

_WANTED_FOR_A_BODY = {"UVBCH": 12, "UVBTV": 7}
_WOMEN_FOR_A_BODY = {"UVBCH": 2, "UVBTV": 1}  # too few, as the rules will say
_WANTED = 2
_NOBODY_BEHIND = frozenset({"T-QLDT"})  # the post nobody is planned for
_STEP = 30  # ranks a career climbs at once
_MOST_POSTS = 2
_OLDEST = {Sex.MALE: 1966, Sex.FEMALE: 1972}
_DECIDED = {
    Level.PROVINCE: (date(2019, 12, 20), 3124, "QĐ/TU", "Ban Thường vụ Thành uỷ"),
    Level.DISTRICT: (date(2019, 12, 27), 1187, "QĐ/HU", "Ban Thường vụ Huyện uỷ"),
    Level.COMMUNE: (date(2019, 12, 30), 96, "QĐ/ĐU", "Ban Thường vụ Đảng uỷ"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Those a plan may draw on, and the day and posts that say how high they are."""

    people: Sequence[PersonFacts]
    posts: Mapping[PostId, Post]
    day: date


def current_entry(person_id: PersonId, post: Post) -> PlanEntry:
    """Return an entry of the current plan for the term of the post's line."""
    first_year, last_year = CURRENT[post.line]
    on, number, symbol, issuer = _DECIDED[post.managed_by or Level.DISTRICT]
    return PlanEntry(
        person_id=person_id,
        post_id=post.post_id,
        first_year=first_year,
        last_year=last_year,
        decision=party_paper("Quyết định", symbol=symbol, on=on, number=number),
        decided=PartialDate.of(on),
        issuer=issuer,
    )


def draw_up_plan(
    source: Source, *, left_out: Collection[PersonId], rng: Random
) -> tuple[PlanEntry, ...]:
    """Plan lower-ranking people for each planned post, those of its unit first.

    Args:
        source: The people, the posts they hold and the day.
        left_out: People the plan must not touch.
        rng: The seeded generator.
    """
    load: dict[PersonId, int] = {}
    entries: list[PlanEntry] = []
    order = list(source.people)
    rng.shuffle(order)
    free = [one for one in order if _is_free(one, left_out)]
    for post in source.posts.values():
        if not post.is_planned or post.post_id in _NOBODY_BEHIND:
            continue
        for person in _chosen(post, free, load, source):
            load[person.person_id] = load.get(person.person_id, 0) + 1
            entries.append(current_entry(person.person_id, post))
    return tuple(entries)


def _is_free(person: PersonFacts, left_out: Collection[PersonId]) -> bool:
    born, sex = person.born, person.sex
    is_young = born is not None and sex is not None and born.year >= _OLDEST[sex]
    return is_young and person.person_id not in left_out


def _chosen(
    post: Post,
    people: Sequence[PersonFacts],
    load: Mapping[PersonId, int],
    source: Source,
) -> list[PersonFacts]:
    rank = post.rank or 0
    below = [
        person
        for person in people
        if load.get(person.person_id, 0) < _MOST_POSTS
        and _top_rank(person, source) < rank
    ]
    below.sort(key=lambda person: _distance(person, post, source))
    key = str(post.post_id)
    if post.kind not in {PostKind.COMMITTEE_MEMBER, PostKind.STANDING_MEMBER}:
        return below[:_WANTED]
    women = [one for one in below if one.sex is Sex.FEMALE][: _WOMEN_FOR_A_BODY[key]]
    men = [one for one in below if one.sex is Sex.MALE]
    return [*women, *men[: _WANTED_FOR_A_BODY[key] - len(women)]]


def _distance(
    person: PersonFacts, post: Post, source: Source
) -> tuple[bool, bool, bool, int]:
    """Return how far a person is from a post, the gravest first.

    A jump over a rank, another unit, another field, a lower rank.
    """
    fields = {
        training.field
        for training in person.trainings
        if training.kind is TrainingKind.PROFESSION
    }
    is_unfit = bool(post.fitting_fields) and fields.isdisjoint(post.fitting_fields)
    gap = (post.rank or 0) - _top_rank(person, source)
    return (gap > _STEP, person.unit_id != post.unit_id, is_unfit, gap)


def _top_rank(person: PersonFacts, source: Source) -> int:
    held = (office.post_id for office in person.offices_on(source.day))
    ranks = (source.posts[post].rank or 0 for post in held if post is not None)
    return max(ranks, default=0)
