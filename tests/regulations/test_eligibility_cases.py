"""The cases a jurist reads: one change to the model person, one answer, one source."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.regulations.model_person import (
    DAY,
    TARGET,
    person_from,
    post_from,
    verdict_of,
)

from kecan.regulations.facts import AnnualRating, PersonFacts, Post, RatingGrade
from kecan.regulations.verdict import Criterion, Outcome, Verdict
from kecan.vocabulary import Level

CASES = Path(__file__).parents[1] / "cases"


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text("utf-8"))


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = _file(name)["case"]
    return cases


def _rated_later(person: PersonFacts) -> PersonFacts:
    later = tuple(
        AnnualRating(year=year, grade=RatingGrade.GOOD) for year in (2022, 2023, 2024)
    )
    return replace(person, ratings=(*person.ratings, *later))


def _judged(case: dict[str, Any], *, rules: str, post: Post) -> Verdict:
    person = person_from(case.get("person", {}))
    is_377 = rules == "377-qd-tw"
    return verdict_of(
        _rated_later(person) if is_377 else person,
        post=post_from(case.get("post", {}), model=post),
        term=case.get("term", "2030-2035" if is_377 else "2025-2030"),
        rules=rules,
        as_of=case.get("as_of", date(2025, 11, 1) if is_377 else DAY),
    )


def _require_as_written(case: dict[str, Any], verdict: Verdict) -> None:
    found = verdict.finding(Criterion(case["criterion"]))

    assert found.outcome.value == case["outcome"], found.sentence.vi
    assert found.timing.value == case.get("timing", found.timing.value)
    assert found.confidence.value == case.get("confidence", found.confidence.value)
    assert verdict.outcome.value == case.get("verdict", verdict.outcome.value)
    assert found.sentence.vi.startswith(case.get("sentence", ""))


@pytest.mark.parametrize("case", _cases("eligibility-50.toml"), ids=lambda c: c["name"])
def test_under_50_qd_tw_the_criterion_answers_as_the_case_says(
    case: dict[str, Any],
) -> None:
    _require_as_written(case, _judged(case, rules="50-qd-tw", post=TARGET))


@pytest.mark.parametrize(
    "case", _cases("eligibility-377.toml"), ids=lambda c: c["name"]
)
def test_under_377_qd_tw_the_criterion_answers_as_the_case_says(
    case: dict[str, Any],
) -> None:
    commune = replace(TARGET, level=Level.COMMUNE)

    _require_as_written(case, _judged(case, rules="377-qd-tw", post=commune))


@pytest.mark.parametrize("name", ["eligibility-50.toml", "eligibility-377.toml"])
def test_every_case_names_a_source_that_the_file_lists(name: str) -> None:
    sources = set(_file(name)["sources"])

    assert {case["source"] for case in _cases(name)} == sources


def test_every_criterion_passes_and_fails_somewhere_in_the_cases() -> None:
    cases = [
        case
        for name in ("eligibility-50.toml", "eligibility-377.toml")
        for case in _cases(name)
    ]
    seen = {(case["criterion"], case["outcome"]) for case in cases}

    passing = {criterion for criterion, outcome in seen if outcome == Outcome.PASS}
    refusing = {criterion for criterion, outcome in seen if outcome != Outcome.PASS}
    assert passing == {*Criterion} - {Criterion.POLITICAL_STANDARD}
    assert refusing == {*Criterion}
