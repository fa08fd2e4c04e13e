"""Planning rounds, the review of the current plan, proposals and the plan itself.

The plan is a ledger: nothing is ever deleted from it, a person is added by one
decision and removed by another.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kecan.regulations import review
from kecan.regulations.verdict import Outcome
from kecan.web.organisation.models import ImportBatch, Person, Post, Term, Unit


class RoundState(models.TextChoices):
    """The states a round moves through, in order."""

    OPENED = "opened", "Đã mở đợt"
    REVIEWED = "reviewed", "Đã rà soát"
    PROPOSED = "proposed", "Đã đề xuất nguồn"
    SUBMITTED = "submitted", "Đã ký Tờ trình"
    IN_CONFERENCE = "in_conference", "Đang lấy phiếu"
    CONCLUDED = "concluded", "Đã qua các hội nghị"
    APPRAISED = "appraised", "Đã thẩm định"
    APPROVED = "approved", "Đã phê duyệt"


class PlanningRound(models.Model):
    """One planning round: as-of date, rule pack and four term labels on two lines."""

    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=255)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rounds")
    as_of = models.DateField()
    rule_pack = models.CharField(max_length=60)
    overlays = models.JSONField(default=list)
    entered_values = models.JSONField(default=list)
    chain_template = models.CharField(max_length=60)
    state = models.CharField(
        max_length=20, choices=RoundState, default=RoundState.OPENED
    )
    current_party_term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+"
    )
    current_government_term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+"
    )
    next_party_term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+"
    )
    next_government_term = models.ForeignKey(
        Term, on_delete=models.PROTECT, related_name="+"
    )
    submission_number = models.CharField(max_length=60, blank=True)
    submission_date = models.DateField(null=True)
    submission_signed_by = models.CharField(max_length=150, blank=True)
    appraisal = models.CharField(max_length=500, blank=True)
    reopening_requested_by = models.CharField(max_length=150, blank=True)
    reopening_reason = models.CharField(max_length=500, blank=True)
    approval_requested_by = models.CharField(max_length=150, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-as_of", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RoundState.values), name="round_state_known"
            ),
            models.CheckConstraint(
                condition=Q(approved_by="")
                | ~Q(approved_by=models.F("approval_requested_by")),
                name="round_approved_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanDecision(models.Model):
    """The paper that added people to the plan or took them out."""

    number = models.CharField(max_length=60)
    dated = models.CharField(max_length=10)
    issuer = models.CharField(max_length=255)
    round = models.ForeignKey(
        PlanningRound, null=True, on_delete=models.PROTECT, related_name="decisions"
    )

    class Meta:
        ordering = ["dated", "number", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "dated", "issuer"], name="decision_once"
            )
        ]


class PlanMovement(models.Model):
    """A person added to the plan for a post and term, or removed from it."""

    class Kind(models.TextChoices):
        ADDED = "added", "Đưa vào quy hoạch"
        REMOVED = "removed", "Đưa ra khỏi quy hoạch"

    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="plan_movements"
    )
    post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="plan_movements"
    )
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        PlanDecision, on_delete=models.PROTECT, related_name="movements"
    )
    reasons = models.JSONField(default=list)
    batch = models.ForeignKey(
        ImportBatch, null=True, on_delete=models.PROTECT, related_name="plan_movements"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "person", "post", "term", "decision"],
                name="movement_once_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["added", "removed"]), name="movement_kind_known"
            ),
        ]


class ReviewItem(models.Model):
    """What the rules propose for one entry of the current plan, and what was decided."""

    round = models.ForeignKey(
        PlanningRound, on_delete=models.CASCADE, related_name="review_items"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    proposal = models.CharField(
        max_length=20, choices=[(o.value, o.value) for o in review.Proposal]
    )
    reasons = models.JSONField(default=list)
    sentence = models.TextField()
    findings = models.JSONField(default=list)
    decision = models.CharField(max_length=20, blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["person__sort_key", "post__title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "post", "term"], name="review_item_once"
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", "keep", "remove"]),
                name="review_decision_known",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | ~Q(decided_by=""),
                name="review_decision_has_a_person",
            ),
        ]


class Proposal(models.Model):
    """A person put forward for a post and term, with the verdict of that day."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Đang giới thiệu"
        WITHDRAWN = "withdrawn", "Đã rút"
        DROPPED = "dropped", "Không đạt"
        PASSED = "passed", "Đạt qua các bước"

    class Source(models.TextChoices):
        CARRIED_OVER = "carried_over", "Chuyển tiếp"
        NEWCOMER = "newcomer", "Bổ sung mới"

    round = models.ForeignKey(
        PlanningRound, on_delete=models.CASCADE, related_name="proposals"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="proposals"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="proposals")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source)
    state = models.CharField(max_length=20, choices=State, default=State.PROPOSED)
    outcome = models.CharField(
        max_length=20, choices=[(o.value, o.value) for o in Outcome]
    )
    findings = models.JSONField(default=list)
    proposed_by = models.CharField(max_length=150)

    class Meta:
        ordering = [
            "term__first_year",
            "-post__rank",
            "post__title",
            "person__sort_key",
            "id",
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "post", "term"], name="proposal_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="fail"), name="proposal_verdict_is_not_fail"
            ),
        ]
