"""What people type on the pages of a round, checked before an action sees it."""

from __future__ import annotations

from django import forms

from kecan.regulations.chains import chain_keys, load_chain
from kecan.regulations.pack import (
    load_pack,
    shipped_overlay_titles,
    shipped_pack_keys,
)
from kecan.vocabulary import Line, Term, TermPair, UnitId
from kecan.web.day_field import day_field
from kecan.web.organisation.models import Unit
from kecan.web.plans.actions import RoundDraft

TERM_YEARS = 5


class RoundForm(forms.Form):
    """A new round; terms are given by their first year."""

    key = forms.SlugField(label="Mã đợt", max_length=60)
    title = forms.CharField(label="Tên đợt", max_length=255)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Cấp uỷ", to_field_name="key"
    )
    as_of = day_field("Thời điểm xét")
    rule_pack = forms.ChoiceField(label="Bộ quy định")
    overlay = forms.ChoiceField(label="Quy định riêng", required=False)
    chain_template = forms.ChoiceField(label="Các bước hội nghị")
    party_year = forms.IntegerField(
        label="Nhiệm kỳ Đảng hiện tại, năm đầu", min_value=1990, max_value=2100
    )
    government_year = forms.IntegerField(
        label="Nhiệm kỳ chính quyền hiện tại, năm đầu", min_value=1990, max_value=2100
    )

    def __init__(self, *args: object, units: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if units.count() == 1:  # type: ignore[attr-defined]
            self.fields["unit"].empty_label = None  # type: ignore[attr-defined]
        self.fields["rule_pack"].choices = [  # type: ignore[attr-defined]
            (key, load_pack(key).title.vi) for key in shipped_pack_keys()
        ]
        titles = shipped_overlay_titles()
        named = [("", "không có"), *((name, one.vi) for name, one in titles.items())]
        self.fields["overlay"].choices = named  # type: ignore[attr-defined]
        self.fields["chain_template"].choices = [  # type: ignore[attr-defined]
            (key, load_chain(key).title.vi) for key in chain_keys()
        ]

    def draft(self) -> RoundDraft:
        given = self.cleaned_data
        now = (given["party_year"], given["government_year"])
        return RoundDraft(
            key=given["key"],
            title=given["title"],
            unit_id=UnitId(given["unit"].key),
            as_of=given["as_of"],
            rule_pack=given["rule_pack"],
            overlays=(given["overlay"],) if given["overlay"] else (),
            chain_template=given["chain_template"],
            current_terms=_pair(*now),
            next_terms=_pair(*(year + TERM_YEARS for year in now)),
        )


def _pair(party: int, government: int) -> TermPair:
    return TermPair(
        party=_term(Line.PARTY, party), government=_term(Line.GOVERNMENT, government)
    )


def _term(line: Line, year: int) -> Term:
    return Term(line=line, first_year=year, last_year=year + TERM_YEARS)


class SubmissionForm(forms.Form):
    number = forms.CharField(label="Số Tờ trình", max_length=60)
    dated = day_field("Ngày")


class DecisionForm(forms.Form):
    number = forms.CharField(label="Số Quyết định", max_length=60)
    dated = day_field("Ngày")
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=255)


class WordsForm(forms.Form):
    """A reason or an opinion; the action says when it may not be empty."""

    words = forms.CharField(label="Nội dung", max_length=500, required=False)


class ReviewForm(forms.Form):
    item = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(choices=[("keep", "Giữ"), ("remove", "Đưa ra")])
    note = forms.CharField(label="Lý do", max_length=500, required=False)


class ProposalForm(forms.Form):
    person = forms.IntegerField()
    post = forms.IntegerField()
    term = forms.IntegerField()


class WorkbookForm(forms.Form):
    workbook = forms.FileField(label="Bảng tính trao đổi (.xlsx)")
