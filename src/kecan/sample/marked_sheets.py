"""Sheets marked as their voters chose, each by its own hand, and scanned: quick to make.

The demonstration holds its conferences with these. What a mark looks like comes
from :mod:`kecan.sample.scans`; the scanner here is a plain office one, drawn in
whole bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.lettering.names import fold_for_search
from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.layout import Column, LineKind
from kecan.sample.scans import (
    CANVAS_DPI,
    Hand,
    OddMark,
    draw_mark,
    draw_odd_mark,
    printed_pages,
)
from kecan.tally import LineState

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.layout import BallotLayout, PageLayout
    from kecan.tally import Sheet

DPI = 200
_PENCILS, _UPSIDE_DOWN = 0.1, 0.08  # shares of sheets
_MM_PER_INCH = 25.4
_LETTERS = 1.3  # size of handwriting
_MARKED = {
    LineState.AGREE: {Column.AGREE},
    LineState.DISAGREE: {Column.DISAGREE},
    LineState.BOTH: {Column.AGREE, Column.DISAGREE},
    LineState.NONE: set[Column](),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPage:
    """A scanned page with what its voter meant, box by box; ``digest`` of the JPEG.

    ``written`` is the name on the line of the box, as the voter wrote it; else empty.
    """

    jpeg: bytes
    digest: str
    meant: tuple[bool, ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Voter:
    hand: Hand
    strength: int
    width: float
    odd_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scanner:
    dpi: int
    is_upside_down: bool

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height of a page in pixels."""
        return round(210 / _MM_PER_INCH * self.dpi), round(
            297 / _MM_PER_INCH * self.dpi
        )


def mark_and_scan(
    form: BallotForm,
    sheet: Sheet,
    seed: int,
    odd_share: float = 0.0,
    dpi: int = DPI,
    sheet_id: str = "",
) -> list[MarkedPage]:
    """Return the pages of one voter's ballot, in page order.

    Args:
        form: The ballot.
        sheet: What the voter chose; names written in are drawn as handwriting.
        seed: Of the hand and the scanner.
        odd_share: Share of the marks that only a person may read.
        dpi: Of the scanner.
        sheet_id: Of the sheet, where the form has ids.
    """
    cv2.setNumThreads(1)
    generator = np.random.default_rng(seed)
    printed, layout = _printed(form, sheet_id)
    pencil = generator.random() < _PENCILS
    voter = _Voter(
        hand=Hand(str(generator.choice(list(Hand)))),
        strength=int(
            generator.uniform(130, 170) if pencil else generator.uniform(200, 250)
        ),
        width=float(generator.uniform(0.35, 0.75)),
        odd_share=odd_share,
    )
    scanner = _Scanner(dpi=dpi, is_upside_down=generator.random() < _UPSIDE_DOWN)
    return [
        _page(image, page, sheet, voter=voter, generator=generator, scanner=scanner)
        for image, page in zip(printed, layout.pages, strict=True)
    ]


@lru_cache(maxsize=2)
def _printed(
    form: BallotForm, sheet_id: str
) -> tuple[list[NDArray[np.uint8]], BallotLayout]:
    style = Style.NORMAL
    pages = printed_pages(form, style=style, sheet_id=sheet_id)
    return pages, layout_of(form, style=style)


def _page(
    printed: NDArray[np.uint8],
    page: PageLayout,
    sheet: Sheet,
    *,
    voter: _Voter,
    generator: Generator,
    scanner: _Scanner,
) -> MarkedPage:
    ink = np.zeros(printed.shape, np.uint8)
    meant = [
        _is_meant(sheet, box.contest, box.line, box.column, box.kind)
        for box in page.boxes
    ]
    pen = (voter.strength, voter.width)
    for index, box in enumerate(page.boxes):
        if not meant[index]:
            continue
        if generator.random() < voter.odd_share:
            odd = (OddMark.CIRCLE, OddMark.BESIDE, OddMark.DOT)
            draw_odd_mark(
                ink, page, index, odd[int(generator.integers(len(odd)))], pen, generator
            )
        else:
            draw_mark(ink, box.rectangle.centre, voter.hand, pen, generator)
    _write_names(ink, page, sheet, pen=pen)
    image = _scanned(
        np.asarray(cv2.subtract(printed, ink), np.uint8), generator, scanner=scanner
    )
    quality = int(generator.integers(55, 86))
    stored = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[
        1
    ].tobytes()
    return MarkedPage(
        jpeg=stored,
        digest=sha256(stored).hexdigest(),
        meant=tuple(meant),
        written=tuple(_name_at(sheet, box.contest, box.line) for box in page.boxes),
    )


def _is_meant(
    sheet: Sheet, contest: int, line: int, column: Column, kind: LineKind
) -> bool:
    states = sheet.states[contest - 1]
    if kind is LineKind.WRITE_IN:
        written = _names(sheet, contest)
        return column is Column.AGREE and line - len(states) <= len(written)
    return column in _MARKED[states[line - 1]]


def _names(sheet: Sheet, contest: int) -> tuple[str, ...]:
    return sheet.write_ins[contest - 1] if contest <= len(sheet.write_ins) else ()


def _name_at(sheet: Sheet, contest: int, line: int) -> str:
    """Return the name somebody wrote on a line; empty on a printed or an empty one."""
    place = line - len(sheet.states[contest - 1]) - 1
    names = _names(sheet, contest)
    return names[place] if 0 <= place < len(names) else ""


def _write_names(
    ink: NDArray[np.uint8],
    page: PageLayout,
    sheet: Sheet,
    *,
    pen: tuple[int, float],
) -> None:
    """Write a name by hand, without its accents, as people in a hurry do."""
    per_mm = CANVAS_DPI / _MM_PER_INCH
    for zone in page.write_in_zones:
        name = _name_at(sheet, zone.contest, zone.line)
        if name:
            left, middle = zone.rectangle.x + 3, zone.rectangle.centre[1]
            cv2.putText(
                ink,
                fold_for_search(name).title(),
                (round(left * per_mm), round((middle + 1.6) * per_mm)),
                cv2.FONT_HERSHEY_SCRIPT_SIMPLEX,
                _LETTERS,
                pen[0],
                max(2, round(pen[1] * per_mm / 2)),
                cv2.LINE_AA,
            )


@lru_cache(maxsize=2)
def _grain(size: tuple[int, int]) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    noise = np.random.default_rng(1).normal(0, 1.2, (size[1], size[0]))
    above = np.clip(noise, 0, 40).astype(np.uint8)
    return above, np.clip(-noise, 0, 40).astype(np.uint8)


def _scanned(
    sheet: NDArray[np.uint8], generator: Generator, *, scanner: _Scanner
) -> NDArray[np.uint8]:
    size = scanner.size
    turn = cv2.getRotationMatrix2D(
        (sheet.shape[1] / 2, sheet.shape[0] / 2),
        float(generator.uniform(-1.2, 1.2)),
        float(generator.uniform(0.993, 1.007)),
    )
    shift = generator.uniform(-1.0, 1.0, 2) * CANVAS_DPI / _MM_PER_INCH
    turn[:, 2] = turn[:, 2] + shift
    turn = np.diag([size[0] / sheet.shape[1], size[1] / sheet.shape[0]]) @ turn
    image = cv2.warpAffine(
        sheet, turn, size, flags=cv2.INTER_LINEAR, borderValue=(250,)
    )
    low = float(generator.uniform(5, 30))
    paper = float(generator.uniform(232, 252))
    image = cv2.convertScaleAbs(image, alpha=(paper - low) / 255, beta=low)
    above, below = _grain(size)
    image = cv2.subtract(cv2.add(image, above), below)
    is_turned = scanner.is_upside_down
    return np.ascontiguousarray(image[::-1, ::-1]) if is_turned else np.asarray(image)
