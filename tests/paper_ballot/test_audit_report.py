"""An audit from dice to conclusion, and the words for it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from tests.paper_ballot.stacks import NO, YES, mark, sheet, stack

from kecan.paper_ballot.audit_report import (
    AuditedContest,
    AuditReport,
    AuditTerms,
    Conclusion,
    SheetNotDrawnError,
    audit,
)
from kecan.paper_ballot.audit_sample import Seed, sample
from kecan.paper_ballot.audit_words import (
    assertion_words,
    conclusion_words,
    percent,
)
from kecan.regulations.paper_audit import load_paper_audit_rules
from kecan.vocabulary import Base, Bound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kecan.tally import Sheet

SEED = Seed(digits="93686630803205229070")
TERMS = AuditTerms(
    limit=Fraction(5, 100), inflation=Fraction("1.03905"), reread_from=Fraction(1, 2)
)
HALF = mark("1/2", Bound.OVER, Base.PRESENT)


def contest(*names: str, cap: int | None = None) -> AuditedContest:
    return AuditedContest(
        title="Bí thư", nominees=names, threshold=HALF, base=348, cap=cap
    )


def run(
    record: list[Sheet],
    found: Mapping[int, Sheet | None],
    *,
    cap: int | None = None,
) -> AuditReport:
    names = ("An", "Bình", "Cường")[: len(record[0].states[0])]
    return audit(
        record, [contest(*names, cap=cap)], seed=SEED, terms=TERMS, found=found
    )


def as_recorded(record: list[Sheet], size: int) -> dict[int, Sheet | None]:
    return {
        position: record[position - 1]
        for position in sample(SEED, stack=len(record), size=size)
    }


def test_before_anything_is_read_it_says_which_sheets_to_pull() -> None:
    """Over half of 348 needs 175: An has 20 more than 174, so 49 sheets."""
    report = run(stack(348, 194), {})

    assert report.conclusion is Conclusion.PULL
    assert report.pull == sample(SEED, stack=348, size=49)
    assert report.risk == 1


def test_when_every_pulled_sheet_matches_the_result_is_confirmed() -> None:
    record = stack(348, 194)

    report = run(record, as_recorded(record, 49))

    assert report.conclusion is Conclusion.CONFIRMED
    assert report.pull == report.differing == ()
    assert Fraction(4, 100) < report.risk <= TERMS.limit
    words = conclusion_words(report, TERMS)
    assert words.vi.startswith("Đã đối chiếu 49 trên 348 tờ: kết quả được khẳng định.")
    assert "không quá giới hạn 5\u00a0%" in words.vi
    assert "within the limit of 5%" in words.en


def test_a_wrong_record_is_named_and_more_sheets_are_pulled() -> None:
    record = stack(348, 194)
    found = as_recorded(record, 49)
    agreeing = next(position for position in found if position <= 194)
    found[agreeing] = sheet(agreeing, NO)

    report = run(record, found)

    assert report.conclusion is Conclusion.PULL
    assert report.differing == (agreeing,)
    assert report.pull == sample(SEED, stack=348, size=49 + len(report.pull))[49:]
    assert "lấy thêm" in conclusion_words(report, TERMS).vi


def test_a_sheet_that_is_not_in_the_stack_counts_as_the_worst() -> None:
    record = stack(348, 194)
    found = as_recorded(record, 49)
    agreeing = next(position for position in found if position <= 194)
    found[agreeing] = None
    wrong = {**found, agreeing: sheet(agreeing, NO)}

    assert run(record, found).missing == (agreeing,)
    assert run(record, found).risk == run(record, wrong).risk


def test_a_small_margin_is_read_again_in_full() -> None:
    """Two more than 174 would take over half of the stack."""
    report = run(stack(348, 176), {})

    assert report.conclusion is Conclusion.REREAD_ALL
    assert sorted(report.pull) == list(range(1, 349))
    assert "chỉ 2 tờ ghi sai" in conclusion_words(report, TERMS).vi


def test_a_full_reading_settles_a_margin_of_one() -> None:
    record = stack(348, 175)

    report = run(record, as_recorded(record, 348))

    assert (report.conclusion, report.risk) == (Conclusion.CONFIRMED, 0)
    assert conclusion_words(report, TERMS).vi == (
        "Đã đọc lại toàn bộ 348 tờ trên giấy: kết quả được khẳng định."
    )


def test_a_full_reading_that_says_otherwise_contradicts_the_count() -> None:
    record = stack(348, 175)
    found = as_recorded(record, 348)
    found[175] = sheet(175, NO)

    report = run(record, found)

    assert report.conclusion is Conclusion.CONTRADICTED
    assert "lấy kết quả đọc từ giấy" in conclusion_words(report, TERMS).vi


def test_nominees_tied_at_the_cap_are_read_again_in_full() -> None:
    report = run(stack(348, 300, 200, 200), {}, cap=2)

    assert report.conclusion is Conclusion.REREAD_ALL
    assert report.tied == ((0, 1), (0, 2))
    assert report.risk == 1
    assert "2 người bằng phiếu" in conclusion_words(report, TERMS).vi


def test_validity_alone_can_differ() -> None:
    record = stack(348, 194)
    found = as_recorded(record, 1)
    (only,) = found
    found[only] = sheet(only, YES if only <= 194 else NO, is_valid=False)

    assert run(record, found).differing == (only,)


def test_sheets_the_dice_did_not_draw_are_refused() -> None:
    record = stack(348, 194)

    with pytest.raises(SheetNotDrawnError) as refused:
        run(record, {1: record[0]})

    assert (refused.value.expected, refused.value.position) == (86, 1)


def test_a_record_with_a_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="without a gap"):
        run([sheet(1, YES), sheet(3, NO)], {})


def test_every_assertion_names_its_people() -> None:
    record = stack(348, 300, 250, 200)

    report = run(record, {}, cap=2)

    contests = [contest("An", "Bình", "Cường")]
    said = [assertion_words(one.assertion, contests).vi for one in report.measured]
    assert said == [
        "An đạt mức",
        "Bình đạt mức",
        "An nhiều phiếu hơn Cường",
        "Bình nhiều phiếu hơn Cường",
    ]


@pytest.mark.parametrize(
    ("share", "vi", "en"),
    [
        (Fraction(5, 100), "5\u00a0%", "5%"),
        (Fraction(1, 3), "33,34\u00a0%", "33.34%"),
        (Fraction(1, 1000), "0,1\u00a0%", "0.1%"),
        (0, "0\u00a0%", "0%"),
    ],
)
def test_a_risk_is_rounded_up(share: Fraction, vi: str, en: str) -> None:
    assert (percent(share).vi, percent(share).en) == (vi, en)


def test_terms_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot go by"):
        AuditTerms(limit=Fraction(0), inflation=Fraction(2), reread_from=Fraction(1, 2))


def test_the_shipped_terms_are_assumed_and_say_so() -> None:
    rules = load_paper_audit_rules()

    assert rules.risk_limit.value == Fraction(5, 100)
    assert {
        rules.risk_limit.confidence,
        rules.error_inflation.confidence,
        rules.full_reread_from.confidence,
    } == {"assumed"}
