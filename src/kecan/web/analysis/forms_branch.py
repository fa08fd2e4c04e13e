"""What a stored branch changes, one small form for each kind of change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from kecan.planning.branch_changes import (
    Appointed,
    Change,
    Decided,
    DraftOverlay,
    Leaves,
    OtherDay,
    OtherMonth,
    OtherOrder,
    OtherRules,
    OtherSeats,
    OtherWanted,
    PersonAdded,
    PostAdded,
    PostDropped,
    RecordSupposed,
)
from kecan.planning.branches import Supposed
from kecan.planning.problem import PEOPLE_WANTED, SoftRule
from kecan.planning.slate_words import RULES
from kecan.regulations.facts import RatingGrade, TheoryLevel
from kecan.regulations.pack import RuleFileError, read_overlay
from kecan.regulations.wording import GRADES, SEXES, THEORIES
from kecan.vocabulary import PartialDate, PersonId, PostId, Sex
from kecan.web.analysis.forms_trial import (
    overlay_choices,
    pack_choices,
    typed_month,
)
from kecan.web.analysis.queries.comparisons import THE_ROUND
from kecan.web.day_field import day_field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, QueryDict

    from kecan.planning.branch_trial import Trial

_MOST_SEATS = 999
_MOST_WANTED = 9
_KEY = re.compile(r"[0-9]{1,18}")
_LARGEST_DRAFT = 256 * 1024
_UNCHANGED = ("", "giữ nguyên")


def chosen_of(given: QueryDict) -> list[int]:
    """Return the branches an address names; one alone is set beside the round."""
    found = list(dict.fromkeys(filter(None, map(_number, given.getlist("chon")))))
    named_round = "0" in given.getlist("chon")
    return [THE_ROUND, *found] if named_round or len(found) == 1 else found


def pair_of(given: QueryDict) -> tuple[int, int] | None:
    """Return the two branches to look at closely, as an address names them."""
    first, dash, second = given.get("cap", "").partition("-")
    return (_number(first), _number(second)) if dash else None


def _number(text: str) -> int:
    """Read a key; 0 for what is none."""
    return int(text) if _KEY.fullmatch(text) else 0


class NameForm(forms.Form):
    """What a branch is called, and which branch it begins as."""

    ten = forms.CharField(label="Tên phương án", max_length=80)
    tu = forms.IntegerField(min_value=0, required=False)


class ChangeForm(forms.Form):
    """One kind of change; people and posts are those of the branch."""

    title: ClassVar[str] = ""
    button: ClassVar[str] = "Thêm"

    def __init__(self, *, request: HttpRequest | None, trial: Trial, key: str) -> None:
        super().__init__(
            None if request is None else request.POST,
            None if request is None else request.FILES,
            auto_id=f"{key}_%s",
        )
        self.trial = trial
        register = trial.branch.register
        people = [(one.person_id, one.full_name) for one in register.people]
        posts = [(one.post_id, one.title) for one in register.posts if one.is_planned]
        for name, field in self.fields.items():
            if name in {"person", "like_person"}:
                field.choices = [("", "chọn người"), *people]  # type: ignore[attr-defined]
            elif name in {"post", "like_post"}:
                field.choices = [("", "chọn chức danh"), *posts]  # type: ignore[attr-defined]

    def change(self, *, fresh: str) -> Change:
        """Return the change; the form is valid.

        Args:
            fresh: An id no person or post of the branch has.
        """
        raise NotImplementedError


class RulesForm(ChangeForm):
    title = "Bộ quy định khác"

    pack = forms.ChoiceField(label="Bộ quy định", choices=pack_choices)
    overlay = forms.ChoiceField(
        label="Quy định riêng", choices=overlay_choices, required=False
    )

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return OtherRules(pack=given["pack"], overlay=given["overlay"])


class DraftForm(ChangeForm):
    title = "Dự thảo quy định"
    button = "Tải lên"

    file = forms.FileField(label="Tệp dự thảo (.toml)")

    def clean_file(self) -> DraftOverlay:
        sent = self.cleaned_data["file"]
        if sent.size > _LARGEST_DRAFT:
            msg = (
                f"{sent.name}: tệp {sent.size // 1024} KB, lớn hơn mức "
                f"{_LARGEST_DRAFT // 1024} KB của một tệp quy định."
            )
            raise forms.ValidationError(msg)
        written = sent.read()
        try:
            read_overlay(written, name=sent.name)
        except RuleFileError as fault:
            msg = f"{fault.sentence.vi}."
            raise forms.ValidationError(msg) from fault
        return DraftOverlay(name=sent.name, text=written.decode("utf-8-sig"))

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        found: DraftOverlay = self.cleaned_data["file"]
        return found


class JudgingDayForm(ChangeForm):
    title = "Ngày xét khác"

    day = day_field("Ngày xét")

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        return OtherDay(day=self.cleaned_data["day"])


class MonthForm(ChangeForm):
    title = "Tháng tính tuổi khác"

    month = forms.CharField(label="Tháng (mm/yyyy)", max_length=7)

    def clean_month(self) -> object:
        return typed_month(str(self.cleaned_data["month"]))

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        return OtherMonth(month=self.cleaned_data["month"])


class SeatsForm(ChangeForm):
    title = "Đổi số vị trí"

    post = forms.ChoiceField(label="Chức danh")
    seats = forms.IntegerField(label="Số vị trí", min_value=1, max_value=_MOST_SEATS)

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return OtherSeats(post_id=PostId(given["post"]), seats=given["seats"])


class PostAddedForm(ChangeForm):
    title = "Thêm chức danh"

    name = forms.CharField(label="Tên chức danh", max_length=200)
    like_post = forms.ChoiceField(label="Tiêu chuẩn, cấp quản lý như")
    seats = forms.IntegerField(
        label="Số vị trí", min_value=1, max_value=_MOST_SEATS, initial=1
    )

    def change(self, *, fresh: str) -> Change:
        given = self.cleaned_data
        return PostAdded(
            post_id=PostId(fresh),
            title=given["name"],
            like=PostId(given["like_post"]),
            seats=given["seats"],
        )


class PostDroppedForm(ChangeForm):
    title = "Bỏ một chức danh khỏi quy hoạch"

    post = forms.ChoiceField(label="Chức danh")

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        return PostDropped(post_id=PostId(self.cleaned_data["post"]))


class LeavesForm(ChangeForm):
    title = "Người thôi công tác"

    person = forms.ChoiceField(label="Họ và tên")

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        return Leaves(person_id=PersonId(self.cleaned_data["person"]))


class AppointedForm(ChangeForm):
    title = "Người được bổ nhiệm"

    person = forms.ChoiceField(label="Họ và tên")
    post = forms.ChoiceField(label="Giữ chức vụ")

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return Appointed(
            person_id=PersonId(given["person"]), post_id=PostId(given["post"])
        )


class RecordForm(ChangeForm):
    title = "Giả định về hồ sơ một người"

    person = forms.ChoiceField(label="Họ và tên")
    born = forms.CharField(label="Sinh tháng (mm/yyyy)", max_length=7, required=False)
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[_UNCHANGED, *((one.value, SEXES[one].vi) for one in Sex)],
        required=False,
    )
    theory = forms.ChoiceField(
        label="Lý luận chính trị",
        choices=[_UNCHANGED, *((one.value, THEORIES[one].vi) for one in TheoryLevel)],
        required=False,
    )
    field = forms.CharField(
        label="Thêm bằng đại học ngành", max_length=80, required=False
    )
    grade = forms.ChoiceField(
        label="Xếp loại năm trước",
        choices=[_UNCHANGED, *((one.value, GRADES[one].vi) for one in RatingGrade)],
        required=False,
    )

    def clean_born(self) -> PartialDate | None:
        month = typed_month(str(self.cleaned_data["born"]))
        return None if month is None else PartialDate(month.year, month.month)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and self._supposed(given) == Supposed():
            msg = "Chưa ghi điều gì khác với hồ sơ; hãy chọn ít nhất một mục."
            raise forms.ValidationError(msg)
        return given

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return RecordSupposed(
            person_id=PersonId(given["person"]), supposed=self._supposed(given)
        )

    def _supposed(self, given: Mapping[str, Any]) -> Supposed:
        return Supposed(
            born=given["born"],
            sex=Sex(given["sex"]) if given["sex"] else None,
            theory=TheoryLevel(given["theory"]) if given["theory"] else None,
            field=given["field"],
            grade=RatingGrade(given["grade"]) if given["grade"] else None,
        )


class PersonAddedForm(ChangeForm):
    title = "Thêm một người giả định"

    name = forms.CharField(label="Tên gọi", max_length=80)
    like_person = forms.ChoiceField(label="Hồ sơ như của")

    def change(self, *, fresh: str) -> Change:
        given = self.cleaned_data
        return PersonAdded(
            person_id=PersonId(fresh),
            full_name=given["name"],
            like=PersonId(given["like_person"]),
        )


class DecidedForm(ChangeForm):
    title = "Quyết định cố định"

    person = forms.ChoiceField(label="Họ và tên")
    post = forms.ChoiceField(label="Chức danh")
    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[("keep", "giữ trong phương án"), ("never", "không đưa vào")],
    )

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return Decided(
            person_id=PersonId(given["person"]),
            post_id=PostId(given["post"]),
            is_kept=given["decision"] == "keep",
        )


class OrderForm(ChangeForm):
    title = "Thứ tự ưu tiên"
    button = "Đưa lên đầu"

    rule = forms.ChoiceField(
        label="Quy tắc xét trước hết",
        choices=[(one.value, RULES[one].vi) for one in SoftRule],
    )

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        first = SoftRule(self.cleaned_data["rule"])
        order = self.trial.wishes.order
        return OtherOrder(order=(first, *(one for one in order if one is not first)))


class WantedForm(ChangeForm):
    title = "Số người mong muốn mỗi chức danh"
    button = "Đổi"

    wanted = forms.IntegerField(
        label="Số người", min_value=1, max_value=_MOST_WANTED, initial=PEOPLE_WANTED
    )
    is_hard = forms.BooleanField(label_suffix="", label="bắt buộc", required=False)

    def change(self, *, fresh: str) -> Change:  # noqa: ARG002
        given = self.cleaned_data
        return OtherWanted(wanted=given["wanted"], is_hard=given["is_hard"])


GROUPS: Mapping[str, Mapping[str, type[ChangeForm]]] = {
    "Quy định, thời điểm": {
        "rules": RulesForm,
        "draft": DraftForm,
        "month": MonthForm,
        "day": JudgingDayForm,
    },
    "Chức danh": {
        "seats": SeatsForm,
        "post_added": PostAddedForm,
        "post_dropped": PostDroppedForm,
    },
    "Người": {
        "leaves": LeavesForm,
        "appointed": AppointedForm,
        "record": RecordForm,
        "person_added": PersonAddedForm,
    },
    "Quyết định, thứ tự ưu tiên": {
        "decided": DecidedForm,
        "order": OrderForm,
        "wanted": WantedForm,
    },
}
"""The kinds of change as the page of a branch offers them."""

KINDS: Mapping[str, type[ChangeForm]] = {
    kind: form for group in GROUPS.values() for kind, form in group.items()
}
