"""How every form of a conference ends: done or refused, and back to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect

from kecan.web.conferences.refusals import ConferenceRefusalError
from kecan.web.plans.refusals import RoundRefusalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


def answered(
    request: HttpRequest,
    act: Callable[[], object],
    conference_id: int,
    sentence: str,
    *,
    page: str = "conference",
) -> HttpResponse:
    """Run an action, tell the user how it went, and go back to the page it stood on."""
    try:
        act()
    except (ConferenceRefusalError, RoundRefusalError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)
    return redirect(f"conferences:{page}", conference_id)


def not_filled_in(request: HttpRequest, form: Form, conference_id: int) -> HttpResponse:
    """Say which field of a form is wrong and go back to the conference."""
    for name, errors in form.errors.items():
        field = form.fields.get(name)
        label = field.label if field is not None else ""
        messages.error(request, f"{label}: {' '.join(str(one) for one in errors)}")
    return redirect("conferences:conference", conference_id)
