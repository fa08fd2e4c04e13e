"""What people try on the pages of the analyses, read from the address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from kecan.planning.problem import PEOPLE_WANTED, SoftRule, ordered
from kecan.web.analysis.queries.boards import BoardWishes

if TYPE_CHECKING:
    from django.http import QueryDict

    from kecan.web.analysis.queries.boards import RowPlaces

_PLACE = re.compile(r"(\d{1,18})-(\d{1,18})")
_MOST_WANTED = 9


def wishes_of(given: QueryDict) -> BoardWishes:
    """Read what is tried on the board; what is not understood counts as not given."""
    keep, never = places_given(given, "giu"), places_given(given, "loai")
    undone = places_given(given, "bo")
    return BoardWishes(
        is_next=given.get("ky") != "nay",
        keep=keep - undone,
        never=never - keep - undone,
        order=_order(given),
        wanted=_wanted(given.get("can", "")),
        wanted_is_hard=given.get("bat-buoc") == "1",
        follows_ties=given.get("ngang") == "1",
    )


def asks_for_a_change(given: QueryDict) -> bool:
    """Tell whether a button was pressed whose word should not stay in the address."""
    return any(name in given for name in ("bo", "len"))


def written(wishes: BoardWishes) -> str:
    """Return the same wishes as an address carries them."""
    pairs = [("ky", "sau" if wishes.is_next else "nay")]
    pairs += [("giu", f"{a}-{b}") for a, b in sorted(wishes.keep)]
    pairs += [("loai", f"{a}-{b}") for a, b in sorted(wishes.never)]
    if wishes.order != tuple(SoftRule):
        pairs += [("thu-tu", ",".join(wishes.order))]
    if wishes.wanted != PEOPLE_WANTED:
        pairs += [("can", str(wishes.wanted))]
    if wishes.wanted_is_hard:
        pairs += [("bat-buoc", "1")]
    if wishes.follows_ties:
        pairs += [("ngang", "1")]
    return urlencode(pairs)


def with_ties(wishes: BoardWishes) -> BoardWishes:
    """Return the same wishes with every tie followed to the end."""
    return replace(wishes, follows_ties=True)


def places_of(text: str) -> RowPlaces:
    """Read placements written one after the other, as the page's form sends them."""
    return frozenset(_numbers(one) for one in text.split(",") if _PLACE.fullmatch(one))


def places_given(given: QueryDict, name: str) -> RowPlaces:
    """Read the placements an address names; what is not understood is left out."""
    return frozenset(
        _numbers(one) for one in given.getlist(name) if _PLACE.fullmatch(one)
    )


def _numbers(text: str) -> tuple[int, int]:
    person, _, post = text.partition("-")
    return int(person), int(post)


def _order(given: QueryDict) -> tuple[SoftRule, ...]:
    """Return the order asked for, with the rule of the button moved one place up."""
    known = {rule.value: rule for rule in SoftRule}
    named = [known[one] for one in given.get("thu-tu", "").split(",") if one in known]
    order = list(ordered(tuple(dict.fromkeys(named))))
    moved = known.get(given.get("len", ""))
    if moved is not None and (at := order.index(moved)):
        order[at - 1], order[at] = order[at], order[at - 1]
    return tuple(order)


def _wanted(text: str) -> int:
    number = int(text) if text.isdecimal() and len(text) == 1 else 0
    return number if 1 <= number <= _MOST_WANTED else PEOPLE_WANTED
