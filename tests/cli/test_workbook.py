"""``kecan workbook`` as an officer at a terminal uses it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.workbook.books import PERSON, POST, UNIT, write_book
from typer.testing import CliRunner

from kecan.cli import workbook
from kecan.cli.app import app
from kecan.workbook import read_workbook
from kecan.workbook.container import load_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

Rows = dict[str, list[dict[str, Any]]]

COMMANDS = (workbook,)
RUN = CliRunner(env={"COLUMNS": "200"})


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


def run(*arguments: object) -> Result:
    return RUN.invoke(app, ["workbook", *map(str, arguments)])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    person = {"person_id": "CB2", "full_name": "Lê Văn An", "born": "31/02/1975"}
    rows: Rows = {"units": [UNIT], "posts": [POST], "people": [PERSON, person]}
    return write_book(tmp_path / "sai.xlsx", rows)


def test_the_same_seed_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert run("sample", "-o", tmp_path / name, "--seed", 7).exit_code == 0

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_errors_give_status_1_and_their_cells(faulty: Path) -> None:
    result = run("check", faulty, "--as-of", "2022-05-10")

    assert result.exit_code == 1
    assert "F4" in result.stdout
    assert "31/02/1975" in result.stdout
    assert "Lỗi: 1; cảnh báo: 0." in result.stdout


def test_the_check_speaks_english(faulty: Path) -> None:
    result = run("check", faulty, "--lang", "en")

    assert "Errors: 1; warnings: 0." in result.stdout
    assert "Expected" in result.stdout


def test_machines_get_every_finding(faulty: Path) -> None:
    told: dict[str, Any] = json.loads(run("check", faulty, "--json").stdout)

    (finding,) = told["findings"]
    assert told["is_accepted"] is False
    assert (finding["sheet"], finding["cell"]) == ("Cán bộ", "F4")
    assert finding["severity"] == "error"
    assert set(finding["expected"]) == {"vi", "en"}


def test_a_marked_copy_has_the_same_findings(faulty: Path, tmp_path: Path) -> None:
    copy = tmp_path / "danh-dau.xlsx"

    result = run("check", faulty, "--marked", copy)

    assert f"Đã ghi {copy}." in result.stdout
    assert read_workbook(copy).findings == read_workbook(faulty).findings


def test_too_many_posts_is_a_warning_with_its_rule(tmp_path: Path) -> None:
    posts = [{**POST, "post_id": f"CD{at}"} for at in range(4)]
    plan = [
        {"person_id": "CB1", "post_id": f"CD{at}", "term": "2020-2025"}
        for at in range(4)
    ]
    rows: Rows = {"units": [UNIT], "posts": posts, "people": [PERSON], "plan": plan}
    path = write_book(tmp_path / "a.xlsx", rows)

    result = run("check", path, "--as-of", "2022-05-10", "--json")

    (finding,) = json.loads(result.stdout)["findings"]
    assert result.exit_code == 0
    assert "không quá 3 chức danh" in finding["expected"]["vi"]


def test_a_day_before_every_rule_is_checked_without_the_cap(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {})

    assert run("check", path, "--as-of", "2001-01-01").exit_code == 0


def test_a_long_list_of_findings_is_cut_on_the_screen(tmp_path: Path) -> None:
    people = [
        {"person_id": f"CB{at}", "full_name": "A", "sex": "?"} for at in range(205)
    ]
    path = write_book(tmp_path / "a.xlsx", {"people": people})

    assert "Còn 5 mục nữa; xem đủ bằng --json." in run("check", path).stdout


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_refusal_is_one_sentence_in_either_language(
    tmp_path: Path, lang: str
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")

    result = run("check", tmp_path / "a.xlsx", "--lang", lang)

    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_list_is_adopted_with_its_report(tmp_path: Path) -> None:
    source, target = tmp_path / "ds.csv", tmp_path / "so.xlsx"
    source.write_text(
        "STT,Họ và tên,Năm sinh,Chức vụ,Bí danh\n"
        "1,Lê Văn An,31/02/1975,Trưởng phòng,Ba\n,Tổng: 1,,,\n",
        "utf-8",
    )

    result = run("adopt", source, "-o", target, "--level", "commune")

    assert result.exit_code == 0
    assert "3 dòng vào = 1 cán bộ + 2 dòng khác." in result.stdout
    assert "để lại ở tờ Cột chưa dùng" in result.stdout
    assert "dòng tổng cộng" in result.stdout
    assert "31/02/1975" in result.stdout
    titles = [grid.title for grid in load_workbook(target).grids]
    assert titles[-3:] == ["Cột chưa dùng", "Dòng chưa dùng", "Danh mục"]
    assert run("check", target).exit_code == 1


def test_machines_get_the_whole_adoption(tmp_path: Path) -> None:
    source = tmp_path / "ds.csv"
    source.write_text("Họ và tên,Năm sinh\nLê Văn An,1975\n", "utf-8")

    told = json.loads(run("adopt", source, "-o", tmp_path / "so.xlsx", "--json").stdout)

    assert (told["rows_in"], told["people_out"], told["generated_codes"]) == (2, 1, 1)
    assert told["left_rows"][0]["reason"] == {"vi": "dòng tiêu đề", "en": "headings"}
    assert told["columns"][1]["used_as"] == "Cán bộ: Ngày sinh"
    assert told["unread"] == []


def test_a_clean_list_prints_no_empty_tables(tmp_path: Path) -> None:
    source = tmp_path / "ds.csv"
    source.write_text("Họ và tên,Năm sinh\nLê Văn An,1975\n", "utf-8")

    result = run("adopt", source, "-o", tmp_path / "so.xlsx", "--lang", "en")

    assert "2 rows in = 1 people + 1 other rows." in result.stdout
    assert "What is" not in result.stdout


def test_a_list_that_is_none_is_refused_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_text("a,b\n1,2\n")

    result = run("adopt", tmp_path / "ds.csv", "-o", tmp_path / "so.xlsx")

    assert result.exit_code == 2
    assert "không tìm thấy dòng tiêu đề" in result.stderr
    assert not (tmp_path / "so.xlsx").exists()
