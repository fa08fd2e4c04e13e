"""Why a slate is not put into the round."""

from __future__ import annotations

from kecan.web.plans.refusals import RoundRefusalError


class BrokenSlateError(RoundRefusalError):
    """The slate breaks a hard rule."""


class NothingToAdoptError(RoundRefusalError):
    """Everybody on the slate is put forward already."""
