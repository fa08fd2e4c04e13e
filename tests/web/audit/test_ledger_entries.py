"""The ledger's page is the auditor's and nobody else's."""

from __future__ import annotations

import ast
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

import kecan.web
from kecan.regulations.verdict import Outcome
from kecan.web.audit.actions import Program, record
from kecan.web.audit.detail_words import LABELS, VALUES, facts_of
from kecan.web.audit.forms import EntryFilterForm
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.templatetags.ledger_words import entry_time
from kecan.web.audit.words import ACTIONS
from kecan.web.conferences.models import Minutes
from kecan.web.paper_count.actions.adjudicating import SET_ASIDE
from kecan.web.papers.forms import FIELDS as DETAILS_OF_PAPERS
from kecan.web.plans.models import RoundState

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


def test_every_fact_written_to_the_ledger_is_called_something() -> None:
    written = {
        key.value
        for file in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.keyword) and node.arg == "details"
        if isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if isinstance(key, ast.Constant)
    }

    assert len(written) > 50
    assert written - LABELS.keys() == set()
    assert set(DETAILS_OF_PAPERS) - LABELS.keys() == set()


def test_a_code_in_the_ledger_is_called_as_the_page_that_wrote_it_calls_it() -> None:
    assert VALUES["as"] == SET_ASIDE
    assert VALUES["from"] == VALUES["to"] == dict(RoundState.choices)
    assert VALUES["outcome"].keys() == {one.value for one in Outcome}


@pytest.mark.parametrize(
    ("details", "read_out"),
    [
        ({"present": 84, "summoned": 90}, "có mặt: 84; triệu tập: 90"),
        ({"keyed_too": False}, "có nhập tay: không"),
        ({"since": "2022-05-10"}, "từ ngày: 10/05/2022"),
        ({"members": ["Khuê", "Lịch"]}, "thành viên: Khuê, Lịch"),
        ({"outcome": "missing_data"}, "kết quả xét: thiếu dữ liệu"),
        ({"reason": ""}, ""),
        ({"of_an_older_release": 3}, "of_an_older_release: 3"),
    ],
)
def test_what_an_entry_tells_is_read_out_in_words(
    details: dict[str, object], read_out: str
) -> None:
    facts = facts_of(json.dumps(details))

    assert "; ".join(f"{one.label}: {one.text}" for one in facts) == read_out
    assert all(one.is_whole for one in facts)


def test_what_is_too_long_to_read_out_stays_at_hand_as_it_was_written(
    auditor_client: Client,
) -> None:
    with transaction.atomic():
        record(
            action="count.boxes_decided",
            by=Program(),
            at=date(2022, 5, 10),
            subject="Hội nghị",
            details={"decisions": [{"image": "ab" * 32}] * 3, "image": "cd" * 32},
        )

    page = auditor_client.get(URL).content.decode()

    assert "<small>số ô quyết định:</small> 3" in page
    assert f"<small>mã băm ảnh:</small> {'cd' * 6}…" in page
    assert f"{'ab' * 32}" in page
    assert page.count("<summary>") == 1


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


def kinds(page: str) -> list[str]:
    return re.findall(r'<td title="([a-z_.]+)">', page)


@pytest.fixture
def three_days(db: None) -> None:  # noqa: ARG001
    """Entries of 10/6 as a day, an instant here and one of UTC; then one of 11/6."""
    here = ZoneInfo("Asia/Ho_Chi_Minh")
    for action, at, subject in (
        ("conference.opened", date(2022, 6, 10), "Hội nghị cán bộ chủ chốt"),
        ("round.opened", datetime(2022, 6, 10, 23, 59, tzinfo=here), "Đợt 2022"),
        ("count.closed", datetime(2022, 6, 9, 17, 0, tzinfo=UTC), "Hội nghị BCH"),
        ("count.closed", datetime(2022, 6, 10, 17, 0, tzinfo=UTC), "Hội nghị BTV"),
    ):
        with transaction.atomic():
            record(action=action, by=Program(), at=at, subject=subject)


@pytest.mark.usefixtures("three_days")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"viec": "count.closed"}, ["count.closed", "count.closed"]),
        ({"ngay": "10/6/2022"}, ["count.closed", "round.opened", "conference.opened"]),
        ({"doi_tuong": "đợt 2022"}, ["round.opened"]),
        ({"viec": "count.closed", "ngay": "11/06/2022"}, ["count.closed"]),
        ({"ngay": "hôm qua"}, []),
        ({"ngay": "12/06/2022"}, []),
    ],
)
def test_the_auditor_asks_for_entries_of_a_kind_a_day_and_a_subject(
    auditor_client: Client, asked: dict[str, str], found: list[str]
) -> None:
    page = auditor_client.get(URL, asked).content.decode()

    assert kinds(page) == found
    assert ("Không có mục nào khớp" in page) is (not found)
    assert ("Ngày ghi dạng 10/5/2022." in page) is (asked.get("ngay") == "hôm qua")


def test_the_auditor_asks_for_one_of_two_conferences_with_one_title(
    auditor_client: Client,
) -> None:
    with transaction.atomic():
        for key in ("dot-2022/1", "dot-2022/11"):
            record(
                action="conference.opened",
                by=Program(),
                at=date(2022, 5, 10),
                subject="Hội nghị cán bộ chủ chốt",
                details={"conference": key},
            )

    found = auditor_client.get(URL, {"doi_tuong": "dot-2022/1"})

    page = found.content.decode()
    assert "Khớp 1 mục" in page
    assert "<small>hội nghị (đợt/bước):</small> dot-2022/1" in page


@pytest.mark.usefixtures("three_days")
def test_what_was_asked_for_goes_on_to_the_next_page(
    auditor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kecan.web.audit.views.ENTRIES_A_PAGE", 1)

    page = auditor_client.get(URL, {"viec": "count.closed"}).content.decode()

    assert 'href="?viec=count.closed&amp;trang=2"' in page
    assert "Khớp 2 mục." in page


def test_kinds_of_entry_are_offered_in_the_order_of_a_dictionary(
    three_entries_of_any_letter: None,  # noqa: ARG001
) -> None:
    page = str(EntryFilterForm({})["viec"])

    offered = re.findall(r"<option[^>]*>([^<]+)</option>", page)
    assert offered == ["Mọi việc", "Bế mạc hội nghị", "Đăng nhập", "Huỷ ảnh phiếu"]


@pytest.fixture
def three_entries_of_any_letter(db: None) -> None:  # noqa: ARG001
    for action in ("account.signed_in", "count.images_destroyed", "conference.closed"):
        with transaction.atomic():
            record(action=action, by=Program(), at=date(2022, 5, 10), subject="x")
