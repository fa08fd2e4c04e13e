"""``kecan structure``: coefficient and shares of every list, and what needs attention."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kecan.cli.app import app
from kecan.cli.inputs import day
from kecan.cli.options import (
    AsJson,
    AsOf,
    Lang,
    Output,
    Overlays,
    Rules,
    Source,
    TermLabels,
    judging,
    read_pack,
    read_register,
    read_terms,
    require_suffix,
    warn_unless_in_force,
)
from kecan.cli.table_output import Report, show
from kecan.planning.structure import Measure, structure
from kecan.planning.structure_tables import structure_tables
from kecan.vocabulary import Language

ScienceFields = Annotated[
    list[str] | None,
    typer.Option("--science-field", help="Ngành được tính là khoa học, công nghệ."),
]


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
    on = day(as_of, option="--as-of", language=lang)
    terms = [read_terms(label, language=lang) for label in term]
    pack = read_pack(rules, on=on, overlays=overlay or [], language=lang)
    require_suffix(output, language=lang)
    warn_unless_in_force(pack, on=on, language=lang)
    register = read_register(workbook, language=lang)
    approved = None
    if against is not None:
        approved = read_register(against, language=lang).plan
    measure = Measure(
        pack=pack, as_of=on, science_fields=frozenset(science_field or ())
    )
    found = judging(
        lang,
        lambda: structure(register, terms=terms, measure=measure, approved=approved),
    )
    people = {one.person_id: one for one in register.people}
    report = Report(
        command="structure",
        packs=(pack,),
        as_of=on,
        tables=structure_tables(found, people=people),
        language=lang,
    )
    show(report, output=output, as_json=as_json)
