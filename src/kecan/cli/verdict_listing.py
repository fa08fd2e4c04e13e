"""Verdicts as rows for machines and tables for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.table import Table

from kecan.lettering.number_words import grouped
from kecan.regulations.verdict import Outcome
from kecan.regulations.wording import CONFIDENCES, CRITERIA, OUTCOMES
from kecan.vocabulary import Language, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.regulations.comparison import Difference
    from kecan.regulations.facts import PersonFacts, Post
    from kecan.regulations.verdict import Finding, Verdict
    from kecan.vocabulary import PersonId, PostId


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Verdicts with the names of the people and posts they speak of."""

    verdicts: Sequence[Verdict]
    differences: Sequence[Difference]
    people: Mapping[PersonId, PersonFacts]
    posts: Mapping[PostId, Post]
    language: Language

    def say(self, sentence: Sentence) -> str:
        """Return ``sentence`` in the language of the listing."""
        return sentence.in_language(self.language)

    def figure(self, value: int) -> str:
        """Return a number as it is written in the language of the listing."""
        return self.say(Sentence(grouped(value), f"{value:,}"))

    def name(self, verdict: Verdict) -> str:
        """Return the name of the person judged."""
        return self.people[verdict.person_id].full_name

    def post(self, verdict: Verdict) -> str:
        """Return the title of the target post."""
        return self.posts[verdict.post_id].title

    def reasons(self, verdict: Verdict) -> str:
        """Return the sentences that make the outcome what it is."""
        return " ".join(self.say(one.sentence) for one in verdict.deciding)

    def clauses(self, verdict: Verdict) -> str:
        """Return the clauses that decide, or all of them when everything passes."""
        findings = verdict.deciding or verdict.findings
        return "; ".join(dict.fromkeys(str(one.citation) for one in findings))

    def evidence(self, finding: Finding) -> str:
        """Return the facts used with the papers that prove them."""
        return " ".join(self.say(one) for one in finding.evidence)

    def counts(self) -> Counter[Outcome]:
        """Return how many verdicts have each outcome."""
        return Counter(one.outcome for one in self.verdicts)


def as_json(listing: Listing) -> dict[str, Any]:
    """Return everything a machine needs: counts, verdicts, differences."""
    counts = listing.counts()
    return {
        "counts": {outcome.value: counts[outcome] for outcome in Outcome},
        "verdicts": [_verdict_json(listing, one) for one in listing.verdicts],
        "differences": [_difference_json(listing, one) for one in listing.differences],
    }


def summary_table(listing: Listing) -> Table:
    """Return how many verdicts have each outcome."""
    table = Table(title=listing.say(Sentence("Tổng hợp", "Summary")))
    table.add_column(listing.say(Sentence("Kết quả", "Outcome")))
    table.add_column(listing.say(Sentence("Số lượng", "Count")), justify="right")
    counts = listing.counts()
    for outcome in Outcome:
        table.add_row(listing.say(OUTCOMES[outcome]), listing.figure(counts[outcome]))
    return table


def post_table(listing: Listing) -> Table:
    """Return the outcomes by target post."""
    table = Table(title=listing.say(Sentence("Theo chức danh", "By post")))
    table.add_column(listing.say(Sentence("Chức danh", "Post")))
    for outcome in Outcome:
        table.add_column(listing.say(OUTCOMES[outcome]), justify="right")
    counts = Counter((one.post_id, one.outcome) for one in listing.verdicts)
    for post_id in dict.fromkeys(one.post_id for one in listing.verdicts):
        numbers = (listing.figure(counts[post_id, outcome]) for outcome in Outcome)
        table.add_row(listing.posts[post_id].title, *numbers)
    return table


def verdict_table(listing: Listing) -> Table:
    """Return one row a verdict with what decides it."""
    table = Table(title=listing.say(Sentence("Kết quả từng người", "Verdicts")))
    for heading in (
        Sentence("Họ và tên", "Name"),
        Sentence("Chức danh", "Post"),
        Sentence("Kết quả", "Outcome"),
        Sentence("Lý do", "Reason"),
        Sentence("Căn cứ", "Clause"),
    ):
        table.add_column(listing.say(heading), overflow="fold")
    for one in listing.verdicts:
        table.add_row(
            f"{listing.name(one)} ({one.person_id})",
            listing.post(one),
            listing.say(OUTCOMES[one.outcome]),
            listing.reasons(one),
            listing.clauses(one),
        )
    return table


def finding_table(listing: Listing, verdict: Verdict) -> Table:
    """Return every finding of one verdict with clause and evidence."""
    title = (
        f"{listing.name(verdict)} → {listing.post(verdict)}, {verdict.term.vi}: "
        f"{listing.say(OUTCOMES[verdict.outcome])}"
    )
    table = Table(title=title)
    for heading in (
        Sentence("Tiêu chí", "Criterion"),
        Sentence("Kết quả", "Outcome"),
        Sentence("Nhận xét", "Finding"),
        Sentence("Bằng chứng", "Evidence"),
        Sentence("Căn cứ", "Clause"),
    ):
        table.add_column(listing.say(heading), overflow="fold")
    for one in verdict.findings:
        table.add_row(
            listing.say(CRITERIA[one.criterion]),
            listing.say(finding_outcome(one)),
            listing.say(one.sentence),
            listing.evidence(one),
            f"{one.citation}; {listing.say(CONFIDENCES[one.confidence])}",
        )
    return table


def difference_table(listing: Listing) -> Table:
    """Return the questions on which two packs part, with the clause of each.

    The same answers about one person and several posts make one row.
    """
    table = Table(title=listing.say(Sentence("Đối chiếu", "Comparison")))
    for heading in (
        Sentence("Họ và tên", "Name"),
        Sentence("Chức danh", "Post"),
        Sentence("Tiêu chí", "Criterion"),
        Sentence("Theo bộ thứ nhất", "First rules"),
        Sentence("Theo bộ thứ hai", "Second rules"),
    ):
        table.add_column(listing.say(heading), overflow="fold")
    posts: dict[tuple[str, str, str, str, str], list[str]] = {}
    for apart in listing.differences:
        for one, other in apart.findings:
            row = (
                apart.first.person_id,
                listing.name(apart.first),
                listing.say(CRITERIA[one.criterion]),
                difference_side(listing, one),
                difference_side(listing, other),
            )
            posts.setdefault(row, []).append(listing.post(apart.first))
    for (_, name, *sides), titles in posts.items():
        table.add_row(name, listing.say(_posts_together(titles)), *sides)
    return table


def difference_side(listing: Listing, finding: Finding) -> str:
    """Return what one pack says and which clause makes it say so."""
    return (
        f"{listing.say(finding_outcome(finding))}: {listing.say(finding.sentence)} "
        f"({finding.citation})"
    )


def finding_outcome(finding: Finding) -> Sentence:
    """Return the outcome of a finding, saying so when it may be completed later."""
    outcome = OUTCOMES[finding.outcome]
    if finding.decides or finding.outcome is Outcome.PASS:
        return outcome
    return Sentence(f"{outcome.vi} (hoàn thiện sau)", f"{outcome.en} (may follow)")


def _posts_together(titles: Sequence[str]) -> Sentence:
    others = len(titles) - 1
    if not others:
        return Sentence(titles[0], titles[0])
    return Sentence(
        f"{titles[0]} và {others} chức danh khác",
        f"{titles[0]} and {others} other posts",
    )


def _verdict_json(listing: Listing, verdict: Verdict) -> dict[str, Any]:
    return {
        "person_id": verdict.person_id,
        "full_name": listing.name(verdict),
        "post_id": verdict.post_id,
        "post": listing.post(verdict),
        "term": verdict.term.label,
        "rules": verdict.pack_key,
        "as_of": verdict.as_of.isoformat(),
        "outcome": verdict.outcome.value,
        "findings": [_finding_json(listing, one) for one in verdict.findings],
    }


def _finding_json(listing: Listing, finding: Finding) -> dict[str, Any]:
    return {
        "criterion": finding.criterion.value,
        "outcome": finding.outcome.value,
        "timing": finding.timing.value,
        "sentence": listing.say(finding.sentence),
        "clause": str(finding.citation),
        "url": finding.citation.url,
        "confidence": finding.confidence.value,
        "note": None if finding.note is None else listing.say(finding.note),
        "evidence": [listing.say(one) for one in finding.evidence],
    }


def _difference_json(listing: Listing, apart: Difference) -> dict[str, Any]:
    return {
        "person_id": apart.first.person_id,
        "full_name": listing.name(apart.first),
        "post_id": apart.first.post_id,
        "post": listing.post(apart.first),
        "term": apart.first.term.label,
        "outcomes": {
            apart.first.pack_key: apart.first.outcome.value,
            apart.second.pack_key: apart.second.outcome.value,
        },
        "findings": [
            {
                apart.first.pack_key: _finding_json(listing, one),
                apart.second.pack_key: _finding_json(listing, other),
            }
            for one, other in apart.findings
        ],
    }
