"""The yearly report of training as a paper: what it says, who takes it, the ledger."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.organisation.registers import AT, open_a_round

from kecan.web.audit.actions import Program
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import Unit
from kecan.web.plans.queries import standing_plan
from kecan.web.training.actions import plan_training, propose_rotation
from kecan.web.training.actions.items import Course, Need
from kecan.web.training.actions.rotations import Destination
from kecan.web.training.queries import gaps

if TYPE_CHECKING:
    from django.test import Client

    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db

YEAR = 2026


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def address(opened: PlanningRound, written_as: str = "docx") -> str:
    return reverse("papers:training_report", args=[opened.pk, YEAR, written_as])


def words_of(content: bytes) -> str:
    document = docx.Document(BytesIO(content))
    cells = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_report_names_course_place_money_and_rotation(
    opened: PlanningRound, officer_client: Client
) -> None:
    gap = gaps(opened, day=timezone.localdate())[0]
    plan_training(
        round_id=opened.pk,
        need=Need(person_id=gap.person.pk, kind=gap.kind, required=gap.required),
        course=Course(
            name="Cao cấp lý luận chính trị K71",
            place="Học viện Chính trị khu vực I",
            year=YEAR,
            cost_centre="ngân sách huyện",
        ),
        by=Program(),
        at=AT,
    )
    propose_rotation(
        round_id=opened.pk,
        person_id=standing_plan()[0].person.pk,
        to=Destination(
            unit_id=Unit.objects.get(key="HU-01").pk,
            office="Bí thư Đảng uỷ xã",
            since=date(YEAR, 9, 1),
            until=date(YEAR + 3, 9, 1),
        ),
        by=Program(),
        at=AT,
    )

    words = words_of(officer_client.get(address(opened)).content)

    assert "0 trên 1 mục" in words
    assert (
        "Cao cấp lý luận chính trị K71; Học viện Chính trị khu vực I; ngân sách huyện"
        in words
    )
    assert "01/09/2026 - 01/09/2029" in words


def test_a_year_without_anything_says_so(
    opened: PlanningRound, officer_client: Client
) -> None:
    words = words_of(officer_client.get(address(opened)).content)

    assert "Trong năm không có mục đào tạo, bồi dưỡng nào trong kế hoạch." in words
    assert "Trong năm không có trường hợp luân chuyển nào." in words


def test_who_reads_the_round_takes_the_report_and_the_ledger_knows(
    opened: PlanningRound,
    secretary_client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    taken = secretary_client.get(address(opened, "pdf"))

    assert taken.content.startswith(b"%PDF")
    assert LedgerEntry.objects.order_by("-sequence")[0].action == "paper.downloaded"
    for who in (reader_client, stranger_client, counter_client):
        assert who.get(address(opened)).status_code == 403


def test_the_page_leads_to_the_paper(
    opened: PlanningRound, secretary_client: Client
) -> None:
    page = secretary_client.get(reverse("training:report", args=[opened.pk, YEAR]))

    assert address(opened, "pdf") in page.content.decode()
