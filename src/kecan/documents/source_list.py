"""Danh sách nguồn nhân sự đủ điều kiện: who may be put forward, by term and post."""

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
from kecan.documents.numerals import letter, roman
from kecan.documents.paper import (
    SIGN_AND_NAME,
    finished_paper,
    header_row,
    paper_heading,
    paper_title,
    side_by_side,
    signature_of,
    terms_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.documents.model import Document
    from kecan.documents.paper import PaperFrame, Signatory
    from kecan.vocabulary import PartialDate, TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class EligiblePerson:
    """A row: somebody the rules find eligible for a post."""

    name: str
    born: PartialDate | None
    unit: str
    office: str
    planned_post: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """The sources of one body or post in one term, in the order to be printed."""

    caption: str
    people: tuple[EligiblePerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBlock:
    """All groups of one term ("2025 - 2030")."""

    term: str
    groups: tuple[SourceGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceListContent:
    """The list of eligible sources; ``judged_under`` names the rules and the day."""

    frame: PaperFrame
    terms: tuple[TermPair, ...]
    judged_under: str
    blocks: tuple[SourceBlock, ...]
    maker: Signatory
    signatory: Signatory


def source_list(content: SourceListContent) -> Document:
    """Return the list of eligible sources, grouped by term, then by post."""
    terms = "; ".join(terms_in_words(pair) for pair in content.terms)
    subject = f"nguồn nhân sự đủ điều kiện giới thiệu quy hoạch nhiệm kỳ {terms}"
    people = {
        (person.name, person.born, person.office)
        for block in content.blocks
        for group in block.groups
        for person in group.people
    }
    rows = [
        row
        for place, block in enumerate(content.blocks, start=1)
        for row in _block_rows(place, block)
    ]
    entries = sum(len(g.people) for block in content.blocks for g in block.groups)
    blocks: list[Block] = [
        paper_heading(content.frame),
        *paper_title("DANH SÁCH", subject),
        centred(f"({content.judged_under})", TextRole.NOTE),
    ]
    if rows:
        blocks.append(_table(rows))
    blocks += [
        body(f"Danh sách gồm {entries} lượt giới thiệu, {len(people)} người."),
        side_by_side(
            signature_of(content.maker, hint=SIGN_AND_NAME),
            signature_of(content.signatory, hint=SIGN_AND_NAME),
        ),
    ]
    return finished_paper(
        content.frame, f"Danh sách {subject}", Section(blocks=tuple(blocks))
    )


_COLUMNS = (
    Column(width=13, align=Align.CENTRE),
    Column(width=31),
    Column(width=25, align=Align.CENTRE),
    Column(width=28),
    Column(width=38),
    Column(width=27),
    Column(width=13),
)


def _table(rows: list[Row]) -> Table:
    return Table(
        columns=_COLUMNS,
        header=header_row(
            "STT",
            "Họ và tên",
            "Ngày sinh",
            "Đơn vị công tác",
            "Chức danh hiện tại",
            "Chức danh quy hoạch",
            "Ghi chú",
        ),
        rows=tuple(rows),
        role=TextRole.SMALL_TABLE,
    )


def _block_rows(place: int, block: SourceBlock) -> Iterator[Row]:
    groups = [group for group in block.groups if group.people]
    if groups:
        yield _group_row(f"{letter(place)}. NHIỆM KỲ {block.term}")
    for numeral, group in enumerate(groups, start=1):
        yield _group_row(f"{roman(numeral)}. {group.caption}")
        for number, person in enumerate(group.people, start=1):
            yield _person_row(number, person)


def _group_row(caption: str) -> Row:
    return Row(
        cells=(cell(caption, columns=len(_COLUMNS), align=Align.LEFT),),
        kind=RowKind.GROUP,
    )


def _person_row(number: int, person: EligiblePerson) -> Row:
    texts = (
        str(number),
        person.name,
        person.born.vi if person.born else "",
        person.unit,
        person.office,
        person.planned_post,
        person.note,
    )
    return Row(cells=tuple(cell(text) for text in texts))
