"""Dates are read from text, numbers and stored dates, never guessed."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.vocabulary import PartialDate, Sentence
from kecan.workbook.dates import EPOCH_1900, EPOCH_1904, read_date


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("05/03/1975", PartialDate(1975, 3, 5)),
        ("5-3-1975", PartialDate(1975, 3, 5)),
        (" 5.3.1975 ", PartialDate(1975, 3, 5)),
        ("ngày 5 tháng 3 năm 1975", PartialDate(1975, 3, 5)),
        ("1975-03-05", PartialDate(1975, 3, 5)),
        ("1975-03-05 00:00:00", PartialDate(1975, 3, 5)),
        ("03/1975", PartialDate(1975, 3)),
        ("tháng 3/1975", PartialDate(1975, 3)),
        ("1975-03", PartialDate(1975, 3)),
        ("1975", PartialDate(1975)),
        ("năm 1975", PartialDate(1975)),
        (1975, PartialDate(1975)),
        (1975.0, PartialDate(1975)),
        (date(1975, 3, 5), PartialDate(1975, 3, 5)),
        (datetime(1975, 3, 5, 7, 30), PartialDate(1975, 3, 5)),  # noqa: DTZ001
        ("29/02/2000", PartialDate(2000, 2, 29)),
    ],
)
def test_a_date_is_read_as_written(cell: object, meant: PartialDate) -> None:
    assert read_date(cell) == meant


def test_a_serial_number_counts_from_the_epoch_of_the_workbook() -> None:
    assert read_date(27458, epoch=EPOCH_1900) == PartialDate(1975, 3, 5)
    assert read_date(25996, epoch=EPOCH_1904) == PartialDate(1975, 3, 5)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31/02/1975", "tháng 02/1975 có từ ngày 1 đến ngày 28"),
        ("29/02/1900", "tháng 02/1900 có từ ngày 1 đến ngày 28"),
        ("05/13/1975", "không có tháng 13"),
        ("0/3/1975", "tháng 03/1975 có từ ngày 1 đến ngày 31"),
        ("05/03/75", "năm phải đủ 4 chữ số"),
        ("05/03/1875", "năm phải từ 1900 đến 2200"),
        (date(1850, 1, 1), "năm phải từ 1900 đến 2200"),
        (date(1905, 5, 28), "năm 1975 đã gõ vào ô định dạng ngày"),
        ("khoảng 1975", "ngày dạng dd/mm/yyyy"),
        ("1/2/3/1975", "ngày dạng dd/mm/yyyy"),
        ("", "ngày dạng dd/mm/yyyy"),
        (3.1975, "ngày dạng dd/mm/yyyy"),
        (5000, "ngày dạng dd/mm/yyyy"),
        (-1, "ngày dạng dd/mm/yyyy"),
        (float("inf"), "ngày dạng dd/mm/yyyy"),
        (True, "ngày dạng dd/mm/yyyy"),
        (time(7, 30), "ngày dạng dd/mm/yyyy"),
    ],
)
def test_what_is_not_a_date_is_told_apart_with_the_reason(
    cell: object, why: str
) -> None:
    answer = read_date(cell)

    assert isinstance(answer, Sentence)
    assert why in answer.vi


@given(st.dates(min_value=date(1930, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_reads_back_from_each_way_of_writing_it(day: date) -> None:
    meant = PartialDate.of(day)

    assert read_date(meant.vi) == meant
    assert read_date(day) == meant
    assert read_date(EPOCH_1900.serial(day)) == meant


@given(st.text(max_size=12))
def test_any_text_gives_a_date_or_a_reason(text: str) -> None:
    assert isinstance(read_date(text), PartialDate | Sentence)
