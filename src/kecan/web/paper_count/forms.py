"""Reads what the pages of a scanned count send."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import forms

from kecan.paper_ballot.layout import Column
from kecan.web.paper_count.actions.adjudicating import SET_ASIDE, Answer
from kecan.web.paper_count.models import BoxDecision, SheetRuling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest, QueryDict

    from kecan.web.paper_count.models import ScannedPage

_FIELD = re.compile(r"o-([0-9a-f]{32})-([0-9]{1,4})")
_BOX_VALUES = {
    BoxDecision.Value.MARKED.value,
    BoxDecision.Value.EMPTY.value,
    BoxDecision.Value.INVALID.value,
}


class RulingForm(forms.Form):
    value = forms.ChoiceField(
        label="Kết luận về cả tờ phiếu",
        choices=SheetRuling.Value.choices,
        widget=forms.RadioSelect,
    )


class AskAgainForm(forms.Form):
    """One box of a page, as the page numbers it."""

    image_id = forms.RegexField(regex=r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    box = forms.TypedChoiceField(label="Ô", coerce=int, choices=[])

    def __init__(self, data: QueryDict | None = None, *, page: ScannedPage) -> None:
        super().__init__(
            data,
            initial={"image_id": page.image_id},
            auto_id=f"id_%s_{page.image_id}",
        )
        self.fields["box"].choices = [  # type: ignore[attr-defined]
            (index, _box_in_words(box)) for index, box in enumerate(page.boxes)
        ]


def _box_in_words(box: Mapping[str, object]) -> str:
    column = "đồng ý" if box["column"] == Column.AGREE.value else "không đồng ý"
    return f"danh sách {box['contest']}, dòng {box['line']}, {column}"


class SetAsideForm(forms.Form):
    reason = forms.ChoiceField(
        label="Xử lý", choices=[(key, words) for key, words in SET_ASIDE.items()]
    )


class DiceForm(forms.Form):
    dice = forms.CharField(
        label="20 chữ số gieo công khai",
        max_length=60,
        help_text="Gieo xúc xắc mười mặt trước mọi người, ghi lần lượt từ trái sang phải.",
    )


class NameForm(forms.Form):
    """A name written by hand on a ballot."""

    image_id = forms.RegexField(regex=r"^[0-9a-f]{32}$")
    box = forms.IntegerField(min_value=0)
    do = forms.ChoiceField(
        choices=[("find", ""), ("keep", ""), ("none", ""), ("invalid", "")]
    )
    name = forms.CharField(max_length=120, required=False)
    person_key = forms.CharField(max_length=30, required=False)


def posted_answers(data: QueryDict) -> list[Answer]:
    """Return the decisions of a form; what was left open is not among them."""
    return [
        Answer(image_id=image_id, box=box, value=BoxDecision.Value(value))
        for image_id, box, value in _answers(data)
    ]


def _answers(data: QueryDict) -> Iterator[tuple[str, int, str]]:
    for key, value in data.items():
        field = _FIELD.fullmatch(key)
        if field is not None and value in _BOX_VALUES:
            yield field[1], int(field[2]), str(value)


def sent_files(request: HttpRequest) -> list[UploadedFile[bytes]]:
    """Return the files of an upload in the order they were chosen."""
    return request.FILES.getlist("files")
