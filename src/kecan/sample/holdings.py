"""Who holds which posts together in the invented district, and by what way they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.facts import UnitKind
from kecan.sample.careers import Stage
from kecan.sample.posts import SPECIALISTS
from kecan.sample.units import (
    ADMINISTRATIVE,
    BASES,
    COMMUNES,
    PARTY_BODIES,
    PUBLIC,
    UNIONS,
    place_kind,
)
from kecan.vocabulary import PostId, Sex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from kecan.regulations.facts import Post, Unit
    from kecan.vocabulary import UnitId

_BODIES = ("UVBTV", "UVBCH")
_LEADERS = (
    ("BT",), ("PBTTT", "CTHD"), ("PBT", "CTUB"), ("PCTHD",), ("PCTKT",), ("PCTVX",),
    ("T-BTC", "T-NV"), ("T-BTG",), ("T-BDV", "T-MTTQ"), ("T-UBKT",),
    ("T-CA", "B-DBCA"), ("T-QS", "B-DBQS"), ("T-VPHU",),
)  # fmt: skip
_HEADS_IN_COMMITTEE = (
    "TCKH", "KT", "TNMT", "GDDT", "LDTBXH", "TTR", "VPUB", "DTN", "PN", "ND", "CCB",
    "LDLD", "BQLDA", "TTYT",
)  # fmt: skip
_SECRETARIES_IN_COMMITTEE = 11
_CHAIRS_IN_COMMITTEE = 3
_SECRETARIES_WHO_CHAIR = 16  # of the commune's council at the same time

# Women in each group of holders: few at the top, as the district finds out itself.
_WOMEN = {"leaders": 2, "committee": 5, "heads": 10, "deputies": 7, "specialists": 4}
_BORN = {
    "leaders": (1966, 1977),
    "committee": (1968, 1981),
    "heads": (1969, 1984),
    "deputies": (1975, 1988),
    "specialists": (1984, 1993),
}
_BORN_IN_YOUTH_UNION = (1986, 1989)
_ELSEWHERE = {
    UnitKind.COMMUNE: ("Công chức Văn phòng - Thống kê", "Phó Chủ tịch UBND"),
    UnitKind.ARMED_FORCES: ("Cán bộ", "Cấp phó của người đứng đầu"),
}  # titles before the main post where the register lists no lower posts
_CENTRAL = "Cơ quan trung ương đóng tại huyện"
_NURSERIES = ("NV", "TCKH", "KT", "TNMT", "VPUB", "GDDT")  # units leaders come from
_LAST_STEP = {"BT": ("PCTKT", "PBT"), "PBTTT": ("T-BTC",), "PBT": ("PCTKT",)}
_ALWAYS = {"T-PN": Sex.FEMALE, "T-CCB": Sex.MALE, "T-CA": Sex.MALE, "T-QS": Sex.MALE}
_YEARS_WOMEN_ARE_YOUNGER = 4  # so that few of them are close to retirement


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One person's place: the posts held together, the main one first."""

    group: str
    posts: tuple[PostId, ...]

    @property
    def main(self) -> PostId:
        """The post that names the place."""
        return self.posts[0]


def district_holdings() -> tuple[Holding, ...]:
    """Return the places of 120 people, leaders first."""
    communes = range(1, len(COMMUNES) + 1)
    planned = set(_HEADS_IN_COMMITTEE)
    groups: dict[str, list[tuple[str, ...]]] = {
        "leaders": [(*held, *_BODIES) for held in _LEADERS],
        "committee": [
            *((f"T-{key}", "UVBCH") for key in _HEADS_IN_COMMITTEE),
            *((*_secretary(n), "UVBCH") for n in communes[:_SECRETARIES_IN_COMMITTEE]),
            *((f"UB-X{n:02d}", "UVBCH") for n in communes[:_CHAIRS_IN_COMMITTEE]),
        ],
        "heads": [
            *((f"T-{key}",) for key in (*ADMINISTRATIVE, *PUBLIC) if key not in planned | {"NV"}),
            *(_secretary(n) for n in communes[_SECRETARIES_IN_COMMITTEE:]),
            *((f"HD-X{n:02d}",) for n in communes[_SECRETARIES_WHO_CHAIR:]),
            *((f"UB-X{n:02d}",) for n in communes[_CHAIRS_IN_COMMITTEE:]),
            *((f"B-{key}",) for key in BASES if key not in {"DBCA", "DBQS"}),
        ],
        "deputies": [(f"P-{key}",) for key in (*PARTY_BODIES, *ADMINISTRATIVE, *PUBLIC)],
        "specialists": [(f"CV-{key}",) for key in SPECIALISTS],
    }  # fmt: skip
    return tuple(
        Holding(group=group, posts=tuple(map(PostId, held)))
        for group, holdings in groups.items()
        for held in holdings
    )


def _secretary(number: int) -> tuple[str, ...]:
    unit = f"X{number:02d}"
    is_chair = number <= _SECRETARIES_WHO_CHAIR
    return (f"BT-{unit}", f"HD-{unit}") if is_chair else (f"BT-{unit}",)


def deal_sexes(
    holdings: Sequence[Holding], *, fixed: Mapping[PostId, Sex], rng: Random
) -> list[Sex]:
    """Return a sex for each place: so many women a group, some places given."""
    known = {**{PostId(key): sex for key, sex in _ALWAYS.items()}, **fixed}
    sexes = [known.get(one.main, Sex.MALE) for one in holdings]
    for group, wanted in _WOMEN.items():
        places = [n for n, one in enumerate(holdings) if one.group == group]
        have = sum(sexes[n] is Sex.FEMALE for n in places)
        free = [n for n in places if holdings[n].main not in known]
        for n in rng.sample(free, max(0, wanted - have)):
            sexes[n] = Sex.FEMALE
    return sexes


def birth_years(holding: Holding, sex: Sex) -> tuple[int, int]:
    """Return the years a holder of the place may be born in."""
    if holding.main == "T-DTN":
        return _BORN_IN_YOUTH_UNION
    first, last = _BORN[holding.group]
    return (first + _YEARS_WOMEN_ARE_YOUNGER if sex is Sex.FEMALE else first), last


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladders:
    """The posts and units of the district, from which careers are built."""

    posts: Mapping[PostId, Post]
    units: Mapping[UnitId, Unit]

    def stage(self, post_id: str) -> Stage:
        """Return a post of the district as a stage of a career."""
        post = self.posts[PostId(post_id)]
        unit = self.units[post.unit_id]
        return Stage(
            title=post.title, unit_name=unit.name, post=post, unit_kind=unit.kind
        )

    def before(self, holding: Holding, *, rng: Random) -> tuple[Stage, ...]:
        """Return the stages people of a place went through, lowest first."""
        post = self.posts[holding.main]
        unit = self.units[post.unit_id]
        key = str(unit.unit_id)
        if unit.kind in _ELSEWHERE:
            return tuple(
                Stage(title=title, unit_name=unit.name)
                for title in _ELSEWHERE[unit.kind]
            )
        if holding.group == "specialists":
            return ()
        if holding.group == "leaders" and PostId(f"P-{key}") not in self.posts:
            return (
                *self._through(rng.choice(_NURSERIES)),
                *(self.stage(step) for step in _LAST_STEP.get(holding.main, ())),
            )
        if PostId(f"P-{key}") in self.posts and holding.group != "deputies":
            return self._through(key)[:2]
        if key in UNIONS:
            place = COMMUNES[rng.randrange(len(COMMUNES))]
            commune = f"UBND {place_kind(place)} {place}"
            return (
                Stage(title="Cán bộ không chuyên trách", unit_name=commune),
                Stage(title="Phó cấp trưởng đoàn thể", unit_name=unit.name),
            )
        return (self._specialist(key),)

    def _through(self, key: str) -> tuple[Stage, ...]:
        """Return the three steps of a unit that has deputies."""
        return (
            self._specialist(key),
            self.stage(f"P-{key}"),
            self.stage(f"T-{key}"),
        )

    def _specialist(self, key: str) -> Stage:
        if PostId(f"CV-{key}") in self.posts:
            return self.stage(f"CV-{key}")
        head = self.posts.get(PostId(f"T-{key}"))
        unit_name = _CENTRAL if head is None else self.units[head.unit_id].name
        return Stage(title="Chuyên viên", unit_name=unit_name)
