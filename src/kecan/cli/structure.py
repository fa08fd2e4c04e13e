"""``kecan structure``: coefficient and shares of every list, and what needs attention."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kecan.cli.app import app
from kecan.cli.options import (
    JUDGED,
    AsJson,
    AsOf,
    Lang,
    Opened,
    Output,
    Overlays,
    Rules,
    ScienceFields,
    Source,
    TermLabels,
    judging,
    open_workbook,
    read_register,
    read_terms,
)
from kecan.cli.progress import progress_bar
from kecan.cli.table_output import Report, show
from kecan.planning.review_queue import QueueItem, queue_table, review_queue
from kecan.planning.structure import Measure, structure
from kecan.planning.structure_tables import structure_tables
from kecan.planning.tables import Table
from kecan.vocabulary import Language, TermPair

if TYPE_CHECKING:
    from kecan.cli.progress import Move


@app.command("structure")
def structure_command(
    workbook: Source,
    term: TermLabels,
    rules: Rules = None,
    as_of: AsOf = None,
    output: Output = None,
    overlay: Overlays = None,
    against: Annotated[
        Path | None,
        typer.Option(help="Sổ có quy hoạch đã phê duyệt để so sánh."),
    ] = None,
    science_field: ScienceFields = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Cơ cấu từng danh sách: hiện có, cần, còn thiếu; so với quy hoạch đã phê duyệt."""
    terms = [read_terms(label, language=lang) for label in term]
    opened = open_workbook(
        workbook,
        rules=rules,
        as_of=as_of,
        overlay=overlay,
        output=output,
        language=lang,
    )
    approved = None
    if against is not None:
        approved = read_register(against, language=lang).plan
    measure = Measure(
        pack=opened.pack, as_of=opened.on, science_fields=frozenset(science_field or ())
    )
    found = judging(
        lang,
        lambda: structure(
            opened.register, terms=terms, measure=measure, approved=approved
        ),
    )
    with progress_bar(JUDGED.in_language(lang)) as move:
        queues = judging(lang, lambda: _queues(opened, terms, move=move))
    people = {one.person_id: one for one in opened.register.people}
    report = Report(
        command="structure",
        packs=(opened.pack,),
        as_of=opened.on,
        tables=(*structure_tables(found, people=people), *queues),
        language=lang,
    )
    show(report, output=output, as_json=as_json)


def _queues(opened: Opened, terms: list[TermPair], *, move: Move) -> list[Table]:
    """Return what makes entries of the plan stale, all terms together."""
    items: list[QueueItem] = []
    for place, pair in enumerate(terms):
        move(place, len(terms))
        items += review_queue(
            opened.register, pack=opened.pack, as_of=opened.on, terms=pair
        )
    return [queue_table(tuple(items), register=opened.register)]
