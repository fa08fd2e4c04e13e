"""The units and posts of the invented district Thạch Bình."""

from __future__ import annotations

from dataclasses import dataclass

from kecan.regulations.facts import (
    Post,
    PostKind,
    ProfessionLevel,
    TheoryLevel,
    Unit,
    UnitKind,
)
from kecan.vocabulary import Level, Line, PostId, UnitId

ROOT = UnitId("HU")
_ADMINISTRATIVE = {
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
_PARTY = {
    "VPHU": "Văn phòng Huyện uỷ",
    "BTC": "Ban Tổ chức Huyện uỷ",
    "BTG": "Ban Tuyên giáo Huyện uỷ",
    "BDV": "Ban Dân vận Huyện uỷ",
    "UBKT": "Uỷ ban Kiểm tra Huyện uỷ",
}
_PUBLIC = {
    "TTYT": "Trung tâm Y tế",
    "BQLDA": "Ban Quản lý dự án đầu tư xây dựng",
    "GDTX": "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên",
    "TTVH": "Trung tâm Văn hoá - Thông tin và Thể thao",
    "PTQD": "Trung tâm Phát triển quỹ đất",
}
_UNIONS = {
    "DTN": "Huyện đoàn",
    "PN": "Hội Liên hiệp Phụ nữ",
    "ND": "Hội Nông dân",
    "CCB": "Hội Cựu chiến binh",
    "LDLD": "Liên đoàn Lao động",
}
_BASES = {
    "DBCA": "Đảng bộ Công an huyện",
    "DBQS": "Đảng bộ Quân sự huyện",
    "CBTA": "Chi bộ Toà án nhân dân huyện",
    "CBVKS": "Chi bộ Viện kiểm sát nhân dân huyện",
    "CBTHUE": "Chi bộ Chi cục Thuế",
    "CBNH": "Chi bộ Ngân hàng Chính sách xã hội",
}
COMMUNES = (
    "Bình Lâm", "Bình Sơn", "Cẩm Đình", "Đại Thịnh", "Hạ Lôi", "Hữu Phúc", "Kim Giang",
    "Lam Cầu", "Phú Thạch", "Tân Hoà", "Thượng Khê", "Tiên Lữ", "Yên Lạc", "Cổ Loan",
    "Đồng Vàng", "Hương Trà", "Lại Thịnh", "Minh Tiến", "Ngọc Chử", "Thạch Bình",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: PostKind
    line: Line
    rank: int
    managed_by: Level


_HEAD_GOV = _Kind(PostKind.HEAD, Line.GOVERNMENT, 60, Level.DISTRICT)
_HEAD_PARTY = _Kind(PostKind.HEAD, Line.PARTY, 60, Level.DISTRICT)
_DEPUTY_GOV = _Kind(PostKind.DEPUTY, Line.GOVERNMENT, 40, Level.DISTRICT)
_DEPUTY_PARTY = _Kind(PostKind.DEPUTY, Line.PARTY, 40, Level.DISTRICT)


def district_units() -> tuple[Unit, ...]:
    """Return the units of the district, parents first."""
    named = {
        UnitKind.PARTY_BODY: _PARTY,
        UnitKind.ADMINISTRATIVE: {
            key: name for key, (name, _) in _ADMINISTRATIVE.items()
        },
        UnitKind.PUBLIC_SERVICE: _PUBLIC,
        UnitKind.UNION: _UNIONS,
        UnitKind.PARTY_BASE: _BASES,
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
        prefix = "Thị trấn" if name == "Thạch Bình" else "Xã"
        units.append(
            Unit(
                unit_id=UnitId(f"X{number:02d}"),
                name=f"{prefix} {name}",
                kind=UnitKind.COMMUNE,
                level=Level.COMMUNE,
                parent_id=ROOT,
            )
        )
    return tuple(units)


def _unit(key: str, name: str, kind: UnitKind) -> Unit:
    return Unit(
        unit_id=UnitId(key),
        name=name,
        kind=kind,
        level=Level.DISTRICT,
        parent_id=None if key == ROOT else ROOT,
    )


def district_posts() -> tuple[Post, ...]:
    """Return the posts of the district: 45 planned ones, then the others."""
    return (*_leading_posts(), *_unit_posts(), *_commune_posts())


def _post(  # noqa: PLR0913  # a post has that many parts
    key: str,
    title: str,
    unit: str,
    shape: _Kind,
    *,
    seats: int = 1,
    fields: tuple[str, ...] = (),
    is_planned: bool = True,
    level: Level = Level.DISTRICT,
) -> Post:
    is_leading = shape.managed_by is Level.PROVINCE
    return Post(
        post_id=PostId(key),
        title=title,
        unit_id=UnitId(unit),
        kind=shape.kind,
        level=level,
        line=shape.line,
        seats=seats,
        rank=shape.rank,
        managed_by=shape.managed_by,
        is_planned=is_planned,
        required_profession=ProfessionLevel.BACHELOR,
        required_theory=TheoryLevel.ADVANCED
        if is_leading
        else TheoryLevel.INTERMEDIATE,
        fitting_fields=fields,
    )


def _leading_posts() -> list[Post]:
    party, government, province = Line.PARTY, Line.GOVERNMENT, Level.PROVINCE
    rows: tuple[tuple[str, str, str, PostKind, Line, int, int, tuple[str, ...]], ...] = (
        ("UVBCH", "Uỷ viên Ban Chấp hành Đảng bộ huyện", "HU", PostKind.COMMITTEE_MEMBER, party, 70, 41, ()),
        ("UVBTV", "Uỷ viên Ban Thường vụ Huyện uỷ", "HU", PostKind.STANDING_MEMBER, party, 80, 13, ()),
        ("BT", "Bí thư Huyện uỷ", "HU", PostKind.SECRETARY, party, 100, 1, ()),
        ("PBTTT", "Phó Bí thư Thường trực Huyện uỷ", "HU", PostKind.DEPUTY_SECRETARY, party, 96, 1, ()),
        ("PBT", "Phó Bí thư Huyện uỷ", "HU", PostKind.DEPUTY_SECRETARY, party, 95, 1, ()),
        ("CTHD", "Chủ tịch HĐND huyện", "HDND", PostKind.COUNCIL_CHAIR, government, 94, 1, ()),
        ("PCTHD", "Phó Chủ tịch HĐND huyện", "HDND", PostKind.COUNCIL_VICE_CHAIR, government, 84, 1, ("luật",)),
        ("CTUB", "Chủ tịch UBND huyện", "UBND", PostKind.PEOPLES_COMMITTEE_CHAIR, government, 95, 1, ("kinh tế", "luật")),
        ("PCTKT", "Phó Chủ tịch UBND huyện (kinh tế)", "UBND", PostKind.PEOPLES_COMMITTEE_VICE_CHAIR, government, 85, 1, ("kinh tế", "kỹ thuật", "xây dựng")),
        ("PCTVX", "Phó Chủ tịch UBND huyện (văn xã)", "UBND", PostKind.PEOPLES_COMMITTEE_VICE_CHAIR, government, 85, 1, ("sư phạm", "y khoa", "văn hoá")),
    )  # fmt: skip
    return [
        _post(
            key,
            title,
            unit,
            _Kind(kind, line, rank, province),
            seats=seats,
            fields=fields,
        )
        for key, title, unit, kind, line, rank, seats, fields in rows
    ]


def _unit_posts() -> list[Post]:
    posts = [
        _post(f"T-{key}", f"Trưởng {name}" if key != "VPHU" else "Chánh Văn phòng Huyện uỷ", key, _HEAD_PARTY)
        if key != "UBKT"
        else _post("T-UBKT", "Chủ nhiệm Uỷ ban Kiểm tra Huyện uỷ", key, _HEAD_PARTY)
        for key, name in _PARTY.items()
    ]  # fmt: skip
    for key, (name, fields) in _ADMINISTRATIVE.items():
        posts.append(
            _post(f"T-{key}", _head_title(key, name), key, _HEAD_GOV, fields=fields)
        )
    posts.append(_post("T-MTTQ", "Chủ tịch Uỷ ban MTTQ huyện", "MTTQ", _Kind(PostKind.HEAD, Line.PARTY, 62, Level.DISTRICT)))  # fmt: skip
    posts += [
        _post(f"T-{key}", _union_title(key, name), key, _HEAD_PARTY)
        for key, name in _UNIONS.items()
    ]
    posts += [
        _post(f"T-{key}", f"Giám đốc {name}", key, _HEAD_GOV)
        for key, name in _PUBLIC.items()
    ]
    posts += [
        _post(f"P-{key}", f"Phó {_PARTY[key]}".replace("Phó Uỷ ban", "Phó Chủ nhiệm Uỷ ban").replace("Phó Ban", "Phó Trưởng Ban").replace("Phó Văn", "Phó Chánh Văn"), key, _DEPUTY_PARTY)
        for key in _PARTY
    ]  # fmt: skip
    deputies = {**{key: name for key, (name, _) in _ADMINISTRATIVE.items()}, **_PUBLIC}
    planned_deputies = {"TCKH", "KT"}
    posts += [
        _post(f"P-{key}", _deputy_title(key, name), key, _DEPUTY_GOV, is_planned=key in planned_deputies)
        for key, name in deputies.items()
    ]  # fmt: skip
    posts += [
        _post("T-CA", "Trưởng Công an huyện", "CA", _HEAD_GOV, is_planned=False),
        _post("T-QS", "Chỉ huy trưởng Ban Chỉ huy Quân sự huyện", "QS", _HEAD_GOV, is_planned=False),
    ]  # fmt: skip
    posts += [
        _post(f"B-{key}", f"Bí thư {name}", key, _Kind(PostKind.SECRETARY, Line.PARTY, 50, Level.DISTRICT), is_planned=False)
        for key, name in _BASES.items()
    ]  # fmt: skip
    return posts


def _head_title(key: str, name: str) -> str:
    special = {
        "TTR": "Chánh Thanh tra huyện",
        "VPUB": "Chánh Văn phòng HĐND và UBND huyện",
    }
    return special.get(key, f"Trưởng {name}")


def _deputy_title(key: str, name: str) -> str:
    special = {
        "TTR": "Phó Chánh Thanh tra huyện",
        "VPUB": "Phó Chánh Văn phòng HĐND và UBND huyện",
    }
    title = f"Phó Giám đốc {name}" if key in _PUBLIC else f"Phó Trưởng {name}"
    return special.get(key, title)


def _union_title(key: str, name: str) -> str:
    return "Bí thư Huyện đoàn" if key == "DTN" else f"Chủ tịch {name} huyện"


def _commune_posts() -> list[Post]:
    posts: list[Post] = []
    for number, name in enumerate(COMMUNES, start=1):
        unit = f"X{number:02d}"
        for key, title, kind, line, rank in (
            ("BT", "Bí thư Đảng uỷ", PostKind.SECRETARY, Line.PARTY, 50),
            ("HD", "Chủ tịch HĐND", PostKind.COUNCIL_CHAIR, Line.GOVERNMENT, 47),
            ("UB", "Chủ tịch UBND", PostKind.PEOPLES_COMMITTEE_CHAIR, Line.GOVERNMENT, 48),
        ):  # fmt: skip
            place = "thị trấn" if name == "Thạch Bình" else "xã"
            posts.append(
                _post(
                    f"{key}-{unit}",
                    f"{title} {place} {name}",
                    unit,
                    _Kind(kind, line, rank, Level.DISTRICT),
                    is_planned=False,
                    level=Level.COMMUNE,
                )
            )
    return posts
