"""From a stack of scanned pages to ballots: a break in its order joins no two voters.

Copies of a ballot are identical, so only the order of the stack says which pages
belong together. Which way the stack was fed is learnt from it; where the order
breaks, the pages around the break stay incomplete, for a person. No break shows where
the last pages of one ballot and the first of the next are missing together: then the
number of ballots is short, and at most how the two sides lie tells of it.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.two_sides import of_two_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.two_sides import SheetLie

_NO_BALLOT = frozenset({Rejection.BLANK, Rejection.FOREIGN})


def ballots_of_pages(
    records: Iterable[PageRecord], *, pages_of_style: Mapping[str, int]
) -> Iterator[list[PageRecord]]:
    """Put the pages of each stack together to ballots.

    A ballot comes out incomplete where the stack's order was broken: by a page that
    is missing, refused (unless it is no ballot's) or fed out of order. Where
    the stack can be read in two directions equally well, every page comes alone,
    unless the usual one, face first, leaves no page over: then a file at an end that
    nobody can read was no page of these ballots. Of backs first that is not sure: a
    stack fed face first, whose first page is missing, looks the same. Where no ballot
    is whole in any direction, pages that follow each other face first are one
    incomplete ballot. Front and back of a sheet part where the scanner took them of two
    sheets at once (:mod:`~kecan.paper_ballot.two_sides`).

    Args:
        records: Every page in feeding order, the refused ones among them.
        pages_of_style: How many pages a ballot of each style has.
    """
    for _, stack in groupby(records, key=lambda one: _stack(one.place.path)):
        for style, run in _runs(stack):
            yield from _parted(list(_cut(run, count=pages_of_style[style])))


def _parted(ballots: Sequence[list[PageRecord]]) -> Iterator[list[PageRecord]]:
    """Part ballots between two sides that the scanner took of two sheets at once."""
    backs: list[tuple[int, int]] = []
    sides: list[tuple[SheetLie, SheetLie]] = []
    for number, ballot in enumerate(ballots):
        for at, (one, other) in enumerate(pairwise(ballot), start=1):
            is_sheet = (one.page - 1) // 2 == (other.page - 1) // 2
            if is_sheet and one.lie is not None and other.lie is not None:
                backs.append((number, at))
                sides.append((one.lie, other.lie))
    cuts: dict[int, list[int]] = {}
    for (number, at), is_cut in zip(backs, of_two_sheets(sides), strict=True):
        if is_cut:
            cuts.setdefault(number, []).append(at)
    for number, ballot in enumerate(ballots):
        ends = [0, *cuts.get(number, []), len(ballot)]
        yield from (ballot[start:end] for start, end in pairwise(ends))


def _stack(path: str) -> str:
    """Return what a scanner writes for one stack: a file of pages, or a folder."""
    is_many = path.lower().endswith((".pdf", ".tif", ".tiff"))
    return path if is_many else path.rpartition("/")[0]


def _runs(
    stack: Iterable[PageRecord],
) -> Iterator[tuple[str, list[PageRecord | None]]]:
    """Part a stack by style; None stands where a page of a ballot may be missing."""
    run: list[PageRecord | None] = []
    style = ""
    for one in stack:
        if one.rejection in _NO_BALLOT:
            continue
        if one.rejection:
            run.append(None)
            continue
        if style and one.style != style:
            yield style, run
            run = []
        style = one.style
        run.append(one)
    if style:
        yield style, run


def _cut(run: Sequence[PageRecord | None], *, count: int) -> Iterator[list[PageRecord]]:
    """Cut a run of one style where the order it was fed in begins again."""
    orders = _orders(count)
    scores = [_whole_ballots(run, order) for order in orders]
    best = max(scores)
    likely = [one for one, score in zip(orders, scores, strict=True) if score == best]
    gapless = [one for one in orders if _leaves_none_over(run, one)]
    if best and (len(likely) > 1 or gapless) and gapless != likely:
        if gapless != orders[:1] or gapless[0] not in likely:
            yield from ([one] for one in run if one is not None)
            return
        likely = gapless
    order = likely[0]
    ballot: list[PageRecord] = []
    for one in run:
        if ballot and not _follows(ballot[-1], one, order):
            yield ballot
            ballot = []
        if one is not None:
            ballot.append(one)
    if ballot:
        yield ballot


def _orders(count: int) -> list[tuple[int, ...]]:
    """Return the ways a ballot may lie in a stack: face or back first, either end up."""
    plain = tuple(range(1, count + 1))
    backs_first = tuple(
        page
        for first in range(1, count + 1, 2)
        for page in (first + 1, first)
        if page <= count
    )
    both = (plain, backs_first)
    return list(dict.fromkeys((*both, *(one[::-1] for one in both))))


def _follows(last: PageRecord, one: PageRecord | None, order: Sequence[int]) -> bool:
    return one is not None and order.index(one.page) > order.index(last.page)


def _leaves_none_over(run: Sequence[PageRecord | None], order: Sequence[int]) -> bool:
    """Tell whether every page read is of a ballot read whole, refused ones between them.

    Then a refused file was a page of none of them, or of a ballot refused as a whole.
    """
    between = groupby(run, key=lambda one: one is None)
    read = [[one.page for one in part if one] for _, part in between]
    return all(pages == [*order] * (len(pages) // len(order)) for pages in read)


def _whole_ballots(run: Sequence[PageRecord | None], order: Sequence[int]) -> int:
    """Count the ballots without a gap if refused pages were the ones expected."""
    found = 0
    since_first = 0  # pages of the ballot so far; as many as its place if whole
    for one in run:
        place = since_first if one is None else order.index(one.page)
        if place == since_first:
            since_first += 1
        else:
            since_first = 1 if place == 0 else len(order) + 1
        if since_first == len(order):
            found += 1
        if place == len(order) - 1:
            since_first = 0
    return found
