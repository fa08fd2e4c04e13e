"""The shipped typefaces and how wide their letters are.

Liberation Serif has the widths of Times New Roman, so a line broken here breaks at
the same place in an office's own font.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FONTS = Path(__file__).parent / "fonts"


class Face(StrEnum):
    """A cut of the shipped typeface, by the end of its file name."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """One font file: its tables and the two that measuring needs.

    ``advances`` holds the width of each glyph in units of ``units_per_em``.
    """

    face: Face
    tables: Mapping[str, bytes]
    units_per_em: int
    glyphs: Mapping[int, int]
    advances: tuple[int, ...]

    def glyph(self, letter: str) -> int:
        """Return the glyph of a letter; 0, an empty frame, when it has none."""
        return self.glyphs.get(ord(letter), 0)

    def has(self, text: str) -> bool:
        """Return whether every letter of ``text`` can be printed."""
        return all(ord(letter) in self.glyphs for letter in text)

    def width(self, text: str, *, size: float) -> float:
        """Return the width of one line, in the unit ``size`` is given in."""
        units = sum(self.advances[self.glyph(letter)] for letter in text)
        return units * size / self.units_per_em


@cache
def typeface(face: Face) -> Typeface:
    """Return a shipped typeface, read once."""
    tables = _tables((FONTS / f"LiberationSerif-{face}.ttf").read_bytes())
    (units_per_em,) = struct.unpack_from(">H", tables["head"], 18)
    (glyphs,) = struct.unpack_from(">H", tables["maxp"], 4)
    (measured,) = struct.unpack_from(">H", tables["hhea"], 34)
    widths = struct.unpack_from(">" + "Hh" * measured, tables["hmtx"])[::2]
    return Typeface(
        face=face,
        tables=tables,
        units_per_em=units_per_em,
        glyphs=_glyphs(tables["cmap"]),
        advances=widths + (widths[-1],) * (glyphs - measured),
    )


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    entries = [struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(count)]
    return {
        tag.decode("ascii"): font[start : start + length]
        for tag, _, start, length in entries
    }


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Read the letters of the format 4 table, which holds all Vietnamese ones."""
    start = _format_4(cmap)
    (doubled,) = struct.unpack_from(">H", cmap, start + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", cmap, start + 14)
    starts = struct.unpack_from(f">{count}H", cmap, start + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", cmap, start + 16 + 2 * doubled)
    places = start + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", cmap, places)
    found: dict[int, int] = {}
    for segment, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for letter in range(first, last + 1):
            glyph = letter
            if offsets[segment]:
                at = places + 2 * segment + offsets[segment] + 2 * (letter - first)
                (glyph,) = struct.unpack_from(">H", cmap, at)
            if not offsets[segment] or glyph:
                glyph = (glyph + deltas[segment]) & 0xFFFF
            if glyph:
                found[letter] = glyph
    return found


def _format_4(cmap: bytes) -> int:
    (count,) = struct.unpack_from(">H", cmap, 2)
    for entry in range(count):
        (start,) = struct.unpack_from(">L", cmap, 8 + 8 * entry)
        if struct.unpack_from(">H", cmap, start)[0] == 4:  # noqa: PLR2004
            return int(start)
    msg = "the font has no table of letters in format 4"
    raise ValueError(msg)
