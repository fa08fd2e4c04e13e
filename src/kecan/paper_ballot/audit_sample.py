"""Which sheets to pull: a sample anybody can draw again from dice rolled in public."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DICE = 20
"""Digits of a seed, as ten-sided dice give them."""


class DiceNotReadableError(ValueError):
    """The seed is not 20 digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """The digits of the dice, in the order they were rolled."""

    digits: str

    def __post_init__(self) -> None:
        if not (len(self.digits) == DICE and self.digits.isascii()):
            raise DiceNotReadableError(self.digits)
        if not self.digits.isdecimal():
            raise DiceNotReadableError(self.digits)

    @classmethod
    def parse(cls, text: str) -> Seed:
        """Read the digits; spaces, dots and dashes between them are let pass.

        Raises:
            DiceNotReadableError: If what is left is not 20 digits.
        """
        return cls(digits="".join(one for one in text if one not in " .-"))


def drawn(seed: Seed, *, stack: int) -> Iterator[int]:
    """Yield every position of the stack once, in the order the seed draws them.

    The i-th draw, i = 1, 2, ..., is SHA-256 of the ASCII text "DIGITS,i", read as
    a whole number, modulo the size of the stack, plus 1; a position drawn before is
    passed over. The remainder is uneven by less than stack / 2**256.

    Args:
        seed: The dice.
        stack: Sheets in the stack, at least 1; positions count from 1.

    Source:
        The counter sampler of [SH] and of Stark's audit tools: SHA-256 of the seed,
        a comma and the number of the draw.
    """
    seen: set[int] = set()
    number = 0
    while len(seen) < stack:
        number += 1
        text = f"{seed.digits},{number}".encode("ascii")
        position = int.from_bytes(hashlib.sha256(text).digest(), "big") % stack + 1
        if position not in seen:
            seen.add(position)
            yield position


def sample(seed: Seed, *, stack: int, size: int) -> tuple[int, ...]:
    """Return the first ``size`` positions the seed draws, in the order drawn.

    Raises:
        ValueError: If there are fewer sheets than that, or none.
    """
    if not 0 <= size <= stack or stack < 1:
        msg = f"{size} of {stack} sheets cannot be drawn"
        raise ValueError(msg)
    draws = drawn(seed, stack=stack)
    return tuple(next(draws) for _ in range(size))
