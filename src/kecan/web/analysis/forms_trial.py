"""What a branch of a round changes, typed on the page where it is tried at once."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django import forms

from kecan.planning.branch_changes import (
    Appointed,
    Decided,
    Leaves,
    OtherDay,
    OtherMonth,
    OtherOrder,
    OtherRules,
    OtherSeats,
    OtherWanted,
    changes_nothing,
)
from kecan.regulations.pack import (
    load_pack,
    shipped_overlay_titles,
    shipped_pack_keys,
)
from kecan.vocabulary import Month, PersonId, PostId
from kecan.web.analysis.forms import wishes_of
from kecan.web.day_field import day_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import QueryDict

    from kecan.planning.branch_changes import Change
    from kecan.web.organisation.models import Person, Post

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
        given: QueryDict,
    ) -> None:
        super().__init__(given or None)
        self.wishes = wishes_of(given)
        self.people = {one.pk: one for one in people}
        self.posts = {one.pk: one for one in posts}
        nobody = ("", "không")
        who = [nobody, *((f"{pk}", p.full_name) for pk, p in self.people.items())]
        what = [nobody, *((f"{pk}", p.title) for pk, p in self.posts.items())]
        choices = {
            "rules": [_UNCHANGED, *pack_choices()],
            "overlay": overlay_choices(),
            "seats_of": what,
            "leaves": who,
            "appointed": who,
            "appointed_to": what,
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean_month(self) -> Month | None:
        return typed_month(str(self.cleaned_data["month"]))

    def changes(self) -> tuple[Change, ...]:
        """Return what the branch changes; the form is valid."""
        found = (*self._of_rules(), *self._of_people(), *self._decisions())
        return tuple(one for one in found if not changes_nothing(one))

    def _of_rules(self) -> Iterator[Change]:
        given = self.cleaned_data
        if given["rules"]:
            yield OtherRules(pack=given["rules"], overlay=given["overlay"])
        if given["as_of"] is not None:
            yield OtherDay(day=given["as_of"])
        if given["month"] is not None:
            yield OtherMonth(month=given["month"])
        if given["seats_of"] and given["seats"]:
            yield OtherSeats(
                post_id=self._post(given["seats_of"]), seats=given["seats"]
            )

    def _of_people(self) -> Iterator[Change]:
        given = self.cleaned_data
        if given["leaves"]:
            yield Leaves(person_id=self._person(given["leaves"]))
        if given["appointed"] and given["appointed_to"]:
            yield Appointed(
                person_id=self._person(given["appointed"]),
                post_id=self._post(given["appointed_to"]),
            )

    def _decisions(self) -> Iterator[Change]:
        wishes = self.wishes
        for places, is_kept in ((wishes.keep, True), (wishes.never, False)):
            for person, post in sorted(places):
                if person in self.people and post in self.posts:
                    yield Decided(
                        person_id=self._person(person),
                        post_id=self._post(post),
                        is_kept=is_kept,
                    )
        yield OtherOrder(order=wishes.order)
        yield OtherWanted(wanted=wishes.wanted, is_hard=wishes.wanted_is_hard)

    def _person(self, pk: str | int) -> PersonId:
        return PersonId(self.people[int(pk)].key)

    def _post(self, pk: str | int) -> PostId:
        return PostId(self.posts[int(pk)].key)


def pack_choices() -> list[tuple[str, str]]:
    """Return the shipped packs to choose from."""
    return [(key, load_pack(key).title.vi) for key in shipped_pack_keys()]


def overlay_choices() -> list[tuple[str, str]]:
    """Return the shipped overlays to choose from, or none."""
    titles = shipped_overlay_titles()
    return [("", "không có"), *((name, one.vi) for name, one in titles.items())]


def typed_month(text: str) -> Month | None:
    """Read a month as an official types it; None when nothing is typed.

    Raises:
        ValidationError: If it is no month.
    """
    typed = text.strip()
    if not typed:
        return None
    month, _, year = typed.partition("/")
    try:
        return Month.parse(f"{year}-{month}")
    except ValueError:
        msg = f"“{typed}” không phải tháng; cần dạng 06/2025."
        raise forms.ValidationError(msg) from None


def trial_changes(form: TrialForm) -> tuple[Change, ...]:
    """Return what a form changes; nothing while it is not sent or has faults."""
    return form.changes() if form.is_bound and form.is_valid() else ()


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
