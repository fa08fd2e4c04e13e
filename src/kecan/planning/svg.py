"""Pictures as SVG text, drawn from the same figures as the table beside them.

Each picture has a title and a description for a screen reader; numbers are written
in it, so it can be read printed and without colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.vocabulary import Month

_ROW, _LABEL, _WIDTH, _PAD = 22, 260, 360, 8
_CELL = 34
_INK, _BAR, _OTHER, _MARK = "#22201c", "#4d7ea8", "#c9a227", "#8f1d1d"
_TRACK, _MET, _SOFT = "#ece3d2", "#4f8a63", "#635d53"
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
    colour = _MET if drawn.is_met else _OTHER
    parts = [
        _plain(2, 4, scale * drawn.of // most, 8, _TRACK),
        _plain(2, 4, scale * drawn.have // most, 8, colour),
    ]
    for mark in marks:
        at = 2 + scale * mark // most
        parts.append(_line(at, 1, at, _GAUGE_HEIGHT - 1))
    described = f"{drawn.have}/{drawn.of}"
    return _svg(parts, size=(_GAUGE_WIDTH, _GAUGE_HEIGHT), words=(title, described))


def bar_chart(bars: Sequence[Bar], *, title: str) -> str:
    """Draw bars with the mark each has to reach: shares, gaps or bench strength.

    A bar below its mark is drawn in another colour.
    """
    most = max([1, *(one.value for one in bars), *(one.mark or 0 for one in bars)])
    parts = []
    for number, one in enumerate(bars):
        top = _PAD + number * _ROW
        length = _WIDTH * one.value // most
        colour = _BAR if one.mark is None or one.value >= one.mark else _OTHER
        shown = f"{one.value}" if one.mark is None else f"{one.value}/{one.mark}"
        parts += [
            _text(_LABEL - _PAD, top + 15, one.label, anchor="end"),
            _rect(_LABEL, top + 4, length, _ROW - 8, colour),
            _text(_LABEL + length + 4, top + 15, shown),
        ]
        if one.mark is not None:
            at = _LABEL + _WIDTH * one.mark // most
            parts.append(_line(at, top + 1, at, top + _ROW - 1))
    described = "; ".join(f"{one.label}: {one.value}" for one in bars)
    height = 2 * _PAD + _ROW * len(bars)
    return _svg(parts, size=(_LABEL + _WIDTH + 60, height), words=(title, described))


def age_pyramid(rows: Sequence[AgeRow], *, title: str, sexes: tuple[str, str]) -> str:
    """Draw men to the left and women to the right, the oldest group on top."""
    most = max([1, *(one.men for one in rows), *(one.women for one in rows)])
    half = _WIDTH // 2
    middle = _LABEL // 3 + half + _CELL
    parts = [
        _text(middle - half // 2, 14, sexes[0], anchor="middle"),
        _text(middle + half // 2, 14, sexes[1], anchor="middle"),
    ]
    for number, one in enumerate(rows):
        top = _ROW + number * _ROW
        men, women = half * one.men // most, half * one.women // most
        parts += [
            _text(_LABEL // 3 - _PAD, top + 15, one.label, anchor="end"),
            _rect(middle - men, top + 3, men, _ROW - 6, _BAR),
            _rect(middle, top + 3, women, _ROW - 6, _OTHER),
            _text(middle - men - 4, top + 15, f"{one.men}", anchor="end"),
            _text(middle + women + 4, top + 15, f"{one.women}"),
        ]
        if one.starts_band:
            parts.append(_line(_PAD, top, middle + half + 30, top))
    described = "; ".join(
        f"{one.label}: {sexes[0]} {one.men}, {sexes[1]} {one.women}" for one in rows
    )
    height = _ROW * (len(rows) + 1) + _PAD
    return _svg(parts, size=(middle + half + 40, height), words=(title, described))


def calendar_chart(counts: Mapping[Month, int], *, title: str) -> str:
    """Draw a row for each year and a cell for each month, darker where more leave."""
    years = sorted({month.year for month in counts})
    parts = [
        _text(60 + _CELL * place + _CELL // 2, 16, f"{place + 1}", anchor="middle")
        for place in range(_MONTHS)
    ]
    for number, year in enumerate(years):
        parts.append(_text(_PAD, 40 + number * _CELL, f"{year}"))
    for month, count in counts.items():
        left = 60 + _CELL * (month.month - 1)
        top = 22 + _CELL * (month.year - years[0])
        shade = min(count, len(_SHADES) - 1)
        parts.append(_rect(left, top, _CELL - 2, _CELL - 2, _SHADES[shade]))
        if count:
            ink = "#ffffff" if shade == len(_SHADES) - 1 else _INK
            at = (left + _CELL // 2, top + 20)
            parts.append(_text(*at, f"{count}", anchor="middle", colour=ink))
    described = "; ".join(f"{m.vi}: {count}" for m, count in counts.items() if count)
    size = (60 + _CELL * _MONTHS + _PAD, 22 + _CELL * len(years) + _PAD)
    return _svg(parts, size=size, words=(title, described))


def _svg(parts: Sequence[str], *, size: tuple[int, int], words: tuple[str, str]) -> str:
    width, height = size
    title, described = (escape(one) for one in words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-size="12" '
        'font-family="sans-serif">'
        f"<title>{title}</title><desc>{described}</desc>{''.join(parts)}</svg>"
    )


def _text(
    x: int, y: int, words: str, *, anchor: str = "start", colour: str = _INK
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def _rect(  # a rectangle has that many numbers
    x: int, y: int, width: int, height: int, colour: str
) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}" '
        f'stroke="{_INK}" stroke-width="0.5"/>'
    )


def _plain(
    x: int, y: int, width: int, height: int, colour: str
) -> str:  # a rectangle has that many numbers
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'


def _line(x1: int, y1: int, x2: int, y2: int) -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{_MARK}" '
        'stroke-width="2"/>'
    )
