"""How papers of one version of the presentation rules look, read from ``styles/``.

Every value names its source with date and confidence; a file that lacks one, or
names a source it does not have, does not load.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kecan.documents.model import Orientation, TextRole
from kecan.vocabulary import Citation, Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

STYLES = Path(__file__).parent / "styles"
_TABLES = (
    "page",
    "page_landscape",
    "paragraph",
    "rooms",
    "wording",
    "wording_practice",
)


class StyleSheetError(ValueError):
    """A style file that must not be used, with the file and the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedStyle:
    """Where a value of the style sheet stands and how sure that is."""

    citation: Citation
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStyle:
    """The face of one role; ``size_pt`` in points."""

    size_pt: int
    is_bold: bool
    is_italic: bool
    is_underlined: bool
    source: SourcedStyle


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """Sheet and margins in millimetres, as the sheet is turned."""

    width_mm: int
    height_mm: int
    margin_top_mm: int
    margin_bottom_mm: int
    margin_left_mm: int
    margin_right_mm: int

    @property
    def text_width_mm(self) -> int:
        """The width left between the margins."""
        return self.width_mm - self.margin_left_mm - self.margin_right_mm


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """First-line indent, space after, and line pitch in percent of single."""

    first_line_mm: int
    space_after_pt: int
    line_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """Lengths of places in millimetres: rule, signature, address, stamp."""

    motto_rule_mm: int
    signature_mm: int
    address_mm: int
    address_item_mm: int
    stamp_width_mm: int
    stamp_height_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The fixed words of the version."""

    motto: str
    number_word: str
    star: str
    draft: str
    address: str
    smallest_unpadded_number: int
    minutes_carry_place_date: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleSheet:
    """One version of the presentation rules."""

    key: str
    title: str
    effective_from: date
    portrait: PageStyle
    landscape: PageStyle
    paragraph: ParagraphStyle
    wording: Wording
    rooms: Rooms
    texts: Mapping[TextRole, TextStyle]
    sources: Mapping[str, SourcedStyle]

    def page(self, orientation: Orientation) -> PageStyle:
        """Return sheet and margins for an orientation."""
        if orientation is Orientation.LANDSCAPE:
            return self.landscape
        return self.portrait

    def numbered(self, number: int | None, *, kind: str, symbol: str) -> str:
        """Return "Số 09-TTr/HU"; without a number, room to write it."""
        if number is None:
            return f"{self.wording.number_word}       -{kind}/{symbol}"
        unpadded = number >= self.wording.smallest_unpadded_number
        figures = str(number) if unpadded else f"0{number}"
        return f"{self.wording.number_word} {figures}-{kind}/{symbol}"


def shipped_style_keys() -> tuple[str, ...]:
    """Return the keys of every style sheet that comes with Kecan."""
    return tuple(sorted(path.stem for path in STYLES.glob("*.toml")))


@cache
def load_style_sheet(key: str) -> StyleSheet:
    """Return a shipped style sheet.

    Raises:
        StyleSheetError: If there is none with that key, or its file is unsound.
    """
    if key not in shipped_style_keys():
        known = ", ".join(shipped_style_keys())
        msg = f"Không có mẫu trình bày '{key}'; các mẫu hiện có: {known}."
        raise StyleSheetError(msg)
    return read_style_sheet(STYLES / f"{key}.toml")


def read_style_sheet(path: Path) -> StyleSheet:
    """Read a style file.

    Raises:
        StyleSheetError: If a value, its source or its confidence is missing.
    """
    try:
        return _style_sheet(tomllib.loads(path.read_text("utf-8")))
    except (KeyError, TypeError, ValueError) as fault:
        msg = f"{path.name}: mẫu trình bày không đọc được ({fault})."
        raise StyleSheetError(msg) from fault


def _style_sheet(raw: Mapping[str, Any]) -> StyleSheet:
    sources = {name: _source(entry) for name, entry in raw["sources"].items()}
    for name in _TABLES:
        _require_source(raw[name], sources=sources, place=name)
    page, turned = dict(raw["page"]), dict(raw["page_landscape"])
    words = {**raw["wording"], **raw["wording_practice"]}
    return StyleSheet(
        key=raw["key"],
        title=raw["title"],
        effective_from=raw["effective_from"],
        portrait=PageStyle(**_without_source(page)),
        landscape=PageStyle(
            width_mm=page["height_mm"],
            height_mm=page["width_mm"],
            **_without_source(turned),
        ),
        paragraph=ParagraphStyle(**_without_source(raw["paragraph"])),
        wording=Wording(**{field.name: words[field.name] for field in fields(Wording)}),
        rooms=Rooms(**_without_source(raw["rooms"])),
        texts={role: _text(raw["text"][role], sources=sources) for role in TextRole},
        sources=sources,
    )


def _source(entry: Mapping[str, Any]) -> SourcedStyle:
    return SourcedStyle(
        citation=Citation(
            document=entry["document"],
            dated=entry["dated"],
            place=entry["place"],
            url=entry["url"],
        ),
        confidence=Confidence(entry["confidence"]),
    )


def _require_source(
    entry: Mapping[str, Any], *, sources: Mapping[str, SourcedStyle], place: str
) -> SourcedStyle:
    name: str = entry["source"]
    if name not in sources:
        msg = f"[{place}] nêu nguồn '{name}' không có trong [sources]"
        raise ValueError(msg)
    return sources[name]


def _without_source(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "source"}


def _text(
    entry: Mapping[str, Any], *, sources: Mapping[str, SourcedStyle]
) -> TextStyle:
    return TextStyle(
        size_pt=entry["size_pt"],
        is_bold=entry.get("bold", False),
        is_italic=entry.get("italic", False),
        is_underlined=entry.get("underline", False),
        source=_require_source(entry, sources=sources, place="text"),
    )
