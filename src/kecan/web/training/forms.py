"""What people type on the training pages, checked before an action sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from kecan.regulations.facts import TrainingKind
from kecan.web.day_field import day_field
from kecan.web.organisation.models import Person, Unit
from kecan.web.training.actions.items import Certificate, Course, Need
from kecan.web.training.actions.rotations import Destination

if TYPE_CHECKING:
    from django.db.models import QuerySet


class CourseForm(forms.Form):
    """A gap, named by its parts, and the course that is to close it."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        choices=[(one.value, one.value) for one in TrainingKind],
        widget=forms.HiddenInput,
    )
    required = forms.CharField(widget=forms.HiddenInput, max_length=20)
    course = forms.CharField(label="Lớp, khoá học", max_length=255)
    place = forms.CharField(label="Nơi học", max_length=255, required=False)
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)
    cost_centre = forms.CharField(
        label="Nguồn kinh phí", max_length=255, required=False
    )

    def need(self) -> Need:
        given = self.cleaned_data
        return Need(
            person_id=given["person"],
            kind=TrainingKind(given["kind"]),
            required=given["required"],
        )

    def entered(self) -> Course:
        given = self.cleaned_data
        return Course(
            name=given["course"],
            place=given["place"],
            year=given["year"],
            cost_centre=given["cost_centre"],
        )


class CertificateForm(forms.Form):
    number = forms.CharField(label="Số hiệu văn bằng, chứng chỉ", max_length=120)
    dated = day_field("Ngày cấp")
    issuer = forms.CharField(label="Nơi cấp", max_length=255)

    def entered(self) -> Certificate:
        given = self.cleaned_data
        return Certificate(
            number=given["number"], dated=given["dated"], issuer=given["issuer"]
        )


class WordsForm(forms.Form):
    """A reason or a decision; the action says when it may not be empty."""

    words = forms.CharField(label="Nội dung", max_length=120, required=False)


class RotationForm(forms.Form):
    """Whom to send where, and for how long."""

    person = forms.ModelChoiceField(Person.objects.none(), label="Cán bộ")
    to_unit = forms.ModelChoiceField(Unit.objects.none(), label="Đơn vị đến")
    to_office = forms.CharField(label="Chức vụ sẽ giữ", max_length=255)
    since = day_field("Từ")
    until = day_field("Đến")

    def __init__(
        self,
        *args: object,
        people: QuerySet[Person],
        units: QuerySet[Unit],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["to_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["to_unit"].label_from_instance = (  # type: ignore[attr-defined]
            lambda unit: unit.name
        )

    def entered(self) -> Destination:
        given = self.cleaned_data
        return Destination(
            unit_id=given["to_unit"].pk,
            office=given["to_office"],
            since=given["since"],
            until=given["until"],
        )
