"""What a conference refuses, each named for the fact, with one sentence to the user."""

from __future__ import annotations


class ConferenceRefusalError(Exception):
    """The rules of a conference say no; the message is one Vietnamese sentence."""


class ConferenceStateError(ConferenceRefusalError):
    """The conference is not in the state the action needs."""


class RoundNotSubmittedError(ConferenceRefusalError):
    """The Tờ trình has not been signed yet."""


class ChainAlreadyPlannedError(ConferenceRefusalError):
    """The round already has its chain of conferences."""


class StepNotFittingError(ConferenceRefusalError):
    """The edited rules belong to another step, or change who is summoned."""


class SeatUnknownError(ConferenceRefusalError):
    """The roll has no seat of that number."""


class NobodySummonedError(ConferenceRefusalError):
    """No person holds an office that the categories of the step name."""


class NomineeCountsError(ConferenceRefusalError):
    """A person on the ballot may not sit in the counting committee."""


class BallotNumbersError(ConferenceRefusalError):
    """The numbers of ballots contradict each other."""


class KeyingNotOwnError(ConferenceRefusalError):
    """The keying belongs to somebody else, or one person wants both."""


class KeyingFinishedError(ConferenceRefusalError):
    """A finished keying is not changed any more."""


class SheetNotReadableError(ConferenceRefusalError):
    """What was keyed does not fit the ballot."""


class CountNotReadyError(ConferenceRefusalError):
    """The count cannot be closed yet."""


class ResultNotBoundError(ConferenceRefusalError):
    """A result was changed after the ledger bound it."""


class ResultContradictedError(ConferenceRefusalError):
    """The paper, read again in an audit, contradicts the result."""


class TieOpenError(ConferenceRefusalError):
    """Equal votes at the cap wait for the chair's decision."""


class WrittenNameOpenError(ConferenceRefusalError):
    """A name written on ballots waits for somebody to say whom it means."""


class MinutesMissingError(ConferenceRefusalError):
    """The minutes have to be signed first."""


class MinutesSignedError(ConferenceRefusalError):
    """Minutes are frozen when signed; they are not signed again."""
