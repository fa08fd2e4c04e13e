"""What a branch of a round changes, typed on the page of comparison."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from django import forms

from kecan.regulations.pack import (
    load_pack,
    shipped_overlay_names,
    shipped_pack_keys,
)
from kecan.vocabulary import Month
from kecan.web.analysis.forms import places_given
from kecan.web.analysis.queries.trials import TrialWishes
from kecan.web.day_field import day_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

    from kecan.web.organisation.models import Person, Post

_MONTH = re.compile(r"(0?[1-9]|1[0-2])/(\d{4})")
_MOST_SEATS = 999
_PERCENT = 100
_UNCHANGED = ("", "như của đợt")


class TrialForm(forms.Form):
    """Changes of a branch; each field left alone changes nothing."""

    rules = forms.ChoiceField(label="Bộ quy định", required=False)
    overlay = forms.ChoiceField(label="Quy định riêng", required=False)
    as_of = day_field("Ngày xét", required=False)
    month = forms.CharField(
        label="Tháng tính tuổi (mm/yyyy)", max_length=7, required=False
    )
    seats_of = forms.ChoiceField(label="Đổi số vị trí của", required=False)
    seats = forms.IntegerField(
        label="Số vị trí", min_value=1, max_value=_MOST_SEATS, required=False
    )
    leaves = forms.ChoiceField(label="Người thôi công tác", required=False)
    appointed = forms.ChoiceField(label="Người được bổ nhiệm", required=False)
    appointed_to = forms.ChoiceField(label="vào chức danh", required=False)

    def __init__(
        self,
        *,
        people: Iterable[Person],
        posts: Iterable[Post],
        overlays: Sequence[str],
        given: QueryDict,
    ) -> None:
        super().__init__(given or None)
        self.keep = places_given(given, "giu")
        self.never = places_given(given, "loai")
        who = [("", "không"), *((f"{one.pk}", one.full_name) for one in people)]
        what = [("", "không"), *((f"{one.pk}", one.title) for one in posts)]
        packs = [(key, load_pack(key).title.vi) for key in shipped_pack_keys()]
        choices = {
            "rules": [_UNCHANGED, *packs],
            "overlay": [("", "không có"), *((one, one) for one in overlays)],
            "seats_of": what,
            "leaves": who,
            "appointed": who,
            "appointed_to": what,
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean_month(self) -> Month | None:
        text = str(self.cleaned_data["month"]).strip()
        if not text:
            return None
        found = _MONTH.fullmatch(text)
        if found is None:
            msg = f"“{text}” không phải tháng; cần dạng 06/2025."
            raise forms.ValidationError(msg)
        return Month(int(found[2]), int(found[1]))

    def wishes(self) -> TrialWishes:
        """Return what the branch changes; the form is valid."""
        given = self.cleaned_data
        return TrialWishes(
            is_next=self.data.get("ky") != "nay",
            rule_pack=given["rules"],
            overlay=given["overlay"],
            as_of=given["as_of"],
            reference_month=given["month"],
            seats_of=int(given["seats_of"] or 0),
            seats=given["seats"] or 0,
            leaves=int(given["leaves"] or 0),
            appointed=int(given["appointed"] or 0),
            appointed_to=int(given["appointed_to"] or 0),
            keep=self.keep,
            never=self.never,
        )


def trial_form_of(
    given: QueryDict, *, people: Iterable[Person], posts: Iterable[Post]
) -> TrialForm:
    """Return the form of a branch with every overlay that is shipped."""
    return TrialForm(
        given=given, people=people, posts=posts, overlays=shipped_overlay_names()
    )


class RateForm(forms.Form):
    """The share of people an operator assumes to leave each year, in per cent."""

    rate = forms.DecimalField(
        label="Tỷ lệ thôi việc mỗi năm (%)",
        min_value=0,
        max_value=50,
        max_digits=4,
        decimal_places=1,
        required=False,
        localize=True,
    )

    def share(self) -> Fraction | None:
        """Return the rate as a share; None when none is assumed."""
        rate = self.cleaned_data.get("rate") if self.is_valid() else None
        return None if rate is None else Fraction(rate) / _PERCENT


class DayForm(forms.Form):
    """The day a queue is looked at."""

    day = day_field("Ngày xem", required=False)
