"""``kecan compare``: the same data under several rules, or with a change, side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import refuse
from kecan.cli.options import (
    JUDGED,
    AsJson,
    AsOf,
    Lang,
    Output,
    Overlays,
    Source,
    TermLabels,
    judging,
    only_for_comparison,
    open_workbook,
    read_pack,
    read_terms,
    with_progress,
)
from kecan.cli.table_output import Report, show
from kecan.planning.branch_difference import difference_of
from kecan.planning.branch_tables import (
    chain_table,
    dependence_table,
    move_table,
    side_by_side,
)
from kecan.planning.branches import (
    Branch,
    UnknownIdError,
    with_appointment,
    with_departure,
    with_pack,
    with_seats,
)
from kecan.planning.tables import Table
from kecan.planning.vacancy_chain import chain_of, robustness
from kecan.regulations.eligibility import judge_terms
from kecan.regulations.facts import Departure, DepartureKind
from kecan.regulations.pack import RuleFileError, read_overlay, with_draft
from kecan.regulations.rule_files import RuleFile
from kecan.vocabulary import Language, PartialDate, PersonId, PostId, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.planning.branch_difference import Judged

_AS_IF = Sentence(
    "Tệp dự thảo ghi sau dấu + được tính như đã có hiệu lực.",
    "A draft named after + counts as if it were in force.",
)
RuleSets = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        help="Bộ quy định, ghi nhiều lần; thêm dự thảo: 377-qd-tw+du-thao.toml.",
    ),
]
Leaves = Annotated[
    list[str] | None, typer.Option("--leaves", help="Mã người giả định thôi công tác.")
]
Appoint = Annotated[
    list[str] | None,
    typer.Option("--appoint", help="Giả định bổ nhiệm: MÃ-NGƯỜI=MÃ-CHỨC-DANH."),
]
Seats = Annotated[
    list[str] | None,
    typer.Option("--seats", help="Giả định số vị trí: MÃ-CHỨC-DANH=SỐ."),
]


@app.command("compare")
def compare_command(
    workbook: Source,
    term: TermLabels,
    rules: RuleSets = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    leaves: Leaves = None,
    appoint: Appoint = None,
    seats: Seats = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Thử phương án: nhiều bộ quy định, người thôi việc, bổ nhiệm, số vị trí."""
    terms = tuple(read_terms(label, language=lang) for label in term)
    names: list[str | None] = list(rules) if rules else [None]
    base_key, *_ = (names[0] or "").partition("+")
    opened = open_workbook(
        workbook,
        rules=base_key or None,
        as_of=as_of,
        overlay=overlay,
        output=output,
        language=lang,
        is_trial=True,
    )
    base = Branch(
        name=names[0] or opened.pack.key,
        register=opened.register,
        pack=opened.pack,
        as_of=opened.on,
        terms=terms,
    )
    branches = [
        _under(base, name, overlay=overlay or [], language=lang) for name in names
    ]
    first = branches[0]
    changed = _changed(
        first, leaves=leaves, appoint=appoint, seats=seats, language=lang
    )
    if changed is not first:
        branches.append(changed)
    tables = judging(lang, lambda: _tables(branches, leaves or [], language=lang))
    report = Report(
        command="compare",
        packs=tuple(dict.fromkeys(one.pack for one in branches)),
        as_of=opened.on,
        tables=tables,
        remarks=(
            *_remarks(branches),
            *((_AS_IF,) if any("+" in (name or "") for name in names) else ()),
        ),
        language=lang,
    )
    show(report, output=output, as_json=as_json)


def _remarks(branches: list[Branch]) -> Iterator[Sentence]:
    """Yield for each pack that is not in force on the day that it only compares."""
    packs = {one.pack.key: one for one in branches}
    for one in packs.values():
        if not one.pack.is_in_force(one.as_of):
            yield only_for_comparison(one.pack, on=one.as_of)


def _under(
    base: Branch, name: str | None, *, overlay: list[Path], language: Language
) -> Branch:
    """Return the branch under ``key`` or ``key+draft.toml``, a draft as if in force."""
    if name is None:
        return base
    key, _, own = name.partition("+")
    pack = read_pack(key, on=base.as_of, overlays=overlay, language=language)
    if own:
        pack = with_draft(pack, _draft(Path(own), language=language))
    return replace(with_pack(base, pack), name=name)


def _draft(path: Path, *, language: Language) -> RuleFile:
    """Read a draft of rules, or refuse with file and line."""
    try:
        return read_overlay(path.read_bytes(), name=path.name)
    except RuleFileError as error:
        said = error.sentence
        refuse(Sentence(f"--rules: {said.vi}.", f"--rules: {said.en}."), language)
    except OSError:
        refuse(
            Sentence(
                f"--rules: không mở được tệp {path}.", f"--rules: cannot open {path}."
            ),
            language,
        )


def _changed(
    branch: Branch,
    *,
    leaves: list[str] | None,
    appoint: list[str] | None,
    seats: list[str] | None,
    language: Language,
) -> Branch:
    today = PartialDate.of(branch.as_of)
    changed = branch
    try:
        for person in leaves or []:
            gone = Departure(left=today, kind=DepartureKind.OTHER, source="giả định")
            changed = with_departure(
                changed, person_id=PersonId(person), departure=gone
            )
        for text in appoint or []:
            person, post = _halves(text, option="--appoint", language=language)
            changed = with_appointment(
                changed, person_id=PersonId(person), post_id=PostId(post)
            )
        for text in seats or []:
            post, count = _halves(text, option="--seats", language=language)
            if not count.isdecimal() or int(count) < 1:
                refuse(_wrong(text, option="--seats"), language)
            changed = with_seats(changed, post_id=PostId(post), seats=int(count))
    except UnknownIdError as error:
        refuse(
            Sentence(
                f"Không có mã '{error}' trong sổ.", f"The workbook has no '{error}'."
            ),
            language,
        )
    if changed is branch:
        return branch
    return replace(changed, name=Sentence("giả định", "what-if").in_language(language))


def _halves(text: str, *, option: str, language: Language) -> tuple[str, str]:
    left, sign, right = text.partition("=")
    if not (left and sign and right):
        refuse(_wrong(text, option=option), language)
    return left, right


def _wrong(text: str, *, option: str) -> Sentence:
    return Sentence(
        f"{option}: '{text}' không đúng dạng; ví dụ CB01=UVBCH hoặc UVBCH=41.",
        f"{option}: '{text}' is not understood; for example CB01=UVBCH or UVBCH=41.",
    )


def _judged(branch: Branch, *, language: Language) -> Judged:
    """Judge everybody of a branch, with a bar that names it."""
    count = len(branch.register.people) * len(branch.terms)
    count *= sum(post.is_planned for post in branch.register.posts)
    verdicts = with_progress(
        judge_terms(
            branch.register, pack=branch.pack, as_of=branch.as_of, terms=branch.terms
        ),
        count=count,
        what=f"{JUDGED.in_language(language)}: {branch.name}",
    )
    return {(one.person_id, one.post_id, one.term): one for one in verdicts}


def _tables(
    branches: list[Branch], leaves: list[str], *, language: Language
) -> tuple[Table, ...]:
    first = branches[0]
    judged = [_judged(one, language=language) for one in branches]
    tables = [side_by_side(branches, judged=judged)]
    for other, theirs in zip(branches[1:], judged[1:], strict=True):
        found = difference_of(first, other, judged=(judged[0], theirs))
        tables.append(move_table(found, first=first, second=other, only_plan=True))
        tables.append(move_table(found, first=first, second=other))
    tables.extend(
        chain_table(chain_of(first, person_id=PersonId(one))) for one in leaves
    )
    alone = robustness(branches[-1], judged=judged[-1])
    tables.append(dependence_table(alone, branch=branches[-1]))
    return tuple(tables)
