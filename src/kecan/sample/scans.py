"""A seeded generator of marked ballot scans, with the truth beside each.

Hands differ in mark, pen and care; offices and troubles distort the page. Nothing
here is shared with the reader except the layout and the printed page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from kecan.paper_ballot.layout import LineKind
from kecan.paper_ballot.pdf import render_ballot
from kecan.sample.scan_troubles import TROUBLES, Trouble

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from kecan.paper_ballot.form import BallotForm, Style
    from kecan.paper_ballot.layout import PageLayout

CANVAS_DPI = 240
_MM = CANVAS_DPI / 25.4
_UPSIDE_DOWN, _PENCILS = 0.15, 0.15  # shares of pages
_AGREES, _ANSWERS = 0.6, 0.95  # shares of lines, each with those before it
_SHIFT = 4  # fractional bits of drawn points
_TILE = 512  # pixels, a side of the grain that a scan repeats


class Truth(StrEnum):
    """What the voter meant, as far as a person could say."""

    MARKED = "1"
    EMPTY = "0"
    DOUBTFUL = "?"  # a reader may only ask a person
    SPECK = "0?"  # a reader may say empty, or ask


class Hand(StrEnum):
    """How a voter marks."""

    TICK = "tick"
    CROSS = "cross"
    SLASH = "slash"
    LONG_TICK = "long_tick"
    FILL = "fill"
    WIDE_CROSS = "wide_cross"  # beyond the frame on every side
    DASH = "dash"
    PLUS = "plus"


class OddMark(StrEnum):
    """Marks only a person may read."""

    CIRCLE = "circle"
    BESIDE = "beside"
    STRUCK_OUT = "struck_out"
    RUBBED_OUT = "rubbed_out"
    DOT = "dot"
    ROW_STRUCK = "row_struck"
    BETWEEN = "between"  # the two boxes of a line
    AT_NAME = "at_name"
    NAME_STRUCK = "name_struck"
    LONG_STROKE = "long_stroke"  # steep, over the box and both its neighbours


USUAL_HANDS = (Hand.TICK, Hand.CROSS, Hand.SLASH, Hand.LONG_TICK, Hand.FILL)
USUAL_ODD_MARKS = (
    OddMark.CIRCLE,
    OddMark.BESIDE,
    OddMark.STRUCK_OUT,
    OddMark.RUBBED_OUT,
    OddMark.DOT,
    OddMark.ROW_STRUCK,
)


_OF_THE_ROW = frozenset(
    {OddMark.ROW_STRUCK, OddMark.BETWEEN, OddMark.AT_NAME, OddMark.NAME_STRUCK}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanPlan:
    """The parameters of one scan: enough to draw it again.

    Args:
        seed: Of everything random below.
        dpi: Of the scan.
        skew: Degrees.
        scale: Print and scan scale together, 1 = true.
        shift: Millimetres right and down.
        quality: Of the JPEG, 1 to 100.
        is_upside_down: Fed the other way round.
        noise: Standard deviation of the grain, in grey levels.
        troubles: What happened to the sheet.
        odd_share: Share of lines with a mark only a person may read.
        contrast: 1 = black on white.
        border: Millimetres of scanner glass around the sheet; less than 0: cropped.
        glass: Grey of what lies around the sheet.
        pen: Width of every stroke in mm; None: one of ordinary pens.
        hands: One of these marks the sheet.
        odd_marks: Some of these stand on it.
    """

    seed: int
    dpi: int = 200
    skew: float = 0.0
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    quality: int = 75
    is_upside_down: bool = False
    noise: float = 3.0
    troubles: tuple[Trouble, ...] = ()
    odd_share: float = 0.0
    contrast: float = 1.0
    border: float = 0.0
    glass: int = 250
    pen: float | None = None
    hands: tuple[Hand, ...] = USUAL_HANDS
    odd_marks: tuple[OddMark, ...] = USUAL_ODD_MARKS


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeScan:
    """A JPEG and what stands on it, box by box in the order of the layout."""

    jpeg: bytes
    truth: tuple[Truth, ...]


def office_plan(generator: Generator, *, dpi: int = 200) -> ScanPlan:
    """Return a scan of an ordinary office."""
    return ScanPlan(
        seed=int(generator.integers(2**31)),
        dpi=dpi,
        skew=float(generator.uniform(-3, 3)),
        scale=float(generator.uniform(0.985, 1.015)),
        shift=(float(generator.uniform(-2, 2)), float(generator.uniform(-2, 2))),
        quality=int(generator.integers(45, 91)),
        is_upside_down=bool(generator.random() < _UPSIDE_DOWN),
        noise=float(generator.uniform(1, 6)),
    )


def hard_plan(generator: Generator, *, dpi: int = 200) -> ScanPlan:
    """Return a scan with one or two troubles and odd marks."""
    plan = office_plan(generator, dpi=dpi)
    count = int(generator.integers(1, 3))
    chosen = generator.choice(len(TROUBLES), count, replace=False)
    troubles = tuple(list(TROUBLES)[index] for index in chosen)
    return ScanPlan(
        **{name: getattr(plan, name) for name in ScanPlan.__slots__}
        | {
            "troubles": troubles,
            "odd_share": 0.02,
            "contrast": float(generator.choice([1.0, 1.0, 0.75, 0.55])),
        }
    )


def printed_pages(
    form: BallotForm, *, style: Style, sheet_id: str = ""
) -> list[NDArray[np.uint8]]:
    """Return each page of a ballot as printed, grey, on the canvas of the generator."""
    ids = (sheet_id,) if sheet_id else ()
    pdf = render_ballot(form, style=style, sheet_ids=ids)
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            np.array(
                page.render(scale=CANVAS_DPI / 72, grayscale=True).to_numpy()
            ).squeeze()
            for page in document
        ]


def make_scan(printed: NDArray[np.uint8], page: PageLayout, plan: ScanPlan) -> MadeScan:
    """Mark a printed page by one voter's hand and scan it."""
    generator = np.random.default_rng(plan.seed)
    ink = np.zeros(printed.shape, np.uint8)
    truth = _mark_page(ink, page, plan, generator)
    soft = cv2.GaussianBlur(ink, (0, 0), 0.7)
    left = cv2.multiply(printed, cv2.bitwise_not(soft), scale=1 / 255, dtype=cv2.CV_32F)
    sheet = np.asarray(left, np.float32)
    for trouble in plan.troubles:
        sheet = TROUBLES[trouble](sheet, generator, _MM)
    image = _scanned(sheet, plan, generator)
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, plan.quality])[1]
    return MadeScan(jpeg=encoded.tobytes(), truth=truth)


def _mark_page(
    ink: NDArray[np.uint8], page: PageLayout, plan: ScanPlan, generator: Generator
) -> tuple[Truth, ...]:
    hand = Hand(str(generator.choice(list(plan.hands))))
    pencil = generator.random() < _PENCILS
    strength = int(
        generator.uniform(115, 170) if pencil else generator.uniform(190, 250)
    )
    width = float(generator.uniform(0.3, 0.8))
    width = width if plan.pen is None else plan.pen
    truth = [Truth.EMPTY] * len(page.boxes)
    for index in range(0, len(page.boxes) - 1, 2):
        if page.boxes[index].kind is LineKind.WRITE_IN:
            continue
        if generator.random() < plan.odd_share:
            odd = OddMark(str(generator.choice(list(plan.odd_marks))))
            draw_odd_mark(ink, page, index, odd, (strength, width), generator)
            truth[index] = (
                Truth.SPECK
                if odd in {OddMark.RUBBED_OUT, OddMark.DOT}
                else Truth.DOUBTFUL
            )
            if odd in _OF_THE_ROW:
                truth[index + 1] = Truth.DOUBTFUL
            continue
        choice = generator.random()
        marked = index + int(choice > _AGREES)
        if choice < _ANSWERS:
            draw_mark(
                ink,
                page.boxes[marked].rectangle.centre,
                hand,
                (strength, width),
                generator,
            )
            truth[marked] = Truth.MARKED
    return tuple(truth)


def draw_mark(  # noqa: C901, PLR0912  # one case a hand
    ink: NDArray[np.uint8],
    at: tuple[float, float],
    hand: Hand,
    pen: tuple[int, float],
    generator: Generator,
) -> None:
    """Draw a mark with its middle at a point in mm; ``pen`` is strength and width."""

    def near(x: float, y: float) -> tuple[float, float]:
        return (
            at[0] + x + float(generator.normal(0, 0.25)),
            at[1] + y + float(generator.normal(0, 0.25)),
        )

    strokes: list[list[tuple[float, float]]] = []
    match hand:
        case Hand.TICK:
            strokes = [[near(-1.6, 0), near(-0.5, 1.6), near(1.9, -1.8)]]
        case Hand.LONG_TICK:
            strokes = [[near(-1.7, 0), near(-0.5, 1.8), near(2.8, -2.8)]]
        case Hand.CROSS:
            strokes = [
                [near(-1.7, -1.7), near(1.7, 1.7)],
                [near(1.7, -1.7), near(-1.7, 1.7)],
            ]
        case Hand.WIDE_CROSS:
            strokes = [
                [near(-3.2, -3.0), near(3.2, 3.0)],
                [near(3.2, -3.0), near(-3.2, 3.0)],
            ]
        case Hand.DASH:
            strokes = [[near(-1.7, 0), near(1.7, 0)]]
        case Hand.PLUS:
            strokes = [[near(-1.7, 0), near(1.7, 0)], [near(0, -1.7), near(0, 1.7)]]
        case Hand.SLASH:
            strokes = [[near(-1.9, 1.9), near(1.9, -1.9)]]
        case Hand.FILL:
            strokes = [
                [near(-1.9 + 0.35 * step, -1.8), near(-1.8 + 0.35 * step, 1.8)]
                for step in range(11)
            ]
    for stroke in strokes:
        draw_stroke(ink, stroke, strength=pen[0], width=pen[1])


def draw_stroke(
    ink: NDArray[np.uint8],
    stroke: list[tuple[float, float]],
    *,
    strength: int,
    width: float,
) -> None:
    """Draw a stroke through points in mm."""
    points = np.rint(np.array(stroke) * _MM * 2**_SHIFT).astype(np.int32)
    cv2.polylines(
        ink,
        [points.reshape(-1, 1, 2)],
        isClosed=False,
        color=strength,
        thickness=max(1, round(width * _MM)),
        lineType=cv2.LINE_AA,
        shift=_SHIFT,
    )


def draw_odd_mark(  # noqa: C901, PLR0912  # one case a mark
    ink: NDArray[np.uint8],
    page: PageLayout,
    index: int,
    odd: OddMark,
    pen: tuple[int, float],
    generator: Generator,
) -> None:
    """Draw a mark only a person may read at a box of the page."""
    x, y = page.boxes[index].rectangle.centre
    match odd:
        case OddMark.CIRCLE:
            turn = np.linspace(0, 2 * np.pi, 24)
            radius = float(generator.uniform(3.4, 4.6))
            ring = [(x + radius * np.cos(a), y + radius * np.sin(a)) for a in turn]
            draw_stroke(ink, ring, strength=pen[0], width=pen[1])
        case OddMark.BESIDE:
            draw_mark(ink, (x + 4.9, y), Hand.TICK, pen, generator)
        case OddMark.STRUCK_OUT:
            draw_mark(ink, (x, y), Hand.TICK, pen, generator)
            for step in range(-3, 4):
                zig = [(x - 3.6, y + 0.6 * step), (x + 3.6, y + 0.6 * step + 0.5)]
                draw_stroke(ink, zig, strength=pen[0], width=pen[1])
        case OddMark.RUBBED_OUT:
            draw_mark(ink, (x, y), Hand.TICK, (40, 0.7), generator)
        case OddMark.DOT:
            draw_stroke(ink, [(x, y), (x + 0.2, y)], strength=pen[0], width=0.6)
        case OddMark.BETWEEN:
            other = page.boxes[index + 1].rectangle.centre[0]
            draw_mark(ink, ((x + other) / 2, y), Hand.CROSS, pen, generator)
        case OddMark.LONG_STROKE:
            steep = float(generator.choice([-1, 1])) * float(generator.uniform(5, 9))
            draw_stroke(
                ink,
                [(x - steep, y - 9), (x + steep, y + 9)],
                strength=pen[0],
                width=0.5,
            )
        case _:
            _odd_in_row(ink, page, index, odd, pen, generator)


def _odd_in_row(
    ink: NDArray[np.uint8],
    page: PageLayout,
    index: int,
    odd: OddMark,
    pen: tuple[int, float],
    generator: Generator,
) -> None:
    box = page.boxes[index]
    y = box.rectangle.centre[1]
    row = next(
        one.rectangle
        for one in page.rows
        if (one.contest, one.line) == (box.contest, box.line)
    )
    if odd is OddMark.AT_NAME:
        at = row.x + float(generator.uniform(3, 60)), y
        draw_mark(ink, at, Hand.CROSS, (max(190, pen[0]), pen[1]), generator)
        return
    first, last, drop = (
        (12, 12 + float(generator.uniform(20, 40)), 0.3)
        if odd is OddMark.NAME_STRUCK
        else (10, 60, 1.5)
    )
    line = [(row.x + first, y), (row.x + last, y + drop)]
    draw_stroke(ink, line, strength=pen[0], width=pen[1])


def _scanned(
    sheet: NDArray[np.float32], plan: ScanPlan, generator: Generator
) -> NDArray[np.uint8]:
    width, height = (
        round((side + 2 * plan.border) / 25.4 * plan.dpi) for side in (210, 297)
    )
    turn = cv2.getRotationMatrix2D(
        (sheet.shape[1] / 2, sheet.shape[0] / 2), plan.skew, plan.scale
    )
    turn[:, 2] = turn[:, 2] + np.array(plan.shift) * _MM
    turn[:, 2] = turn[:, 2] + plan.border * _MM
    glass = np.add(sheet.shape, 2 * plan.border * _MM)
    turn = np.diag([width / glass[1], height / glass[0]]) @ turn
    turned = cv2.warpAffine(
        sheet, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(plan.glass,)
    )
    image = np.asarray(turned, np.float32)
    paper = float(generator.uniform(225, 255))
    low = (1 - plan.contrast) * 120 + float(generator.uniform(5, 30))
    image *= (paper - low) / 255
    image += low
    grain = generator.standard_normal((_TILE, _TILE), np.float32) * plan.noise
    for top, left in product(range(0, height, _TILE), range(0, width, _TILE)):
        tile = image[top : top + _TILE, left : left + _TILE]
        tile += grain[: tile.shape[0], : tile.shape[1]]
    found = np.clip(image, 0, 255, out=image).astype(np.uint8)
    specks = generator.integers(0, (height, width), (int(generator.integers(0, 60)), 2))
    found[specks[:, 0], specks[:, 1]] = 60
    return np.ascontiguousarray(found[::-1, ::-1] if plan.is_upside_down else found)
