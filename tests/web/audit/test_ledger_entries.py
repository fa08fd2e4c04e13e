"""The ledger's page is the auditor's and nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.audit.models import LedgerEntry

if TYPE_CHECKING:
    from django.test import Client

URL = "/nhat-ky/"


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

    assert "account.created" in page
    assert "Kiểm tra toàn bộ chuỗi" in page


def test_the_auditor_sees_that_the_ledger_is_whole(auditor_client: Client) -> None:
    page = auditor_client.post(URL).content.decode()

    assert "Nhật ký nguyên vẹn" in page


def test_the_auditor_sees_where_the_ledger_is_broken(auditor_client: Client) -> None:
    LedgerEntry.objects.filter(sequence=1).update(subject="người khác")

    page = auditor_client.post(URL).content.decode()

    assert "không còn nguyên vẹn từ mục số 1" in page
