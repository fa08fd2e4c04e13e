"""The pieces a ballot is built of: strips of paper that stand under one another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.lettering.typefaces import Face
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.wrapping import POINT, balanced, text_width, without_a_lone_word

if TYPE_CHECKING:
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.layout import BoxLayout, RowLayout, WriteInZone

LEADING = 1.2  # from one line of text to the next, in sizes
_BASELINE = 0.93  # from the top of a line to its baseline, in sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedText:
    """One line of text; ``x`` and ``y`` are the start of its baseline."""

    x: float
    y: float
    text: str
    face: Face
    size: float

    @property
    def outline(self) -> Rectangle:
        """The paper the line takes, from highest accent to lowest tail."""
        size = self.size * POINT
        width = text_width(self.text, face=self.face, size=self.size)
        return rectangle(self.x, self.y - _BASELINE * size, width, LEADING * size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """Something as wide as the text area and ``height`` high.

    Everything in it is placed from the strip's own top and the page's left edge.
    ``ties`` tells that the next strip must stand on the same page.
    """

    height: float
    texts: tuple[PlacedText, ...] = ()
    rules: tuple[Rectangle, ...] = ()
    boxes: tuple[BoxLayout, ...] = ()
    row: RowLayout | None = None
    zone: WriteInZone | None = None
    ties: bool = False


def lowered(strip: Strip, *, by: float) -> Strip:
    """Return the strip with everything in it ``by`` millimetres further down."""
    return replace(
        strip,
        texts=tuple(replace(text, y=round(text.y + by, 3)) for text in strip.texts),
        rules=tuple(rule.moved(down=by) for rule in strip.rules),
        boxes=tuple(
            replace(box, rectangle=box.rectangle.moved(down=by)) for box in strip.boxes
        ),
        row=strip.row
        and replace(strip.row, rectangle=strip.row.rectangle.moved(down=by)),
        zone=strip.zone
        and replace(strip.zone, rectangle=strip.zone.rectangle.moved(down=by)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """How a text is set: its face, its size in points, centred or from the left."""

    size: float
    face: Face = Face.REGULAR
    is_centred: bool = False

    def lines(self, text: str, *, width: float) -> tuple[str, ...]:
        """Return the text broken into lines of at most ``width`` millimetres."""
        breaking = balanced if self.is_centred else without_a_lone_word
        return breaking(text, face=self.face, size=self.size, width=width)

    def width(self, text: str) -> float:
        """Return how wide the text stands on one line."""
        return text_width(text, face=self.face, size=self.size)

    def height(self, text: str, *, width: float) -> float:
        """Return how high the broken text stands."""
        return len(self.lines(text, width=width)) * self.size * POINT * LEADING

    def placed(
        self, text: str, *, x: float, y: float, width: float
    ) -> tuple[PlacedText, ...]:
        """Return the lines of ``text`` in the column at ``x``, from ``y`` down."""
        size = self.size * POINT
        return tuple(
            PlacedText(
                x=round(x + self._indent(line, width=width), 3),
                y=round(y + (number * LEADING + _BASELINE) * size, 3),
                text=line,
                face=self.face,
                size=self.size,
            )
            for number, line in enumerate(self.lines(text, width=width))
        )

    def _indent(self, line: str, *, width: float) -> float:
        if not self.is_centred:
            return 0
        return (width - self.width(line)) / 2
