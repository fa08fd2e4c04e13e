"""Options that commands on a workbook share: rules, day, terms, the workbook itself."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import track

from kecan.cli.inputs import day, refuse
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.facts import Register
from kecan.regulations.pack import (
    OperatorValueMissingError,
    RuleFileError,
    RulePack,
    UnknownPackError,
    UnknownParameterError,
    load_pack,
    pack_in_force,
)
from kecan.vocabulary import Language, Line, Sentence, Term, TermPair
from kecan.workbook import WorkbookUnreadableError, read_workbook

_TERM = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_FINDINGS_SHOWN = 20
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Source = Annotated[Path, typer.Argument(metavar="WORKBOOK", help="Tệp trao đổi XLSX.")]
Rules = Annotated[
    str | None,
    typer.Option(help="Bộ quy định; mặc định bộ có hiệu lực ngày --as-of."),
]
AsOf = Annotated[str | None, typer.Option(help="Ngày xét; mặc định hôm nay.")]
TermLabel = Annotated[
    str, typer.Option("--term", help="Nhiệm kỳ của Đảng, ví dụ 2025-2030.")
]
TermLabels = Annotated[
    list[str],
    typer.Option("--term", help="Nhiệm kỳ của Đảng; ghi nhiều lần cho nhiều nhiệm kỳ."),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .xlsx hoặc .json.")
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option("--overlay", help="Tệp quy định riêng của tỉnh, xã."),
]
ScienceFields = Annotated[
    list[str] | None,
    typer.Option("--science-field", help="Ngành được tính là khoa học, công nghệ."),
]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


JUDGED = Sentence("xét điều kiện", "judging")
"""What a progress bar says while people are judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A workbook opened for a question: what it holds, by which rules, on which day."""

    register: Register
    pack: RulePack
    on: date


def open_workbook(
    workbook: Path,
    *,
    rules: str | None,
    as_of: str | None,
    overlay: Sequence[Path] | None,
    output: Path | None,
    language: Language,
    is_trial: bool = False,
) -> Opened:
    """Check the options that commands share, then read the workbook, or refuse.

    Rules not in force on the day are refused, except by a command that compares rules
    (``is_trial``), which says so beside its result.
    """
    on = day(as_of, option="--as-of", language=language)
    pack = read_pack(rules, on=on, overlays=overlay or (), language=language)
    require_suffix(output, language=language)
    if not is_trial and not pack.is_in_force(on):
        said = not_in_force(pack, on=on)
        refuse(
            Sentence(
                f"--rules: {said.vi}; dùng 'kecan compare' để đối chiếu.",
                f"--rules: {said.en}; 'kecan compare' compares with such rules.",
            ),
            language,
        )
    register = read_register(workbook, language=language)
    if not register.people:
        refuse(_nobody(workbook), language)
    if not any(post.is_planned for post in register.posts):
        refuse(_nothing_planned(workbook), language)
    return Opened(register=register, pack=pack, on=on)


def read_terms(label: str, *, language: Language) -> TermPair:
    """Read the party term; the government term begins and ends a year later."""
    found = _TERM.fullmatch(label.strip())
    first, last = (int(found[1]), int(found[2])) if found else (0, 0)
    if last <= first:
        refuse(
            Sentence(
                f"--term: '{label}' không phải nhiệm kỳ; cần dạng 2025-2030.",
                f"--term: '{label}' is not a term; expected 2025-2030.",
            ),
            language,
        )
    return TermPair(
        party=Term(line=Line.PARTY, first_year=first, last_year=last),
        government=Term(line=Line.GOVERNMENT, first_year=first + 1, last_year=last + 1),
    )


def read_pack(
    key: str | None, *, on: date, overlays: Sequence[Path], language: Language
) -> RulePack:
    """Load the rules asked for, or those in force on a day, or refuse."""
    try:
        chosen = pack_in_force(on).key if key is None else key
        return load_pack(chosen, overlays=overlays)
    except UnknownPackError as error:
        refuse(_option("--rules", error.sentence), language)
    except RuleFileError as error:
        refuse(_option("--overlay", error.sentence), language)
    except OSError as error:
        refuse(
            Sentence(
                f"--overlay: không mở được tệp {error.filename}.",
                f"--overlay: cannot open {error.filename}.",
            ),
            language,
        )


def _option(name: str, said: Sentence) -> Sentence:
    return Sentence(f"{name}: {said.vi}.", f"{name}: {said.en}.")


def warn_unless_in_force(pack: RulePack, *, on: date, language: Language) -> None:
    """Say on stderr that the rules chosen do not hold on the day."""
    if not pack.is_in_force(on):
        words = only_for_comparison(pack, on=on)
        sys.stderr.write(words.in_language(language) + "\n")


def only_for_comparison(pack: RulePack, *, on: date) -> Sentence:
    """Return the remark beside a result by rules that do not hold on the day."""
    said = not_in_force(pack, on=on)
    return Sentence(
        f"Lưu ý: {said.vi}; kết quả chỉ để đối chiếu.",
        f"Note: {said.en}; the result is for comparison only.",
    )


def not_in_force(pack: RulePack, *, on: date) -> Sentence:
    """Return in words from when until when a pack holds, and that the day is outside."""
    until = pack.in_force_until
    end = Sentence("", "")
    if until is not None:
        end = Sentence(
            f" đến trước ngày {until:%d/%m/%Y}", f" until before {until:%d/%m/%Y}"
        )
    return Sentence(
        f"{pack.title.vi} có hiệu lực từ {pack.in_force_from:%d/%m/%Y}{end.vi}, "
        f"không có hiệu lực ngày {on:%d/%m/%Y}",
        f"{pack.title.en} is in force from {pack.in_force_from:%d/%m/%Y}{end.en}, "
        f"not on {on:%d/%m/%Y}",
    )


def require_suffix(output: Path | None, *, language: Language) -> None:
    """Refuse a file that is neither .xlsx nor .json."""
    if output is not None and output.suffix.lower() not in {".xlsx", ".json"}:
        refuse(
            Sentence(
                f"-o: tệp {output} phải có đuôi .xlsx hoặc .json.",
                f"-o: {output} has to end in .xlsx or .json.",
            ),
            language,
        )


def read_register(workbook: Path, *, language: Language) -> Register:
    """Read a faultless workbook, or name its first faults and refuse."""
    try:
        result = read_workbook(workbook)
    except WorkbookUnreadableError as error:
        refuse(error.sentence, language)
    if result.register is None:
        for one in result.errors[:_FINDINGS_SHOWN]:
            expected = one.expected.in_language(language)
            place = f"{workbook.name}, {one.sheet}!{one.cell} ({one.heading})"
            sys.stderr.write(f"{place}: '{one.what_is}' – {expected}\n")
        refuse(_has_errors(workbook, len(result.errors)), language)
    return result.register


def with_progress(items: Iterable[_Item], *, count: int, what: str) -> Iterable[_Item]:
    """Show a progress bar on a terminal, and none in a pipe."""
    return track(
        items,
        total=count,
        description=what,
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
        transient=True,
    )


def judging(language: Language, judge: Callable[[], _Result]) -> _Result:
    """Run a judgement; refuse where a term is over or a rule is missing."""
    try:
        return judge()
    except TermEndedError as error:
        refuse(error.sentence, language)
    except UnknownParameterError as error:
        refuse(error.sentence, language)
    except OperatorValueMissingError as error:
        refuse(error.sentence, language)
    except UnknownPackError as error:
        refuse(error.sentence, language)


def _has_errors(workbook: Path, count: int) -> Sentence:
    return Sentence(
        f"{workbook.name}: có {count} lỗi, chưa xét được; "
        "chạy 'kecan workbook check' để xem đầy đủ.",
        f"{workbook.name}: {count} errors, nothing was judged; "
        "'kecan workbook check' lists them all.",
    )


def _nobody(workbook: Path) -> Sentence:
    return Sentence(
        f"{workbook.name}: tờ Cán bộ không có ai.",
        f"{workbook.name}: the sheet of people has nobody.",
    )


def _nothing_planned(workbook: Path) -> Sentence:
    return Sentence(
        f"{workbook.name}: tờ Chức danh không có chức danh nào thuộc diện quy hoạch.",
        f"{workbook.name}: the sheet of posts has none that is planned for.",
    )
