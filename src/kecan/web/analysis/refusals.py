"""Why a slate is not put into the round, and why a branch is not kept."""

from __future__ import annotations

from kecan.web.plans.refusals import RoundRefusalError


class BrokenSlateError(RoundRefusalError):
    """The slate breaks a hard rule."""


class NothingToAdoptError(RoundRefusalError):
    """Everybody on the slate is put forward already."""


class BranchNameMissingError(RoundRefusalError):
    """A branch is kept under a name."""


class BranchNameTakenError(RoundRefusalError):
    """Another branch of the round has that name."""


class ChangeGoneError(RoundRefusalError):
    """The branch does not have the change any more."""
