"""What a closed count says is bound by the ledger: nobody changes it unnoticed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scan_pages import closed, scanned, text

from kecan.web.audit.actions import record
from kecan.web.audit.commands import print_verification
from kecan.web.audit.models import LedgerEntry, LedgerHead
from kecan.web.conferences.actions import count
from kecan.web.conferences.models import (
    Conference,
    Contest,
    ContestLine,
    Count,
    KeyedSheet,
    Minutes,
    WriteIn,
)
from kecan.web.conferences.refusals import ResultNotBoundError
from kecan.web.paper_count.actions.auditing import begin_audit
from kecan.web.paper_count.auditing import recorded_sheets
from kecan.web.paper_count.models import BoxDecision, ScannedSheet
from kecan.web.paper_count.questions import questions_of
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db


def _scanned_and_closed(*, odd_share: float = 1.0) -> Conference:
    conference, pages = scanned(odd_share=odd_share)
    closed(conference, pages)
    conference.refresh_from_db()
    return conference


def _keyed_and_closed() -> Conference:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((4, 1)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    conference.refresh_from_db()
    return conference


def _numbers_swapped(conference: Conference) -> None:
    rows = {one.number: one.pk for one in conference.scanned_sheets.all()}
    record = {one.number: one.states for one in recorded_sheets(conference)}
    first = min(record)
    other = next(one for one in record if record[one] != record[first])
    sheets = ScannedSheet.objects
    sheets.filter(pk=rows[first]).update(number=None)
    sheets.filter(pk=rows[other]).update(number=first)
    sheets.filter(pk=rows[first]).update(number=other)


def _sure_box_emptied(conference: Conference) -> None:
    page, index = s.sure_box(conference)
    page.boxes[index]["state"] = "0"
    page.save()


def _page_garbled(conference: Conference) -> None:
    conference.scanned_pages.update(boxes=[{"state": "1"}])


def _said_otherwise(conference: Conference) -> None:
    said = BoxDecision.objects.filter(page__conference=conference)
    said.update(value=BoxDecision.Value.INVALID)


def _sheet_removed(conference: Conference) -> None:
    conference.scanned_sheets.order_by("number")[0].delete()


def _mark_lowered(conference: Conference) -> None:
    conference.rules["threshold"]["share"] = "1/100"
    conference.save()


def _people_left_out(conference: Conference) -> None:
    Conference.objects.filter(pk=conference.pk).update(summoned=F("summoned") + 7)


def _vote_added(_: Conference) -> None:
    ContestLine.objects.filter(order=1).update(agree=F("agree") + 1)


def _passes(_: Conference) -> None:
    line = ContestLine.objects.get(order=1)
    line.result = "passed" if line.result == "not_passed" else "not_passed"
    line.save()


def _stands_for_another(_: Conference) -> None:
    lines = list(ContestLine.objects.order_by("contest", "order")[:2])
    ContestLine.objects.filter(pk=lines[1].pk).delete()
    ContestLine.objects.filter(pk=lines[0].pk).update(proposal=lines[1].proposal)


def _fewer_may_pass(_: Conference) -> None:
    Contest.objects.update(cap=1)


def _called_older(_: Conference) -> None:
    Count.objects.update(salt="")


def _opened_again(_: Conference) -> None:
    Count.objects.update(is_closed=False)


_OF_BOTH = (
    _mark_lowered,
    _people_left_out,
    _vote_added,
    _passes,
    _stands_for_another,
    _fewer_may_pass,
    _called_older,
    _opened_again,
)
_OF_SCANS = (
    _numbers_swapped,
    _sure_box_emptied,
    _page_garbled,
    _said_otherwise,
    _sheet_removed,
)


@pytest.mark.parametrize("meddle", [*_OF_SCANS, *_OF_BOTH])
def test_a_scanned_result_changed_past_the_program_is_found_with_the_ledger(
    meddle: Callable[[Conference], None], capsys: pytest.CaptureFixture[str]
) -> None:
    is_of_sure_boxes = meddle is _sure_box_emptied
    conference = _scanned_and_closed(odd_share=0.0 if is_of_sure_boxes else 1.0)
    told = LedgerEntry.objects.get(action="count.closed").sequence
    before = print_verification(as_json=True)

    meddle(conference)

    assert (before, print_verification(as_json=True)) == (0, 1)
    assert f'"first_broken_sequence": {told}' in capsys.readouterr().out


@pytest.mark.parametrize("meddle", _OF_BOTH)
def test_a_keyed_result_changed_past_the_program_is_found_with_the_ledger(
    meddle: Callable[[Conference], None],
) -> None:
    conference = _keyed_and_closed()
    before = print_verification(as_json=True)

    meddle(conference)

    assert (before, print_verification(as_json=True)) == (0, 1)


def test_a_keyed_sheet_changed_past_the_program_is_found_with_the_ledger() -> None:
    _keyed_and_closed()
    before = print_verification(as_json=True)

    for one in KeyedSheet.objects.filter(sheet_number=1):
        one.states = [["disagree", "agree"]]
        one.save()

    assert (before, print_verification(as_json=True)) == (0, 1)


def test_no_dice_are_taken_for_a_result_the_ledger_does_not_bind() -> None:
    conference = _scanned_and_closed()
    _vote_added(conference)

    with pytest.raises(ResultNotBoundError, match="không còn như khi khoá"):
        begin_audit(
            conference_id=conference.pk, dice="1" * 20, by=m.COUNTERS[0], at=m.DAY
        )


@pytest.fixture
def head() -> Client:
    return client_of(account("truongban", roles=[(Role.ORGANISING_HEAD, UNIT)]))


def _press(head: Client, conference: Conference, name: str, **fields: str) -> str:
    address = reverse(f"conferences:{name}", args=[conference.pk])
    return text(head.post(address, fields, follow=True))


@pytest.mark.parametrize("meddle", [*_OF_SCANS, *_OF_BOTH])
def test_no_minutes_are_signed_of_another_result_than_the_one_bound_at_the_close(
    head: Client, meddle: Callable[[Conference], None]
) -> None:
    is_of_sure_boxes = meddle is _sure_box_emptied
    conference = _scanned_and_closed(odd_share=0.0 if is_of_sure_boxes else 1.0)
    meddle(conference)

    said = [_press(head, conference, "minutes_sign", kind=one) for one in Minutes.Kind]

    assert all("không còn như khi khoá" in one for one in said)
    assert all("Không ký biên bản" in one for one in said)
    assert not Minutes.objects.exists()


@pytest.mark.parametrize("meddle", _OF_BOTH)
def test_no_minutes_are_signed_of_a_keyed_result_changed_since_the_close(
    head: Client, meddle: Callable[[Conference], None]
) -> None:
    conference = _keyed_and_closed()
    meddle(conference)

    said = _press(head, conference, "minutes_sign", kind="counting")

    assert "không còn như khi khoá" in said
    assert not Minutes.objects.exists()


def test_a_conference_does_not_close_on_a_result_changed_after_its_minutes(
    head: Client,
) -> None:
    conference = _keyed_and_closed()
    for one in Minutes.Kind:
        _press(head, conference, "minutes_sign", kind=one)
    _passes(conference)

    said = _press(head, conference, "close")
    conference.refresh_from_db()

    assert "Không bế mạc" in said
    assert conference.state == "counted"


def _a_name_nobody_wrote(conference: Conference) -> None:
    contest = conference.contests.get()
    WriteIn.objects.create(
        contest=contest, text="Đỗ Gia Thêm", votes=3, resolved_by="x"
    )


def _a_name_taken_out(_: Conference) -> None:
    WriteIn.objects.all().delete()


def _a_vote_more_for_a_name(_: Conference) -> None:
    WriteIn.objects.update(votes=F("votes") + 1)


@pytest.mark.parametrize(
    "meddle", [_a_name_nobody_wrote, _a_name_taken_out, _a_vote_more_for_a_name]
)
def test_names_written_in_are_those_of_the_sheets_or_the_ledger_and_signing_say_so(
    head: Client, meddle: Callable[[Conference], None]
) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    sheets = [replace(one, write_ins=(("Lê Thị Ước",),)) for one in m.stack((4, 1))]
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=sheets)
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    written = WriteIn.objects.get()
    count.resolve_write_in(
        write_in_id=written.pk, person_id=None, by=m.COUNTERS[0], at=m.DAY
    )
    before = print_verification(as_json=True)

    meddle(conference)
    said = _press(head, conference, "minutes_sign", kind="counting")

    assert (before, print_verification(as_json=True)) == (0, 1)
    assert "Không ký biên bản" in said


def test_the_ledger_binds_a_result_and_does_not_say_it() -> None:
    _scanned_and_closed()

    told = json.loads(LedgerEntry.objects.get(action="count.closed").details)

    assert set(told) == {
        "conference",
        "issued",
        "returned",
        "valid",
        "invalid",
        "commitment",
    }
    assert len(told["commitment"]) == 64
    assert len(Count.objects.get().salt) == 32  # or few sheets could be guessed


def test_what_people_checked_stays_whatever_share_of_checks_is_asked_for_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one_in = "kecan.web.paper_count.questions.checks_one_in"
    monkeypatch.setattr(one_in, lambda: 1)
    conference = _scanned_and_closed(odd_share=0.0)
    asked = [(one.page.pk, one.box) for one in questions_of(conference)]

    monkeypatch.setattr(one_in, lambda: 10**9)

    assert asked
    assert [(one.page.pk, one.box) for one in questions_of(conference)] == asked
    assert all(one.is_check for one in questions_of(conference))


def test_a_tie_the_chair_decided_stands_and_one_decided_past_the_program_does_not() -> (
    None
):
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    Contest.objects.update(cap=1)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((4, 4)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    first, second = ContestLine.objects.filter(result="tied").order_by("order")
    count.decide_tie(
        line_id=first.pk, passes=True, reason="Hơn tuổi Đảng.", by=m.OFFICER, at=m.DAY
    )
    between = print_verification(as_json=True)

    ContestLine.objects.filter(pk=second.pk).update(result="not_passed")

    assert (between, print_verification(as_json=True)) == (0, 1)


def test_a_count_of_a_version_that_bound_none_breaks_no_ledger_that_tells_of_it() -> (
    None
):
    conference = _keyed_and_closed()
    Count.objects.update(salt="")
    _ledger_tells_only("count.closed", conference)
    told = print_verification(as_json=True)
    begin_audit(conference_id=conference.pk, dice="1" * 20, by=m.COUNTERS[0], at=m.DAY)

    _ledger_tells_only("count.keying_finished", conference)

    assert (told, print_verification(as_json=True)) == (0, 1)


def _ledger_tells_only(action: str, conference: Conference) -> None:
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    with transaction.atomic():
        record(action=action, by=m.OFFICER, at=m.DAY, subject=conference.title)


def test_a_version_that_prints_ballots_otherwise_calls_no_closed_count_changed(
    head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    conference = _scanned_and_closed()
    counter = client_of(
        account(m.COUNTERS[0].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    )
    page = conference.scanned_pages.all()[0]
    where = [conference.pk, page.image_id]

    monkeypatch.setattr("kecan.paper_ballot.form.EDITION_OF_SINGLE_LINES", 999)
    picture = counter.get(reverse("paper_count:picture", args=where))
    row = counter.get(reverse("paper_count:snippet", args=[*where, 0]))
    said = [_press(head, conference, "minutes_sign", kind=one) for one in Minutes.Kind]

    assert print_verification(as_json=True) == 0
    assert all("Đã ký biên bản." in one for one in said)
    assert (picture.status_code, row.status_code) == (200, 404)


def test_a_database_without_salts_is_no_broken_ledger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conferences_count DROP COLUMN salt")

    assert print_verification(as_json=True) == 0
