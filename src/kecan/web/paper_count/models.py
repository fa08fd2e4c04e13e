"""What is kept of a scanned count: sheets, pages, decisions, the audit afterwards.

Nothing here has a foreign key that leads to a person, a seat or an account, nor a
time; rows come into being in random order. docs/decisions/0007 has the reasoning.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from kecan.web.conferences.models import Conference

LOOKS = (1, 2, 3)  # two blind, and a third where they differ
LONGEST_REASON = 200


class BallotPrint(models.Model):
    """The form a conference's ballot is printed and read from, frozen when printed."""

    conference = models.OneToOneField(
        Conference, on_delete=models.CASCADE, related_name="ballot_print"
    )
    event = models.CharField(max_length=12)
    form = models.JSONField()


class ScanCount(models.Model):
    """The scanned count of a conference; ``token`` names its folder and its key.

    ``must_be_keyed``: people read a sure box otherwise on scans that were then given up.
    """

    conference = models.OneToOneField(
        Conference, on_delete=models.CASCADE, related_name="scan_count"
    )
    token = models.CharField(max_length=32, unique=True)
    check_seed = models.CharField(max_length=32)
    restart_asked_by = models.CharField(max_length=150, blank=True)
    restart_reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    must_be_keyed = models.BooleanField(default=False)
    destruction_asked_by = models.CharField(max_length=150, blank=True)
    destroyed_by = models.CharField(max_length=150, blank=True)


class ScannedSheet(models.Model):
    """One ballot as scanned; its number is drawn when the count closes.

    ``is_keyed``: it could not be scanned, has no pages, and people keyed it blind.
    ``sheet_id``: what its codes carry, where the committee wanted ids at all; forgotten
    when the count closes.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="scanned_sheets"
    )
    token = models.CharField(max_length=32, unique=True)
    style = models.CharField(max_length=12)
    perhaps_same_as = models.CharField(max_length=32, blank=True)
    number = models.PositiveIntegerField(null=True)
    is_keyed = models.BooleanField(default=False)
    sheet_id = models.CharField(max_length=7, blank=True)

    class Meta:
        ordering = ["conference", "token"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "number"], name="scanned_sheet_number_once"
            )
        ]


class ScannedPage(models.Model):
    """A page: what the reader said of every box, or why it was refused.

    ``boxes`` holds contest, line, column, state, reason and scores of each box in
    the order of the layout.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="scanned_pages"
    )
    sheet = models.ForeignKey(
        ScannedSheet, null=True, on_delete=models.CASCADE, related_name="pages"
    )
    image_id = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64, blank=True)
    style = models.CharField(max_length=12, blank=True)
    page = models.PositiveSmallIntegerField(default=0)
    rejection = models.CharField(max_length=30, blank=True)
    set_aside_as = models.CharField(max_length=20, blank=True)
    boxes = models.JSONField(default=list)
    signature = models.BinaryField(default=b"")

    class Meta:
        ordering = ["conference", "image_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "digest"],
                condition=~Q(digest=""),
                name="scanned_image_once",
            ),
            models.UniqueConstraint(
                fields=["sheet", "page"], name="page_once_a_scanned_sheet"
            ),
            models.CheckConstraint(
                condition=Q(sheet__isnull=False, rejection="")
                | (Q(sheet__isnull=True) & ~Q(rejection="")),
                name="page_is_read_or_refused",
            ),
        ]


class BoxDecision(models.Model):
    """What one person said of a box, or of the name written on a line."""

    class Value(models.TextChoices):
        MARKED = "1", "Có đánh dấu"
        EMPTY = "0", "Không đánh dấu"
        INVALID = "x", "Dấu không hợp lệ"
        NAME = "name", "Có ghi tên"

    page = models.ForeignKey(
        ScannedPage, on_delete=models.CASCADE, related_name="decisions"
    )
    box = models.PositiveSmallIntegerField()
    look = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=4, choices=Value)
    name = models.CharField(max_length=120, blank=True)
    person_key = models.CharField(max_length=30, blank=True)
    decided_by = models.CharField(max_length=150)
    salt = models.CharField(max_length=32)

    class Meta:
        ordering = ["page", "box", "look"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "box", "look"], name="one_decision_a_look"
            ),
            models.UniqueConstraint(
                fields=["page", "box", "decided_by"], name="decides_a_box_once"
            ),
            models.CheckConstraint(
                condition=Q(look__in=LOOKS), name="three_looks_at_a_box"
            ),
        ]


class SheetRuling(models.Model):
    """What one person said of a whole sheet."""

    class Value(models.TextChoices):
        TORN = "torn", "Không hợp lệ: rách, không đọc được, thiếu trang"
        SIGNED = "signed", "Không hợp lệ: có ký tên, dấu hiệu riêng"
        NOT_ISSUED = "not_issued", "Không hợp lệ: không do Tổ kiểm phiếu phát ra"
        TWICE = "twice", "Quét trùng: tờ này đã có, bỏ ảnh này"
        OWN = "own", "Là một tờ riêng, hợp lệ"

    sheet = models.ForeignKey(
        ScannedSheet, on_delete=models.CASCADE, related_name="rulings"
    )
    look = models.PositiveSmallIntegerField()
    value = models.CharField(max_length=12, choices=Value)
    ruled_by = models.CharField(max_length=150)
    salt = models.CharField(
        max_length=32, blank=True
    )  # none on those of older versions

    class Meta:
        ordering = ["sheet", "look"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "look"], name="one_ruling_a_look"),
            models.UniqueConstraint(
                fields=["sheet", "ruled_by"], name="rules_on_a_sheet_once"
            ),
            models.CheckConstraint(
                condition=Q(look__in=LOOKS), name="three_looks_at_a_sheet"
            ),
        ]


class SheetReading(models.Model):
    """What one person keyed of a sheet that could not be scanned; three looks."""

    sheet = models.ForeignKey(
        ScannedSheet, on_delete=models.CASCADE, related_name="readings"
    )
    look = models.PositiveSmallIntegerField()
    invalid_reason = models.CharField(max_length=40, blank=True)
    states = models.JSONField()
    write_ins = models.JSONField()
    read_by = models.CharField(max_length=150)
    salt = models.CharField(max_length=32)

    class Meta:
        ordering = ["sheet", "look"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "look"], name="one_reading_a_look"
            ),
            models.UniqueConstraint(
                fields=["sheet", "read_by"], name="reads_a_sheet_once"
            ),
            models.CheckConstraint(
                condition=Q(look__in=LOOKS), name="three_looks_at_a_keyed_sheet"
            ),
        ]


class PaperAudit(models.Model):
    """The audit of a closed count: the dice rolled in public, as two members read them.

    Until ``confirmed_by`` is set nothing is drawn. The three numbers it goes by are
    those of the rules on the day the dice were entered, as exact fractions.
    """

    conference = models.OneToOneField(
        Conference, on_delete=models.CASCADE, related_name="paper_audit"
    )
    dice = models.CharField(max_length=20)
    entered_by = models.CharField(max_length=150)
    confirmed_by = models.CharField(max_length=150, blank=True)
    # None on audits of older versions: they go by the rules in force.
    risk_limit = models.CharField(max_length=20, blank=True)
    error_inflation = models.CharField(max_length=20, blank=True)
    full_reread_from = models.CharField(max_length=20, blank=True)


class AuditedSheet(models.Model):
    """What one person read on a sheet pulled for the audit; three looks.

    ``agreed`` is None for a sheet that is not in the stack.
    """

    audit = models.ForeignKey(
        PaperAudit, on_delete=models.CASCADE, related_name="sheets"
    )
    number = models.PositiveIntegerField()
    look = models.PositiveSmallIntegerField()
    is_valid = models.BooleanField(default=True)
    agreed = models.JSONField(null=True)  # one list of line numbers a contest
    read_by = models.CharField(max_length=150)
    salt = models.CharField(
        max_length=32, blank=True
    )  # none on those of older versions

    class Meta:
        ordering = ["audit", "number", "look"]
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "number", "look"], name="one_audit_reading_a_look"
            ),
            models.UniqueConstraint(
                fields=["audit", "number", "read_by"], name="audits_a_sheet_once"
            ),
            models.CheckConstraint(
                condition=Q(look__in=LOOKS), name="three_looks_at_an_audited_sheet"
            ),
        ]
