"""Breaks text into lines that fit a width, by the widths of the shipped letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.lettering.typefaces import typeface

if TYPE_CHECKING:
    from kecan.lettering.typefaces import Face

POINT = 25.4 / 72
"""A point in millimetres."""
_BALANCE = 0.5  # millimetres: finer is not seen


def text_width(text: str, *, face: Face, size: float) -> float:
    """Return the width in millimetres of a line set in ``size`` points."""
    return typeface(face).width(text, size=size * POINT)


def wrapped(text: str, *, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Return the lines of ``text``, each at most ``width`` millimetres.

    Lines break at blanks; a word longer than a line breaks where it must.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if text_width(longer, face=face, size=size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *whole, line = _pieces(word, face=face, size=size, width=width)
        lines += whole
    return (*lines, line) if line else tuple(lines)


def without_a_lone_word(
    text: str, *, face: Face, size: float, width: float
) -> tuple[str, ...]:
    """Return the lines of :func:`wrapped`, the last one of two words where it can be.

    The lines above it give up a word; never is a line added.
    """
    lines = wrapped(text, face=face, size=size, width=width)
    narrower = width
    while len(lines) > 1 and " " not in lines[-1]:
        narrower -= _BALANCE
        tried = wrapped(text, face=face, size=size, width=narrower)
        if narrower < width / 2 or len(tried) > len(lines):
            break
        if " " in tried[-1]:
            return tried
    return lines


def balanced(text: str, *, face: Face, size: float, width: float) -> tuple[str, ...]:
    """Return as few lines as :func:`wrapped`, of lengths as equal as can be."""
    lines = wrapped(text, face=face, size=size, width=width)
    words = [text_width(word, face=face, size=size) for word in text.split()]
    least, most = max(words, default=width), width
    while most - least > _BALANCE:
        middle = (least + most) / 2
        tried = wrapped(text, face=face, size=size, width=middle)
        if len(tried) <= len(lines):
            lines, most = tried, middle
        else:
            least = middle
    return lines


def _pieces(word: str, *, face: Face, size: float, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        longer = pieces[-1] + letter
        if pieces[-1] and text_width(longer, face=face, size=size) > width:
            pieces.append(letter)
        else:
            pieces[-1] = longer
    return pieces
