"""Reads the forms of a conference into the types its actions take."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django import forms

from kecan.tally import InvalidReason, LineState, Sheet
from kecan.vocabulary import Base, Bound, Confidence, Sentence
from kecan.web.conferences.queries import INVALID_WORDS
from kecan.web.conferences.refusals import SheetNotReadableError
from kecan.web.conferences.rules import BASES_VI, FAULTS_VI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kecan.regulations.ballot_validity import ValidityRule
    from kecan.regulations.chains import StepTemplate
    from kecan.web.accounts.models import User
    from kecan.web.conferences.models import Contest, ContestLine

INVALID_CHOICES = (
    ("", "Phiếu hợp lệ"),
    *((reason.value, words) for reason, words in INVALID_WORDS.items()),
)
_PERCENT = 100


class SummonForm(forms.Form):
    as_of = forms.DateField(label="Lập theo chức vụ đang giữ tại ngày")


class OpenForm(forms.Form):
    held_on = forms.DateField(label="Ngày họp")
    place = forms.CharField(label="Địa điểm", max_length=255)
    chair = forms.CharField(label="Chủ trì", max_length=150)
    chair_office = forms.CharField(
        label="Chức vụ của người chủ trì", max_length=255, required=False
    )
    minute_taker = forms.CharField(label="Thư ký", max_length=150)
    presenter = forms.CharField(label="Người trình bày Tờ trình", max_length=150)
    presenter_office = forms.CharField(
        label="Chức vụ của người trình bày", max_length=255, required=False
    )
    agenda = forms.CharField(
        label="Chương trình, mỗi dòng một việc",
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def clean_agenda(self) -> list[str]:
        lines = str(self.cleaned_data["agenda"]).splitlines()
        return [line.strip() for line in lines if line.strip()]


class StepForm(forms.Form):
    """The rules of a step that may still be changed before it opens."""

    title = forms.CharField(label="Tên hội nghị", max_length=255)
    percent = forms.DecimalField(
        label="Mức đạt (%)", min_value=0, max_value=_PERCENT, decimal_places=2
    )
    bound = forms.ChoiceField(
        label="Cách tính mức",
        choices=[
            (Bound.OVER.value, "trên mức này"),
            (Bound.FROM.value, "từ mức này trở lên"),
        ],
    )
    base = forms.ChoiceField(
        label="Tính trên", choices=[(base.value, vi) for base, vi in BASES_VI.items()]
    )
    write_in_lines = forms.IntegerField(
        label="Số dòng ghi thêm người ngoài danh sách", min_value=0, max_value=5
    )
    write_ins_on_single_posts = forms.BooleanField(
        label_suffix="",
        label="Dòng ghi thêm ở cả chức danh một người (bỏ chọn: chỉ ở danh sách cấp uỷ)",
        required=False,
    )
    announces_result = forms.BooleanField(
        label_suffix="", label="Công bố kết quả tại hội nghị", required=False
    )
    over_choice = forms.BooleanField(
        label_suffix="",
        label="Chọn quá số lượng: phiếu không hợp lệ (bỏ chọn: vẫn tính đủ)",
        required=False,
    )
    blank = forms.BooleanField(
        label_suffix="",
        label="Không đánh dấu ai: phiếu không hợp lệ (bỏ chọn: phiếu hợp lệ)",
        required=False,
    )
    both_boxes = forms.BooleanField(
        label_suffix="",
        label="Một người bị đánh cả hai ô: cả phiếu không hợp lệ (bỏ chọn: chỉ không "
        "tính cho người ấy); điều này in trên phiếu",
        required=False,
    )

    @classmethod
    def of(cls, step: StepTemplate) -> StepForm | None:
        """Return the form filled in; None for a step without a ballot."""
        if step.threshold is None:
            return None
        return cls(
            initial={
                "title": step.title.vi,
                "percent": _percent(step.threshold.share),
                "bound": step.threshold.bound.value,
                "base": step.threshold.base.value,
                "write_in_lines": step.write_in_lines,
                "write_ins_on_single_posts": step.write_ins_on_single_posts,
                "announces_result": step.announces_result,
                **{name: getattr(step.validity, name).is_invalid for name in FAULTS_VI},
            }
        )

    def edited(self, step: StepTemplate) -> StepTemplate:
        """Return the step with what the form says; a step without a ballot as it is."""
        if step.threshold is None:
            return step
        said = self.cleaned_data
        return replace(
            step,
            title=Sentence(vi=said["title"], en=step.title.en),
            threshold=replace(
                step.threshold,
                share=step.threshold.share
                if said["percent"] == _percent(step.threshold.share)
                else Fraction(said["percent"]) / _PERCENT,
                bound=Bound(said["bound"]),
                base=Base(said["base"]),
            ),
            write_in_lines=said["write_in_lines"],
            write_ins_on_single_posts=said["write_ins_on_single_posts"],
            announces_result=said["announces_result"],
            validity=replace(
                step.validity,
                **{
                    name: _judged(
                        getattr(step.validity, name), is_invalid=bool(said[name])
                    )
                    for name in FAULTS_VI
                },
            ),
        )


def _judged(rule: ValidityRule, *, is_invalid: bool) -> ValidityRule:
    """Return a rule as the unit wants it; what no text says is only assumed."""
    if rule.is_invalid is is_invalid:
        return rule
    return replace(rule, is_invalid=is_invalid, confidence=Confidence.ASSUMED)


def _percent(share: Fraction) -> Decimal:
    """Return a share as the form shows it: 1/2 is 50; 2/3 shows as 66.67, stays 2/3."""
    shown = Decimal(share.numerator * _PERCENT) / Decimal(share.denominator)
    return shown.quantize(Decimal(1 if shown == int(shown) else "0.01"))


class CommitteeForm(forms.Form):
    """Who counts: three or more accounts, one of them the head."""

    members = forms.MultipleChoiceField(
        label="Thành viên Tổ kiểm phiếu", widget=forms.CheckboxSelectMultiple
    )
    head = forms.ChoiceField(label="Tổ trưởng")

    def __init__(self, accounts: Sequence[User], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._names = {account.login: account.full_name for account in accounts}
        self.fields["members"].choices = self.fields["head"].choices = [  # type: ignore[attr-defined]
            (login, f"{name} ({login})") for login, name in self._names.items()
        ]

    def pairs(self) -> list[tuple[str, str]]:
        """Return (login, full name), the head first."""
        head = self.cleaned_data["head"]
        logins = dict.fromkeys([head, *self.cleaned_data["members"]])
        return [(login, self._names[login]) for login in logins]


class NumberForm(forms.Form):
    """One whole number: ballots handed out, or ballots that came back."""

    number = forms.IntegerField(
        label="Số phiếu",
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), "hãy nhập số nguyên từ 1 trở lên."
        ),
    )


class SpeechForm(forms.Form):
    speaker = forms.CharField(label="Người phát biểu", max_length=150)
    office = forms.CharField(label="Chức vụ", max_length=255, required=False)
    text = forms.CharField(
        label="Ý kiến, mỗi dòng một ý", widget=forms.Textarea(attrs={"rows": 3})
    )


class DirectionsForm(forms.Form):
    directed_by = forms.CharField(
        label="Người phát biểu chỉ đạo", max_length=150, required=False
    )
    directed_by_office = forms.CharField(
        label="Chức vụ của người chỉ đạo", max_length=255, required=False
    )
    directions = forms.CharField(
        label="Ý kiến chỉ đạo", widget=forms.Textarea(attrs={"rows": 4})
    )


class TieForm(forms.Form):
    passes = forms.TypedChoiceField(
        label="Quyết định",
        choices=[("1", "Đạt"), ("0", "Không đạt")],
        coerce=lambda value: value == "1",
    )
    reason = forms.CharField(label="Lý do", max_length=500)


class WriteInForm(forms.Form):
    """Whom a written name means; an empty code keeps it as text."""

    person_key = forms.CharField(
        label="Người trong sổ",
        max_length=30,
        required=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContest:
    """A contest on the entry screen, with what is chosen on each of its lines."""

    contest: Contest
    lines: tuple[tuple[ContestLine, str], ...]
    written: str


def blank_or_keyed(
    contests: Sequence[Contest], sheet: Sheet | None
) -> list[EntryContest]:
    """Return the entry screen, blank or as the sheet was keyed."""
    return [
        EntryContest(
            contest=contest,
            lines=tuple(
                (line, "" if sheet is None else sheet.states[place][at].value)
                for at, line in enumerate(contest.lines.all())
            ),
            written=""
            if sheet is None or place >= len(sheet.write_ins)
            else "\n".join(sheet.write_ins[place]),
        )
        for place, contest in enumerate(contests)
    ]


def as_posted(data: QueryDict, contests: Sequence[Contest]) -> list[EntryContest]:
    """Return the entry screen as it was sent, so that nothing is typed twice."""
    return [
        EntryContest(
            contest=contest,
            lines=tuple(
                (line, data.get(f"line-{line.pk}", "")) for line in contest.lines.all()
            ),
            written=data.get(f"write-in-{contest.pk}", ""),
        )
        for contest in contests
    ]


def posted_sheet(data: QueryDict, *, number: int, contests: Sequence[Contest]) -> Sheet:
    """Read a keyed sheet: one state a line, written names one a line of text.

    Raises:
        SheetNotReadableError: If the number, a state or a reason is unknown, or a
            line of a valid sheet is not keyed: what is not said is never guessed.
    """
    if number < 1:
        msg = "Số phiếu phải từ 1 trở lên."
        raise SheetNotReadableError(msg)
    reason = read_invalid_reason(data.get("invalid_reason", ""))
    entries = as_posted(data, contests)
    if reason is None:
        _require_all_keyed(number, entries)
    return Sheet(
        number=number,
        states=tuple(
            tuple(
                read_state(state) if state else LineState.NONE
                for _, state in entry.lines
            )
            for entry in entries
        ),
        write_ins=tuple(_names(entry.written) for entry in entries),
        invalid_reason=reason,
    )


def _require_all_keyed(number: int, entries: Sequence[EntryContest]) -> None:
    for entry in entries:
        for line, state in entry.lines:
            if not state:
                msg = (
                    f"Phiếu số {number}: chưa ghi dòng {line.order}, {line.full_name} "
                    f"({entry.contest.title}); phiếu bỏ trống dòng này thì ghi “Để trống”."
                )
                raise SheetNotReadableError(msg)


def _names(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(unicodedata.normalize("NFC", line) for line in lines if line)


def read_state(text: str) -> LineState:
    """Return the state a form names.

    Raises:
        SheetNotReadableError: If there is no such state.
    """
    try:
        return LineState(text)
    except ValueError as error:
        msg = f"“{text}” không phải cách ghi phiếu."
        raise SheetNotReadableError(msg) from error


def read_invalid_reason(text: str) -> InvalidReason | None:
    """Return the reason a form names; None for a valid sheet.

    Raises:
        SheetNotReadableError: If there is no such reason.
    """
    try:
        return InvalidReason(text) if text else None
    except ValueError as error:
        msg = f"“{text}” không phải lý do phiếu không hợp lệ."
        raise SheetNotReadableError(msg) from error
