"""What stands above the first contest: letterhead, stamp zone, title, instructions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.lettering.typefaces import Face
from kecan.paper_ballot.contest_strips import TEXT_LEFT
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.strips import Lettering, Strip
from kecan.paper_ballot.wording import HOW_TO, MOTTO, instructions
from kecan.paper_ballot.wrapping import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.print_sizes import PrintSizes
    from kecan.paper_ballot.strips import PlacedText

STAMP_SIDE = 38.0
_LETTERHEAD_WIDTH = 63.0
_MOTTO_LEFT, _MOTTO_WIDTH = 92.0, 80.0
_TITLE_LEFT, _TITLE_WIDTH = 66.0, 128.0
_TITLE_TOP = 29.0
_RULE = 0.25


def opening(form: BallotForm, *, sizes: PrintSizes, top: float) -> Strip:
    """Return the head of the first page as a strip that starts at ``top``.

    How to fill in the ballot stands beside the stamp zone or below it, whichever
    leaves more room for names.
    """
    issuer, below = _letterhead(form, sizes)
    stamp = stamp_zone(form, sizes=sizes, top=0)
    motto, rule = _motto(sizes)
    title = _title(form, sizes, top=max(_TITLE_TOP - top, 0))
    title_bottom = _bottom(title)
    under = max(stamp.bottom, title_bottom)
    beside_stamp = _instructions(
        form, sizes, x=_TITLE_LEFT, y=title_bottom + 2, width=_TITLE_WIDTH
    )
    below_stamp = _instructions(
        form, sizes, x=TEXT_LEFT, y=under + 2, width=sum(sizes.columns)
    )
    told = min(beside_stamp, below_stamp, key=_bottom)
    return Strip(
        height=max(stamp.bottom, _bottom(told)),
        texts=(*issuer, *motto, *title, *told),
        rules=(*below, rule),
    )


def _bottom(texts: Sequence[PlacedText]) -> float:
    return max(text.outline.bottom for text in texts)


def stamp_zone(form: BallotForm, *, sizes: PrintSizes, top: float) -> Rectangle:
    """Return the empty square under the letterhead where the seal goes."""
    issuer, _ = _letterhead(form, sizes)
    return rectangle(TEXT_LEFT, top + _bottom(issuer) + 0.5, STAMP_SIDE, STAMP_SIDE)


def _instructions(
    form: BallotForm, sizes: PrintSizes, *, x: float, y: float, width: float
) -> tuple[PlacedText, ...]:
    """Return how to fill in the ballot, a paragraph a sentence."""
    sentences = instructions(
        form.question,
        has_write_ins=form.has_write_ins,
        both_boxes_spoil=form.both_boxes_spoil,
    )
    paragraphs = [(HOW_TO, Face.BOLD)]
    paragraphs += [(f"- {sentence}", Face.REGULAR) for sentence in sentences]
    texts: list[PlacedText] = []
    for text, face in paragraphs:
        lettering = Lettering(size=sizes.instruction, face=face)
        texts += lettering.placed(text, x=x, y=y, width=width)
        y += lettering.height(text, width=width)
    return tuple(texts)


def _letterhead(
    form: BallotForm, sizes: PrintSizes
) -> tuple[tuple[PlacedText, ...], tuple[Rectangle, ...]]:
    texts: list[PlacedText] = []
    y = 0.0
    for text, face, size in (
        (form.superior.upper(), Face.REGULAR, sizes.letterhead),
        (form.issuer.upper(), Face.BOLD, sizes.letterhead),
        ("*", Face.REGULAR, sizes.letterhead),
        (f"({form.stamp})", Face.ITALIC, sizes.foot),
    ):
        lettering = Lettering(size=size, face=face, is_centred=True)
        width = STAMP_SIDE if text.startswith("(") else _LETTERHEAD_WIDTH
        texts += lettering.placed(text, x=TEXT_LEFT, y=y, width=width)
        y += lettering.height(text, width=width)
    return tuple(texts), ()


def _motto(sizes: PrintSizes) -> tuple[tuple[PlacedText, ...], Rectangle]:
    lettering = Lettering(size=sizes.motto, face=Face.BOLD, is_centred=True)
    texts = lettering.placed(MOTTO, x=_MOTTO_LEFT, y=0, width=_MOTTO_WIDTH)
    long = text_width(MOTTO, face=lettering.face, size=lettering.size)
    bottom = lettering.height(MOTTO, width=_MOTTO_WIDTH)
    return texts, rectangle(texts[0].x, bottom + 0.4, long, _RULE)


def _title(
    form: BallotForm, sizes: PrintSizes, *, top: float
) -> tuple[PlacedText, ...]:
    texts: list[PlacedText] = []
    y = top
    for text, face, size in (
        (form.type_name.upper(), Face.BOLD, sizes.type_name),
        (form.subject, Face.BOLD, sizes.subject),
        (form.occasion, Face.ITALIC, sizes.occasion),
    ):
        lettering = Lettering(size=size, face=face, is_centred=True)
        texts += lettering.placed(text, x=_TITLE_LEFT, y=y, width=_TITLE_WIDTH)
        y += lettering.height(text, width=_TITLE_WIDTH) + 1.5
    return tuple(texts)
