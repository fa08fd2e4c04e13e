"""``kecan retirement`` and ``kecan remaining`` as a person at a terminal uses them."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from kecan.cli import remaining, retirement
from kecan.cli.app import app

COMMANDS = (remaining, retirement)
RUN = CliRunner()


def test_the_month_comes_first_and_the_rule_follows() -> None:
    result = RUN.invoke(
        app,
        ["retirement", "--born", "1972-02", "--sex", "female", "--as-of", "2022-05-10"],
    )

    assert result.exit_code == 0
    month, sentence = result.stdout.splitlines()
    assert month == "2030-06"
    assert "135/2020/NĐ-CP" in sentence


def test_machines_get_json() -> None:
    result = RUN.invoke(
        app,
        [
            "retirement",
            "--born",
            "02/1972",
            "--sex",
            "female",
            "--json",
            "--as-of",
            "2022-05-10",
        ],
    )

    assert json.loads(result.stdout)["month"] == "2030-06"


def test_an_own_retirement_age_has_no_statutory_source() -> None:
    result = RUN.invoke(
        app,
        [
            "retirement",
            "--born",
            "15/02/1972",
            "--sex",
            "female",
            "--retires-at",
            "60",
            "--json",
        ],
    )

    found = json.loads(result.stdout)
    assert (found["month"], found["source"]) == ("2032-02", None)


@pytest.mark.parametrize(("born", "status"), [("1972-02", 0), ("1972-01", 1)])
def test_the_exit_status_is_the_answer_on_both_sides_of_the_border(
    born: str, status: int
) -> None:
    result = RUN.invoke(
        app,
        [
            "remaining",
            "--born",
            born,
            "--sex",
            "female",
            "--at",
            "2025-06",
            "--need",
            "60",
            "--as-of",
            "2022-05-10",
        ],
    )

    assert result.exit_code == status


def test_without_a_need_the_months_are_told_and_the_status_is_done() -> None:
    result = RUN.invoke(
        app,
        [
            "remaining",
            "--born",
            "1972-01",
            "--sex",
            "female",
            "--at",
            "06/2025",
            "--lang",
            "en",
            "--as-of",
            "2022-05-10",
        ],
    )

    assert result.exit_code == 0
    assert result.stdout.startswith("59\n59 months of service left at 06/2025.")


def test_remaining_speaks_json_too() -> None:
    result = RUN.invoke(
        app,
        [
            "remaining",
            "--born",
            "1972-02",
            "--sex",
            "female",
            "--at",
            "2025-06",
            "--need",
            "61",
            "--json",
            "--as-of",
            "2022-05-10",
        ],
    )

    assert result.exit_code == 1
    assert json.loads(result.stdout)["is_enough"] is False


@pytest.mark.parametrize("born", ["31/02/1972", "1972-13", "hai", "", "1800"])
def test_a_date_that_is_none_is_refused_with_the_option_named(born: str) -> None:
    result = RUN.invoke(app, ["retirement", "--born", born, "--sex", "male"])

    assert result.exit_code == 2
    assert "--born" in result.stderr
    assert result.stdout == ""


def test_a_birth_date_in_the_future_is_refused() -> None:
    result = RUN.invoke(
        app,
        ["retirement", "--born", "2023-01", "--sex", "male", "--as-of", "2022-05-10"],
    )

    assert result.exit_code == 2
    assert "sau ngày 10/05/2022" in result.stderr


@pytest.mark.parametrize(
    "born", ["1972-02", "02/1972", "2/1972", "1972-02-15", "15/02/1972", "15/2/1972"]
)
def test_a_birth_date_may_be_written_in_any_usual_way(born: str) -> None:
    result = RUN.invoke(
        app,
        ["retirement", "--born", born, "--sex", "female", "--as-of", "2022-05-10"],
    )

    assert result.stdout.splitlines()[0] == "2030-06"


def test_a_year_alone_counts_as_january() -> None:
    result = RUN.invoke(
        app,
        ["retirement", "--born", "1970", "--sex", "male", "--as-of", "10/05/2022"],
    )

    assert result.stdout.splitlines()[0] == "2032-01"


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "Đã quá tuổi nghỉ hưu 3 tháng tính đến 11/2022, thiếu 3 tháng"),
        ("en", "Past retirement by 3 months at 11/2022, 3 short of 0."),
    ],
)
def test_who_is_past_retirement_is_told_so_in_words(lang: str, sentence: str) -> None:
    result = RUN.invoke(
        app,
        [
            "remaining",
            "--born",
            "1966-12",
            "--sex",
            "female",
            "--at",
            "2022-11",
            "--need",
            "0",
            "--as-of",
            "2022-05-10",
            "--lang",
            lang,
        ],
    )

    assert result.exit_code == 1
    assert result.stdout.startswith(f"-3\n{sentence}")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "--as-of: không có bộ quy định nào có hiệu lực ngày 01/01/1990.\n"),
        ("en", "--as-of: no rule pack was in force on 01/01/1990.\n"),
    ],
)
def test_a_refusal_is_one_sentence_in_the_language_asked_for(
    lang: str, sentence: str
) -> None:
    result = RUN.invoke(
        app,
        [
            "retirement",
            "--born",
            "1940",
            "--sex",
            "male",
            "--as-of",
            "1990-01-01",
            "--lang",
            lang,
        ],
    )

    assert (result.exit_code, result.stderr) == (2, sentence)


def test_a_day_before_any_known_law_is_refused() -> None:
    result = RUN.invoke(
        app, ["retirement", "--born", "1940", "--sex", "male", "--as-of", "1990-01-01"]
    )

    assert result.exit_code == 2
