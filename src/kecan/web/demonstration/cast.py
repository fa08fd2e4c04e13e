"""The people who sign in to the demonstration, one for each role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.web.accounts.actions import create_user, grant_role
from kecan.web.audit.actions import Program
from kecan.web.permissions import Role

if TYPE_CHECKING:
    from datetime import datetime

    from kecan.sample.district import District
    from kecan.web.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of the cast; ``post`` is the post by which the register knows them."""

    login: str
    full_name: str
    role: Role
    post: str = ""


CAST = (
    Member(login="canbo", full_name="Nguyễn Thu Hà", role=Role.ORGANISING_OFFICER),
    Member(login="truongban", full_name="Lê Quang Thắng", role=Role.ORGANISING_HEAD),
    Member(
        login="thuongtruc", full_name="Lương Khắc Sơn", role=Role.STANDING_COMMITTEE
    ),
    Member(
        login="daibieu", full_name="Phạm Văn Toàn", role=Role.DELEGATE, post="BT-X14"
    ),
    Member(login="kiemphieu1", full_name="Đỗ Minh Khuê", role=Role.COUNTING_COMMITTEE),
    Member(login="kiemphieu2", full_name="Vũ Thanh Lịch", role=Role.COUNTING_COMMITTEE),
    Member(login="kiemphieu3", full_name="Ngô Bá Thước", role=Role.COUNTING_COMMITTEE),
    Member(login="captren", full_name="Hoàng Kim Oanh", role=Role.HIGHER_LEVEL),
    Member(login="cuatoi", full_name="Bùi Ngọc Ước", role=Role.OFFICIAL, post="P-TNMT"),
    Member(login="kiemtra", full_name="Đặng Hữu Chính", role=Role.AUDITOR),
    Member(login="bientap", full_name="Phan Mai Linh", role=Role.EDITOR),
    Member(login="quantri", full_name="Dương Văn Lộc", role=Role.SYSTEM_ADMINISTRATOR),
)


def create_cast(*, password: str, at: datetime, district: District) -> dict[str, User]:
    """Create one account a role, all with one password; return them by login.

    Who has a post is tied to the dossier of its holder.
    """
    program = Program()
    users: dict[str, User] = {}
    for member in CAST:
        user = create_user(
            login=member.login,
            full_name=member.full_name,
            password=password,
            person_key=_dossier(member, district),
            by=program,
            at=at,
        )
        grant_role(
            user_id=user.pk, role=member.role, since=at.date(), by=program, at=at
        )
        users[member.login] = user
    return users


def _dossier(member: Member, district: District) -> str:
    if not member.post:
        return ""
    (holder,) = district.holders(member.post)
    return str(holder.person_id)
