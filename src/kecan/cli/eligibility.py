"""``kecan eligibility``: verdicts with reasons for every person × post of a workbook."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from kecan.cli.app import app
from kecan.cli.inputs import day, print_json, refuse, write_json, write_output
from kecan.cli.options import (
    AsJson,
    AsOf,
    Lang,
    Output,
    Overlays,
    Rules,
    Source,
    TermLabel,
    judging,
    read_pack,
    read_register,
    read_terms,
    require_suffix,
    warn_unless_in_force,
    with_progress,
)
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
from kecan.regulations.eligibility import judge_register
from kecan.regulations.pack import (
    RulePack,
    UnknownPackError,
    pack_in_force,
)
from kecan.regulations.verdict import Outcome, Verdict
from kecan.vocabulary import Language, Sentence, TermPair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.regulations.facts import Register

_MOST_ROWS_ON_SCREEN = 200
_WIDTH_IN_A_PIPE = 180

Person = Annotated[str | None, typer.Option(help="Chỉ một người, theo mã.")]
PostOption = Annotated[
    str | None, typer.Option("--post", help="Chỉ một chức danh, theo mã.")
]
Compare = Annotated[
    str | None,
    typer.Option(
        help="Bộ quy định thứ hai để đối chiếu; mặc định bộ có hiệu lực ngày --as-of "
        "khi --rules là bộ khác."
    ),
]


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
    terms = read_terms(term, language=lang)
    packs = [read_pack(rules, on=on, overlays=overlay or [], language=lang)]
    second = compare or _in_force_instead(packs[0], on=on)
    if second is not None:
        packs.append(read_pack(second, on=on, overlays=overlay or [], language=lang))
    require_suffix(output, language=lang)
    for pack in packs:
        warn_unless_in_force(pack, on=on, language=lang)
    register = read_register(workbook, language=lang)
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


def _in_force_instead(pack: RulePack, *, on: date) -> str | None:
    """Return the rules in force on the day where those asked for are not."""
    if pack.is_in_force(on):
        return None
    try:
        return pack_in_force(on).key
    except UnknownPackError:
        return None


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
    return judging(
        language,
        lambda: list(
            with_progress(
                judge_register(register, pack=pack, as_of=on, terms=terms),
                count=len(register.people) * planned,
                what=pack.title.in_language(language),
            )
        ),
    )


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
    def fill(unfinished: Path) -> None:
        if path.suffix.lower() == ".xlsx":
            write_xlsx(listing, unfinished)
        else:
            write_json(unfinished, _document(listing, packs=packs))

    write_output(path, fill, language=listing.language)


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
