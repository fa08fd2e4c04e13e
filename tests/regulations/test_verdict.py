"""Verdicts and findings: what they carry, how they compare, what outweighs what."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.regulations.model_person import DAY, PERSON, TARGET, term_of, verdict_of

from kecan.regulations.pack import load_pack
from kecan.regulations.verdict import (
    BY_GRAVITY,
    Criterion,
    Finding,
    Outcome,
    Timing,
    Verdict,
    Wording,
    gravest,
    gravity_of,
)
from kecan.vocabulary import Sentence

RULE = load_pack("50-qd-tw").parameter("planning.higher_post_only", on=DAY)


def _finding(outcome: Outcome, *, timing: Timing = Timing.AT_PLANNING) -> Finding:
    return Finding(
        rule=RULE,
        criterion=Criterion.AGE,
        outcome=outcome,
        wording=Wording.of(Sentence("Đủ.", "Enough.")),
        timing=timing,
    )


def test_a_fixed_sentence_is_given_back_as_written() -> None:
    assert Wording.of(Sentence("Đủ.", "Enough.")).sentence == Sentence("Đủ.", "Enough.")


def test_a_finding_takes_source_confidence_and_note_from_its_rule() -> None:
    finding = _finding(Outcome.PASS)

    assert finding.citation == RULE.source
    assert finding.confidence is RULE.confidence
    assert finding.note == RULE.note


def test_the_gravest_outcome_counts() -> None:
    assert gravest([Outcome.PASS, Outcome.NEEDS_DECISION]) is Outcome.NEEDS_DECISION
    assert (
        gravest([Outcome.MISSING_DATA, Outcome.NEEDS_DECISION]) is Outcome.MISSING_DATA
    )
    assert gravest([Outcome.MISSING_DATA, Outcome.FAIL]) is Outcome.FAIL


def test_nothing_at_all_passes() -> None:
    assert gravest([]) is Outcome.PASS
    assert BY_GRAVITY[gravity_of([])] is Outcome.PASS


@given(outcomes=st.lists(st.sampled_from(Outcome)))
def test_a_later_finding_never_weighs(outcomes: list[Outcome]) -> None:
    now = [_finding(one) for one in outcomes]
    later = [_finding(one, timing=Timing.LATER) for one in Outcome]

    assert gravity_of([*now, *later]) == gravity_of(now)


def test_a_passing_verdict_has_nothing_that_decides_against_it() -> None:
    assert verdict_of().deciding == ()


def test_asking_for_a_criterion_nobody_looked_at_is_a_broken_call() -> None:
    empty = Verdict(
        person_id=PERSON.person_id,
        post_id=TARGET.post_id,
        term=term_of("2025-2030", TARGET.line),
        pack_key="50-qd-tw",
        as_of=DAY,
        outcome=Outcome.PASS,
        findings=(),
    )

    with pytest.raises(ValueError, match="no finding on age"):
        empty.finding(Criterion.AGE)


def test_a_verdict_survives_the_way_to_another_process() -> None:
    verdict = verdict_of()

    there_and_back = pickle.loads(pickle.dumps(verdict))  # noqa: S301

    assert there_and_back == verdict
    assert there_and_back.findings[0].sentence == verdict.findings[0].sentence
