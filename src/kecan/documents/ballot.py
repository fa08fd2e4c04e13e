"""Phiếu giới thiệu: the secret ballot. Nothing on it names or numbers a voter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
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
    finished_paper,
    header_row,
    paper_heading,
    paper_title,
)
from kecan.lettering.number_words import day_of_paper, in_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kecan.documents.model import Document
    from kecan.documents.paper import Nominee, PaperFrame


class Question(StrEnum):
    """What agreeing means."""

    NOMINATE = "nominate"
    REMOVE = "remove"


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
    held_on: date
    question: Question
    contests: tuple[Contest, ...]


def ballot(content: BallotContent) -> Document:
    """Return the ballot: stamp zone, instructions, one table a contest.

    Every sheet of a conference is the same document; there is no room in it for
    a number, a code or a name that could lead to a voter.
    """
    letterhead = content.frame.letterhead
    type_name, subject = _TITLES[content.question]
    where = f"tại {content.conference}, {day_of_paper(content.held_on)}"
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


_TITLES = {
    Question.NOMINATE: (
        "PHIẾU GIỚI THIỆU",
        "nguồn cán bộ quy hoạch các chức danh lãnh đạo, quản lý",
    ),
    Question.REMOVE: (
        "PHIẾU LẤY Ý KIẾN",
        "về đưa ra khỏi quy hoạch các chức danh lãnh đạo, quản lý",
    ),
}
_BOXES = {
    Question.NOMINATE: ("Đồng ý", "Không đồng ý"),
    Question.REMOVE: ("Đồng ý đưa ra", "Không đồng ý đưa ra"),
}
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
    agree, disagree = _BOXES[content.question]
    sentences = [
        f"Với mỗi người, đánh dấu X vào một trong hai ô “{agree}” hoặc “{disagree}”.",
        (
            "Người được đánh dấu cả hai ô hoặc để trống cả hai ô không được tính là "
            f"“{agree}”; phiếu vẫn hợp lệ."
        ),
    ]
    if content.question is Question.NOMINATE:
        sentences.append(
            f"Trong mỗi danh sách, chỉ chọn “{agree}” không quá số lượng ghi ở đầu danh "
            "sách, kể cả người giới thiệu thêm."
        )
    if any(contest.write_in_lines for contest in content.contests):
        sentences.append(
            "Nếu giới thiệu người ngoài danh sách, ghi rõ họ và tên, năm sinh, chức vụ, "
            "đơn vị công tác vào dòng “Giới thiệu thêm”."
        )
    sentences.append("Không ký tên, không ghi hoặc đánh dấu riêng lên phiếu.")
    return (
        Paragraph(
            runs=(*bold("Cách ghi phiếu:"),), role=TextRole.NOTE, keeps_with_next=True
        ),
        *(Paragraph(runs=plain(f"- {text}"), role=TextRole.NOTE) for text in sentences),
    )


def _contest_blocks(
    number: int, contest: Contest, *, question: Question
) -> tuple[Block, ...]:
    title = Paragraph(
        runs=bold(f"{number}. {contest.title}, nhiệm kỳ {contest.term}"),
        align=Align.LEFT,
        keeps_with_next=True,
    )
    most = contest.most_choices
    limit = Paragraph(
        runs=plain(f"(Chọn không quá {most} ({in_words(most)}) người)"),
        role=TextRole.NOTE,
        align=Align.LEFT,
        keeps_with_next=True,
    )
    table = Table(
        columns=_COLUMNS,
        header=header_row(
            "STT",
            "Họ và tên",
            "Năm sinh",
            "Chức vụ, đơn vị công tác",
            *_BOXES[question],
        ),
        rows=tuple(_rows(contest)),
    )
    if question is Question.REMOVE:
        return (title, table)
    return (title, limit, table)


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
            cells=(cell("Giới thiệu thêm", columns=len(_COLUMNS), align=Align.LEFT),),
            kind=RowKind.GROUP,
        )
    for _ in range(contest.write_in_lines):
        blank = (cell(""), cell(""), cell(""), cell(""))
        yield Row(cells=(*blank, cell("", columns=2)), least_height_mm=_ROW_MM)
