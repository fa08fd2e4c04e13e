"""What training and rotation refuse, each in one Vietnamese sentence."""

from __future__ import annotations


class TrainingRefusalError(Exception):
    """The step is not allowed; the message is one Vietnamese sentence."""


class NotInPlanError(TrainingRefusalError):
    """The person does not stand in the plan of the round's committee."""


class NoSuchGapError(TrainingRefusalError):
    """The person lacks nothing that the course would complete."""


class AlreadyPlannedError(TrainingRefusalError):
    """The gap already has an item that is open."""


class ItemStateError(TrainingRefusalError):
    """The item or rotation is not in the state the step needs."""


class CertificateDateError(TrainingRefusalError):
    """The certificate is dated after the day it is recorded."""


class ReasonMissingError(TrainingRefusalError):
    """The step needs a reason or a paper in words."""


class RotationDatesError(TrainingRefusalError):
    """The rotation ends before it begins."""
