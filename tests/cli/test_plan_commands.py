"""``kecan structure``, ``gaps``, ``forecast`` and ``compare`` on the demonstration district."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook
from typer.testing import CliRunner

from kecan.cli import compare, forecast, gaps, structure
from kecan.cli.app import app
from kecan.sample.district import build_district
from kecan.workbook import write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

DRAFT = """[pack]
key = "du-thao"
kind = "overlay"
title = { vi = "Dự thảo", en = "Draft" }
in_force_from = 2026-01-01
[sources.draft]
document = "Dự thảo"
dated = 2026-01-01
[[value]]
key = "composition.women_share"
effective_from = 2026-01-01
value = "2/5"
unit = "ratio"
description = { vi = "Tỷ lệ nữ", en = "Women" }
source = "draft"
confidence = "verified"
[[value]]
key = "age.reference_month"
effective_from = 2026-01-01
value = "2029-06"
unit = "month"
description = { vi = "Tháng tính tuổi", en = "Reference month" }
source = "draft"
confidence = "verified"
"""
COMMANDS = (compare, forecast, gaps, structure)
RUN = CliRunner()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("huyen") / "huyen.xlsx"
    write_workbook(build_district(seed=2022).register, path)
    return path


def _run(command: str, workbook: Path, *options: str) -> Result:
    common = ["--as-of", "2022-05-10", "--term", "2020-2025"]
    return RUN.invoke(app, [command, str(workbook), *common, *options])


def _tables(command: str, workbook: Path, *options: str) -> dict[str, Any]:
    result = _run(command, workbook, "--json", *options)
    assert result.exit_code == 0, result.output
    tables: dict[str, Any] = json.loads(result.stdout)["tables"]
    return tables


def test_structure_names_lists_shares_warnings_and_the_review_queue(
    workbook: Path,
) -> None:
    tables = _tables("structure", workbook)

    women = next(row for row in tables["plans"] if row["measure"] == "Cán bộ nữ")
    assert (women["have"], women["of"], women["need"]) == (18, 77, 20)
    nobody = [one["post_id"] for one in tables["warnings"] if not one["people"]]
    assert nobody == ["T-QLDT"]
    reasons = {one["reason"] for one in tables["review_queue"]}
    assert {"Có việc kỷ luật", "Xếp loại dưới mức yêu cầu"} <= reasons


def test_gaps_put_economics_and_technical_training_first(workbook: Path) -> None:
    fields = _tables("gaps", workbook, "--profiles")["fields"]

    assert [one["field"] for one in fields[:2]] == ["kinh tế", "kỹ thuật"]


def test_the_forecast_dates_the_first_retirements(workbook: Path) -> None:
    tables = _tables("forecast", workbook, "--leaving-rate", "0.03", "--runs", "20")

    assert [one["month"] for one in tables["retirements"][:2]] == ["11/2022", "08/2023"]
    assert len(tables["calendar"]) == 11
    assert tables["simulation"]


def test_the_same_data_are_compared_under_two_rule_sets_and_a_departure(
    workbook: Path,
) -> None:
    tables = _tables(
        "compare", workbook, "--rules", "50-qd-tw", "--rules", "377-qd-tw",
        "--leaves", "046020100223", "--seats", "UVBCH=39",
    )  # fmt: skip

    assert set(tables["side_by_side"][0]) >= {"branch_1", "branch_2", "branch_3"}
    assert [one["move"] for one in tables["plan_moves"]] == ["ra"]
    assert tables["chain"]


def test_a_workbook_of_tables_is_written_whole(workbook: Path, tmp_path: Path) -> None:
    path = tmp_path / "thieu-hut.xlsx"

    result = _run("gaps", workbook, "-o", str(path), "--lang", "en")

    assert result.exit_code == 0
    assert CalamineWorkbook.from_path(path).sheet_names == [
        "Basis",
        "Gaps by field of training",
        "Supply of each post",
    ]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("command", "options", "words"),
    [
        ("forecast", ["--until", "2022-04"], "--until"),
        ("forecast", ["--month", "2040-01"], "--month"),
        ("forecast", ["--leaving-rate", "1.5"], "--leaving-rate"),
        ("structure", ["-o", "a.pdf"], "-o"),
        ("structure", ["--term", "2030"], "--term"),
        ("gaps", ["--rules", "1-qd"], "--rules"),
        ("structure", ["--rules", "377-qd-tw"], "không có hiệu lực ngày 10/05/2022"),
        ("gaps", ["--rules", "377-qd-tw"], "không có hiệu lực ngày 10/05/2022"),
        ("forecast", ["--rules", "377-qd-tw"], "không có hiệu lực ngày 10/05/2022"),
        ("compare", ["--rules", "50-qd-tw+khong.toml"], "khong.toml"),
        ("compare", ["--seats", "UVBCH=0"], "--seats"),
        ("compare", ["--appoint", "CB01"], "--appoint"),
        ("compare", ["--leaves", "CB01"], "CB01"),
        ("forecast", ["--term", "2010-2015"], "2010 - 2015"),
    ],
)
def test_bad_input_is_refused_in_one_sentence_that_names_it(
    workbook: Path, command: str, options: list[str], words: str
) -> None:
    result = _run(command, workbook, *options)

    assert result.exit_code == 2
    assert words in result.stderr.splitlines()[-1]
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["structure", "gaps", "forecast", "compare"])
def test_a_share_over_100_percent_is_refused_with_file_and_line(
    workbook: Path, command: str, tmp_path: Path
) -> None:
    overlay = tmp_path / "du-thao.toml"
    overlay.write_text(DRAFT.replace("2/5", "3/2"), "utf-8")

    result = _run(command, workbook, "--overlay", str(overlay))

    assert result.exit_code == 2
    assert "du-thao.toml, dòng 9" in result.stderr
    assert "không được quá 1" in result.stderr


@pytest.mark.parametrize("command", ["structure", "gaps", "forecast", "compare"])
def test_a_workbook_with_nobody_is_refused(command: str, tmp_path: Path) -> None:
    register = build_district(seed=2022).register
    path = tmp_path / "khong-ai.xlsx"
    write_workbook(replace(register, people=(), plan=()), path)

    result = _run(command, path)

    assert result.exit_code == 2
    assert "tờ Cán bộ không có ai" in result.stderr


def test_rules_not_in_force_are_compared_and_the_report_says_so(workbook: Path) -> None:
    result = _run(
        "compare", workbook, "--rules", "50-qd-tw", "--rules", "377-qd-tw", "--json"
    )

    (remark,) = json.loads(result.stdout)["remarks"]
    assert "không có hiệu lực ngày 10/05/2022; kết quả chỉ để đối chiếu" in remark


def test_a_draft_is_compared_as_if_it_were_in_force(
    workbook: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "du-thao.toml"
    draft.write_text(DRAFT, "utf-8")

    result = _run(
        "compare", workbook, "--rules", "50-qd-tw", "--rules", f"50-qd-tw+{draft}",
        "--json",
    )  # fmt: skip

    found = json.loads(result.stdout)
    assert "tính như đã có hiệu lực" in found["remarks"][-1]
    assert found["tables"]["plan_moves"]  # its reference month is four years later


def test_a_register_without_planned_posts_is_refused(tmp_path: Path) -> None:
    register = build_district(seed=2022).register
    posts = tuple(replace(post, is_planned=False) for post in register.posts)
    path = tmp_path / "trong.xlsx"
    write_workbook(replace(register, posts=posts), path)

    result = _run("structure", path)

    assert result.exit_code == 2
    assert "không có chức danh nào thuộc diện quy hoạch" in result.stderr
