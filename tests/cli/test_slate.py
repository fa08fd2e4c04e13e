"""``kecan slate`` as an organising officer uses it, on the demonstration district."""

from __future__ import annotations

import json
from dataclasses import replace
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

    from kecan.regulations.facts import Register

OVER_ALL = """
[pack]
key = "tren-100"
kind = "overlay"
title = { vi = "Thử", en = "Trial" }
in_force_from = 2022-01-01

[sources.thu]
document = "1-QĐ/HU"
dated = 2022-01-01

[[value]]
key = "composition.women_share"
effective_from = 2022-01-01
value = "110/100"
unit = "ratio"
description = { vi = "Tỷ lệ nữ", en = "Share of women" }
source = "thu"
confidence = "assumed"
note = { vi = "Để thử.", en = "For the test." }
"""
COMMANDS = (slate, structure)
RUN = CliRunner()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("slate") / "huyen.xlsx"
    write_workbook(build_district(seed=2022).register, path)
    return path


@pytest.fixture(scope="module")
def proven(workbook: Path) -> Result:
    """The proposal with time enough: solved once, looked at by several tests."""
    return _run(workbook, "--json", "--seconds", "900")


def _run(workbook: Path, *options: str) -> Result:
    day = ("--as-of", "2022-05-10", "--term", "2025-2030")
    return RUN.invoke(app, ["slate", str(workbook), *day, *options])


def test_the_district_gets_a_proven_proposal_with_reasons(proven: Result) -> None:
    assert proven.exit_code == 0
    tables = json.loads(proven.stdout)["tables"]
    assert all(one["reason"] for one in (*tables["slate"], *tables["left_out"]))
    assert [one for one in tables["levels"] if one["missing"] != one["bound"]] == []
    assert any("kinh tế" in one["missing"] for one in tables["missing"])


def test_without_time_the_proposal_says_that_it_is_not_proven(workbook: Path) -> None:
    result = _run(workbook, "--json", "--seconds", "0")

    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert "chưa chứng minh hết" in said["remarks"][-1]
    assert any(one["proven"] == "chưa chứng minh" for one in said["tables"]["levels"])


def test_without_time_to_judge_it_is_said_how_far_it_came(workbook: Path) -> None:
    result = _run(workbook, "--judging-seconds", "0")

    assert result.exit_code == 2
    assert "Hết 0 giây mới xét điều kiện được 1 trong 5400 lượt" in result.stderr
    assert "--judging-seconds" in result.stderr
    assert not result.stdout


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
        (("--rules", "1-qd"), "--rules: "),
        (("--overlay", "khong-co.toml"), "--overlay: không mở được tệp"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    workbook: Path, options: tuple[str, ...], sentence: str
) -> None:
    result = _run(workbook, *options)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not result.stdout


def test_keeping_and_ruling_out_the_same_placement_is_refused(workbook: Path) -> None:
    place = f"{build_district(seed=2022).register.people[0].person_id}:BT"

    result = _run(workbook, "--keep", place, "--never", place)

    assert result.exit_code == 2
    assert "Quyết định mâu thuẫn: vừa giữ vừa loại" in result.stderr


def test_a_share_over_one_hundred_per_cent_is_refused(
    workbook: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "tren-100.toml"
    overlay.write_text(OVER_ALL, "utf-8")

    result = _run(workbook, "--overlay", str(overlay))

    assert result.exit_code == 2
    assert "'composition.women_share' là 11/10, không được quá 1" in result.stderr
    assert not result.stdout


def test_a_register_without_planned_posts_is_refused(tmp_path: Path) -> None:
    register = build_district(seed=2022).register
    posts = tuple(replace(post, is_planned=False) for post in register.posts)

    result = _run(written(replace(register, posts=posts), tmp_path))

    assert result.exit_code == 2
    assert "Không có chức danh nào cần quy hoạch." in result.stderr


def test_a_register_without_anybody_eligible_is_refused(tmp_path: Path) -> None:
    register = build_district(seed=2022).register

    result = _run(written(replace(register, people=(), plan=()), tmp_path))

    assert result.exit_code == 2
    assert "Không có ai đủ điều kiện cho chức danh nào" in result.stderr


def test_the_missing_profiles_name_the_nearest_people(proven: Result) -> None:
    profiles = json.loads(proven.stdout)["tables"]["profiles"]
    assert any("có chuyên môn kinh tế" in one["profile"] for one in profiles)
    assert all(one["nearest"] for one in profiles)


def test_a_coefficient_nobody_entered_is_said_to_bound_nothing(proven: Result) -> None:
    remarks = json.loads(proven.stdout)["remarks"]
    assert sum("hệ số chưa nhập không giới hạn gì" in one for one in remarks) == 2


def written(register: Register, folder: Path) -> Path:
    path = folder / "so.xlsx"
    write_workbook(register, path)
    return path
