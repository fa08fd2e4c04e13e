"""A rotation from the proposal to the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from kecan.web.organisation.models import Unit
from kecan.web.plans.models import PlanningRound
from kecan.web.training.actions.steps import move, record_for
from kecan.web.training.models import Rotation, RotationState
from kecan.web.training.queries import planned_entries
from kecan.web.training.refusals import (
    ItemStateError,
    NotInPlanError,
    ReasonMissingError,
    RotationDatesError,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where somebody is sent, to what office and for how long."""

    unit_id: int
    office: str
    since: date
    until: date


@transaction.atomic
def propose_rotation(
    *, round_id: int, person_id: int, to: Destination, by: Actor, at: datetime
) -> Rotation:
    """Propose to send somebody of the plan elsewhere for a time.

    Raises:
        NotInPlanError: If the person does not stand in the plan.
        RotationDatesError: If it ends before it begins.
        ReasonMissingError: If no office is named.
    """
    planned_for = PlanningRound.objects.select_for_update().get(pk=round_id)
    people = {row.person_id: row.person for row in planned_entries(planned_for)}
    if person_id not in people:
        msg = "Chỉ luân chuyển theo quy hoạch người đang có trong quy hoạch."
        raise NotInPlanError(msg)
    if to.until <= to.since:
        msg = (
            f"Thời gian luân chuyển kết thúc {to.until:%d/%m/%Y}, không sau ngày bắt "
            f"đầu {to.since:%d/%m/%Y}; hãy sửa lại."
        )
        raise RotationDatesError(msg)
    if not to.office.strip():
        msg = "Phải ghi chức vụ sẽ giữ nơi luân chuyển đến."
        raise ReasonMissingError(msg)
    rotation = Rotation.objects.create(
        round=planned_for,
        person=people[person_id],
        to_unit=Unit.objects.get(pk=to.unit_id),
        to_office=to.office.strip(),
        since=to.since,
        until=to.until,
        progressed_on=localdate(at),
    )
    _record("rotation.proposed", rotation, by=by, at=at)
    return rotation


@transaction.atomic
def decide_rotation(
    *, rotation_id: int, decision: str, by: Actor, at: datetime
) -> Rotation:
    """Record the decision that sends the person.

    Raises:
        ItemStateError: If the rotation is decided or cancelled.
        ReasonMissingError: If the decision is not named.
    """
    rotation = _locked(rotation_id)
    if not decision.strip():
        msg = "Phải ghi số, ngày của quyết định luân chuyển."
        raise ReasonMissingError(msg)
    rotation.decision = decision.strip()
    move(rotation, RotationState.DECIDED, "decision", at=at)
    _record("rotation.decided", rotation, by=by, at=at)
    return rotation


@transaction.atomic
def cancel_rotation(
    *, rotation_id: int, reason: str, by: Actor, at: datetime
) -> Rotation:
    """Cancel a proposed rotation, with the reason.

    Raises:
        ItemStateError: If the rotation is decided or cancelled.
        ReasonMissingError: If there is no reason in words.
    """
    rotation = _locked(rotation_id)
    if not reason.strip():
        msg = "Huỷ đề nghị luân chuyển phải ghi lý do."
        raise ReasonMissingError(msg)
    rotation.reason = reason.strip()
    move(rotation, RotationState.CANCELLED, "reason", at=at)
    _record("rotation.cancelled", rotation, by=by, at=at)
    return rotation


def _locked(rotation_id: int) -> Rotation:
    rotation = (
        Rotation.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=rotation_id)
    )
    if rotation.state != RotationState.PROPOSED:
        msg = (
            f"Việc luân chuyển {rotation.person.full_name} đang ở trạng thái "
            f"“{RotationState(rotation.state).label}”; chỉ sửa được khi còn đề nghị."
        )
        raise ItemStateError(msg)
    return rotation


def _record(action: str, rotation: Rotation, *, by: Actor, at: datetime) -> None:
    record_for(
        rotation.person,
        action=action,
        by=by,
        at=at,
        details={
            "office": rotation.to_office,
            "decision": rotation.decision,
            "reason": rotation.reason,
        },
    )
