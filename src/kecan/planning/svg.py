"""Pictures as SVG text, drawn from the same figures as the table beside them.

Each picture has a title and a description for a screen reader; numbers are written
in it, so it can be read printed and without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.svg_shapes import (
    BAR,
    INK,
    MET,
    OTHER,
    TRACK,
    bar,
    box,
    drawing,
    stroke,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.vocabulary import Month

_ROW, _LABEL, _WIDTH, _PAD = 22, 360, 360, 8
_SHORT_LABEL, _AGE_LABEL, _LETTER = 90, 60, 7
_CELL = 34
_SHADES = ("#fffdf8", "#dbe6f2", "#a9c4e0", "#6f9bc8", "#4d7ea8")
_GAUGE_WIDTH, _GAUGE_HEIGHT = 200, 16
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A labelled bar; ``mark`` is the number asked for, drawn as a line."""

    label: str
    value: int
    mark: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeRow:
    """Men and women of one age group; ``starts_band`` draws the border of a band."""

    label: str
    men: int
    women: int
    starts_band: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauge:
    """What a list has of what it is taken of, and the legal marks on the bar."""

    have: int
    of: int
    need: int | None = None
    most: int | None = None

    @property
    def is_met(self) -> bool:
        """Whether no mark is missed."""
        return (self.need is None or self.have >= self.need) and (
            self.most is None or self.have <= self.most
        )


def gauge(drawn: Gauge, *, title: str) -> str:
    """Draw one thin bar: have on the track of all, a line at each legal mark."""
    marks = [one for one in (drawn.need, drawn.most) if one is not None]
    most = max([1, drawn.have, drawn.of, *marks])
    scale = _GAUGE_WIDTH - 4
    colour = MET if drawn.is_met else OTHER
    parts = [
        bar(2, 4, scale * drawn.of // most, 8, TRACK),
        bar(2, 4, scale * drawn.have // most, 8, colour),
    ]
    for mark in marks:
        at = 2 + scale * mark // most
        parts.append(stroke(at, 1, at, _GAUGE_HEIGHT - 1))
    described = f"{drawn.have}/{drawn.of}"
    return drawing(parts, size=(_GAUGE_WIDTH, _GAUGE_HEIGHT), words=(title, described))


def bar_chart(bars: Sequence[Bar], *, title: str) -> str:
    """Draw bars with the mark each has to reach: shares, gaps or bench strength.

    A bar below its mark is drawn in another colour.
    """
    most = max([1, *(one.value for one in bars), *(one.mark or 0 for one in bars)])
    left = min(_LABEL, max([_SHORT_LABEL, *(_width(one.label) for one in bars)]))
    parts = []
    for number, one in enumerate(bars):
        top = _PAD + number * _ROW
        length = _WIDTH * one.value // most
        marked = _WIDTH * (one.mark or 0) // most
        colour = BAR if one.mark is None or one.value >= one.mark else OTHER
        shown = f"{one.value}" if one.mark is None else f"{one.value}/{one.mark}"
        parts += [
            text(left - _PAD, top + 15, one.label, anchor="end"),
            bar(left, top + 4, length, _ROW - 8, colour),
            text(left + max(length, marked) + 6, top + 15, shown),
        ]
        if one.mark is not None:
            at = left + marked
            parts.append(stroke(at, top + 1, at, top + _ROW - 1))
    described = "; ".join(f"{one.label}: {one.value}" for one in bars)
    height = 2 * _PAD + _ROW * len(bars)
    return drawing(parts, size=(left + _WIDTH + 60, height), words=(title, described))


def _width(label: str) -> int:
    """Return about how many pixels a label takes, with its distance from the bar."""
    return len(label) * _LETTER + 2 * _PAD


def age_pyramid(rows: Sequence[AgeRow], *, title: str, sexes: tuple[str, str]) -> str:
    """Draw men to the left and women to the right, the oldest group on top."""
    most = max([1, *(one.men for one in rows), *(one.women for one in rows)])
    half = _WIDTH // 2
    middle = _AGE_LABEL + half + _CELL
    parts = [
        text(middle - half // 2, 14, sexes[0], anchor="middle"),
        text(middle + half // 2, 14, sexes[1], anchor="middle"),
    ]
    for number, one in enumerate(rows):
        top = _ROW + number * _ROW
        men, women = half * one.men // most, half * one.women // most
        parts += [
            text(_AGE_LABEL - _PAD, top + 15, one.label, anchor="end"),
            bar(middle - men, top + 3, men, _ROW - 6, BAR),
            bar(middle, top + 3, women, _ROW - 6, OTHER),
            text(middle - men - 4, top + 15, f"{one.men}", anchor="end"),
            text(middle + women + 4, top + 15, f"{one.women}"),
        ]
        if one.starts_band:
            parts.append(stroke(_PAD, top, middle + half + 30, top))
    described = "; ".join(
        f"{one.label}: {sexes[0]} {one.men}, {sexes[1]} {one.women}" for one in rows
    )
    height = _ROW * (len(rows) + 1) + _PAD
    return drawing(parts, size=(middle + half + 40, height), words=(title, described))


def calendar_chart(counts: Mapping[Month, int], *, title: str) -> str:
    """Draw a row for each year and a cell for each month, darker where more leave."""
    years = sorted({month.year for month in counts})
    parts = [
        text(60 + _CELL * place + _CELL // 2, 16, f"{place + 1}", anchor="middle")
        for place in range(_MONTHS)
    ]
    for number, year in enumerate(years):
        parts.append(text(_PAD, 40 + number * _CELL, f"{year}"))
    for month, count in counts.items():
        left = 60 + _CELL * (month.month - 1)
        top = 22 + _CELL * (month.year - years[0])
        shade = min(count, len(_SHADES) - 1)
        parts.append(box(left, top, _CELL - 2, _CELL - 2, _SHADES[shade]))
        if count:
            ink = "#ffffff" if shade == len(_SHADES) - 1 else INK
            at = (left + _CELL // 2, top + 20)
            parts.append(text(*at, f"{count}", anchor="middle", colour=ink))
    described = "; ".join(f"{m.vi}: {count}" for m, count in counts.items() if count)
    size = (60 + _CELL * _MONTHS + _PAD, 22 + _CELL * len(years) + _PAD)
    return drawing(parts, size=size, words=(title, described))
