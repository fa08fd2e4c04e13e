"""Totals of a closed count, kept as the results of its lines, and what binds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.tally import base_of as base_in_count
from kecan.tally import decide, least_votes
from kecan.web.audit.commitments import committed
from kecan.web.conferences.models import ContestLine, WriteIn
from kecan.web.conferences.rules import mark_in_words, step_from_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kecan.tally import BallotCount, Sheet
    from kecan.web.conferences.models import Conference, Contest, Count


def keep_totals(count: Count, totals: BallotCount) -> None:
    """Keep how many ballots were valid, and why the others were not."""
    count.valid, count.invalid = totals.valid, totals.invalid
    count.invalid_reasons = {
        reason.value: number for reason, number in totals.invalid_reasons.items()
    }
    count.is_closed = True
    count.save()


def keep_lines(
    conference: Conference, contest: Contest, place: int, totals: BallotCount
) -> None:
    """Keep votes and result of every line of a contest, and the names written in."""
    threshold = step_from_json(conference.rules).threshold
    if threshold is None:
        msg = f"conference {conference.pk} has a ballot and no mark"
        raise ValueError(msg)
    base = base_in_count(threshold.base, totals)
    lines = list(contest.lines.order_by("order"))
    counted = totals.lines[place]
    results = decide(
        [line.agree for line in counted],
        threshold=threshold,
        base=base,
        cap=contest.cap,
    )
    needed = (
        f"cần ít nhất {least_votes(threshold, base=base)}"
        if base
        else "không có phiếu nào để tính mức"
    )
    for line, number, result in zip(lines, counted, results, strict=True):
        line.agree, line.disagree = number.agree, number.disagree
        line.neither = number.neither
        line.result = result.value
        line.sentence = (
            f"{number.agree} đồng ý trên {base} ({mark_in_words(threshold)}: {needed})"
        )
    ContestLine.objects.bulk_update(
        lines, ["agree", "disagree", "neither", "result", "sentence"]
    )
    WriteIn.objects.bulk_create(
        WriteIn(contest=contest, text=text, votes=votes)
        for text, votes in sorted(totals.write_ins[place].items())
    )


def result_commitment(conference: Conference, sheets: Iterable[Sheet]) -> str:
    """Return what binds the result of a closed count without saying it.

    Every sheet under its number, the mark and its base, each line with its votes and
    whom it stands for: what a result follows from, and an audit compares with paper.
    """
    count = conference.count
    return committed(
        [
            count.salt,
            conference.key,
            conference.rules["threshold"],
            [conference.summoned, conference.present, count.issued, count.returned],
            [count.valid, count.invalid, sorted(count.invalid_reasons.items())],
            [_contest_said(one) for one in conference.contests.order_by("order")],
            [
                [one.number, one.states, one.write_ins, one.invalid_reason]
                for one in sorted(sheets, key=lambda sheet: sheet.number)
            ],
        ]
    )


def _contest_said(contest: Contest) -> list[object]:
    lines = contest.lines.order_by("order")
    votes = ("agree", "disagree", "neither")
    return [
        [contest.order, contest.title, contest.max_choices, contest.cap],
        [list(one) for one in lines.values_list("proposal_id", "full_name", *votes)],
    ]
