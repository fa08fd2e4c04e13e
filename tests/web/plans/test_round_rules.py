"""Values the rules leave open are entered for the round, with their document."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.web.conftest import client_of
from tests.web.organisation.registers import open_a_round

from kecan.regulations.entered import EnteredValue
from kecan.regulations.pack import OperatorValueMissingError
from kecan.regulations.parameters import Scope
from kecan.web.audit.models import LedgerEntry
from kecan.web.plans import actions
from kecan.web.plans.models import PlanningRound, RoundState
from kecan.web.plans.queries import pack_of
from kecan.web.plans.refusals import RoundStateError, RuleValueError

if TYPE_CHECKING:
    from django.http import HttpResponse

    from kecan.web.accounts.models import User

pytestmark = pytest.mark.django_db
COEFFICIENT = "planning.body_coefficient_max"
AT = datetime(2022, 5, 10, 7, tzinfo=UTC)


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def _coefficient(opened: PlanningRound) -> Fraction:
    fresh = PlanningRound.objects.get(pk=opened.pk)
    return pack_of(fresh).parameter(COEFFICIENT, on=fresh.as_of).share


def _post(user: User, opened: PlanningRound, **given: str) -> HttpResponse:
    typed = {
        "key": COEFFICIENT,
        "scope": "|||",
        "value": "1,5",
        "document": "234-KH/TU",
        "dated": "25/04/2022",
    }
    address = reverse("round_rules", args=[opened.pk])
    return client_of(user).post(address, {**typed, **given})  # type: ignore[return-value]


def test_a_value_nobody_gave_is_asked_for_and_then_used_and_cited(
    opened: PlanningRound, officer: User
) -> None:
    with pytest.raises(OperatorValueMissingError):
        _coefficient(opened)

    answer = _post(officer, opened)

    assert answer.status_code == 302
    assert _coefficient(opened) == Fraction(3, 2)
    page = client_of(officer).get(answer["Location"]).content.decode()
    assert "234-KH/TU (25/04/2022)" in page
    entry = LedgerEntry.objects.get(action="round.rule_entered")
    assert json.loads(entry.details)["value"] == "3/2"


def test_what_is_entered_again_replaces_what_was(
    opened: PlanningRound, officer: User
) -> None:
    _post(officer, opened)
    _post(officer, opened, value="200 %")

    assert _coefficient(opened) == Fraction(2)
    assert len(PlanningRound.objects.get(pk=opened.pk).entered_values) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"value": "nhiều"}, "ví dụ 25\u00a0%"),
        ({"key": "planning.khac"}, "khoá lạ"),
        ({"scope": "district|||"}, "không có giá trị"),
        ({"scope": "khác"}, "Không có phạm vi này"),
        ({"dated": "31/02/2022"}, "Ngày văn bản"),
        ({"document": ""}, "Số văn bản"),
        ({"key": "composition.minority_share", "value": "150 %"}, "không được quá"),
    ],
)
def test_what_cannot_be_a_value_is_refused_in_one_sentence(
    opened: PlanningRound, officer: User, given: dict[str, str], said: str
) -> None:
    answer = _post(officer, opened, **given)

    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert PlanningRound.objects.get(pk=opened.pk).entered_values == []


def test_who_only_reads_the_round_enters_nothing(
    opened: PlanningRound, cast: object
) -> None:
    answer = _post(cast.secretary, opened)  # type: ignore[attr-defined]

    assert answer.status_code == 403


def _entered(key: str = COEFFICIENT) -> EnteredValue:
    return EnteredValue(
        key=key, scope=Scope(), value="3/2", document="1-KH/TU", dated=date(2022, 4, 1)
    )


def test_nothing_is_entered_once_the_submission_is_signed(
    opened: PlanningRound, officer: User
) -> None:
    opened.state = RoundState.SUBMITTED
    opened.save()

    with pytest.raises(RoundStateError):
        actions.enter_rule_value(
            round_id=opened.pk, entered=_entered(), by=officer, at=AT
        )


def test_a_value_of_another_key_does_not_fit(
    opened: PlanningRound, officer: User
) -> None:
    with pytest.raises(RuleValueError, match="Chưa ghi được giá trị"):
        actions.enter_rule_value(
            round_id=opened.pk,
            entered=_entered("planning.max_people_per_post"),
            by=officer,
            at=AT,
        )
