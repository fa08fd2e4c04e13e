"""``kecan eligibility``: verdicts with reasons for every person × post of a workbook."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import track

from kecan.cli.app import app
from kecan.cli.inputs import day, print_json, refuse
from kecan.cli.verdict_file import write_xlsx
from kecan.cli.verdict_listing import (
    Listing,
    as_json,
    difference_table,
    finding_table,
    post_table,
    summary_table,
    verdict_table,
)
from kecan.regulations.comparison import difference
from kecan.regulations.criteria_age import TermEndedError
from kecan.regulations.eligibility import judge_register
from kecan.regulations.pack import (
    OperatorValueMissingError,
    RuleFileError,
    RulePack,
    UnknownPackError,
    load_pack,
    pack_in_force,
)
from kecan.regulations.verdict import Outcome, Verdict
from kecan.vocabulary import Language, Line, Sentence, Term, TermPair
from kecan.workbook import WorkbookUnreadableError, read_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.regulations.facts import Register

_TERM = re.compile(r"(\d{4})\s*-\s*(\d{4})")
_MOST_ROWS_ON_SCREEN = 200
_FINDINGS_SHOWN = 20
_WIDTH_IN_A_PIPE = 180

Source = Annotated[Path, typer.Argument(metavar="WORKBOOK", help="Tệp trao đổi XLSX.")]
Rules = Annotated[
    str | None,
    typer.Option(help="Bộ quy định; mặc định bộ có hiệu lực ngày --as-of."),
]
AsOf = Annotated[str | None, typer.Option(help="Ngày xét; mặc định hôm nay.")]
TermLabel = Annotated[
    str, typer.Option("--term", help="Nhiệm kỳ của Đảng, ví dụ 2025-2030.")
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .xlsx hoặc .json.")
]
Overlays = Annotated[
    list[Path] | None,
    typer.Option("--overlay", help="Tệp quy định riêng của tỉnh, xã."),
]
Person = Annotated[str | None, typer.Option(help="Chỉ một người, theo mã.")]
PostOption = Annotated[
    str | None, typer.Option("--post", help="Chỉ một chức danh, theo mã.")
]
Compare = Annotated[str | None, typer.Option(help="Bộ quy định thứ hai để đối chiếu.")]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


@app.command("eligibility")
def eligibility_command(
    workbook: Source,
    term: TermLabel,
    rules: Rules = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    person: Person = None,
    post: PostOption = None,
    compare: Compare = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Xét điều kiện quy hoạch: từng người, từng chức danh, kèm căn cứ và bằng chứng."""
    on = day(as_of, option="--as-of", language=lang)
    terms = _terms(term, language=lang)
    packs = [_pack(rules, on=on, overlays=overlay or [], language=lang)]
    if compare is not None:
        packs.append(_pack(compare, on=on, overlays=overlay or [], language=lang))
    _require_suffix(output, language=lang)
    for pack in packs:
        _warn_unless_in_force(pack, on=on, language=lang)
    register = _register(workbook, language=lang)
    chosen = _choose(register, person=person, post=post, language=lang)
    judged = [
        _judge(chosen, pack=pack, on=on, terms=terms, language=lang) for pack in packs
    ]
    listing = Listing(
        verdicts=judged[0],
        differences=[
            apart
            for pair in zip(*judged, strict=True)
            if len(pair) > 1 and (apart := difference(*pair)) is not None
        ],
        people={one.person_id: one for one in register.people},
        posts={one.post_id: one for one in register.posts},
        language=lang,
    )
    _write(listing, output=output, as_json=as_json, packs=packs)
    is_one_question = person is not None and post is not None
    if is_one_question and listing.verdicts[0].outcome is Outcome.FAIL:
        raise typer.Exit(1)


def _terms(label: str, *, language: Language) -> TermPair:
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


def _pack(
    key: str | None, *, on: date, overlays: Sequence[Path], language: Language
) -> RulePack:
    try:
        chosen = pack_in_force(on).key if key is None else key
        return load_pack(chosen, overlays=overlays)
    except (UnknownPackError, RuleFileError) as error:
        refuse(Sentence(f"--rules: {error}", f"--rules: {error}"), language)
    except OSError as error:
        refuse(
            Sentence(
                f"--overlay: không mở được tệp {error.filename}.",
                f"--overlay: cannot open {error.filename}.",
            ),
            language,
        )


def _warn_unless_in_force(pack: RulePack, *, on: date, language: Language) -> None:
    if pack.is_in_force(on):
        return
    until = pack.in_force_until
    end = Sentence("", "")
    if until is not None:
        end = Sentence(
            f" đến trước ngày {until:%d/%m/%Y}", f" until before {until:%d/%m/%Y}"
        )
    words = Sentence(
        f"Lưu ý: {pack.title.vi} có hiệu lực từ {pack.in_force_from:%d/%m/%Y}{end.vi}, "
        f"không có hiệu lực ngày {on:%d/%m/%Y}; kết quả chỉ để đối chiếu.",
        f"Note: {pack.title.en} is in force from {pack.in_force_from:%d/%m/%Y}{end.en}, "
        f"not on {on:%d/%m/%Y}; the result is for comparison only.",
    )
    sys.stderr.write(words.in_language(language) + "\n")


def _require_suffix(output: Path | None, *, language: Language) -> None:
    if output is not None and output.suffix.lower() not in {".xlsx", ".json"}:
        refuse(
            Sentence(
                f"-o: tệp {output} phải có đuôi .xlsx hoặc .json.",
                f"-o: {output} has to end in .xlsx or .json.",
            ),
            language,
        )


def _register(workbook: Path, *, language: Language) -> Register:
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


def _has_errors(workbook: Path, count: int) -> Sentence:
    return Sentence(
        f"{workbook.name}: có {count} lỗi, chưa xét được; "
        "chạy 'kecan workbook check' để xem đầy đủ.",
        f"{workbook.name}: {count} errors, nothing was judged; "
        "'kecan workbook check' lists them all.",
    )


def _choose(
    register: Register, *, person: str | None, post: str | None, language: Language
) -> Register:
    """Return the register with only the people and posts asked for to judge."""
    people = [one for one in register.people if person in {None, one.person_id}]
    if not people and person is not None:
        refuse(
            Sentence(
                f"--person: không có cán bộ mã '{person}' trong tệp.",
                f"--person: the workbook has no person '{person}'.",
            ),
            language,
        )
    if post is not None and all(one.post_id != post for one in register.posts):
        refuse(
            Sentence(
                f"--post: không có chức danh mã '{post}' trong tệp.",
                f"--post: the workbook has no post '{post}'.",
            ),
            language,
        )
    posts = [
        replace(one, is_planned=one.is_planned if post is None else one.post_id == post)
        for one in register.posts
    ]
    return replace(register, people=tuple(people), posts=tuple(posts), plan=())


def _judge(
    register: Register,
    *,
    pack: RulePack,
    on: date,
    terms: TermPair,
    language: Language,
) -> list[Verdict]:
    planned = sum(one.is_planned for one in register.posts)
    try:
        return list(
            track(
                judge_register(register, pack=pack, as_of=on, terms=terms),
                total=len(register.people) * planned,
                description=pack.title.in_language(language),
                console=Console(stderr=True),
                disable=not sys.stderr.isatty(),
                transient=True,
            )
        )
    except TermEndedError as error:
        refuse(error.sentence, language)
    except (UnknownPackError, OperatorValueMissingError) as error:
        refuse(Sentence(str(error), str(error)), language)


def _write(
    listing: Listing, *, output: Path | None, as_json: bool, packs: Sequence[RulePack]
) -> None:
    if output is not None:
        _write_file(listing, output, packs=packs)
    if as_json:
        print_json(_document(listing, packs=packs))
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH_IN_A_PIPE)
    for pack in packs:
        console.print(listing.say(pack.title))
    console.print(summary_table(listing))
    _print_verdicts(listing, console=console, is_written=output is not None)
    if len(packs) > 1:
        _print_differences(listing, console=console)
    if output is not None:
        console.print(listing.say(_written(output)))


def _print_verdicts(listing: Listing, *, console: Console, is_written: bool) -> None:
    count = len(listing.verdicts)
    if count == 1:
        console.print(finding_table(listing, listing.verdicts[0]))
    elif count <= _MOST_ROWS_ON_SCREEN:
        console.print(verdict_table(listing))
    else:
        console.print(post_table(listing))
        if not is_written:
            console.print(listing.say(_too_long(count)))


def _document(listing: Listing, *, packs: Sequence[RulePack]) -> dict[str, object]:
    rules = [
        {
            "key": pack.key,
            "title": listing.say(pack.title),
            "in_force_from": pack.in_force_from.isoformat(),
            "in_force_until": None
            if pack.in_force_until is None
            else pack.in_force_until.isoformat(),
        }
        for pack in packs
    ]
    return {"rules": rules, **as_json(listing)}


def _write_file(listing: Listing, path: Path, *, packs: Sequence[RulePack]) -> None:
    try:
        if path.suffix.lower() == ".xlsx":
            write_xlsx(listing, path)
            return
        text = json.dumps(_document(listing, packs=packs), ensure_ascii=False, indent=2)
        unfinished = path.with_name(f".{path.name}.tmp")
        unfinished.write_text(text + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        refuse(
            Sentence(
                f"-o: không ghi được tệp {path} ({error.strerror}).",
                f"-o: cannot write {path} ({error.strerror}).",
            ),
            listing.language,
        )


def _print_differences(listing: Listing, *, console: Console) -> None:
    changed = sum(one.changes_outcome for one in listing.differences)
    console.print(
        listing.say(
            Sentence(
                f"Đối chiếu: {len(listing.differences)} trường hợp khác nhau ở ít nhất "
                f"một tiêu chí, trong đó {changed} trường hợp khác kết quả chung.",
                f"Comparison: {len(listing.differences)} cases differ in a criterion, "
                f"{changed} of them in the outcome.",
            )
        )
    )
    if listing.differences:
        console.print(difference_table(listing))


def _too_long(count: int) -> Sentence:
    return Sentence(
        f"Có {count} kết quả; dùng -o để ghi đủ ra tệp, hoặc --person, --post để lọc.",
        f"{count} verdicts; use -o to write them all, or --person, --post to narrow.",
    )


def _written(path: Path) -> Sentence:
    return Sentence(f"Đã ghi {path}.", f"Wrote {path}.")
