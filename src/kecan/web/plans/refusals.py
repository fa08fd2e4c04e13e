"""What a planning round refuses, each named for the fact, in one Vietnamese sentence."""

from __future__ import annotations


class RoundRefusalError(Exception):
    """The rules of a round say no; the message is one Vietnamese sentence."""


class RoundKeyTakenError(RoundRefusalError):
    """Another round already has that key."""


class RoundStateError(RoundRefusalError):
    """The round is not in the state the action needs."""


class ReviewNotFinishedError(RoundRefusalError):
    """Entries of the current plan still wait for a decision."""


class NotEligibleError(RoundRefusalError):
    """The rules say the person cannot be planned for the post."""


class AlreadyProposedError(RoundRefusalError):
    """The person is already put forward for the post and term."""


class PostNotPlannedError(RoundRefusalError):
    """Nobody is planned for the post."""


class TermNotOfRoundError(RoundRefusalError):
    """The term does not belong to the round, or is on the other line."""


class TooManyPeopleError(RoundRefusalError):
    """The post already has as many people as the rules allow."""


class TooManyPostsError(RoundRefusalError):
    """The person already has as many posts of the level as the rules allow."""


class NothingProposedError(RoundRefusalError):
    """Nobody is put forward in the round."""


class SecondPersonNeededError(RoundRefusalError):
    """Two different people are needed: who asks, and another who approves."""


class ReasonMissingError(RoundRefusalError):
    """The action needs a reason in words."""


class RuleValueError(RoundRefusalError):
    """The rules of the round have no such value, or it has another form."""


class DecisionTakenError(RoundRefusalError):
    """The same decision number, date and issuer is already in use."""
