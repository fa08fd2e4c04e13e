"""Anybody draws the same sheets from the same dice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecan.paper_ballot.audit_sample import DiceNotReadableError, Seed, drawn, sample

DIGITS = "93686630803205229070"


def test_the_first_sheets_are_those_of_sha256sum() -> None:
    """Made with ``printf DIGITS,i | sha256sum`` for i = 1..5, modulo 348, plus 1."""
    assert sample(Seed.parse(DIGITS), stack=348, size=5) == (86, 217, 62, 278, 341)


def test_dice_may_be_written_in_groups() -> None:
    assert Seed.parse("93686 63080 32052-29070") == Seed(digits=DIGITS)


@pytest.mark.parametrize(
    "text", ["", "123", DIGITS + "1", "9368663080320522907x", "٩" * 20]
)
def test_other_than_twenty_digits_is_refused(text: str) -> None:
    with pytest.raises(DiceNotReadableError):
        Seed.parse(text)


@given(
    digits=st.text("0123456789", min_size=20, max_size=20),
    stack=st.integers(1, 60),
)
def test_every_sheet_is_drawn_once(digits: str, stack: int) -> None:
    assert sorted(drawn(Seed(digits=digits), stack=stack)) == list(range(1, stack + 1))


def test_a_greater_sample_begins_with_the_smaller_one() -> None:
    seed = Seed(digits=DIGITS)

    assert sample(seed, stack=50, size=20)[:7] == sample(seed, stack=50, size=7)


@pytest.mark.parametrize(("stack", "size"), [(5, 6), (5, -1), (0, 0)])
def test_more_sheets_than_there_are_cannot_be_drawn(stack: int, size: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        sample(Seed(digits=DIGITS), stack=stack, size=size)
