"""Spreads a form over pages: what is printed, and the layout a reader works by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.lettering.typefaces import Face
from kecan.paper_ballot.contest_strips import contest_strips, table_head
from kecan.paper_ballot.form import BallotForm, FormError, Style
from kecan.paper_ballot.geometry import Millimetres, rectangle
from kecan.paper_ballot.layout import (
    CORNER_SIDE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    QUIET_EDGE,
    BallotLayout,
    CodeLayout,
    PageLayout,
    TickPair,
)
from kecan.paper_ballot.opening import opening, stamp_zone
from kecan.paper_ballot.print_sizes import PRINT_SIZES
from kecan.paper_ballot.sheet_ids import SPECIMEN, checked_text
from kecan.paper_ballot.strips import Lettering, PlacedText, Strip, lowered
from kecan.paper_ballot.wording import FULL_SCALE
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.paper_ballot.geometry import Rectangle

CODE_MODULES = 29  # QR version 3, M: 42 bytes
CODE_VERSION = 3
MODULE = 0.55
SCALE_LENGTH = 100.0
MOST_PAGES = 99
_CODE_SIDE = CODE_MODULES * MODULE
_FIRST_TOP, _NEXT_TOP, _BOTTOM = 15.0, 26.5, 268.0
_BEFORE_TABLE = 3.0
_TICK = (4.0, 2.0)
_LEFT_TICK, _RIGHT_TICK = 17.5, 198.0
_CODE_INSET = 10.0
_FAR_X = PAGE_WIDTH - QUIET_EDGE - CORNER_SIDE
_FAR_Y = PAGE_HEIGHT - QUIET_EDGE - CORNER_SIDE
_CORNERS = (
    rectangle(QUIET_EDGE, QUIET_EDGE, CORNER_SIDE, CORNER_SIDE),
    rectangle(_FAR_X, QUIET_EDGE, CORNER_SIDE, CORNER_SIDE),
    rectangle(_FAR_X, _FAR_Y, CORNER_SIDE, CORNER_SIDE),
    rectangle(QUIET_EDGE, _FAR_Y, CORNER_SIDE, CORNER_SIDE),
)
_ORIENTATION_BAR = rectangle(18, QUIET_EDGE, 18, 3)
_CODES = (
    rectangle(
        PAGE_WIDTH - QUIET_EDGE - _CODE_INSET - _CODE_SIDE,
        QUIET_EDGE,
        _CODE_SIDE,
        _CODE_SIDE,
    ),
    rectangle(
        QUIET_EDGE + _CODE_INSET,
        PAGE_HEIGHT - QUIET_EDGE - _CODE_SIDE,
        _CODE_SIDE,
        _CODE_SIDE,
    ),
)
# ISO 838 and its four-hole form: centres 12 mm from the edge, 80 mm apart.
_PUNCH_ZONE = rectangle(0, 20, 17, 257)
_FOOT_LEFT = 50.0
# Left of the boxes under the upper code: else print would line up from edge to edge.
_PAGE_NUMBER_LEFT, _PAGE_NUMBER_WIDTH = 158.0, 22.0
_SCALE_LINE = rectangle(_FOOT_LEFT, 286, SCALE_LENGTH, 0.3)
_SCALE_END = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A page as it is drawn: its layout, and the text and lines around it."""

    layout: PageLayout
    texts: tuple[PlacedText, ...]
    rules: tuple[Rectangle, ...]


def layout_of(form: BallotForm, *, style: Style = Style.NORMAL) -> BallotLayout:
    """Return where everything stands when ``form`` is printed in ``style``.

    Raises:
        FormError: If the ballot would be longer than 99 pages.
    """
    pages = tuple(page.layout for page in printed_pages(form, style=style))
    return BallotLayout(event=form.event, style=style.value, pages=pages)


def printed_pages(form: BallotForm, *, style: Style) -> tuple[PrintedPage, ...]:
    """Return the pages of one ballot, in order.

    Raises:
        FormError: If there would be more than 99.
    """
    spreads = _spread(form, style=style)
    if len(spreads) > MOST_PAGES:
        raise FormError(
            "contest",
            Sentence(
                f"phiếu dài {len(spreads)} trang, tối đa {MOST_PAGES}.",
                f"the ballot takes {len(spreads)} pages, at most {MOST_PAGES} fit.",
            ),
        )
    return tuple(
        _page(form, style, number, of=len(spreads), strips=strips)
        for number, strips in enumerate(spreads, start=1)
    )


def _spread(form: BallotForm, *, style: Style) -> list[list[Strip]]:
    """Return the strips of every page, each at its place."""
    sizes = PRINT_SIZES[style]
    pages: list[list[Strip]] = [[]]
    y = _FIRST_TOP
    titles = table_head(form, sizes=sizes)
    head = opening(form, sizes=sizes, top=_FIRST_TOP)
    pages[-1].append(lowered(head, by=y))
    y += head.height
    above: tuple[Strip, ...] = (Strip(height=_BEFORE_TABLE), titles)
    for number in range(1, len(form.contests) + 1):
        contest = contest_strips(form, number, sizes=sizes)
        heading = contest.first
        above = (*above, heading)
        for group in _tied(contest.lines):
            height = sum(strip.height for strip in (*above, *group))
            if y + height > _BOTTOM and pages[-1]:
                pages.append([])
                y = _NEXT_TOP
                is_new = heading is contest.first
                again = (heading,) if is_new else contest.opened_again(group)
                above = (titles, *again)
            for strip in (*above, *group):
                pages[-1].append(lowered(strip, by=y))
                y += strip.height
            above, heading = (), contest.next
    return pages


def _tied(strips: Sequence[Strip]) -> Iterator[tuple[Strip, ...]]:
    """Group strips that must stand on one page."""
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.ties:
            yield tuple(group)
            group = []


def _page(
    form: BallotForm, style: Style, number: int, *, of: int, strips: Sequence[Strip]
) -> PrintedPage:
    sizes = PRINT_SIZES[style]
    is_first = number == 1
    text = code_text(form, style=style, page=number)
    layout = PageLayout(
        number=number,
        corners=_CORNERS,
        orientation_bar=_ORIENTATION_BAR,
        ticks=tuple(_tick(strip.row.rectangle) for strip in strips if strip.row),
        codes=(
            CodeLayout(rectangle=_CODES[0], text=text),
            CodeLayout(rectangle=_CODES[1], text=text),
        ),
        rows=tuple(strip.row for strip in strips if strip.row),
        boxes=tuple(box for strip in strips for box in strip.boxes),
        write_in_zones=tuple(strip.zone for strip in strips if strip.zone),
        stamp_zone=stamp_zone(form, sizes=sizes, top=_FIRST_TOP) if is_first else None,
        punch_zone=_PUNCH_ZONE,
        scale_line=_SCALE_LINE,
    )
    texts = [text for strip in strips for text in strip.texts]
    if not is_first:
        texts += _running_head(form, size=sizes.foot)
    return PrintedPage(
        layout=layout,
        texts=(*texts, *_foot(f"Trang {number}/{of}", size=sizes.foot)),
        rules=(*(rule for strip in strips for rule in strip.rules), *_scale_ends()),
    )


def code_text(
    form: BallotForm, *, style: Style, page: int, sheet_id: str = SPECIMEN
) -> str:
    """Return what both codes of a page say; the last field checks the others.

    ``sheet_id`` stands in it only where the form has ids.
    """
    said = f"B1|{form.event}|{style}|{page}"
    return checked_text(f"{said}|{sheet_id}" if form.has_sheet_ids else said)


def _tick(row: Rectangle) -> TickPair:
    width, height = _TICK
    _, y = row.centre
    top = y - height / 2
    return TickPair(
        row_y=Millimetres(round(y, 3)),
        left=rectangle(_LEFT_TICK, top, width, height),
        right=rectangle(_RIGHT_TICK, top, width, height),
    )


def _running_head(form: BallotForm, *, size: float) -> tuple[PlacedText, ...]:
    lettering = Lettering(size=size, face=Face.ITALIC, is_centred=True)
    title = f"{form.type_name.upper()} {form.subject}"
    return lettering.placed(title, x=40, y=15, width=130)


def _foot(page: str, *, size: float) -> tuple[PlacedText, ...]:
    lettering = Lettering(size=size, is_centred=True)
    length = f"{FULL_SCALE}: đoạn thẳng này dài đúng {SCALE_LENGTH:.0f} mm"
    return (
        *lettering.placed(length, x=_FOOT_LEFT - 15, y=279.5, width=SCALE_LENGTH + 30),
        *lettering.placed(page, x=_PAGE_NUMBER_LEFT, y=283, width=_PAGE_NUMBER_WIDTH),
    )


def _scale_ends() -> tuple[Rectangle, ...]:
    top = _SCALE_LINE.y + (_SCALE_LINE.height - _SCALE_END) / 2
    thick = _SCALE_LINE.height
    return (
        rectangle(_SCALE_LINE.x, top, thick, _SCALE_END),
        rectangle(_SCALE_LINE.right - thick, top, thick, _SCALE_END),
    )
