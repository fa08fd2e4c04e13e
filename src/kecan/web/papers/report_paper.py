"""The report of results across the chain of conferences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kecan.documents.count_words import mark_words
from kecan.documents.paper import DOTS, Nominee
from kecan.documents.result_report import (
    FinalPerson,
    FinalPost,
    ResultReportContent,
    StepSummary,
    Votes,
)
from kecan.tally import base_of
from kecan.web.conferences.models import ContestLine
from kecan.web.conferences.queries import closed_totals
from kecan.web.conferences.rules import step_from_json
from kecan.web.organisation.queries import offices_in_words, partial_date
from kecan.web.papers.grouping import by_term_and_post, main_shares, submitted
from kecan.web.papers.letterheads import details_of, frame_of, standing_signatory
from kecan.web.plans.models import Proposal
from kecan.web.plans.queries import current_terms, next_terms, pack_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.web.conferences.models import Conference
    from kecan.web.plans.models import PlanningRound


def result_report_content(planning_round: PlanningRound) -> ResultReportContent:
    """Return the report of results across the chain."""
    held = planning_round.conferences.filter(held_on__isnull=False)
    conferences = list(held.order_by("order"))
    details = details_of(planning_round)
    passed = [
        row for row in submitted(planning_round) if row.state == Proposal.State.PASSED
    ]
    frame = frame_of(
        planning_round, dated=details.report_date, number=details.report_number
    )
    shares_of, shares = main_shares(planning_round, passed)
    filed = f"Lưu Văn phòng {frame.letterhead.short_name}"
    return ResultReportContent(
        frame=replace(frame, recipients=("Như trên", filed)),
        signatory=standing_signatory(details),
        addressees=(details.approving_body or DOTS,),
        current=current_terms(planning_round),
        following=next_terms(planning_round),
        legal_bases=tuple(basis.vi for basis in pack_of(planning_round).bases),
        steps=tuple(_step_summary(conference) for conference in conferences),
        final=tuple(_final_posts(passed, conferences)),
        shares=shares,
        shares_of=shares_of,
        removed=planning_round.review_items.filter(decision="remove").count(),
        remarks=(),
        requests=("Xem xét, phê duyệt danh sách quy hoạch kèm theo",),
    )


def _step_summary(conference: Conference) -> StepSummary:
    count = getattr(conference, "count", None)
    threshold = step_from_json(conference.rules).threshold
    lines = ContestLine.objects.filter(contest__conference=conference)
    return StepSummary(
        title=conference.title,
        held_on=conference.held_on or conference.round.as_of,
        summoned=conference.summoned or 0,
        present=conference.present or 0,
        issued=None if count is None else count.issued,
        returned=None if count is None else count.returned,
        valid=None if count is None else count.valid,
        invalid=None if count is None else count.invalid,
        mark=mark_words(threshold) if threshold else "",
        nominated=lines.count(),
        passed=lines.filter(result=ContestLine.Result.PASSED).count(),
    )


def _final_posts(
    passed: list[Proposal], conferences: list[Conference]
) -> Iterable[FinalPost]:
    votes = _votes(conferences)
    for (term, post), rows in by_term_and_post(passed).items():
        yield FinalPost(
            post=post.title,
            term=str(term),
            people=tuple(
                FinalPerson(
                    nominee=Nominee(
                        name=row.person.full_name,
                        born=partial_date(row.person.born),
                        office=offices_in_words(row.person, on=row.round.as_of),
                    ),
                    votes=tuple(votes[one.pk].get(row.pk) for one in conferences),
                )
                for row in rows
            ),
        )


def _votes(conferences: list[Conference]) -> dict[int, dict[int, Votes]]:
    """Return the votes of each proposal at each conference, of the base of its mark."""
    found: dict[int, dict[int, Votes]] = {}
    for conference in conferences:
        threshold = step_from_json(conference.rules).threshold
        count = getattr(conference, "count", None)
        if threshold is None or count is None or not count.is_closed:
            found[conference.pk] = {}
            continue
        base = base_of(threshold.base, closed_totals(conference))
        lines = ContestLine.objects.filter(
            contest__conference=conference, agree__isnull=False
        )
        found[conference.pk] = {
            line.proposal_id: Votes(agree=line.agree or 0, base=base) for line in lines
        }
    return found
