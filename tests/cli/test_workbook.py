"""``kecan workbook`` as an officer at a terminal uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from kecan.cli import workbook
from kecan.cli.app import app

if TYPE_CHECKING:
    from pathlib import Path

COMMANDS = (workbook,)
RUN = CliRunner()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("so") / "huyen.xlsx"
    RUN.invoke(app, ["workbook", "sample", "-o", str(path)])
    return path


def test_the_sample_is_accepted_and_its_fourth_post_pointed_out(district: Path) -> None:
    result = RUN.invoke(
        app, ["workbook", "check", str(district), "--as-of", "2022-05-10", "--json"]
    )

    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert found["is_accepted"]
    assert found["rows"]["Cán bộ"] == 120
    assert {one["severity"] for one in found["findings"]} == {"warning"}


def test_a_table_for_people_counts_errors_and_warnings(district: Path) -> None:
    result = RUN.invoke(
        app, ["workbook", "check", str(district), "--as-of", "2022-05-10"]
    )

    assert "Lỗi: 0; cảnh báo: 2." in result.stdout


def test_a_birth_after_the_day_is_an_error_and_is_marked_in_a_copy(
    district: Path, tmp_path: Path
) -> None:
    marked = tmp_path / "danh-dau.xlsx"

    result = RUN.invoke(
        app,
        [
            "workbook",
            "check",
            str(district),
            "--as-of",
            "1970-01-01",
            "--marked",
            str(marked),
        ],
    )

    assert result.exit_code == 1
    assert marked.is_file()


def test_the_empty_form_is_written_and_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    written = RUN.invoke(app, ["workbook", "template", "-o", str(path)])
    checked = RUN.invoke(app, ["workbook", "check", str(path), "--json"])

    assert written.exit_code == 0
    assert set(json.loads(checked.stdout)["rows"].values()) == {0}


def test_a_file_that_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "khong-phai.xlsx"
    path.write_text("chữ", "utf-8")

    result = RUN.invoke(app, ["workbook", "check", str(path)])

    assert result.exit_code == 2
    assert "khong-phai.xlsx" in result.stderr


def test_a_missing_file_and_a_folder_that_is_not_there_are_refused(
    tmp_path: Path,
) -> None:
    missing = RUN.invoke(app, ["workbook", "check", str(tmp_path / "thieu.xlsx")])
    nowhere = RUN.invoke(
        app, ["workbook", "template", "-o", str(tmp_path / "a" / "b.xlsx")]
    )

    assert missing.exit_code == nowhere.exit_code == 2
