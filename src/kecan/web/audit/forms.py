"""What somebody looking through the ledger asks for."""

from __future__ import annotations

from django import forms

from kecan.lettering.names import dictionary_key
from kecan.web.audit.queries import actions_taken
from kecan.web.audit.words import ACTIONS


class EntryFilterForm(forms.Form):
    """Entries of one kind, of one day, about something; whatever is left blank is all."""

    viec = forms.ChoiceField(label="Việc", required=False)
    ngay = forms.DateField(
        label="Ngày (ngày/tháng/năm)",
        required=False,
        widget=forms.DateInput(format="%d/%m/%Y"),
        error_messages={"invalid": "Ngày ghi dạng 10/5/2022."},
    )
    doi_tuong = forms.CharField(
        label="Đối tượng có chữ", required=False, max_length=120
    )

    def __init__(self, *args: object, **given: object) -> None:
        super().__init__(*args, **given)  # type: ignore[arg-type]
        kind = self.fields["viec"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101  as declared above
        taken = [(one, ACTIONS.get(one, one)) for one in actions_taken()]
        kind.choices = [("", "Mọi việc"), *sorted(taken, key=_by_words)]


def _by_words(choice: tuple[str, str]) -> str:
    return dictionary_key(choice[1])
