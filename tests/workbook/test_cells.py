"""Cells are read the way their column says; lost zeros return only when certain."""

from __future__ import annotations

from datetime import date

import pytest

from kecan.regulations.facts import UnitKind
from kecan.vocabulary import Level, Sex
from kecan.workbook.cells import Cell, Parsed, Value, join_texts, read_cell, shown
from kecan.workbook.dates import EPOCH_1900
from kecan.workbook.findings import Severity
from kecan.workbook.layouts import CAREER, MERITS, PEOPLE, PLAN, POSTS, SHEETS, UNITS
from kecan.workbook.schema import Column, Reading


def read(column: Column, cell: Cell) -> Parsed:
    return read_cell(column, cell, epoch=EPOCH_1900)


def severity(parsed: Parsed) -> Severity | None:
    return None if parsed.problem is None else parsed.problem.severity


@pytest.mark.parametrize(
    ("cell", "value", "how_bad"),
    [
        ("038075001234", "038075001234", None),
        ("038 075 001 234", "038075001234", None),
        ("038.075.001.234", "038075001234", None),
        ("171234567", "171234567", None),
        (38075001234, "038075001234", Severity.WARNING),
        (1075001234, "001075001234", Severity.WARNING),
        (138075001234, "138075001234", None),
        (71234567, "071234567", Severity.WARNING),
        (1234567, None, Severity.ERROR),
        (1.5, None, Severity.ERROR),
        ("03807500123", None, Severity.ERROR),
        ("không nhớ", None, Severity.ERROR),
    ],
)
def test_a_citizen_number_gets_its_zeros_back_only_when_certain(
    cell: Cell, value: Value, how_bad: Severity | None
) -> None:
    parsed = read(PEOPLE.by_code["citizen_id"], cell)

    assert (parsed.value, severity(parsed)) == (value, how_bad)


@pytest.mark.parametrize(
    ("cell", "value", "how_bad"),
    [
        ("01.234567", "01234567", None),
        (1234567, "01234567", Severity.WARNING),
        (12345678, "12345678", None),
        ("012345678901", "012345678901", None),
        (12345678901, "012345678901", Severity.WARNING),
        (123456, None, Severity.ERROR),
        ("123", "123", Severity.WARNING),
    ],
)
def test_a_party_card_has_eight_digits_or_twelve(
    cell: Cell, value: Value, how_bad: Severity | None
) -> None:
    parsed = read(PEOPLE.by_code["party_card"], cell)

    assert (parsed.value, severity(parsed)) == (value, how_bad)


@pytest.mark.parametrize(
    ("cell", "value", "how_bad"),
    [
        ("CB-001", "CB-001", None),
        (12.0, "12", None),
        (38075001234, "38075001234", Severity.ERROR),
        (True, None, Severity.ERROR),
        (-3, None, Severity.ERROR),
    ],
)
def test_a_key_stored_as_a_long_number_is_refused(
    cell: Cell, value: Value, how_bad: Severity | None
) -> None:
    parsed = read(PEOPLE.by_code["person_id"], cell)

    assert (parsed.value, severity(parsed)) == (value, how_bad)


def test_a_reference_stored_as_a_number_is_left_to_be_looked_up() -> None:
    parsed = read(CAREER.by_code["person_id"], 38075001234)

    assert parsed == Parsed("38075001234")


@pytest.mark.parametrize(
    "cell", ["party_body", "Cơ quan của cấp uỷ", "CƠ QUAN CỦA CẤP ỦY"]
)
def test_a_choice_takes_the_code_or_the_label_in_any_spelling(cell: str) -> None:
    assert read(UNITS.by_code["kind"], cell).value is UnitKind.PARTY_BODY


def test_a_choice_outside_the_list_is_told_the_list() -> None:
    parsed = read(PEOPLE.by_code["sex"], "Khác")

    assert parsed.value is None
    assert parsed.problem is not None
    assert parsed.problem.expected.vi == "một trong: Nam, Nữ"


def test_a_choice_column_without_a_list_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="no list"):
        read(Column(code="x", heading="X", reading=Reading.CHOICE), "a")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Có", True),
        ("x", True),
        (True, True),
        (1.0, True),
        ("không", False),
        (0, False),
    ],
)
def test_yes_and_no_are_read_from_what_people_type(cell: Cell, value: Value) -> None:
    assert read(MERITS.by_code["is_remedied"], cell).value is value


def test_anything_else_is_neither_yes_nor_no() -> None:
    assert severity(read(MERITS.by_code["is_remedied"], "có lẽ")) is Severity.ERROR


@pytest.mark.parametrize(("cell", "value"), [("3", 3), (3.0, 3), (1, 1)])
def test_a_whole_number_is_read_from_text_or_number(cell: Cell, value: Value) -> None:
    assert read(POSTS.by_code["seats"], cell).value == value


@pytest.mark.parametrize("cell", ["0", "-1", "2,5", 2.5, "hai", True])
def test_seats_are_whole_and_at_least_one(cell: Cell) -> None:
    parsed = read(POSTS.by_code["seats"], cell)

    assert parsed.value is None
    assert parsed.problem is not None
    assert parsed.problem.expected.vi == "số nguyên từ 1 trở lên"


def test_a_rank_may_be_any_whole_number() -> None:
    assert read(POSTS.by_code["rank"], "-2").value == -2
    assert severity(read(POSTS.by_code["rank"], "cao")) is Severity.ERROR


def test_a_unit_begins_on_a_full_day() -> None:
    assert read(UNITS.by_code["exists_from"], "01/07/2010").value == date(2010, 7, 1)
    assert severity(read(UNITS.by_code["exists_from"], "07/2010")) is Severity.ERROR
    assert severity(read(UNITS.by_code["exists_from"], "xưa")) is Severity.ERROR


@pytest.mark.parametrize("cell", ["2020-2025", "2020 - 2025", "2020–2025"])
def test_a_term_is_two_years(cell: str) -> None:
    assert read(PLAN.by_code["term"], cell).value == (2020, 2025)


@pytest.mark.parametrize("cell", ["2025-2020", "2020", 2020.0, "khoá này"])
def test_a_term_that_is_not_two_years_in_order_is_refused(cell: Cell) -> None:
    assert severity(read(PLAN.by_code["term"], cell)) is Severity.ERROR


def test_texts_stand_apart_by_semicolons_and_keep_their_own() -> None:
    column = POSTS.by_code["fitting_fields"]

    assert read(column, "Luật; Hành chính;\nKinh tế;").value == (
        "Luật",
        "Hành chính",
        "Kinh tế",
    )
    assert read(column, join_texts(("a;b", "c"))).value == ("a;b", "c")


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "#REF!"])
def test_a_formula_that_fails_is_an_error(cell: str) -> None:
    assert severity(read(PEOPLE.by_code["ethnicity"], cell)) is Severity.ERROR


def test_text_in_an_old_encoding_is_refused_with_its_name() -> None:
    parsed = read(PEOPLE.by_code["full_name"], "NguyÔn V¨n H¶i")

    assert parsed.problem is not None
    assert "TCVN3" in parsed.problem.expected.vi


def test_text_columns_take_numbers_and_dates_as_written() -> None:
    column = PEOPLE.by_code["academic_title"]

    assert read(column, 12.0).value == "12"
    assert read(column, date(2020, 1, 2)).value == "02/01/2020"
    assert shown(True) == "TRUE"
    assert shown(False) == "FALSE"


def test_every_choice_label_reads_back_as_its_value() -> None:
    for layout in SHEETS:
        for column in layout.columns:
            for option in column.choices.options if column.choices else ():
                assert read(column, option.label).value is option.value
                assert read(column, option.value.value).value is option.value


def test_levels_are_read_from_codes() -> None:
    assert read(UNITS.by_code["level"], "district").value is Level.DISTRICT
    assert read(PEOPLE.by_code["sex"], "NỮ").value is Sex.FEMALE
