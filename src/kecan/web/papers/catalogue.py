"""Which papers a round and its conferences have now, and how each one is made."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kecan.documents import render_docx, render_pdf
from kecan.documents.conference_minutes import conference_minutes
from kecan.documents.count_minutes import count_minutes
from kecan.documents.result_report import result_report
from kecan.documents.roll import roll
from kecan.documents.source_list import source_list
from kecan.documents.submission import submission
from kecan.paper_ballot.form import Style
from kecan.paper_ballot.pdf import render_ballot
from kecan.paper_ballot.sheet_ids import draw_sheet_ids
from kecan.web.papers.ballot_paper import printed_form
from kecan.web.papers.conference_papers import (
    count_minutes_content,
    roll_content,
)
from kecan.web.papers.minutes_paper import conference_minutes_content
from kecan.web.papers.report_paper import result_report_content
from kecan.web.papers.round_papers import source_list_content, submission_content
from kecan.web.plans.models import PlanningRound, RoundState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kecan.documents.model import Document
    from kecan.paper_ballot.form import BallotForm
    from kecan.web.conferences.models import Conference

_REPORTED = frozenset({RoundState.CONCLUDED, RoundState.APPRAISED, RoundState.APPROVED})
MOST_COPIES = 2000
"""Of one file of ballots; each with an id of its own takes a hundredth of a second."""
_CONFERENCES_AFTER = 2  # the files of the round come before those of its conferences


class PaperKind(StrEnum):
    """A paper by the word its address carries."""

    SUBMISSION = "to-trinh"
    SOURCE_LIST = "danh-sach-nguon"
    REPORT = "bao-cao-ket-qua"
    TRAINING_REPORT = "bao-cao-dao-tao"
    ROLL = "trieu-tap"
    BALLOT = "phieu"
    LARGE_BALLOT = "phieu-chu-lon"
    COUNT_MINUTES = "bien-ban-kiem-phieu"
    CONFERENCE_MINUTES = "bien-ban-hoi-nghi"


class PaperFormat(StrEnum):
    """A file format papers come in."""

    DOCX = "docx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """What the browser is told the file is."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    PaperFormat.DOCX: (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    ),
    PaperFormat.PDF: "application/pdf",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that can be made now; ``stem`` is its file name without the ending."""

    kind: PaperKind
    title: str
    stem: str
    document: Callable[[], Document]

    @property
    def formats(self) -> tuple[PaperFormat, ...]:
        """The formats it comes in."""
        return tuple(PaperFormat)

    def file(self, written_as: PaperFormat) -> bytes:
        """Return the paper in a format; both come from one document."""
        match written_as:
            case PaperFormat.DOCX:
                return render_docx(self.document())
            case PaperFormat.PDF:
                return render_pdf(self.document())


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotPaper:
    """The ballot: PDF alone, for only that print can be read by machine."""

    kind: PaperKind
    title: str
    stem: str
    form: Callable[[], BallotForm]
    style: Style
    copies: int = 1

    @property
    def formats(self) -> tuple[PaperFormat, ...]:
        """The one format."""
        return (PaperFormat.PDF,)

    def file(self, written_as: PaperFormat) -> bytes:
        """Return the ballot; where sheets have ids, every copy has a new one.

        Raises:
            FormatNotMadeError: If it is asked for in another format.
        """
        if written_as not in self.formats:
            raise FormatNotMadeError(written_as)
        form = self.form()
        return render_ballot(
            form,
            style=self.style,
            copies=self.copies,
            sheet_ids=draw_sheet_ids(self.copies) if form.has_sheet_ids else (),
        )


class FormatNotMadeError(LookupError):
    """The paper does not come in that format."""


def papers_of_round(planning_round: PlanningRound) -> Iterator[Paper]:
    """Yield the papers of the round itself that can be made now."""
    if planning_round.state == RoundState.OPENED:
        return
    yield Paper(
        kind=PaperKind.SUBMISSION,
        title="Tờ trình kèm Phụ lục 1, Phụ lục 2",
        stem="01-to-trinh",
        document=lambda: submission(submission_content(planning_round)),
    )
    yield Paper(
        kind=PaperKind.SOURCE_LIST,
        title="Danh sách nguồn nhân sự đủ điều kiện",
        stem="02-danh-sach-nguon",
        document=lambda: source_list(source_list_content(planning_round)),
    )
    if planning_round.state in _REPORTED:
        yield Paper(
            kind=PaperKind.REPORT,
            title="Báo cáo kết quả",
            stem="09-bao-cao-ket-qua",
            document=lambda: result_report(result_report_content(planning_round)),
        )


def papers_of_conference(conference: Conference) -> Iterator[Paper | BallotPaper]:
    """Yield the papers of a conference that can be made now."""
    place = f"{conference.order + _CONFERENCES_AFTER:02d}-hoi-nghi-{conference.order}"
    if conference.summoned:
        yield Paper(
            kind=PaperKind.ROLL,
            title="Danh sách triệu tập, điểm danh",
            stem=f"{place}-trieu-tap",
            document=lambda: roll(roll_content(conference)),
        )
    if conference.contests.exists():
        for kind, title, ending, style in (
            (PaperKind.BALLOT, "Phiếu", "phieu", Style.NORMAL),
            (PaperKind.LARGE_BALLOT, "Phiếu chữ lớn", "phieu-chu-lon", Style.LARGE),
        ):
            yield BallotPaper(
                kind=kind,
                title=title,
                stem=f"{place}-{ending}",
                form=lambda: printed_form(conference),
                style=style,
            )
    count = getattr(conference, "count", None)
    if count is not None and count.is_closed:
        yield Paper(
            kind=PaperKind.COUNT_MINUTES,
            title="Biên bản kiểm phiếu",
            stem=f"{place}-bien-ban-kiem-phieu",
            document=lambda: count_minutes(count_minutes_content(conference)),
        )
    if conference.state in {"counted", "closed"}:
        yield Paper(
            kind=PaperKind.CONFERENCE_MINUTES,
            title="Biên bản hội nghị",
            stem=f"{place}-bien-ban-hoi-nghi",
            document=lambda: conference_minutes(conference_minutes_content(conference)),
        )


def all_files(round_id: int) -> Iterator[tuple[str, bytes]]:
    """Yield (file name, bytes) of every paper of a round and its conferences."""
    planning_round = PlanningRound.objects.select_related("unit__parent").get(
        pk=round_id
    )
    papers: list[Paper | BallotPaper] = list(papers_of_round(planning_round))
    for conference in planning_round.conferences.order_by("order"):
        papers += papers_of_conference(conference)
    for paper in sorted(papers, key=lambda one: one.stem):
        for written_as in paper.formats:
            yield f"{paper.stem}.{written_as}", paper.file(written_as)
