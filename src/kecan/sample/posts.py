"""The posts of the invented district Thạch Bình."""

from __future__ import annotations

from dataclasses import dataclass

from kecan.regulations.facts import (
    Post,
    PostKind,
    ProfessionLevel,
    TheoryLevel,
)
from kecan.sample.units import (
    ADMINISTRATIVE,
    BASES,
    COMMUNES,
    PARTY_BODIES,
    PUBLIC,
    UNIONS,
    place_kind,
)
from kecan.vocabulary import Level, Line, PostId, UnitId

# Units whose specialists are in the register: people near the leadership.
SPECIALISTS = {
    "BTC": Line.PARTY, "VPHU": Line.PARTY, "UBKT": Line.PARTY, "VPUB": Line.GOVERNMENT,
    "TCKH": Line.GOVERNMENT, "KT": Line.GOVERNMENT, "TNMT": Line.GOVERNMENT,
    "QLDT": Line.GOVERNMENT,
}  # fmt: skip

KEY_OFFICIALS = "Đối tượng 1"
"""The subject group of heads and secretaries, from whom leading posts are planned."""
OTHER_OFFICIALS = "Đối tượng 2"

_PLANNED_DEPUTIES = frozenset({"TCKH", "KT"})


@dataclass(frozen=True, slots=True)
class _Kind:
    kind: PostKind
    line: Line
    rank: int
    managed_by: Level


_HEAD_GOV = _Kind(PostKind.HEAD, Line.GOVERNMENT, 60, Level.DISTRICT)
_HEAD_PARTY = _Kind(PostKind.HEAD, Line.PARTY, 60, Level.DISTRICT)
_HEAD_FRONT = _Kind(PostKind.HEAD, Line.PARTY, 62, Level.DISTRICT)
_BASE_SECRETARY = _Kind(PostKind.SECRETARY, Line.PARTY, 50, Level.DISTRICT)
_DEPUTY_GOV = _Kind(PostKind.DEPUTY, Line.GOVERNMENT, 40, Level.DISTRICT)
_DEPUTY_PARTY = _Kind(PostKind.DEPUTY, Line.PARTY, 40, Level.DISTRICT)


def district_posts() -> tuple[Post, ...]:
    """Return the posts of the district: 45 planned ones, then the others."""
    return (
        *_leading_posts(),
        *_unit_posts(),
        *_posts_outside_the_plan(),
        *_commune_posts(),
    )


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
        subject_group=KEY_OFFICIALS
        if is_leading and shape.kind is not PostKind.COMMITTEE_MEMBER
        else None,
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
    units = {**ADMINISTRATIVE, **PUBLIC}
    return [
        *(
            _post(f"T-{key}", _party_head(key), key, _HEAD_PARTY)
            for key in PARTY_BODIES
        ),
        *(
            _post(f"T-{key}", _head_title(key, name), key, _HEAD_GOV, fields=fields)
            for key, (name, fields) in units.items()
        ),
        _post("T-MTTQ", "Chủ tịch Uỷ ban MTTQ huyện", "MTTQ", _HEAD_FRONT),
        *(
            _post(f"T-{key}", _union_title(key, name), key, _HEAD_PARTY)
            for key, name in UNIONS.items()
        ),
        *(
            _post(f"P-{key}", _party_deputy(key), key, _DEPUTY_PARTY)
            for key in PARTY_BODIES
        ),
        *(
            _post(
                f"P-{key}",
                _deputy_title(key, name),
                key,
                _DEPUTY_GOV,
                fields=fields,
                is_planned=key in _PLANNED_DEPUTIES,
            )
            for key, (name, fields) in units.items()
        ),
    ]


def _posts_outside_the_plan() -> list[Post]:
    return [
        _post("T-CA", "Trưởng Công an huyện", "CA", _HEAD_GOV, is_planned=False),
        _post("T-QS", "Chỉ huy trưởng Ban Chỉ huy Quân sự huyện", "QS", _HEAD_GOV, is_planned=False),
        *(
            _post(f"B-{key}", f"Bí thư {name}", key, _BASE_SECRETARY, is_planned=False)
            for key, name in BASES.items()
        ),
        *(
            _post(f"CV-{key}", "Chuyên viên", key, _Kind(PostKind.SPECIALIST, line, 20, Level.DISTRICT), seats=4, is_planned=False)
            for key, line in SPECIALISTS.items()
        ),
    ]  # fmt: skip


def _party_head(key: str) -> str:
    special = {
        "VPHU": "Chánh Văn phòng Huyện uỷ",
        "UBKT": "Chủ nhiệm Uỷ ban Kiểm tra Huyện uỷ",
    }
    return special.get(key, f"Trưởng {PARTY_BODIES[key]}")


def _party_deputy(key: str) -> str:
    special = {
        "VPHU": "Phó Chánh Văn phòng Huyện uỷ",
        "UBKT": "Phó Chủ nhiệm Uỷ ban Kiểm tra Huyện uỷ",
    }
    return special.get(key, f"Phó Trưởng {PARTY_BODIES[key]}")


def _head_title(key: str, name: str) -> str:
    special = {
        "TTR": "Chánh Thanh tra huyện",
        "VPUB": "Chánh Văn phòng HĐND và UBND huyện",
    }
    title = f"Giám đốc {name}" if key in PUBLIC else f"Trưởng {_inside(name)}"
    return special.get(key, title)


def _deputy_title(key: str, name: str) -> str:
    special = {
        "TTR": "Phó Chánh Thanh tra huyện",
        "VPUB": "Phó Chánh Văn phòng HĐND và UBND huyện",
    }
    is_public = key in PUBLIC
    title = f"Phó Giám đốc {name}" if is_public else f"Phó Trưởng {_inside(name)}"
    return special.get(key, title)


def _inside(name: str) -> str:
    """Return a unit's name as it stands inside a title: ``phòng Kinh tế``."""
    return name.replace("Phòng", "phòng", 1)


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
            posts.append(
                _post(
                    f"{key}-{unit}",
                    f"{title} {place_kind(name)} {name}",
                    unit,
                    _Kind(kind, line, rank, Level.DISTRICT),
                    is_planned=False,
                    level=Level.COMMUNE,
                )
            )
    return posts
