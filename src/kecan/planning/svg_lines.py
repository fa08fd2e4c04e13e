"""Lines over months as SVG text: what a forecast counts, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from kecan.planning.svg_shapes import (
    BAR,
    INK,
    MARK,
    MET,
    OTHER,
    SOFT,
    TRACK,
    drawing,
    path,
    stroke,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.vocabulary import Month

_LEFT, _TOP, _BELOW = 40, 18, 28
_WIDTH, _HEIGHT = 500, 150
_TICKS, _APART, _SAMPLE = 4, 22, 30
_GAP, _INDENT = 14, 8  # beside the piece of a line that stands before its name
_LETTER = 7  # a wide typeface at 12 dots takes 6.4
_LOOKS = ((BAR, ""), (OTHER, "7 3"), (MET, "2 3"), (INK, "9 3 2 3"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A named count for each month; None where there is nothing to count any more."""

    label: str
    values: tuple[int | None, ...]


def line_chart(
    months: Sequence[Month],
    lines: Sequence[Line],
    *,
    title: str,
    chosen: Month | None = None,
) -> str:
    """Draw counts as steps over months, each line named beside the picture.

    Args:
        months: The months, one after the other.
        lines: At most four lines, each with a value for every month.
        title: What a screen reader says first.
        chosen: The month a red line stands at.

    Raises:
        ValueError: If there are more lines than can be told apart.
    """
    if len(lines) > len(_LOOKS):
        msg = f"{len(lines)} lines cannot be told apart; {len(_LOOKS)} can"
        raise ValueError(msg)
    top = max([1, *(one for line in lines for one in line.values if one is not None)])
    across = max(1, len(months) - 1)
    parts = [*_grid(months, top=top, across=across)]
    if chosen is not None and chosen in months:
        at = _x(months.index(chosen), across)
        parts.append(stroke(at, _TOP, at, _TOP + _HEIGHT))
        parts.append(text(at + 4, _TOP - 6, chosen.vi, colour=MARK))
    for number, (line, look) in enumerate(zip(lines, _LOOKS, strict=False)):
        points = [*_points(line, top=top, across=across)]
        if points:
            parts.append(path(points, colour=look[0], dashes=look[1]))
        parts += _named(line, number=number, look=look)
    described = "; ".join(
        f"{line.label}: {', '.join(str(one) for one in line.values if one is not None)}"
        for line in lines
    )
    named = _LETTER * max((len(line.label) for line in lines), default=0)
    right = _GAP + _SAMPLE + _INDENT + named
    size = (_LEFT + _WIDTH + right, _TOP + _HEIGHT + _BELOW)
    return drawing(parts, size=size, words=(title, described))


def _grid(months: Sequence[Month], *, top: int, across: int) -> Iterator[str]:
    ticks = sorted({top * number // _TICKS for number in range(_TICKS + 1)})
    for value in ticks:
        at = _y(value, top)
        yield stroke(_LEFT, at, _LEFT + _WIDTH, at, colour=TRACK, width=1)
        yield text(_LEFT - 6, at + 4, f"{value}", anchor="end", colour=SOFT)
    for number, month in enumerate(months):
        if month.month == 1:
            at = _x(number, across)
            yield stroke(at, _TOP, at, _TOP + _HEIGHT, colour=TRACK, width=1)
            yield text(
                at, _TOP + _HEIGHT + 16, f"{month.year}", anchor="middle", colour=SOFT
            )


def _points(line: Line, *, top: int, across: int) -> Iterator[tuple[int, int]]:
    """Yield the corners of the steps: level until the month in which it changes."""
    known = [(at, one) for at, one in enumerate(line.values) if one is not None]
    if known:
        yield _x(known[0][0], across), _y(known[0][1], top)
    for (_, before), (number, value) in pairwise(known):
        if value != before or number == known[-1][0]:
            yield _x(number, across), _y(before, top)
            yield _x(number, across), _y(value, top)


def _named(line: Line, *, number: int, look: tuple[str, str]) -> Iterator[str]:
    """Yield the name of a line beside the picture, with a piece of the line itself."""
    left, at = _LEFT + _WIDTH + _GAP, _TOP + 10 + number * _APART
    yield path([(left, at), (left + _SAMPLE, at)], colour=look[0], dashes=look[1])
    yield text(left + _SAMPLE + _INDENT, at + 4, line.label)


def _x(number: int, across: int) -> int:
    return _LEFT + _WIDTH * number // across


def _y(value: int, top: int) -> int:
    return _TOP + _HEIGHT - _HEIGHT * value // top
