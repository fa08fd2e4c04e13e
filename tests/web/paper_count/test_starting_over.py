"""A wrong stack: a batch that waits is dropped, a whole scanned count set aside by two."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scanned_count import (
    close,
    read_and_decided,
    votes,
    with_a_wrong_reading,
)
from tests.web.paper_count.test_sending_scans import Meanwhile, send

from kecan.web.accounts.models import User
from kecan.web.accounts.queries import account_by_login
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.models import Conference
from kecan.web.conferences.refusals import ConferenceStateError
from kecan.web.paper_count.actions import adjudicating, importing, restarting
from kecan.web.paper_count.models import (
    BoxDecision,
    ScanCount,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.queries import frozen_form, store_of
from kecan.web.paper_count.questions import contradicted
from kecan.web.paper_count.refusals import (
    RestartNotPossibleError,
    ScanCountNotReadyError,
    ScansDroppedError,
    ScansNotAcceptedError,
)
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from kecan.paper_ballot.form import BallotForm

pytestmark = pytest.mark.django_db
WRONG_STACK = "Quét nhầm chồng phiếu"


def who(conference: Conference, counter: int) -> dict[str, Any]:
    return {"conference_id": conference.pk, "by": m.COUNTERS[counter], "at": m.DAY}


def set_aside(conference: Conference) -> Conference:
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    restarting.approve_restart(**who(conference, 1))
    return Conference.objects.get(pk=conference.pk)


def of_the_counter(conference: Conference, counter: int, **posted: str) -> str:
    login = m.COUNTERS[counter].login
    user = account_by_login(login) or account(
        login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]
    )
    client = client_of(user)
    if posted:
        client.post(reverse("paper_count:restart", args=[conference.pk]), posted)
    shown = client.get(reverse("paper_count:desk", args=[conference.pk]))
    return shown.content.decode()


def test_a_batch_that_waits_is_dropped_and_the_others_are_read() -> None:
    conference, form = s.printed()
    wrong, right = (s.scans(form, m.stack((5, 2)), seed=seed) for seed in (50, 7))
    send(conference, [page.jpeg for page in wrong])
    send(conference, [page.jpeg for page in right])
    first, second = store_of(conference).batches()

    dropped = importing.drop_batch(batch=first, **who(conference, 0))
    report = importing.read_waiting(**who(conference, 0))

    assert (dropped, report.sheets) == (5, 5)
    assert second
    read = set(ScannedPage.objects.values_list("digest", flat=True))
    assert read == {page.digest for page in right}
    entry = LedgerEntry.objects.get(action="count.scans_dropped")
    assert json.loads(entry.details) == {
        "conference": "r/1",
        "files": 5,
    }


def test_what_is_sent_after_a_drop_lies_behind_what_waits() -> None:
    conference, _ = s.printed()
    send(conference, [b"1", b"2"])
    send(conference, [b"3", b"4"])
    store = store_of(conference)
    importing.drop_batch(batch=next(iter(store.batches())), **who(conference, 0))

    send(conference, [b"5", b"6"])

    waiting = [store.read(name, is_upload=True) for name in store.uploads()]
    assert waiting == [b"3", b"4", b"5", b"6"]


def test_two_batches_that_wait_together_are_two_stacks() -> None:
    """The face of one voter and the back of another make no ballot."""
    conference, form = s.printed(write_in_lines=20)
    pages = s.scans(form, m.stack((5, 2)))
    assert len(pages) == 10  # two a ballot
    send(conference, [page.jpeg for page in pages[:5]])  # ends with a face
    send(conference, [page.jpeg for page in pages[7:]])  # begins with a back

    importing.read_waiting(**who(conference, 0))

    face, back = (
        ScannedPage.objects.get(digest=pages[at].digest).sheet_id for at in (4, 7)
    )
    assert face != back


def test_a_batch_that_is_being_read_is_dropped_and_nothing_of_it_kept() -> None:
    conference, form = s.printed()
    send(conference, [page.jpeg for page in s.scans(form, m.stack((5, 2)))])
    (batch,) = store_of(conference).batches()
    meanwhile = Meanwhile(
        lambda: importing.drop_batch(batch=batch, **who(conference, 1))
    )

    with pytest.raises(ScansDroppedError, match="chưa ghi gì"):
        importing.read_waiting(executor=meanwhile, **who(conference, 0))

    assert not ScannedPage.objects.exists()
    assert store_of(conference).uploads() == []


def test_what_was_read_is_no_batch_to_drop() -> None:
    conference, form = s.printed()
    send(conference, [page.jpeg for page in s.scans(form, m.stack((5, 2)))])
    (batch,) = store_of(conference).batches()
    importing.read_waiting(**who(conference, 0))

    with pytest.raises(ScansNotAcceptedError, match="không còn chờ"):
        importing.drop_batch(batch=batch, **who(conference, 0))

    assert ScannedSheet.objects.count() == 5


def test_two_members_set_the_scanned_count_aside_and_it_begins_empty() -> None:
    conference, form, _ = read_and_decided()
    send(conference, [b"waits"])
    old = store_of(conference)

    conference = set_aside(conference)

    assert not old.folder.exists()
    assert not old.key_file.exists()
    for table in (ScannedSheet, ScannedPage, BoxDecision):
        assert not table.objects.exists()
    assert not conference.count.is_scanned
    assert store_of(conference).token != old.token
    again(conference, form)
    close(conference)
    assert votes(conference)


def again(conference: Conference, form: BallotForm) -> None:
    """Scan the very same stack once more: nothing of before is in its way."""
    pages = s.scans(form, m.stack((5, 2)))
    assert s.read(conference, pages).sheets == 5
    s.decide_all(conference, pages)


def test_one_member_alone_sets_nothing_aside() -> None:
    conference, _, pages = read_and_decided()

    with pytest.raises(RestartNotPossibleError, match="Không có đề nghị"):
        restarting.approve_restart(**who(conference, 0))
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    with pytest.raises(RestartNotPossibleError, match="người thứ hai"):
        restarting.approve_restart(**who(conference, 0))

    assert ScannedPage.objects.count() == len(pages)
    assert store_of(conference).key_file.exists()


def test_the_ledger_tells_who_why_and_how_many_and_nothing_of_a_sheet() -> None:
    conference, _, _ = read_and_decided()

    set_aside(conference)

    entry = LedgerEntry.objects.get(action="count.restarted")
    assert entry.actor == m.COUNTERS[1].login
    assert entry.at == m.DAY.isoformat()
    told = json.loads(entry.details)
    assert {
        "asked_by": m.COUNTERS[0].login,
        "reason": WRONG_STACK,
        "sheets": 5,
    }.items() <= (told.items())
    assert set(told) == {
        "conference",
        "asked_by",
        "reason",
        "sheets",
        "refused",
        "decided",
        "contradicted",
    }


def test_a_count_that_is_closed_is_never_set_aside() -> None:
    conference, _, pages = read_and_decided()
    close(conference)

    with pytest.raises(ConferenceStateError):
        restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    with pytest.raises(ConferenceStateError):
        restarting.approve_restart(**who(conference, 1))

    assert ScannedPage.objects.count() == len(pages)


def test_a_count_does_not_close_while_somebody_asks_to_set_it_aside() -> None:
    conference, _, _ = read_and_decided()
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))

    with pytest.raises(ScanCountNotReadyError, match="phê duyệt hoặc rút"):
        close(conference)
    restarting.withdraw_restart(**who(conference, 1))

    assert close(conference).is_closed


def test_nothing_is_set_aside_while_a_reading_is_under_way() -> None:
    conference, _, pages = read_and_decided()
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))

    with (
        importing.only_reader(store_of(conference)),
        pytest.raises(ScansNotAcceptedError, match="đợi đọc xong"),
    ):
        restarting.approve_restart(**who(conference, 1))

    assert ScannedPage.objects.count() == len(pages)


def test_a_contradicted_check_is_not_got_rid_of_by_starting_over() -> None:
    conference = with_a_wrong_reading()

    conference = set_aside(conference)
    again(conference, frozen_form(conference))

    assert ScanCount.objects.get().must_be_keyed
    with pytest.raises(ScanCountNotReadyError, match="ảnh quét đã bỏ"):
        close(conference)


def doubted(conference: Conference, *said: tuple[int, BoxDecision.Value]) -> None:
    """Let a box the reader read as marked be asked again, and these say what it is."""
    page, box = s.sure_box(conference)
    asked: dict[str, Any] = {"image_id": page.image_id, "box": box}
    adjudicating.ask_again(**asked, **who(conference, 0))
    for counter, value in said:
        answer = adjudicating.Answer(value=value, **asked)
        adjudicating.decide_boxes(answers=[answer], **who(conference, counter))


@pytest.mark.parametrize(
    ("said", "is_kept"),
    [
        ([(1, s.EMPTY)], True),
        ([(1, s.EMPTY), (2, s.MARKED)], True),
        ([(1, s.EMPTY), (2, s.EMPTY)], True),
        ([(1, s.MARKED)], False),
        ([(1, s.EMPTY), (2, s.MARKED), (0, s.MARKED)], False),
    ],
    ids=["one otherwise", "undecided", "two otherwise", "one alike", "settled alike"],
)
def test_starting_over_before_the_second_look_forgets_no_contradiction(
    said: list[tuple[int, BoxDecision.Value]], *, is_kept: bool
) -> None:
    conference, form, _ = read_and_decided()
    doubted(conference, *said)

    conference = set_aside(conference)
    again(conference, form)

    assert ScanCount.objects.get().must_be_keyed is is_kept
    if is_kept:
        with pytest.raises(ScanCountNotReadyError, match="ảnh quét đã bỏ"):
            close(conference)
        for slot in (1, 2):
            m.keyed(conference, slot=slot, sheets=m.stack((5, 2)))
    close(conference)
    assert votes(conference) == [5, 2]


def test_ruling_a_sheet_out_forgets_no_contradiction_on_it() -> None:
    conference = with_a_wrong_reading()
    page = next(one.page for one in contradicted(conference))
    assert page.sheet is not None
    for counter in (0, 1):
        adjudicating.rule_on_sheet(
            token=page.sheet.token,
            value=SheetRuling.Value.TORN,
            **who(conference, counter),
        )

    with pytest.raises(ScanCountNotReadyError, match="1 ô máy đọc chắc chắn"):
        close(conference)


def test_without_a_reason_nobody_asks_and_nobody_asks_twice() -> None:
    conference, _, _ = read_and_decided()

    for reason in ("  ", "a" * 201):
        with pytest.raises(RestartNotPossibleError, match="phải có lý do"):
            restarting.ask_restart(reason=reason, **who(conference, 0))
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    with pytest.raises(RestartNotPossibleError, match="Đã có người"):
        restarting.ask_restart(reason=WRONG_STACK, **who(conference, 1))


def test_before_anything_was_scanned_there_is_nothing_to_take_back() -> None:
    conference, _ = s.printed()

    with pytest.raises(RestartNotPossibleError, match="chưa quét"):
        restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    with pytest.raises(ScansNotAcceptedError, match="không còn chờ"):
        importing.drop_batch(batch="0" * 32, **who(conference, 0))


def test_the_page_leads_two_members_through_it() -> None:
    conference, _, _ = read_and_decided()

    asked = of_the_counter(conference, 0, do="ask", reason=WRONG_STACK)
    other = of_the_counter(conference, 1)
    done = of_the_counter(conference, 1, do="approve")

    assert WRONG_STACK in asked
    assert 'value="approve"' not in asked
    assert 'value="approve"' in other
    assert "quét lại cả chồng phiếu từ đầu" in done
    assert not ScannedSheet.objects.exists()


def test_the_desk_says_beforehand_what_of_starting_over_keeps_a_count_from_closing() -> (
    None
):
    conference = with_a_wrong_reading()

    before = of_the_counter(conference, 0)
    asked = of_the_counter(conference, 0, do="ask", reason=WRONG_STACK)
    done = of_the_counter(conference, 1, do="approve")
    conference = Conference.objects.get(pk=conference.pk)
    again(conference, frozen_form(conference))
    ready = of_the_counter(conference, 0)

    assert "Chưa khoá được: Trong số ô kiểm tra" in before
    assert "đề nghị bỏ toàn bộ lượt quét:" not in before
    assert "Cả Tổ đã quyết định xong" in before
    assert "Chưa khoá được: Đang có đề nghị bỏ toàn bộ lượt quét" in asked
    assert "Cả Tổ" not in done
    assert "Chưa khoá được: Ở ảnh quét đã bỏ" in ready


def test_another_account_of_the_same_dossier_is_offered_no_approval() -> None:
    conference, _, _ = read_and_decided()
    of_the_counter(conference, 0, do="ask", reason=WRONG_STACK)
    of_the_counter(conference, 1)
    User.objects.update(person_key="CB-007")

    shown = of_the_counter(conference, 1)

    assert 'value="approve"' not in shown
    assert 'value="withdraw"' in shown


def test_the_page_lets_a_request_be_withdrawn_and_a_batch_be_dropped() -> None:
    conference, _, pages = read_and_decided()
    restarting.ask_restart(reason=WRONG_STACK, **who(conference, 0))
    send(conference, [b"wrong", b"stack"])
    (batch,) = store_of(conference).batches()

    kept = of_the_counter(conference, 1, do="withdraw")
    user = account(m.COUNTERS[2].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    client_of(user).post(
        reverse("paper_count:batch_drop", args=[conference.pk]), {"batch": batch}
    )

    assert "lượt quét giữ nguyên" in kept
    assert f'value="{batch}"' in kept
    assert ScannedPage.objects.count() == len(pages)
    assert store_of(conference).uploads() == []
