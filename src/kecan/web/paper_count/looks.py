"""The rule of three looks: two people blind, and a third where they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

BLIND = 2
_Said = TypeVar("_Said")


def settled(said: Sequence[_Said]) -> _Said | None:
    """Return what stands: what two blind looks agree on, or what the third says."""
    if len(said) > BLIND:
        return said[BLIND]
    if len(said) == BLIND and said[0] == said[1]:
        return said[0]
    return None
