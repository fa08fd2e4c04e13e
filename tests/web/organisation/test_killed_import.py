"""An import killed at any moment leaves the register before it or after it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

CHILD = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from tests.web.organisation.registers import import_district

if sys.argv[1] == "migrate":
    call_command("migrate", verbosity=0)
    sys.exit()
connection.ensure_connection()
left = int(sys.argv[1])

def die_in_the_middle():
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return 0

connection.connection.set_progress_handler(die_in_the_middle, 200)
import_district()
"""
TABLES = (
    "organisation_person",
    "organisation_officeheld",
    "organisation_importbatch",
    "plans_planmovement",
    "audit_ledgerentry",
)


def child(home: Path, argument: str) -> int:
    environment = {
        **os.environ,
        "KECAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kecan.web.settings",
        "DATABASE_URL": "",
    }
    return subprocess.run(  # noqa: S603  our own interpreter and script
        [sys.executable, "-c", CHILD, argument],
        env=environment,
        cwd=Path(__file__).parents[3],
        check=False,
    ).returncode


def counts(home: Path) -> tuple[int, ...]:
    with sqlite3.connect(home / "kecan.sqlite3") as database:
        found = tuple(
            database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in TABLES
        )
    database.close()
    return found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    assert child(tmp_path, "migrate") == 0
    return tmp_path


def test_a_killed_import_leaves_before_or_after_and_never_between(home: Path) -> None:
    before = counts(home)

    for steps in (20, 300, 800):
        assert child(home, str(steps)) == -signal.SIGKILL
        assert counts(home) == before

    assert child(home, "0") == 0
    people, offices, batches, movements, entries = counts(home)
    assert (people, batches, entries) == (120, 1, 1)
    assert offices > people
    assert movements > 0
