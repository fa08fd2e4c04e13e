"""The pages of a scanned count: who reaches them, and a count held by them alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s
from tests.web.paper_count.test_scanned_count import with_a_wrong_reading

from kecan.sample.marked_sheets import MarkedPage
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.models import Conference
from kecan.web.organisation.models import Person
from kecan.web.paper_count import views_scans
from kecan.web.paper_count.actions import closing, importing
from kecan.web.paper_count.models import (
    BoxDecision,
    ScannedPage,
    ScannedSheet,
    SheetRuling,
)
from kecan.web.paper_count.queries import store_of
from kecan.web.paper_count.questions import questions_of
from kecan.web.permissions import Permission, Role, may

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from django.test import Client
    from tests.web.conftest import Cast

pytestmark = pytest.mark.django_db
COUNTING = ("desk", "progress", "boxes", "names", "name_matches", "compared")
POSTED = ("upload", "read_folder", "read_on", "close")


@pytest.fixture
def counters() -> list[Client]:
    return [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]


def at(name: str, conference: Conference, *more: object) -> str:
    return reverse(f"paper_count:{name}", args=[conference.pk, *more])


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


def text(response: Answer) -> str:
    return response.content.decode()


def scanned(*, odd_share: float = 1.0) -> tuple[Conference, list[MarkedPage]]:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)), odd_share=odd_share)
    s.read(conference, pages)
    return conference, pages


def addresses(conference: Conference) -> list[str]:
    page = ScannedPage.objects.filter(sheet__isnull=False).first()
    assert page is not None
    assert page.sheet is not None
    return [
        *(at(name, conference) for name in COUNTING),
        at("picture", conference, page.image_id),
        at("snippet", conference, page.image_id, 0),
        at("sheet", conference, page.sheet.token),
    ]


def test_only_its_counting_committee_sees_anything_of_the_scans(
    cast: Cast, counters: list[Client]
) -> None:
    conference, _ = scanned()
    others = [cast.secretary, cast.reader, cast.stranger, cast.counter]

    for address in addresses(conference):
        assert counters[0].get(address).status_code == 200, address
        for user in others:
            assert client_of(user).get(address).status_code == 403, address
        assert client_of(None).get(address).status_code == 302


def test_no_browser_keeps_a_page_of_the_count(counters: list[Client]) -> None:
    conference, _ = scanned()

    for address in addresses(conference):
        assert counters[0].get(address)["Cache-Control"] == "no-store", address


def test_a_box_asked_of_for_writing_outside_the_rows_has_its_picture(
    counters: list[Client],
) -> None:
    conference, _ = scanned()
    page = ScannedPage.objects.filter(sheet__isnull=False).first()
    assert page is not None
    page.boxes[0]["reason"] = "written_outside"
    page.save()

    shown = counters[0].get(at("snippet", conference, page.image_id, 0))

    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("name", POSTED)
def test_only_its_counting_committee_sends_reads_and_closes(
    cast: Cast, name: str
) -> None:
    conference, _ = scanned()
    others = [cast.secretary, cast.reader, cast.stranger, cast.counter]

    for user in others:
        assert client_of(user).post(at(name, conference)).status_code == 403
    assert client_of(None).post(at(name, conference)).status_code == 302
    conference.refresh_from_db()
    assert conference.state == "counting"


def test_a_picture_is_sent_so_that_no_browser_keeps_it(counters: list[Client]) -> None:
    conference, _ = scanned()
    page = ScannedPage.objects.first()
    assert page is not None

    for name, more in (("picture", ()), ("snippet", (0,))):
        answer = counters[0].get(at(name, conference, page.image_id, *more))
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.content.startswith(b"\xff\xd8\xff")


def test_what_does_not_exist_is_not_found(counters: list[Client]) -> None:
    conference, _ = scanned()
    page = ScannedPage.objects.first()
    assert page is not None

    for address in (
        at("picture", conference, "0" * 32),
        at("snippet", conference, page.image_id, 999),
        at("sheet", conference, "0" * 32),
    ):
        assert counters[0].get(address).status_code == 404


def closed(conference: Conference, pages: Sequence[MarkedPage]) -> None:
    s.decide_all(conference, pages)
    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)


def test_who_counted_is_told_that_the_conference_is_closed_not_to_ask_for_a_role(
    cast: Cast, counters: list[Client]
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = reverse("conferences:conference", args=[conference.pk])
    Conference.objects.update(state="closed", closed_at=timezone.now())

    own, stranger = counters[0].get(address), client_of(cast.counter).get(address)

    assert (own.status_code, stranger.status_code) == (403, 403)
    assert "nhiệm vụ của Tổ kiểm phiếu đã xong" in text(own)
    assert "nhiệm vụ của Tổ kiểm phiếu đã xong" not in text(stranger)
    assert "đề nghị người quản trị" in text(stranger)


def test_after_the_count_the_pages_of_counting_are_shut(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    shut = addresses(conference)
    closed(conference, pages)

    codes = {address: counters[0].get(address).status_code for address in shut}

    for address, code in codes.items():
        open_for_audit = "/to/" in address or "/anh/" in address
        assert code == (200 if open_for_audit else 403), address
    Conference.objects.update(state="closed")
    assert {counters[0].get(address).status_code for address in shut} == {403}


def upload(pages: Sequence[MarkedPage]) -> dict[str, object]:
    return {
        "files": [
            SimpleUploadedFile(f"{n}.jpg", page.jpeg) for n, page in enumerate(pages)
        ]
    }


def test_a_count_is_held_by_the_pages_alone(counters: list[Client]) -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)), odd_share=1.0)
    first = counters[0]
    before = text(first.get(at("desk", conference)))
    sent = first.post(at("upload", conference), upload(pages), follow=True)
    early = first.post(at("close", conference), follow=True)
    for client, somebody in zip(counters[1:], m.COUNTERS[1:], strict=True):
        while own := [
            one for one in questions_of(conference) if one.waits_for(somebody.login)
        ]:
            shown = text(client.get(at("boxes", conference)))
            answers = {
                f"o-{one.page.image_id}-{one.box}": s.as_meant(one, pages).value
                for one in own
            }
            assert any(field in shown for field in answers)
            client.post(at("boxes", conference), answers)
    ready = text(first.get(at("desk", conference)))
    done = first.post(at("close", conference), follow=True)
    conference.refresh_from_db()

    assert "Gửi và đọc" in before
    assert "Đã đọc 5 trang: 5 tờ phiếu." in text(sent)
    assert "chưa đủ người quyết định" in text(early)
    assert "khớp" in ready
    assert "Đã khoá kiểm phiếu" in text(done)
    assert conference.state == "counted"
    lines = m.only_contest(conference).lines.order_by("order")
    assert [line.agree for line in lines] == [5, 2]


def test_a_form_with_nothing_chosen_says_what_to_do(counters: list[Client]) -> None:
    conference, _ = scanned()

    answer = counters[0].post(at("boxes", conference), {"o-x-1": "1"}, follow=True)

    assert "Chưa chọn ô nào" in text(answer)


def test_boxes_are_grouped_by_reason_and_need_no_script(
    counters: list[Client],
) -> None:
    conference, _ = scanned()
    group = questions_of(conference)[-1].group

    page = text(counters[0].get(at("boxes", conference), {"nhom": group}))

    assert f'href="?nhom={group}" aria-current="true"' in page
    assert 'type="radio"' in page
    assert "<button>Ghi các ô đã chọn</button>" in page


def test_nobody_sees_what_another_decided(counters: list[Client]) -> None:
    conference, pages = scanned()
    before = text(counters[2].get(at("boxes", conference)))

    asked = questions_of(conference)
    counters[1].post(
        at("boxes", conference),
        {
            f"o-{one.page.image_id}-{one.box}": s.as_meant(one, pages).value
            for one in asked
        },
    )

    def plain(page: str) -> str:
        return page.split("<form", 2)[2].split("csrfmiddlewaretoken", 1)[1][120:]

    assert BoxDecision.objects.count() == len(asked)
    assert plain(text(counters[2].get(at("boxes", conference)))) == plain(before)


def test_scans_the_scanner_left_in_its_folder_are_taken_and_removed(
    counters: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, form = s.printed()
    folder = settings.SCANNER_FOLDER
    folder.mkdir(parents=True)
    for number, page in enumerate(s.scans(form, m.stack((5, 2)))):
        (folder / f"{number:03}.jpg").write_bytes(page.jpeg)
    started: list[int] = []
    monkeypatch.setattr(
        views_scans, "start_reading", lambda pk, **_: started.append(pk)
    )

    shown = text(counters[0].get(at("desk", conference)))
    counters[0].post(at("read_folder", conference))
    waiting = text(counters[0].get(at("desk", conference)))
    importing.read_waiting(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    assert "đã để 5 tệp" in shown
    assert started == [conference.pk]
    assert list(folder.iterdir()) == []
    assert "Có 5 tệp đã nhận mà chưa đọc xong" in waiting
    assert ScannedSheet.objects.count() == 5


def test_the_scanners_folder_gives_no_links_and_keeps_what_is_being_written(
    counters: list[Client], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, form = s.printed()
    folder = settings.SCANNER_FOLDER
    folder.mkdir(parents=True)
    first, second, third = (page.jpeg for page in s.scans(form, m.stack((5, 2))[:3]))
    (tmp_path / "secret").write_bytes(third)
    (folder / "0.jpg").symlink_to(tmp_path / "secret")
    (folder / "1.jpg").write_bytes(first)
    (folder / "2.jpg").write_bytes(second[:900])
    (folder / "3.jpg").write_bytes(third)
    monkeypatch.setattr(views_scans, "start_reading", lambda *_, **__: None)
    taken = views_scans._read_in_turn

    def meanwhile(files: Iterable[Path]) -> Iterator[bytes]:
        (folder / "3.jpg").unlink()  # another member took it
        yield from taken(files)
        (folder / "2.jpg").write_bytes(second)

    monkeypatch.setattr(views_scans, "_read_in_turn", meanwhile)
    answer = counters[0].post(at("read_folder", conference))

    assert answer.status_code == 302
    assert len(store_of(conference).uploads()) == 2
    assert sorted(one.name for one in folder.iterdir()) == ["0.jpg", "2.jpg"]
    assert (folder / "2.jpg").read_bytes() == second


def test_of_two_conferences_that_count_neither_takes_the_scans_of_the_other(
    counters: list[Client],
) -> None:
    conference, form = s.printed()
    folder = settings.SCANNER_FOLDER
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(s.scans(form, m.stack((5, 2))[:1])[0].jpeg)
    other = Conference.objects.exclude(pk=conference.pk)[0]
    Conference.objects.filter(pk=other.pk).update(state="counting")

    answer = counters[0].post(at("read_folder", conference), follow=True)

    assert "Còn 1 hội nghị khác cũng đang kiểm phiếu" in text(answer)
    assert [one.name for one in folder.iterdir()] == ["1.jpg"]


def test_a_large_upload_is_read_by_a_process_of_its_own(
    counters: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, form = s.printed()
    monkeypatch.setattr(views_scans, "READ_AT_ONCE", 1)
    started: list[int] = []
    monkeypatch.setattr(
        views_scans, "start_reading", lambda pk, **_: started.append(pk)
    )

    answer = counters[0].post(
        at("upload", conference), upload(s.scans(form, m.stack((5, 2)))), follow=True
    )
    counters[0].post(at("read_on", conference))

    progress = counters[0].get(at("progress", conference), {"lan": "3"})
    given_up = counters[0].get(at("progress", conference), {"lan": "12"})
    assert "đang bắt đầu đọc" in text(progress)
    assert "HX-Redirect" not in progress.headers
    assert given_up.headers["HX-Redirect"] == at("desk", conference)
    assert "đang bắt đầu đọc" in text(answer)
    assert "?lan=2" in text(answer)
    assert "Đọc tiếp" in text(counters[0].get(at("desk", conference)))
    assert started == [conference.pk] * 2
    assert not ScannedSheet.objects.exists()


def test_a_scanner_may_write_a_file_a_page(counters: list[Client]) -> None:
    conference, _ = s.printed()
    files = [SimpleUploadedFile(f"{n}.jpg", b"%d" % n) for n in range(120)]

    answer = counters[0].post(at("upload", conference), {"files": files}, follow=True)

    assert "120 trang bị loại" in text(answer)
    assert "Trang bị loại (120)" in text(answer)
    assert "Còn 72 trang nữa" in text(answer)


def test_more_files_than_are_taken_at_once_are_refused_in_a_sentence(
    counters: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, _ = s.printed()
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_NUMBER_FILES", 2)
    files = [SimpleUploadedFile(f"{n}.jpg", b"%d" % n) for n in range(3)]

    answer = counters[0].post(at("upload", conference), {"files": files})

    assert answer.status_code == 400
    assert "quá nhiều tệp" in text(answer)
    assert not ScannedPage.objects.exists()


def test_scans_there_is_no_room_for_are_refused_in_a_sentence_and_no_fault(
    counters: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, _ = s.printed()
    monkeypatch.setattr(settings, "FILE_UPLOAD_TEMP_DIR", "/proc")  # takes no file
    large = SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(3_000_000))

    answer = counters[0].post(at("upload", conference), {"files": [large]})

    assert answer.status_code == 507
    assert "chưa nhận tệp nào" in text(answer)


def test_a_file_larger_than_is_ever_read_is_named_and_nothing_is_taken(
    counters: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    conference, _ = s.printed()
    folder = settings.SCANNER_FOLDER
    folder.mkdir(parents=True)
    (folder / "1.jpg").write_bytes(b"a scan")
    with (folder / "chong-1.tif").open("wb") as file:
        file.truncate(2**31)  # takes no room
    monkeypatch.setattr(views_scans, "MOST_BYTES", 2**31 - 1)

    taken = counters[0].post(at("read_folder", conference), follow=True)
    monkeypatch.setattr(views_scans, "MOST_BYTES", 3)
    files = [SimpleUploadedFile("chong-2.pdf", b"%PDF-"), SimpleUploadedFile("1", b"1")]
    sent = counters[0].post(at("upload", conference), {"files": files}, follow=True)

    assert "tệp chong-1.tif lớn hơn 500 MB" in text(taken)
    assert "tệp chong-2.pdf lớn hơn 500 MB" in text(sent)
    assert len(list(folder.iterdir())) == 2
    assert not hasattr(Conference.objects.get(pk=conference.pk), "scan_count")


def test_all_pages_refused_for_one_cause_are_dealt_with_at_once(
    counters: list[Client],
) -> None:
    conference, _ = scanned(odd_share=0.0)
    files = [SimpleUploadedFile(f"{n}.jpg", b"%d" % n) for n in range(3)]
    counters[0].post(at("upload", conference), {"files": files})
    address = at("pages_aside", conference)
    shown = text(counters[0].get(at("desk", conference)))

    for wrong in (
        {"rejection": ""},
        {"rejection": "blank"},
        {"rejection": "unreadable"},
    ):
        answer = counters[0].post(address, wrong, follow=True)
        assert "Không có trang bị loại nào như vậy" in text(answer)
    said = {"rejection": "unreadable", "reason": "not_a_ballot"}
    done = counters[1].post(address, said, follow=True)

    assert "Ghi cho cả 3 trang" in shown
    assert "Đã ghi 3 trang bị loại" in text(done)
    refused = ScannedPage.objects.exclude(rejection="")
    assert set(refused.values_list("set_aside_as", flat=True)) == {"not_a_ballot"}
    assert (
        not ScannedPage.objects.filter(rejection="").exclude(set_aside_as="").exists()
    )
    entry = LedgerEntry.objects.get(action="count.pages_set_aside")
    assert json.loads(entry.details)["images"] == sorted(
        refused.values_list("digest", flat=True)
    )


def test_a_member_doubts_a_box_on_the_page_of_its_sheet(
    counters: list[Client],
) -> None:
    conference, _ = scanned(odd_share=0.0)
    asked = {(one.page.pk, one.box) for one in questions_of(conference)}
    page = next(
        one
        for one in ScannedPage.objects.select_related("sheet")
        if (one.pk, 1) not in asked  # drawn to be checked by chance
    )
    assert page.sheet is not None
    shown = text(counters[0].get(at("sheet", conference, page.sheet.token)))
    address = at("box_ask", conference, page.image_id)

    wrong = counters[0].post(
        address, {"image_id": page.image_id, "box": 99}, follow=True
    )
    counters[0].post(address, {"image_id": page.image_id, "box": 1})
    boxes = text(counters[1].get(at("boxes", conference), {"nhom": "asked"}))

    assert "danh sách 1, dòng 1, không đồng ý" in shown
    assert "Chọn ô cần xem lại" in text(wrong)
    assert "Tổ kiểm phiếu đề nghị xem lại" in boxes


def test_a_keyer_opens_the_own_keying_again_by_the_page(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    s.decide_all(conference, pages)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 3)))
    own = conference.keyings.get(slot=1)
    address = reverse("conferences:keying_reopen", args=[own.pk])

    shown = text(counters[1].get(at("compared", conference)))
    other = counters[2].post(address)
    counters[1].post(address)
    own.refresh_from_db()

    assert address in shown
    assert other.status_code == 403
    assert not own.is_finished


def test_who_sends_scans_reads_how_to_set_the_scanner(counters: list[Client]) -> None:
    conference, _ = s.printed()

    shown = text(counters[0].get(at("desk", conference)))

    for word in ("thang xám", "xoá nền", "compact", "A4", "dropout"):
        assert word in shown


def test_an_empty_upload_and_a_foreign_file_are_answered_in_words(
    counters: list[Client],
) -> None:
    conference, _ = s.printed()

    nothing = counters[0].post(at("upload", conference), follow=True)
    broken = counters[0].post(
        at("upload", conference),
        {"files": SimpleUploadedFile("x.pdf", b"%PDF-1.7 nothing")},
        follow=True,
    )

    assert "Chưa chọn tệp quét nào" in text(nothing)
    assert '<p class="notice warning" role="status">Đã đọc 1 trang: 1 trang' in (
        text(broken)
    )
    assert "Tệp hỏng hoặc không phải PDF" in text(broken)
    assert "Không có ảnh để xem." in text(broken)
    assert "<img" not in text(broken)


def test_a_refused_page_is_shown_and_set_aside_with_a_reason(
    counters: list[Client],
) -> None:
    conference, _ = scanned()
    s.read(conference, [MarkedPage(jpeg=b"nothing", digest="", meant=(), written=())])
    page = ScannedPage.objects.get(rejection="unreadable")
    address = at("page_aside", conference, page.image_id)

    unknown = counters[0].post(address, {"reason": "x"}, follow=True)
    counters[0].post(address, {"reason": "not_a_ballot"})
    page.refresh_from_db()

    assert "không chờ xử lý" in text(unknown)
    assert page.set_aside_as == "not_a_ballot"


def test_two_members_rule_on_a_sheet_by_its_page(counters: list[Client]) -> None:
    conference, _ = scanned()
    sheet = ScannedSheet.objects.first()
    assert sheet is not None
    address = at("sheet", conference, sheet.token)

    empty = counters[0].post(address, follow=True)
    for client in counters[:2]:
        client.post(address, {"value": "torn"})
    late = counters[2].post(address, {"value": "torn"}, follow=True)

    assert "Chọn một kết luận" in text(empty)
    assert SheetRuling.objects.filter(sheet=sheet, value="torn").count() == 2
    assert "đã đủ người quyết định" in text(late)


def written() -> Conference:
    conference, form = s.printed(write_in_lines=1)
    stack = m.stack((5, 2))
    stack[0] = replace(stack[0], write_ins=(("Nguyễn Văn Dũng",),))
    s.read(conference, s.scans(form, stack))
    Person.objects.update(unit=conference.round.unit)
    return conference


def test_a_name_sent_twice_is_not_offered_as_the_name_of_the_next_line(
    counters: list[Client],
) -> None:
    conference, form = s.printed(write_in_lines=1)
    stack = [
        replace(one, write_ins=((f"Nguyễn Văn {name}",),))
        for one, name in zip(m.stack((5, 2)), "ABCDE", strict=True)
    ]
    s.read(conference, s.scans(form, stack))
    asked = next(one for one in questions_of(conference) if one.is_name)
    address = at("names", conference)
    fields = {
        "image_id": asked.page.image_id,
        "box": asked.box,
        "do": "keep",
        "name": "Nguyễn Văn Chín",
    }

    counters[0].post(address, fields)
    again = text(counters[0].post(address, fields))

    assert "đồng chí đã quyết định rồi" in again
    assert "Còn 4 dòng." in again
    assert "Nguyễn Văn Chín" not in again
    assert BoxDecision.objects.count() == 1


def test_a_written_name_is_found_without_accents_and_kept_as_text_or_person(
    counters: list[Client],
) -> None:
    conference = written()
    (asked,) = (one for one in questions_of(conference) if one.is_name)
    where = {"image_id": asked.page.image_id, "box": asked.box}
    address = at("names", conference)

    found = counters[0].post(address, {**where, "do": "find", "name": "nguyen van 4"})
    typed = counters[0].get(at("name_matches", conference), {"name": "nguyen van 4"})
    nobody = counters[0].post(address, {**where, "do": "find", "name": "khong ai"})
    empty = counters[0].post(address, {**where, "do": "keep", "name": " "})
    stranger = counters[0].post(
        address, {**where, "do": "keep", "name": "x", "person_key": "0"}
    )
    counters[0].post(
        address, {**where, "do": "keep", "name": "dung", "person_key": f"{4:012d}"}
    )
    counters[1].post(address, {**where, "do": "none"})
    third = text(counters[2].get(address))
    counters[2].post(address, {**where, "do": "keep", "name": "Nguyễn Văn Dũng"})

    assert "Nguyễn Văn Dũng" in text(found)
    assert "Nguyễn Văn Dũng" in text(typed)
    assert "Không thấy ai tên như vậy" in text(nobody)
    assert (empty.status_code, stranger.status_code) == (409, 409)
    assert "lượt thứ ba" in third
    said = BoxDecision.objects.order_by("look").values_list("name", "value")
    assert list(said) == [
        ("Nguyễn Văn Dũng, 1975", "name"),
        ("", "0"),
        ("Nguyễn Văn Dũng", "name"),
    ]


def test_a_search_that_finds_more_people_than_are_shown_says_so(
    counters: list[Client],
) -> None:
    conference = written()
    for number in range(12):
        Person.objects.create(
            key=f"them-{number}",
            full_name=f"Trần Thị {number}",
            search_key=f"tran thi {number}",
            sort_key=str(number),
            born="1980",
            unit=conference.round.unit,
        )
    address = at("name_matches", conference)

    many = text(counters[0].get(address, {"name": "tran"}))
    few = text(counters[0].get(address, {"name": "nguyen"}))

    assert "Chỉ hiện 12 người đầu" in many
    assert "Chỉ hiện" not in few


def test_the_comparison_shows_by_how_much_and_never_how_many(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    s.decide_all(conference, pages)
    for slot in (1, 2):
        m.keyed(conference, slot=slot, sheets=m.stack((5, 3)))

    differing = text(counters[0].get(at("compared", conference)))

    assert "Nguyễn Văn Bình" in differing
    assert "ít hơn 1" in differing
    assert "Nếu hai người đã quyết định sai một ô" in differing  # the way out
    assert "Nguyễn Văn An" not in differing


def test_who_keyed_may_open_their_keying_again_while_the_two_keyings_differ(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    s.decide_all(conference, pages)
    for slot, disagree in ((1, 2), (2, 3)):
        m.keyed(conference, slot=slot, sheets=m.stack((5, disagree)))
    keyed_by = {one.keyed_by for one in conference.keyings.all()}
    address = at("compared", conference)

    shown = {
        one.login: text(client.get(address))
        for one, client in zip(m.COUNTERS, counters, strict=True)
    }

    offered = {login for login, page in shown.items() if "Mở lại lượt nhập" in page}
    assert offered == keyed_by
    assert all("chưa được xem lại" in page for page in shown.values())
    assert all("/doi-chieu/" in page for page in shown.values())


def test_the_desk_says_that_a_keying_beside_the_scans_is_not_finished(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    s.decide_all(conference, pages)
    address = at("desk", conference)
    alone = text(counters[0].get(address))
    m.keyed(conference, slot=1, sheets=m.stack((5, 2)))
    begun = text(counters[0].get(address))
    m.keyed(conference, slot=2, sheets=m.stack((5, 2)))
    both = text(counters[0].get(address))

    assert "Chưa khoá được" not in alone
    assert "Chưa khoá được: Mới có 1 lượt nhập kết thúc" in begun
    assert "Chưa khoá được" not in both


def test_a_ruling_that_waits_for_a_second_person_is_not_called_a_missing_page(
    counters: list[Client],
) -> None:
    conference, pages = scanned()
    s.decide_all(conference, pages)
    token = conference.scanned_sheets.order_by("token")[0].token
    counters[0].post(at("sheet", conference, token), {"value": "torn"})

    desk = text(counters[1].get(at("desk", conference)))

    assert "Còn 1 tờ chưa đủ hai người kết luận giống nhau." in desk
    assert "thiếu trang hoặc nghi quét trùng" not in desk


@pytest.mark.parametrize("role", Role)
def test_only_head_and_standing_committee_destroy_pictures(role: Role) -> None:
    class Holder:
        def roles(self) -> frozenset[tuple[Role, str]]:
            return frozenset({(role, UNIT)})

    allowed = {Role.ORGANISING_HEAD, Role.STANDING_COMMITTEE}
    assert may(Holder(), Permission.DESTROY_IMAGES, unit_key=UNIT) is (role in allowed)


def test_pictures_are_destroyed_by_two_people_on_their_page(
    cast: Cast, head_client: Client
) -> None:
    conference, pages = scanned()
    closed(conference, pages)
    address = at("images", conference)
    secretary = client_of(cast.secretary)
    open_still = text(head_client.get(address))
    Conference.objects.update(state="closed", closed_at=timezone.now())
    early = text(head_client.get(address))
    Conference.objects.update(closed_at=m.NOW)
    due = text(head_client.get(address))

    head_client.post(address, {"do": "ask"})
    result = reverse("conferences:result", args=[conference.pk])
    waiting = text(secretary.get(result))
    alone = head_client.post(address, {"do": "approve"}, follow=True)
    secretary.post(address, {"do": "approve"})

    assert "chưa bế mạc" in open_still
    assert "Chưa đến ngày" in early
    assert 'value="ask"' not in early
    assert 'value="ask"' in due
    assert "cần người thứ hai" in text(alone)
    assert "đã huỷ" in text(secretary.get(address))
    assert "Ảnh phiếu: chờ phê duyệt huỷ" in waiting
    assert "Ảnh phiếu (đã huỷ)" in text(secretary.get(result))
    assert not (settings.BALLOT_IMAGES / conference.scan_count.token).exists()
    for user in (cast.reader, cast.stranger, cast.counter):
        assert client_of(user).get(address).status_code == 403


def test_every_action_on_scans_has_a_name_on_the_page_of_the_ledger(
    auditor_client: Client,
) -> None:
    conference, pages = scanned()
    closed(conference, pages)

    page = text(auditor_client.get(reverse("ledger_entries")))

    actions = LedgerEntry.objects.filter(action__startswith="count.")
    assert not [one for one in actions if f">{one.action}<" in page]
    details = json.loads(LedgerEntry.objects.get(action="count.scans_closed").details)
    assert details["contradicted"] == 0


def test_a_reading_that_has_just_begun_to_write_how_far_it_is_shows_a_page(
    counters: list[Client],
) -> None:
    conference, _ = scanned()
    store = store_of(conference)
    (store.folder / "progress").write_text("")
    with importing.only_reader(store):
        answer = counters[0].get(at("progress", conference))

        (store.folder / "progress").write_text("1044 2088")
        later = text(counters[0].get(at("progress", conference)))

    assert answer.status_code == 200
    assert "Đang mở các tệp đã nhận" in text(answer)
    assert 'max="2088" value="1044">1.044 trên 2.088' in later


def test_the_desk_says_what_keeps_the_count_open_and_comes_back_when_it_is_refused(
    counters: list[Client],
) -> None:
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((5, 2))[:3]))

    desk = counters[0].post(at("close", conference), follow=True)

    assert desk.redirect_chain[-1][0] == at("desk", conference)
    said = "Thu về 5 phiếu, mới quét được 3: còn thiếu 2 tờ."
    assert text(desk).count(said) == 3
    assert "Gần nhất: Đọc ảnh quét: 3 tờ phiếu" in text(desk)


def test_the_desk_says_that_people_read_a_check_otherwise_once_nothing_is_open(
    counters: list[Client],
) -> None:
    conference = with_a_wrong_reading()
    settled = text(counters[0].get(at("desk", conference)))
    BoxDecision.objects.filter(decided_by=m.COUNTERS[2].login).delete()

    one_has_looked = text(counters[0].get(at("desk", conference)))

    said = "1 ô máy đọc chắc chắn mà người đọc khác"
    assert said in settled
    assert "nút ở trang hội nghị" in settled
    assert said not in one_has_looked


def test_the_desk_warns_of_two_ballots_joined_to_one_where_only_the_number_tells(
    counters: list[Client],
) -> None:
    conference, form = s.printed(write_in_lines=20)
    pages = s.scans(form, m.stack((5, 2)))
    assert len(pages) == 10  # two a ballot
    s.read(conference, [*pages[:3], *pages[5:]])  # of two ballots one half is missing

    page = text(counters[0].get(at("desk", conference)))

    assert "Thiếu 1 tờ mà không tờ nào thiếu trang" in page


def test_where_a_page_is_missing_the_desk_speaks_of_that_alone(
    counters: list[Client],
) -> None:
    conference, form = s.printed(write_in_lines=20)
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, [*pages[:3], *pages[4:8]])

    page = text(counters[0].get(at("desk", conference)))

    assert "Thiếu trang 2" in page
    assert "không tờ nào thiếu trang" not in page


def test_of_ballots_of_one_page_the_desk_says_only_how_many_are_missing(
    counters: list[Client],
) -> None:
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((5, 2))[:4]))

    page = text(counters[0].get(at("desk", conference)))

    assert "còn thiếu 1 tờ" in page
    assert "không tờ nào thiếu trang" not in page


def test_beside_the_button_the_desk_says_all_that_still_keeps_the_count_open(
    counters: list[Client],
) -> None:
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((5, 2))[:3], odd_share=1.0))
    waiting = sum(one.answer is None for one in questions_of(conference))

    page = text(counters[0].get(at("desk", conference)))

    beside = page.split("Chưa khoá được: ")[1].split("</span>")[0]
    assert waiting > 0
    assert "còn thiếu 2 tờ." in beside
    assert f"Còn {waiting} ô, dòng ghi thêm chưa đủ người quyết định." in beside


def test_the_sheet_another_resembles_is_shown_page_by_page_beside_it(
    counters: list[Client],
) -> None:
    conference, _ = scanned()
    one, other = ScannedSheet.objects.all()[:2]
    one.perhaps_same_as = other.token
    one.save()
    ScannedPage.objects.create(
        conference=conference, sheet=other, image_id="0" * 32, page=2, digest="d"
    )

    shown = text(counters[0].get(at("sheet", conference, one.token)))

    beside = shown.split("Tờ giống nó")[1]
    assert beside.index("Trang 1") < beside.index("Trang 2")
