"""``kecan workbook``: the empty form, its check, a sample, and other people's lists."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console

from kecan.cli.app import app
from kecan.cli.inputs import day, print_json, refuse
from kecan.cli.workbook_listing import (
    adoption_as_json,
    check_as_json,
    finding_table,
    print_adoption,
)
from kecan.lettering.file_faults import file_fault
from kecan.regulations.pack import (
    UnknownPackError,
    UnknownParameterError,
    pack_in_force,
)
from kecan.regulations.parameters import Parameter
from kecan.sample.district import build_district
from kecan.vocabulary import Language, Level, Sentence
from kecan.workbook import (
    ReadResult,
    WorkbookUnreadableError,
    adopt,
    read_workbook,
    write_marked_copy,
    write_template,
    write_workbook,
)

workbook_app = typer.Typer(
    no_args_is_help=True, help="Sổ trao đổi dữ liệu (XLSX): mẫu, kiểm tra, chuyển đổi."
)
app.add_typer(workbook_app, name="workbook")

_MOST_POSTS = "planning.max_posts_per_person"
_SAMPLE_SEED = 2022
_Result = TypeVar("_Result")

Output = Annotated[Path, typer.Option("-o", "--output", help="Tệp .xlsx sẽ ghi.")]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


@workbook_app.command("template")
def template_command(output: Output, lang: Lang = Language.VI) -> None:
    """Ghi sổ trắng: tờ hướng dẫn, tám tờ dữ liệu, danh sách chọn, dòng mẫu."""
    _writing(output, lang, lambda: write_template(output))
    _say(_wrote(output), lang)


@workbook_app.command("sample")
def sample_command(
    output: Output,
    seed: Annotated[int, typer.Option(help="Số gieo; cùng số cho cùng sổ.")] = (
        _SAMPLE_SEED
    ),
    lang: Lang = Language.VI,
) -> None:
    """Ghi sổ của một huyện tưởng tượng để dùng thử."""
    register = build_district(seed=seed).register
    _writing(output, lang, lambda: write_workbook(register, output))
    _say(_wrote(output), lang)


@workbook_app.command("check")
def check_command(
    workbook: Annotated[Path, typer.Argument(metavar="FILE", help="Sổ trao đổi XLSX.")],
    as_of: Annotated[
        str | None, typer.Option(help="Ngày xét; mặc định hôm nay.")
    ] = None,
    marked: Annotated[
        Path | None,
        typer.Option(help="Ghi bản sao đánh dấu các ô cần sửa, kèm cột lý do."),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Kiểm tra từng ô của sổ; 0: dùng được, 1: còn lỗi, 2: không đọc được."""
    on = day(as_of, option="--as-of", language=lang)
    result = _reading(
        lang, lambda: read_workbook(workbook, as_of=on, most_posts=_most_posts(on))
    )
    if marked is not None:
        findings = result.findings
        _writing(
            marked,
            lang,
            lambda: write_marked_copy(workbook, findings, marked, language=lang),
        )
    if as_json:
        print_json(check_as_json(workbook, result))
    else:
        _print_check(result, marked=marked, language=lang)
    if result.errors:
        raise typer.Exit(1)


@workbook_app.command("adopt")
def adopt_command(
    source: Annotated[
        Path, typer.Argument(metavar="LIST", help="Danh sách .csv hoặc .xlsx.")
    ],
    output: Output,
    level: Annotated[
        Level, typer.Option(help="Cấp của các đơn vị, chức danh tạm.")
    ] = Level.DISTRICT,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Chuyển danh sách có sẵn, tiêu đề bất kỳ, thành sổ trao đổi; không bỏ dòng nào."""
    report = _reading(
        lang, lambda: _writing(output, lang, lambda: adopt(source, output, level=level))
    )
    if as_json:
        print_json(adoption_as_json(source, output, report))
        return
    print_adoption(report, console=Console(file=sys.stdout), language=lang)
    _say(_wrote(output), lang)


def _reading(language: Language, read: Callable[[], _Result]) -> _Result:
    try:
        return read()
    except WorkbookUnreadableError as error:
        refuse(error.sentence, language)


def _writing(path: Path, language: Language, write: Callable[[], _Result]) -> _Result:
    try:
        return write()
    except OSError as error:
        refuse(
            Sentence(
                f"Không ghi được tệp {path}: {file_fault(error).vi}.",
                f"Cannot write {path}: {file_fault(error).en}.",
            ),
            language,
        )


def _most_posts(on: date) -> Parameter | None:
    try:
        return pack_in_force(on).parameter(_MOST_POSTS, on=on)
    except (UnknownPackError, UnknownParameterError):
        return None


def _print_check(
    result: ReadResult, *, marked: Path | None, language: Language
) -> None:
    console = Console(file=sys.stdout)
    if result.findings:
        console.print(finding_table(result.findings, language=language))
    counts = ", ".join(f"{title} {count}" for title, count in result.row_counts.items())
    _say(
        Sentence(
            f"Số dòng: {counts}. Lỗi: {len(result.errors)}; cảnh báo: "
            f"{len(result.warnings)}.",
            f"Rows: {counts}. Errors: {len(result.errors)}; warnings: "
            f"{len(result.warnings)}.",
        ),
        language,
    )
    if marked is not None:
        _say(_wrote(marked), language)


def _wrote(path: Path) -> Sentence:
    return Sentence(f"Đã ghi {path}.", f"Wrote {path}.")


def _say(sentence: Sentence, language: Language) -> None:
    sys.stdout.write(f"{sentence.in_language(language)}\n")
