"""A count that is killed stands before or after the step; two who race, one wins."""

from __future__ import annotations

import signal
import sqlite3
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from tests.web.killed import run, start

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
from tests.web.conferences import morning as m
from kecan.web.conferences.actions import ballots, count
from kecan.web.conferences.models import Conference
from kecan.web.conferences.refusals import ConferenceRefusalError

what, left = sys.argv[1], int(sys.argv[2])
if what == "prepare":
    call_command("migrate", verbosity=0)
    conference = m.counting(m.opened(m.first_conference(m.small_round())))
    m.keyed(conference, slot=1, sheets=m.stack((5, 2)))
    count.start_keying(conference_id=conference.pk, slot=2, by=m.COUNTERS[2], at=m.DAY)
    sys.exit()
conference = Conference.objects.get(order=1)
keying = conference.keyings.get(slot=2)

die_after(left, 50)
print("ready", flush=True)
if what.startswith("race"):
    sys.stdin.readline()
try:
    if what == "key":
        count.key_sheets(keying_id=keying.pk, sheets=m.stack((5, 2)), by=m.COUNTERS[2])
    elif what in ("finish", "race-finish"):
        count.finish_keying(keying_id=keying.pk, by=m.COUNTERS[2], at=m.DAY)
    else:
        count.close_count(conference_id=conference.pk, by=m.COUNTERS[0], at=m.DAY)
except ConferenceRefusalError as refusal:
    print(type(refusal).__name__)
    sys.exit(1)
"""
NEVER = "0"
WHAT_STANDS = (
    "SELECT count(*) FROM conferences_keyedsheet",
    "SELECT state FROM conferences_conference WHERE [order] = 1",
    "SELECT coalesce(valid, -1) FROM conferences_count",
    "SELECT sum(coalesce(agree, 0)) FROM conferences_contestline",
    "SELECT count(*) FROM conferences_keyinglogline",
    "SELECT count(*) FROM audit_ledgerentry",
)


def race(home: Path, what: str) -> list[tuple[int, str]]:
    """Let two processes do the same at once; return how each ended."""
    with (
        start(home, SCRIPT, what, NEVER) as one,
        start(home, SCRIPT, what, NEVER) as other,
    ):
        for child in (one, other):
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in (one, other):
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        said = [child.communicate()[0].strip() for child in (one, other)]
    return sorted(zip((one.returncode, other.returncode), said, strict=True))


def standing(home: Path) -> tuple[object, ...]:
    database = sqlite3.connect(home / "kecan.sqlite3")
    found = tuple(database.execute(one).fetchone()[0] for one in WHAT_STANDS)
    database.close()
    return found


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("prepared")
    assert run(home, SCRIPT, "prepare", NEVER) == 0
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the database and its folders as they stand when the step begins."""
    return copytree(prepared, tmp_path, dirs_exist_ok=True)


def test_killed_while_keying_or_closing_it_stands_before_or_after(home: Path) -> None:
    before_keying = standing(home)
    for left in ("1", "4"):
        assert run(home, SCRIPT, "key", left) == -signal.SIGKILL
        assert standing(home) == before_keying
    assert run(home, SCRIPT, "key", NEVER) == 0
    assert run(home, SCRIPT, "finish", NEVER) == 0
    before_closing = standing(home)

    for left in ("2", "12"):
        assert run(home, SCRIPT, "close", left) == -signal.SIGKILL
        assert standing(home) == before_closing
    assert run(home, SCRIPT, "close", NEVER) == 0

    assert before_keying[:4] == (5, "counting", -1, 0)
    assert before_closing[:4] == (10, "counting", -1, 0)
    assert standing(home)[:4] == (10, "counted", 5, 7)


@pytest.mark.db_race
def test_of_two_who_do_the_same_at_once_one_does_it_and_one_is_refused(
    home: Path,
) -> None:
    assert run(home, SCRIPT, "key", NEVER) == 0
    entries = standing(home)[5]

    assert race(home, "race-finish") == [(0, ""), (1, "KeyingFinishedError")]
    assert race(home, "race-close") == [(0, ""), (1, "ConferenceStateError")]

    assert standing(home)[:4] == (10, "counted", 5, 7)
    assert standing(home)[5] == entries + 2  # type: ignore[operator]
