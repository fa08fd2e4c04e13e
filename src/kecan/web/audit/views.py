"""The ledger's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kecan.web.audit.queries import (
    LedgerBrokenError,
    ledger_head,
    newest_entries,
    verify_ledger,
)
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ENTRIES_A_PAGE = 100


@require_http_methods(["GET", "POST"])
@require(Permission.VIEW_LEDGER)
def ledger_entries(request: HttpRequest) -> HttpResponse:
    entries = Paginator(newest_entries(), ENTRIES_A_PAGE).get_page(
        request.GET.get("trang")
    )
    page: dict[str, object] = {"entries": entries, "head": ledger_head()}
    if request.method == "POST":
        try:
            page["verified"] = verify_ledger()
        except LedgerBrokenError as broken:
            page["broken"] = broken
    return render(request, "audit/ledger_entries.html", page)
