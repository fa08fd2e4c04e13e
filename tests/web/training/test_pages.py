"""The training pages: who may open them and what each button does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.organisation.registers import open_a_round

from kecan.web.organisation.models import Unit
from kecan.web.plans.queries import standing_plan
from kecan.web.training.models import TrainingItem
from kecan.web.training.queries import gaps

if TYPE_CHECKING:
    from django.test import Client

    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def address(name: str, planning_round: PlanningRound, *more: int) -> str:
    return reverse(f"training:{name}", args=[planning_round.pk, *more])


def course(planning_round: PlanningRound) -> dict[str, str]:
    gap = gaps(planning_round, day=timezone.localdate())[0]
    return {
        "person": str(gap.person.pk),
        "kind": gap.kind.value,
        "required": gap.required,
        "course": gap.course,
        "year": "2026",
    }


def test_the_secretary_reads_both_pages_and_changes_nothing(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = secretary_client.get(address("overview", opened))
    report = secretary_client.get(address("report", opened, 2026))

    assert (page.status_code, report.status_code) == (200, 200)
    assert "Đưa vào kế hoạch</button>" not in page.content.decode()
    for name in ("plan_course", "rotation_new"):
        assert secretary_client.post(address(name, opened)).status_code == 403


@pytest.mark.parametrize("name", ["overview", "plan_course", "rotation_new"])
def test_delegates_strangers_and_counters_are_refused(
    opened: PlanningRound,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
    name: str,
) -> None:
    for who in (reader_client, stranger_client, counter_client):
        asked = who.get if name == "overview" else who.post
        assert asked(address(name, opened)).status_code == 403


def test_nobody_is_sent_to_sign_in(opened: PlanningRound, client: Client) -> None:
    assert client.get(address("overview", opened)).status_code == 302


def test_an_officer_plans_starts_and_finishes_a_course(
    opened: PlanningRound, officer_client: Client
) -> None:
    sent = officer_client.post(address("plan_course", opened), course(opened))
    item = TrainingItem.objects.get()
    step = address("item_step", opened, item.pk)
    officer_client.post(step, {"viec": "hoc"})
    done = officer_client.post(
        step,
        {
            "viec": "xong",
            "number": "B 77",
            "dated": "01/06/2022",
            "issuer": "Trường Chính trị tỉnh",
        },
    )

    assert (sent.status_code, done.status_code) == (302, 302)
    page = officer_client.get(address("overview", opened)).content.decode()
    assert "Số B 77, ngày 01/06/2022, Trường Chính trị tỉnh" in page
    report = officer_client.get(address("report", opened, 2026)).content.decode()
    assert "1 trên 1" in report


def test_what_the_rules_refuse_is_said_in_a_sentence(
    opened: PlanningRound, officer_client: Client
) -> None:
    sent = course(opened)
    officer_client.post(address("plan_course", opened), sent)

    again = officer_client.post(address("plan_course", opened), sent)
    empty = officer_client.post(address("plan_course", opened), {})
    item = address("item_step", opened, TrainingItem.objects.get().pk)
    unknown = officer_client.post(item, {"viec": "khac"})
    no_day = officer_client.post(item, {"viec": "xong", "dated": "31/02/2022"})
    no_reason = officer_client.post(item, {"viec": "huy"})

    answers = (again, empty, unknown, no_day, no_reason)
    assert {one.status_code for one in answers} == {409}
    assert "trong kế hoạch năm 2026" in again.content.decode()
    assert "phải ghi lý do" in no_reason.content.decode()
    assert "Ngày cấp (ngày/tháng/năm):" in no_day.content.decode()


def test_an_officer_proposes_and_decides_a_rotation(
    opened: PlanningRound, officer_client: Client
) -> None:
    rotation = {
        "person": str(standing_plan()[0].person.pk),
        "to_unit": str(Unit.objects.get(key="HU-01").pk),
        "to_office": "Bí thư Đảng uỷ xã",
        "since": "01/09/2026",
        "until": "01/09/2029",
    }
    new = address("rotation_new", opened)

    assert officer_client.post(new, rotation).status_code == 302
    backwards = officer_client.post(new, rotation | {"until": "01/09/2026"})
    empty = officer_client.post(new, {})

    made = opened.rotations.get()
    step = address("rotation_step", opened, made.pk)
    assert (backwards.status_code, empty.status_code) == (409, 409)
    assert officer_client.post(step, {"viec": "quyet-dinh"}).status_code == 409
    decided = {"viec": "quyet-dinh", "words": "15-QĐ/HU"}
    assert officer_client.post(step, decided).status_code == 302
    late = officer_client.post(step, {"viec": "huy", "words": "Đổi người."})
    too_long = officer_client.post(step, {"viec": "huy", "words": "x" * 121})
    assert (late.status_code, too_long.status_code) == (409, 409)
    page = officer_client.get(address("overview", opened)).content.decode()
    assert "15-QĐ/HU" in page


@pytest.mark.parametrize(("name", "more"), [("overview", ()), ("report", (2026,))])
def test_a_training_page_leads_back_to_its_round_and_to_all_rounds(
    secretary_client: Client, opened: PlanningRound, name: str, more: tuple[int, ...]
) -> None:
    page = secretary_client.get(address(name, opened, *more)).content.decode()

    crumbs = page.split('class="crumbs"')[1].split("</nav>")[0]
    assert reverse("round_list") in crumbs
    assert reverse("round_overview", args=[opened.pk]) in crumbs
