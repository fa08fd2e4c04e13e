"""Who a login belongs to, on every page that says who did something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from kecan.web.accounts.queries import names_by_login

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()


@register.simple_tag
def account_names() -> Mapping[str, str]:
    """Return the name of every account; a page asks once."""
    return names_by_login()


@register.filter
def name_of(names: Mapping[str, str], login: str) -> str:
    """Return whose login it is; one that is no account's stays as it was kept."""
    return names.get(login, login)
