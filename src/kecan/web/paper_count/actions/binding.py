"""Whether what people said still stands in the database as the ledger bound it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.web.conferences.actions.recording import told_of
from kecan.web.paper_count.actions.adjudicating import commitment, ruling_commitment
from kecan.web.paper_count.actions.keying import reading_commitment
from kecan.web.paper_count.models import BoxDecision, SheetReading, SheetRuling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.web.conferences.models import Conference

_BINDING = ("count.boxes_decided", "count.sheet_ruled", "count.sheet_keyed")


def changed_since_said(conference: Conference) -> int:
    """Return how many decisions, rulings and keyed sheets the ledger does not bind.

    Somebody changed them, or wrote them, past the program.
    """
    bound = set(_in_ledger(conference))
    return sum(one not in bound for one in _in_tables(conference))


def _in_tables(conference: Conference) -> Iterator[str]:
    decisions = BoxDecision.objects.filter(page__conference=conference)
    for one in decisions.select_related("page"):
        yield commitment(one, digest=one.page.digest)
    rulings = SheetRuling.objects.filter(sheet__conference=conference)
    for ruling in rulings.exclude(salt="").select_related("sheet"):
        yield ruling_commitment(ruling)
    readings = SheetReading.objects.filter(sheet__conference=conference)
    for reading in readings.select_related("sheet"):
        yield reading_commitment(reading)


def _in_ledger(conference: Conference) -> Iterator[str]:
    for details in told_of(conference, *_BINDING):
        for one in details.get("decisions", [details]):
            if "commitment" in one:
                yield one["commitment"]
