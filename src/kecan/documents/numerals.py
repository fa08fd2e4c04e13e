"""Roman numerals and letters of groups."""

from __future__ import annotations

_STEPS = (
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LETTERS = "ABCDEFGHIKLMNOPQRSTUVXY"


def roman(number: int) -> str:
    """Return a number from 1 in Roman numerals.

    Raises:
        ValueError: If the number is below 1.
    """
    if number < 1:
        msg = f"{number} has no Roman numeral"
        raise ValueError(msg)
    written = ""
    for value, numeral in _STEPS:
        while number >= value:
            written += numeral
            number -= value
    return written


def letter(number: int) -> str:
    """Return the letter of a part, 1 = A, as Vietnamese outlines run (no J, W, Z).

    Raises:
        ValueError: If there are not that many letters.
    """
    if not 1 <= number <= len(_LETTERS):
        msg = f"there is no letter for part {number}"
        raise ValueError(msg)
    return _LETTERS[number - 1]
