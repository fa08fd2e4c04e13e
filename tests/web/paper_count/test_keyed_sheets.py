"""A sheet no scanner takes is keyed by two people blind and counts like any other."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.tally import InvalidReason
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.refusals import (
    ConferenceRefusalError,
    KeyingNotOwnError,
    SheetNotReadableError,
)
from kecan.web.paper_count.actions import adjudicating, closing, keying
from kecan.web.paper_count.auditing import recorded_sheets
from kecan.web.paper_count.keyed_sheets import sheets_to_key
from kecan.web.paper_count.models import (
    ScanCount,
    ScannedSheet,
    SheetReading,
    SheetRuling,
)
from kecan.web.paper_count.queries import batch_report, frozen_form, store_of
from kecan.web.paper_count.refusals import DecisionNotOpenError, ScanCountNotReadyError
from kecan.web.papers.conference_papers import count_minutes_content
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from kecan.paper_ballot.form import BallotForm
    from kecan.tally import Sheet
    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db
FOR_BOTH = m.sheet(1, m.AGREE, m.AGREE)
FOR_THE_FIRST = m.sheet(1, m.AGREE, m.DISAGREE)


def four_scanned() -> tuple[Conference, BallotForm]:
    """Return five returned ballots, four of them scanned and decided."""
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2))[:4])
    s.read(conference, pages)
    s.decide_all(conference, pages)
    return conference, form


def set_to_key(conference: Conference, *, token: str = "") -> ScannedSheet:
    return keying.set_sheet_to_key(
        conference_id=conference.pk, token=token, by=m.COUNTERS[0], at=m.DAY
    )


def keyed(conference: Conference, sheet: ScannedSheet, read: Sheet, *, by: int) -> None:
    keying.key_sheet(
        conference_id=conference.pk,
        token=sheet.token,
        read=read,
        by=m.COUNTERS[by],
        at=m.DAY,
    )


def rule(
    conference: Conference, sheet: ScannedSheet, value: SheetRuling.Value, *, by: int
) -> None:
    adjudicating.rule_on_sheet(
        conference_id=conference.pk,
        token=sheet.token,
        value=value,
        by=m.COUNTERS[by],
        at=m.DAY,
    )


def cut_sheet() -> tuple[Conference, ScannedSheet]:
    """Return a scanned sheet that lacks its second page."""
    conference, form = s.printed(write_in_lines=20)
    s.read(conference, s.scans(form, m.stack((5, 2))))
    first = conference.scanned_pages.filter(rejection="", page=1).first()
    assert first is not None
    assert first.sheet is not None
    first.sheet.pages.exclude(page=1).delete()
    return conference, first.sheet


@pytest.mark.parametrize("is_otherwise", [True, False])
def test_what_people_read_otherwise_on_a_sheet_set_to_key_is_not_forgotten(
    *, is_otherwise: bool
) -> None:
    conference, _ = cut_sheet()
    page, box = s.sure_box(conference)
    assert page.sheet is not None
    page.sheet.pages.exclude(page=1).delete()
    asked: dict[str, Any] = {"image_id": page.image_id, "box": box}
    answer = adjudicating.Answer(**asked, value=s.EMPTY if is_otherwise else s.MARKED)
    at: dict[str, Any] = {"conference_id": conference.pk, "at": m.DAY}
    adjudicating.ask_again(**asked, by=m.COUNTERS[0], **at)
    adjudicating.decide_boxes(answers=[answer], by=m.COUNTERS[1], **at)

    set_to_key(conference, token=page.sheet.token)

    assert ScanCount.objects.get().must_be_keyed is is_otherwise


def close(conference: Conference) -> list[int | None]:
    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    lines = m.only_contest(conference).lines.order_by("order")
    return [line.agree for line in lines]


def test_two_equal_readings_count_like_a_scanned_sheet() -> None:
    conference, _ = four_scanned()
    sheet = set_to_key(conference)
    keyed(conference, sheet, FOR_BOTH, by=0)

    with pytest.raises(ScanCountNotReadyError, match="1 tờ nhập tay"):
        close(conference)
    keyed(conference, sheet, FOR_BOTH, by=1)

    assert close(conference) == [5, 3]
    numbers = [one.number for one in recorded_sheets(conference)]
    assert numbers == [1, 2, 3, 4, 5]
    conference.refresh_from_db()
    said = count_minutes_content(conference).keying
    assert said.startswith(
        "1 phiếu không quét được do hai người nhập độc lập từ giấy, không phiếu nào hai "
        "người khác nhau; máy đọc ảnh quét số phiếu còn lại"
    )


def test_where_two_read_differently_the_third_stands() -> None:
    conference, _ = four_scanned()
    sheet = set_to_key(conference)
    keyed(conference, sheet, FOR_BOTH, by=0)
    keyed(conference, sheet, FOR_THE_FIRST, by=1)

    with pytest.raises(ScanCountNotReadyError, match="nhập tay"):
        close(conference)
    with pytest.raises(DecisionNotOpenError, match="đã nhập rồi"):
        keyed(conference, sheet, FOR_BOTH, by=1)
    keyed(conference, sheet, FOR_BOTH, by=2)

    assert close(conference) == [5, 3]


def test_a_sheet_keyed_invalid_counts_for_nobody() -> None:
    conference, _ = four_scanned()
    sheet = set_to_key(conference)
    torn = replace(FOR_BOTH, invalid_reason=InvalidReason.TORN)
    for by in (0, 1):
        keyed(conference, sheet, torn, by=by)

    assert close(conference) == [4, 2]
    conference.count.refresh_from_db()
    assert conference.count.invalid_reasons == {"torn": 1}


def test_what_does_not_fit_the_ballot_or_the_person_is_refused() -> None:
    conference, _ = four_scanned()
    sheet = set_to_key(conference)
    stranger = m.Somebody(login="la", full_name="Người Lạ")

    with pytest.raises(SheetNotReadableError, match="không khớp"):
        keyed(conference, sheet, m.sheet(1, m.AGREE), by=0)
    with pytest.raises(KeyingNotOwnError):
        keying.key_sheet(
            conference_id=conference.pk,
            token=sheet.token,
            read=FOR_BOTH,
            by=stranger,
            at=m.DAY,
        )
    scanned = ScannedSheet.objects.filter(is_keyed=False).first()
    assert scanned is not None
    with pytest.raises(DecisionNotOpenError):
        keyed(conference, scanned, FOR_BOTH, by=0)
    with pytest.raises(DecisionNotOpenError, match="quét đủ trang"):
        set_to_key(conference, token=scanned.token)
    assert not SheetReading.objects.exists()


def test_nothing_is_keyed_sheet_by_sheet_where_nothing_was_scanned() -> None:
    conference, _ = s.printed()

    with pytest.raises(ConferenceRefusalError, match="chưa quét tờ phiếu nào"):
        set_to_key(conference)


def test_a_sheet_that_lacks_a_page_is_keyed_whole_and_its_pictures_go(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    conference, cut = cut_sheet()
    form = frozen_form(conference)
    kept = cut.pages.get()
    assert store_of(conference).read(kept.image_id)

    with django_capture_on_commit_callbacks(execute=True):
        set_to_key(conference, token=cut.token)

    with pytest.raises(FileNotFoundError):
        store_of(conference).read(kept.image_id)
    assert not cut.pages.exists()
    entry = LedgerEntry.objects.get(action="count.sheet_set_to_key")
    assert json.loads(entry.details) == {
        "conference": "r/1",
        "images": [kept.digest],
    }
    for by in (0, 1):
        assert batch_report(conference, form=form).to_key
        keyed(conference, cut, FOR_THE_FIRST, by=by)
    report = batch_report(conference, form=form)
    assert not report.to_key
    assert cut.pk not in {one.sheet.pk for one in report.problems}


def test_a_sheet_to_key_that_is_not_there_is_ruled_out_by_two() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    sheet = set_to_key(conference)

    with pytest.raises(DecisionNotOpenError, match="ghi ở trang nhập"):
        rule(conference, sheet, SheetRuling.Value.TORN, by=0)
    rule(conference, sheet, SheetRuling.Value.TWICE, by=0)
    rule(conference, sheet, SheetRuling.Value.TWICE, by=1)

    assert close(conference) == [5, 2]


def test_one_person_alone_rules_out_no_sheet_to_key() -> None:
    conference, form = four_scanned()
    sheet = set_to_key(conference)

    rule(conference, sheet, SheetRuling.Value.TWICE, by=0)

    assert [one.token for one in batch_report(conference, form=form).to_key] == [
        sheet.token
    ]
    with pytest.raises(ScanCountNotReadyError, match="1 tờ nhập tay"):
        close(conference)


def test_nobody_alone_keys_a_sheet_anew_of_which_two_have_concluded() -> None:
    conference, cut = cut_sheet()
    for by in (1, 2):
        rule(conference, cut, SheetRuling.Value.TORN, by=by)

    with pytest.raises(DecisionNotOpenError, match="đã có kết luận"):
        set_to_key(conference, token=cut.token)

    assert cut.rulings.count() == 2
    assert cut.pages.exists()


def test_who_does_not_count_here_sets_no_sheet_to_key() -> None:
    conference, cut = cut_sheet()
    stranger = m.Somebody(login="la", full_name="Người Lạ")

    for token in ("", cut.token):
        with pytest.raises(KeyingNotOwnError):
            keying.set_sheet_to_key(
                conference_id=conference.pk, token=token, by=stranger, at=m.DAY
            )

    assert not ScannedSheet.objects.filter(is_keyed=True).exists()
    assert cut.pages.exists()


def test_what_one_said_of_a_picture_is_no_word_on_the_sheet_keyed_in_its_place() -> (
    None
):
    conference, cut = cut_sheet()
    rule(conference, cut, SheetRuling.Value.TWICE, by=0)
    set_to_key(conference, token=cut.token)

    rule(conference, cut, SheetRuling.Value.TWICE, by=1)

    waiting = batch_report(conference, form=frozen_form(conference)).to_key
    assert [one.token for one in waiting] == [cut.token]


def test_whoever_has_keyed_a_sheet_waits_and_the_next_is_asked() -> None:
    conference, _ = four_scanned()
    sheet = set_to_key(conference)
    keyed(conference, sheet, FOR_BOTH, by=0)

    own, other = (sheets_to_key(conference, login=one.login) for one in m.COUNTERS[:2])

    assert [one.is_own_done for one in own] == [True]
    assert [(one.is_own_done, one.is_third_look) for one in other] == [(False, False)]
    keyed(conference, sheet, FOR_THE_FIRST, by=1)
    third = sheets_to_key(conference, login=m.COUNTERS[2].login)
    assert [(one.is_own_done, one.is_third_look) for one in third] == [(False, True)]


def test_the_desk_leads_to_the_page_where_it_is_keyed() -> None:
    conference, _ = four_scanned()
    clients = [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]
    clients[0].post(reverse("paper_count:sheet_set_to_key", args=[conference.pk]))
    sheet = ScannedSheet.objects.get(is_keyed=True)
    address = reverse("paper_count:sheet_by_hand", args=[conference.pk, sheet.token])
    desk = reverse("paper_count:desk", args=[conference.pk])
    first, second = m.only_contest(conference).lines.order_by("order")
    said = {f"line-{first.pk}": "agree", f"line-{second.pk}": "agree"}

    offered = clients[1].get(desk).content.decode()
    unfinished = clients[1].post(address, {f"line-{first.pk}": "agree"})
    for client in clients[:2]:
        assert client.get(address).status_code == 200
        assert client.post(address, said).status_code == 302
    late = clients[2].post(address, said)

    assert address in offered
    assert '<span class="badge pass">khớp</span>' not in offered
    assert unfinished.status_code == 409
    assert late.status_code == 409
    assert address not in clients[2].get(desk).content.decode()
    assert close(conference) == [5, 3]
