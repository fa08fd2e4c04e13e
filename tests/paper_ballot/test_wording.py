"""What the ballot tells voters is what it is counted by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.paper_ballot.ballots import FORM

from kecan.paper_ballot.form_file import read_form
from kecan.paper_ballot.wording import Question, instructions
from kecan.regulations.chains import shipped_validity

if TYPE_CHECKING:
    from pathlib import Path

MINIMAL = """
[ballot]
issuer = "A"
stamp = "B"
occasion = "C"
[[contest]]
title = "D"
term = "E"
max_choices = 1
[[contest.nominee]]
name = "G"
"""


def test_voters_are_told_whether_both_boxes_spoil_the_ballot() -> None:
    usual = " ".join(instructions(Question.NOMINATE, has_write_ins=False))
    strict = " ".join(
        instructions(Question.NOMINATE, has_write_ins=False, both_boxes_spoil=True)
    )

    assert "phiếu vẫn hợp lệ" in usual
    assert "phiếu vẫn hợp lệ" not in strict
    assert "cả hai ô là cả phiếu không hợp lệ" in strict
    assert replace(FORM, both_boxes_spoil=True).event != FORM.event


def test_the_form_file_says_what_is_printed_and_its_silence_means_the_rule_pack(
    tmp_path: Path,
) -> None:
    form = tmp_path / "mau.toml"
    form.write_text(MINIMAL, "utf-8")
    assert (
        read_form(form).both_boxes_spoil
        is shipped_validity().rules.both_boxes_is_invalid
    )

    form.write_text(f"{MINIMAL}[validity]\nboth_boxes_is_invalid = true\n", "utf-8")

    assert read_form(form).both_boxes_spoil
