"""How the findings of a workbook and the report of an adoption are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from kecan.vocabulary import Language, Sentence
from kecan.workbook.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from kecan.workbook import AdoptReport, CellFinding, ReadResult

_MOST_SHOWN = 200
_SEVERITIES = {
    Severity.ERROR: Sentence("lỗi", "error"),
    Severity.WARNING: Sentence("cảnh báo", "warning"),
}
_HEADINGS = (
    Sentence("Tờ", "Sheet"),
    Sentence("Ô", "Cell"),
    Sentence("Cột", "Column"),
    Sentence("Đang là", "What is"),
    Sentence("Cần", "Expected"),
    Sentence("Mức", "Severity"),
)


def finding_table(findings: Sequence[CellFinding], *, language: Language) -> Table:
    """Return the findings as a table, the first two hundred of them."""
    table = Table()
    for heading in _HEADINGS:
        table.add_column(heading.in_language(language), overflow="fold")
    for one in findings[:_MOST_SHOWN]:
        table.add_row(
            one.sheet,
            one.cell,
            one.heading,
            one.what_is,
            one.expected.in_language(language),
            _SEVERITIES[one.severity].in_language(language),
        )
    if len(findings) > _MOST_SHOWN:
        more = Sentence(
            f"Còn {len(findings) - _MOST_SHOWN} mục nữa; xem đủ bằng --json.",
            f"{len(findings) - _MOST_SHOWN} more; see them all with --json.",
        )
        table.caption = more.in_language(language)
    return table


def check_as_json(path: Path, result: ReadResult) -> dict[str, object]:
    """Return the result of a check for machines."""
    return {
        "file": str(path),
        "is_accepted": not result.errors,
        "errors": len(result.errors),
        "warnings": len(result.warnings),
        "rows": dict(result.row_counts),
        "findings": [_finding(one) for one in result.findings],
    }


def adoption_as_json(
    source: Path, target: Path, report: AdoptReport
) -> dict[str, object]:
    """Return the report of an adoption for machines."""
    return {
        "file": str(source),
        "output": str(target),
        "rows_in": report.rows_in,
        "people_out": report.people_out,
        "generated_codes": report.generated_codes,
        "provisional_units": report.provisional_units,
        "provisional_posts": report.provisional_posts,
        "columns": [
            {
                "sheet": one.sheet,
                "column": one.column,
                "heading": one.heading,
                "used_as": one.used_as or None,
            }
            for one in report.columns
        ],
        "left_rows": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "reason": _both(one.reason),
                "text": one.text,
            }
            for one in report.left_rows
        ],
        "unread": [_finding(one) for one in report.unread],
    }


def print_adoption(
    report: AdoptReport, *, console: Console, language: Language
) -> None:
    """Print what became of every column, every other row and every doubtful cell."""
    console.print(_column_table(report, language))
    if report.left_rows:
        console.print(_row_table(report, language))
    if report.unread:
        console.print(finding_table(report.unread, language=language))
    console.print(_summary(report).in_language(language))


def _column_table(report: AdoptReport, language: Language) -> Table:
    left = Sentence("để lại ở tờ Cột chưa dùng", "left on the sheet Cột chưa dùng")
    headings = (
        Sentence("Cột", "Column"),
        Sentence("Tiêu đề", "Heading"),
        Sentence("Đưa vào", "Used as"),
    )
    table = Table(*(heading.in_language(language) for heading in headings))
    for one in report.columns:
        used_as = one.used_as or left.in_language(language)
        table.add_row(f"{one.sheet}!{one.column}", one.heading, used_as)
    return table


def _row_table(report: AdoptReport, language: Language) -> Table:
    headings = (
        Sentence("Dòng", "Row"),
        Sentence("Không phải cán bộ vì", "Not a person because"),
        Sentence("Nội dung", "Content"),
    )
    table = Table(*(heading.in_language(language) for heading in headings))
    for one in report.left_rows:
        table.add_row(
            f"{one.sheet}!{one.row}", one.reason.in_language(language), one.text
        )
    return table


def _summary(report: AdoptReport) -> Sentence:
    left = len(report.left_rows)
    errors = sum(one.severity is Severity.ERROR for one in report.unread)
    guesses = len(report.unread) - errors
    return Sentence(
        f"{report.rows_in} dòng vào = {report.people_out} cán bộ + {left} dòng khác. "
        f"{report.generated_codes} mã cán bộ được tạo từ nội dung dòng (họ tên, ngày "
        f"sinh, quê quán). {report.provisional_units} đơn vị và "
        f"{report.provisional_posts} chức danh tạm cần bổ sung. "
        f"{errors} ô chưa đọc được, {guesses} ô đọc được nhưng cần xem lại.",
        f"{report.rows_in} rows in = {report.people_out} people + {left} other rows. "
        f"{report.generated_codes} codes were made from the row (name, birth, home). "
        f"{report.provisional_units} provisional units and {report.provisional_posts} "
        f"posts need completing. {errors} cells could not be read, {guesses} were read "
        "but need a look.",
    )


def _finding(one: CellFinding) -> dict[str, object]:
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "cell": one.cell,
        "heading": one.heading,
        "what_is": one.what_is,
        "expected": _both(one.expected),
        "severity": one.severity.value,
    }


def _both(sentence: Sentence) -> dict[str, str]:
    return {"vi": sentence.vi, "en": sentence.en}
