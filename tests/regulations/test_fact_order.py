"""Two facts that differ only in their paper are shown in one order, however filed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kecan.regulations.eligibility import judge
from kecan.regulations.facts import (
    AnnualRating,
    Departure,
    DepartureKind,
    Discipline,
    DisciplineForm,
    OfficeHeld,
    PersonFacts,
    PoliticalConclusion,
    Post,
    PostKind,
    RatingGrade,
    TheoryLevel,
    Training,
    TrainingKind,
)
from kecan.regulations.pack import load_pack
from kecan.vocabulary import (
    Level,
    Line,
    PartialDate,
    PersonId,
    PostId,
    Sentence,
    Term,
    UnitId,
)

WHEN = PartialDate(2021, 5)
POST = Post(
    post_id=PostId("BT"),
    title="Bí thư Huyện uỷ",
    unit_id=UnitId("HU"),
    kind=PostKind.SECRETARY,
    level=Level.DISTRICT,
    line=Line.PARTY,
    seats=1,
    rank=100,
    required_theory=TheoryLevel.ADVANCED,
)


def _said(facts: dict[str, Any]) -> list[tuple[Sentence, tuple[Sentence, ...]]]:
    verdict = judge(
        PersonFacts(person_id=PersonId("1"), full_name="Trần Thị Ước", **facts),
        post=POST,
        term=Term(line=Line.PARTY, first_year=2025, last_year=2030),
        pack=load_pack("50-qd-tw"),
        as_of=date(2022, 5, 10),
        posts={POST.post_id: POST},
    )
    return [(finding.sentence, finding.evidence) for finding in verdict.findings]


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("offices", lambda paper: OfficeHeld(post_id=None, title="Chuyên viên", since=WHEN, source=paper)),
        ("ratings", lambda paper: AnnualRating(year=2021, grade=RatingGrade.GOOD, source=paper)),
        ("disciplines", lambda paper: Discipline(form=DisciplineForm.REPRIMAND, decided=WHEN, source=paper)),
        ("trainings", lambda paper: Training(kind=TrainingKind.THEORY, theory=TheoryLevel.ADVANCED, source=paper)),
        ("political_conclusions", lambda paper: PoliticalConclusion(concluded=WHEN, meets_standard=True, source=paper)),
        ("departures", lambda paper: Departure(left=WHEN, kind=DepartureKind.RETIRED, source=paper)),
    ],
)  # fmt: skip
def test_the_order_of_filing_changes_no_word(kind: str, fact: Any) -> None:  # noqa: ANN401  # a maker of any fact
    first, second = fact("QĐ 12-QĐ/HU"), fact("QĐ 34-QĐ/HU")

    assert _said({kind: (first, second)}) == _said({kind: (second, first)})
