"""Whether a text standing alone reads as the name of a person."""

from __future__ import annotations

from kecan.workbook.text import fold

_FAMILY_NAMES = frozenset(
    fold(name)
    for name in [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Đào",
        "Đinh",
        "Lâm",
        "Phùng",
        "Mai",
        "Tô",
        "Trịnh",
        "Hà",
        "Cao",
        "Châu",
        "Tạ",
        "Đoàn",
        "Vương",
        "Trương",
        "Lương",
        "Lưu",
        "Quách",
        "Chu",
        "Doãn",
        "Thái",
        "Tống",
        "Kiều",
        "Bạch",
        "La",
        "Lò",
        "Lường",
        "Quàng",
        "Cầm",
        "Tòng",
        "Lèo",
        "Vì",
        "Điêu",
        "Giàng",
        "Vàng",
        "Sùng",
        "Thào",
        "Mùa",
        "Hờ",
        "Hạng",
        "Cứ",
        "Lầu",
        "Ma",
        "Nông",
        "Hoàng",
        "Triệu",
        "Bàn",
        "Đàm",
        "Chẩu",
        "Hứa",
        "Vi",
        "Lữ",
        "Sầm",
        "Lô",
        "Kha",
        "Lục",
        "Mạc",
        "Mã",
        "Nghiêm",
        "Ninh",
        "Ông",
        "Phó",
        "Phí",
        "Quản",
        "Tăng",
        "Tiêu",
        "Từ",
        "Ung",
        "Viên",
        "Vy",
        "Khuất",
        "Khúc",
        "Hàn",
        "Hạ",
        "Hầu",
        "Giáp",
        "Cù",
        "Công",
        "Cung",
        "Chử",
        "Chung",
        "Âu",
        "An",
        "Ân",
        "Bế",
        "Biện",
        "Danh",
        "Thạch",
        "Sơn",
        "Kim",
        "Lăng",
        "Lã",
        "Lại",
        "Nhữ",
        "Ngọ",
        "Ngân",
        "Phương",
        "Siu",
        "Rơ",
        "Ksor",
        "Nay",
        "Y",
        "H'",
    ]
)
_SHORTEST, _LONGEST = 2, 6
_NOT_NAMES = frozenset(("doan thanh nien", "doan tncs", "doan tnch", "ban dan van"))


def looks_like_name(text: str) -> bool:
    """Tell whether a text is two to six capitalised words, a family name first."""
    words = text.split()
    folded = fold(text)
    if not _SHORTEST <= len(words) <= _LONGEST:
        return False
    if any(folded.startswith(other) for other in _NOT_NAMES):
        return False
    if not all(word[0].isupper() and _is_letters(word) for word in words):
        return False
    first = fold(words[0])
    return first in _FAMILY_NAMES or words[0].upper().startswith("H'")


def _is_letters(word: str) -> bool:
    return word.replace("'", "").replace("-", "").isalpha()
