"""``kecan ballot read``: marks in, counts and doubtful marks out."""

from __future__ import annotations

import os
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from kecan.cli.ballot import ballot_app
from kecan.cli.ballot_outcome import refusal_words, summary_words
from kecan.cli.inputs import print_json, refuse, write_output
from kecan.lettering.file_faults import file_fault
from kecan.paper_ballot.accounting import count_pages
from kecan.paper_ballot.batch import (
    Journal,
    ReviewFolder,
    all_places,
    read_batch,
    take_back_pictures,
)
from kecan.paper_ballot.count_file import count_text, summary
from kecan.paper_ballot.form import FormError
from kecan.paper_ballot.form_file import FormFileError, read_ballot_rules, read_form
from kecan.paper_ballot.preparing import is_prepared, prepare
from kecan.paper_ballot.private_files import make_private
from kecan.paper_ballot.reading import printed_ballot
from kecan.paper_ballot.reading_pool import reading_pool
from kecan.paper_ballot.scans import folders_left_out, scan_files
from kecan.regulations.chains import shipped_validity
from kecan.vocabulary import Language, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.paper_ballot.batch import PageRecord
    from kecan.paper_ballot.form import BallotForm
    from kecan.tally import BallotRules


_PREPARING = Sentence(
    "Lần đầu đọc phiếu bằng bản Kecan này trên máy này: chuẩn bị bộ đọc, chừng một phút.",
    "First reading by this version of Kecan on this machine: the reader is being prepared, "
    "about a minute.",
)


@ballot_app.command("prepare")
def prepare_command() -> None:
    """Chuẩn bị bộ đọc phiếu trên máy này: một lần cho mỗi bản Kecan, chừng một phút."""
    prepare()


@ballot_app.command("read")
def read_command(
    form_file: Annotated[Path, typer.Argument(metavar="FORM", help="Mẫu phiếu .toml.")],
    scans: Annotated[
        list[Path], typer.Argument(help="Tệp quét (PDF, JPEG, PNG, TIFF) hoặc thư mục.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp count.json.")],
    review: Annotated[
        Path | None, typer.Option(help="Thư mục ghi ảnh những ô cần người xem.")
    ] = None,
    processes: Annotated[int, typer.Option("--jobs", min=1, help="Số tiến trình.")] = (
        os.cpu_count() or 1
    ),
    issued: Annotated[
        int | None, typer.Option(min=0, help="Số phiếu đã phát ra.")
    ] = None,
    spoiled: Annotated[
        int, typer.Option(min=0, help="Số phiếu hỏng đã thu lại, đổi phiếu khác.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON.")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")] = Language.VI,
) -> None:
    """Đọc phiếu đã quét; ô nào chưa chắc thì để người xem, không đoán."""
    form, rules = _form(form_file, lang)
    files = _files(scans, lang)
    _require_sense(output, issued=issued, spoiled=spoiled, language=lang)
    records = _read(
        form, files, output=output, review=review, processes=processes, lang=lang
    )
    printed = printed_ballot(form)
    counted = count_pages(
        form,
        records,
        pages_of_style={one.style: len(one.pages) for one in printed.layouts},
        rules=rules,
        issued=issued,
        spoiled=spoiled,
    )
    if review is not None:
        take_back_pictures(review, (*counted.second_scans, *counted.vouched))
    write_output(
        output,
        lambda draft: _write(draft, count_text(counted, event=form.event, rules=rules)),
        language=lang,
    )
    _journal_path(output).unlink(missing_ok=True)
    if as_json:
        found = summary(counted)
        print_json(found["batch"] | {"totals": found["totals"]})
    else:
        told = (summary_words(counted), *refusal_words(counted))
        sys.stdout.writelines(one.in_language(lang) + "\n" for one in told)
    is_final = not counted.pending and not counted.rejected
    if not is_final or counted.unaccounted:
        raise typer.Exit(1)


def _write(draft: Path, pieces: Iterable[str]) -> None:
    make_private(draft)
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(pieces)


def _form(path: Path, language: Language) -> tuple[BallotForm, BallotRules]:
    try:
        rules = read_ballot_rules(path, otherwise=shipped_validity().rules)
        return read_form(path), rules
    except FormFileError as error:
        refuse(error.sentence, language)
    except FormError as error:
        refuse(FormFileError(path, error.place, error.fault).sentence, language)


def _files(given: list[Path], language: Language) -> list[Path]:
    for path in given:
        if not path.exists():
            refuse(
                Sentence(
                    f"Không có tệp hoặc thư mục {path}.",
                    f"There is no file or folder {path}.",
                ),
                language,
            )
        if not path.is_file() and not path.is_dir():
            refuse(
                Sentence(
                    f"{path} không phải tệp thường hay thư mục (là ống dẫn hoặc thiết bị).",
                    f"{path} is no regular file or folder but a pipe or a device.",
                ),
                language,
            )
    if left_out := folders_left_out(given):
        named = ", ".join(map(str, left_out))
        refuse(
            Sentence(
                f"Không vào được {named}: không có quyền mở, hoặc là liên kết tới thư mục "
                "khác. Chưa đọc gì, để không sót phiếu nào: mở quyền, hoặc bỏ liên kết và "
                "ghi thẳng thư mục ấy vào lệnh.",
                f"Cannot go into {named}: no permission, or a link to another folder. "
                "Nothing was read, so that no ballot is missed: give the permission, or "
                "remove the link and name that folder in the command.",
            ),
            language,
        )
    files = scan_files(given)
    if not files:
        refuse(
            Sentence(
                "Không tìm thấy tệp quét nào (PDF, JPEG, PNG, TIFF).",
                "Found no scans (PDF, JPEG, PNG, TIFF).",
            ),
            language,
        )
    return files


def _require_sense(
    output: Path, *, issued: int | None, spoiled: int, language: Language
) -> None:
    """Refuse before hours of reading what could only be refused after them."""
    if output.is_dir():
        refuse(
            Sentence(
                f"Không ghi được {output}: đó là một thư mục.",
                f"Cannot write {output}: it is a folder.",
            ),
            language,
        )
    if not output.parent.is_dir():
        refuse(
            Sentence(
                f"Không ghi được {output}: không có thư mục {output.parent}.",
                f"Cannot write {output}: there is no folder {output.parent}.",
            ),
            language,
        )
    if issued is not None and spoiled > issued:
        refuse(
            Sentence(
                f"--spoiled {spoiled}: số phiếu hỏng không thể nhiều hơn {issued} phiếu "
                "đã phát ra (--issued).",
                f"--spoiled {spoiled}: no more ballots can be spoiled than the {issued} "
                "issued (--issued).",
            ),
            language,
        )


def _read(
    form: BallotForm,
    files: list[Path],
    *,
    output: Path,
    review: Path | None,
    processes: int,
    lang: Language,
) -> list[PageRecord]:
    places = all_places(files)
    journal = Journal(
        path=_journal_path(output),
        event=form.event,
        review=ReviewFolder(path=review, language=lang) if review else None,
    )
    console = Console(stderr=True)
    if not is_prepared():
        console.print(_PREPARING.in_language(lang))
    try:
        if review is not None:
            review.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (
            reading_pool(processes) as executor,
            Progress(console=console, disable=not console.is_terminal) as progress,
        ):
            doing = Sentence("Đọc phiếu", "Reading ballots").in_language(lang)
            task = progress.add_task(doing, total=len(places))
            return read_batch(
                form,
                places,
                executor=executor,
                journal=journal,
                on_progress=lambda more: progress.advance(task, more),
            )
    except BrokenExecutor:
        refuse(
            Sentence(
                "Một tiến trình đọc phiếu bị dừng giữa chừng, thường vì hết bộ nhớ; chạy "
                "lại lệnh này để đọc tiếp, với --jobs ít hơn.",
                "A process that read ballots was ended, usually for want of memory; give "
                "the command again to go on, with fewer --jobs.",
            ),
            lang,
        )
    except OSError as error:
        place = error.filename or output.parent
        refuse(
            Sentence(
                f"Không ghi được {place}: {file_fault(error).vi}.",
                f"Cannot write {place}: {file_fault(error).en}.",
            ),
            lang,
        )


def _journal_path(output: Path) -> Path:
    return output.with_name(f".{output.name}.journal")
