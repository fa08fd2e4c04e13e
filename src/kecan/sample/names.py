"""Invented Vietnamese names, by the frequency real ones have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.vocabulary import Sex

if TYPE_CHECKING:
    from random import Random

# Share of family names among the Kinh majority, in thousandths; the rest is spread.
_FAMILY = {
    "Nguyễn": 315, "Trần": 109, "Lê": 85, "Phạm": 61, "Hoàng": 51, "Phan": 28,
    "Vũ": 39, "Đặng": 21, "Bùi": 22, "Đỗ": 23, "Hồ": 13, "Ngô": 13, "Dương": 12,
    "Lý": 10, "Đinh": 9, "Trịnh": 8, "Đoàn": 7, "Mai": 6, "Cao": 6, "Lương": 6,
    "Tạ": 4, "Khuất": 4, "Chu": 4, "Kiều": 4, "Phùng": 5, "Hà": 5,
}  # fmt: skip
_MIDDLE = {
    Sex.MALE: [
        "Văn",
        "Đức",
        "Hữu",
        "Minh",
        "Quang",
        "Xuân",
        "Mạnh",
        "Đình",
        "Quốc",
        "Công",
        "Anh",
        "Tuấn",
        "Trọng",
        "Thành",
    ],
    Sex.FEMALE: [
        "Thị",
        "Thị",
        "Thị",
        "Thị",
        "Thu",
        "Thanh",
        "Ngọc",
        "Bích",
        "Kim",
        "Hồng",
        "Minh",
        "Phương",
        "Mai",
    ],
}
_GIVEN = {
    Sex.MALE: [
        "Hùng",
        "Dũng",
        "Cường",
        "Tuấn",
        "Hải",
        "Nam",
        "Sơn",
        "Long",
        "Thắng",
        "Bình",
        "Hoà",
        "Khánh",
        "Toàn",
        "Trung",
        "Tùng",
        "Việt",
        "Quân",
        "Phong",
        "Đạt",
        "Kiên",
        "Lâm",
        "Hiếu",
        "Nghĩa",
        "Phúc",
        "Thuỷ",
        "Vinh",
        "Ước",
        "Tiến",
        "Chiến",
        "Quyết",
    ],
    Sex.FEMALE: [
        "Hương",
        "Lan",
        "Hoa",
        "Nga",
        "Hằng",
        "Hà",
        "Thuỷ",
        "Thảo",
        "Yến",
        "Linh",
        "Trang",
        "Nhung",
        "Hạnh",
        "Hiền",
        "Loan",
        "Phượng",
        "Oanh",
        "Thuý",
        "Huyền",
        "Vân",
        "Dung",
        "Tâm",
        "Xuân",
        "Ánh",
        "Ngân",
        "Quỳnh",
        "Mai",
        "Liên",
    ],
}
_MINORITY: dict[str, dict[Sex, tuple[str, ...]]] = {
    "Mường": {Sex.MALE: ("Bùi Văn Nhiên", "Quách Công Hiển", "Đinh Công Sứ"),
              Sex.FEMALE: ("Bùi Thị Nhẫn", "Quách Thị Thơm", "Hà Thị Xiêm")},
    "Tày": {Sex.MALE: ("Nông Văn Thuần", "Hoàng Văn Slứ"),
            Sex.FEMALE: ("Nông Thị Bằng", "Ma Thị Niềm")},
    "Dao": {Sex.MALE: ("Triệu Tài Phúc Lợi", "Bàn Văn Chiêu"),
            Sex.FEMALE: ("Triệu Mùi Nái", "Bàn Thị Dất")},
    "Mông": {Sex.MALE: ("Giàng A Sếnh", "Vàng A Lử"),
             Sex.FEMALE: ("Giàng Thị Máy", "Sùng Thị Dợ")},
    "Ê Đê": {Sex.MALE: ("Y Thăm Niê",), Sex.FEMALE: ("H'Liên Niê",)},
}  # fmt: skip
MINORITIES = tuple(_MINORITY)
KINH = "Kinh"


def invent_name(sex: Sex, *, rng: Random) -> str:
    """Return a full name of the Kinh majority."""
    family = rng.choices(list(_FAMILY), weights=list(_FAMILY.values()))[0]
    return f"{family} {rng.choice(_MIDDLE[sex])} {rng.choice(_GIVEN[sex])}"


def invent_minority_name(ethnicity: str, sex: Sex, *, rng: Random) -> str:
    """Return a full name as one of the minorities in ``MINORITIES`` has it."""
    return rng.choice(_MINORITY[ethnicity][sex])
