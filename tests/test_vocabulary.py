"""The shared value types are valid, ordered and readable, and nothing else."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.vocabulary import (
    Base,
    Bound,
    Citation,
    Confidence,
    Language,
    Line,
    Month,
    PartialDate,
    Sentence,
    Term,
    TermPair,
    Threshold,
)

MONTHS = st.builds(Month, st.integers(1950, 2150), st.integers(1, 12))


def test_a_month_is_written_and_read_the_same_way() -> None:
    month = Month.parse(" 1972-02 ")

    assert (month.year, month.month) == (1972, 2)
    assert (str(month), month.vi) == ("1972-02", "02/1972")
    assert Month.of(date(1972, 2, 29)) == month


@pytest.mark.parametrize("text", ["1972", "02/1972", "1972-2a", "", "-", "72-13-1"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected YYYY-MM"):
        Month.parse(text)


@pytest.mark.parametrize(("year", "month"), [(1972, 0), (1972, 13)])
def test_a_month_lies_between_1_and_12(year: int, month: int) -> None:
    with pytest.raises(ValueError, match="outside 1-12"):
        Month(year, month)


@pytest.mark.parametrize("year", [1899, 2201])
def test_a_year_far_from_any_career_is_a_slip_of_the_pen(year: int) -> None:
    with pytest.raises(ValueError, match="outside 1900-2200"):
        Month(year, 1)


def test_months_run_on_over_the_end_of_the_year() -> None:
    assert Month(2024, 11).plus(3) == Month(2025, 2)
    assert Month(2025, 2).plus(-3) == Month(2024, 11)
    assert Month(2025, 6).months_until(Month(2030, 6)) == 60
    assert Month(2024, 12) < Month(2025, 1)


@given(month=MONTHS, steps=st.integers(-500, 500))
def test_the_months_between_two_months_are_those_that_were_added(
    month: Month, steps: int
) -> None:
    assert month.months_until(month.plus(steps)) == steps


@pytest.mark.parametrize(
    ("parts", "iso", "vi", "earliest", "latest"),
    [
        ((1975, 3, 5), "1975-03-05", "05/03/1975", (1975, 3, 5), (1975, 3, 5)),
        ((1975, 3), "1975-03", "03/1975", (1975, 3, 1), (1975, 3, 31)),
        ((1976, 2), "1976-02", "02/1976", (1976, 2, 1), (1976, 2, 29)),
        ((1975,), "1975", "1975", (1975, 1, 1), (1975, 12, 31)),
    ],
)
def test_a_date_known_in_part_lies_between_its_first_and_last_day(
    parts: tuple[int, ...],
    iso: str,
    vi: str,
    earliest: tuple[int, int, int],
    latest: tuple[int, int, int],
) -> None:
    known = PartialDate(*parts)

    assert (str(known), known.vi) == (iso, vi)
    assert known.earliest == date(*earliest)
    assert known.latest == date(*latest)
    assert known.first_month == Month.of(date(*earliest))


def test_a_whole_day_is_a_date_known_to_the_day() -> None:
    assert PartialDate.of(date(1976, 2, 29)) == PartialDate(1976, 2, 29)


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ((1975, None, 5), "a day needs a month"),
        ((1975, 2, 31), "day"),
        ((1975, 2, 29), "day"),
        ((1975, 13), "outside 1-12"),
        ((1800,), "outside 1900-2200"),
    ],
)
def test_a_date_that_never_was_is_refused(
    parts: tuple[int | None, ...], fault: str
) -> None:
    with pytest.raises(ValueError, match=fault):
        PartialDate(*parts)  # type: ignore[arg-type]  # the day without a month


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    sentence = Sentence("Đạt", "Pass")

    assert sentence.in_language(Language.VI) == "Đạt"
    assert sentence.in_language(Language.EN) == "Pass"


def test_a_citation_names_the_document_with_its_date() -> None:
    plain = Citation(document="16-HD/BTCTW", dated=date(2022, 2, 15))
    placed = Citation(document="50-QĐ/TW", dated=date(2021, 12, 27), place="Điều 8")

    assert str(plain) == "16-HD/BTCTW (15/02/2022)"
    assert str(placed) == "Điều 8, 50-QĐ/TW (27/12/2021)"


def test_two_documents_of_one_number_differ_by_their_date() -> None:
    of_2018 = Citation(document="16-HD/BTCTW", dated=date(2018, 9, 24))
    of_2022 = Citation(document="16-HD/BTCTW", dated=date(2022, 2, 15))

    assert of_2018 != of_2022


def test_a_citation_without_a_document_is_refused() -> None:
    with pytest.raises(ValueError, match="document number"):
        Citation(document="  ", dated=date(2022, 1, 1))


@pytest.mark.parametrize("share", [Fraction(-1, 100), Fraction(101, 100)])
def test_a_share_lies_between_nobody_and_everybody(share: Fraction) -> None:
    with pytest.raises(ValueError, match="outside"):
        _mark(share)


def test_a_mark_nobody_confirmed_is_assumed() -> None:
    assert _mark(Fraction(1)).confidence is Confidence.ASSUMED
    assert _mark(Fraction(0)).share == 0


def _mark(share: Fraction) -> Threshold:
    source = Citation(document="Thử", dated=date(2022, 1, 1))
    return Threshold(share=share, bound=Bound.OVER, base=Base.PRESENT, source=source)


def test_a_term_is_written_one_way_in_commands_and_another_on_paper() -> None:
    term = Term(line=Line.PARTY, first_year=2025, last_year=2030)

    assert (term.label, term.vi) == ("2025-2030", "2025 - 2030")


@pytest.mark.parametrize("last_year", [2024, 2025])
def test_a_term_ends_after_it_begins(last_year: int) -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Term(line=Line.PARTY, first_year=2025, last_year=last_year)


def test_a_pair_holds_one_term_of_each_line() -> None:
    party = Term(line=Line.PARTY, first_year=2025, last_year=2030)
    government = Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031)
    pair = TermPair(party=party, government=government)

    assert pair.on(Line.PARTY) is party
    assert pair.on(Line.GOVERNMENT) is government
    with pytest.raises(ValueError, match="party line"):
        TermPair(party=government, government=government)
    with pytest.raises(ValueError, match="government line"):
        TermPair(party=party, government=party)
