"""What the headings of somebody else's list mean, whatever their wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from kecan.workbook.choices import PROFESSION_LEVELS, THEORY_LEVELS
from kecan.workbook.text import clean, fold


class ListField(StrEnum):
    """What a column of a list tells about a person."""

    ORDINAL = "ordinal"
    FULL_NAME = "full_name"
    FAMILY_NAME = "family_name"
    GIVEN_NAME = "given_name"
    BORN = "born"
    BIRTH_DAY = "birth_day"
    BIRTH_MONTH = "birth_month"
    BIRTH_YEAR = "birth_year"
    MALE = "male"  # a birth date or a cross in the column of the sex
    FEMALE = "female"
    SEX = "sex"
    ETHNICITY = "ethnicity"
    HOME_PLACE = "home_place"
    ACADEMIC_TITLE = "academic_title"
    PROFESSION = "profession"
    FIELD = "field"
    THEORY = "theory"
    STATE_MANAGEMENT = "state_management"
    LANGUAGE = "language"
    INFORMATICS = "informatics"
    DEFENCE = "defence"
    OFFICE = "office"
    OFFICE_SINCE = "office_since"
    UNIT = "unit"
    PARTY_JOINED = "party_joined"
    PARTY_OFFICIAL = "party_official"
    CITIZEN_ID = "citizen_id"
    PARTY_CARD = "party_card"
    PERSON_ID = "person_id"
    PLANNED_POST = "planned_post"
    PLAN_DECISION = "plan_decision"
    TERM = "term"
    RATING = "rating"


REPEATABLE = frozenset((ListField.RATING, ListField.PROFESSION, ListField.THEORY))
"""Fields that several columns may tell, such as the ratings of several years."""

TITLES = {
    ListField.ORDINAL: "số thứ tự",
    ListField.FULL_NAME: "Cán bộ: Họ và tên",
    ListField.FAMILY_NAME: "Cán bộ: Họ và tên (phần họ)",
    ListField.GIVEN_NAME: "Cán bộ: Họ và tên (phần tên)",
    ListField.BORN: "Cán bộ: Ngày sinh",
    ListField.BIRTH_DAY: "Cán bộ: Ngày sinh (ngày)",
    ListField.BIRTH_MONTH: "Cán bộ: Ngày sinh (tháng)",
    ListField.BIRTH_YEAR: "Cán bộ: Ngày sinh (năm)",
    ListField.MALE: "Cán bộ: Giới tính (nam) và Ngày sinh",
    ListField.FEMALE: "Cán bộ: Giới tính (nữ) và Ngày sinh",
    ListField.SEX: "Cán bộ: Giới tính",
    ListField.ETHNICITY: "Cán bộ: Dân tộc",
    ListField.HOME_PLACE: "Cán bộ: Quê quán",
    ListField.ACADEMIC_TITLE: "Cán bộ: Học hàm, học vị",
    ListField.PROFESSION: "Đào tạo: Trình độ chuyên môn",
    ListField.FIELD: "Đào tạo: Chuyên ngành",
    ListField.THEORY: "Đào tạo: Trình độ lý luận chính trị",
    ListField.STATE_MANAGEMENT: "Đào tạo: Quản lý nhà nước",
    ListField.LANGUAGE: "Đào tạo: Ngoại ngữ",
    ListField.INFORMATICS: "Đào tạo: Tin học",
    ListField.DEFENCE: "Đào tạo: Quốc phòng - an ninh",
    ListField.OFFICE: "Quá trình công tác: Chức vụ",
    ListField.OFFICE_SINCE: "Quá trình công tác: Từ ngày",
    ListField.UNIT: "Cán bộ: Đơn vị công tác",
    ListField.PARTY_JOINED: "Cán bộ: Ngày vào Đảng",
    ListField.PARTY_OFFICIAL: "Cán bộ: Ngày chính thức",
    ListField.CITIZEN_ID: "Cán bộ: Số CCCD",
    ListField.PARTY_CARD: "Cán bộ: Số thẻ đảng viên",
    ListField.PERSON_ID: "Cán bộ: Mã cán bộ",
    ListField.PLANNED_POST: "Quy hoạch hiện có: Chức danh",
    ListField.PLAN_DECISION: "Quy hoạch hiện có: Số quyết định",
    ListField.TERM: "Quy hoạch hiện có: Nhiệm kỳ",
    ListField.RATING: "Đánh giá: Xếp loại",
}
"""Where each field goes in the exchange workbook, for the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one column tells. ``option`` is a level whose column holds crosses."""

    field: ListField
    year: int | None = None
    option: str = ""


_YEAR = re.compile(r"\b(20\d\d|19\d\d)\b")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_LEFT_ALONE = re.compile(
    r"de xuat|de nghi|gioi thieu|du kien|ghi chu|dia chi|noi o|thuong tru|noi sinh"
    r"|dien thoai|email|ngay cap|noi cap|ho ten (cha|me|vo|chong|con)|so yeu"
    r"|trinh do (van hoa|hoc van|pho thong)|giao duc pho thong|tieu chuan|luong"
    r"|chuyen tiep"
)
_PATTERNS: tuple[tuple[ListField, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (ListField.ORDINAL, r"^(stt|tt|so tt|so thu tu|s tt)$"),
        (
            ListField.CITIZEN_ID,
            r"\b(cccd|cmnd|cmt|cmtnd|can cuoc|chung minh nhan dan|so dinh danh)\b",
        ),
        (ListField.PARTY_CARD, r"\bthe dang\b"),
        (
            ListField.PERSON_ID,
            (
                r"^(ma( so)?( (can bo|cb|cong chuc|vien chuc|nhan vien|cbcc|cbccvc|nv))?"
                r"|so hieu( (can bo|cong chuc|vien chuc))?)$"
            ),
        ),
        (ListField.FAMILY_NAME, r"^ho( va)?( ten)? (dem|lot)$|^ho( va)? chu dem$|^ho$"),
        (ListField.GIVEN_NAME, r"^ten$"),
        (
            ListField.FULL_NAME,
            r"^ho( va)?( chu)?( (dem|lot) va)? ten\b|^ten can bo|^ho ten\b|^can bo$",
        ),
        (ListField.TERM, r"^nhiem ky"),
        (
            ListField.PLAN_DECISION,
            r"\b(quyet dinh|qd)\b.*quy hoach|quy hoach.*\bquyet dinh",
        ),
        (ListField.PLANNED_POST, r"quy hoach"),
        (
            ListField.RATING,
            r"xep loai|danh gia|phan loai|muc do hoan thanh|hoan thanh nhiem vu",
        ),
        (ListField.BORN, r"\bsinh\b"),
        (ListField.SEX, r"^gioi( tinh)?\b|^phai$|^nam nu$|^gt$"),
        (ListField.ETHNICITY, r"^dan toc\b|^thanh phan dan toc"),
        (ListField.HOME_PLACE, r"^(que|que quan|nguyen quan)\b"),
        (ListField.THEORY, r"ly luan|\bllct\b|^chinh tri$|trinh do chinh tri|^ll ct"),
        (ListField.STATE_MANAGEMENT, r"quan ly nha nuoc|\bqlnn\b|quan ly hanh chinh"),
        (ListField.LANGUAGE, r"ngoai ngu|tieng anh"),
        (ListField.INFORMATICS, r"tin hoc"),
        (ListField.DEFENCE, r"quoc phong|\bqpan\b|\bqp an\b"),
        (ListField.ACADEMIC_TITLE, r"hoc ham|hoc vi|chuc danh khoa hoc"),
        (ListField.PARTY_OFFICIAL, r"chinh thuc"),
        (ListField.PARTY_JOINED, r"vao dang|ket nap|\bdu bi\b|ngay vd"),
        (ListField.FIELD, r"chuyen nganh|nganh dao tao|nganh hoc"),
        (
            ListField.OFFICE_SINCE,
            (
                r"(ngay|thoi diem|thoi gian|nam|thang) (duoc )?(bo nhiem|giu chuc|nhan chuc)"
                r"|bo nhiem (tu|ngay)"
            ),
        ),
        (
            ListField.OFFICE,
            r"chuc vu|chuc danh|vi tri cong tac|vi tri viec lam|dang dam nhan",
        ),
        (
            ListField.UNIT,
            (
                r"(noi|don vi|co quan|dia ban) (cong tac|lam viec)|^don vi\b|^co quan\b"
                r"|phong ban"
            ),
        ),
        (
            ListField.PROFESSION,
            r"chuyen mon|^trinh do( dao tao)?$|bang cap|van bang|\b(td ?)?cm\b",
        ),
    )
)
_LEVEL_LISTS = {
    ListField.THEORY: THEORY_LEVELS,
    ListField.PROFESSION: PROFESSION_LEVELS,
}
_DATE_PARTS = {
    "ngay": ListField.BIRTH_DAY,
    "thang": ListField.BIRTH_MONTH,
    "nam": ListField.BIRTH_YEAR,
}


def meaning(
    heading: str, *, group: str = "", siblings: frozenset[str]
) -> Meaning | None:
    """Return what a column tells, None if nothing Kecan has a place for.

    Args:
        heading: The lowest heading of the column.
        group: The headings above it, joined; empty when there is one row.
        siblings: Folded headings under the same group, to tell "Nam" from "năm".
    """
    own, above = fold(_without_brackets(heading)), fold(_without_brackets(group))
    both = f"{above} {own}".strip()
    if _LEFT_ALONE.search(both):
        return None
    under = _field(above) if above else None
    split = _split_birth(heading, under, siblings)
    if split is not None:
        return split
    levels = _LEVEL_LISTS.get(under) if under is not None else None
    if levels is not None and under is not None and levels.find(heading) is not None:
        return Meaning(field=under, option=clean(heading))
    found = _field(own) or (_field(both) if own else under)
    if found is None:
        return None
    year = _YEAR.search(both) if found is ListField.RATING else None
    return Meaning(field=found, year=int(year[1]) if year is not None else None)


def _without_brackets(heading: str) -> str:
    bare = _IN_BRACKETS.sub(" ", heading)
    return bare if bare.strip() else heading


def _split_birth(
    heading: str, under: ListField | None, siblings: frozenset[str]
) -> Meaning | None:
    own = fold(heading)
    is_by_sex = "nu" in siblings or under is ListField.SEX
    if own == "nu":
        return Meaning(field=ListField.FEMALE)
    if own == "nam" and is_by_sex:
        return Meaning(field=ListField.MALE)
    is_in_parts = {"ngay", "thang", "nam sinh"} <= siblings
    if is_in_parts and own in ("ngay", "thang", "nam sinh"):
        return Meaning(field=_DATE_PARTS[own.split()[0]])
    if under is ListField.BORN:
        part = _DATE_PARTS.get(own)
        return Meaning(field=part) if part is not None else None
    return None


def _field(folded: str) -> ListField | None:
    for name, pattern in _PATTERNS:
        if pattern.search(folded):
            return name
    return None
