"""What was sent is read once and never lost; a rescan changes nothing that was settled."""

from __future__ import annotations

import json
import os
import shutil
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from errno import ENOSPC
from hashlib import sha256
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scanned_count import (
    close,
    read_and_decided,
    scanned_again,
    votes,
)

from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.actions import count
from kecan.web.paper_count import images, reader
from kecan.web.paper_count.actions import adjudicating, importing
from kecan.web.paper_count.models import (
    BoxDecision,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.queries import store_of
from kecan.web.paper_count.questions import questions_of
from kecan.web.paper_count.refusals import (
    ScanCountNotReadyError,
    ScansNotAcceptedError,
)
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kecan.sample.marked_sheets import MarkedPage
    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db


def send(conference: Conference, files: Iterable[bytes]) -> int:
    return importing.receive_scans(
        conference_id=conference.pk, files=files, by=m.COUNTERS[1], at=m.DAY
    )


class Meanwhile(Executor):
    """Runs in this process; something happens while it reads."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def map(  # type: ignore[override]
        self, fn: Callable[..., Any], *iterables: Iterable[Any]
    ) -> Iterator[Any]:
        self.happens()
        return map(fn, *iterables)


def test_what_arrives_while_others_are_read_is_read_afterwards() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    later = Meanwhile(
        lambda: send(conference, [page.jpeg for page in pages[3:]]),
    )
    send(conference, [page.jpeg for page in pages[:3]])

    first = importing.read_waiting(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY, executor=later
    )
    waiting = len(store_of(conference).uploads())
    second = importing.read_waiting(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )

    assert (first.sheets, waiting, second.sheets) == (3, 2, 2)
    assert store_of(conference).uploads() == []


def test_the_process_that_reads_goes_on_with_what_arrived_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    account(m.COUNTERS[1].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    send(conference, [page.jpeg for page in pages[:3]])
    late = [[page.jpeg for page in pages[3:]]]
    pool = Meanwhile(lambda: send(conference, late.pop()) if late else None)
    monkeypatch.setattr(reader, "reading_pool", lambda: pool)
    before = os.umask(0o077)

    reader.main(f"{conference.pk}", m.COUNTERS[1].login, m.DAY.isoformat())

    os.umask(before)
    assert store_of(conference).uploads() == []
    assert ScannedSheet.objects.count() == 5


class Fails(Executor):
    """A pool whose work ends in an error, as where memory or disk are full."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def submit(self, *_: Any, **__: Any) -> Future[Any]:  # noqa: ANN401
        raise self._error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(ENOSPC, strerror(ENOSPC)), "đĩa đã đầy"),
        (BrokenExecutor("a process was ended"), "thường vì hết bộ nhớ"),
    ],
)
def test_why_a_reading_nobody_waited_for_has_stopped_stands_on_the_desk_until_the_next(
    monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    conference, form = s.printed()
    client = client_of(
        account(m.COUNTERS[0].login, roles=[(Role.COUNTING_COMMITTEE, UNIT)])
    )
    send(conference, [page.jpeg for page in s.scans(form, m.stack((5, 2)))])
    monkeypatch.setattr(reader, "reading_pool", lambda: Fails(error))
    before = os.umask(0o077)

    reader.main(f"{conference.pk}", m.COUNTERS[0].login, m.DAY.isoformat())

    os.umask(before)
    desk = reverse("paper_count:desk", args=[conference.pk])
    assert said in client.get(desk).content.decode()
    assert len(store_of(conference).uploads()) == 5
    read = importing.read_waiting(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY, executor=s.READER
    )
    assert read.sheets == 5
    send(conference, [b"more"])
    assert "Lần đọc vừa rồi dừng lại" not in client.get(desk).content.decode()


def test_where_memory_has_no_room_for_what_waits_that_is_said_and_all_of_it_stays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    conference, form = s.printed()
    send(conference, [page.jpeg for page in s.scans(form, m.stack((5, 2)))])
    monkeypatch.setattr(images, "_MEMORY", Path("/proc"))  # takes no folder

    with pytest.raises(ScansNotAcceptedError, match="Bộ nhớ của máy không đủ chỗ"):
        importing.read_waiting(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    assert len(store_of(conference).uploads()) == 5


def test_a_count_does_not_close_over_scans_nobody_has_read() -> None:
    conference, form, _ = read_and_decided()
    extra = s.scans(form, [m.sheet(1, m.AGREE, m.AGREE)], seed=99)
    send(conference, [page.jpeg for page in extra])

    with pytest.raises(ScanCountNotReadyError, match="Còn 1 tệp đã nhận mà chưa đọc"):
        close(conference)


def test_nothing_is_closed_before_anything_was_scanned() -> None:
    conference, _ = s.printed()

    with pytest.raises(ScanCountNotReadyError, match="chưa quét tờ phiếu nào"):
        close(conference)


def test_a_rescan_that_is_refused_drops_nothing_that_others_sent() -> None:
    conference, form, pages = read_and_decided()
    token = ScannedSheet.objects.values_list("token", flat=True)[0]
    two = s.scans(form, m.stack((1, 1))[:2], seed=99)
    send(conference, [b"%PDF-"])

    with pytest.raises(ScansNotAcceptedError, match="đúng một tờ"):
        s.read(conference, two, replaces=token)

    assert ScannedPage.objects.count() == len(pages)
    assert len(store_of(conference).uploads()) == 1


def test_a_rescan_without_a_file_or_before_any_scan_is_refused() -> None:
    conference, _ = s.printed()
    who: dict[str, Any] = {"by": m.COUNTERS[0], "at": m.DAY, "token": "0" * 32}

    with pytest.raises(ScansNotAcceptedError, match="chưa quét tờ phiếu nào"):
        importing.rescan_sheet(conference_id=conference.pk, files=[b"x"], **who)
    send(conference, [b"x"])
    with pytest.raises(ScansNotAcceptedError, match="Chưa chọn tệp"):
        importing.rescan_sheet(conference_id=conference.pk, files=[], **who)


def test_a_disk_that_fills_while_scans_arrive_keeps_none_of_them() -> None:
    conference, _, pages = read_and_decided()

    def cut_off() -> Iterator[bytes]:
        yield b"\xff\xd8\xff"
        raise OSError(ENOSPC, strerror(ENOSPC))

    with pytest.raises(ScansNotAcceptedError, match="chưa nhận tệp nào"):
        send(conference, cut_off())

    assert list(store_of(conference).incoming.iterdir()) == []
    assert close(conference).valid == len(pages)


def test_half_an_upload_of_one_that_was_killed_is_not_read_and_goes() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    send(conference, [pages[0].jpeg])
    half = store_of(conference).incoming / "000002-0.part"
    half.write_bytes(b"half")

    send(conference, [page.jpeg for page in pages[1:]])
    report = importing.read_waiting(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )

    assert not half.exists()
    assert (report.sheets, report.refused) == (5, 0)


def test_uploads_changed_on_the_disk_are_refused_one_by_one_and_stop_no_other() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    send(conference, [page.jpeg for page in pages])
    store = store_of(conference)
    for name in store.uploads()[:2]:
        path = store.incoming / name
        path.write_bytes(path.read_bytes()[:-1])

    report = importing.read_waiting(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )

    assert (report.sheets, report.refused, report.same_image) == (3, 2, 0)


def test_a_file_that_is_no_ballot_does_not_keep_a_keyed_count_from_closing() -> None:
    conference, _ = s.printed()
    send(conference, [b"no picture"])
    importing.read_waiting(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 2)))

    closed = count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    assert (closed.valid, closed.is_scanned) == (5, False)


def test_pictures_that_are_gone_come_back_with_the_files_they_came_in() -> None:
    conference, _, pages = read_and_decided()
    store = store_of(conference)
    shutil.rmtree(store.folder)
    store.key_file.unlink()

    report = s.read(conference, pages[:4])

    assert (report.sheets, report.same_image) == (0, 4)
    back = ScannedPage.objects.filter(digest__in=[page.digest for page in pages[:4]])
    assert {store.read(page.image_id) for page in back} == {
        page.jpeg for page in pages[:4]
    }
    assert close(conference).valid == 5


def sheet_of(page: MarkedPage) -> ScannedSheet:
    return ScannedSheet.objects.get(pages__digest=page.digest)


def again(page: MarkedPage) -> MarkedPage:
    """Return a second scan of the same paper, with the hash of its own bytes."""
    fresh = scanned_again(page)
    return replace(fresh, digest=sha256(fresh.jpeg).hexdigest())


def test_a_rescan_replaces_the_pages_of_its_sheet_and_nothing_else() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 0)))
    s.read(conference, pages)
    fresh = again(pages[0])

    s.read(conference, [fresh], replaces=sheet_of(pages[0]).token)
    s.decide_all(conference, [*pages, fresh])
    close(conference)

    assert not ScannedPage.objects.filter(digest=pages[0].digest).exists()
    assert ScannedPage.objects.filter(digest=fresh.digest).exists()
    entry = LedgerEntry.objects.get(action="count.sheet_rescanned")
    assert json.loads(entry.details)["replaced"] == [pages[0].digest]
    assert votes(conference) == [5, 0]
    folder = store_of(conference).folder
    pictures = {path.name for path in folder.iterdir() if len(path.name) == 32}
    assert pictures == set(ScannedPage.objects.values_list("image_id", flat=True))


def test_nobody_alone_puts_other_marks_in_the_place_of_a_sheet() -> None:
    conference, form, pages = read_and_decided(agreeing=(5, 0))
    forged = s.scans(form, [m.sheet(1, m.DISAGREE, m.AGREE)], seed=99)

    with pytest.raises(ScansNotAcceptedError, match="một tờ giấy khác"):
        s.read(conference, forged, replaces=sheet_of(pages[0]).token)

    close(conference)
    assert votes(conference) == [5, 0]


def test_a_rescan_takes_back_nothing_that_people_decided() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)), odd_share=1.0)
    s.read(conference, pages)
    asked = next(one for one in questions_of(conference) if not one.is_check)
    own = next(page for page in pages if page.digest == asked.page.digest)
    adjudicating.decide_boxes(
        conference_id=conference.pk,
        answers=[s.as_meant(asked, pages)],
        by=m.COUNTERS[0],
        at=m.DAY,
    )

    with pytest.raises(ScansNotAcceptedError, match="đã có người quyết định"):
        s.read(conference, [again(own)], replaces=sheet_of(own).token)

    assert BoxDecision.objects.count() == 1
    assert ScannedPage.objects.filter(digest=own.digest).exists()


def test_a_rescan_does_not_undo_what_two_people_said_of_a_sheet() -> None:
    conference, _, pages = read_and_decided()
    sheet = sheet_of(pages[0])
    for by in m.COUNTERS[:2]:
        adjudicating.rule_on_sheet(
            conference_id=conference.pk,
            token=sheet.token,
            value=SheetRuling.Value.SIGNED,
            by=by,
            at=m.DAY,
        )

    with pytest.raises(ScansNotAcceptedError, match="kết luận của hai người"):
        s.read(conference, [again(pages[0])], replaces=sheet.token)

    assert close(conference).invalid == 1
