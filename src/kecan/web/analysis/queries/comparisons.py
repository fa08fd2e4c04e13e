"""Several branches of a round compared: side by side, and two of them closely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.problem import ProblemError
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.pack import OperatorValueMissingError, UnknownParameterError
from kecan.web.analysis.queries.stored_branches import branches_of, stored_trial
from kecan.web.analysis.queries.trials import (
    beside,
    difference,
    round_trial,
    solved,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.planning.branch_trial import Trial
    from kecan.planning.tables import Table
    from kecan.web.analysis.models import StoredBranch
    from kecan.web.analysis.queries.trials import Difference, Solved
    from kecan.web.plans.models import PlanningRound

THE_ROUND = 0
"""How the round itself is chosen among its branches."""
MOST_COMPARED = 5
_TWO = 2
_REFUSALS = (
    ProblemError,
    TermEndedError,
    OperatorValueMissingError,
    UnknownParameterError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two branches to look at closely, as the page's links name them."""

    first: int
    second: int
    words: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Branches side by side, and what parts two of them.

    ``refused`` says of which branch no question can be asked, and why; such a one is
    not among those compared. ``base`` is the one whose slate the others keep to among
    equally good ones.
    """

    slates: Table | None
    eligible: Table | None
    pairs: tuple[Pair, ...]
    shown: Difference | None
    refused: tuple[str, ...]
    base: str


def chosen_branches(
    planning_round: PlanningRound, chosen: Sequence[int]
) -> list[StoredBranch]:
    """Return the stored branches among what is chosen, the oldest first."""
    return list(branches_of(planning_round).filter(pk__in=chosen))


def comparison(
    planning_round: PlanningRound,
    chosen: Sequence[int],
    *,
    pair: tuple[int, int] | None,
    is_next: bool,
) -> Comparison:
    """Compare branches of a round with each other, and with the round.

    Args:
        planning_round: The round.
        chosen: Stored branches, and ``THE_ROUND``; at most :data:`MOST_COMPARED`.
        pair: The two to look at closely; the first two when None.
        is_next: Whether the next terms are looked at.
    """
    first = round_trial(planning_round, is_next=is_next)
    trials: list[tuple[int, Trial]] = []
    if THE_ROUND in chosen:
        trials.append((THE_ROUND, first))
    trials += [
        (one.pk, stored_trial(one, first=first))
        for one in chosen_branches(planning_round, chosen)
    ]
    found: dict[int, Solved] = {}
    refused = []
    for key, trial in trials[:MOST_COMPARED]:
        near = next(iter(found.values()), None)
        try:
            found[key] = solved(planning_round, trial, of=len(trials), near=near)
        except _REFUSALS as refusal:
            refused.append(f"{trial.branch.name}: {refusal.sentence.vi}")
    pairs = tuple(_pairs(found, pair))
    shown = next((one for one in pairs if one.is_shown), None)
    slates, eligible = beside(list(found.values())) if found else (None, None)
    return Comparison(
        slates=slates,
        eligible=eligible,
        pairs=pairs,
        shown=None
        if shown is None
        else difference(planning_round, found[shown.first], found[shown.second]),
        refused=tuple(refused),
        base=next((one.name for one in found.values()), ""),
    )


def _pairs(found: dict[int, Solved], wanted: tuple[int, int] | None) -> list[Pair]:
    """Return every two of the branches, the earlier first."""
    keys = list(found)
    if len(keys) < _TWO:
        return []
    if wanted is None or wanted[0] not in found or wanted[1] not in found:
        wanted = (keys[0], keys[1])
    return [
        Pair(
            first=one,
            second=other,
            words=f"{found[one].name} → {found[other].name}",
            is_shown=(one, other) == wanted,
        )
        for at, one in enumerate(keys)
        for other in keys[at + 1 :]
    ]
