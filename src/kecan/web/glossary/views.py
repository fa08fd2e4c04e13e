"""The page of terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kecan.web.glossary.queries import terms_matching
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@require(*Permission)
def term_list(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("tim", "").strip()
    page = {"asked": asked, "terms": terms_matching(asked)}
    return render(request, "glossary/term_list.html", page)
