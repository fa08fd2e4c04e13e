"""Answers that every app gives the same way."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def refused(request: HttpRequest, refusal: Exception | str) -> HttpResponse:
    """Answer 409 with why the rules do not allow it, and the way back."""
    page = {"sentence": str(refusal), "back": _page_before(request)}
    return render(request, "409.html", page, status=HTTPStatus.CONFLICT)


def refused_form(request: HttpRequest, form: Form) -> HttpResponse:
    """Answer 409 with what is wrong in a form, field by field."""
    wrong = " ".join(
        f"{form.fields[name].label or name}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    )
    return refused(request, wrong)


def explain_not_allowed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give every answer 405, which Django leaves empty, a sentence and a way back.

    A middleware: somebody opens the address of a button by hand, or from the history.
    """

    def explained(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        allowed = answer["Allow"]
        page = {"is_for_buttons": "POST" in allowed, "back": _page_before(request)}
        said = render(request, "405.html", page, status=HTTPStatus.METHOD_NOT_ALLOWED)
        said["Allow"], said["Cache-Control"] = allowed, "no-store"
        return said

    return explained


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours the person came from; empty if the browser keeps it."""
    before = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        before, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return before if is_ours else ""
