"""``kecan workbook``: the empty form, a check of a filled one, a generated one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from kecan.cli.app import app
from kecan.cli.inputs import day, print_json, refuse
from kecan.regulations.pack import UnknownPackError, pack_in_force
from kecan.sample.district import build_district
from kecan.vocabulary import Language, Sentence
from kecan.workbook import (
    CellFinding,
    ReadResult,
    Severity,
    WorkbookUnreadableError,
    read_workbook,
    write_marked_copy,
    write_template,
    write_workbook,
)

workbook_app = typer.Typer(
    no_args_is_help=True, help="Sổ dữ liệu trao đổi (XLSX): mẫu, kiểm tra, ví dụ."
)
app.add_typer(workbook_app, name="workbook")

_SHOWN = 40
Output = Annotated[Path, typer.Option("-o", "--output", help="Tệp XLSX sẽ ghi.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


@workbook_app.command("template")
def template_command(output: Output, lang: Lang = Language.VI) -> None:
    """Ghi sổ dữ liệu trống."""
    _write(lambda: write_template(output), output, lang)


@workbook_app.command("sample")
def sample_command(
    output: Output,
    seed: Annotated[int, typer.Option(help="Số gieo; cùng số, cùng huyện.")] = 2022,
    lang: Lang = Language.VI,
) -> None:
    """Ghi sổ dữ liệu của huyện minh hoạ (người và đơn vị hư cấu)."""
    register = build_district(seed=seed).register
    _write(lambda: write_workbook(register, output), output, lang)


@workbook_app.command("check")
def check_command(
    workbook: Annotated[Path, typer.Argument(help="Sổ dữ liệu cần kiểm tra.")],
    as_of: Annotated[
        str | None, typer.Option(help="Ngày kiểm tra; mặc định hôm nay.")
    ] = None,
    marked: Annotated[
        Path | None, typer.Option(help="Ghi bản sao có đánh dấu ô sai vào tệp này.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON.")] = False,
    lang: Lang = Language.VI,
) -> None:
    """Kiểm tra từng ô; mã kết thúc 0 là nhận được, 1 là còn lỗi, 2 là không đọc được."""
    today = day(as_of, option="--as-of", language=lang)
    try:
        most = pack_in_force(today).parameter("planning.max_posts_per_person", on=today)
    except UnknownPackError:
        most = None
    try:
        result = read_workbook(workbook, as_of=today, most_posts=most)
        if marked is not None:
            write_marked_copy(workbook, result.findings, marked, language=lang)
    except WorkbookUnreadableError as error:
        refuse(error.sentence, lang)
    except OSError as error:
        refuse(_unusable(error), lang)
    if as_json:
        print_json(_as_json(result, lang))
    else:
        _print_table(result, lang)
    if result.errors:
        raise typer.Exit(1)


def _write(write: Callable[[], None], path: Path, lang: Language) -> None:
    try:
        write()
    except OSError as error:
        refuse(_unusable(error), lang)
    sys.stdout.write(f"{path}\n")


def _unusable(error: OSError) -> Sentence:
    name = error.filename or ""
    return Sentence(
        f"Không đọc hoặc ghi được tệp {name}: {error.strerror}.",
        f"Cannot read or write {name}: {error.strerror}.",
    )


def _as_json(result: ReadResult, lang: Language) -> dict[str, object]:
    return {
        "accepted": result.register is not None,
        "rows": dict(result.row_counts),
        "findings": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "column": one.column,
                "heading": one.heading,
                "what_is": one.what_is,
                "expected": one.expected.in_language(lang),
                "severity": one.severity.value,
            }
            for one in result.findings
        ],
    }


def _print_table(result: ReadResult, lang: Language) -> None:
    console = Console()
    rows = ", ".join(f"{sheet} {number}" for sheet, number in result.row_counts.items())
    console.print(f"Đã đọc: {rows}.")
    if result.findings:
        table = Table()
        for heading in ("Trang", "Ô", "Cột", "Đang là", "Cần", "Mức"):
            table.add_column(heading, overflow="fold")
        for one in result.findings[:_SHOWN]:
            table.add_row(*_row(one, lang))
        console.print(table)
    errors = len(result.errors)
    more = max(0, len(result.findings) - _SHOWN)
    hidden = f" Còn {more} dòng không in; dùng --json hoặc --marked." if more else ""
    console.print(
        f"{errors} lỗi, {len(result.findings) - errors} điều cần xem lại.{hidden}"
    )


def _row(one: CellFinding, lang: Language) -> tuple[str, ...]:
    severity = "lỗi" if one.severity is Severity.ERROR else "xem lại"
    expected = one.expected.in_language(lang)
    return (one.sheet, one.cell, one.heading, one.what_is, expected, severity)
