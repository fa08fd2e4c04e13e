"""Pictures of sheets: unreadable without their key, and gone for good when destroyed."""

from __future__ import annotations

import json
import os
import re
import stat
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.urls import reverse
from tests.web.conferences import morning as m
from tests.web.conftest import UNIT, account, client_of
from tests.web.paper_count import scanned as s

from kecan.web.accounts.actions import create_user
from kecan.web.accounts.models import User
from kecan.web.audit.models import LedgerEntry
from kecan.web.conferences.actions import closing as ending
from kecan.web.paper_count.actions import closing, destroying
from kecan.web.paper_count.images import ImagesDestroyedError, ImageStore
from kecan.web.paper_count.models import ScanCount, ScannedPage
from kecan.web.paper_count.queries import store_of
from kecan.web.paper_count.refusals import ImagesKeptError
from kecan.web.permissions import Role
from kecan.web.starting import keep_plain_uploads_in, start_django

if TYPE_CHECKING:
    from pytest_django import Settings

    from kecan.web.conferences.models import Conference

HEAD = m.Somebody(login="truongban", full_name="Trưởng Ban")
SECRETARY = m.Somebody(login="thuongtruc", full_name="Thường trực")
KEPT = timedelta(days=settings.BALLOT_IMAGE_DAYS)


@pytest.fixture
def store() -> ImageStore:
    made = ImageStore(token="f" * 32)
    made.make_key()
    return made


def test_a_picture_on_disk_shows_nothing_and_reads_back_whole(
    store: ImageStore,
) -> None:
    picture = b"\xff\xd8\xff" + b"phieu" * 1000

    store.write("a" * 32, picture)

    stored = (store.folder / ("a" * 32)).read_bytes()
    assert b"phieu" not in stored
    assert not stored.startswith(b"\xff\xd8\xff")
    assert store.read("a" * 32) == picture


def test_key_and_pictures_are_their_owners_alone(store: ImageStore) -> None:
    store.receive([b"x"])
    store.write("a" * 32, b"x")

    for folder in (store.folder.parent, store.folder, store.incoming):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in (store.key_file, store.folder / ("a" * 32)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert store.key_file.parent != store.folder.parent


def test_what_the_program_writes_only_its_owner_reads(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        start_django()
        (tmp_path / "kecan.sqlite3").write_bytes(b"")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "kecan.sqlite3").stat().st_mode) == 0o600


def test_plain_uploads_of_a_server_that_was_killed_go_when_it_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KECAN_PLAIN_UPLOADS", "before")
    folder, taken = tmp_path / "own", tmp_path / "taken"
    folder.mkdir()
    (folder / "tmp1.upload.pdf").write_bytes(b"%PDF-")
    taken.write_bytes(b"")

    keep_plain_uploads_in(taken)
    of_others = os.environ["KECAN_PLAIN_UPLOADS"]
    keep_plain_uploads_in(folder)

    assert of_others == "before"
    assert os.environ["KECAN_PLAIN_UPLOADS"] == str(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == []


def test_the_same_key_is_kept_when_it_is_made_again(store: ImageStore) -> None:
    key = store.key_file.read_bytes()

    store.make_key()

    assert store.key_file.read_bytes() == key
    assert len(key) == 32


def test_a_changed_or_exchanged_picture_is_not_read(store: ImageStore) -> None:
    store.write("a" * 32, b"one")
    store.write("b" * 32, b"other")
    one, other = store.folder / ("a" * 32), store.folder / ("b" * 32)
    one.write_bytes(other.read_bytes())
    whole = other.read_bytes()
    other.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))

    for name in ("a" * 32, "b" * 32):
        with pytest.raises(ValueError, match="was changed"):
            store.read(name)


def test_without_the_key_nothing_is_read(store: ImageStore) -> None:
    store.write("a" * 32, b"x")
    store.key_file.unlink()

    with pytest.raises(ImagesDestroyedError):
        store.read("a" * 32)


def closed() -> Conference:
    """Return a conference with scanned ballots, counted, minuted and closed."""
    conference, form = s.printed()
    pages = s.scans(form, m.stack((5, 2)))
    s.read(conference, pages)
    s.decide_all(conference, pages)
    closing.close_scanned_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
    m.sign_all(conference)
    return ending.close_conference(conference_id=conference.pk, by=m.OFFICER, at=m.NOW)


@pytest.mark.django_db
def test_two_people_destroy_key_and_pictures_and_the_result_stays() -> None:
    conference = closed()
    store, day = store_of(conference), m.DAY + KEPT
    names = list(ScannedPage.objects.values_list("image_id", flat=True))
    copy = {name: (store.folder / name).read_bytes() for name in names}

    left = store.plain_base / f"{store.plain_prefix}of-a-reading-that-was-killed"
    left.mkdir()

    destroying.ask_destruction(conference_id=conference.pk, by=HEAD, at=day)
    destroying.approve_destruction(conference_id=conference.pk, by=SECRETARY, at=day)

    assert not left.exists()
    assert not store.folder.exists()
    assert not store.key_file.exists()
    assert list(Path(settings.BALLOT_KEYS).iterdir()) == []
    store.folder.mkdir(parents=True)
    (store.folder / names[0]).write_bytes(copy[names[0]])
    with pytest.raises(ImagesDestroyedError):
        store.read(names[0])
    entry = LedgerEntry.objects.get(action="count.images_destroyed")
    assert (entry.actor, "truongban" in entry.details) == ("thuongtruc", True)
    assert conference.count.valid == 5
    assert ScannedPage.objects.count() == 5


@pytest.mark.django_db
def test_one_person_does_not_destroy_pictures_alone() -> None:
    conference = closed()
    day = m.DAY + KEPT

    with pytest.raises(ImagesKeptError, match="Không có đề nghị"):
        destroying.approve_destruction(conference_id=conference.pk, by=HEAD, at=day)
    destroying.ask_destruction(conference_id=conference.pk, by=HEAD, at=day)
    with pytest.raises(ImagesKeptError, match="người thứ hai"):
        destroying.approve_destruction(conference_id=conference.pk, by=HEAD, at=day)

    assert store_of(conference).key_file.exists()


@pytest.mark.django_db
def test_two_accounts_of_one_dossier_are_one_person_who_destroys_nothing() -> None:
    conference = closed()
    day = m.DAY + KEPT
    for one in (HEAD, SECRETARY):
        create_user(
            login=one.login,
            full_name=one.full_name,
            password=None,
            by=m.OFFICER,
            at=m.DAY,
            person_key="CB-007",
        )
    destroying.ask_destruction(conference_id=conference.pk, by=HEAD, at=day)

    with pytest.raises(ImagesKeptError, match="người thứ hai"):
        destroying.approve_destruction(
            conference_id=conference.pk, by=SECRETARY, at=day
        )

    assert store_of(conference).key_file.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("by", [HEAD, SECRETARY], ids=["who asked", "the other"])
def test_a_request_to_destroy_is_withdrawn_by_either_and_the_pictures_stay(
    by: m.Somebody,
) -> None:
    conference = closed()
    who: dict[str, Any] = {"conference_id": conference.pk, "at": m.DAY + KEPT}
    with pytest.raises(ImagesKeptError, match="Không có đề nghị"):
        destroying.withdraw_destruction(by=by, **who)
    destroying.ask_destruction(by=HEAD, **who)

    destroying.withdraw_destruction(by=by, **who)

    with pytest.raises(ImagesKeptError, match="Không có đề nghị"):
        destroying.approve_destruction(by=SECRETARY, **who)
    assert store_of(conference).key_file.exists()
    entry = LedgerEntry.objects.get(action="count.images_destruction_withdrawn")
    assert (entry.actor, json.loads(entry.details)) == (
        by.login,
        {"conference": "r/1", "asked_by": HEAD.login},
    )
    destroying.ask_destruction(by=SECRETARY, **who)


@pytest.mark.django_db
def test_what_is_destroyed_is_not_withdrawn() -> None:
    conference = closed()
    who: dict[str, Any] = {"conference_id": conference.pk, "at": m.DAY + KEPT}
    destroying.ask_destruction(by=HEAD, **who)
    destroying.approve_destruction(by=SECRETARY, **who)

    with pytest.raises(ImagesKeptError, match="Không có đề nghị"):
        destroying.withdraw_destruction(by=HEAD, **who)

    assert ScanCount.objects.get().destroyed_by == SECRETARY.login


@pytest.mark.django_db
def test_a_period_made_longer_after_the_request_is_waited_for(
    settings: Settings,
) -> None:
    conference = closed()
    who: dict[str, Any] = {"conference_id": conference.pk, "at": m.DAY + KEPT}
    destroying.ask_destruction(by=HEAD, **who)
    settings.BALLOT_IMAGE_DAYS += 1

    with pytest.raises(ImagesKeptError, match="phải giữ đến hết ngày"):
        destroying.approve_destruction(by=SECRETARY, **who)


@pytest.mark.django_db
def test_the_page_offers_each_of_two_people_what_they_may_do() -> None:
    conference = closed()
    address = reverse("paper_count:images", args=[conference.pk])
    clients = {
        one.login: client_of(account(one.login, roles=[(role, UNIT)]))
        for one, role in (
            (HEAD, Role.ORGANISING_HEAD),
            (SECRETARY, Role.STANDING_COMMITTEE),
        )
    }

    def offered(one: m.Somebody) -> list[str]:
        page = clients[one.login].get(address).content.decode()
        return re.findall(r'name="do" value="(\w+)"', page)

    before = offered(HEAD)
    clients[HEAD.login].post(address, {"do": "ask"})
    asked = offered(HEAD), offered(SECRETARY)
    User.objects.update(person_key="CB-007")
    of_one_dossier = offered(SECRETARY)
    kept = clients[SECRETARY.login].post(address, {"do": "withdraw"}, follow=True)

    assert before == ["ask"]
    assert asked == (["withdraw"], ["approve", "withdraw"])
    assert of_one_dossier == ["withdraw"]
    assert "ảnh phiếu giữ nguyên" in kept.content.decode()
    assert not ScanCount.objects.get().destruction_asked_by


@pytest.mark.django_db
def test_pictures_are_kept_for_the_period_of_the_unit() -> None:
    conference = closed()

    with pytest.raises(ImagesKeptError, match="phải giữ đến hết ngày"):
        destroying.ask_destruction(
            conference_id=conference.pk, by=HEAD, at=m.DAY + KEPT - timedelta(days=1)
        )

    destroying.ask_destruction(conference_id=conference.pk, by=HEAD, at=m.DAY + KEPT)
