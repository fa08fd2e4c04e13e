"""The yearly report of training and rotation, from the items of a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.training_report import (
    CourseTaken,
    RotationMade,
    TrainingReportContent,
    UnitProgress,
    training_report,
)
from kecan.web.papers.catalogue import Paper, PaperKind
from kecan.web.papers.letterheads import details_of, frame_of, standing_signatory
from kecan.web.training.queries import items_of, progress, rotations_of

if TYPE_CHECKING:
    from kecan.web.plans.models import PlanningRound
    from kecan.web.training.models import TrainingItem


def training_paper(planning_round: PlanningRound, *, year: int) -> Paper:
    """Return the report of a year as a paper."""
    return Paper(
        kind=PaperKind.TRAINING_REPORT,
        title=f"Báo cáo đào tạo, bồi dưỡng, luân chuyển năm {year}",
        stem=f"bao-cao-dao-tao-{year}",
        document=lambda: training_report(
            training_report_content(planning_round, year=year)
        ),
    )


def training_report_content(
    planning_round: PlanningRound, *, year: int
) -> TrainingReportContent:
    """Return what the report of a year says."""
    items = list(items_of(planning_round).filter(year=year))
    rotations = rotations_of(planning_round).filter(since__year=year)
    return TrainingReportContent(
        frame=frame_of(planning_round, dated=None),
        signatory=standing_signatory(details_of(planning_round)),
        year=year,
        units=tuple(
            UnitProgress(
                unit=one.unit,
                planned=one.planned,
                attending=one.attending,
                completed=one.completed,
                cancelled=one.cancelled,
            )
            for one in progress(items)
        ),
        courses=tuple(
            CourseTaken(
                name=item.person.full_name,
                unit=item.person.unit.name if item.person.unit else "",
                course=item.course,
                place=item.place,
                cost_centre=item.cost_centre,
                outcome=_outcome(item),
            )
            for item in items
        ),
        rotations=tuple(
            RotationMade(
                name=one.person.full_name,
                office=f"{one.to_office}, {one.to_unit.name}",
                period=f"{one.since:%d/%m/%Y} - {one.until:%d/%m/%Y}",
                outcome="; ".join(
                    part
                    for part in (one.get_state_display(), one.decision, one.reason)
                    if part
                ),
            )
            for one in rotations
        ),
    )


def _outcome(item: TrainingItem) -> str:
    parts = [item.get_state_display()]
    if item.certificate and item.completed_on:
        parts.append(f"số {item.certificate}, ngày {item.completed_on:%d/%m/%Y}")
    return "; ".join(part for part in (*parts, item.reason) if part)
