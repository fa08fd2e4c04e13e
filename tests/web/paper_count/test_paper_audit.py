"""The audit on paper: two people read each sheet blind, a third where they differ."""

from __future__ import annotations

import json
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count.test_scan_pages import at, closed, scanned, text

from kecan.lettering.number_words import PER_CENT
from kecan.web.audit.actions import record
from kecan.web.audit.commands import print_verification
from kecan.web.audit.models import LedgerEntry, LedgerHead
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.actions.recording import record_of
from kecan.web.conferences.models import Conference, Contest, Count, Minutes
from kecan.web.conferences.refusals import KeyingNotOwnError
from kecan.web.paper_count.actions.auditing import begin_audit, enter_sheet
from kecan.web.paper_count.auditing import (
    audit_standing,
    begun_audit,
    recorded_sheets,
    terms_of,
)
from kecan.web.paper_count.finding import telling_rows
from kecan.web.paper_count.models import (
    AuditedSheet,
    PaperAudit,
    ScanCount,
    ScannedPage,
    ScannedSheet,
)
from kecan.web.paper_count.refusals import AuditNotPossibleError
from kecan.web.papers.conference_papers import count_minutes_content
from kecan.web.permissions import Role
from kecan.web.plans.models import PlanningRound

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from tests.web.conftest import Cast

    from kecan.tally import Sheet

pytestmark = pytest.mark.django_db
WRONG = m.sheet(1, m.DISAGREE, m.AGREE)


@pytest.fixture
def counters() -> list[Client]:
    return [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]


def begin(counters: list[Client], conference: Conference) -> None:
    for client in counters[:2]:
        client.post(at("audit", conference), {"dice": "41592 65358 97932 38462"})


def begun(counters: list[Client]) -> Conference:
    """Return a scanned and closed count whose dice are rolled."""
    conference, pages = scanned()
    closed(conference, pages)
    begin(counters, conference)
    return conference


def to_read(conference: Conference) -> list[int]:
    standing = audit_standing(conference, PaperAudit.objects.get())
    return [one.number for one in standing.to_read]


def on_paper(conference: Conference, number: int) -> Sheet:
    return next(one for one in recorded_sheets(conference) if one.number == number)


def keyed(conference: Conference, sheet: Sheet) -> dict[str, str]:
    """Return what a browser sends for a sheet."""
    lines = m.only_contest(conference).lines.order_by("order")
    return {
        f"line-{line.pk}": state.value
        for line, state in zip(lines, sheet.states[0], strict=True)
    }


def enter(client: Client, conference: Conference, number: int, sheet: Sheet) -> str:
    address = at("audit_sheet", conference, number)
    return text(client.post(address, keyed(conference, sheet), follow=True))


def test_the_audit_pulls_what_the_dice_draw_and_concludes_in_words(
    cast: Cast, counters: list[Client]
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = at("audit", conference)
    wrong = counters[0].post(address, {"dice": "12"}, follow=True)
    begin(counters, conference)
    again = counters[0].post(address, {"dice": "1" * 20}, follow=True)
    seen = text(counters[0].get(address))
    while numbers := to_read(conference):
        for client in counters[:2]:
            enter(client, conference, numbers[0], on_paper(conference, numbers[0]))
    after = text(client_of(cast.secretary).get(address))

    assert "Cần đúng 20 chữ số" in text(wrong)
    assert "không gieo lại" in text(again)
    assert "Tờ cần lấy ra" in seen
    assert "kết quả được khẳng định" in after
    assert "41592653589793238462" in after
    assert client_of(cast.reader).get(address).status_code == 403
    assert client_of(cast.stranger).get(address).status_code == 403
    assert client_of(cast.counter).get(address).status_code == 403


def test_nobody_alone_chooses_which_sheets_are_pulled(counters: list[Client]) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = at("audit", conference)
    sheet = ScannedSheet.objects.exclude(number=None)[0]
    own = at("sheet", conference, sheet.token)

    first = counters[0].post(address, {"dice": "1" * 20}, follow=True)
    counters[0].post(address, {"dice": "2" * 20})
    counters[0].post(address, {"dice": "2" * 20})
    waiting = text(counters[1].get(address))
    unread = counters[1].get(at("audit_sheet", conference, sheet.number))
    nameless = text(counters[0].get(own))
    counters[1].post(address, {"dice": "3" * 20})
    counters[2].post(address, {"dice": "2" * 20})
    counters[1].post(address, {"dice": "3" * 20})
    differing = begun_audit(conference)
    counters[0].post(address, {"dice": "3" * 20})

    assert "Chỉ bốc thăm khi một người nữa" in text(first)
    assert "Một người đã ghi, chờ đồng chí" in waiting
    assert "2" * 20 not in waiting
    assert unread.status_code == 404
    assert f"Tờ số {sheet.number}" not in nameless
    assert differing is None
    agreed = begun_audit(conference)
    assert agreed is not None
    assert (agreed.dice, agreed.confirmed_by) == ("3" * 20, m.COUNTERS[0].login)
    assert f"Tờ số {sheet.number}" in text(counters[0].get(own))
    entries = LedgerEntry.objects.filter(details__contains='"dice"')
    assert entries.filter(action="count.audit_begun").count() == 1
    assert entries.filter(action="count.dice_entered").count() == 6


def test_one_person_alone_settles_no_sheet_and_reads_it_once(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    enter(counters[0], conference, number, on_paper(conference, number))

    again = enter(counters[0], conference, number, on_paper(conference, number))

    assert "cần người khác đọc độc lập" in again
    assert number in to_read(conference)
    page = text(counters[0].get(at("audit", conference)))
    assert f"Đồng chí đã ghi, chờ người khác: tờ số {number}." in page
    assert f"Ghi tờ số {number}</a>" not in page
    assert f"Ghi tờ số {number}</a>" in text(counters[1].get(at("audit", conference)))
    assert "một người đã ghi" in text(counters[1].get(at("audit", conference)))


def test_where_two_read_differently_the_third_stands(counters: list[Client]) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    right = on_paper(conference, number)
    enter(counters[0], conference, number, right)
    enter(counters[1], conference, number, WRONG)
    between = text(counters[2].get(at("audit", conference)))

    enter(counters[2], conference, number, WRONG)

    assert "lượt thứ ba" in between
    standing = audit_standing(conference, PaperAudit.objects.get())
    assert standing.report.differing == (number,)
    looks = AuditedSheet.objects.filter(number=number).values_list("look", flat=True)
    assert list(looks) == [1, 2, 3]


def test_sheets_are_read_in_any_order_and_count_in_the_order_drawn(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    first, second = to_read(conference)[:2]
    for client in counters[:2]:
        enter(client, conference, second, on_paper(conference, second))
    before = audit_standing(conference, PaperAudit.objects.get())
    for client in counters[:2]:
        enter(client, conference, first, on_paper(conference, first))
    after = audit_standing(conference, PaperAudit.objects.get())

    assert before.report.looked_at == 0
    assert second not in [one.number for one in before.to_read]
    assert after.report.looked_at == 2


def test_what_one_read_is_shown_to_nobody_before_the_other_has(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    enter(counters[0], conference, number, on_paper(conference, number))
    addresses = [at("audit", conference), at("audit_sheet", conference, number)]
    before = [text(one.get(path)) for one in counters for path in addresses]
    AuditedSheet.objects.update(agreed=[[2]], is_valid=False)

    after = [text(one.get(path)) for one in counters for path in addresses]

    assert _without_tokens(before) == _without_tokens(after)
    said = LedgerEntry.objects.get(action="count.audit_sheet_read").details
    told = json.loads(said)
    assert told.pop("commitment")
    assert told == {"conference": "r/1", "sheet": number, "look": 1}


def _without_tokens(pages: list[str]) -> list[str]:
    return [
        "\n".join(
            line for line in page.split("\n") if "csrfmiddlewaretoken" not in line
        )
        for page in pages
    ]


def test_whoever_has_read_a_sheet_is_led_to_the_next_one_of_the_draw(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    first, second, *_, last = to_read(conference)

    opened = text(counters[0].get(at("audit_sheet", conference, first)))
    after = enter(counters[0], conference, first, on_paper(conference, first))
    round_again = enter(counters[0], conference, last, on_paper(conference, last))

    assert f"Để sau, sang tờ số {second}</a>" in opened
    assert f"Đã ghi tờ số {first}." in after
    assert f"<h1>Tờ số {second}:" in after
    assert f"<h1>Tờ số {second}:" in round_again
    ended = ""
    for number in to_read(conference)[1:-1]:
        ended = enter(counters[0], conference, number, on_paper(conference, number))
    assert "Tờ cần lấy ra" in ended


def test_a_line_that_is_not_said_is_not_guessed(counters: list[Client]) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]

    answer = counters[0].post(at("audit_sheet", conference, number), {})

    assert answer.status_code == 409
    assert "Tờ này: chưa ghi dòng 1" in text(answer)
    assert not AuditedSheet.objects.exists()


def test_a_sheet_no_voter_could_have_handed_in_is_not_taken(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    Contest.objects.update(max_choices=1)
    number = to_read(conference)[0]

    answer = enter(counters[0], conference, number, m.sheet(1, m.AGREE, m.AGREE))

    assert "chọn 2 người, tối đa 1" in answer
    assert not AuditedSheet.objects.exists()


def test_two_who_call_a_sheet_invalid_agree_whatever_its_lines_say(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    address = at("audit_sheet", conference, number)
    for client, read in zip(
        counters[:2], (WRONG, m.sheet(1, m.AGREE, m.AGREE)), strict=True
    ):
        client.post(address, {**keyed(conference, read), "invalid_reason": "torn"})

    assert AuditedSheet.objects.filter(is_valid=False).count() == 2
    assert number not in to_read(conference)


def test_nobody_from_outside_the_counting_committee_takes_part_in_an_audit() -> None:
    conference, pages = scanned()
    closed(conference, pages)
    outsider = m.Somebody(login="nguoingoai", full_name="Người Ngoài")

    with pytest.raises(KeyingNotOwnError, match="không thuộc Tổ kiểm phiếu"):
        begin_audit(conference_id=conference.pk, dice="1" * 20, by=outsider, at=m.DAY)
    with pytest.raises(KeyingNotOwnError, match="không thuộc Tổ kiểm phiếu"):
        enter_sheet(
            conference_id=conference.pk, number=1, read=WRONG, by=outsider, at=m.DAY
        )


def test_a_sheet_not_drawn_is_refused_and_a_lost_one_counts_as_the_worst(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    other = next(one for one in (1, 2, 3, 4, 5, 6) if one not in to_read(conference))

    early = enter(counters[0], conference, other, WRONG)
    for client in counters[:2]:
        client.post(at("audit_sheet", conference, number), {"do": "missing"})
    after = text(counters[0].get(at("audit", conference)))

    assert "không nằm trong số tờ đang chờ đọc" in early
    assert set(AuditedSheet.objects.values_list("agreed", flat=True)) == {None}
    assert f"không tìm thấy: tờ số {number}</dd>" in after


def test_the_paper_is_found_by_pictures_of_rows_few_others_have(
    counters: list[Client], cast: Cast
) -> None:
    conference = begun(counters)
    record = recorded_sheets(conference)
    number = to_read(conference)[0]

    rows = telling_rows(conference, record, [number])[number]

    assert rows
    states = [one.states[0] for one in record]
    page = ScannedPage.objects.get(image_id=rows[0].image_id)
    rare = min(
        sum(other[line] is own for other in states)
        for line, own in enumerate(on_paper(conference, number).states[0])
    )
    lines = [page.boxes[row.box]["line"] - 1 for row in rows]
    own = on_paper(conference, number).states[0]
    assert any(sum(o[at_] is own[at_] for o in states) == rare for at_ in lines)
    shown = text(counters[0].get(at("audit", conference)))
    assert rows[0].image_id in shown
    picture = at("snippet", conference, rows[0].image_id, rows[0].box)
    assert counters[0].get(f"{picture}?dong=1").status_code == 200
    assert rows[0].image_id not in text(
        client_of(cast.secretary).get(at("audit", conference))
    )


def test_sheets_one_person_entered_for_two_in_an_older_version_stay_settled(
    counters: list[Client],
) -> None:
    conference = begun(counters)
    number = to_read(conference)[0]
    begun_audit = PaperAudit.objects.get()
    AuditedSheet.objects.create(
        audit=begun_audit, number=number, look=1, agreed=[[1]], read_by="kiemphieu1"
    )

    import_module("kecan.web.paper_count.migrations.0004_audit_looks").two_looks(
        apps, None
    )

    assert number not in to_read(conference)


def test_a_keyed_count_is_audited_by_the_numbers_on_the_stack(
    counters: list[Client],
) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 0)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    begin(counters, conference)

    assert "số ghi trên chồng phiếu" in text(counters[0].get(at("audit", conference)))


def test_a_sheet_people_call_invalid_differs_though_it_agrees_to_nobody(
    counters: list[Client],
) -> None:
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((2, 2)))
    count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    begin(counters, conference)
    drawn = to_read(conference)
    torn = next(number for number in drawn if number > 2)

    for number in drawn:
        read = keyed(conference, on_paper(conference, number))
        reason = {"invalid_reason": "torn"} if number == torn else {}
        for client in counters[:2]:
            client.post(at("audit_sheet", conference, number), {**read, **reason})

    report = audit_standing(conference, PaperAudit.objects.get()).report
    assert report.differing == (torn,)


def test_without_one_valid_ballot_there_is_no_mark_to_audit() -> None:
    conference, pages = scanned()
    closed(conference, pages)
    Count.objects.update(valid=0, invalid=5, invalid_reasons={"torn": 5})
    rules = conference.rules
    rules["threshold"]["base"] = "ballots_valid"
    conference.save(update_fields=["rules"])

    with pytest.raises(AuditNotPossibleError, match="không có phiếu hợp lệ nào"):
        begin_audit(
            conference_id=conference.pk, dice="1" * 20, by=m.COUNTERS[0], at=m.DAY
        )


def test_there_is_nothing_to_audit_before_the_count_closes(
    counters: list[Client],
) -> None:
    conference, _ = scanned()

    assert counters[0].get(at("audit", conference)).status_code == 404


def test_who_only_reads_begins_no_audit(cast: Cast) -> None:
    conference, pages = scanned()
    closed(conference, pages)

    client = client_of(cast.secretary)

    assert client.post(at("audit", conference), {"dice": "1" * 20}).status_code == 403
    assert client.get(at("audit_sheet", conference, 1)).status_code == 403


def contradicted(counters: list[Client]) -> Conference:
    """Return a closed count whose whole stack two people read otherwise."""
    conference = begun(counters)
    while numbers := to_read(conference):
        for client in counters[:2]:
            enter(client, conference, numbers[0], WRONG)
    return conference


def press(head: Client, conference: Conference, name: str, **fields: str) -> str:
    address = reverse(f"conferences:{name}", args=[conference.pk])
    return text(head.post(address, fields, follow=True))


def test_a_result_the_paper_contradicts_is_signed_only_by_the_chairs_reason(
    counters: list[Client], head_client: Client
) -> None:
    conference = contradicted(counters)
    page = text(
        head_client.get(reverse("conferences:conference", args=[conference.pk]))
    )
    result = text(head_client.get(reverse("conferences:result", args=[conference.pk])))

    refused = press(head_client, conference, "minutes_sign", kind="counting")
    blank = press(head_client, conference, "minutes_sign", kind="counting", despite=" ")
    before = Minutes.objects.count()
    press(
        head_client,
        conference,
        "minutes_sign",
        kind="counting",
        despite="Cấp trên cho ý kiến",
    )

    assert "giấy không khớp kết quả kiểm phiếu" in page
    assert page.count('name="despite"') == 2
    assert "giấy không khớp kết quả kiểm phiếu" in result
    assert "phải ghi rõ lý do" in refused
    assert "phải ghi rõ lý do" in blank
    assert before == 0
    assert Minutes.objects.get().kind == "counting"
    told = json.loads(LedgerEntry.objects.get(action="minutes.counting_signed").details)
    assert told["reason"] == "Cấp trên cho ý kiến"
    paper = count_minutes_content(Conference.objects.get(pk=conference.pk)).audited
    assert paper.startswith("Đã đọc lại cả 5 tờ và giấy không khớp")
    assert paper.endswith("quyết định ký, lý do: Cấp trên cho ý kiến.")


def test_a_conference_does_not_close_on_minutes_signed_before_the_paper_contradicted(
    counters: list[Client], head_client: Client
) -> None:
    conference = begun(counters)
    for kind in Minutes.Kind:
        press(head_client, conference, "minutes_sign", kind=kind)
    signed = count_minutes_content(Conference.objects.get(pk=conference.pk)).audited
    while numbers := to_read(conference):
        for client in counters[:2]:
            enter(client, conference, numbers[0], WRONG)

    refused = press(head_client, conference, "close")
    state = Conference.objects.get(pk=conference.pk).state
    press(head_client, conference, "close", despite="Cấp trên cho ý kiến")

    assert "Không bế mạc trên kết quả đã khoá" in refused
    assert state == "counted"
    assert Conference.objects.get(pk=conference.pk).state == "closed"
    assert "chưa đủ để khẳng định" in signed or "đọc lại toàn bộ" in signed
    assert (
        count_minutes_content(Conference.objects.get(pk=conference.pk)).audited
        == signed
    )


def test_the_minutes_say_that_the_paper_confirmed_the_result(
    counters: list[Client], head_client: Client
) -> None:
    conference = begun(counters)
    while numbers := to_read(conference):
        for client in counters[:2]:
            enter(client, conference, numbers[0], on_paper(conference, numbers[0]))

    press(head_client, conference, "minutes_sign", kind="counting", despite="Thừa")

    said = count_minutes_content(Conference.objects.get(pk=conference.pk)).audited
    assert "kết quả được khẳng định" in said
    assert "lý do" not in said


def test_a_conference_without_a_ballot_is_not_told_to_audit_one(
    head_client: Client,
) -> None:
    planning_round = m.small_round(chain_key="local-committee-build")
    conference = m.opened(m.first_conference(planning_round))
    ballots.pass_without_ballot(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)

    page = text(
        head_client.get(reverse("conferences:conference", args=[conference.pk]))
    )

    assert "Ký biên bản hội nghị" in page
    assert "đối chiếu với phiếu giấy" not in page


def test_who_closes_the_conference_is_told_that_the_audit_has_not_confirmed_it(
    counters: list[Client], head_client: Client
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = reverse("conferences:conference", args=[conference.pk])
    before = text(head_client.get(address))
    begin(counters, conference)
    begun_only = text(head_client.get(address))
    while numbers := to_read(conference):
        for client in counters[:2]:
            enter(client, conference, numbers[0], on_paper(conference, numbers[0]))
    confirmed = text(head_client.get(address))

    assert "chưa khẳng định kết quả" not in before
    assert "phải làm xong trước khi bế mạc" in before
    assert at("audit", conference) in before
    assert "chưa khẳng định kết quả" in begun_only
    assert "phải làm xong trước khi bế mạc" not in begun_only
    assert at("audit", conference) in begun_only
    assert "chưa khẳng định kết quả" not in confirmed


def _read_by_two(counters: list[Client]) -> Conference:
    conference = begun(counters)
    for number in to_read(conference)[:2]:
        for client in counters[:2]:
            enter(client, conference, number, on_paper(conference, number))
    return conference


def _change(one: AuditedSheet) -> None:
    AuditedSheet.objects.filter(pk=one.pk).update(agreed=[[2]])


def _unbind(one: AuditedSheet) -> None:
    AuditedSheet.objects.filter(pk=one.pk).update(agreed=[[2]], salt="")


def _remove(one: AuditedSheet) -> None:
    one.delete()


def _add(one: AuditedSheet) -> None:
    one.pk, one.look, one.read_by = None, 3, "somebody"
    one.save()


def _add_as_of_before(one: AuditedSheet) -> None:
    one.salt = ""
    _add(one)


@pytest.mark.parametrize("meddle", [_change, _unbind, _remove, _add, _add_as_of_before])
def test_a_reading_changed_past_the_program_is_found_with_the_ledger(
    counters: list[Client], meddle: Callable[[AuditedSheet], None]
) -> None:
    _read_by_two(counters)
    before = print_verification(as_json=True)

    meddle(AuditedSheet.objects.order_by("number", "look")[0])

    assert before == 0
    assert print_verification(as_json=True) == 1


def test_the_ledger_binds_a_reading_and_does_not_say_it(counters: list[Client]) -> None:
    _read_by_two(counters)

    entries = LedgerEntry.objects.filter(action="count.audit_sheet_read")
    told = [json.loads(one.details) for one in entries]
    assert [set(one) for one in told] == [
        {"conference", "sheet", "look", "commitment"}
    ] * 4
    assert len({one["commitment"] for one in told}) == 4


def test_readings_of_a_version_that_bound_none_break_no_ledger(
    counters: list[Client],
) -> None:
    _read_by_two(counters)
    LedgerEntry.objects.all().delete()
    LedgerHead.objects.all().delete()
    PaperAudit.objects.update(
        entered_by="kecan",
        confirmed_by="kecan",
        risk_limit="",
        error_inflation="",
        full_reread_from="",
    )
    audit = PaperAudit.objects.get()
    Count.objects.update(salt="")
    with transaction.atomic():
        record(
            action="count.closed",
            by=m.OFFICER,
            at=m.DAY,
            subject=audit.conference.title,
        )
        record(
            action="count.audit_begun",
            by=m.OFFICER,
            at=m.DAY,
            subject=audit.conference.title,
            details={"dice": audit.dice},
        )
        for look in AuditedSheet.objects.all():
            record(
                action="count.audit_sheet_read",
                by=m.OFFICER,
                at=m.DAY,
                subject="x",
                details={"sheet": look.number, "look": look.look},
            )
    AuditedSheet.objects.update(salt="")

    assert print_verification(as_json=True) == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("paper_count_auditedsheet", "salt"),
        ("paper_count_paperaudit", "confirmed_by"),
    ],
)
def test_a_database_not_yet_brought_up_to_date_is_no_broken_ledger(
    table: str, column: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN {column}")

    assert print_verification(as_json=True) == 0


@pytest.mark.parametrize(
    "meddled",
    [
        {"dice": "1" * 20},
        {"dice": "1" * 20, "entered_by": "kecan", "confirmed_by": "kecan"},
        {"confirmed_by": ""},
        {"confirmed_by": "kiemphieu3"},
        {"entered_by": "kiemphieu3"},
        {"risk_limit": "1/2"},
        {"risk_limit": ""},
        {"error_inflation": "2"},
        {"full_reread_from": "1"},
    ],
    ids=[
        "dice",
        "dice as of before",
        "unconfirmed",
        "second",
        "first",
        "risk limit",
        "risk limit as of before",
        "error inflation",
        "reread",
    ],
)
def test_dice_changed_past_the_program_are_found_with_the_ledger(
    counters: list[Client], meddled: dict[str, str]
) -> None:
    begun(counters)
    before = print_verification(as_json=True)

    PaperAudit.objects.update(**meddled)

    assert before == 0
    assert print_verification(as_json=True) == 1


def test_an_audit_goes_by_the_risk_limit_it_began_with_and_the_page_says_it(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    beforehand = text(counters[0].get(at("audit", conference)))
    begin(counters, conference)
    PaperAudit.objects.update(risk_limit="1/3")

    wider = text(counters[0].get(at("audit", conference)))

    told = json.loads(LedgerEntry.objects.get(action="count.audit_begun").details)
    assert (told["risk_limit"], told["full_reread_from"]) == ("1/20", "1/2")
    assert f"không quá 5{PER_CENT}" in beforehand
    assert f"33,34{PER_CENT}" in wider
    assert terms_of(PaperAudit.objects.get()).limit == Fraction(1, 3)


def test_a_risk_limit_changed_between_the_two_who_enter_the_dice_is_found(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    counters[0].post(at("audit", conference), {"dice": "1" * 20})
    PaperAudit.objects.update(risk_limit="1/2")

    counters[1].post(at("audit", conference), {"dice": "1" * 20})

    assert begun_audit(conference) is not None
    assert print_verification(as_json=True) == 1


def test_dice_of_one_member_changed_before_the_second_enters_them_are_found(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = at("audit", conference)
    counters[0].post(address, {"dice": "1" * 20})
    before = print_verification(as_json=True)
    PaperAudit.objects.update(dice="2" * 20)
    changed = print_verification(as_json=True)

    counters[1].post(address, {"dice": "2" * 20})

    assert begun_audit(conference) is not None
    assert (before, changed, print_verification(as_json=True)) == (0, 1, 1)


def test_dice_of_two_conferences_with_one_title_are_not_taken_for_each_others() -> None:
    first = m.first_conference(m.small_round())
    again = PlanningRound.objects.get()
    again.pk, again.key = None, "r2"
    again.save()
    other = Conference.objects.create(
        round=again, order=1, title=first.title, rules=first.rules, has_ballot=True
    )
    for conference, dice in ((first, "1" * 20), (other, "2" * 20)):
        _dice_of_two(conference, dice)
    before = print_verification(as_json=True)

    PaperAudit.objects.filter(conference=first).update(dice="2" * 20)
    PaperAudit.objects.filter(conference=other).update(dice="1" * 20)

    assert (before, print_verification(as_json=True)) == (0, 1)


def _dice_of_two(conference: Conference, dice: str) -> None:
    one, two, _ = m.COUNTERS
    PaperAudit.objects.create(
        conference=conference, dice=dice, entered_by=one.login, confirmed_by=two.login
    )
    with transaction.atomic():
        for action, by in (("count.dice_entered", one), ("count.audit_begun", two)):
            record_of(
                conference, action=action, by=by, at=m.DAY, details={"dice": dice}
            )


def test_an_audit_removed_and_begun_again_with_other_dice_is_found(
    counters: list[Client], capsys: pytest.CaptureFixture[str]
) -> None:
    conference = begun(counters)
    told = LedgerEntry.objects.get(action="count.audit_begun").sequence
    PaperAudit.objects.all().delete()
    for client in counters[:2]:
        client.post(at("audit", conference), {"dice": "1" * 20})

    assert begun_audit(conference) is not None
    assert print_verification(as_json=True) == 1
    assert f'"first_broken_sequence": {told}' in capsys.readouterr().out


def test_the_seed_of_the_checks_of_a_closed_count_is_bound_by_the_ledger() -> None:
    conference, pages = scanned()
    closed(conference, pages)
    before = print_verification(as_json=True)

    ScanCount.objects.update(check_seed="0" * 32)

    assert (before, print_verification(as_json=True)) == (0, 1)
