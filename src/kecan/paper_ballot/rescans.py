"""Which pages may be two scans of one sheet: their strokes lie alike to a hair.

Two voters may tick the same names in the same way, but their strokes do not begin, bend
and end at the same tenth of a millimetre. So not how much ink a box has is compared,
but where the edges of its strokes run. Nothing here is decided: a person looks at both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kecan.paper_ballot.marks import CELLS
from kecan.paper_ballot.page_strokes import edges_of, unpacked_strokes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kecan.paper_ballot.batch import PageRecord

ALIKE = 0.94
"""Likeness from which a person must say that two pages are two sheets."""
PERHAPS = 0.78
"""The same where no other pages are nearly as alike."""
_STANDS_OUT = 1.25  # times as alike as either page is to its next but one
_PARTNERS = 2  # other scans of one sheet that may be as alike
_LEAST_INK = 0.6  # of edges; neat fills have hardly any, and nobody can tell them apart
_LEAST_ALONE = 1.7  # of a single mark: one dot or neat fill is like another's
_MARK = 0.02  # of all edges of a page, from which a box has a mark
_SURELY = 0.05  # of those edges that the other scan of the mark shows at least
_BLOCK = 256  # pages compared at once


def alike_pairs(records: Sequence[PageRecord]) -> set[tuple[str, str]]:
    """Return the hashes of pages whose ink is so alike that they may be one sheet.

    Pages without a mark are never among them: they are all alike.
    """
    found: set[tuple[str, str]] = set()
    by_page: dict[tuple[str, int, int], list[PageRecord]] = {}
    for one in records:
        key = (one.style, one.page, len(one.boxes))
        by_page.setdefault(key, []).append(one)
    for pages in by_page.values():
        marked, strokes = _marked(pages)
        for first, second in _pairs(strokes):
            pair = sorted((marked[first].digest, marked[second].digest))
            found.add((pair[0], pair[1]))
    return found


def _marked(
    pages: Sequence[PageRecord],
) -> tuple[list[PageRecord], NDArray[np.float16]]:
    """Return the pages with ink, and a vector of length 1 of each one's strokes."""
    marked: list[PageRecord] = []
    cells = len(unpacked_strokes(pages[0].strokes))
    vectors = np.empty((len(pages), cells), np.float16)
    for page in pages:
        edges = edges_of(unpacked_strokes(page.strokes))
        length = float(np.linalg.norm(edges))
        marks = np.count_nonzero(edges.reshape(-1, CELLS**2).any(axis=1))
        if length > (_LEAST_INK if marks > 1 else _LEAST_ALONE):
            vectors[len(marked)] = edges / length
            marked.append(page)
    return marked, vectors[: len(marked)]


def _pairs(strokes: NDArray[np.float16]) -> Iterator[tuple[int, int]]:
    """Yield pairs that are alike, or more so than either is to other pages."""
    count = len(strokes)
    next_best = np.zeros(count)
    near: list[tuple[int, int, float]] = []
    for start in range(0, count, _BLOCK):
        rows = strokes[start : start + _BLOCK].astype(np.float32)
        likeness = np.concatenate(
            [
                rows @ strokes[first : first + _BLOCK].astype(np.float32).T
                for first in range(0, count, _BLOCK)
            ],
            axis=1,
        )
        own = np.arange(len(rows))
        likeness[own, start + own] = 0
        if count > _PARTNERS:
            ordered = np.partition(likeness, -1 - _PARTNERS, axis=1)
            next_best[start : start + _BLOCK] = ordered[:, -1 - _PARTNERS]
        for one, other in np.argwhere(likeness > PERHAPS).tolist():
            if start + one < other:
                near.append((start + one, other, float(likeness[one, other])))
    for one, other, likeness_of in near:
        if not _same_boxes(strokes[one], strokes[other]):
            continue
        others = _STANDS_OUT * max(next_best[one], next_best[other])
        if likeness_of > ALIKE or likeness_of > others:
            yield one, other


def _same_boxes(one: NDArray[np.float16], other: NDArray[np.float16]) -> bool:
    """Tell whether no box is marked on one page alone."""
    pair = np.stack([one, other]).astype(np.float32)
    shares = np.square(pair).reshape(2, -1, CELLS * CELLS).sum(axis=2)
    return bool(
        (shares.min(axis=0) >= _SURELY * shares.max(axis=0))[
            shares.max(axis=0) > _MARK
        ].all()
    )
