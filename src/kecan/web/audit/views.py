"""The ledger's page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from kecan.web.audit.bound import verify_ledger_and_bound
from kecan.web.audit.forms import EntryFilterForm
from kecan.web.audit.models import LedgerEntry
from kecan.web.audit.queries import (
    LedgerBrokenError,
    entries_about,
    ledger_head,
)
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ENTRIES_A_PAGE = 100


@require_http_methods(["GET", "POST"])
@require(Permission.VIEW_LEDGER)
def ledger_entries(request: HttpRequest) -> HttpResponse:
    asked = EntryFilterForm(request.GET)
    found = (
        entries_about(
            action=asked.cleaned_data["viec"],
            day=asked.cleaned_data["ngay"],
            subject=asked.cleaned_data["doi_tuong"],
        )
        if asked.is_valid()
        else LedgerEntry.objects.none()
    )
    entries = Paginator(found, ENTRIES_A_PAGE).get_page(request.GET.get("trang"))
    given = {name: request.GET[name] for name in asked.fields if request.GET.get(name)}
    page: dict[str, object] = {
        "entries": entries,
        "head": ledger_head(),
        "form": asked,
        "is_part": bool(given),
        "kept": f"{urlencode(given)}&" if given else "",
    }
    if request.method == "POST":
        try:
            page["verified"] = verify_ledger_and_bound()
        except LedgerBrokenError as broken:
            page["broken"] = broken
    return render(request, "audit/ledger_entries.html", page)
