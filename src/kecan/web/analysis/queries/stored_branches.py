"""Stored branches of a round: their changes, and what of the round changed since."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kecan.web.analysis.changes_json import change_from_json, key_of
from kecan.web.analysis.models import StoredBranch
from kecan.web.analysis.queries.boards import removed_in_review
from kecan.web.analysis.queries.registers import register_now
from kecan.web.analysis.queries.trials import trial_from
from kecan.web.plans.queries import current_terms, next_terms, pack_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from kecan.planning.branch_changes import Change
    from kecan.planning.branch_trial import Trial
    from kecan.web.plans.models import PlanningRound

PARTS: Mapping[str, str] = {
    "people": "hồ sơ cán bộ",
    "posts": "chức danh",
    "plan": "quy hoạch và danh sách đề xuất",
    "review": "kết quả rà soát",
    "rules": "quy định của đợt",
    "round": "thời điểm xét, nhiệm kỳ",
}
"""What a round is made of, as a page names it."""


def branches_of(planning_round: PlanningRound) -> QuerySet[StoredBranch]:
    """Return the stored branches of a round, the oldest first."""
    return StoredBranch.objects.filter(round=planning_round)


def changes_of(branch: StoredBranch) -> tuple[Change, ...]:
    """Return what a stored branch changes."""
    return tuple(change_from_json(one) for one in branch.changes)


def round_state(planning_round: PlanningRound) -> dict[str, str]:
    """Return a mark of each part of a round; it changes exactly when the part does."""
    register = register_now(planning_round)
    pack = pack_of(planning_round)
    found = {
        "people": repr(sorted(register.people, key=lambda one: one.person_id)),
        "posts": repr(sorted(register.posts, key=lambda one: one.post_id)),
        "plan": repr(sorted(repr(one) for one in register.plan)),
        "review": repr(sorted(removed_in_review(planning_round))),
        "rules": repr((pack.key, pack.all_parameters())),
        "round": repr(
            (
                planning_round.as_of,
                current_terms(planning_round),
                next_terms(planning_round),
            )
        ),
    }
    return {part: sha256(text.encode()).hexdigest() for part, text in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchRow:
    """A stored branch as a page lists it.

    ``said`` are its changes, each with the mark a button names it by; ``changed`` are
    the parts of the round that changed since the branch was last looked over; ``lost``
    are changes that cannot be made any more.
    """

    branch: StoredBranch
    said: tuple[tuple[str, str], ...]
    lost: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def stored_trial(branch: StoredBranch, *, first: Trial) -> Trial:
    """Return a stored branch as tried on its round, which is ``first`` now."""
    return trial_from(branch.round, changes_of(branch), name=branch.name, first=first)


def branch_row(
    branch: StoredBranch, *, state: Mapping[str, str], first: Trial
) -> BranchRow:
    """Return a stored branch in words.

    Args:
        branch: The branch.
        state: What the round is made of now, from :func:`round_state`.
        first: The round as it is now.
    """
    trial = stored_trial(branch, first=first)
    return BranchRow(
        branch=branch,
        said=tuple((key_of(change), words.vi) for change, words in trial.said),
        lost=tuple((key_of(change), words.vi) for change, words in trial.lost),
        changed=tuple(
            words
            for part, words in PARTS.items()
            if branch.round_state.get(part) != state[part]
        ),
    )
