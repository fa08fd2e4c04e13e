"""A reading that is killed leaves nothing half-kept; of two who decide at once, one does."""

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
from tests.web.paper_count import scanned as s
from kecan.web.accounts.actions import create_user
from kecan.web.conferences.models import Conference
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.actions import adjudicating, importing
from kecan.web.paper_count.questions import questions_of

what, left, who = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if what == "prepare":
    call_command("migrate", verbosity=0)
    conference, form = s.printed()
    if left:
        def until_killed():
            yield b"\\xff\\xd8\\xff"
            os.kill(os.getpid(), signal.SIGKILL)

        importing.receive_scans(
            conference_id=conference.pk, files=until_killed(), by=m.COUNTERS[0], at=m.DAY
        )
    pages = s.scans(form, m.stack((5, 2)), odd_share=1.0)
    importing.receive_scans(
        conference_id=conference.pk,
        files=[page.jpeg for page in pages],
        by=m.COUNTERS[0],
        at=m.DAY,
    )
    create_user(
        login=m.COUNTERS[0].login,
        full_name=m.COUNTERS[0].full_name,
        password="mật khẩu chỉ để thử 2022",
        by=m.OFFICER,
        at=m.DAY,
    )
    sys.exit()
conference = Conference.objects.get(order=1)
by = m.COUNTERS[who]
if what == "race-decide":
    asked = [one for one in questions_of(conference) if not one.is_name][:1]
    answers = [
        adjudicating.Answer(image_id=one.page.image_id, box=one.box, value=s.MARKED)
        for one in asked
    ]
die_after(left, 10)
print("ready", flush=True)
if what.startswith("race"):
    sys.stdin.readline()
try:
    if what == "read":
        importing.read_waiting(conference_id=conference.pk, by=by, at=m.DAY)
    else:
        adjudicating.decide_boxes(
            conference_id=conference.pk, answers=answers, by=by, at=m.DAY
        )
except ConferenceRefusalError as refusal:
    print(type(refusal).__name__)
    sys.exit(1)
"""
NEVER = "0"


def rows(home: Path, table: str) -> int:
    database = sqlite3.connect(home / "kecan.sqlite3")
    (found,) = database.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    database.close()
    return int(found)


def standing(home: Path) -> tuple[int, ...]:
    tables = (
        "paper_count_scannedsheet",
        "paper_count_scannedpage",
        "audit_ledgerentry",
    )
    return tuple(rows(home, table) for table in tables)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("prepared")
    assert run(home, SCRIPT, "prepare", NEVER, "0") == 0
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the database and its folders as they stand when the step begins."""
    return copytree(prepared, tmp_path, dirs_exist_ok=True)


def test_killed_while_scans_are_kept_it_stands_before_and_is_read_again(
    home: Path,
) -> None:
    before = standing(home)
    for left in ("5", "50", "100"):
        assert run(home, SCRIPT, "read", left, "0") == -signal.SIGKILL
        assert standing(home) == before

    assert run(home, SCRIPT, "read", NEVER, "0") == 0

    assert before[:2] == (0, 0)
    assert standing(home) == (5, 5, before[2] + 1)
    (folder,) = (home / "ballot-images").iterdir()
    pictures = [path for path in folder.iterdir() if len(path.name) == 32]
    assert len(pictures) == 5
    assert not list((folder / "incoming").iterdir())


def test_killed_while_the_first_scans_arrive_the_folder_is_known_to_be_destroyed(
    tmp_path: Path,
) -> None:
    assert run(tmp_path, SCRIPT, "prepare", "1", "0") == -signal.SIGKILL

    database = sqlite3.connect(tmp_path / "kecan.sqlite3")
    known = database.execute("SELECT token FROM paper_count_scancount").fetchall()
    database.close()
    (folder,) = (tmp_path / "ballot-images").iterdir()
    assert list((folder / "incoming").iterdir())  # a scan, and its key beside
    assert (tmp_path / "ballot-keys" / folder.name).is_file()
    assert known == [(folder.name,)]


def test_a_process_of_its_own_reads_what_waits(home: Path) -> None:
    reading = "from kecan.web.paper_count.reader import main; main('1', sys.argv[1], '2022-05-10')"

    with start(home, reading, "kiemphieu1") as child:
        child.communicate()

    assert child.returncode == 0
    assert standing(home)[:2] == (5, 5)


@pytest.mark.db_race
def test_of_two_who_decide_one_box_at_once_each_has_a_look_of_their_own(
    home: Path,
) -> None:
    assert run(home, SCRIPT, "read", NEVER, "0") == 0
    children = [start(home, SCRIPT, "race-decide", NEVER, who) for who in "012"]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    said = sorted(
        (child.wait(), child.stdout.read().strip())
        for child in children
        if child.stdout is not None
    )
    for child in children:
        child.communicate()

    assert said == [(0, ""), (0, ""), (1, "DecisionNotOpenError")]
    database = sqlite3.connect(home / "kecan.sqlite3")
    looks = database.execute(
        "SELECT look FROM paper_count_boxdecision ORDER BY look"
    ).fetchall()
    database.close()
    assert looks == [(1,), (2,)]
