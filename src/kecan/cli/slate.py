"""``kecan slate``: a proposal that is proven, or the rules that cannot hold together."""

from __future__ import annotations

from math import inf
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import day, refuse
from kecan.cli.options import (
    AsJson,
    AsOf,
    Lang,
    Output,
    Overlays,
    Rules,
    ScienceFields,
    Source,
    TermLabel,
    judging,
    read_pack,
    read_register,
    read_terms,
    require_suffix,
)
from kecan.cli.progress import progress_bar
from kecan.cli.table_output import Report, show
from kecan.planning.judging_time import verdicts_within
from kecan.planning.problem import (
    PEOPLE_WANTED,
    Placement,
    Problem,
    ProblemError,
    SoftRule,
    ordered,
)
from kecan.planning.slate import Conflict, Proposal, propose_slate
from kecan.planning.slate_round import Round
from kecan.planning.slate_source import Wishes, problem_from_register
from kecan.planning.slate_words import (
    RULES,
    conflict_sentence,
    conflict_table,
    slate_tables,
    unproven_sentences,
)
from kecan.vocabulary import Language, PersonId, PostId, Sentence

_SECONDS = 60.0
_ADVICE = Sentence(
    "Hãy đặt --judging-seconds lớn hơn, hoặc bỏ hạn này.",
    "Give a higher --judging-seconds, or none.",
)
Keep = Annotated[
    list[str] | None, typer.Option("--keep", help="Giữ: MÃ_CÁN_BỘ:MÃ_CHỨC_DANH.")
]
Never = Annotated[
    list[str] | None, typer.Option("--never", help="Loại: MÃ_CÁN_BỘ:MÃ_CHỨC_DANH.")
]
Order = Annotated[
    str | None,
    typer.Option(
        help="Quy tắc ưu tiên trước, cách nhau dấu phẩy, ví dụ women,changes."
    ),
]
NeedPeople = Annotated[
    int | None, typer.Option(min=1, help="Bắt buộc số người mỗi chức danh.")
]
JudgingSeconds = Annotated[
    float | None,
    typer.Option(
        min=0, help="Thời gian xét điều kiện tối đa (giây); bỏ qua: không hạn."
    ),
]
Seconds = Annotated[float, typer.Option(min=0, help="Thời gian tối đa (giây).")]


@app.command("slate")
def slate_command(
    workbook: Source,
    term: TermLabel,
    rules: Rules = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    keep: Keep = None,
    never: Never = None,
    order: Order = None,
    need_people: NeedPeople = None,
    seconds: Seconds = _SECONDS,
    judging_seconds: JudgingSeconds = None,
    science_field: ScienceFields = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Lập phương án quy hoạch đã chứng minh, hoặc chỉ ra quy định mâu thuẫn."""
    on = day(as_of, option="--as-of", language=lang)
    terms = read_terms(term, language=lang)
    pack = read_pack(rules, on=on, overlays=overlay or [], language=lang)
    require_suffix(output, language=lang)
    register = read_register(workbook, language=lang)
    asked = Round(pack=pack, as_of=on, terms=terms)
    try:
        wishes = Wishes(
            keep=_placements(keep, option="--keep", language=lang),
            never=_placements(never, option="--never", language=lang),
            order=_order(order, language=lang),
            wanted=need_people or PEOPLE_WANTED,
            wanted_is_hard=need_people is not None,
            science_fields=frozenset(science_field or ()),
        )
        verdicts = judging(
            lang,
            lambda: verdicts_within(
                register,
                pack=pack,
                as_of=on,
                terms=terms,
                seconds=inf if judging_seconds is None else judging_seconds,
                advice=_ADVICE,
            ),
        )
        problem = judging(
            lang,
            lambda: problem_from_register(
                register, verdicts=verdicts, asked=asked, wishes=wishes
            ),
        )
    except ProblemError as error:
        refuse(error.sentence, lang)
    found = _propose(problem, seconds=seconds, language=lang)
    is_conflict = isinstance(found, Conflict)
    tables = (
        (conflict_table(found),) if isinstance(found, Conflict) else slate_tables(found)
    )
    report = Report(
        command="slate",
        packs=(pack,),
        as_of=on,
        tables=tables,
        remarks=(*problem.remarks, *_unproven(found), _outcome(found)),
        language=lang,
    )
    show(report, output=output, as_json=as_json)
    if is_conflict:
        raise typer.Exit(1)


def _propose(
    problem: Problem, *, seconds: float, language: Language
) -> Proposal | Conflict:
    with progress_bar() as move:

        def tell(rule: SoftRule) -> None:
            title = RULES[rule].in_language(language)
            move(problem.order.index(rule), len(problem.order), title)

        return propose_slate(problem, limit_seconds=seconds, tell=tell)


def _placements(
    texts: list[str] | None, *, option: str, language: Language
) -> frozenset[Placement]:
    found = set()
    for text in texts or ():
        person, colon, post = text.partition(":")
        if not (colon and person.strip() and post.strip()):
            refuse(
                Sentence(
                    f"{option}: '{text}' cần dạng MÃ_CÁN_BỘ:MÃ_CHỨC_DANH.",
                    f"{option}: '{text}' has to be PERSON:POST.",
                ),
                language,
            )
        found.add(Placement(PersonId(person.strip()), PostId(post.strip())))
    return frozenset(found)


def _order(text: str | None, *, language: Language) -> tuple[SoftRule, ...]:
    try:
        first = tuple(
            SoftRule(part.strip().replace("-", "_"))
            for part in (text or "").split(",")
            if part.strip()
        )
    except ValueError:
        known = ", ".join(rule.value for rule in SoftRule)
        refuse(
            Sentence(
                f"--order: '{text}' có quy tắc không biết; có: {known}.",
                f"--order: '{text}' names an unknown rule; known: {known}.",
            ),
            language,
        )
    return ordered(first)


def _unproven(found: Proposal | Conflict) -> tuple[Sentence, ...]:
    return () if isinstance(found, Conflict) else unproven_sentences(found)


def _outcome(found: Proposal | Conflict) -> Sentence:
    if isinstance(found, Conflict):
        return conflict_sentence(found)
    proof = Sentence("chưa chứng minh hết", "not proven throughout")
    if found.is_proven:
        proof = Sentence("đã chứng minh tốt nhất", "proven best")
    ties = Sentence("đã xét hết phương án ngang bằng", "all ties followed")
    if not found.ties_are_complete:
        ties = Sentence("chưa xét hết phương án ngang bằng", "not all ties followed")
    count = len(found.places)
    return Sentence(
        f"{count} lượt quy hoạch; {proof.vi}; {ties.vi}.",
        f"{count} placements; {proof.en}; {ties.en}.",
    )
