"""Units, posts, bodies, people and the dated facts about them, each with its source.

Dates that may be known only to the month or year are stored as text
(``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``), which sorts as the dates do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left

from kecan.regulations import facts
from kecan.vocabulary import Level, Line, Sex

if TYPE_CHECKING:
    from enum import StrEnum

PARTIAL_DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


def _choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in kind]


def _one_of(field: str, kind: type[StrEnum], name: str) -> models.CheckConstraint:
    values = [member.value for member in kind]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date known to the day, the month or the year, as sortable text."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class ImportBatch(models.Model):
    """One accepted workbook: imported whole, undone whole.

    ``before`` is the register as it stood, so that undoing restores it.
    """

    number = models.PositiveIntegerField(unique=True)
    file_name = models.CharField(max_length=255)
    file_sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150)
    people_added = models.PositiveIntegerField()
    people_changed = models.PositiveIntegerField()
    before = models.JSONField(encoder=DjangoJSONEncoder)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-number"]


class Unit(models.Model):
    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=30, choices=_choices(facts.UnitKind))
    level = models.CharField(max_length=20, choices=_choices(Level))
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children"
    )
    exists_from = models.DateField(null=True)
    exists_until = models.DateField(null=True)
    predecessors = models.ManyToManyField(
        "self", symmetrical=False, related_name="successors"
    )

    class Meta:
        ordering = ["name", "key"]
        constraints = [
            _one_of("kind", facts.UnitKind, "unit_kind_known"),
            _one_of("level", Level, "unit_level_known"),
            models.CheckConstraint(
                condition=Q(exists_from__isnull=True)
                | Q(exists_until__isnull=True)
                | Q(exists_until__gt=models.F("exists_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A term of office on the party or the government line."""

    line = models.CharField(max_length=20, choices=_choices(Line))
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["first_year", "line"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "first_year", "last_year"], name="term_once_per_line"
            ),
            models.CheckConstraint(
                condition=Q(last_year__gt=models.F("first_year")),
                name="term_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_year} - {self.last_year}"


class Post(models.Model):
    key = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=255)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=40, choices=_choices(facts.PostKind))
    level = models.CharField(max_length=20, choices=_choices(Level))
    line = models.CharField(max_length=20, choices=_choices(Line))
    seats = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField(null=True)
    managed_by = models.CharField(max_length=20, blank=True)
    is_planned = models.BooleanField(default=True)
    requires_party_membership = models.BooleanField(default=True)
    required_profession = models.CharField(max_length=20, blank=True)
    required_theory = models.CharField(max_length=20, blank=True)
    fitting_fields = models.JSONField(default=list)
    subject_group = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-rank", "title", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="post_has_seats"),
            _one_of("kind", facts.PostKind, "post_kind_known"),
            _one_of("line", Line, "post_line_known"),
        ]

    def __str__(self) -> str:
        return self.title


class Body(models.Model):
    """A deciding body (BCH, BTV); its members are the holders of its member post."""

    key = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=255)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="bodies")
    member_post = models.OneToOneField(
        Post, on_delete=models.PROTECT, related_name="body"
    )

    class Meta:
        ordering = ["name", "key"]


class Person(models.Model):
    """A person of the register; ``key`` is a card number or code, never the name."""

    key = models.CharField(max_length=30, unique=True)
    full_name = models.CharField(max_length=120)
    search_key = models.CharField(max_length=120, db_index=True)
    sort_key = models.CharField(max_length=400, db_index=True)
    sex = models.CharField(max_length=10, blank=True)
    born = PartialDateField(blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    home_place = models.CharField(max_length=255, blank=True)
    academic_title = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="people"
    )
    party_joined = PartialDateField(blank=True)
    party_official = PartialDateField(blank=True)
    retires_at = models.PositiveSmallIntegerField(null=True)
    subject_groups = models.JSONField(default=list)

    class Meta:
        ordering = ["sort_key", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sex__in=["", *(member.value for member in Sex)]),
                name="person_sex_known",
            ),
            models.CheckConstraint(
                condition=~Q(full_name=""), name="person_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class DatedFact(models.Model):
    """A fact about a person with the paper that proves it."""

    source = models.CharField(max_length=255, blank=True)

    class Meta:
        abstract = True


class OfficeHeld(DatedFact):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="offices")
    post = models.ForeignKey(
        Post, null=True, on_delete=models.PROTECT, related_name="holdings"
    )
    title = models.CharField(max_length=255)
    unit_name = models.CharField(max_length=255, blank=True)
    since = PartialDateField()
    until = PartialDateField(blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until="") | Q(until__gte=Left("since", 4)),
                name="office_ends_after_it_begins",
            )
        ]


class Training(DatedFact):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="trainings"
    )
    kind = models.CharField(max_length=30, choices=_choices(facts.TrainingKind))
    completed = PartialDateField(blank=True)
    level = models.CharField(max_length=20, blank=True)
    theory = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["completed", "id"]


class AnnualRating(DatedFact):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ratings")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=30, choices=_choices(facts.RatingGrade))
    decided = PartialDateField(blank=True)

    class Meta:
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"], name="one_rating_a_year"
            ),
            _one_of("grade", facts.RatingGrade, "rating_grade_known"),
        ]


class Discipline(DatedFact):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="disciplines"
    )
    form = models.CharField(max_length=30, choices=_choices(facts.DisciplineForm))
    decided = PartialDateField()
    expires = PartialDateField(blank=True)
    is_remedied = models.BooleanField(null=True)
    would_have_been = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["decided", "id"]
        constraints = [
            _one_of("form", facts.DisciplineForm, "discipline_form_known"),
        ]


class Commendation(DatedFact):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="commendations"
    )
    title = models.CharField(max_length=255)
    awarded = PartialDateField()

    class Meta:
        ordering = ["awarded", "id"]


class PoliticalConclusion(DatedFact):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="political_conclusions"
    )
    concluded = PartialDateField()
    meets_standard = models.BooleanField()

    class Meta:
        ordering = ["concluded", "id"]


class Departure(DatedFact):
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="departures"
    )
    left = PartialDateField()
    kind = models.CharField(max_length=20, choices=_choices(facts.DepartureKind))

    class Meta:
        ordering = ["left", "id"]
