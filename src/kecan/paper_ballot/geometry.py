"""Places on a page, in millimetres from its top left corner; y runs down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

Millimetres = NewType("Millimetres", float)
"""A length or place on paper."""

_PLACES = 3  # a micrometre: finer than any printer, and short in the layout file


@dataclass(frozen=True, slots=True)
class Rectangle:
    """An upright rectangle on a page."""

    x: Millimetres
    y: Millimetres
    width: Millimetres
    height: Millimetres

    @property
    def right(self) -> Millimetres:
        """The right edge."""
        return Millimetres(self.x + self.width)

    @property
    def bottom(self) -> Millimetres:
        """The lower edge."""
        return Millimetres(self.y + self.height)

    @property
    def centre(self) -> tuple[Millimetres, Millimetres]:
        """The middle, as (x, y)."""
        return (
            Millimetres(self.x + self.width / 2),
            Millimetres(self.y + self.height / 2),
        )

    def grown(self, by: float) -> Rectangle:
        """Return the rectangle with every edge moved out by ``by``."""
        return rectangle(
            self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by
        )

    def moved(self, *, right: float = 0, down: float = 0) -> Rectangle:
        """Return the rectangle at another place."""
        return rectangle(self.x + right, self.y + down, self.width, self.height)

    def overlaps(self, other: Rectangle) -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Rectangle) -> bool:
        """Return whether ``other`` lies wholly inside."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def rectangle(x: float, y: float, width: float, height: float) -> Rectangle:
    """Return a rectangle of plain numbers, rounded to a micrometre."""
    return Rectangle(
        Millimetres(round(x, _PLACES)),
        Millimetres(round(y, _PLACES)),
        Millimetres(round(width, _PLACES)),
        Millimetres(round(height, _PLACES)),
    )
