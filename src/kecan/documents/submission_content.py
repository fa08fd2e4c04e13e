"""What the Tờ trình and its annexes say, from the data of a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from kecan.documents.paper import PaperFrame, Share, Signatory
    from kecan.vocabulary import PartialDate, Sex, TermPair


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPerson:
    """A row of annex 1: somebody in the current plan and what becomes of them.

    ``ratings`` holds one text a year, latest first ("2021: HTTNV").
    """

    name: str
    sex: Sex | None
    born: PartialDate | None
    office: str
    planned_post: str
    carried_over_post: str
    profession: str
    theory: str
    decision: str
    ratings: tuple[str, ...]
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedPerson:
    """A row of annex 2: somebody newly put forward."""

    name: str
    sex: Sex | None
    born: PartialDate | None
    office: str
    proposed_post: str
    profession: str
    theory: str
    ratings: tuple[str, ...]
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGroup:
    """A numbered group of annex 1; an empty one is not printed."""

    caption: str
    people: tuple[ReviewedPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewBlock:
    """All groups of one term; ``term`` is printed ("2020 - 2025")."""

    term: str
    groups: tuple[ReviewGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedGroup:
    """A numbered group of annex 2: how many are asked for, and who is named."""

    caption: str
    asked_for: int
    people: tuple[AddedPerson, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedBlock:
    """All groups of one term."""

    term: str
    groups: tuple[AddedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    """How many people leave the plan for one reason."""

    reason: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSummary:
    """The review of one term in numbers: reviewed = kept + removed + undecided."""

    term: str
    reviewed: int
    kept: int
    removed: int
    undecided: int
    reasons: tuple[ReasonCount, ...]

    def __post_init__(self) -> None:
        if self.kept + self.removed + self.undecided != self.reviewed:
            msg = f"nhiệm kỳ {self.term}: số giữ, đưa ra và chờ không bằng số rà soát"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyProposal:
    """What is proposed for one body or group of posts in one term.

    ``seats`` None prints no coefficient (a post has limits, not a coefficient).
    """

    body: str
    term: str
    seats: int | None
    carried_over: int
    added: int

    @property
    def total(self) -> int:
        """Everybody planned after this round."""
        return self.carried_over + self.added


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionContent:
    """Everything the Tờ trình says that is not fixed wording.

    A blank ``approving_body`` is printed as the competent level. ``shares_of`` names
    the list whose composition ``shares`` is.
    """

    frame: PaperFrame
    signatory: Signatory
    addressees: tuple[str, ...]
    current: TermPair
    following: TermPair
    legal_bases: tuple[str, ...]
    reviews: tuple[ReviewSummary, ...]
    shortcomings: tuple[str, ...]
    proposals: tuple[BodyProposal, ...]
    shares: tuple[Share, ...]
    most_people_a_post: int | None
    most_posts_a_person: int | None
    coefficient_range: tuple[Fraction, Fraction] | None
    approving_body: str
    conferences: tuple[str, ...]
    review_annex: tuple[ReviewBlock, ...]
    added_annex: tuple[AddedBlock, ...]
    shares_of: str = ""
    warnings: tuple[str, ...] = ()
