"""Phiếu giới thiệu: the secret ballot. Nothing on it names or numbers a voter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Column,
    Paragraph,
    Row,
    RowKind,
    Section,
    Table,
    TextRole,
    bold,
    cell,
    plain,
)
from kecan.documents.paper import (
    day_or_dots,
    finished_paper,
    header_row,
    paper_heading,
    paper_title,
)
from kecan.paper_ballot.wording import (
    BOX_TITLES,
    COLUMN_TITLES,
    HOW_TO,
    TITLES,
    WRITE_IN,
    Question,
    heading,
    instructions,
    limit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kecan.documents.model import Document
    from kecan.documents.paper import Nominee, PaperFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One list of the ballot: a body or post in one term.

    Raises:
        ValueError: If the maximum is below 1 or write-in lines are negative.
    """

    title: str
    term: str
    nominees: tuple[Nominee, ...]
    most_choices: int
    write_in_lines: int = 0

    def __post_init__(self) -> None:
        if self.most_choices < 1 or self.write_in_lines < 0:
            msg = f"{self.title}: số lượng lựa chọn hoặc số dòng giới thiệu thêm không hợp lệ"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotContent:
    """One ballot form; all sheets of a conference are printed from the same bytes."""

    frame: PaperFrame
    conference: str
    held_on: date | None
    question: Question
    contests: tuple[Contest, ...]


def ballot(content: BallotContent) -> Document:
    """Return the ballot: stamp zone, instructions, one table a contest.

    Every sheet of a conference is the same document; there is no room in it for
    a number, a code or a name that could lead to a voter.
    """
    letterhead = content.frame.letterhead
    type_name, subject = TITLES[content.question]
    where = f"tại {content.conference}, {day_or_dots(content.held_on)}"
    blocks: list[Block] = [
        paper_heading(
            content.frame,
            stamp_zone=f"(Đóng dấu {letterhead.short_name})",
            has_place_date=False,
        ),
        *paper_title(type_name, subject, where),
        *_instructions(content),
    ]
    for number, contest in enumerate(content.contests, start=1):
        blocks += _contest_blocks(number, contest, question=content.question)
    return finished_paper(
        content.frame,
        f"{type_name.capitalize()} {subject}",
        Section(blocks=tuple(blocks)),
    )


_COLUMNS = (
    Column(width=11, align=Align.CENTRE),
    Column(width=44),
    Column(width=16, align=Align.CENTRE),
    Column(width=56),
    Column(width=19, align=Align.CENTRE),
    Column(width=19, align=Align.CENTRE),
)
_ROW_MM = 9


def _instructions(content: BallotContent) -> tuple[Paragraph, ...]:
    sentences = instructions(
        content.question,
        has_write_ins=any(contest.write_in_lines for contest in content.contests),
    )
    return (
        Paragraph(runs=(*bold(HOW_TO),), role=TextRole.NOTE, keeps_with_next=True),
        *(Paragraph(runs=plain(f"- {text}"), role=TextRole.NOTE) for text in sentences),
    )


def _contest_blocks(
    number: int, contest: Contest, *, question: Question
) -> tuple[Block, ...]:
    title = Paragraph(
        runs=bold(heading(number, title=contest.title, term=contest.term)),
        align=Align.LEFT,
        keeps_with_next=True,
    )
    most = Paragraph(
        runs=plain(limit(contest.most_choices)),
        role=TextRole.NOTE,
        align=Align.LEFT,
        keeps_with_next=True,
    )
    table = Table(
        columns=_COLUMNS,
        header=header_row(*COLUMN_TITLES, *BOX_TITLES[question]),
        rows=tuple(_rows(contest)),
    )
    if question is Question.REMOVE:
        return (title, table)
    return (title, most, table)


def _rows(contest: Contest) -> Iterator[Row]:
    for number, nominee in enumerate(contest.nominees, start=1):
        yield Row(
            cells=(
                cell(str(number)),
                cell(nominee.name, is_bold=True),
                cell(nominee.birth_year),
                cell(nominee.office),
                cell(""),
                cell(""),
            ),
            least_height_mm=_ROW_MM,
        )
    if contest.write_in_lines:
        yield Row(
            cells=(cell(WRITE_IN, columns=len(_COLUMNS), align=Align.LEFT),),
            kind=RowKind.GROUP,
        )
    for _ in range(contest.write_in_lines):
        blank = (cell(""), cell(""), cell(""), cell(""))
        yield Row(cells=(*blank, cell("", columns=2)), least_height_mm=_ROW_MM)
