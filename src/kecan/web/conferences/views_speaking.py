"""The words of a conference kept for its minutes: discussion and directions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone
from django.views.decorators.http import require_POST

from kecan.web.conferences.access import actor, manageable_conference
from kecan.web.conferences.actions import speaking
from kecan.web.conferences.answers import answered, not_filled_in
from kecan.web.conferences.forms import DirectionsForm, SpeechForm
from kecan.web.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require(Permission.MANAGE_ROUND)
@require_POST
def directions(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.MANAGE_ROUND)
    form = DirectionsForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        speaking.record_directions,
        conference_id=found.pk,
        **form.cleaned_data,
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã ghi ý kiến chỉ đạo.")


@require(Permission.MANAGE_ROUND)
@require_POST
def speech(request: HttpRequest, conference_id: int) -> HttpResponse:
    found = manageable_conference(request, conference_id, Permission.MANAGE_ROUND)
    form = SpeechForm(request.POST)
    if not form.is_valid():
        return not_filled_in(request, form, found.pk)
    act = partial(
        speaking.record_speech,
        conference_id=found.pk,
        **form.cleaned_data,
        by=actor(request),
        at=timezone.now(),
    )
    return answered(request, act, found.pk, "Đã ghi ý kiến thảo luận.")
