"""What people still have to decide, and what the sheets say once they have."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from kecan.paper_ballot.decisions import Reason
from kecan.paper_ballot.layout import Column
from kecan.regulations.paper_audit import load_paper_audit_rules
from kecan.tally import InvalidReason, LineState, Sheet, invalid_by_marks
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.keyed_sheets import keyed_sheet
from kecan.web.paper_count.looks import settled
from kecan.web.paper_count.models import BoxDecision, ScannedSheet, SheetRuling
from kecan.web.paper_count.queries import is_check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kecan.paper_ballot.form import BallotForm
    from kecan.tally import BallotRules
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.models import ScannedPage

_BLIND = 2
_INVALID = {
    SheetRuling.Value.TORN: InvalidReason.TORN,
    SheetRuling.Value.SIGNED: InvalidReason.SIGNED,
    SheetRuling.Value.NOT_ISSUED: InvalidReason.NOT_ISSUED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A box, or a written name, that people decide.

    ``group`` is the reason it is shown under; a check stands under the reason of
    some doubtful box, so that nobody can tell it.
    """

    page: ScannedPage
    box: int
    group: str
    is_name: bool
    is_check: bool
    decisions: tuple[BoxDecision, ...]

    @property
    def answer(self) -> BoxDecision | None:
        """The decision that stands."""
        values = [
            (one.value, one.name.casefold(), one.person_key) for one in self.decisions
        ]  # a name is no other for its capitals
        if len(values) > _BLIND:
            return self.decisions[_BLIND]
        if len(values) == _BLIND and values[0] == values[1]:
            return self.decisions[0]
        return None

    def waits_for(self, login: str) -> bool:
        """Tell whether somebody may decide it now."""
        return self.answer is None and all(
            one.decided_by != login for one in self.decisions
        )

    @property
    def sure_state(self) -> str | None:
        """What the reader was sure of; None where it was not."""
        box = self.page.boxes[self.box]
        state: str | None = box["state"] if self.is_check else box.get("read_as")
        return state

    @property
    def is_third_look(self) -> bool:
        """Whether two people differed and the next decides."""
        return len(self.decisions) == _BLIND


def checks_one_in() -> int:
    """Return of how many sure boxes one is shown to people too."""
    share = load_paper_audit_rules().confident_checks.value
    return share.denominator // share.numerator


def questions_of(
    conference: Conference, *, with_ruled_out: bool = False
) -> list[Question]:
    """Return everything people decide, settled or not, by group and random image id.

    Args:
        conference: Whose scans have begun.
        with_ruled_out: Also boxes of sheets that matter no more: what people said
            of them still tells how surely the reader errs.
    """
    seed = conference.scan_count.check_seed
    one_in = checks_one_in()
    pages = list(
        conference.scanned_pages.filter(rejection="")
        .defer("signature")
        .prefetch_related("decisions")
        .order_by("image_id")
    )
    out = set() if with_ruled_out else _ruled_out(conference)
    found = [
        one
        for page in pages
        if page.sheet_id not in out
        for one in _of_page(page, seed=seed, one_in=one_in)
    ]
    groups = sorted(
        {one.group for one in found if not one.is_check and not one.is_name}
    )
    return sorted(
        (_hidden(one, groups) if one.is_check else one for one in found),
        key=lambda one: (one.is_name, one.group, one.page.image_id, one.box),
    )


def _ruled_out(conference: Conference) -> set[int]:
    """Return the sheets whose boxes matter no more: invalid, or scanned twice."""
    return {
        sheet.pk
        for sheet in conference.scanned_sheets.prefetch_related("rulings")
        if settled([one.value for one in sheet.rulings.all()])
        not in {None, SheetRuling.Value.OWN.value}
    }


def _of_page(page: ScannedPage, *, seed: str, one_in: int) -> Iterator[Question]:
    decided: dict[int, list[BoxDecision]] = {}
    for one in page.decisions.all():
        decided.setdefault(one.box, []).append(one)
    for index, box in enumerate(page.boxes):
        is_sure = box["state"] != "?"
        if (
            is_sure
            and index not in decided  # whatever share the rules ask for today
            and not is_check(seed, page, index, one_in=one_in)
        ):
            continue
        is_name = box["reason"] == Reason.WRITE_IN.value
        if is_name and box["column"] != Column.AGREE.value:
            continue  # one question a line: which name is written there
        yield Question(
            page=page,
            box=index,
            group=box["reason"],
            is_name=is_name,
            is_check=is_sure,
            decisions=tuple(decided.get(index, [])),
        )


def _hidden(one: Question, groups: Sequence[str]) -> Question:
    """Put a check among the doubtful boxes of some reason."""
    choices = groups or [Reason.SMALL.value]
    drawn = sha256(f"{one.page.image_id},{one.box}".encode()).digest()[0]
    return Question(
        page=one.page,
        box=one.box,
        group=choices[drawn % len(choices)],
        is_name=False,
        is_check=True,
        decisions=one.decisions,
    )


def contradicted(conference: Conference) -> list[Question]:
    """Return the boxes the reader was sure of and people read otherwise.

    Those drawn as checks, and those somebody doubted; of sheets ruled out as well.
    While a box waits for its next look, one person who read it otherwise is enough:
    nobody gets rid of the answer by giving the scans up before it is settled.
    """
    return [
        one
        for one in questions_of(conference, with_ruled_out=True)
        if one.sure_state is not None
        and any(said.value != one.sure_state for said in _standing(one))
    ]


def _standing(one: Question) -> Sequence[BoxDecision]:
    """Return what settles a box; as long as nothing does, what anybody said."""
    return one.decisions if one.answer is None else (one.answer,)


def sheets_as_read(
    conference: Conference, form: BallotForm, questions: Sequence[Question]
) -> dict[str, Sheet]:
    """Return every sheet that counts, by token, numbered from 1 for the moment.

    What people decided stands; a box nobody decided counts as empty, so call this
    only when nothing is open.
    """
    answers = {
        (one.page.pk, one.box): one.answer
        for one in questions
        if one.answer is not None
    }
    rules = step_from_json(conference.rules).validity.rules
    sheets: dict[str, Sheet] = {}
    rows = conference.scanned_sheets.prefetch_related("rulings", "pages", "readings")
    for sheet in rows.order_by("token"):
        ruling = settled([one.value for one in sheet.rulings.all()])
        if ruling == SheetRuling.Value.TWICE.value:
            continue
        if sheet.is_keyed:
            sheets[sheet.token] = keyed_sheet(sheet, number=len(sheets) + 1)
            continue
        sheets[sheet.token] = _sheet(
            sheet, form, answers, ruling=ruling, rules=rules, number=len(sheets) + 1
        )
    return sheets


def _sheet(
    sheet: ScannedSheet,
    form: BallotForm,
    answers: Mapping[tuple[int, int], BoxDecision],
    *,
    ruling: str | None,
    rules: BallotRules,
    number: int,
) -> Sheet:
    marked: dict[tuple[int, int], set[str]] = {}
    names: dict[int, list[str]] = {}
    for page in sheet.pages.all():
        for index, box in enumerate(page.boxes):
            answer = answers.get((page.pk, index))
            if answer is not None and answer.value == BoxDecision.Value.NAME.value:
                names.setdefault(box["contest"], []).append(answer.name)
                continue
            state = box["state"] if answer is None else answer.value
            if state in {"1", "x"}:
                seen = marked.setdefault((box["contest"], box["line"]), set())
                seen.add("x" if state == "x" else box["column"])
    states = tuple(
        tuple(
            _line_state(marked.get((place, line), set()))
            for line in range(1, len(contest.nominees) + 1)
        )
        for place, contest in enumerate(form.contests, start=1)
    )
    read = Sheet(
        number=number,
        states=states,
        write_ins=tuple(
            tuple(names.get(place, ())) for place in range(1, len(form.contests) + 1)
        ),
    )
    return Sheet(
        number=number,
        states=states,
        write_ins=read.write_ins,
        invalid_reason=_INVALID[SheetRuling.Value(ruling)]
        if ruling in _INVALID
        else invalid_by_marks(
            read, most=[contest.max_choices for contest in form.contests], rules=rules
        ),
    )


def _line_state(seen: set[str]) -> LineState:
    """Return what a line says; a mark people called invalid counts for nobody."""
    if "x" in seen or len(seen) > 1:
        return LineState.BOTH
    if not seen:
        return LineState.NONE
    return LineState.AGREE if Column.AGREE.value in seen else LineState.DISAGREE
