"""What papers of a round say that no other record holds."""

from __future__ import annotations

from django.db import models

from kecan.web.plans.models import PlanningRound


class PaperDetails(models.Model):
    """Words an officer enters for the papers of a round; a blank one prints dots."""

    round = models.OneToOneField(
        PlanningRound, on_delete=models.CASCADE, related_name="paper_details"
    )
    superior = models.CharField(max_length=255, blank=True)
    approving_body = models.CharField(max_length=255, blank=True)
    signatory_post = models.CharField(max_length=120, blank=True)
    signatory_name = models.CharField(max_length=150, blank=True)
    organising_head = models.CharField(max_length=150, blank=True)
    list_maker = models.CharField(max_length=150, blank=True)
    shortcomings = models.TextField(blank=True)
    report_number = models.PositiveIntegerField(null=True)
    report_date = models.DateField(null=True)
