"""Importing a workbook: the register and the plan it carries, together or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from kecan.vocabulary import Line
from kecan.vocabulary import Term as TermOfOffice
from kecan.web.organisation.actions import import_register, undo_import
from kecan.web.organisation.models import ImportBatch, Person, Post
from kecan.web.plans.actions.rounds import term_row
from kecan.web.plans.models import PlanDecision, PlanMovement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from kecan.regulations.facts import PlanEntry, Register
    from kecan.web.audit.actions import Actor
    from kecan.web.organisation.models import Term


@transaction.atomic
def import_workbook(
    *, register: Register, file_name: str, file_sha256: str, by: Actor, at: datetime
) -> ImportBatch:
    """Import a register with its plan in one transaction.

    Raises:
        TwoRatingsAYearError: If somebody has two ratings for one year.
    """
    batch = import_register(
        register=register, file_name=file_name, file_sha256=file_sha256, by=by, at=at
    )
    _import_plan(register.plan, batch=batch)
    return batch


@transaction.atomic
def undo_workbook(*, batch_number: int, by: Actor, at: datetime) -> ImportBatch:
    """Undo the newest import with the plan entries it brought.

    Raises:
        BatchNotNewestError: If it is not the newest import that still stands.
        ImportInUseError: If a planning round already refers to what would go.
    """
    brought = PlanMovement.objects.filter(batch__number=batch_number)
    decisions = set(brought.values_list("decision_id", flat=True))
    brought.delete()
    PlanDecision.objects.filter(
        pk__in=decisions, round__isnull=True, movements__isnull=True
    ).delete()
    return undo_import(batch_number=batch_number, by=by, at=at)


def _import_plan(entries: Iterable[PlanEntry], *, batch: ImportBatch) -> None:
    people = dict(Person.objects.values_list("key", "pk"))
    posts = {post.key: post for post in Post.objects.all()}
    terms: dict[TermOfOffice, Term] = {}
    movements = []
    for entry in entries:
        post = posts[entry.post_id]
        wanted = TermOfOffice(
            line=Line(post.line), first_year=entry.first_year, last_year=entry.last_year
        )
        if wanted not in terms:
            terms[wanted] = term_row(wanted)
        for kind, decision in _decisions(entry):
            movements.append(
                PlanMovement(
                    kind=kind,
                    person_id=people[entry.person_id],
                    post=post,
                    term=terms[wanted],
                    decision=decision,
                    batch=batch,
                )
            )
    PlanMovement.objects.bulk_create(movements, batch_size=500, ignore_conflicts=True)


def _decisions(entry: PlanEntry) -> list[tuple[str, PlanDecision]]:
    added = _decision(entry.decision, dated=str(entry.decided or ""), of=entry.issuer)
    moves = [(PlanMovement.Kind.ADDED.value, added)]
    if entry.removed is not None:
        removed = _decision("", dated=str(entry.removed), of=entry.issuer)
        moves.append((PlanMovement.Kind.REMOVED.value, removed))
    return moves


def _decision(number: str, *, dated: str, of: str) -> PlanDecision:
    row, _ = PlanDecision.objects.get_or_create(number=number, dated=dated, issuer=of)
    return row
