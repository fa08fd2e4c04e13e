"""``kecan ballot audit``: from count.json and dice to the sheets to pull."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

import kecan.cli.ballot_audit  # noqa: F401  registers the command
from kecan.cli.app import app
from kecan.paper_ballot.form_file import read_form
from kecan.regulations.chains import load_chain

if TYPE_CHECKING:
    from pathlib import Path

DICE = "93686630803205229070"
FORM = """[ballot]
issuer = "Huyện uỷ An Lạc"
stamp = "Dấu"
occasion = "Hội nghị"
[[contest]]
title = "Bí thư"
term = "2025 - 2030"
max_choices = 1
[[contest.nominee]]
name = "Nguyễn Văn An"
"""
STEP = next(one.key for one in load_chain("seed-2022").steps if one.threshold)


def run(folder: Path, *more: str, dice: str = DICE) -> tuple[int, str, str]:
    form, count = folder / "form.toml", folder / "count.json"
    form.write_text(FORM, "utf-8")
    ballots = [
        {"standing": "counted", "why": "", "sheets": [f"{n:064d}"]} for n in range(100)
    ]
    pages = [
        {
            "sha256": f"{n:064d}",
            "file": f"chong-{1 + n // 50}.pdf",
            "file_page": 1 + n % 50,
            "boxes": [{"contest": 1, "line": 1, "column": "agree", "state": "1"}]
            if n < 90
            else [],
        }
        for n in range(100)
    ]
    if not count.exists():
        event = read_form(form).event
        line = {"agree": 90, "disagree": 0, "neither": 10}
        made = {
            "event": event,
            "totals": {"valid": 100, "invalid": 0, "contests": [[line]]},
            "batch": {"unaccounted": None},
            "ballots": ballots,
            "sheets": pages,
            "rejected": [{"reason": "blank"}],
        }
        count.write_text(json.dumps(made), "utf-8")
    done = CliRunner().invoke(
        app,
        [
            "ballot",
            "audit",
            str(count),
            "--form",
            str(form),
            "--dice",
            dice,
            "--step",
            STEP,
            "--base",
            "100",
            *more,
        ],
    )
    return done.exit_code, done.stdout, done.stderr


def test_it_says_which_sheets_to_pull_and_confirms_when_they_match(
    tmp_path: Path,
) -> None:
    status, out, _ = run(tmp_path, "--json")
    pull = json.loads(out)["pull"]
    found = tmp_path / "found.csv"
    rows = [f"{n},1,{'1' if n <= 90 else ''}" for n in pull]
    found.write_text("\n".join(["sheet,valid,contest1", *rows]), "utf-8")

    assert status == 1
    assert 0 < len(pull) < 10
    status, out, _ = run(tmp_path, "--sheets", str(found))
    assert status == 0
    assert "kết quả được khẳng định" in out


def test_each_sheet_drawn_is_found_by_its_scan_file_and_page(tmp_path: Path) -> None:
    _, out, _ = run(tmp_path, "--json")
    drawn = json.loads(out)
    _, listed, _ = run(tmp_path)

    first = drawn["pull"][0]
    file, page = f"chong-{1 + (first - 1) // 50}.pdf", 1 + (first - 1) % 50
    assert drawn["places"][0] == {
        "sheet": first,
        "pages": [{"file": file, "page": page}],
    }
    assert listed.splitlines()[1].split("  ")[-1] == f"{file}, trang {page}"
    assert len(listed.splitlines()) == 1 + len(drawn["pull"])


@pytest.mark.parametrize("dice", ["123", "x" * 20])
def test_bad_dice_are_refused(tmp_path: Path, dice: str) -> None:
    status, _, err = run(tmp_path, dice=dice)

    assert (status, "20 chữ số" in err) == (2, True)


def test_a_broken_count_or_a_pending_ballot_is_refused(tmp_path: Path) -> None:
    (tmp_path / "count.json").write_text("{", "utf-8")

    status, _, err = run(tmp_path)

    assert (status, "Không đọc được count.json" in err) == (2, True)


def test_the_count_of_another_ballot_is_refused(tmp_path: Path) -> None:
    run(tmp_path)
    file = tmp_path / "count.json"
    count = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps(count | {"event": "0" * 12}), "utf-8")

    status, _, err = run(tmp_path)

    assert (status, "mẫu phiếu khác" in err) == (2, True)


def test_a_count_with_ballots_that_wait_says_how_many(tmp_path: Path) -> None:
    run(tmp_path)
    file = tmp_path / "count.json"
    count = json.loads(file.read_text("utf-8"))
    for ballot in count["ballots"][:3]:
        ballot["standing"] = "pending"
    file.write_text(json.dumps(count), "utf-8")

    status, _, err = run(tmp_path, "--lang", "en")

    assert (status, "3 ballots still wait for a person" in err) == (2, True)


Change = Callable[[dict[str, Any]], object]
CHANGES: list[tuple[str, Change]] = [
    ("1 trang bị loại", lambda c: c["rejected"].append({"reason": "unreadable"})),
    ("lệch 3", lambda c: c["batch"].update(unaccounted=3)),
    ("totals.contests[0][0].agree", lambda c: c["totals"]["contests"][0][0].update(agree=91)),
    ("totals.valid", lambda c: c["totals"].update(valid=101)),
    ("totals.invalid", lambda c: c["totals"].update(invalid=1)),
    ("totals.valid", lambda c: c["ballots"][0].update(standing="invalid")),
    ("ballots[0]", lambda c: c["ballots"][0].update(standing="Counted")),
    ("ballots/sheets", lambda c: c["ballots"].append(c["ballots"][0])),
    ("ballots/sheets", lambda c: c["ballots"].pop()),
    ("ballots[100]", lambda c: c["ballots"].append({"standing": "counted", "sheets": []})),
    ("sheets[0]", lambda c: c["sheets"][0]["boxes"][0].update(state="?")),
    ("agree", lambda c: c["sheets"][99]["boxes"].append(c["sheets"][0]["boxes"][0])),
]  # fmt: skip


@pytest.mark.parametrize(("says", "change"), CHANGES, ids=map(str, range(len(CHANGES))))
def test_a_count_that_is_not_finished_or_was_changed_by_hand_is_not_audited(
    tmp_path: Path, says: str, change: Change
) -> None:
    run(tmp_path)
    file = tmp_path / "count.json"
    count = json.loads(file.read_text("utf-8"))
    change(count)
    file.write_text(json.dumps(count), "utf-8")

    status, out, err = run(tmp_path)

    assert (status, out) == (2, "")
    assert "count.json" in err
    assert says in err
