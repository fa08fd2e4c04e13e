"""How people find the paper of a scanned sheet in the stack: by how it looks.

No place in the stack and no upload is kept (docs/decisions/0007). What is shown are
pictures of the rows few other sheets have marked like this one: never what the reader
made of them, for people read the paper themselves afterwards.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.paper_ballot.layout import Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.tally import Sheet
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.models import ScannedPage, ScannedSheet

_ROWS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturedRow:
    """A row of a page to show; ``box`` is the first of its boxes."""

    page: int
    image_id: str
    box: int


def telling_rows(
    conference: Conference, record: Sequence[Sheet], numbers: Sequence[int]
) -> dict[int, tuple[PicturedRow, ...]]:
    """Return, by number, the rows by which each sheet stands out most.

    A sheet that was keyed has none: it lies apart, with its token on a slip.
    """
    frequency = Counter(mark for sheet in record for mark in _marks(sheet))
    wanted = set(numbers)
    read = {sheet.number: sheet for sheet in record if sheet.number in wanted}
    rows = conference.scanned_sheets.filter(number__in=wanted)
    return {
        sheet.number: _rows_of(sheet, read[sheet.number], frequency)
        for sheet in rows.prefetch_related("pages")
        if sheet.number is not None
    }


def _marks(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    for contest, states in enumerate(sheet.states, start=1):
        for line, state in enumerate(states, start=1):
            yield contest, line, state.value


def _rows_of(
    sheet: ScannedSheet, read: Sheet, frequency: Counter[tuple[int, int, str]]
) -> tuple[PicturedRow, ...]:
    pages = list(sheet.pages.all())
    rarest = sorted(_marks(read), key=lambda mark: (frequency[mark], mark))
    found = [_row(pages, contest, line) for contest, line in _apart(rarest)]
    return tuple(
        sorted(
            (one for one in found if one is not None),
            key=lambda one: (one.page, one.box),
        )
    )


def _apart(marks: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """Return the first few lines; a picture shows the lines above and below as well."""
    chosen: list[tuple[int, int]] = []
    for contest, line, _ in marks:
        beside = {(contest, line - 1), (contest, line), (contest, line + 1)}
        if len(chosen) < _ROWS and beside.isdisjoint(chosen):
            chosen.append((contest, line))
    return chosen


def _row(pages: Sequence[ScannedPage], contest: int, line: int) -> PicturedRow | None:
    wanted = (contest, line, Column.AGREE.value)
    for page in pages:
        for index, box in enumerate(page.boxes):
            if (box["contest"], box["line"], box["column"]) == wanted:
                return PicturedRow(page=page.page, image_id=page.image_id, box=index)
    return None
