"""A copy made and brought back with the commands a system administrator types."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_MAKE = """
from datetime import UTC, datetime
from kecan.web.starting import start_django
start_django()
from django.core.management import call_command
from django.db import transaction
from kecan.web.audit.actions import Program, record
call_command("migrate", verbosity=0)
for number in range(3):
    with transaction.atomic():
        record(action="round.opened", by=Program(), at=datetime(2022, 5, 10, tzinfo=UTC),
               subject=f"Đợt {number}")
"""


def _python(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if name != "DATABASE_URL"
    }
    environment["KECAN_HOME"] = str(home)
    return subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _kecan(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _python(home, "-m", "kecan", *arguments)


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    made = _python(home, "-c", _MAKE)
    assert made.returncode == 0, made.stderr
    (home / "media").mkdir()
    (home / "media" / "anh.jpg").write_bytes(b"anh")
    return home


@pytest.fixture(scope="module")
def passphrase(instance: Path) -> Path:
    file = instance / "cum-mat-khau"
    file.write_text("một cụm đủ dài\n", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def copy(instance: Path, passphrase: Path) -> Path:
    file = instance / "ban-sao.kecan"
    made = _kecan(
        instance, "backup", "-o", str(file), "--passphrase-file", str(passphrase)
    )
    assert made.returncode == 0, made.stderr
    return file


def test_a_copy_comes_back_whole_into_an_empty_home(
    copy: Path, passphrase: Path, tmp_path: Path
) -> None:
    restored = _kecan(
        tmp_path, "restore", str(copy), "--passphrase-file", str(passphrase), "--json"
    )
    verified = _kecan(tmp_path, "ledger", "verify", "--json")

    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["entries"] == 4
    assert json.loads(verified.stdout)["entries"] == 5
    assert (tmp_path / "media" / "anh.jpg").read_bytes() == b"anh"


def test_where_there_is_no_ledger_one_sentence_says_so_and_nothing_is_made(
    tmp_path: Path,
) -> None:
    nowhere = _kecan(tmp_path, "ledger", "verify")

    assert nowhere.returncode == 2
    assert nowhere.stderr.startswith("Chưa có nhật ký nào ở đây; đặt KECAN_HOME")
    assert nowhere.stderr.count("\n") == 1
    assert list(tmp_path.glob("*.sqlite3")) == []


def test_a_copy_in_which_something_the_ledger_binds_was_changed_does_not_come_back(
    passphrase: Path, tmp_path: Path
) -> None:
    source, target = tmp_path / "nguon", tmp_path / "dich"
    dice = 'action="count.audit_begun", details={"dice": "1" * 20}'
    made = _python(source, "-c", _MAKE.replace('action="round.opened"', dice))
    secret = ("--passphrase-file", str(passphrase))
    copied = _kecan(source, "backup", "-o", str(tmp_path / "sao"), *secret)

    refused = _kecan(target, "restore", str(tmp_path / "sao"), *secret)

    assert (made.returncode, copied.returncode, refused.returncode) == (0, 0, 1)
    assert "từ mục số 1: xúc xắc" in refused.stderr
    assert list(target.glob("*.sqlite3")) == []


def test_only_its_owner_can_read_a_copy(copy: Path) -> None:
    assert copy.stat().st_mode & 0o077 == 0


def test_present_data_are_kept_and_replaced_only_when_asked(
    copy: Path, passphrase: Path, tmp_path: Path
) -> None:
    (tmp_path / "kecan.sqlite3").write_bytes(b"")
    typed = ("restore", str(copy), "--passphrase-file", str(passphrase))

    refused = _kecan(tmp_path, *typed)
    replaced = _kecan(tmp_path, *typed, "--replace", "--json")

    assert (refused.returncode, replaced.returncode) == (2, 0)
    assert "--replace" in refused.stderr
    kept = json.loads(replaced.stdout)["kept"]
    assert os.listdir(kept) == ["kecan.sqlite3"]  # noqa: PTH208  # a text from JSON


_SCAN = """
import django
django.setup()
from django.core.management import call_command
from tests.web.conferences import morning as m
from tests.web.paper_count import scanned as s
from kecan.web.paper_count.actions.importing import receive_scans
call_command("migrate", verbosity=0)
receive_scans(conference_id=s.printed()[0].pk, files=[b"scan"], by=m.COUNTERS[0], at=m.DAY)
"""


def test_pictures_the_copy_does_not_know_are_kept_with_the_data_that_do(
    passphrase: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "kecan.web.settings")
    home, secret = tmp_path / "nha", ("--passphrase-file", str(passphrase))
    scanned = _python(home, "-c", _SCAN)
    copied = _kecan(home, "backup", "-o", str(tmp_path / "sao"), *secret)
    (token,) = os.listdir(home / "ballot-keys")  # noqa: PTH208
    (home / "ballot-images" / "scanned-later").mkdir()
    (home / "ballot-keys" / "scanned-later").write_bytes(b"key")

    restored = _kecan(home, "restore", str(tmp_path / "sao"), *secret, "--replace")

    assert (scanned.returncode, copied.returncode, restored.returncode) == (0, 0, 0)
    (kept,) = home.glob("before-restore-*")
    for name in ("ballot-images", "ballot-keys"):
        assert [one.name for one in (home / name).iterdir()] == [token]
        assert [one.name for one in (kept / name).iterdir()] == ["scanned-later"]
    assert "phần mềm không huỷ được nữa" in restored.stdout


def test_data_another_program_writes_to_are_not_replaced(
    copy: Path, passphrase: Path, tmp_path: Path
) -> None:
    database = tmp_path / "kecan.sqlite3"
    with closing(sqlite3.connect(database)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("CREATE TABLE here (one)")
        other.execute("BEGIN IMMEDIATE")
        refused = _kecan(
            tmp_path,
            "restore",
            str(copy),
            "--passphrase-file",
            str(passphrase),
            "--replace",
        )

    assert refused.returncode == 2
    assert "đang dùng dữ liệu" in refused.stderr
    with closing(sqlite3.connect(database)) as held:
        assert held.execute("SELECT name FROM sqlite_master").fetchall() == [("here",)]


def test_a_wrong_passphrase_changes_nothing(copy: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "khac"
    wrong.write_text("một cụm khác hẳn\n", encoding="utf-8")

    refused = _kecan(
        tmp_path, "restore", str(copy), "--passphrase-file", str(wrong), "--lang", "en"
    )

    assert refused.returncode == 1
    assert "does not open" in refused.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["khac"]


def test_what_cannot_be_a_copy_is_refused_in_one_sentence(
    passphrase: Path, tmp_path: Path
) -> None:
    file = tmp_path / "tep.kecan"
    file.write_bytes(b"PK\x03\x04")

    refused = _kecan(
        tmp_path, "restore", str(file), "--passphrase-file", str(passphrase)
    )

    assert refused.returncode == 2
    assert refused.stderr.strip().endswith("không phải bản sao lưu của Kecan.")


def test_a_file_that_is_no_copy_is_refused_before_a_passphrase_is_asked_for(
    tmp_path: Path,
) -> None:
    file = tmp_path / "so.xlsx"
    file.write_bytes(b"PK\x03\x04")

    refused = _kecan(tmp_path / "home", "restore", str(file))

    assert refused.returncode == 2
    assert refused.stderr == f"{file} không phải bản sao lưu của Kecan.\n"


def test_a_copy_that_came_back_tells_its_day_as_it_is_written_here(
    copy: Path, passphrase: Path, tmp_path: Path
) -> None:
    restored = _kecan(
        tmp_path, "restore", str(copy), "--passphrase-file", str(passphrase)
    )

    assert re.search(r"bản ngày \d\d/\d\d/\d{4}: nhật ký", restored.stdout)


def test_a_short_passphrase_is_refused(instance: Path, tmp_path: Path) -> None:
    short = tmp_path / "ngan"
    short.write_text("ngắn\n", encoding="utf-8")

    refused = _kecan(
        instance, "backup", "-o", str(tmp_path / "a"), "--passphrase-file", str(short)
    )

    assert refused.returncode == 2
    assert "ít nhất 12" in refused.stderr
    assert not (tmp_path / "a").exists()
