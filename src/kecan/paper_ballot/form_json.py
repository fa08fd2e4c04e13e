"""A form as plain values and back, for whoever has to keep one unchanged."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee, NomineeOrder
from kecan.paper_ballot.wording import Question


def form_as_json(form: BallotForm) -> dict[str, Any]:
    """Return a form as JSON values that :func:`form_from_json` turns back."""
    return asdict(form)


def form_from_json(values: dict[str, Any]) -> BallotForm:
    """Return the form again; its event is the same.

    Raises:
        FormError: If the values are not those of a form.
    """
    contests = tuple(
        BallotContest(
            **{
                **contest,
                "nominees": tuple(Nominee(**one) for one in contest["nominees"]),
            }
        )
        for contest in values["contests"]
    )
    return BallotForm(
        **{
            **values,
            "contests": contests,
            "question": Question(values["question"]),
            "order": NomineeOrder(values["order"]),
        }
    )
