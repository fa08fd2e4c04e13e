"""Taking hold of a round: locked, and in a state the action is allowed in."""

from __future__ import annotations

from kecan.web.plans.models import PlanningRound, RoundState
from kecan.web.plans.refusals import RoundStateError


def locked_round(round_id: int, *allowed: RoundState) -> PlanningRound:
    """Lock the round's row until the transaction ends.

    Raises:
        RoundStateError: If the round is in none of the ``allowed`` states.
    """
    locked = PlanningRound.objects.select_for_update().get(pk=round_id)
    if locked.state not in allowed:
        expected = " hoặc ".join(f"“{state.label}”" for state in allowed)
        msg = (
            f"Đợt “{locked.title}” đang ở bước “{RoundState(locked.state).label}”; "
            f"việc này chỉ làm được ở bước {expected}."
        )
        raise RoundStateError(msg)
    return locked


def move(planning_round: PlanningRound, to: RoundState, *fields: str) -> None:
    """Put the round into a state and save the named fields with it."""
    planning_round.state = to
    planning_round.save(update_fields=["state", *fields])


def subject_of(planning_round: PlanningRound) -> str:
    return f"Đợt quy hoạch {planning_round.key}"
