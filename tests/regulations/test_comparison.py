"""Comparing packs: only a different answer is a difference, not another clause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.regulations.model_person import PERSON, verdict_of

from kecan.regulations.comparison import difference
from kecan.regulations.facts import Discipline, DisciplineForm
from kecan.regulations.verdict import Criterion
from kecan.vocabulary import PartialDate

EXPIRED = replace(
    PERSON,
    disciplines=(
        Discipline(
            form=DisciplineForm.WARNING,
            decided=PartialDate(2019, 1, 1),
            expires=PartialDate(2020, 1, 1),
        ),
    ),
)


def test_the_same_answer_under_another_clause_is_no_difference() -> None:
    first, second = verdict_of(rules="50-qd-tw"), verdict_of(rules="377-qd-tw")

    assert first.findings != second.findings
    assert difference(first, second) is None


def test_a_difference_names_the_findings_of_both_with_their_clauses() -> None:
    found = difference(
        verdict_of(EXPIRED, rules="50-qd-tw"), verdict_of(EXPIRED, rules="377-qd-tw")
    )

    assert found is not None
    assert found.changes_outcome
    ((one, other),) = found.findings
    assert one.criterion is other.criterion is Criterion.DISCIPLINE
    assert (one.citation.document, other.citation.document) == (
        "50-QĐ/TW",
        "377-QĐ/TW",
    )


def test_a_finding_may_differ_while_the_verdict_stays() -> None:
    refused = replace(EXPIRED, born=PartialDate(1960, 1))

    found = difference(
        verdict_of(refused, rules="50-qd-tw"), verdict_of(refused, rules="377-qd-tw")
    )

    assert found is not None
    assert not found.changes_outcome


def test_verdicts_on_different_questions_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="different questions"):
        difference(verdict_of(), verdict_of(term="2020-2025"))
