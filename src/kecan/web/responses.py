"""Answers that every app gives the same way."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.shortcuts import render

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def refused(request: HttpRequest, refusal: Exception | str) -> HttpResponse:
    """Answer 409 with the sentence that says why the rules do not allow it."""
    return render(
        request, "409.html", {"sentence": str(refusal)}, status=HTTPStatus.CONFLICT
    )


def refused_form(request: HttpRequest, form: Form) -> HttpResponse:
    """Answer 409 with what is wrong in a form, field by field."""
    wrong = " ".join(
        f"{form.fields[name].label or name}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    )
    return refused(request, wrong)
