"""Every paper of a round as a file, DOCX and PDF from the one frozen document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents import render_docx, render_pdf
from kecan.documents.ballot import ballot
from kecan.documents.conference_minutes import conference_minutes
from kecan.documents.count_minutes import count_minutes
from kecan.documents.result_report import result_report
from kecan.documents.roll import roll
from kecan.documents.source_list import source_list
from kecan.documents.submission import submission
from kecan.web.papers.conference_papers import (
    ballot_content,
    conference_minutes_content,
    count_minutes_content,
    roll_content,
)
from kecan.web.papers.round_papers import (
    result_report_content,
    source_list_content,
    submission_content,
)
from kecan.web.plans.models import PlanningRound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.documents.model import Document


def round_papers(round_id: int) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, bytes) of every paper the round can have now."""
    planning_round = PlanningRound.objects.select_related("unit").get(pk=round_id)
    for name, document in _documents(planning_round):
        yield f"{name}.docx", render_docx(document)
        yield f"{name}.pdf", render_pdf(document)


def _documents(planning_round: PlanningRound) -> Iterator[tuple[str, Document]]:
    yield "01-to-trinh", submission(submission_content(planning_round))
    yield "02-danh-sach-nguon", source_list(source_list_content(planning_round))
    for conference in planning_round.conferences.order_by("order"):
        place = f"{conference.order + 2:02d}-hoi-nghi-{conference.order}"
        yield f"{place}-trieu-tap", roll(roll_content(conference))
        if conference.has_ballot:
            yield f"{place}-phieu", ballot(ballot_content(conference))
            yield (
                f"{place}-bien-ban-kiem-phieu",
                count_minutes(count_minutes_content(conference)),
            )
        yield (
            f"{place}-bien-ban-hoi-nghi",
            conference_minutes(conference_minutes_content(conference)),
        )
    yield "09-bao-cao-ket-qua", result_report(result_report_content(planning_round))
