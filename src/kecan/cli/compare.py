"""``kecan compare``: the same data under several rules, or with a change, side by side."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import refuse
from kecan.cli.options import (
    AsJson,
    AsOf,
    Lang,
    Output,
    Overlays,
    Source,
    TermLabels,
    judging,
    open_workbook,
    read_pack,
    read_terms,
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
from kecan.regulations.facts import Departure, DepartureKind
from kecan.vocabulary import Language, PartialDate, PersonId, PostId, Sentence

RuleSets = Annotated[
    list[str] | None,
    typer.Option(
        "--rules",
        help="Bộ quy định, ghi nhiều lần; thêm tệp riêng: 377-qd-tw+du-thao.toml.",
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
    tables = judging(lang, lambda: _tables(branches, leaves or []))
    report = Report(
        command="compare",
        packs=tuple(dict.fromkeys(one.pack for one in branches)),
        as_of=opened.on,
        tables=tables,
        language=lang,
    )
    show(report, output=output, as_json=as_json)


def _under(
    base: Branch, name: str | None, *, overlay: list[Path], language: Language
) -> Branch:
    """Return the branch under ``key`` or ``key+overlay.toml``."""
    if name is None:
        return base
    key, _, own = name.partition("+")
    overlays = [*overlay, *([Path(own)] if own else [])]
    pack = read_pack(key, on=base.as_of, overlays=overlays, language=language)
    return replace(with_pack(base, pack), name=name)


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


def _tables(branches: list[Branch], leaves: list[str]) -> tuple[Table, ...]:
    first = branches[0]
    tables = [side_by_side(branches)]
    for other in branches[1:]:
        found = difference_of(first, other)
        tables.append(move_table(found, first=first, second=other, only_plan=True))
        tables.append(move_table(found, first=first, second=other))
    tables.extend(
        chain_table(chain_of(first, person_id=PersonId(one))) for one in leaves
    )
    tables.append(dependence_table(robustness(branches[-1]), branch=branches[-1]))
    return tuple(tables)
