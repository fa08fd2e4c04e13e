"""Annexes 1 (review, carry-over) and 2 (supplement) of the Tờ trình, landscape.

Columns, groups and summary rows follow the form practised by offices
(regulation-practice.md §3.1 and §3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.model import (
    Align,
    Block,
    Cell,
    Column,
    Orientation,
    Paragraph,
    Row,
    RowKind,
    Run,
    Section,
    Table,
    TextRole,
    bold,
    cell,
    centred,
)
from kecan.documents.numerals import letter, roman
from kecan.documents.paper import note
from kecan.vocabulary import Sex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kecan.documents.submission_content import (
        AddedBlock,
        AddedGroup,
        AddedPerson,
        ReviewBlock,
        ReviewedPerson,
        ReviewGroup,
    )
    from kecan.vocabulary import PartialDate

_CENTRE = Align.CENTRE

_REVIEW_COLUMNS = (
    Column(width=9, align=_CENTRE),
    Column(width=27),
    Column(width=20, align=_CENTRE),
    Column(width=20, align=_CENTRE),
    Column(width=26),
    Column(width=25),
    Column(width=25),
    Column(width=22),
    Column(width=16),
    Column(width=24),
    Column(width=28),
    Column(width=23),
)
_ADDED_COLUMNS = (
    Column(width=9, align=_CENTRE),
    Column(width=34),
    Column(width=20, align=_CENTRE),
    Column(width=20, align=_CENTRE),
    Column(width=42),
    Column(width=38),
    Column(width=28),
    Column(width=20),
    Column(width=28),
    Column(width=28),
)


def review_annex(
    blocks: Sequence[ReviewBlock], *, issuer: str, attached: Paragraph
) -> Section:
    """Return annex 1: everybody in the current plan and what becomes of them."""
    return _annex(
        "Phụ lục 1",
        "BẢNG RÀ SOÁT, CHUYỂN TIẾP QUY HOẠCH CÁC CHỨC DANH LÃNH ĐẠO, QUẢN LÝ",
        _review_table(blocks),
        issuer=issuer,
        attached=attached,
    )


def added_annex(
    blocks: Sequence[AddedBlock], *, issuer: str, attached: Paragraph
) -> Section:
    """Return annex 2: everybody newly put forward."""
    return _annex(
        "Phụ lục 2",
        "BẢNG RÀ SOÁT, BỔ SUNG QUY HOẠCH CÁC CHỨC DANH LÃNH ĐẠO, QUẢN LÝ",
        _added_table(blocks),
        issuer=issuer,
        attached=attached,
    )


def _annex(
    name: str, title: str, table: Table, *, issuer: str, attached: Paragraph
) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph(runs=bold(issuer.upper()), align=Align.LEFT),
        centred(name, TextRole.ABSTRACT),
        centred(title, TextRole.ABSTRACT),
        attached,
    )
    if table.rows:
        blocks += (table,)
    else:
        blocks += (note("Không có trường hợp nào."),)
    return Section(blocks=blocks, orientation=Orientation.LANDSCAPE)


def _review_table(blocks: Sequence[ReviewBlock]) -> Table:
    return Table(
        columns=_REVIEW_COLUMNS,
        header=(
            Row(
                cells=(
                    cell("Số TT", rows=2),
                    cell("Họ và tên", rows=2),
                    cell("Ngày sinh", columns=2),
                    cell("Chức vụ hiện tại", rows=2),
                    cell("Chức danh đã được quy hoạch", rows=2),
                    cell("Chức danh chuyển tiếp quy hoạch", rows=2),
                    cell("Trình độ đào tạo, bồi dưỡng", columns=2),
                    cell("Quyết định quy hoạch", rows=2),
                    cell("Kết quả xếp loại 03 năm gần nhất", rows=2),
                    cell("Đề xuất của đơn vị", rows=2),
                )
            ),
            _second_row(),
        ),
        rows=tuple(
            row
            for place, block in enumerate(blocks, start=1)
            for row in _review_rows(place, block)
        ),
        has_column_numbers=True,
        role=TextRole.ANNEX_TABLE,
    )


def _second_row() -> Row:
    headings = ("Nam", "Nữ", "Chuyên môn", "Lý luận chính trị")
    return Row(cells=tuple(cell(heading) for heading in headings))


def _review_rows(place: int, block: ReviewBlock) -> Iterator[Row]:
    groups = [
        (numeral, group)
        for numeral, group in enumerate(block.groups, start=1)
        if group.people
    ]
    if groups:
        yield _term_row(place, block.term, width=len(_REVIEW_COLUMNS))
    for numeral, group in groups:
        yield _caption_row(numeral, group, width=len(_REVIEW_COLUMNS))
        for number, person in enumerate(group.people, start=1):
            yield _reviewed(number, person)


def _term_row(place: int, term: str, *, width: int) -> Row:
    caption = f"{letter(place)}. NHIỆM KỲ {term}"
    return Row(
        cells=(cell(caption, columns=width, align=Align.LEFT),), kind=RowKind.GROUP
    )


def _caption_row(numeral: int, group: ReviewGroup | AddedGroup, *, width: int) -> Row:
    caption = f"{roman(numeral)}. {group.caption} ({len(group.people)} người)"
    return Row(
        cells=(cell(caption, columns=width, align=Align.LEFT),), kind=RowKind.GROUP
    )


def _born(born: PartialDate | None, sex: Sex | None) -> tuple[Cell, ...]:
    """Return the date in the column of the sex, over both while that is unknown."""
    written = born.vi if born else ""
    if sex is None:
        return (cell(written, columns=2),)
    return (
        cell(written if sex is Sex.MALE else ""),
        cell(written if sex is Sex.FEMALE else ""),
    )


def _reviewed(number: int, person: ReviewedPerson) -> Row:
    return Row(
        cells=(
            cell(str(number)),
            cell(person.name),
            *_born(person.born, person.sex),
            cell(person.office),
            cell(person.planned_post),
            cell(person.carried_over_post),
            cell(person.profession),
            cell(person.theory),
            cell(person.decision),
            cell(*(person.ratings or ("",))),
            cell(person.proposal),
        )
    )


def _added_table(blocks: Sequence[AddedBlock]) -> Table:
    return Table(
        columns=_ADDED_COLUMNS,
        header=(
            Row(
                cells=(
                    cell("Số TT", rows=2),
                    cell("Họ và tên", rows=2),
                    cell("Ngày sinh", columns=2),
                    cell("Chức vụ hiện tại", rows=2),
                    cell("Chức danh đề xuất quy hoạch", rows=2),
                    cell("Trình độ đào tạo, bồi dưỡng", columns=2),
                    cell("Kết quả xếp loại 03 năm gần nhất", rows=2),
                    cell("Đề xuất của đơn vị", rows=2),
                )
            ),
            _second_row(),
        ),
        rows=tuple(
            row
            for place, block in enumerate(blocks, start=1)
            for row in _added_rows(place, block)
        ),
        has_column_numbers=True,
        role=TextRole.ANNEX_TABLE,
    )


def _added_rows(place: int, block: AddedBlock) -> Iterator[Row]:
    groups = [
        (numeral, group)
        for numeral, group in enumerate(block.groups, start=1)
        if group.people or group.asked_for
    ]
    if groups:
        yield _term_row(place, block.term, width=len(_ADDED_COLUMNS))
    for numeral, group in groups:
        yield _caption_row(numeral, group, width=len(_ADDED_COLUMNS))
        yield _sum_row("Số lượng đề nghị", group.asked_for)
        yield _sum_row("Danh sách nhân sự giới thiệu", len(group.people))
        for number, person in enumerate(group.people, start=1):
            yield _added(number, person)


def _sum_row(title: str, people: int) -> Row:
    underlined = (Run(str(people), is_underlined=True),)
    return Row(
        cells=(
            cell(title, columns=len(_ADDED_COLUMNS) - 1, align=Align.LEFT),
            Cell(lines=(underlined,), align=Align.CENTRE),
        ),
        kind=RowKind.GROUP,
    )


def _added(number: int, person: AddedPerson) -> Row:
    return Row(
        cells=(
            cell(str(number)),
            cell(person.name),
            *_born(person.born, person.sex),
            cell(person.office),
            cell(person.proposed_post),
            cell(person.profession),
            cell(person.theory),
            cell(*(person.ratings or ("",))),
            cell(person.proposal),
        )
    )
