"""The lists of people and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kecan.web.organisation.queries import (
    holders_on,
    people_named,
    people_within,
    posts_within,
)
from kecan.web.permissions import Permission, permitted_units, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PEOPLE_A_PAGE = 50


@require_safe
@require(Permission.VIEW_REGISTER)
def person_list(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("tim", "").strip()
    among = people_within(permitted_units(request.user, Permission.VIEW_REGISTER))
    people = Paginator(people_named(words, among=among), PEOPLE_A_PAGE)
    page = {
        "people": people.get_page(request.GET.get("trang")),
        "words": words,
        "total": people.count,
    }
    template = "organisation/person_list.html"
    if request.headers.get("HX-Target") == "people":
        template = "organisation/people.html"
    return render(request, template, page)


@require_safe
@require(Permission.VIEW_REGISTER)
def post_list(request: HttpRequest) -> HttpResponse:
    posts = posts_within(permitted_units(request.user, Permission.VIEW_REGISTER))
    held = holders_on(timezone.localdate())
    rows = [{"post": post, "holders": held.get(post.pk, [])} for post in posts]
    return render(request, "organisation/post_list.html", {"rows": rows})
