"""Invented Vietnamese names, by the frequency real ones have."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from kecan.vocabulary import Sex

KINH = "Kinh"


def invent_name(sex: Sex, *, rng: Random) -> str:
    """Return a full name of the Kinh majority."""
    table = _table()
    while True:
        family = _draw(rng, "family")
        middle = _draw(rng, "middle", sex)
        given = rng.choice(table["given"][sex])
        name = f"{family} {middle} {given}"
        if name not in _never() and given not in middle.split() and given != family:
            return name


def invent_minority_name(ethnicity: str, sex: Sex, *, rng: Random) -> str:
    """Return a full name as one of :func:`minorities` has it.

    Raises:
        KeyError: If ``ethnicity`` is not one of them.
    """
    parts = _table()["minority"][ethnicity]
    family = rng.choice(parts["family"])
    middle = rng.choice(parts["middle"][sex])
    given = rng.choice(parts["given"][sex])
    if middle == "Y":
        return f"Y {given} {family}"
    if middle.endswith("'"):
        return f"{middle}{given} {family}"
    return f"{family} {middle} {given}"


def invent_name_of(ethnicity: str, sex: Sex, *, rng: Random) -> str:
    """Return a full name as people of ``ethnicity`` have it."""
    if ethnicity == KINH:
        return invent_name(sex, rng=rng)
    return invent_minority_name(ethnicity, sex, rng=rng)


def minorities() -> tuple[str, ...]:
    """Return the ethnic minorities names can be invented for."""
    return tuple(_table()["minority"])


def invent_minority(*, rng: Random) -> str:
    """Return one of the minorities, the local ones more often."""
    groups: Mapping[str, Mapping[str, int]] = _table()["minority"]
    return rng.choices(
        list(groups), weights=[one["weight"] for one in groups.values()]
    )[0]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(
        Path(__file__).with_name("names.toml").read_text(encoding="utf-8")
    )


@cache
def _never() -> frozenset[str]:
    return frozenset(_table()["never"]["names"])


@cache
def _weighted(*path: str) -> tuple[Sequence[str], Sequence[int]]:
    """Return the choices at a place of the table and their running sums."""
    weights = _table()
    for key in path:
        weights = weights[key]
    return list(weights), list(accumulate(weights.values()))


def _draw(rng: Random, *path: str) -> str:
    choices, sums = _weighted(*path)
    return rng.choices(choices, cum_weights=sums)[0]
