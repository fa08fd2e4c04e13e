"""The audit of a closed count on paper: the same logic as ``kecan ballot audit``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import takewhile
from typing import TYPE_CHECKING

from kecan.paper_ballot.audit_report import (
    AuditedContest,
    AuditReport,
    AuditTerms,
    Conclusion,
    audit,
)
from kecan.paper_ballot.audit_sample import Seed, drawn
from kecan.paper_ballot.audit_words import assertion_words, conclusion_words, percent
from kecan.regulations.paper_audit import load_paper_audit_rules
from kecan.tally import InvalidReason, LineState, Sheet, base_of
from kecan.web.conferences.bound import PaperVerdict
from kecan.web.conferences.queries import agreed_sheets, ballot_shape, closed_totals
from kecan.web.conferences.rules import step_from_json
from kecan.web.paper_count.audited_sheets import (
    readings_by_sheet,
    settled_sheets,
    sheets_to_read,
)
from kecan.web.paper_count.models import PaperAudit
from kecan.web.paper_count.queries import form_on_record
from kecan.web.paper_count.questions import questions_of, sheets_as_read
from kecan.web.paper_count.refusals import AuditNotPossibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.paper_ballot.audit import Assertion
    from kecan.web.conferences.models import Conference
    from kecan.web.paper_count.audited_sheets import SheetRead, SheetToRead

AUDIT_TERMS = ("risk_limit", "error_inflation", "full_reread_from")
"""What an audit goes by, as the rules, the row of an audit and its entries call it."""
_SHOWN_ASSERTIONS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditStanding:
    """How an audit stands, in words; ``hardest`` are the assertions nearest to failing."""

    report: AuditReport
    to_read: tuple[SheetToRead, ...]
    conclusion: str
    hardest: tuple[tuple[str, int, str], ...]
    assertions: int


def begun_audit(conference: Conference) -> PaperAudit | None:
    """Return the audit whose dice two members read alike; None before that."""
    return (
        PaperAudit.objects.filter(conference=conference)
        .exclude(confirmed_by="")
        .first()
    )


def audited_contests(conference: Conference) -> list[AuditedContest]:
    """Return the contests as the result reports them.

    Raises:
        AuditNotPossibleError: If the conference has no mark to audit, or not one
            valid ballot to take it of.
    """
    threshold = step_from_json(conference.rules).threshold
    if threshold is None:
        msg = f"{conference.title} không có mức đạt nên không đối chiếu được."
        raise AuditNotPossibleError(msg)
    base = base_of(threshold.base, closed_totals(conference))
    if base == 0:
        msg = (
            f"{conference.title} không có phiếu hợp lệ nào nên không có mức để đối chiếu; "
            "đọc lại cả chồng phiếu bằng tay."
        )
        raise AuditNotPossibleError(msg)
    return [
        AuditedContest(
            title=contest.title,
            nominees=tuple(
                contest.lines.order_by("order").values_list("full_name", flat=True)
            ),
            threshold=threshold,
            base=base,
            cap=contest.cap,
        )
        for contest in ballot_shape(conference)
    ]


def recorded_sheets(conference: Conference) -> list[Sheet]:
    """Return every sheet of a closed count under the number it is pulled by.

    Scanned sheets have the numbers drawn when the count closed, keyed ones those
    written on the stack.
    """
    if not conference.count.is_scanned:
        return agreed_sheets(conference)
    numbers = dict(conference.scanned_sheets.values_list("token", "number"))
    form = form_on_record(conference)
    read = sheets_as_read(conference, form, questions_of(conference))
    return sorted(
        (
            Sheet(
                number=numbers[token] or 0,
                states=sheet.states,
                write_ins=sheet.write_ins,
                invalid_reason=sheet.invalid_reason,
            )
            for token, sheet in read.items()
        ),
        key=lambda sheet: sheet.number,
    )


def terms_in_force() -> dict[str, str]:
    """Return what an audit begun now goes by: exact fractions, by field of its row."""
    rules = load_paper_audit_rules()
    return {name: str(getattr(rules, name).value) for name in AUDIT_TERMS}


def terms_of(begun: PaperAudit) -> AuditTerms:
    """Return what an audit goes by: what its row froze."""
    in_force = terms_in_force()
    limit, inflation, reread_from = (
        Fraction(getattr(begun, name) or in_force[name]) for name in AUDIT_TERMS
    )
    return AuditTerms(limit=limit, inflation=inflation, reread_from=reread_from)


def audit_standing(
    conference: Conference, begun: PaperAudit, *, login: str = ""
) -> AuditStanding:
    """Return how an audit stands after the sheets that are settled so far.

    A sheet counts once all drawn before it are settled as well; ``login`` is who asks.
    """
    contests = audited_contests(conference)
    shape = [len(contest.nominees) for contest in contests]
    terms = terms_of(begun)
    record, seed = recorded_sheets(conference), Seed(digits=begun.dice)
    readings = readings_by_sheet(begun)
    done = settled_sheets(readings)
    in_turn = takewhile(done.__contains__, drawn(seed, stack=len(record)))
    report = audit(
        record,
        contests,
        seed=seed,
        terms=terms,
        found={number: as_sheet(number, done[number], shape) for number in in_turn},
    )
    hardest = sorted(
        report.measured, key=lambda one: (-one.risk, one.least_wrong_sheets)
    )
    return AuditStanding(
        report=report,
        to_read=sheets_to_read(report.pull, readings, login=login),
        conclusion=conclusion_words(report, terms).vi,
        hardest=tuple(
            (
                _assertion(one.assertion, contests),
                one.least_wrong_sheets,
                percent(one.risk).vi,
            )
            for one in hardest[:_SHOWN_ASSERTIONS]
        ),
        assertions=len(report.measured),
    )


def verdict_on_paper(conference: Conference) -> PaperVerdict | None:
    """Return what the audit of a closed count says so far; None where none was begun."""
    begun = begun_audit(conference)
    if begun is None:
        return None
    standing = audit_standing(conference, begun)
    found = standing.report.conclusion
    return PaperVerdict(
        conclusion=standing.conclusion,
        is_confirmed=found is Conclusion.CONFIRMED,
        is_contradicted=found is Conclusion.CONTRADICTED,
    )


def _assertion(assertion: Assertion, contests: Sequence[AuditedContest]) -> str:
    title = contests[assertion.contest].title
    return f"{title}: {assertion_words(assertion, contests).vi}"


def as_sheet(number: int, one: SheetRead, shape: Sequence[int]) -> Sheet | None:
    """Return what people read on a sheet; None for one that is not in the stack."""
    if one.agreed is None:
        return None
    return Sheet(
        number=number,
        states=tuple(
            tuple(
                LineState.AGREE if line in lines else LineState.NONE
                for line in range(1, size + 1)
            )
            for lines, size in zip(one.agreed, shape, strict=True)
        ),
        invalid_reason=None if one.is_valid else InvalidReason.TORN,
    )
