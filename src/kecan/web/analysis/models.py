"""Branches of a round that somebody named and kept; each is the list of its changes.

Nothing of the round is copied into a branch, and no branch is part of the round: it
is made anew from the round each time it is looked at.
"""

from __future__ import annotations

from django.db import models

from kecan.web.plans.models import PlanningRound


class StoredBranch(models.Model):
    """A named branch of a round.

    ``round_state`` are marks of what the round was made of when somebody last looked
    the branch over, by part; ``copied_from`` is the name of the branch it began as.
    """

    round = models.ForeignKey(
        PlanningRound, on_delete=models.CASCADE, related_name="branches"
    )
    name = models.CharField(max_length=80)
    copied_from = models.CharField(max_length=80, blank=True)
    changes = models.JSONField(default=list)
    round_state = models.JSONField(default=dict)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"], name="branch_name_once_a_round"
            )
        ]

    def __str__(self) -> str:
        return self.name
