"""Danh sách triệu tập, điểm danh: who is summoned, by category, with seat and sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Column,
    Row,
    RowKind,
    Section,
    Table,
    TextRole,
    body,
    cell,
    centred,
)
from kecan.documents.numerals import roman
from kecan.documents.paper import (
    DOTS,
    SIGN_AND_NAME,
    day_or_dots,
    finished_paper,
    header_row,
    hour_or_dots,
    paper_heading,
    paper_title,
    side_by_side,
    signature_of,
)
from kecan.lettering.number_words import figures_and_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class RollPerson:
    """A seat. ``is_present`` None before the conference leaves the place to sign."""

    seat: str
    name: str
    office: str
    is_present: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCategory:
    """A category of those summoned, in the order of the seats."""

    title: str
    people: tuple[RollPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollContent:
    """The roll of one conference; what is not settled yet is printed as dots."""

    frame: PaperFrame
    conference: str
    held_on: date | None
    starts_at: time | None
    hall: str
    categories: tuple[RollCategory, ...]
    maker: Signatory
    signatory: Signatory


def roll(content: RollContent) -> Document:
    """Return the roll, everybody once, numbered through all categories."""
    people = [person for category in content.categories for person in category.people]
    total = figures_and_words(len(people), of="đồng chí")
    present = sum(person.is_present is True for person in people)
    absent = sum(person.is_present is False for person in people)
    seen = f" Có mặt: {present}; vắng mặt: {absent}." if present or absent else ""
    when = f"{hour_or_dots(content.starts_at)}, {day_or_dots(content.held_on)}"
    blocks: tuple[Block, ...] = (
        paper_heading(content.frame),
        *paper_title("DANH SÁCH", f"triệu tập, điểm danh {content.conference}"),
        centred(f"({when}, tại {content.hall or DOTS})", TextRole.NOTE),
        _table(content.categories),
        body(f"Tổng số triệu tập: {total}.{seen}"),
        side_by_side(
            signature_of(content.maker, hint=SIGN_AND_NAME),
            signature_of(content.signatory, hint=SIGN_AND_NAME),
        ),
    )
    return finished_paper(
        content.frame,
        f"Danh sách triệu tập, điểm danh {content.conference}",
        Section(blocks=blocks),
    )


_COLUMNS = (
    Column(width=11, align=Align.CENTRE),
    Column(width=41),
    Column(width=54),
    Column(width=15, align=Align.CENTRE),
    Column(width=25, align=Align.CENTRE),
    Column(width=22),
)
_ROW_MM = 8


def _table(categories: tuple[RollCategory, ...]) -> Table:
    return Table(
        columns=_COLUMNS,
        header=header_row(
            "STT",
            "Họ và tên",
            "Chức vụ, đơn vị công tác",
            "Số ghế",
            "Ký tên",
            "Ghi chú",
        ),
        rows=tuple(_rows(categories)),
    )


def _rows(categories: tuple[RollCategory, ...]) -> Iterator[Row]:
    number = 0
    filled = [category for category in categories if category.people]
    for numeral, category in enumerate(filled, start=1):
        caption = (
            f"{roman(numeral)}. {category.title} ({len(category.people)} đồng chí)"
        )
        yield Row(
            cells=(cell(caption, columns=len(_COLUMNS), align=Align.LEFT),),
            kind=RowKind.GROUP,
        )
        for person in category.people:
            number += 1
            yield _person_row(number, person)


def _person_row(number: int, person: RollPerson) -> Row:
    mark = {True: "Có mặt", False: "Vắng", None: ""}[person.is_present]
    texts = (str(number), person.name, person.office, person.seat, mark, person.note)
    return Row(cells=tuple(cell(text) for text in texts), least_height_mm=_ROW_MM)
