"""Conferences of a round: roll, attendance, contests, the keyed count, the minutes.

Nothing that holds what a sheet says (:class:`KeyedSheet`, :class:`SheetResolution`)
has a foreign key that leads to a person, a seat on the roll or a time. Sheet
numbers are written on the shuffled stack after the box is opened.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from kecan.web.organisation.models import Person, Post, Term
from kecan.web.plans.models import PlanningRound, Proposal


class ConferenceState(models.TextChoices):
    """The states a conference moves through, in order."""

    PLANNED = "planned", "Chuẩn bị"
    OPEN = "open", "Đang họp"
    VOTING = "voting", "Đang bỏ phiếu"
    COUNTING = "counting", "Đang kiểm phiếu"
    COUNTED = "counted", "Đã kiểm phiếu xong"
    CLOSED = "closed", "Đã bế mạc"


# While one of these lasts, the counting committee reaches its conference.
HELD_STATES = frozenset(
    {
        ConferenceState.OPEN,
        ConferenceState.VOTING,
        ConferenceState.COUNTING,
        ConferenceState.COUNTED,
    }
)

BLIND_KEYINGS = [1, 2]  # slots; a list, as its migration has it


class Conference(models.Model):
    """One step of a round's chain, with the rules frozen when it was planned."""

    round = models.ForeignKey(
        PlanningRound, on_delete=models.CASCADE, related_name="conferences"
    )
    order = models.PositiveSmallIntegerField()
    step_key = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    body = models.CharField(max_length=40)
    state = models.CharField(
        max_length=20, choices=ConferenceState, default=ConferenceState.PLANNED
    )
    rules = models.JSONField()  # the StepTemplate as it stood, see actions
    has_ballot = models.BooleanField()
    held_on = models.DateField(null=True)
    place = models.CharField(max_length=255, blank=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    chair = models.CharField(max_length=150, blank=True)
    chair_office = models.CharField(max_length=255, blank=True)
    minute_taker = models.CharField(max_length=150, blank=True)
    presenter = models.CharField(max_length=150, blank=True)
    presenter_office = models.CharField(max_length=255, blank=True)
    agenda = models.JSONField(default=list)
    directions = models.TextField(blank=True)
    directed_by = models.CharField(max_length=150, blank=True)
    directed_by_office = models.CharField(max_length=255, blank=True)
    summoned = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "order"], name="conference_order_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ConferenceState.values),
                name="conference_state_known",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("summoned")),
                name="present_at_most_summoned",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The name no other conference has: its round's, and its step in the chain."""
        return f"{self.round.key}/{self.order}"


class Speech(models.Model):
    """What somebody said in the discussion, for the minutes."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="speeches"
    )
    order = models.PositiveSmallIntegerField()
    speaker = models.CharField(max_length=150)
    office = models.CharField(max_length=255, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["conference", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "order"], name="speech_order_once"
            )
        ]


class RollSeat(models.Model):
    """A person summoned to a conference, once, under the first category that fits."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="seats"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    category = models.CharField(max_length=60)
    category_title = models.CharField(max_length=255)
    offices = models.CharField(max_length=500)
    is_present = models.BooleanField(default=False)
    absence_reason = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "person"], name="summoned_once"
            ),
            models.UniqueConstraint(
                fields=["conference", "number"], name="seat_number_once"
            ),
        ]


class CountingMember(models.Model):
    """A member of the counting committee (tổ kiểm phiếu) of a conference."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="counting_members"
    )
    login = models.CharField(max_length=150)
    full_name = models.CharField(max_length=150)
    is_head = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_head", "full_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "login"], name="counting_member_once"
            )
        ]


class Contest(models.Model):
    """One list on the ballot: a post (or body) and a term, with its own limit."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="contests"
    )
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="+")
    max_choices = models.PositiveSmallIntegerField()
    write_in_lines = models.PositiveSmallIntegerField(default=0)
    cap = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["conference", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "order"], name="contest_order_once"
            ),
            models.CheckConstraint(
                condition=Q(max_choices__gte=1), name="contest_allows_a_choice"
            ),
        ]


class ContestLine(models.Model):
    """A nominee on the ballot and, once the count is closed, the totals of the line."""

    class Result(models.TextChoices):
        PASSED = "passed", "Đạt"
        NOT_PASSED = "not_passed", "Không đạt"
        TIED = "tied", "Bằng phiếu, chờ quyết định"

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    full_name = models.CharField(max_length=120)
    birth_year = models.CharField(max_length=4, blank=True)
    position = models.CharField(max_length=500, blank=True)
    agree = models.PositiveIntegerField(null=True)
    disagree = models.PositiveIntegerField(null=True)
    neither = models.PositiveIntegerField(null=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    sentence = models.TextField(blank=True)

    class Meta:
        ordering = ["contest", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "order"], name="contest_line_order_once"
            ),
            models.UniqueConstraint(
                fields=["contest", "proposal"], name="nominee_once_a_contest"
            ),
        ]


class Count(models.Model):
    """The count of one conference's sheets; totals exist only once it is closed."""

    conference = models.OneToOneField(
        Conference, on_delete=models.CASCADE, related_name="count"
    )
    issued = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(null=True)
    valid = models.PositiveIntegerField(null=True)
    invalid = models.PositiveIntegerField(null=True)
    invalid_reasons = models.JSONField(default=dict)
    is_closed = models.BooleanField(default=False)
    is_scanned = models.BooleanField(default=False)  # it closes as a scanned count
    ledger_head = models.CharField(max_length=64, blank=True)
    salt = models.CharField(
        max_length=32, blank=True
    )  # none on those closed in older versions

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(returned__lte=F("issued")),
                name="returned_at_most_issued",
            ),
            models.CheckConstraint(
                condition=Q(is_closed=False) | Q(returned=F("valid") + F("invalid")),
                name="closed_count_balances",
            ),
        ]


class Keying(models.Model):
    """One person's independent keying of the whole stack; slot 1 and 2 are blind."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="keyings"
    )
    slot = models.PositiveSmallIntegerField()
    keyed_by = models.CharField(max_length=150)
    is_finished = models.BooleanField(default=False)

    class Meta:
        ordering = ["conference", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "slot"], name="slot_once"),
            models.UniqueConstraint(
                fields=["conference", "keyed_by"], name="one_keying_a_person"
            ),
            models.CheckConstraint(
                condition=Q(slot__in=BLIND_KEYINGS), name="two_blind_keyings"
            ),
        ]


class KeyedSheet(models.Model):
    """What one keying read on one sheet. No time, no voter, no link to either.

    ``states`` holds one list of LineState values a contest, in ballot order;
    ``write_ins`` one list of names a contest.
    """

    keying = models.ForeignKey(Keying, on_delete=models.CASCADE, related_name="sheets")
    sheet_number = models.PositiveIntegerField()
    invalid_reason = models.CharField(max_length=40, blank=True)
    states = models.JSONField()
    write_ins = models.JSONField(default=list)

    class Meta:
        ordering = ["keying", "sheet_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["keying", "sheet_number"], name="sheet_keyed_once"
            ),
            models.CheckConstraint(
                condition=Q(sheet_number__gte=1), name="sheet_numbers_from_one"
            ),
        ]


class SheetResolution(models.Model):
    """The third look at a sheet the two keyings read differently."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="resolutions"
    )
    sheet_number = models.PositiveIntegerField()
    invalid_reason = models.CharField(max_length=40, blank=True)
    states = models.JSONField()
    write_ins = models.JSONField(default=list)
    resolved_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["conference", "sheet_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "sheet_number"], name="sheet_resolved_once"
            )
        ]


class KeyingLogLine(models.Model):
    """The entry log (nhật ký nhập phiếu): who did what, never what a sheet says."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="log"
    )
    number = models.PositiveIntegerField()
    login = models.CharField(max_length=150)
    text = models.CharField(max_length=255)

    class Meta:
        ordering = ["conference", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "number"], name="log_number_once"
            )
        ]


class WriteIn(models.Model):
    """A name written in by voters: how many sheets, and whom the committee took it for."""

    contest = models.ForeignKey(
        Contest, on_delete=models.CASCADE, related_name="write_ins"
    )
    text = models.CharField(max_length=120)
    votes = models.PositiveIntegerField()
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["contest", "-votes", "text"]
        constraints = [
            models.UniqueConstraint(
                fields=["contest", "text"], name="write_in_text_once"
            )
        ]


class Minutes(models.Model):
    """A set of minutes, frozen when signed, with the ledger's head at that moment."""

    class Kind(models.TextChoices):
        COUNTING = "counting", "Biên bản kiểm phiếu"
        CONFERENCE = "conference", "Biên bản hội nghị"

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="minutes"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    signed_by = models.JSONField(default=list)
    ledger_head = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["conference", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "kind"], name="minutes_once_a_kind"
            )
        ]
