"""Reading an analysis and taking its tables: who may, and what the ledger says of it."""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.web.organisation.registers import open_a_round

from kecan.web.analysis.access import TITLES
from kecan.web.audit.models import LedgerEntry
from kecan.web.organisation.models import OfficeHeld

if TYPE_CHECKING:
    from django.test import Client

    from kecan.web.plans.models import PlanningRound

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened() -> PlanningRound:
    return open_a_round()


def tables_address(opened: PlanningRound, page: str) -> str:
    return reverse("analysis:tables", args=[opened.pk, page])


def reads() -> list[str]:
    found = LedgerEntry.objects.filter(action="analysis.read")
    return list(found.values_list("subject", flat=True))


def taken(client: Client, opened: PlanningRound, page: str, **given: str) -> bytes:
    answer = client.get(tables_address(opened, page), given)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return answer.content


@pytest.mark.parametrize("page", ["structure", "slate_board", "chain"])
def test_opening_a_page_is_one_entry_a_person_and_day(
    page: str,
    opened: PlanningRound,
    secretary_client: Client,
    officer_client: Client,
) -> None:
    address = reverse(f"analysis:{page}", args=[opened.pk])

    secretary_client.get(address)
    secretary_client.get(address, {"ky": "nay"})
    one_reader = reads()
    officer_client.get(address)

    assert one_reader == [f"{TITLES[page]}: Đợt quy hoạch {opened.key}"]
    assert reads() == one_reader * 2


def test_every_page_with_personal_data_is_written_down(
    opened: PlanningRound, secretary_client: Client
) -> None:
    for page in TITLES:
        secretary_client.get(reverse(f"analysis:{page}", args=[opened.pk]))

    assert [one.split(":")[0] for one in reads()] == list(TITLES.values())


def test_who_may_not_read_leaves_no_entry(
    opened: PlanningRound, stranger_client: Client
) -> None:
    stranger_client.get(reverse("analysis:gaps", args=[opened.pk]))

    assert reads() == []


@pytest.mark.parametrize("page", TITLES)
def test_only_who_reads_a_page_takes_its_tables(
    page: str,
    opened: PlanningRound,
    client: Client,
    reader_client: Client,
    stranger_client: Client,
    counter_client: Client,
) -> None:
    assert client.get(tables_address(opened, page)).status_code == 302
    for who in (reader_client, stranger_client, counter_client):
        assert who.get(tables_address(opened, page)).status_code == 403
    assert not LedgerEntry.objects.filter(action="analysis.downloaded").exists()


@pytest.mark.parametrize("page", TITLES)
def test_the_tables_of_a_page_are_one_workbook_recorded_as_taken(
    page: str, opened: PlanningRound, secretary_client: Client
) -> None:
    content = taken(secretary_client, opened, page)

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names[0] == "Căn cứ"
    assert len(book.sheet_names) > 1
    entry = LedgerEntry.objects.get(action="analysis.downloaded")
    assert entry.subject == f"{TITLES[page]}: Đợt quy hoạch {opened.key}"
    name = reverse(f"analysis:{page}", args=[opened.pk]).split("/")[-2]
    assert json.loads(entry.details) == {
        "file": f"dot-{opened.pk}-{name}.xlsx",
        "sha256": sha256(content).hexdigest(),
    }


@pytest.mark.parametrize(
    ("page", "given", "sheet"),
    [
        (
            "trial",
            {"rules": "377-qd-tw", "ky": "nay"},
            "Quy hoạch đợt này → phương án t",
        ),
        ("gaps", {"chi-tiet": "1"}, "Nguồn theo hồ sơ"),
        ("slate_board", {"can": "9", "bat-buoc": "1"}, "Các quy định không thể"),
        ("forecast", {"rate": "5"}, "Mô phỏng"),
        ("forecast", {}, "Số liệu của biểu đồ"),
        ("structure", {}, "Tháp tuổi"),
        ("structure", {}, "Cơ cấu chung"),
    ],
)
def test_the_file_holds_what_the_address_of_the_page_asks_for(
    page: str,
    given: dict[str, str],
    sheet: str,
    opened: PlanningRound,
    secretary_client: Client,
) -> None:
    content = taken(secretary_client, opened, page, **given)

    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert [one for one in names if one.startswith(sheet)], names


def test_the_file_of_chains_holds_the_chain_of_the_person_asked_for(
    opened: PlanningRound, secretary_client: Client
) -> None:
    holder = OfficeHeld.objects.get(post__key="BT", until="")

    content = taken(secretary_client, opened, "chain", nguoi=f"{holder.person_id}")

    book = CalamineWorkbook.from_filelike(BytesIO(content))
    rows = book.get_sheet_by_name("Chuỗi thay thế").to_python()
    assert {1, 2, 3} <= {row[0] for row in rows[1:]}


def test_an_unknown_page_has_no_tables(
    opened: PlanningRound, secretary_client: Client
) -> None:
    assert secretary_client.get(tables_address(opened, "khac")).status_code == 404


def test_rules_that_cannot_be_asked_are_said_and_nothing_is_taken(
    opened: PlanningRound, secretary_client: Client
) -> None:
    given = {"rules": "377-qd-tw", "as_of": "01/01/2040"}

    answer = secretary_client.get(tables_address(opened, "trial"), given)

    assert answer.status_code == 409
    assert not LedgerEntry.objects.filter(action="analysis.downloaded").exists()
