"""Taking scans back: one batch that waits, or the whole scanned count by two people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kecan.web.conferences.access import actor
from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.paper_count.access import scanning_conference
from kecan.web.paper_count.actions import importing, restarting
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

_ASKED = "Đã ghi đề nghị bỏ toàn bộ lượt quét; một thành viên khác của Tổ phê duyệt trên trang này."
_WITHDRAWN = "Đã rút đề nghị; lượt quét giữ nguyên."
_RESTARTED = "Đã bỏ toàn bộ lượt quét và huỷ ảnh: quét lại cả chồng phiếu từ đầu."


@require(Permission.KEY_BALLOTS, Permission.RESOLVE_COUNT)
@require_POST
def batch_drop(request: HttpRequest, conference_id: int) -> HttpResponse:
    drop = partial(importing.drop_batch, batch=request.POST.get("batch", ""))
    return _done(
        request, conference_id, drop, "Đã bỏ lần gửi; không trang nào của nó được đọc."
    )


@require(Permission.RESOLVE_COUNT)
@require_POST
def restart(request: HttpRequest, conference_id: int) -> HttpResponse:
    """Ask that the scanned count be set aside, approve it, or withdraw."""
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "ask": (
            partial(restarting.ask_restart, reason=request.POST.get("reason", "")),
            _ASKED,
        ),
        "approve": (restarting.approve_restart, _RESTARTED),
        "withdraw": (restarting.withdraw_restart, _WITHDRAWN),
    }
    act, words = acts.get(request.POST.get("do", ""), acts["ask"])
    return _done(request, conference_id, act, words)


def _done(
    request: HttpRequest, conference_id: int, act: Callable[..., object], words: str
) -> HttpResponse:
    found = scanning_conference(request, conference_id)
    try:
        act(conference_id=found.pk, by=actor(request), at=timezone.localdate())
    except ConferenceRefusalError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("paper_count:desk", found.pk)
