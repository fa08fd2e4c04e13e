"""The ledger's entries and the head that counts them.

Everything an entry says is stored as the exact text that was hashed, so that no
change of a stored byte can read back as the same value.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LedgerEntry(models.Model):
    """One thing that was done. Never changed and never deleted."""

    sequence = models.PositiveBigIntegerField("số thứ tự")
    at = models.CharField("thời điểm", max_length=40)  # ISO 8601, a day or an instant
    actor = models.CharField("tài khoản", max_length=150)
    actor_name = models.CharField("người thực hiện", max_length=150)
    action = models.CharField("việc", max_length=80)
    subject = models.CharField("đối tượng", max_length=500)
    details = models.TextField("chi tiết")  # canonical JSON
    previous_hash = models.CharField("mã băm trước", max_length=64)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        ordering = ["sequence"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sequence"], name="ledger_sequence_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="ledger_sequence_starts_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"


class LedgerHead(models.Model):
    """The last entry's number and hash: the row every writer locks."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="ledger_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
