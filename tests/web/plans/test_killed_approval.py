"""An approval killed at any moment leaves the plan before it or after it."""

from __future__ import annotations

import signal
import sqlite3
from typing import TYPE_CHECKING

from tests.web.killed import run

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = """
from datetime import date
from tests.web.organisation.registers import (
    ANOTHER, AT, decide_everything, open_a_round,
)
from tests.web.plans.test_round import approve, concluded
from kecan.web.audit.actions import Program
from kecan.web.plans import actions
from kecan.web.plans.models import PlanningRound

if sys.argv[1] == "prepare":
    call_command("migrate", verbosity=0)
    opened = open_a_round()
    decide_everything(opened)
    concluded(opened)
    actions.appraise(round_id=opened.pk, opinion="Nhất trí.", by=Program(), at=AT)
    actions.request_approval(round_id=opened.pk, by=Program(), at=AT)
    sys.exit()
planning_round = PlanningRound.objects.get()
die_after(int(sys.argv[1]), 100)
approve(planning_round, by=ANOTHER)
"""
WHAT_STANDS = (
    "SELECT state FROM plans_planninground",
    "SELECT count(*) FROM plans_plandecision",
    "SELECT count(*) FROM plans_planmovement WHERE decision_id IS NOT NULL",
    "SELECT count(*) FROM audit_ledgerentry",
)


def standing(home: Path) -> tuple[str, int, int, int]:
    database = sqlite3.connect(home / "kecan.sqlite3")
    state, decisions, movements, entries = (
        database.execute(one).fetchone()[0] for one in WHAT_STANDS
    )
    database.close()
    return state, decisions, movements, entries


def test_a_killed_approval_leaves_before_or_after_and_never_between(
    tmp_path: Path,
) -> None:
    assert run(tmp_path, SCRIPT, "prepare") == 0
    before = standing(tmp_path)

    for left in ("1", "3", "8"):
        assert run(tmp_path, SCRIPT, left) == -signal.SIGKILL
        assert standing(tmp_path) == before
    assert run(tmp_path, SCRIPT, "0") == 0

    state, decisions, movements, entries = standing(tmp_path)
    assert before[0] == "appraised"
    assert state == "approved"
    assert decisions == before[1] + 1
    assert movements > before[2]
    assert entries == before[3] + 1
