"""Invents the dossier of one person: birth, party, a dated career with its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kecan.regulations.facts import OfficeHeld, PersonFacts, PostKind, UnitKind
from kecan.sample.names import KINH, invent_name_of
from kecan.sample.papers import (
    ELECTION_KINDS,
    appointing_paper,
    first_day_of_term,
    government_paper,
)
from kecan.sample.records import (
    invent_commendations,
    invent_conclusions,
    invent_ratings,
    invent_trainings,
)
from kecan.sample.units import COMMUNES, place_kind
from kecan.vocabulary import PartialDate, PersonId, Sex, UnitId

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from kecan.regulations.facts import Post

_HOMES = (
    *(f"{place_kind(name)} {name}" for name in COMMUNES),
    "huyện khác cùng thành phố",
    "tỉnh khác",
)
_LAST_APPOINTED = date(2021, 11, 30)
_SHORTEST_STAGE = timedelta(days=540)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One office of a career. ``post`` is None outside the register."""

    title: str
    unit_name: str
    post: Post | None = None
    unit_kind: UnitKind = UnitKind.OTHER

    @property
    def is_elected(self) -> bool:
        """Whether holders take it at a congress or a first session."""
        return self.post is not None and self.post.kind in ELECTION_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """What is fixed about a person before the rest is invented.

    ``held`` are the offices held today, the first the main one; ``ladder`` those
    before them, lowest first. ``born`` may be known to the year only.
    """

    person_id: PersonId
    sex: Sex
    born: PartialDate
    field: str
    held: Sequence[Stage]
    ladder: Sequence[Stage] = ()
    ethnicity: str = KINH
    full_name: str | None = None
    unit_id: UnitId | None = None

    @property
    def rank(self) -> int:
        """The rank of the highest office held, 0 without one."""
        held = (stage.post for stage in self.held)
        return max((post.rank or 0 for post in held if post is not None), default=0)


def invent_person(career: Career, *, rng: Random) -> PersonFacts:
    """Return a plausible dossier as of spring 2022; the same seed gives the same."""
    born = career.born.earliest
    joined = _some_day(born.year + rng.randint(20, 27), rng)
    official = joined.replace(year=joined.year + 1)
    offices = _offices(career, born=born, rng=rng)
    return PersonFacts(
        person_id=career.person_id,
        full_name=career.full_name
        or invent_name_of(career.ethnicity, career.sex, rng=rng),
        sex=career.sex,
        born=career.born,
        ethnicity=career.ethnicity,
        home_place=rng.choice(_HOMES),
        unit_id=career.unit_id,
        party_joined=PartialDate.of(joined),
        party_official=PartialDate.of(official),
        offices=offices,
        trainings=invent_trainings(
            rank=career.rank, field=career.field, born=born, rng=rng
        ),
        ratings=invent_ratings(first=offices[0].since.year if offices else 0, rng=rng),
        commendations=invent_commendations(rank=career.rank, rng=rng),
        political_conclusions=invent_conclusions(rng=rng),
    )


def _some_day(year: int, rng: Random) -> date:
    return date(year, rng.randint(1, 12), rng.randint(1, 28))


def _offices(career: Career, *, born: date, rng: Random) -> tuple[OfficeHeld, ...]:
    """Return the ladder end to end, then what is held today."""
    began = _some_day(born.year + rng.randint(24, 26), rng)
    now = [_since(stage, began=began, rng=rng) for stage in career.held]
    until_now = now[0] if now else _LAST_APPOINTED
    ladder = _that_fit(career.ladder, until_now - began)
    turns = _turns(began, until_now, len(ladder), rng)
    past = [
        _office(stage, since=since, until=until, rng=rng)
        for stage, since, until in zip(ladder, turns, turns[1:], strict=False)
    ]
    held = [
        _office(stage, since=since, until=None, rng=rng)
        for stage, since in zip(career.held, now, strict=True)
    ]
    return (*past, *held)


def _since(stage: Stage, *, began: date, rng: Random) -> date:
    """Return the day a stage held today began: with its term, or some time before."""
    if stage.is_elected and stage.post is not None:
        return max(began, first_day_of_term(stage.post, stage.unit_kind, rng=rng))
    if stage.post is not None and stage.post.kind is PostKind.SPECIALIST:
        return began
    earliest = max(date(2014, 1, 1), began + timedelta(days=365 * 6))
    room = (_LAST_APPOINTED - earliest).days
    return earliest + timedelta(days=rng.randint(0, room)) if room > 0 else began


def _that_fit(ladder: Sequence[Stage], room: timedelta) -> Sequence[Stage]:
    """Return the upper part of the ladder there is time for."""
    most = max(0, room // _SHORTEST_STAGE)
    return ladder[len(ladder) - min(most, len(ladder)) :]


def _turns(began: date, ended: date, stages: int, rng: Random) -> list[date]:
    """Cut the years before today's offices into ``stages`` parts of like length."""
    if not stages:
        return []
    length = (ended - began).days // stages
    cuts = [
        began + timedelta(days=length * n + rng.randint(-length // 5, length // 5))
        for n in range(1, stages)
    ]
    return [began, *cuts, ended]


def _office(
    stage: Stage, *, since: date, until: date | None, rng: Random
) -> OfficeHeld:
    if stage.post is None:
        paper = government_paper(
            "Quyết định", symbol="QĐ-UBND", on=since, number=rng.randint(11, 2400)
        )
    else:
        paper = appointing_paper(stage.post, on=since, rng=rng)
    return OfficeHeld(
        post_id=stage.post.post_id if stage.post is not None else None,
        title=stage.title,
        unit_name=stage.unit_name,
        since=PartialDate.of(since),
        until=PartialDate.of(until) if until is not None else None,
        source=paper,
    )
