"""A small conference whose ballots are printed, marked, scanned and read, for the tests."""

from __future__ import annotations

from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.web.conferences import morning as m

from kecan.sample.marked_sheets import MarkedPage, mark_and_scan
from kecan.web.conferences.actions import chain
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.actions import adjudicating, importing
from kecan.web.paper_count.actions.adjudicating import Answer
from kecan.web.paper_count.models import BoxDecision, ScannedPage
from kecan.web.paper_count.questions import questions_of
from kecan.web.papers.ballot_paper import ballot_to_print, set_sheet_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.form import BallotForm
    from kecan.paper_ballot.kept_pages import KeptPage
    from kecan.paper_ballot.scans import ScanPlace
    from kecan.tally import Sheet
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.actions.keeping import ImportReport
    from kecan.web.paper_count.questions import Question

MARKED, EMPTY = BoxDecision.Value.MARKED, BoxDecision.Value.EMPTY


class ReadsOnce(Executor):
    """Reads pages here, and the very same file for the very same ballot only once.

    What is read depends on these alone, and hundreds of tests begin with the same few
    sheets: reading them takes most of their time.
    """

    def __init__(self) -> None:
        self._read: dict[object, list[KeptPage]] = {}

    def submit(self, work: Any, /, *given: Any, **_: Any) -> Future[Any]:  # noqa: ANN401
        """Return the pages of one file, each with the place it has now."""
        form, places = given
        key = work, form, *_contents(places)
        if key not in self._read:
            self._read[key] = work(form, places)
        pages: Future[Any] = Future()
        pages.set_result(
            [
                replace(page, record=replace(page.record, place=place))
                for page, place in zip(self._read[key], places, strict=True)
            ]
        )
        return pages


def _contents(places: Sequence[ScanPlace]) -> list[tuple[str, int]]:
    return [
        (sha256(Path(one.path).read_bytes()).hexdigest(), one.page) for one in places
    ]


READER = ReadsOnce()
_marked = cache(mark_and_scan)  # what a seed gives is the same each time


def printed(
    *, returned: int = 5, write_in_lines: int = 0, has_sheet_ids: bool = False
) -> tuple[Conference, BallotForm]:
    """Return a counting conference whose ballot was printed before the vote."""
    planned = m.first_conference(m.small_round())
    step = replace(step_from_json(planned.rules), write_in_lines=write_in_lines)
    chain.edit_step(conference_id=planned.pk, step=step, by=m.OFFICER, at=m.NOW)
    conference = m.opened(planned)
    if has_sheet_ids:
        set_sheet_ids(conference, are_on=True, by=m.OFFICER, at=m.DAY)
    form = ballot_to_print(conference, by=m.OFFICER, at=m.DAY)
    return m.counting(conference, returned=returned), form


def scans(
    form: BallotForm, sheets: Sequence[Sheet], *, odd_share: float = 0.0, seed: int = 7
) -> list[MarkedPage]:
    """Return the pages of sheets in feeding order, each in its own hand."""
    return [
        page
        for place, sheet in enumerate(sheets)
        for page in _marked(form, sheet, seed=seed + place, odd_share=odd_share)
    ]


def read(
    conference: Conference, pages: Sequence[MarkedPage], *, replaces: str = ""
) -> ImportReport:
    """Send pages as JPEG files and read them here."""
    files = [page.jpeg for page in pages]
    who: dict[str, Any] = {
        "conference_id": conference.pk,
        "by": m.COUNTERS[0],
        "at": m.DAY,
    }
    if replaces:
        return importing.rescan_sheet(token=replaces, files=files, **who)
    importing.receive_scans(files=files, **who)
    return importing.read_waiting(executor=READER, **who)


def as_meant(question: Question, pages: Sequence[MarkedPage]) -> Answer:
    """Return what an honest person sees in a box, by what the voter meant."""
    meant = {page.digest: page.meant for page in pages}
    is_marked = meant[question.page.digest][question.box]
    return Answer(
        image_id=question.page.image_id,
        box=question.box,
        value=MARKED if is_marked else EMPTY,
    )


def sure_box(conference: Conference) -> tuple[ScannedPage, int]:
    """Return a box the reader read as marked, on a first page, that nobody is asked of."""
    asked = {(one.page.pk, one.box) for one in questions_of(conference)}
    return next(
        (page, index)
        for page in conference.scanned_pages.filter(rejection="", page=1)
        for index, box in enumerate(page.boxes)
        if box["state"] == MARKED and (page.pk, index) not in asked
    )


def decide_all(conference: Conference, pages: Sequence[MarkedPage]) -> int:
    """Let two people decide everything that waits, as the voters meant it."""
    made = 0
    for by in m.COUNTERS[1:]:
        answers = [
            as_meant(one, pages)
            for one in questions_of(conference)
            if one.waits_for(by.login) and not one.is_name
        ]
        if answers:
            made += adjudicating.decide_boxes(
                conference_id=conference.pk, answers=answers, by=by, at=m.DAY
            )
    return made
