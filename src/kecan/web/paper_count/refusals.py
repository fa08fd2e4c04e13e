"""What a scanned count refuses; one sentence to the user each."""

from __future__ import annotations

from kecan.web.conferences.refusals import ConferenceRefusalError


class BallotNotPrintedError(ConferenceRefusalError):
    """The ballot was never printed from here, so no sheet can be recognised."""


class BallotNotPrintableError(ConferenceRefusalError):
    """The contests do not fit on a ballot; the message names the place."""


class ScansNotAcceptedError(ConferenceRefusalError):
    """Nothing to read, another reading is under way, or images are destroyed."""


class ScansDroppedError(ScansNotAcceptedError):
    """Somebody dropped files while they were read: what else waits can be read."""


class ReadingUnderWayError(ScansNotAcceptedError):
    """Another process reads the scans of this conference."""


class DecisionNotOpenError(ConferenceRefusalError):
    """The box or sheet does not wait for a decision of this person."""


class RestartNotPossibleError(ConferenceRefusalError):
    """The scanned count cannot be set aside now, or not by this person."""


class ScanCountNotReadyError(ConferenceRefusalError):
    """The scanned count cannot close; the message says what is open."""


class AuditNotPossibleError(ConferenceRefusalError):
    """The audit cannot go on with what was entered."""


class ImagesKeptError(ConferenceRefusalError):
    """The images may not be destroyed yet, or not by this person."""
