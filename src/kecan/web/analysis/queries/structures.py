"""Structure of every list of a round, by rule and beside the last approved plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.planning.ages import age_on
from kecan.planning.meters import Rules
from kecan.planning.structure import Measure, structure
from kecan.planning.structure_tables import (
    list_table,
    overload_table,
    plan_table,
    warning_table,
)
from kecan.planning.svg import AgeRow, Bar
from kecan.planning.tables import Table, column
from kecan.vocabulary import Level, Sentence, Sex
from kecan.web.analysis.queries.registers import (
    pair_of,
    register_before,
    register_now,
)
from kecan.web.plans.queries import pack_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kecan.planning.structure import ListStructure, PlanStructure, Structure
    from kecan.regulations.facts import PersonFacts
    from kecan.vocabulary import PersonId
    from kecan.web.plans.models import PlanningRound

_AGE_STEP = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StructurePage:
    """What the page of structure shows: meters, pictures and tables of one term pair."""

    plans: tuple[PlanStructure, ...]
    lists: tuple[ListStructure, ...]
    benches: tuple[Bar, ...]
    ages: tuple[AgeRow, ...]
    people: int
    age_table: Table
    plan_table: Table
    tables: tuple[Table, ...]


def structure_page(planning_round: PlanningRound, *, is_next: bool) -> StructurePage:
    """Measure the plan as it stands, drafts too, against rules and the plan before."""
    register = register_now(planning_round)
    pair = pair_of(planning_round, is_next=is_next)
    pack, day = pack_of(planning_round), planning_round.as_of
    found = structure(
        register,
        terms=(pair,),
        measure=Measure(pack=pack, as_of=day),
        approved=register_before(planning_round).plan,
    )
    records = {one.person_id: one for one in register.people}
    planned = dict.fromkeys(one for plan in found.plans for one in plan.people)
    rules = Rules(
        pack=pack,
        on=day,
        level=Level(planning_round.unit.level),
        line=pair.party.line,
        term=pair.party.label,
    )
    wanted = rules.parameter("planning.least_people_per_post").whole
    ages = tuple(_ages(planned, records, planning_round, rules=rules))
    return StructurePage(
        plans=found.plans,
        lists=tuple(one for one in found.lists if one.planned.is_of_body),
        benches=tuple(_benches(found, wanted=wanted)),
        ages=ages,
        people=len(planned),
        age_table=_age_table(ages),
        plan_table=plan_table(found),
        tables=(
            warning_table(found),
            overload_table(found, people=records),
            list_table(found),
        ),
    )


def _age_table(ages: Sequence[AgeRow]) -> Table:
    return Table(
        key="ages",
        title=Sentence("Tháp tuổi", "Ages"),
        columns=(
            column("ages", "Tuổi", "Age"),
            column("men", "Nam", "Men"),
            column("women", "Nữ", "Women"),
        ),
        rows=tuple((one.label, one.men, one.women) for one in ages),
    )


def _benches(found: Structure, *, wanted: int) -> Iterator[Bar]:
    for one in found.lists:
        if not one.planned.is_of_body:
            yield Bar(
                label=one.planned.post.title,
                value=len(one.planned.people),
                mark=wanted,
            )


def _ages(
    planned: Iterable[PersonId],
    records: dict[PersonId, PersonFacts],
    planning_round: PlanningRound,
    *,
    rules: Rules,
) -> Iterator[AgeRow]:
    """Yield men and women by five years of age, the oldest first."""
    counts: Counter[tuple[int, Sex]] = Counter()
    for one in planned:
        person = records[one]
        if person.born is not None and person.sex is not None:
            age = age_on(person.born.latest, day=planning_round.as_of)
            counts[age // _AGE_STEP * _AGE_STEP, person.sex] += 1
    starts = [since for since, _ in counts]
    limit = rules.parameter("composition.young_under_age")
    youngest = limit.whole if limit.value is not None else 0
    step = rules.parameter("composition.age_band_years").whole
    borders = {youngest, youngest + step}
    for since in range(max(starts, default=0), min(starts, default=1) - 1, -_AGE_STEP):
        yield AgeRow(
            label=f"{since}-{since + _AGE_STEP - 1}",
            men=counts[since, Sex.MALE],
            women=counts[since, Sex.FEMALE],
            starts_band=since + _AGE_STEP in borders,
        )
