"""A command given wrongly is refused in one Vietnamese sentence, with status 2."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

import pytest
import typer

from kecan.cli import retirement  # noqa: F401  joins the application
from kecan.cli.app import app
from kecan.cli.ballot import ballot_app  # noqa: F401  joins the application
from kecan.cli.usage import run

if TYPE_CHECKING:
    from pathlib import Path

BORN = ["retirement", "--born", "1972-02"]
PRINT = ["ballot", "print", "form.toml", "-o", "ballot.pdf"]


def _refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        run(app, words=words)
    assert ended.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([*BORN, "--sex", "nữ"], "--sex: 'nữ' không dùng được; cần một trong 'male', "),
        ([*BORN, "--sex", "male", "--colour"], "Không có tuỳ chọn --colour."),
        ([*BORN, "--sexe", "male"], "Không có tuỳ chọn --sexe; gần giống: --sex."),
        (BORN, "Thiếu --sex."),
        (["retirement", "--born"], "--born: cần một giá trị đi kèm."),
        (["retirement", "--json=1"], "--json: không nhận giá trị."),
        ([*BORN, "--sex", "male", "thừa"], "Thừa: thừa."),
        (["ballot", "print"], "Thiếu FORM."),
        ([*PRINT, "--copies", "0"], "--copies: '0' không dùng được; cần số từ 1 trở"),
        ([*PRINT, "--copies", "ba"], "--copies: 'ba' không dùng được; cần một số"),
        (["retirment"], "Không có lệnh 'retirment'; có phải 'retirement'?"),
        (["in-phiếu"], "Không có lệnh 'in-phiếu'."),
    ],
)
def test_what_is_wrong_is_said_in_one_vietnamese_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    error = _refused(words, capsys)

    assert error.startswith(said)
    assert error.count("\n") == 1
    assert "--born:" in error or "--json:" in error or "Xem thêm: " in error


def test_in_english_it_is_said_without_the_inside_of_a_library(
    capsys: pytest.CaptureFixture[str],
) -> None:
    error = _refused([*BORN, "--sex", "nu", "--lang", "en"], capsys)

    assert error.startswith("Invalid value for '--sex': 'nu' is not one of 'male'")


def test_a_question_nobody_answers_ends_in_a_sentence(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asking = _asking()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as ended:
        run(asking, words=[])

    assert ended.value.code == 2
    assert "không nhận được gì từ bàn phím" in capsys.readouterr().err


def _asking() -> typer.Typer:
    asking = typer.Typer()

    @asking.command()
    def ask() -> None:
        typer.prompt("Tên")

    return asking
