"""``kecan ballot``: paper ballots printed from a form."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import print_json, refuse
from kecan.lettering.file_faults import file_fault
from kecan.paper_ballot.composing import layout_of
from kecan.paper_ballot.form import FormError, Style
from kecan.paper_ballot.form_file import FormFileError, read_form
from kecan.paper_ballot.layout_file import write_layout
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.private_files import make_private
from kecan.paper_ballot.sheet_ids import draw_sheet_ids
from kecan.vocabulary import Language, Sentence

ballot_app = typer.Typer(
    no_args_is_help=True, help="Phiếu giấy: in, đọc bản quét, bốc thăm đối chiếu."
)
app.add_typer(ballot_app, name="ballot")

_MOST_COPIES = 100_000
_CAUTION = Sentence(
    "Mỗi phiếu mang một mã ngẫu nhiên: in mỗi tệp đúng một lần (không đặt số bản ở máy "
    "in), xáo trộn chồng phiếu trước khi phát, in xong thì xoá tệp. Ai phát phiếu mà ghi "
    "lại mã của từng người thì biết họ bỏ phiếu thế nào.",
    "Every ballot carries a random id: print each file once (no copies set at the "
    "printer), shuffle the stack before handing it out, and delete the file when it is "
    "printed. Whoever hands out ballots and notes the id each person got can learn how "
    "they voted.",
)


@ballot_app.callback()
def ballot_group() -> None:
    """Phiếu giấy: in, đọc bản quét, bốc thăm đối chiếu."""


@ballot_app.command("print")
def print_command(
    form_file: Annotated[Path, typer.Argument(metavar="FORM", help="Mẫu phiếu .toml.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp PDF sẽ ghi.")],
    layout: Annotated[
        Path | None, typer.Option(help="Ghi vị trí từng ô (JSON, mm).")
    ] = None,
    copies: Annotated[
        int, typer.Option(min=1, max=_MOST_COPIES, help="Số bản in.")
    ] = 1,
    style: Annotated[
        Style, typer.Option(help="normal, hoặc large: chữ lớn.")
    ] = Style.NORMAL,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")] = Language.VI,
) -> None:
    """In phiếu; cùng mẫu cho cùng tệp, trừ khi mẫu đặt sheet_ids = true."""
    try:
        form = read_form(form_file)
        placed = layout_of(form, style=style)
        sheet_ids = draw_sheet_ids(copies) if form.has_sheet_ids else ()
        content = render_ballot(form, style=style, copies=copies, sheet_ids=sheet_ids)
        files = {output: content}
    except FormFileError as error:
        refuse(error.sentence, lang)
    except FormError as error:
        refuse(FormFileError(form_file, error.place, error.fault).sentence, lang)
    if layout is not None:
        files[layout] = write_layout(placed, form=form).encode("utf-8")
    for path, content in files.items():
        _write(path, content, lang, is_secret=form.has_sheet_ids)
    pages = len(placed.pages)
    if as_json:
        print_json(
            {
                "event": form.event,
                "pages": pages,
                "copies": copies,
                "has_sheet_ids": form.has_sheet_ids,
            }
        )
        return
    said = Sentence(
        f"Đã ghi {output}: {copies} phiếu, mỗi phiếu {pages} trang.",
        f"Wrote {output}: {copies} ballots of {pages} pages.",
    )
    sys.stdout.write(f"{said.in_language(lang)}\n")
    if form.has_sheet_ids:
        sys.stdout.write(f"{_CAUTION.in_language(lang)}\n")


def _write(path: Path, content: bytes, language: Language, *, is_secret: bool) -> None:
    """Write a file whole, or leave what was there; a list of ids is for its owner alone."""
    part = path.with_name(f".{path.name}.part")
    try:
        if is_secret:
            make_private(part)
        part.write_bytes(content)
        os.replace(part, path)  # noqa: PTH105  # the one call that replaces whole
    except OSError as error:
        part.unlink(missing_ok=True)
        refuse(
            Sentence(
                f"Không ghi được tệp {path}: {file_fault(error).vi}.",
                f"Cannot write {path}: {file_fault(error).en}.",
            ),
            language,
        )
