"""A training item from the plan to the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localdate

from kecan.regulations.facts import TrainingKind
from kecan.web.organisation.models import Training
from kecan.web.plans.models import PlanningRound
from kecan.web.training.actions.steps import move, record_for
from kecan.web.training.models import OPEN_STATES, ItemState, TrainingItem
from kecan.web.training.queries import gaps
from kecan.web.training.refusals import (
    AlreadyPlannedError,
    CertificateDateError,
    ItemStateError,
    NoSuchGapError,
    ReasonMissingError,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from kecan.web.audit.actions import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What an officer enters of a course.

    Attributes:
        name: What the course is called.
        place: Where it is held; may be empty.
        year: The year it is planned for.
        cost_centre: Who pays; may be empty.
    """

    name: str
    place: str
    year: int
    cost_centre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A gap, named by what makes it one: who lacks which level of which training."""

    person_id: int
    kind: TrainingKind
    required: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The paper a course ended with."""

    number: str
    dated: date
    issuer: str


@transaction.atomic
def plan_training(
    *, round_id: int, need: Need, course: Course, by: Actor, at: datetime
) -> TrainingItem:
    """Plan a course that closes a gap of somebody in the plan.

    Raises:
        NoSuchGapError: If the person lacks nothing of the kind on that day.
        AlreadyPlannedError: If the gap has an open item.
    """
    planned_for = PlanningRound.objects.select_for_update().get(pk=round_id)
    day = localdate(at)
    found = [
        one
        for one in gaps(planned_for, day=day)
        if Need(person_id=one.person.pk, kind=one.kind, required=one.required) == need
    ]
    if not found:
        msg = (
            "Người này không còn thiếu tiêu chuẩn nói trên hoặc không có trong quy "
            "hoạch; hãy mở lại trang để xem danh sách mới."
        )
        raise NoSuchGapError(msg)
    if found[0].item is not None:
        msg = (
            f"{found[0].person.full_name} đã có “{found[0].item.course}” trong kế "
            f"hoạch năm {found[0].item.year}; hãy huỷ trước khi lập mục khác."
        )
        raise AlreadyPlannedError(msg)
    item = TrainingItem.objects.create(
        round=planned_for,
        person=found[0].person,
        kind=need.kind,
        required=need.required,
        course=course.name,
        place=course.place,
        year=course.year,
        cost_centre=course.cost_centre,
        progressed_on=day,
    )
    _record("training.planned", item, by=by, at=at)
    return item


@transaction.atomic
def start_training(*, item_id: int, by: Actor, at: datetime) -> TrainingItem:
    """Record that the person attends the course.

    Raises:
        ItemStateError: If the item is not planned.
    """
    item = _locked(item_id, ItemState.PLANNED)
    move(item, ItemState.ATTENDING, at=at)
    _record("training.started", item, by=by, at=at)
    return item


@transaction.atomic
def record_certificate(
    *, item_id: int, certificate: Certificate, by: Actor, at: datetime
) -> TrainingItem:
    """Record the certificate; the person's record then holds the training as a fact.

    Raises:
        ItemStateError: If the item is completed or cancelled.
        CertificateDateError: If the certificate is dated after ``at``.
        ReasonMissingError: If the certificate has no number or no issuer.
    """
    item = _locked(item_id, *OPEN_STATES)
    if certificate.dated > localdate(at):
        msg = (
            f"Ngày cấp {certificate.dated:%d/%m/%Y} sau ngày hôm nay "
            f"{localdate(at):%d/%m/%Y}; hãy kiểm tra lại văn bằng, chứng chỉ."
        )
        raise CertificateDateError(msg)
    if not certificate.number.strip() or not certificate.issuer.strip():
        msg = "Phải ghi số hiệu và nơi cấp của văn bằng, chứng chỉ."
        raise ReasonMissingError(msg)
    item.certificate = certificate.number.strip()
    item.certificate_issuer = certificate.issuer.strip()
    item.completed_on = certificate.dated
    item.fact = Training.objects.create(
        person=item.person,
        kind=item.kind,
        completed=certificate.dated.isoformat(),
        level=item.required if item.kind == TrainingKind.PROFESSION else "",
        theory=item.required if item.kind == TrainingKind.THEORY else "",
        source=(
            f"Văn bằng, chứng chỉ số {item.certificate} ngày "
            f"{certificate.dated:%d/%m/%Y}, {item.certificate_issuer}"
        ),
    )
    fields = ("certificate", "certificate_issuer", "completed_on", "fact")
    move(item, ItemState.COMPLETED, *fields, at=at)
    _record("training.completed", item, by=by, at=at)
    return item


@transaction.atomic
def cancel_training(
    *, item_id: int, reason: str, by: Actor, at: datetime
) -> TrainingItem:
    """Cancel an open item, with the reason.

    Raises:
        ItemStateError: If the item is completed or cancelled.
        ReasonMissingError: If there is no reason in words.
    """
    item = _locked(item_id, *OPEN_STATES)
    if not reason.strip():
        msg = "Huỷ một mục đào tạo phải ghi lý do."
        raise ReasonMissingError(msg)
    item.reason = reason.strip()
    move(item, ItemState.CANCELLED, "reason", at=at)
    _record("training.cancelled", item, by=by, at=at)
    return item


def _locked(item_id: int, *allowed: ItemState) -> TrainingItem:
    item = (
        TrainingItem.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=item_id)
    )
    if item.state not in allowed:
        expected = " hoặc ".join(f"“{state.label}”" for state in allowed)
        msg = (
            f"“{item.course}” của {item.person.full_name} đang ở trạng thái "
            f"“{ItemState(item.state).label}”; việc này chỉ làm được khi {expected}."
        )
        raise ItemStateError(msg)
    return item


def _record(action: str, item: TrainingItem, *, by: Actor, at: datetime) -> None:
    record_for(
        item.person,
        action=action,
        by=by,
        at=at,
        details={
            "course": item.course,
            "year": item.year,
            "certificate": item.certificate,
            "reason": item.reason,
        },
    )
