"""The ledger's page is the auditor's and nobody else's."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import kecan.web
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.templatetags.ledger_words import entry_time
from kecan.web.audit.words import ACTIONS
from kecan.web.conferences.models import Minutes

if TYPE_CHECKING:
    from django.test import Client

URL = "/nhat-ky/"
WEB = Path(kecan.web.__file__).parent


def test_the_secretary_is_refused(secretary_client: Client) -> None:
    assert secretary_client.get(URL).status_code == 403


def test_the_reader_is_refused(reader_client: Client) -> None:
    assert reader_client.get(URL).status_code == 403


def test_the_stranger_is_refused(stranger_client: Client) -> None:
    assert stranger_client.get(URL).status_code == 403


def test_the_counting_committee_is_refused(counter_client: Client) -> None:
    assert counter_client.get(URL).status_code == 403


def test_nobody_is_sent_to_sign_in_first(client: Client) -> None:
    response = client.get(URL)

    assert response.status_code == 302
    assert response["Location"] == "/dang-nhap/?next=%2Fnhat-ky%2F"


def test_the_auditor_reads_the_entries(auditor_client: Client) -> None:
    page = auditor_client.get(URL).content.decode()

    assert '<td title="account.created">Lập tài khoản</td>' in page
    assert "Kiểm tra toàn bộ chuỗi" in page


def test_the_auditor_sees_that_the_ledger_is_whole(auditor_client: Client) -> None:
    page = auditor_client.post(URL).content.decode()

    assert "Nhật ký nguyên vẹn" in page


def test_the_auditor_sees_where_the_ledger_is_broken(auditor_client: Client) -> None:
    LedgerEntry.objects.filter(sequence=1).update(subject="người khác")

    page = auditor_client.post(URL).content.decode()

    assert "không còn nguyên vẹn từ mục số 1" in page


def test_every_action_written_to_the_ledger_is_called_something() -> None:
    written = {
        match
        for file in WEB.rglob("*.py")
        for match in re.findall(
            r'(?:action=f?|_record\()"([a-z_.{}]+)"', file.read_text("utf-8")
        )
    }
    kinds = {f"minutes.{kind}_signed" for kind in Minutes.Kind.values}

    codes = {one for one in written if "{" not in one} | kinds

    assert len(codes) > 40
    assert codes - ACTIONS.keys() == set()


@pytest.mark.parametrize(
    ("at", "written"),
    [
        ("2022-05-10T01:02:03.456+00:00", "10/05/2022 08:02:03"),
        ("2022-05-10", "10/05/2022"),
    ],
)
def test_times_are_those_of_the_office_and_days_stay_days(
    at: str, written: str
) -> None:
    assert entry_time(at) == written
