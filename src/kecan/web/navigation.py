"""The header's links: those an account may follow and this instance has pages for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from kecan.web.permissions import Permission, may

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A page of the header and the permissions that show its link (any of them).

    Attributes:
        elsewhere: Where addresses of pages that belong to it begin, besides its own.
    """

    url_name: str
    title: str
    hint: str
    permissions: tuple[Permission, ...]
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as the header shows it."""

    url: str
    title: str
    hint: str
    is_current: bool


DESTINATIONS = (
    Destination(
        url_name="round_list",
        title="Đợt quy hoạch",
        hint="Rà soát, đề xuất, Tờ trình, phê duyệt",
        permissions=(Permission.VIEW_ROUND,),
    ),
    Destination(
        url_name="conferences:conference_list",
        title="Hội nghị",
        hint="Triệu tập, điểm danh, phiếu, kiểm phiếu, biên bản",
        permissions=(
            Permission.VIEW_ROUND,
            Permission.KEY_BALLOTS,
        ),
        elsewhere=("/nhap-phieu/",),
    ),
    Destination(
        url_name="papers:paper_list",
        title="Văn bản",
        hint="Văn bản của hội nghị đồng chí được triệu tập",
        permissions=(Permission.VIEW_PAPERS,),
    ),
    Destination(
        url_name="person_list",
        title="Cán bộ",
        hint="Hồ sơ, quá trình công tác, kết quả xét",
        permissions=(Permission.VIEW_REGISTER,),
    ),
    Destination(
        url_name="post_list",
        title="Chức danh",
        hint="Người đương nhiệm và người trong quy hoạch",
        permissions=(Permission.VIEW_REGISTER,),
    ),
    Destination(
        url_name="batch_list",
        title="Nhập hồ sơ",
        hint="Kiểm tra, nhận, huỷ một lần nhập bảng tính",
        permissions=(Permission.IMPORT_REGISTER,),
    ),
    Destination(
        url_name="own_dossier",
        title="Hồ sơ của tôi",
        hint="Những gì đang ghi về đồng chí; có gì sai, báo Ban Tổ chức",
        permissions=(Permission.OWN_DOSSIER,),
        elsewhere=("/can-bo/",),
    ),
    Destination(
        url_name="ledger_entries",
        title="Nhật ký",
        hint="Mọi việc đã làm, kiểm tra chuỗi băm",
        permissions=(Permission.VIEW_LEDGER,),
    ),
    Destination(
        url_name="account_list",
        title="Tài khoản",
        hint="Ai đang giữ vai trò nào",
        permissions=(Permission.ADMIN_ACCOUNTS,),
    ),
)


def links(request: HttpRequest) -> tuple[Link, ...]:
    """Return the links of the header for the account of the request."""
    allowed = (
        destination
        for destination in DESTINATIONS
        if any(may(request.user, permission) for permission in destination.permissions)
    )
    found = [
        (destination, url)
        for destination in allowed
        if (url := _address(destination.url_name)) is not None
    ]
    current = next(
        (url for one, url in found if request.path.startswith((url, *one.elsewhere))),
        None,
    )
    return tuple(
        Link(
            url=url,
            title=destination.title,
            hint=destination.hint,
            is_current=url == current,
        )
        for destination, url in found
    )


def template_navigation(request: HttpRequest) -> dict[str, object]:
    """Give templates ``navigation``, empty before sign-in."""
    return {"navigation": links(request) if hasattr(request, "user") else ()}


def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
