"""Shapes as SVG text; numbers are whole pixels, words are escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, BAR, OTHER, MARK = "#22201c", "#4d7ea8", "#c9a227", "#8f1d1d"
TRACK, MET, SOFT = "#ece3d2", "#4f8a63", "#635d53"


def drawing(
    parts: Sequence[str], *, size: tuple[int, int], words: tuple[str, str]
) -> str:
    """Return a whole picture; ``words`` are its title and description for a reader."""
    width, height = size
    title, described = (escape(one) for one in words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" font-size="12" '
        'font-family="sans-serif">'
        f"<title>{title}</title><desc>{described}</desc>{''.join(parts)}</svg>"
    )


def text(
    x: int, y: int, words: str, *, anchor: str = "start", colour: str = INK
) -> str:
    """Return words at a place, by their start, middle or end."""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(words)}</text>"
    )


def box(x: int, y: int, width: int, height: int, colour: str) -> str:
    """Return a rectangle with a thin edge."""
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}" '
        f'stroke="{INK}" stroke-width="0.5"/>'
    )


def bar(x: int, y: int, width: int, height: int, colour: str) -> str:
    """Return a rectangle without an edge."""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}"/>'


def stroke(
    x1: int, y1: int, x2: int, y2: int, *, colour: str = MARK, width: int = 2
) -> str:
    """Return a straight line, by default that of a legal mark."""
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" '
        f'stroke-width="{width}"/>'
    )


def path(points: Sequence[tuple[int, int]], *, colour: str, dashes: str) -> str:
    """Return a line through points; ``dashes`` tells lines apart without colour."""
    joined = " ".join(f"{x},{y}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{joined}" fill="none" stroke="{colour}" '
        f'stroke-width="2"{dashed}/>'
    )
