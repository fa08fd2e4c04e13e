"""``kecan eligibility`` as an organising officer uses it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook
from tests.regulations.model_person import HEAD, PERSON, TARGET, UNIT
from typer.testing import CliRunner

from kecan.cli import eligibility, retirement
from kecan.cli.app import app
from kecan.regulations.facts import (
    Discipline,
    DisciplineForm,
    Register,
    Unit,
    UnitKind,
)
from kecan.regulations.pack import shipped_overlay
from kecan.vocabulary import Level, PartialDate, PersonId, PostId
from kecan.workbook import write_template, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result

COMMANDS = (eligibility, retirement)
RUN = CliRunner()
EXPIRED = Discipline(
    form=DisciplineForm.REPRIMAND,
    decided=PartialDate(2020, 1, 1),
    expires=PartialDate(2021, 1, 1),
    source="QĐ 5-QĐ/UBKTHU",
)
OLD = replace(PERSON, person_id=PersonId("CB02"), born=PartialDate(1968, 1))
DISCIPLINED = replace(PERSON, person_id=PersonId("CB03"), disciplines=(EXPIRED,))


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    unit = Unit(
        unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
    )
    register = Register(
        units=(unit,),
        posts=(replace(HEAD, is_planned=False), TARGET),
        people=(PERSON, OLD, DISCIPLINED),
    )
    path = tmp_path / "huyen.xlsx"
    write_workbook(register, path)
    return path


def _run(workbook: Path, *options: str) -> Result:
    return RUN.invoke(
        app,
        [
            "eligibility",
            str(workbook),
            "--as-of",
            "2022-05-10",
            "--term",
            "2025-2030",
            *options,
        ],
    )


def _json(workbook: Path, *options: str) -> dict[str, Any]:
    result = _run(workbook, "--json", *options)
    assert result.exit_code == 0, result.output
    document: dict[str, Any] = json.loads(result.stdout)
    return document


def test_every_person_and_planned_post_gets_a_verdict(workbook: Path) -> None:
    document = _json(workbook, "--rules", "50-qd-tw")

    assert [
        (one["person_id"], one["post_id"], one["outcome"])
        for one in document["verdicts"]
    ] == [
        ("CB01", "BCH", "pass"),
        ("CB02", "BCH", "fail"),
        ("CB03", "BCH", "needs_decision"),
    ]
    assert document["counts"] == {
        "pass": 1,
        "fail": 1,
        "missing_data": 0,
        "needs_decision": 1,
    }


def test_every_finding_carries_clause_confidence_and_evidence(workbook: Path) -> None:
    document = _json(workbook, "--person", "CB03")

    (verdict,) = document["verdicts"]
    (discipline,) = [
        one for one in verdict["findings"] if one["criterion"] == "discipline"
    ]
    assert len(verdict["findings"]) == 11
    assert discipline["clause"] == "50-QĐ/TW (27/12/2021; qua báo VietNamNet)"
    assert discipline["confidence"] == "verified"
    assert discipline["evidence"] == [
        "Khiển trách, ngày 01/01/2020, hết hiệu lực 01/01/2021 (QĐ 5-QĐ/UBKTHU)."
    ]


def test_without_rules_the_pack_of_the_day_is_used(workbook: Path) -> None:
    assert _json(workbook)["rules"][0]["key"] == "50-qd-tw"


def test_rules_of_another_date_are_computed_with_a_warning(workbook: Path) -> None:
    result = _run(workbook, "--rules", "377-qd-tw", "--json")

    assert result.exit_code == 0
    assert "có hiệu lực từ 08/10/2025" in result.stderr
    assert "không có hiệu lực ngày 10/05/2022" in result.stderr


def test_a_pack_that_has_ended_says_until_when_it_held(workbook: Path) -> None:
    result = RUN.invoke(
        app,
        [
            "eligibility",
            str(workbook),
            "--as-of",
            "2026-01-05",
            "--term",
            "2030-2035",
            "--rules",
            "50-qd-tw",
            "--lang",
            "en",
        ],
    )

    assert result.exit_code == 0
    assert "until before 08/10/2025, not on 05/01/2026" in result.stderr


def test_two_packs_are_compared_and_the_deciding_clause_is_named(
    workbook: Path,
) -> None:
    document = _json(workbook, "--compare", "377-qd-tw")

    (apart,) = document["differences"]
    assert apart["person_id"] == "CB03"
    assert apart["outcomes"] == {"50-qd-tw": "needs_decision", "377-qd-tw": "pass"}
    (finding,) = apart["findings"]
    assert finding["50-qd-tw"]["clause"] == "50-QĐ/TW (27/12/2021; qua báo VietNamNet)"
    assert (
        finding["377-qd-tw"]["clause"] == "377-QĐ/TW (08/10/2025; qua trang Vietnam.vn)"
    )


def test_a_person_at_a_terminal_reads_the_comparison(workbook: Path) -> None:
    result = _run(workbook, "--compare", "377-qd-tw")

    assert result.exit_code == 0
    assert "1 trường hợp khác nhau" in result.stdout
    assert "Đối chiếu" in result.stdout


def test_rules_not_in_force_are_compared_with_those_that_are(workbook: Path) -> None:
    result = _run(workbook, "--rules", "377-qd-tw")

    assert result.exit_code == 0
    assert "1 trường hợp khác nhau" in result.stdout
    assert "không có hiệu lực ngày" in result.stderr


def test_two_packs_that_agree_say_so(workbook: Path) -> None:
    result = _run(workbook, "--person", "CB01", "--compare", "377-qd-tw")

    assert "Đối chiếu: 0 trường hợp khác nhau" in result.stdout


def test_one_question_answered_with_no_ends_with_status_1(workbook: Path) -> None:
    result = _run(workbook, "--person", "CB02", "--post", "BCH")

    assert result.exit_code == 1
    assert "Không đủ điều kiện" in result.stdout


def test_one_question_answered_with_yes_ends_with_status_0(workbook: Path) -> None:
    result = _run(workbook, "--person", "CB01", "--post", "BCH")

    assert result.exit_code == 0
    assert "Tiêu chí" in result.stdout


def test_a_post_may_be_asked_for_although_it_is_not_planned(workbook: Path) -> None:
    document = _json(workbook, "--post", "TP-TC")

    assert {one["post_id"] for one in document["verdicts"]} == {"TP-TC"}
    assert {one["term"] for one in document["verdicts"]} == {"2026-2031"}


def test_the_answers_go_to_a_workbook_with_clause_and_evidence(
    workbook: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ket-qua.xlsx"

    result = _run(workbook, "--compare", "377-qd-tw", "-o", str(target))

    assert result.exit_code == 0
    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["Kết quả", "Chi tiết", "Tổng hợp", "Đối chiếu"]
    rows = book.get_sheet_by_name("Kết quả").to_python()
    assert len(rows) == 1 + 3
    assert rows[2][4] == "Không đủ điều kiện"
    assert str(rows[2][5]).startswith("Còn 55 tháng công tác tính đến 06/2025")
    assert rows[2][6] == "50-QĐ/TW (27/12/2021; qua báo Dân trí)"
    assert "Sinh 01/1968, nam." in str(rows[2][7])
    assert len(book.get_sheet_by_name("Chi tiết").to_python()) == 1 + 3 * 11
    assert len(book.get_sheet_by_name("Đối chiếu").to_python()) == 1 + 1
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_without_a_comparison_the_workbook_has_no_sheet_for_it(
    workbook: Path, tmp_path: Path
) -> None:
    target = tmp_path / "ket-qua.xlsx"

    _run(workbook, "-o", str(target), "--lang", "en")

    book = CalamineWorkbook.from_path(str(target))
    assert book.sheet_names == ["Verdicts", "Findings", "Summary"]


def test_the_answers_go_to_a_json_file(workbook: Path, tmp_path: Path) -> None:
    target = tmp_path / "ket-qua.json"

    result = _run(workbook, "-o", str(target))

    assert result.exit_code == 0
    assert len(json.loads(target.read_text("utf-8"))["verdicts"]) == 3
    assert str(target.name) in result.stdout.replace("\n", "")


def test_an_overlay_is_read(workbook: Path) -> None:
    assert (
        _run(workbook, "--overlay", str(shipped_overlay("nghi-son-2024"))).exit_code
        == 0
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rules", "99-qd-tw"], "--rules"),
        (["--person", "KHÔNG"], "không có cán bộ mã 'KHÔNG'"),
        (["--post", "KHÔNG"], "không có chức danh mã 'KHÔNG'"),
        (["-o", "ket-qua.docx"], "phải có đuôi .xlsx hoặc .json"),
        (["--overlay", "khong-co.toml"], "không mở được tệp khong-co.toml"),
        (["-o", "/khong/co/x.json"], "không ghi được tệp /khong/co/x.json"),
        (["-o", "/khong/co/x.xlsx"], "không ghi được tệp /khong/co/x.xlsx"),
    ],
)
def test_bad_options_are_refused_with_one_sentence(
    workbook: Path, options: list[str], words: str
) -> None:
    result = _run(workbook, *options)

    assert result.exit_code == 2
    assert words in result.stderr


@pytest.mark.parametrize("label", ["2025", "2030-2025", "nay"])
def test_what_is_no_term_is_refused(workbook: Path, label: str) -> None:
    result = RUN.invoke(app, ["eligibility", str(workbook), "--term", label])

    assert result.exit_code == 2
    assert f"'{label}' không phải nhiệm kỳ" in result.stderr


def test_a_term_that_is_over_is_refused(workbook: Path) -> None:
    result = RUN.invoke(
        app,
        ["eligibility", str(workbook), "--term", "2015-2020", "--as-of", "2022-05-10"],
    )

    assert result.exit_code == 2
    assert "Nhiệm kỳ 2015 - 2020 đã kết thúc" in result.stderr


def test_a_day_without_any_rules_is_refused(workbook: Path) -> None:
    result = RUN.invoke(
        app,
        ["eligibility", str(workbook), "--term", "2015-2020", "--as-of", "1999-05-10"],
    )

    assert result.exit_code == 2


def test_a_day_before_any_retirement_law_is_refused(workbook: Path) -> None:
    result = RUN.invoke(
        app,
        [
            "eligibility",
            str(workbook),
            "--term",
            "2015-2020",
            "--as-of",
            "1999-05-10",
            "--rules",
            "50-qd-tw",
        ],
    )

    assert result.exit_code == 2


def test_an_overlay_that_must_not_load_is_refused_with_file_and_line(
    workbook: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "rieng.toml"
    broken.write_text("[pack]\nkey = \n", encoding="utf-8")

    result = _run(workbook, "--overlay", str(broken))

    assert result.exit_code == 2
    assert "rieng.toml, dòng 2" in result.stderr


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"not a zip")

    result = _run(path)

    assert result.exit_code == 2
    assert result.stderr.strip()


def test_a_workbook_with_errors_lists_the_cells_and_judges_nobody(
    tmp_path: Path,
) -> None:
    unit = Unit(
        unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
    )
    future = replace(PERSON, born=PartialDate(2190, 1), offices=())
    path = tmp_path / "huyen.xlsx"
    write_workbook(Register(units=(unit,), posts=(TARGET,), people=(future,)), path)

    result = _run(path)

    assert result.exit_code == 2
    assert "huyen.xlsx, Cán bộ!" in result.stderr
    assert "chạy 'kecan workbook check'" in result.stderr


def test_an_empty_workbook_has_nobody_to_judge(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path)

    assert _json(path)["verdicts"] == []


def test_many_verdicts_are_counted_by_post_and_sent_to_a_file(
    tmp_path: Path,
) -> None:
    unit = Unit(
        unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
    )
    crowd = tuple(
        replace(PERSON, person_id=PersonId(f"C{number:03d}")) for number in range(201)
    )
    other = replace(TARGET, post_id=PostId("K2"), is_planned=False)
    path = tmp_path / "dong.xlsx"
    write_workbook(
        Register(
            units=(unit,),
            posts=(replace(HEAD, is_planned=False), TARGET, other),
            people=crowd,
        ),
        path,
    )

    on_screen = _run(path)
    to_file = _run(path, "-o", str(tmp_path / "x.json"))

    assert "Theo chức danh" in on_screen.stdout
    assert "dùng -o để ghi đủ ra tệp" in on_screen.stdout
    assert "dùng -o để ghi đủ ra tệp" not in to_file.stdout


def test_english_is_complete(workbook: Path) -> None:
    result = _run(workbook, "--lang", "en", "--compare", "377-qd-tw")

    assert "Needs decision" in result.stdout
    assert "of service left at 06/2025" in " ".join(result.stdout.split())


def test_a_standard_that_may_follow_is_shown_as_such(tmp_path: Path) -> None:
    unit = Unit(
        unit_id=UNIT, name="Huyện uỷ", kind=UnitKind.COMMITTEE, level=Level.DISTRICT
    )
    later = replace(PERSON, trainings=PERSON.trainings[:1])
    path = tmp_path / "sau.xlsx"
    write_workbook(
        Register(
            units=(unit,),
            posts=(replace(HEAD, is_planned=False), TARGET),
            people=(later,),
        ),
        path,
    )

    result = _run(path, "--person", "CB01", "--post", "BCH")

    assert result.exit_code == 0
    assert "(hoàn thiện sau)" in " ".join(result.stdout.split())


def test_a_faulty_overlay_is_refused_with_file_and_line_in_the_language_asked_for(
    workbook: Path, tmp_path: Path
) -> None:
    overlay = tmp_path / "rieng.toml"
    shipped = shipped_overlay("nghi-son-2024").read_text("utf-8")
    overlay.write_text(shipped.replace("women_share", "woman_share"), encoding="utf-8")

    result = _run(workbook, "--overlay", str(overlay), "--lang", "en")

    assert result.exit_code == 2
    assert result.stderr.startswith("--overlay: rieng.toml, line ")
    assert "unknown key 'composition.woman_share'" in result.stderr
