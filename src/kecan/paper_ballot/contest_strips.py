"""A contest as strips: its heading across the table, then a strip a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from kecan.lettering.typefaces import Face
from kecan.paper_ballot.geometry import rectangle
from kecan.paper_ballot.layout import (
    BOX_SIDE,
    BoxLayout,
    Column,
    LineKind,
    RowLayout,
    WriteInZone,
)
from kecan.paper_ballot.strips import Lettering, Strip
from kecan.paper_ballot.wording import (
    BOX_TITLES,
    COLUMN_TITLES,
    WRITE_IN,
    heading,
    limit,
)

if TYPE_CHECKING:
    from kecan.paper_ballot.form import BallotContest, BallotForm, Nominee
    from kecan.paper_ballot.geometry import Rectangle
    from kecan.paper_ballot.print_sizes import PrintSizes
    from kecan.paper_ballot.strips import PlacedText

TEXT_LEFT = 25.0
"""Where the text area begins; its width is that of the table."""
RULE = 0.2
_PADDING, _PADDING_ABOVE = 1.4, 0.8
_BESIDE_HEADING = 2.0
_GOES_ON = " (tiếp theo)"
_NAME, _AGREE = 1, 4  # places in the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestStrips:
    """A contest ready to be spread over pages.

    ``first`` opens it, ``next`` opens it again on every page it goes on, where lines
    for more names follow with their own title once more.
    """

    first: Strip
    next: Strip
    next_written: Strip
    lines: tuple[Strip, ...]

    def opened_again(self, group: tuple[Strip, ...]) -> tuple[Strip, ...]:
        """Return what stands over strips that begin a page."""
        is_written = group[0].zone is not None
        return (self.next, self.next_written) if is_written else (self.next,)


def contest_strips(
    form: BallotForm, number: int, *, sizes: PrintSizes
) -> ContestStrips:
    """Return contest ``number``, counted from 1, as strips."""
    contest = form.contests[number - 1]
    table = _Table(sizes=sizes)
    title = heading(number, title=contest.title, term=contest.term)
    return ContestStrips(
        first=_opening(table, title, contest),
        next=_opening(table, f"{title}{_GOES_ON}", contest),
        next_written=_caption(table, f"{WRITE_IN}{_GOES_ON}"),
        lines=(
            *(
                _nominee(table, number, line, nominee)
                for line, nominee in enumerate(contest.nominees, start=1)
            ),
            *_write_ins(table, number, contest),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The grid of a contest's table."""

    sizes: PrintSizes

    @property
    def edges(self) -> tuple[float, ...]:
        return tuple(accumulate(self.sizes.columns, initial=TEXT_LEFT))

    def column(self, place: int) -> tuple[float, float]:
        """Return where a column's text begins and how wide it may be."""
        left, right = tuple(pairwise(self.edges))[place]
        return left + _PADDING, right - left - 2 * _PADDING

    def rules(
        self, height: float, *, verticals: tuple[float, ...]
    ) -> tuple[Rectangle, ...]:
        """Return the upright lines of a row and the line under it."""
        left, right = self.edges[0], self.edges[-1]
        under = rectangle(left - RULE / 2, height - RULE / 2, right - left + RULE, RULE)
        return (
            under,
            *(
                rectangle(x - RULE / 2, -RULE / 2, RULE, height + RULE)
                for x in verticals
            ),
        )

    def cell(
        self, text: str, place: int, lettering: Lettering, *, height: float
    ) -> tuple[PlacedText, ...]:
        """Return the text of a cell, in the middle of the row's height."""
        x, width = self.column(place)
        top = (height - lettering.height(text, width=width)) / 2
        return lettering.placed(text, x=x, y=top, width=width)

    def row_height(
        self, cells: tuple[tuple[str, int, Lettering], ...], *, least: float
    ) -> float:
        """Return the height a row needs for its texts."""
        tallest = max(
            lettering.height(text, width=self.column(place)[1])
            for text, place, lettering in cells
        )
        return max(least, round(tallest + 2 * _PADDING_ABOVE, 1))

    def boxes(
        self, contest: int, line: int, kind: LineKind, *, height: float
    ) -> tuple[BoxLayout, ...]:
        """Return the two boxes of a line."""
        return tuple(
            BoxLayout(
                contest=contest,
                line=line,
                kind=kind,
                column=column,
                rectangle=rectangle(
                    (self.edges[place] + self.edges[place + 1] - BOX_SIDE) / 2,
                    (height - BOX_SIDE) / 2,
                    BOX_SIDE,
                    BOX_SIDE,
                ),
            )
            for place, column in enumerate(Column, start=_AGREE)
        )

    def row(
        self, contest: int, line: int, kind: LineKind, *, height: float
    ) -> RowLayout:
        left, right = self.edges[0], self.edges[-1]
        band = rectangle(left, 0, right - left, height)
        return RowLayout(contest=contest, line=line, kind=kind, rectangle=band)


def _opening(table: _Table, title: str, contest: BallotContest) -> Strip:
    """Return the heading across the table, its limit beside it where there is room."""
    left, width = table.edges[0] + _PADDING, table.edges[-1] - table.edges[0]
    width -= 2 * _PADDING
    bold = Lettering(size=table.sizes.heading, face=Face.BOLD)
    texts = bold.placed(title, x=left, y=_PADDING_ABOVE, width=width)
    height = _PADDING_ABOVE + bold.height(title, width=width)
    if contest.max_choices is not None:
        italic = Lettering(size=table.sizes.limit, face=Face.ITALIC)
        most = limit(contest.max_choices)
        beside = texts[-1].outline.right + _BESIDE_HEADING
        if beside + italic.width(most) <= left + width:
            (said,) = italic.placed(most, x=beside, y=0, width=width)
            texts += (replace(said, y=texts[-1].y),)
        else:
            texts += italic.placed(most, x=left, y=height, width=width)
            height += italic.height(most, width=width)
    height = round(height + _PADDING_ABOVE, 1)
    outer = (table.edges[0], table.edges[-1])
    rules = table.rules(height, verticals=outer)
    return Strip(height=height, texts=texts, rules=rules, ties=True)


def table_head(form: BallotForm, *, sizes: PrintSizes) -> Strip:
    """Return the titles of the columns: they stand once on a page."""
    table = _Table(sizes=sizes)
    lettering = Lettering(size=sizes.column_title, face=Face.BOLD, is_centred=True)
    titles = (*COLUMN_TITLES, *BOX_TITLES[form.question])
    cells = tuple((title, place, lettering) for place, title in enumerate(titles))
    height = table.row_height(cells, least=0)
    above = table.rules(0, verticals=())
    return Strip(
        height=height,
        texts=tuple(
            text
            for title, place, _ in cells
            for text in table.cell(title, place, lettering, height=height)
        ),
        rules=(*above, *table.rules(height, verticals=table.edges)),
        ties=True,
    )


def _nominee(table: _Table, contest: int, line: int, nominee: Nominee) -> Strip:
    size = table.sizes.cell
    plain = Lettering(size=table.sizes.office)
    centred = Lettering(size=size, is_centred=True)
    born = "" if nominee.birth_year is None else str(nominee.birth_year)
    cells = (
        (str(line), 0, centred),
        (nominee.name, _NAME, Lettering(size=size, face=Face.BOLD)),
        (born, 2, centred),
        (nominee.office, 3, plain),
    )
    height = table.row_height(cells, least=table.sizes.least_row)
    kind = LineKind.NOMINEE
    return Strip(
        height=height,
        texts=tuple(
            text
            for written, place, lettering in cells
            for text in table.cell(written, place, lettering, height=height)
        ),
        rules=table.rules(height, verticals=table.edges),
        boxes=table.boxes(contest, line, kind, height=height),
        row=table.row(contest, line, kind, height=height),
    )


def _write_ins(
    table: _Table, contest: int, content: BallotContest
) -> tuple[Strip, ...]:
    if not content.write_in_lines:
        return ()
    first = len(content.nominees) + 1
    height = table.sizes.write_in_row
    return (
        _caption(table, WRITE_IN),
        *(
            _write_in(table, contest, line, height=height)
            for line in range(first, first + content.write_in_lines)
        ),
    )


def _caption(table: _Table, title: str) -> Strip:
    """Return the title across the table over the lines for more names."""
    left, right = table.edges[0], table.edges[-1]
    bold = Lettering(size=table.sizes.cell, face=Face.BOLD)
    width = right - left - 2 * _PADDING
    height = round(bold.height(title, width=width) + 2 * _PADDING_ABOVE, 1)
    return Strip(
        height=height,
        texts=bold.placed(title, x=left + _PADDING, y=_PADDING_ABOVE, width=width),
        rules=table.rules(height, verticals=(left, right)),
        ties=True,
    )


def _write_in(table: _Table, contest: int, line: int, *, height: float) -> Strip:
    edges = table.edges
    kind = LineKind.WRITE_IN
    zone = rectangle(edges[0], 0, edges[_AGREE] - edges[0], height).grown(-0.5)
    return Strip(
        height=height,
        rules=table.rules(height, verticals=(edges[0], *edges[_AGREE:])),
        boxes=table.boxes(contest, line, kind, height=height),
        row=table.row(contest, line, kind, height=height),
        zone=WriteInZone(contest=contest, line=line, rectangle=zone),
    )
