"""The words of a count: bases, marks, reasons and results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.tally import InvalidReason, LineResult, least_votes
from kecan.vocabulary import Base, Bound, Confidence

if TYPE_CHECKING:
    from fractions import Fraction

    from kecan.vocabulary import Threshold

_WHOLE = 100

BASE_WORDS = {
    Base.SUMMONED: "số người được triệu tập",
    Base.PRESENT: "số người có mặt",
    Base.ISSUED: "số phiếu phát ra",
    Base.RETURNED: "số phiếu thu về",
    Base.VALID: "số phiếu hợp lệ",
}
INVALID_WORDS = {
    InvalidReason.NOT_ISSUED: "Không do Tổ kiểm phiếu phát ra",
    InvalidReason.TOO_MANY: "Chọn quá số lượng quy định",
    InvalidReason.BLANK: "Không chọn ai ở mọi danh sách",
    InvalidReason.BOTH_BOXES: "Đánh dấu cả hai ô ở một dòng",
    InvalidReason.SIGNED: "Có ký tên hoặc dấu hiệu riêng",
    InvalidReason.TORN: "Rách, nát, không đọc được",
}
RESULT_WORDS = {
    LineResult.PASSED: "Đạt",
    LineResult.NOT_PASSED: "Không đạt",
    LineResult.TIED: "Bằng phiếu, chờ quyết định",
}


def mark_words(threshold: Threshold) -> str:
    """Return "trên 50% số người có mặt" or "từ 30% số người có mặt trở lên"."""
    share, base = _share_words(threshold.share), BASE_WORDS[threshold.base]
    if threshold.bound is Bound.OVER:
        return f"trên {share} {base}"
    return f"từ {share} {base} trở lên"


def mark_sentence(threshold: Threshold, *, base: int) -> str:
    """Return the mark, the base and the fewest votes that reach it.

    An assumed mark is shown as such, with the place it was taken from.

    Args:
        threshold: The mark.
        base: People or ballots it is a share of.
    """
    least = (
        f"tức từ {least_votes(threshold, base=base)} phiếu đồng ý trở lên"
        if base
        else "không có phiếu nào để tính mức"
    )
    sentence = f"Mức đạt: {mark_words(threshold)} ({base}), {least}"
    origin = f"{threshold.source.document}, {threshold.source.dated:%d/%m/%Y}"
    if threshold.confidence is Confidence.VERIFIED:
        return f"{sentence} (theo {origin})."
    return f"{sentence} (mức tạm áp dụng, chờ cấp có thẩm quyền xác nhận; nguồn: {origin})."


def _share_words(share: Fraction) -> str:
    percent = share * _WHOLE
    if percent.denominator == 1:
        return f"{percent.numerator}%"
    return f"{share.numerator}/{share.denominator}"
