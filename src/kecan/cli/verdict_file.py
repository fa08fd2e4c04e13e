"""Verdicts as an XLSX file: one row a verdict, one row a finding, and the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

from kecan.cli.verdict_listing import difference_side, finding_outcome
from kecan.lettering.cell_room import row_height
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import CONFIDENCES, CRITERIA, OUTCOMES
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from kecan.cli.verdict_listing import Listing

_A4 = 9  # as Excel numbers sizes of paper
_WIDTHS = {"short": 14, "name": 28, "long": 60}
_VERDICT_HEADINGS = (
    (Sentence("Mã cán bộ", "Person id"), "short"),
    (Sentence("Họ và tên", "Name"), "name"),
    (Sentence("Chức danh quy hoạch", "Target post"), "name"),
    (Sentence("Nhiệm kỳ", "Term"), "short"),
    (Sentence("Kết quả", "Outcome"), "name"),
    (Sentence("Lý do", "Reason"), "long"),
    (Sentence("Căn cứ", "Clause"), "long"),
    (Sentence("Bằng chứng", "Evidence"), "long"),
)
_FINDING_HEADINGS = (
    (Sentence("Mã cán bộ", "Person id"), "short"),
    (Sentence("Họ và tên", "Name"), "name"),
    (Sentence("Chức danh quy hoạch", "Target post"), "name"),
    (Sentence("Tiêu chí", "Criterion"), "name"),
    (Sentence("Kết quả", "Outcome"), "name"),
    (Sentence("Nhận xét", "Finding"), "long"),
    (Sentence("Bằng chứng", "Evidence"), "long"),
    (Sentence("Căn cứ", "Clause"), "long"),
    (Sentence("Mức độ tin cậy", "Confidence"), "name"),
)
_DIFFERENCE_HEADINGS = (
    (Sentence("Mã cán bộ", "Person id"), "short"),
    (Sentence("Họ và tên", "Name"), "name"),
    (Sentence("Chức danh quy hoạch", "Target post"), "name"),
    (Sentence("Tiêu chí", "Criterion"), "name"),
    (Sentence("Theo bộ thứ nhất", "First rules"), "long"),
    (Sentence("Theo bộ thứ hai", "Second rules"), "long"),
)


def write_xlsx(listing: Listing, path: Path) -> None:
    """Write a listing; the file appears whole or not at all."""
    unfinished = path.with_name(f".{path.name}.tmp")
    try:
        with (
            unfinished.open("wb") as stream,
            xlsxwriter.Workbook(stream, {"constant_memory": True}) as book,
        ):
            _add_sheets(book, listing)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _add_sheets(book: xlsxwriter.Workbook, listing: Listing) -> None:
    _add_sheet(
        book,
        listing.say(Sentence("Kết quả", "Verdicts")),
        headings=[(listing.say(one), width) for one, width in _VERDICT_HEADINGS],
        rows=_verdict_rows(listing),
    )
    _add_sheet(
        book,
        listing.say(Sentence("Chi tiết", "Findings")),
        headings=[(listing.say(one), width) for one, width in _FINDING_HEADINGS],
        rows=_finding_rows(listing),
    )
    counts = listing.counts()
    _add_sheet(
        book,
        listing.say(Sentence("Tổng hợp", "Summary")),
        headings=[
            (listing.say(Sentence("Kết quả", "Outcome")), "name"),
            (listing.say(Sentence("Số lượng", "Count")), "short"),
        ],
        rows=((listing.say(OUTCOMES[one]), counts[one]) for one in Outcome),
    )
    if listing.differences:
        _add_sheet(
            book,
            listing.say(Sentence("Đối chiếu", "Comparison")),
            headings=[(listing.say(one), width) for one, width in _DIFFERENCE_HEADINGS],
            rows=_difference_rows(listing),
        )


def _add_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    *,
    headings: Sequence[tuple[str, str]],
    rows: Iterable[Sequence[str | int]],
) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    widths = [_WIDTHS[width] for _, width in headings]
    for column, (heading, _) in enumerate(headings):
        sheet.set_column(column, column, widths[column])
        sheet.write_string(0, column, heading, bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        sheet.set_row(last, row_height(zip(map(str, row), widths, strict=True)))
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, column, value, plain)
            else:
                sheet.write_number(last, column, value, plain)
    sheet.autofilter(0, 0, last, len(headings) - 1)


def _verdict_rows(listing: Listing) -> Iterable[Sequence[str]]:
    for one in listing.verdicts:
        shown = one.deciding or one.findings
        yield (
            one.person_id,
            listing.name(one),
            listing.post(one),
            one.term.vi,
            listing.say(OUTCOMES[one.outcome]),
            listing.reasons(one),
            listing.clauses(one),
            " ".join(dict.fromkeys(listing.evidence(finding) for finding in shown)),
        )


def _finding_rows(listing: Listing) -> Iterable[Sequence[str]]:
    for one in listing.verdicts:
        for finding in one.findings:
            yield (
                one.person_id,
                listing.name(one),
                listing.post(one),
                listing.say(CRITERIA[finding.criterion]),
                listing.say(finding_outcome(finding)),
                listing.say(finding.sentence),
                listing.evidence(finding),
                str(finding.citation),
                listing.say(CONFIDENCES[finding.confidence]),
            )


def _difference_rows(listing: Listing) -> Iterable[Sequence[str]]:
    for apart in listing.differences:
        for one, other in apart.findings:
            yield (
                apart.first.person_id,
                listing.name(apart.first),
                listing.post(apart.first),
                listing.say(CRITERIA[one.criterion]),
                difference_side(listing, one),
                difference_side(listing, other),
            )
