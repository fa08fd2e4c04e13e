"""Nothing stored or written of a scanned sheet leads to a person, a time or an order."""

from __future__ import annotations

import json
import re
import stat
import struct
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conferences.test_secrecy import FORBIDDEN, _reached
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.models import KeyingLogLine
from kecan.web.paper_count.actions import closing, importing, keying
from kecan.web.paper_count.actions.adjudicating import commitment
from kecan.web.paper_count.models import (
    AuditedSheet,
    BallotPrint,
    BoxDecision,
    PaperAudit,
    ScanCount,
    ScannedPage,
    ScannedSheet,
    SheetReading,
    SheetRuling,
)
from kecan.web.paper_count.queries import store_of
from kecan.web.paper_count.questions import questions_of
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from django.test import Client
    from tests.web.conftest import Cast

    from kecan.web.conferences.models import Conference

pytestmark = pytest.mark.django_db
HOLD_A_CHOICE = (
    ScannedSheet,
    ScannedPage,
    BoxDecision,
    SheetRuling,
    SheetReading,
    AuditedSheet,
)
EVERYTHING = (*HOLD_A_CHOICE, BallotPrint, ScanCount, PaperAudit)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_every_table_of_the_app_is_known_to_this_test() -> None:
    assert set(apps.get_app_config("paper_count").get_models()) == set(EVERYTHING)


@pytest.mark.parametrize("model", EVERYTHING)
def test_no_chain_of_foreign_keys_leads_from_a_scan_to_a_person(
    model: type[models.Model],
) -> None:
    assert FORBIDDEN.isdisjoint(_reached(model))


@pytest.mark.parametrize("model", EVERYTHING)
def test_no_time_is_kept_of_a_scan(model: type[models.Model]) -> None:
    times = [
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.DateField | models.TimeField | models.DurationField)
    ]

    assert times == []


def test_only_what_is_said_of_a_scan_points_at_it() -> None:
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model in HOLD_A_CHOICE
    }

    assert pointing <= set(HOLD_A_CHOICE)


def test_a_sheet_keyed_by_hand_is_bound_in_the_ledger_and_shown_to_nobody(
    cast: Cast,
) -> None:
    conference, form = s.printed()
    s.read(conference, s.scans(form, m.stack((5, 2))[:4]))
    counters = [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]
    sheet = keying.set_sheet_to_key(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )
    clients = [*readers(cast), *counters]
    own = reverse("paper_count:sheet_by_hand", args=[conference.pk, sheet.token])
    said = keying.key_sheet(
        conference_id=conference.pk,
        token=sheet.token,
        read=m.sheet(1, m.AGREE, m.DISAGREE),
        by=m.COUNTERS[0],
        at=m.DAY,
    )
    before = [*everything_shown(conference, clients), *_shown(own, counters)]
    said.states = [["disagree", "agree"]]
    said.save()

    assert [*everything_shown(conference, clients), *_shown(own, counters)] == before
    entry = json.loads(LedgerEntry.objects.get(action="count.sheet_keyed").details)
    said.refresh_from_db()
    assert entry["commitment"] != keying.reading_commitment(said)
    said.states = [["agree", "disagree"]]
    assert entry == {
        "conference": "r/1",
        "look": 1,
        "commitment": keying.reading_commitment(said),
    }


def _shown(address: str, clients: list[Client]) -> list[str]:
    return [TOKEN.sub("", one.get(address).content.decode()) for one in clients]


def many(count: int = 12) -> tuple[Conference, list[str]]:
    """Return a count of so many sheets read at once, and their hashes as they were fed."""
    conference, form = s.printed()
    stack = [m.sheet(1, m.AGREE, m.DISAGREE)] * count
    pages = s.scans(form, stack)
    s.read(conference, pages)
    return conference, [page.digest for page in pages]


def test_rows_and_pictures_come_into_being_in_another_order_than_the_sheets_were_fed() -> (
    None
):
    conference, fed = many()

    rows = conference.scanned_pages.order_by("pk")
    by_row = list(rows.values_list("digest", flat=True))
    by_sheet = list(rows.order_by("sheet__pk").values_list("digest", flat=True))
    folder = settings.BALLOT_IMAGES / conference.scan_count.token
    digests = dict(rows.values_list("image_id", "digest"))
    by_inode = [
        digests[path.name]
        for path in sorted(folder.iterdir(), key=lambda path: path.stat().st_ino)
        if path.name in digests
    ]

    assert sorted(by_row) == sorted(fed)
    for order in (by_row, by_sheet, by_inode):
        assert order != fed
        assert order != fed[::-1]


def test_a_picture_has_no_time_and_no_name_of_its_file() -> None:
    conference, _ = many(2)
    folder = settings.BALLOT_IMAGES / conference.scan_count.token

    pictures = [path for path in folder.iterdir() if len(path.name) == 32]

    assert len(pictures) == 2
    assert {path.stat().st_mtime for path in pictures} == {0}
    assert not list(folder.glob("incoming/*"))


def test_nothing_kept_tells_which_sheets_were_read_together(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages[:4])
    s.read(conference, pages[4:])
    late = ScannedSheet.objects.get(pages__digest=pages[4].digest)
    by_hand = keying.set_sheet_to_key(
        conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
    )
    ids = list(ScannedSheet.objects.values_list("pk", flat=True))
    ids += ScannedPage.objects.values_list("pk", flat=True)
    assert len(str(min(ids))) > 12  # drawn, not counted
    by_hand.delete()
    s.decide_all(conference, pages)
    decided = BoxDecision.objects.values_list("pk", flat=True)
    assert all(len(str(one)) > 12 for one in decided)
    folder = store_of(conference).folder
    before = {path.name: path.stat().st_ino for path in folder.iterdir()}
    contents = {
        name: store_of(conference).read(name)
        for name in ScannedPage.objects.values_list("image_id", flat=True)
    }
    time.sleep(0.02)  # a file system counts in steps of some milliseconds
    closes = time.time_ns()

    with django_capture_on_commit_callbacks(execute=True):
        closing.close_scanned_count(
            conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY
        )

    assert late.pk in ids
    for name, content in contents.items():
        about = (folder / name).stat()
        assert about.st_ctime_ns > closes - 10_000_000
        assert about.st_ino != before[name]
        assert (about.st_mtime, stat.S_IMODE(about.st_mode)) == (0, 0o600)
        assert store_of(conference).read(name) == content


def part(kind: int, content: bytes) -> bytes:
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


TIME = b"2022:05:10 09:41:07"
UPRIGHT = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x112, 3, 1, 1, 0, 0)
TURNED = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x112, 3, 1, 3, 0, 0)


@pytest.mark.parametrize("tags", [UPRIGHT, TURNED], ids=["upright", "turned"])
def test_what_the_scanner_noted_in_a_picture_is_not_kept(tags: bytes) -> None:
    conference, form = s.printed()
    (page,) = s.scans(form, m.stack((5, 2))[:1])
    noted = (
        page.jpeg[:2]
        + part(0xE1, b"Exif\0\0" + tags + TIME)
        + part(0xFE, b"scan 0017")
        + page.jpeg[2:]
        + b"0018"
    )

    s.read(conference, [replace(page, jpeg=noted)])
    kept = ScannedPage.objects.get()
    stored = store_of(conference).read(kept.image_id)

    assert kept.rejection == ""
    for note in (TIME, b"0017", b"0018", b"Exif"):
        assert note not in stored
    if tags == UPRIGHT:
        assert stored == page.jpeg


def test_plain_scans_are_gone_once_they_are_read(tmp_path: Path) -> None:
    many(2)

    begins = [path.read_bytes()[:3] for path in tmp_path.rglob("*") if path.is_file()]

    assert begins
    assert b"\xff\xd8\xff" not in begins


def test_plain_scans_of_a_reading_that_was_killed_go_when_its_batch_is_dropped(
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    store = store_of(conference)
    who: dict[str, Any] = {
        "conference_id": conference.pk,
        "by": m.COUNTERS[0],
        "at": m.DAY,
    }

    def left_by_one_that_was_killed() -> Path:
        folder = store.plain_base / f"{store.plain_prefix}killed"
        folder.mkdir()
        (folder / "1.jpg").write_bytes(pages[0].jpeg)
        return folder

    left = left_by_one_that_was_killed()
    importing.receive_scans(files=[b"wrong stack"], **who)
    importing.drop_batch(batch=next(iter(store.batches())), **who)
    assert not left.exists()

    left = left_by_one_that_was_killed()
    with django_capture_on_commit_callbacks(execute=True):
        closing.close_scanned_count(**who)
    assert not left.exists()


def readers(cast: Cast) -> list[Client]:
    """Return everybody but the counting committee of the conference."""
    roles = {
        "head": Role.ORGANISING_HEAD,
        "officer": Role.ORGANISING_OFFICER,
        "higher": Role.HIGHER_LEVEL,
    }
    users = [cast.secretary, cast.reader, cast.stranger, cast.counter]
    users += [account(login, roles=[(role, UNIT)]) for login, role in roles.items()]
    users += [account("auditor", roles=[(Role.AUDITOR, "")])]
    return [client_of(user) for user in users]


def everything_shown(conference: Conference, clients: list[Client]) -> list[str]:
    names = ("desk", "boxes", "names", "compared", "audit", "images", "progress")
    addresses = [
        reverse("home"),
        reverse("ledger_entries"),
        reverse("conferences:conference", args=[conference.pk]),
        reverse("conferences:result", args=[conference.pk]),
        *(reverse(f"paper_count:{name}", args=[conference.pk]) for name in names),
    ]
    answers = [client.get(address) for client in clients for address in addresses]
    return [
        f"{answer.status_code} {TOKEN.sub('', answer.content.decode())}"
        for answer in answers
    ]


def turn_every_mark() -> None:
    """Swap the two boxes of every line, and what people said of them."""
    for page in ScannedPage.objects.all():
        states = [box["state"] for box in page.boxes]
        for index, box in enumerate(page.boxes):
            box["state"] = states[index ^ 1]
        page.save()


def test_until_the_count_closes_no_page_of_anybody_depends_on_a_mark(
    cast: Cast,
) -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 1)))
    s.read(conference, pages)
    counters = [
        client_of(account(one.login, roles=[(Role.COUNTING_COMMITTEE, UNIT)]))
        for one in m.COUNTERS
    ]
    s.decide_all(conference, pages)
    BoxDecision.objects.all().delete()
    for seed in range(20):  # one that draws no box of so few to be checked
        conference.scan_count.check_seed = f"{seed}"
        conference.scan_count.save()
        if not questions_of(conference):
            break
    everybody = [*readers(cast), *counters]
    assert questions_of(conference) == []
    before = everything_shown(conference, everybody)

    turn_every_mark()

    assert everything_shown(conference, everybody) == before


def test_the_ledger_binds_every_decision_and_says_none() -> None:
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)), odd_share=1.0)
    s.read(conference, pages)
    s.decide_all(conference, pages)

    entries = LedgerEntry.objects.filter(action="count.boxes_decided")
    written = [
        one for entry in entries for one in json.loads(entry.details)["decisions"]
    ]
    made = {
        commitment(one, digest=one.page.digest)
        for one in BoxDecision.objects.select_related("page")
    }

    assert len(made) == len(written) > 0
    assert {one["commitment"] for one in written} == made
    assert {key for one in written for key in one} == {
        "image",
        "reason",
        "scores",
        "look",
        "commitment",
    }
    decision = BoxDecision.objects.first()
    assert decision is not None
    decision.value = BoxDecision.Value.INVALID
    assert commitment(decision, digest=decision.page.digest) not in made


def test_no_entry_or_log_line_of_scans_says_more_than_the_day_and_how_many() -> None:
    conference, form = s.printed()
    first = set(LedgerEntry.objects.values_list("sequence", flat=True))
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)

    entries = LedgerEntry.objects.exclude(sequence__in=first)
    assert set(entries.values_list("at", flat=True)) == {"2022-05-10"}
    said = " ".join(KeyingLogLine.objects.values_list("text", flat=True))
    assert "Nguyễn" not in said
    assert "đồng ý" not in said
