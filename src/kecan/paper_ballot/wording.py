"""The words of the official ballot paper; every drawing of it takes them from here."""

from __future__ import annotations

from enum import StrEnum

from kecan.lettering.number_words import in_words

MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"
HOW_TO = "Cách ghi phiếu:"
WRITE_IN = "Giới thiệu thêm"
COLUMN_TITLES = ("STT", "Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác")
FULL_SCALE = "In ở tỷ lệ 100 %, không co giãn"


class Question(StrEnum):
    """What agreeing means."""

    NOMINATE = "nominate"
    REMOVE = "remove"


TITLES = {
    Question.NOMINATE: (
        "PHIẾU GIỚI THIỆU",
        "nguồn cán bộ quy hoạch các chức danh lãnh đạo, quản lý",
    ),
    Question.REMOVE: (
        "PHIẾU LẤY Ý KIẾN",
        "về đưa ra khỏi quy hoạch các chức danh lãnh đạo, quản lý",
    ),
}
BOX_TITLES = {
    Question.NOMINATE: ("Đồng ý", "Không đồng ý"),
    Question.REMOVE: ("Đồng ý đưa ra", "Không đồng ý đưa ra"),
}


def instructions(
    question: Question, *, has_write_ins: bool, both_boxes_spoil: bool = False
) -> tuple[str, ...]:
    """Return how to fill in the ballot, one sentence a line."""
    agree, disagree = BOX_TITLES[question]
    not_counted = (
        f"Người để trống cả hai ô không được tính là “{agree}”; chỉ một người bị đánh "
        "dấu cả hai ô là cả phiếu không hợp lệ."
        if both_boxes_spoil
        else "Người được đánh dấu cả hai ô hoặc để trống cả hai ô không được tính là "
        f"“{agree}”; phiếu vẫn hợp lệ."
    )
    sentences = [
        f"Với mỗi người, đánh dấu X vào một trong hai ô “{agree}” hoặc “{disagree}”.",
        not_counted,
    ]
    if question is Question.NOMINATE:
        sentences.append(
            f"Trong mỗi danh sách, chỉ chọn “{agree}” không quá số lượng ghi ở đầu danh "
            "sách, kể cả người giới thiệu thêm."
        )
    if has_write_ins:
        sentences.append(
            "Nếu giới thiệu người ngoài danh sách, ghi rõ họ và tên, năm sinh, chức vụ, "
            "đơn vị công tác vào dòng “Giới thiệu thêm”."
        )
    sentences.append("Không ký tên, không ghi hoặc đánh dấu riêng lên phiếu.")
    return tuple(sentences)


def limit(most: int) -> str:
    """Return the maximum of choices in figures and words."""
    return f"(Chọn không quá {most} ({in_words(most)}) người)"


def heading(number: int, *, title: str, term: str) -> str:
    """Return the heading of a contest."""
    return f"{number}. {title}, nhiệm kỳ {term}"
