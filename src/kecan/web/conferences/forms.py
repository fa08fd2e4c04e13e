"""Reads the forms of a conference into the types its actions take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from kecan.tally import LineState, Sheet
from kecan.web.conferences.actions.count import read_invalid_reason, read_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from kecan.web.conferences.models import Contest

INVALID_CHOICES = (
    ("", "Phiếu hợp lệ"),
    ("too_many", "Chọn quá số lượng"),
    ("blank", "Phiếu trắng"),
    ("signed", "Có ký tên, dấu hiệu riêng"),
    ("torn", "Rách, không đọc được"),
    ("not_issued", "Không do Tổ kiểm phiếu phát ra"),
)


class OpenForm(forms.Form):
    held_on = forms.DateField(label="Ngày họp")
    place = forms.CharField(label="Địa điểm", max_length=255)
    chair = forms.CharField(label="Chủ trì", max_length=150)
    minute_taker = forms.CharField(label="Thư ký", max_length=150)
    presenter = forms.CharField(label="Người trình bày Tờ trình", max_length=150)


class NumberForm(forms.Form):
    """One whole number: ballots handed out, or ballots that came back."""

    number = forms.IntegerField(label="Số phiếu", min_value=1)


def posted_sheet(data: QueryDict, *, number: int, contests: Sequence[Contest]) -> Sheet:
    """Read a keyed sheet: one state a line, written names one a line of text.

    Raises:
        SheetNotReadableError: If a state or reason is unknown.
    """
    return Sheet(
        number=number,
        states=tuple(
            tuple(
                read_state(data.get(f"line-{line.pk}", LineState.NONE))
                for line in contest.lines.all()
            )
            for contest in contests
        ),
        write_ins=tuple(
            tuple(
                name.strip()
                for name in data.get(f"write-in-{contest.pk}", "").splitlines()
                if name.strip()
            )
            for contest in contests
        ),
        invalid_reason=read_invalid_reason(data.get("invalid_reason", "")),
    )
