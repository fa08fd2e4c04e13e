"""Who may reach a conference, and in which part of the morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from kecan.web.accounts.models import User
from kecan.web.conferences.models import (
    HELD_STATES,
    Conference,
    ConferenceState,
    Keying,
)
from kecan.web.conferences.queries import conferences_of
from kecan.web.permissions import (
    Permission,
    may,
    permitted_units,
    require_permission,
)
from kecan.web.plans.models import PlanningRound

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def actor(request: HttpRequest) -> User:
    """Return who acts; ``require`` has signed them in.

    Raises:
        PermissionDenied: If nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def conferences_for(request: HttpRequest) -> QuerySet[Conference]:
    """Return the conferences an account may open."""
    return conferences_of(
        permitted_units(request.user, Permission.VIEW_ROUND),
        counted_by=actor(request).login,
    )


def manageable_round(request: HttpRequest, round_id: int) -> PlanningRound:
    """Return a round whose chain the account may plan.

    Raises:
        Http404: If there is none.
        PermissionDenied: If the account may not.
    """
    found = get_object_or_404(PlanningRound.objects.select_related("unit"), pk=round_id)
    require_permission(request.user, Permission.MANAGE_ROUND, unit_key=found.unit.key)
    return found


def reachable_conference(
    request: HttpRequest, conference_id: int, *permissions: Permission
) -> Conference:
    """Return the conference if the account has one of the permissions in its unit.

    A member of its counting committee reaches it too, only while it is held.

    Raises:
        Http404: If there is none.
        PermissionDenied: If the account may not.
    """
    conference = get_object_or_404(
        Conference.objects.select_related("round__unit"), pk=conference_id
    )
    unit_key = conference.round.unit.key
    if any(may(request.user, one, unit_key=unit_key) for one in permissions):
        return conference
    if _counts_now(request, conference):
        return conference
    raise PermissionDenied


def countable_conference(request: HttpRequest, conference_id: int) -> Conference:
    """Return the conference if the account counts it now.

    Raises:
        Http404: If there is none.
        PermissionDenied: If the account is not in its counting committee.
    """
    conference = get_object_or_404(
        Conference.objects.select_related("round__unit"), pk=conference_id
    )
    if not _counts_now(request, conference):
        raise PermissionDenied
    return conference


def own_keying(request: HttpRequest, keying_id: int) -> Keying:
    """Return the keying if it is the account's own.

    Raises:
        Http404: If there is none.
        PermissionDenied: If it is somebody else's: the two keyings are blind.
    """
    keying = get_object_or_404(
        Keying.objects.select_related("conference"), pk=keying_id
    )
    if keying.keyed_by != getattr(request.user, "login", None):
        raise PermissionDenied
    countable_conference(request, keying.conference_id)
    return keying


def manageable_conference(
    request: HttpRequest, conference_id: int, permission: Permission
) -> Conference:
    """Return the conference if the account has the permission in its unit.

    Raises:
        Http404: If there is none.
        PermissionDenied: If the account may not.
    """
    conference = get_object_or_404(
        Conference.objects.select_related("round__unit"), pk=conference_id
    )
    require_permission(request.user, permission, unit_key=conference.round.unit.key)
    return conference


def _counts_now(request: HttpRequest, conference: Conference) -> bool:
    """Tell whether the account counts the conference, which is held.

    Raises:
        PermissionDenied: If it counted, and the conference is closed.
    """
    counts = conference.counting_members.filter(
        login=getattr(request.user, "login", "")
    ).exists()
    if counts and conference.state == ConferenceState.CLOSED:
        msg = (
            f"{conference.title} đã bế mạc; nhiệm vụ của Tổ kiểm phiếu đã xong, các trang "
            "kiểm phiếu đã đóng. Cần xem kết quả, biên bản thì hỏi Ban Tổ chức."
        )
        raise PermissionDenied(msg)
    return counts and conference.state in HELD_STATES
