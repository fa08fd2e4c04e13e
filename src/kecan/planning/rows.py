"""Rows of a sparse matrix, and placements grouped by what they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kecan.planning.problem import Placement

_Key = TypeVar("_Key")


@dataclass(slots=True)
class Rows:
    """Rows of a sparse matrix while they are written."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(
        self, terms: Iterable[tuple[int, int]], *, least: float, most: float = inf
    ) -> None:
        """Add one row: columns with their whole values, and its bounds."""
        self.starts.append(len(self.columns))
        self.lower.append(least)
        self.upper.append(most)
        for column, value in terms:
            self.columns.append(column)
            self.values.append(value)


def grouped(
    places: Iterable[Placement], key: Callable[[Placement], _Key]
) -> dict[_Key, list[Placement]]:
    """Return the placements under each key, in their order."""
    found: dict[_Key, list[Placement]] = {}
    for place in places:
        found.setdefault(key(place), []).append(place)
    return found
