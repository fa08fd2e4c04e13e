"""A register and a round for the tests of the web: the sample district, renamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from kecan.regulations.facts import Register
from kecan.sample.district import District, build_district
from kecan.vocabulary import Line, Term, TermPair, UnitId
from kecan.web.audit.actions import Program
from kecan.web.plans import actions

if TYPE_CHECKING:
    from kecan.web.plans.models import PlanningRound

ROOT = UnitId("HU-01")
AT = datetime(2022, 5, 10, 1, 0, tzinfo=UTC)
ANOTHER = Program(login="nguoi-thu-hai", full_name="Người thứ hai")
CURRENT = TermPair(
    party=Term(line=Line.PARTY, first_year=2020, last_year=2025),
    government=Term(line=Line.GOVERNMENT, first_year=2021, last_year=2026),
)
NEXT = TermPair(
    party=Term(line=Line.PARTY, first_year=2025, last_year=2030),
    government=Term(line=Line.GOVERNMENT, first_year=2026, last_year=2031),
)


KEPT = {
    ROOT,
    *map(UnitId, ("HDND", "UBND", "VPHU", "BTC", "UBKT", "KT", "TNMT", "CCB", "X12")),
}
"""The units of the small district: the leading bodies, five offices and a commune."""


@cache
def whole_district() -> District:
    """Return the sample district, its committee renamed to the unit of the cast."""
    built = build_district(seed=1)
    old = built.register
    root = old.units[0].unit_id

    def named(unit_id: UnitId | None) -> UnitId | None:
        return ROOT if unit_id == root else unit_id

    register = Register(
        units=tuple(
            replace(
                unit,
                unit_id=named(unit.unit_id) or ROOT,
                parent_id=named(unit.parent_id),
            )
            for unit in old.units
        ),
        posts=tuple(
            replace(post, unit_id=named(post.unit_id) or ROOT) for post in old.posts
        ),
        people=tuple(
            replace(person, unit_id=named(person.unit_id)) for person in old.people
        ),
        plan=old.plan,
    )
    return replace(built, register=register)


@cache
def district() -> District:
    """Return a part of the district that holds every kind of post, person and entry.

    A page asks a verdict of every person for every post: a third of both is a tenth of
    the time, and the same rules.
    """
    whole = whole_district()
    posts = tuple(one for one in whole.register.posts if one.unit_id in KEPT)
    known = {one.post_id for one in posts}
    people = tuple(
        replace(
            one, offices=tuple(held for held in one.offices if held.post_id in known)
        )
        for one in whole.register.people
        if one.unit_id in KEPT
    )
    ids = {one.person_id for one in people}
    register = Register(
        units=tuple(one for one in whole.register.units if one.unit_id in KEPT),
        posts=posts,
        people=people,
        plan=tuple(
            one
            for one in whole.register.plan
            if one.person_id in ids and one.post_id in known
        ),
    )
    notable = {key: one for key, one in whole.notable.items() if one in ids}
    return replace(whole, register=register, notable=notable)


def import_district(whole: District | None = None) -> None:
    actions.import_workbook(
        register=(whole or district()).register,
        file_name="thach-binh.xlsx",
        file_sha256="a" * 64,
        by=Program(),
        at=AT,
    )


def open_a_round(whole: District | None = None) -> PlanningRound:
    """Import the district, small unless given, and open the round of the article."""
    import_district(whole)
    return actions.open_round(
        draft=actions.RoundDraft(
            key="dot-2022",
            title="Đợt quy hoạch năm 2022",
            unit_id=ROOT,
            as_of=date(2022, 5, 10),
            rule_pack="50-qd-tw",
            overlays=("nghi-son-2024",),
            chain_template="seed-2022",
            current_terms=CURRENT,
            next_terms=NEXT,
        ),
        by=Program(),
        at=AT,
    )


def decide_everything(planning_round: PlanningRound) -> None:
    """Run the review and decide as proposed; what is open is kept, explained."""
    actions.run_review(round_id=planning_round.pk, by=Program(), at=AT)
    for item in planning_round.review_items.all():
        actions.confirm_review_item(
            item_id=item.pk,
            decision="remove" if item.proposal == "remove" else "keep",
            note="" if item.proposal != "needs_decision" else "Tập thể đã bàn.",
            by=Program(),
            at=AT,
        )
    actions.finish_review(round_id=planning_round.pk, by=Program(), at=AT)
    planning_round.refresh_from_db()
