"""``kecan slate`` as an organising officer uses it, on the demonstration district."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kecan.cli import slate, structure
from kecan.cli.app import app
from kecan.sample.district import build_district
from kecan.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

COMMANDS = (slate, structure)
RUN = CliRunner()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slate") / "huyen.xlsx"
    write_workbook(build_district(seed=2022).register, path)
    return path


def _run(workbook: Path, *options: str) -> Result:
    day = ("--as-of", "2022-05-10", "--term", "2025-2030")
    return RUN.invoke(app, ["slate", str(workbook), *day, *options])


def test_the_district_gets_a_proven_proposal_with_reasons(workbook: Path) -> None:
    result = _run(workbook, "--json", "--seconds", "900")

    assert result.exit_code == 0
    tables = json.loads(result.stdout)["tables"]
    assert all(one["reason"] for one in (*tables["slate"], *tables["left_out"]))
    assert [one for one in tables["levels"] if one["missing"] != one["bound"]] == []
    assert any("kinh tế" in one["missing"] for one in tables["missing"])


def test_more_people_than_a_post_may_have_is_a_conflict(workbook: Path) -> None:
    result = _run(workbook, "--need-people", "9", "--json")

    assert result.exit_code == 1
    said = [one["sentence"] for one in json.loads(result.stdout)["tables"]["conflict"]]
    assert said[0] == "Bí thư Huyện uỷ cần ít nhất 9 người."
    assert said[1].startswith("Bí thư Huyện uỷ: tối đa 3 người")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--keep", "A"), "--keep: 'A' cần dạng MÃ_CÁN_BỘ:MÃ_CHỨC_DANH."),
        (("--keep", "A:BT"), "Không có cán bộ mã 'A'."),
        (("--order", "height"), "--order: 'height' có quy tắc không biết"),
        (("--order", "women,women"), "Thứ tự ưu tiên ghi 'women' hai lần."),
        (("--rules", "377-qd-tw"), "không có hiệu lực ngày 10/05/2022"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    workbook: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = _run(workbook, *options)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not result.stdout
