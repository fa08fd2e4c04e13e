"""An import killed at any moment leaves the register before it or after it."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.web.killed import run
from tests.web.organisation.registers import district

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
from tests.web.organisation.registers import import_district

if sys.argv[1] == "migrate":
    call_command("migrate", verbosity=0)
    sys.exit()
die_after(int(sys.argv[1]), 200)
import_district()
"""
TABLES = (
    "organisation_person",
    "organisation_officeheld",
    "organisation_importbatch",
    "plans_planmovement",
    "audit_ledgerentry",
)


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
    assert run(tmp_path, SCRIPT, "migrate") == 0
    return tmp_path


def test_a_killed_import_leaves_before_or_after_and_never_between(home: Path) -> None:
    before = counts(home)

    for steps in (20, 90, 180):
        assert run(home, SCRIPT, str(steps)) == -signal.SIGKILL
        assert counts(home) == before

    assert run(home, SCRIPT, "0") == 0
    people, offices, batches, movements, entries = counts(home)
    assert (people, batches, entries) == (len(district().register.people), 1, 1)
    assert offices > people
    assert movements > 0
