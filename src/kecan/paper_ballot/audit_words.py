"""What an audit found, as a counting committee says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from kecan.lettering.number_words import PER_CENT
from kecan.paper_ballot.audit import AssertionKind
from kecan.paper_ballot.audit_report import Conclusion
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from kecan.paper_ballot.audit import Assertion
    from kecan.paper_ballot.audit_report import (
        AuditedContest,
        AuditReport,
        AuditTerms,
    )

_HUNDREDTHS_OF_A_PERCENT = 10_000


def percent(share: Fraction | int) -> Sentence:
    """Return a share in percent, rounded up to a hundredth: a risk is never flattered."""
    scaled = share * _HUNDREDTHS_OF_A_PERCENT
    hundredths = -(-scaled.numerator // scaled.denominator)
    whole, rest = divmod(hundredths, 100)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return Sentence(f"{text.replace('.', ',')}{PER_CENT}", f"{text}%")


def assertion_words(
    assertion: Assertion, contests: Sequence[AuditedContest]
) -> Sentence:
    """Return what an assertion says, naming the people."""
    names = contests[assertion.contest].nominees
    name = names[assertion.line]
    match assertion.kind:
        case AssertionKind.REACHES:
            return Sentence(f"{name} đạt mức", f"{name} reaches the mark")
        case AssertionKind.MISSES:
            return Sentence(f"{name} không đạt mức", f"{name} misses the mark")
        case AssertionKind.AHEAD:
            rival = names[assertion.rival or 0]
            return Sentence(
                f"{name} nhiều phiếu hơn {rival}", f"{name} is ahead of {rival}"
            )
        case _:
            assert_never(assertion.kind)


def conclusion_words(report: AuditReport, terms: AuditTerms) -> Sentence:
    """Return the conclusion and what to do next, in one sentence or two."""
    measured, limit = percent(report.risk), percent(terms.limit)
    seen, stack = report.looked_at, report.stack
    match report.conclusion:
        case Conclusion.CONFIRMED if seen == stack:
            return Sentence(
                f"Đã đọc lại toàn bộ {stack} tờ trên giấy: kết quả được khẳng định.",
                f"All {stack} sheets were read again: the paper confirms the result.",
            )
        case Conclusion.CONFIRMED:
            return Sentence(
                f"Đã đối chiếu {seen} trên {stack} tờ: kết quả được khẳng định. Nếu kết "
                f"quả sai thì khả năng không phát hiện được nhiều nhất là {measured.vi}, "
                f"không quá giới hạn {limit.vi}.",
                f"{seen} of {stack} sheets compared: the result is confirmed. Were it "
                f"wrong, the chance of not noticing is at most {measured.en}, within "
                f"the limit of {limit.en}.",
            )
        case Conclusion.PULL:
            return Sentence(
                f"Đã đối chiếu {seen} trên {stack} tờ, chưa đủ để khẳng định: lấy thêm "
                f"{len(report.pull)} tờ theo danh sách bốc thăm, đọc và ghi lại.",
                f"{seen} of {stack} sheets compared, not yet enough: take out "
                f"{len(report.pull)} more sheets as drawn, read them and write them down.",
            )
        case Conclusion.REREAD_ALL:
            return _reread_all(report)
        case Conclusion.CONTRADICTED:
            return Sentence(
                f"Đã đọc lại cả {stack} tờ và giấy không khớp kết quả kiểm phiếu: lấy kết "
                "quả đọc từ giấy, lập biên bản và báo cáo chủ trì hội nghị.",
                f"All {stack} sheets were read and the paper does not bear out the "
                "result of the count: take it from the paper, minute it and tell the chair.",
            )
        case _:
            assert_never(report.conclusion)


def _reread_all(report: AuditReport) -> Sentence:
    left = len(report.pull)
    if report.tied:
        return Sentence(
            f"Có {len(report.tied)} người bằng phiếu ở giới hạn số lượng: phải đọc lại "
            f"toàn bộ {left} tờ còn lại.",
            f"{len(report.tied)} nominees are tied at the cap: read all {left} sheets "
            "that are left.",
        )
    nearest = min(one.least_wrong_sheets for one in report.measured)
    return Sentence(
        f"Khoảng cách quá nhỏ (chỉ {nearest} tờ ghi sai là đổi kết quả) nên bốc thăm "
        f"không đỡ công: đọc lại toàn bộ {left} tờ còn lại.",
        f"The margin is too small ({nearest} wrong records would change the result) for "
        f"a sample to save work: read all {left} sheets that are left.",
    )
