"""The units of the invented district Thạch Bình."""

from __future__ import annotations

from kecan.regulations.facts import Unit, UnitKind
from kecan.vocabulary import Level, UnitId

ROOT = UnitId("HU")

# Key, name, trained fields that fit its head.
ADMINISTRATIVE = {
    "NV": ("Phòng Nội vụ", ("quản lý nhà nước", "luật")),
    "TCKH": ("Phòng Tài chính - Kế hoạch", ("kinh tế", "tài chính")),
    "KT": ("Phòng Kinh tế", ("kinh tế", "nông nghiệp")),
    "QLDT": ("Phòng Quản lý đô thị", ("kỹ thuật", "xây dựng")),
    "TNMT": ("Phòng Tài nguyên và Môi trường", ("kỹ thuật", "quản lý đất đai")),
    "GDDT": ("Phòng Giáo dục và Đào tạo", ("sư phạm",)),
    "YT": ("Phòng Y tế", ("y khoa",)),
    "LDTBXH": ("Phòng Lao động - Thương binh và Xã hội", ("xã hội học", "luật")),
    "VHTT": ("Phòng Văn hoá và Thông tin", ("văn hoá", "báo chí")),
    "TP": ("Phòng Tư pháp", ("luật",)),
    "TTR": ("Thanh tra huyện", ("luật", "kinh tế")),
    "VPUB": ("Văn phòng HĐND và UBND", ("luật", "quản lý nhà nước")),
}
PARTY_BODIES = {
    "VPHU": "Văn phòng Huyện uỷ",
    "BTC": "Ban Tổ chức Huyện uỷ",
    "BTG": "Ban Tuyên giáo Huyện uỷ",
    "BDV": "Ban Dân vận Huyện uỷ",
    "UBKT": "Uỷ ban Kiểm tra Huyện uỷ",
}
PUBLIC = {
    "TTYT": ("Trung tâm Y tế", ("y khoa",)),
    "BQLDA": ("Ban Quản lý dự án đầu tư xây dựng", ("xây dựng", "kỹ thuật", "kinh tế")),
    "GDTX": ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên", ("sư phạm",)),
    "TTVH": ("Trung tâm Văn hoá - Thông tin và Thể thao", ("văn hoá", "báo chí")),
    "PTQD": ("Trung tâm Phát triển quỹ đất", ("quản lý đất đai", "kinh tế")),
}
UNIONS = {
    "DTN": "Huyện đoàn",
    "PN": "Hội Liên hiệp Phụ nữ",
    "ND": "Hội Nông dân",
    "CCB": "Hội Cựu chiến binh",
    "LDLD": "Liên đoàn Lao động",
}
BASES = {
    "DBCA": "Đảng bộ Công an huyện",
    "DBQS": "Đảng bộ Quân sự huyện",
    "CBTA": "Chi bộ Toà án nhân dân huyện",
    "CBVKS": "Chi bộ Viện kiểm sát nhân dân huyện",
    "CBTHA": "Chi bộ Chi cục Thi hành án dân sự",
    "CBTHUE": "Chi bộ Chi cục Thuế",
    "CBNH": "Chi bộ Ngân hàng Chính sách xã hội",
    "DBDN": "Đảng bộ Công ty Thuỷ lợi Thạch Bình",
}
COMMUNES = (
    "Bình Lâm", "Bình Khê", "Cẩm Loan", "Đại Hữu", "Hạ Trì", "Hữu Phúc", "Kim Loan",
    "Lam Cầu", "Phú Thạch", "Tân Vực", "Thượng Khê", "Tiên Trì", "Yên Mạc", "Cổ Loan",
    "Đồng Vàng", "Hương Lâm", "Lại Khê", "Minh Trạch", "Ngọc Chử", "Quang Vực",
    "Đông Khê", "Thạch Bình",
)  # fmt: skip


def district_units() -> tuple[Unit, ...]:
    """Return the units of the district, parents first."""
    named = {
        UnitKind.PARTY_BODY: PARTY_BODIES,
        UnitKind.ADMINISTRATIVE: _names(ADMINISTRATIVE),
        UnitKind.PUBLIC_SERVICE: _names(PUBLIC),
        UnitKind.UNION: UNIONS,
        UnitKind.PARTY_BASE: BASES,
    }
    units = [
        _unit("HU", "Huyện uỷ Thạch Bình", UnitKind.COMMITTEE),
        _unit("HDND", "Hội đồng nhân dân huyện", UnitKind.PEOPLES_COUNCIL),
        _unit("UBND", "Uỷ ban nhân dân huyện", UnitKind.PEOPLES_COMMITTEE),
        _unit("MTTQ", "Uỷ ban Mặt trận Tổ quốc Việt Nam huyện", UnitKind.FRONT),
        _unit("CA", "Công an huyện", UnitKind.ARMED_FORCES),
        _unit("QS", "Ban Chỉ huy Quân sự huyện", UnitKind.ARMED_FORCES),
    ]
    for kind, units_of_kind in named.items():
        units += [_unit(key, name, kind) for key, name in units_of_kind.items()]
    for number, name in enumerate(COMMUNES, start=1):
        units.append(
            Unit(
                unit_id=UnitId(f"X{number:02d}"),
                name=f"{place_kind(name).capitalize()} {name}",
                kind=UnitKind.COMMUNE,
                level=Level.COMMUNE,
                parent_id=ROOT,
            )
        )
    return tuple(units)


def place_kind(name: str) -> str:
    """Return what a commune is called: one of them is the district's town."""
    return "thị trấn" if name == COMMUNES[-1] else "xã"


def _names(units: dict[str, tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    return {key: name for key, (name, _) in units.items()}


def _unit(key: str, name: str, kind: UnitKind) -> Unit:
    return Unit(
        unit_id=UnitId(key),
        name=name,
        kind=kind,
        level=Level.DISTRICT,
        parent_id=None if key == ROOT else ROOT,
    )
