"""Rounds, people and posts an account may open: found, or page 403 or 404."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from kecan.web.accounts.models import User
from kecan.web.organisation.models import Person, Post
from kecan.web.organisation.queries import people_within, posts_within
from kecan.web.permissions import (
    WHOLE_INSTANCE,
    Permission,
    may,
    permitted_units,
)
from kecan.web.plans.queries import rounds

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from kecan.web.plans.models import PlanningRound


def actor(request: HttpRequest) -> User:
    """Return who acts; ``require`` has signed them in.

    Raises:
        PermissionDenied: If nobody is signed in.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def round_for(
    request: HttpRequest, round_id: int, *permissions: Permission
) -> PlanningRound:
    """Return a round for whoever holds one of the permissions in its unit.

    Raises:
        PermissionDenied: If the account holds none.
    """
    found = get_object_or_404(rounds(), pk=round_id)
    key = found.unit.key
    if not any(may(request.user, one, unit_key=key) for one in permissions):
        raise PermissionDenied
    return found


def rounds_for(request: HttpRequest) -> QuerySet[PlanningRound]:
    keys = permitted_units(request.user, Permission.VIEW_ROUND)
    return rounds() if WHOLE_INSTANCE in keys else rounds().filter(unit__key__in=keys)


def person_for(request: HttpRequest, person_id: int) -> Person:
    """Return a dossier the account may read: of its units, or its own.

    Raises:
        PermissionDenied: If it is neither.
    """
    person = get_object_or_404(Person.objects.select_related("unit"), pk=person_id)
    if person.key == actor(request).person_key:
        return person
    keys = permitted_units(request.user, Permission.VIEW_DOSSIER)
    if not people_within(keys).filter(pk=person.pk).exists():
        raise PermissionDenied
    return person


def post_for(request: HttpRequest, post_id: int) -> Post:
    post = get_object_or_404(Post.objects.select_related("unit"), pk=post_id)
    keys = permitted_units(request.user, Permission.VIEW_REGISTER)
    if not posts_within(keys).filter(pk=post.pk).exists():
        raise PermissionDenied
    return post
