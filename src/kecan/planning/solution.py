"""A plan with what each rule lacks and how far the proof of that reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecan.planning.problem import Placement, SoftRule


class InfeasibleError(Exception):
    """No plan meets the hard rules."""


class TimeUpError(Exception):
    """The time ran out before any plan was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """What one soft rule lacks in the answer, and the least any plan can lack.

    ``bound`` holds given the values of the rules before; equal to ``missing`` the
    level is proven best.
    """

    rule: SoftRule
    missing: int
    bound: int

    @property
    def is_proven(self) -> bool:
        """Whether no plan does better."""
        return self.missing == self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A plan with what each rule lacks, in order."""

    places: frozenset[Placement]
    levels: tuple[Level, ...]

    @property
    def is_proven(self) -> bool:
        """Whether every level is proven best."""
        return all(one.is_proven for one in self.levels)
