"""Keeping branches of a round: made, changed, renamed, looked over, deleted.

None of these touches the round; its row is only locked while a branch is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from kecan.planning.branch_changes import DraftOverlay, with_change
from kecan.web.analysis.changes_json import change_to_json, key_of, kind_of
from kecan.web.analysis.models import StoredBranch
from kecan.web.analysis.queries.stored_branches import changes_of, round_state
from kecan.web.analysis.refusals import (
    BranchNameMissingError,
    BranchNameTakenError,
    ChangeGoneError,
)
from kecan.web.audit.actions import record
from kecan.web.plans.actions.states import subject_of
from kecan.web.plans.models import PlanningRound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kecan.planning.branch_changes import Change
    from kecan.web.audit.actions import Actor


@transaction.atomic
def make_branch(
    *,
    round_id: int,
    name: str,
    changes: Sequence[Change],
    copied_from: str,
    by: Actor,
    at: datetime,
) -> StoredBranch:
    """Keep a branch of a round under a name of its own.

    Args:
        round_id: The round.
        name: What the branch is called.
        changes: What it changes; nothing for the round as it is.
        copied_from: The name of the branch it begins as, blank for the round.
        by: Who makes it.
        at: When.

    Raises:
        BranchNameMissingError: If there is no name.
        BranchNameTakenError: If another branch of the round has it.
    """
    planning_round = PlanningRound.objects.select_for_update().get(pk=round_id)
    name = _free_name(planning_round, name)
    kept: tuple[Change, ...] = ()
    for one in changes:
        kept = with_change(kept, one)
    made = StoredBranch.objects.create(
        round=planning_round,
        name=name,
        copied_from=copied_from,
        changes=[change_to_json(one) for one in kept],
        round_state=round_state(planning_round),
        made_by=by.login,
        made_at=at,
        changed_at=at,
    )
    details = {"branch": name, "copied_from": copied_from, "changes": len(kept)}
    _record("branch.made", made, by=by, at=at, details=details)
    return made


@transaction.atomic
def add_change(
    *, branch_id: int, change: Change, by: Actor, at: datetime
) -> StoredBranch:
    """Put one more change into a branch, in place of an older one about the same thing."""
    branch = _locked(branch_id)
    _save_changes(branch, with_change(changes_of(branch), change), at=at)
    details = {"branch": branch.name, "added": _told(change)}
    _record("branch.changed", branch, by=by, at=at, details=details)
    return branch


@transaction.atomic
def drop_change(*, branch_id: int, key: str, by: Actor, at: datetime) -> StoredBranch:
    """Take a change out of a branch.

    Raises:
        ChangeGoneError: If the branch does not have it any more.
    """
    branch = _locked(branch_id)
    found = changes_of(branch)
    dropped = [one for one in found if key_of(one) == key]
    if not dropped:
        msg = f"Phương án thử “{branch.name}” không còn thay đổi này; hãy mở lại trang."
        raise ChangeGoneError(msg)
    _save_changes(branch, [one for one in found if one not in dropped], at=at)
    details = {"branch": branch.name, "dropped": _told(dropped[0])}
    _record("branch.changed", branch, by=by, at=at, details=details)
    return branch


@transaction.atomic
def rename_branch(
    *, branch_id: int, name: str, by: Actor, at: datetime
) -> StoredBranch:
    """Give a branch another name.

    Raises:
        BranchNameMissingError: If there is no name.
        BranchNameTakenError: If another branch of the round has it.
    """
    branch = _locked(branch_id)
    PlanningRound.objects.select_for_update().get(pk=branch.round_id)
    before = branch.name
    branch.name = _free_name(branch.round, name, besides=branch)
    branch.changed_at = at
    branch.save(update_fields=["name", "changed_at"])
    details = {"branch": branch.name, "before": before}
    _record("branch.renamed", branch, by=by, at=at, details=details)
    return branch


@transaction.atomic
def look_over_branch(*, branch_id: int, by: Actor, at: datetime) -> StoredBranch:
    """Note that somebody looked a branch over against the round as it is now."""
    branch = _locked(branch_id)
    branch.round_state = round_state(branch.round)
    branch.save(update_fields=["round_state"])
    _record("branch.looked_over", branch, by=by, at=at, details={"branch": branch.name})
    return branch


@transaction.atomic
def delete_branch(*, branch_id: int, by: Actor, at: datetime) -> None:
    """Delete a branch; the ledger keeps its name and how many changes it had."""
    branch = _locked(branch_id)
    details = {"branch": branch.name, "changes": len(branch.changes)}
    _record("branch.deleted", branch, by=by, at=at, details=details)
    branch.delete()


def _locked(branch_id: int) -> StoredBranch:
    return (
        StoredBranch.objects.select_for_update(of=("self",))
        .select_related("round__unit")
        .get(pk=branch_id)
    )


def _free_name(
    planning_round: PlanningRound, name: str, *, besides: StoredBranch | None = None
) -> str:
    """Return the name as it is kept; the row of the round or branch is locked."""
    written = " ".join(name.split())
    if not written:
        msg = "Phương án thử phải có tên; hãy ghi tên rồi gửi lại."
        raise BranchNameMissingError(msg)
    others = StoredBranch.objects.filter(round=planning_round, name=written)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        msg = f"Đợt này đã có phương án thử tên “{written}”; hãy chọn tên khác."
        raise BranchNameTakenError(msg)
    return written


def _save_changes(
    branch: StoredBranch, changes: Sequence[Change], *, at: datetime
) -> None:
    branch.changes = [change_to_json(one) for one in changes]
    branch.changed_at = at
    branch.save(update_fields=["changes", "changed_at"])


def _told(change: Change) -> dict[str, Any]:
    """Return what the ledger says of a change: a draft of rules by its name only."""
    if isinstance(change, DraftOverlay):
        return {"kind": kind_of(change), "name": change.name}
    return change_to_json(change)


def _record(
    action: str,
    branch: StoredBranch,
    *,
    by: Actor,
    at: datetime,
    details: dict[str, Any],
) -> None:
    record(
        action=action, by=by, at=at, subject=subject_of(branch.round), details=details
    )
