"""Deals out sex, birth, ethnicity and trained field, and invents the 120 people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kecan.sample.careers import Career, invent_person
from kecan.sample.holdings import (
    Ladders,
    birth_years,
    deal_sexes,
    district_holdings,
)
from kecan.sample.names import KINH, invent_name_of, minorities
from kecan.sample.notable import Given, given_facts
from kecan.vocabulary import PartialDate, PersonId, PostId, Sex, UnitId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from kecan.regulations.facts import PersonFacts
    from kecan.sample.holdings import Holding

_FIRST_CARD, _CARD_STEP = 46_020_100_001, 37

# Trained fields in 120 dossiers. Arts, teaching and law are plentiful, economics and
# engineering short: the shortage the Secretary speaks of comes out of the dossiers.
_FIELDS = {
    "sư phạm": 26, "luật": 20, "quản lý nhà nước": 19, "xây dựng Đảng": 11,
    "xã hội học": 9, "văn hoá": 9, "nông nghiệp": 8, "y khoa": 6, "báo chí": 4,
    "kinh tế": 3, "tài chính": 2, "quản lý đất đai": 1, "xây dựng": 1, "kỹ thuật": 1,
}  # fmt: skip
SCARCE_FIELDS = frozenset(
    {"kinh tế", "tài chính", "quản lý đất đai", "xây dựng", "kỹ thuật"}
)
"""Economic and technical fields of training."""

_OWN_FIELDS = {"T-CA": "an ninh", "T-QS": "quân sự"}
_FIT_IN_A_HUNDRED = 75
_MINORITY_PEOPLE = {"Mường": 6, "Tày": 2, "Thái": 1, "Dao": 1, "Mông": 1, "Ê Đê": 1}


def invent_people(
    ladders: Ladders, *, rng: Random
) -> tuple[tuple[PersonFacts, ...], dict[PostId, PersonId]]:
    """Invent the people of the district.

    Returns:
        The people, leaders first, and who they are by their main post.
    """
    holdings = district_holdings()
    given = given_facts()
    fixed = {post: one.sex for post, one in given.items() if one.sex is not None}
    sexes = deal_sexes(holdings, fixed=fixed, rng=rng)
    groups = _deal_ethnicities(holdings, given, rng)
    fields = _deal_fields(holdings, ladders, rng)
    taken = {one.full_name for one in given.values()}
    people = []
    holders: dict[PostId, PersonId] = {}
    for number, holding in enumerate(holdings):
        known = given.get(holding.main, Given())
        person_id = PersonId(f"{_FIRST_CARD + number * _CARD_STEP:012d}")
        holders[holding.main] = person_id
        career = Career(
            person_id=person_id,
            sex=sexes[number],
            born=known.born or _birthday(holding, sexes[number], rng),
            field=fields[number],
            held=tuple(ladders.stage(post) for post in holding.posts),
            ladder=ladders.before(holding, rng=rng),
            ethnicity=groups[number],
            full_name=known.full_name
            or _name(groups[number], sexes[number], taken=taken, rng=rng),
            unit_id=_unit(holding, ladders),
        )
        people.append(invent_person(career, rng=rng))
    return tuple(people), holders


def _name(
    ethnicity: str, sex: Sex, *, taken: Collection[str | None], rng: Random
) -> str:
    """Return a name nobody has who was named in advance."""
    while (name := invent_name_of(ethnicity, sex, rng=rng)) in taken:
        continue
    return name


def _birthday(holding: Holding, sex: Sex, rng: Random) -> PartialDate:
    first, last = birth_years(holding, sex)
    day = date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))
    return PartialDate.of(day)


def _unit(holding: Holding, ladders: Ladders) -> UnitId:
    return ladders.posts[holding.main].unit_id


def _deal_ethnicities(
    holdings: Sequence[Holding], given: Mapping[PostId, Given], rng: Random
) -> list[str]:
    """Return an ethnicity for each place.

    Whoever has a name already is Kinh; so are the leaders, who are few.
    """
    dealt = [KINH] * len(holdings)
    free = [
        number
        for number, one in enumerate(holdings)
        if one.group != "leaders" and given.get(one.main, Given()).full_name is None
    ]
    groups = [name for name in minorities() for _ in range(_MINORITY_PEOPLE[name])]
    for number, group in zip(rng.sample(free, len(groups)), groups, strict=True):
        dealt[number] = group
    return dealt


def _deal_fields(
    holdings: Sequence[Holding], ladders: Ladders, rng: Random
) -> list[str]:
    """Return a trained field for each place, from a deck of fixed proportions.

    Places that ask for a plentiful field mostly get one; those that ask for a
    scarce one take what comes.
    """
    deck = [field for field, number in _FIELDS.items() for _ in range(number)]
    rng.shuffle(deck)
    dealt = [""] * len(holdings)
    for number in rng.sample(range(len(holdings)), len(holdings)):
        main = holdings[number].main
        fitting = set(ladders.posts[main].fitting_fields) - SCARCE_FIELDS
        is_fit = rng.randrange(100) < _FIT_IN_A_HUNDRED
        place = next(
            (n for n, field in enumerate(deck) if is_fit and field in fitting), 0
        )
        dealt[number] = _OWN_FIELDS.get(main) or deck[place]
        del deck[place]
    return dealt
