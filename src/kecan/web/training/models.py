"""Training items and rotations of people who stand in the plan.

An item closes one gap of one person: a standard that may be completed after
planning. One course may serve several posts, so an item names no post.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kecan.regulations.facts import TrainingKind
from kecan.web.organisation import models as organisation
from kecan.web.organisation.models import Person, Unit
from kecan.web.plans.models import PlanningRound


class ItemState(models.TextChoices):
    """Where a training item stands."""

    PLANNED = "planned", "Đã đưa vào kế hoạch"
    ATTENDING = "attending", "Đang học"
    COMPLETED = "completed", "Đã hoàn thành"
    CANCELLED = "cancelled", "Đã huỷ"


OPEN_STATES = (ItemState.PLANNED, ItemState.ATTENDING)


class TrainingItem(models.Model):
    """A course one person is to take, by year, and what came of it."""

    round = models.ForeignKey(
        PlanningRound, on_delete=models.PROTECT, related_name="training_items"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="training_items"
    )
    kind = models.CharField(
        max_length=30, choices=[(one.value, one.value) for one in TrainingKind]
    )
    required = models.CharField(max_length=20)
    course = models.CharField(max_length=255)
    place = models.CharField(max_length=255, blank=True)
    year = models.PositiveSmallIntegerField()
    cost_centre = models.CharField(max_length=255, blank=True)
    state = models.CharField(
        max_length=20, choices=ItemState, default=ItemState.PLANNED
    )
    progressed_on = models.DateField()
    certificate = models.CharField(max_length=120, blank=True)
    certificate_issuer = models.CharField(max_length=255, blank=True)
    completed_on = models.DateField(null=True)
    fact = models.OneToOneField(
        organisation.Training,
        null=True,
        on_delete=models.SET_NULL,
        related_name="training_item",
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["year", "person__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ItemState.values), name="training_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="completed")
                | (~Q(certificate="") & Q(completed_on__isnull=False)),
                name="training_completed_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""),
                name="training_cancelled_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "required"],
                condition=Q(state__in=["planned", "attending"]),
                name="training_open_once_per_gap",
            ),
        ]

    def __str__(self) -> str:
        return self.course


class RotationState(models.TextChoices):
    """Where a rotation stands."""

    PROPOSED = "proposed", "Đề nghị"
    DECIDED = "decided", "Đã có quyết định"
    CANCELLED = "cancelled", "Đã huỷ"


class Rotation(models.Model):
    """A planned person sent to another post for a time (luân chuyển)."""

    round = models.ForeignKey(
        PlanningRound, on_delete=models.PROTECT, related_name="rotations"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="rotations"
    )
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_office = models.CharField(max_length=255)
    since = models.DateField()
    until = models.DateField()
    state = models.CharField(
        max_length=20, choices=RotationState, default=RotationState.PROPOSED
    )
    decision = models.CharField(max_length=120, blank=True)
    progressed_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["since", "person__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RotationState.values), name="rotation_state_known"
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("since")),
                name="rotation_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | ~Q(decision=""),
                name="rotation_decided_has_a_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(reason=""),
                name="rotation_cancelled_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.to_office
