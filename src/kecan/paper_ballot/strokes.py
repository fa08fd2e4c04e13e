"""Ink on a page that says nothing of the row it lies in: tails of other marks, hairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from kecan.paper_ballot.layout import LineKind
from kecan.paper_ballot.paper_map import STEP, cells, empty_map
from kecan.paper_ballot.straight_strokes import main_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kecan.paper_ballot.layout import BoxLayout, PageLayout
    from kecan.paper_ballot.page_ink import PageInk

TOUCH = 3.2
"""Millimetres from the middle of a box: what comes so near touches it."""
_BOX = 3.0  # mm from the middle of a box: a stroke that comes so near is its mark
_GAP = 2.25  # mm of a steep stroke that a printed rule may hide
_BENT = 0.25  # mm that the arm of a tick may bend
_ON_BOX = 3.8  # mm from the middle of a box to a line that touches its frame, or nearly
_LEAST_TAIL = 1.5  # mm; which way a shorter end runs cannot be told
_WITHIN = 2.0  # mm from the middle of a box: a stroke of its mark comes so near
_LEVEL = 5.0, 3.0  # mm beside and above the middle of a box: nearer, ink is at it
_COLUMNS = 4.3  # mm left of the middle of a row's first box its columns begin
_ACROSS = 1.25  # mm over which the ink across a line is added up
_THIN = 0.085  # mm of solid ink across a hair; the finest pen leaves half as much again
_THIN_TO_PEN, _PERHAPS = 0.35, 0.125  # of the voter's strokes; then mm
_MOST_TO_PEN = 0.4  # of the voter's strokes: who marks palely writes so elsewhere
_MARK = 1.0  # mm2 of ink at a box that show how broad the voter's pen is
_SLIVER = 1.38  # times as dark as its width allows: what print left of a broad stroke
_LEAST_HAIR = 2.5  # mm
_AS_MARK = 2.0, 8.0  # mm, with a rim: narrower is of a streak, longer is a hair
_BY_BOX = 3.9  # mm from the middle of a box: print may hide most of a stroke so near
_BLOT, _COMPACT = 1.75, 0.5  # mm, and the least share of its sides' product
_ALONE = 2 * round(0.5 / STEP) + 1  # samples: a blot lies a mm from all other ink


def tails(page: PageInk, layout: PageLayout) -> NDArray[np.uint8]:
    """Return the ink of strokes that belong to a mark in another row.

    Such a stroke lies in one box and touches no other; outside that box's row it runs
    straight on from it and stays in the columns of the boxes, above or below them: a
    brace or an arrow that runs beside other boxes says something of them.
    """
    reach = 2 * round(_GAP / STEP / 2) + 1
    near = np.ones((reach, reach), np.uint8)
    _, labels = cv2.connectedComponents(cv2.dilate(page.ink, near), connectivity=8)
    labels *= page.ink
    rows, columns, zones, inner = (page.sheet.of_paper(one) for one in _maps(layout))
    spots = np.flatnonzero(labels)
    names, in_row, in_columns, in_zone, within = (
        one.ravel()[spots] for one in (labels, rows, columns, zones, inner)
    )
    found = np.zeros(labels.shape, np.uint8)
    for name in np.unique(names[within > 0]):
        mine = names == name
        touched = np.unique(in_zone[mine & (in_zone > 0)])
        if len(touched) != 1:
            continue
        away = mine & (in_row != _row_of(layout.boxes[touched[0] - 1], layout))
        if not away.any() or not in_columns[away].all():
            continue
        middle = np.argwhere(zones == touched[0]).mean(axis=0) * STEP
        places = np.stack(np.divmod(spots[away], labels.shape[1]), axis=1) * STEP
        if _comes_from(middle, places):
            found.reshape(-1)[spots[away]] = 1
    return np.asarray(np.where(zones > 0, found, cv2.dilate(found, near)), np.uint8)


def _comes_from(middle: NDArray[np.float64], places: NDArray[np.float64]) -> bool:
    """Tell whether ink lies along one line, on which the box with this middle lies.

    Args:
        middle: Of the box, in mm.
        places: Of the ink, shape (n, 2).
    """
    line = main_line(places, step=STEP)
    if line.length < _LEAST_TAIL:
        return True
    return bool(line.bent <= _BENT and line.off(middle) <= _ON_BOX)


def _maps(layout: PageLayout) -> tuple[NDArray[np.uint8], ...]:
    """Return maps of the paper: the row's number, the columns, boxes, their insides.

    The columns are those of the boxes, without what lies near one and level with it.
    """
    rows, columns, zones, inner = (empty_map() for _ in range(4))
    for number, row in enumerate(layout.rows, start=1):
        area = row.rectangle
        rows[cells(area.y, area.bottom), cells(area.x, area.right)] = number
    for number, box in enumerate(layout.boxes, start=1):
        x, y = box.rectangle.centre
        zones[cells(y - _BOX, y + _BOX), cells(x - _BOX, x + _BOX)] = number
        inner[cells(y - _WITHIN, y + _WITHIN), cells(x - _WITHIN, x + _WITHIN)] = 1
        area = layout.rows[_row_of(box, layout) - 1].rectangle
        columns[cells(area.y, area.bottom), cells(x - _COLUMNS, area.right)] = 1
    for box in layout.boxes:
        x, y = box.rectangle.centre
        beside, above = _LEVEL
        columns[cells(y - above, y + above), cells(x - beside, x + beside)] = 0
    return rows, columns, zones, inner


def _row_of(box: BoxLayout, layout: PageLayout) -> int:
    """Return the number of a box's row, counted from 1."""
    return next(
        number
        for number, row in enumerate(layout.rows, start=1)
        if (row.contest, row.line) == (box.contest, box.line)
    )


def hairs(
    page: PageInk, layout: PageLayout, *, thin: float = _THIN
) -> NDArray[np.uint8]:
    """Return lines thinner than any pen's, away from the boxes.

    On a sheet with marks, what is far thinner than they are is a hair as well, but not
    what is as large as a mark and lies in a row: a pale pen or pencil marks so.
    ``thin`` is the solid ink across a hair, in mm.
    """
    near = round(_ACROSS / STEP)
    dark = np.where(page.ink > 0, page.dark, 0).astype(np.float32)
    across = cv2.boxFilter(dark, -1, (near, near), normalize=False) * STEP / near
    joined = cv2.dilate(page.ink, np.ones((near, near), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    labels *= page.ink
    spots = np.flatnonzero(labels)
    names = np.asarray(labels.ravel()[spots], np.int32)
    size = np.maximum(1, np.bincount(names, minlength=count))
    width = np.bincount(names, across.ravel()[spots], minlength=count) / size
    sides = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].max(axis=1) * STEP
    touching, is_near = (
        np.bincount(names, zones.ravel()[spots] > 0, minlength=count) > 0
        for zones in (
            page.sheet.of_paper(box_zones(layout, reach=reach))
            for reach in (TOUCH, _BY_BOX)
        )
    )
    marks = width[touching & (size * STEP**2 >= _MARK)]
    most = np.full(count, thin)
    if marks.size:
        pen = float(np.median(marks))
        as_mark = _is_in_rows(page, layout, spots, names, count=count)
        narrow = stats[:, (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT)].min(axis=1) * STEP
        as_mark &= (sides <= _AS_MARK[1]) & (narrow >= _AS_MARK[0])
        most[~as_mark] = max(thin, min(_PERHAPS, _THIN_TO_PEN * pen))
        most = np.minimum(most, _MOST_TO_PEN * pen)
    is_hair = (width < most) & (sides > _LEAST_HAIR) & ~is_near
    is_hair[0] = False
    for name in np.flatnonzero(is_hair):
        darkest = np.percentile(dark.ravel()[spots[names == name]], 90)
        is_hair[name] = darkest * STEP <= _SLIVER * width[name]
    found = is_hair[labels].astype(np.uint8)
    return np.asarray(cv2.dilate(found, np.ones((near, near), np.uint8)), np.uint8)


def _is_in_rows(
    page: PageInk,
    layout: PageLayout,
    spots: NDArray[np.int64],
    names: NDArray[np.int32],
    *,
    count: int,
) -> NDArray[np.bool_]:
    """Tell which pieces mostly lie in a nominee's row."""
    rows = empty_map()
    for row in layout.rows:
        if row.kind is LineKind.NOMINEE:
            area = row.rectangle
            rows[cells(area.y, area.bottom), cells(area.x, area.right)] = 1
    in_rows = page.sheet.of_paper(rows).ravel()[spots]
    inside = np.bincount(names, in_rows, minlength=count)
    return np.asarray(2 * inside > np.bincount(names, minlength=count), np.bool_)


def blots(page: PageInk, layout: PageLayout) -> NDArray[np.uint8]:
    """Return small compact specks away from boxes, on paper that print leaves clear.

    What print cuts of a stroke lies at that print, and the grains of a pencil lie side
    by side: neither is a blot.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStats(page.ink, connectivity=8)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    is_blot = np.maximum(wide, high) * STEP <= _BLOT
    is_blot &= stats[:, cv2.CC_STAT_AREA] >= _COMPACT * wide * high
    is_blot[0] = False
    shut = np.where(page.clear, 0, 1).astype(np.uint8) | page.sheet.of_paper(
        box_zones(layout)
    )
    near = cv2.dilate(shut, np.ones((3, 3), np.uint8))
    spots = np.flatnonzero(labels)
    names = labels.ravel()[spots]
    is_blot[names[near.ravel()[spots] > 0]] = False
    joined = cv2.dilate(page.ink, np.ones((_ALONE, _ALONE), np.uint8))
    groups = cv2.connectedComponents(joined, connectivity=8)[1].ravel()[spots]
    is_alone = np.bincount(groups)[groups] == stats[names, cv2.CC_STAT_AREA]
    is_blot[names[~is_alone]] = False
    found = np.zeros(labels.size, np.uint8)
    found[spots[is_blot[names]]] = 1
    return np.asarray(
        cv2.dilate(found.reshape(labels.shape), np.ones((3, 3), np.uint8)), np.uint8
    )


def box_zones(layout: PageLayout, *, reach: float = TOUCH) -> NDArray[np.uint8]:
    """Return 1 where ink would touch a box, :data:`STEP` apart; ``reach`` in mm."""
    zones = empty_map()
    for box in layout.boxes:
        x, y = box.rectangle.centre
        zones[cells(y - reach, y + reach), cells(x - reach, x + reach)] = 1
    return zones
