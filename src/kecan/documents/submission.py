"""Tờ trình: the standing committee's submission with annexes 1 and 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.annexes import added_annex, review_annex
from kecan.documents.model import Section
from kecan.documents.paper import (
    addressed_to,
    attached_to,
    finished_paper,
    paper_heading,
    paper_title,
    signed,
    terms_in_words,
)
from kecan.documents.submission_content import (
    AddedBlock,
    AddedGroup,
    AddedPerson,
    BodyProposal,
    ReasonCount,
    ReviewBlock,
    ReviewedPerson,
    ReviewGroup,
    ReviewSummary,
    SubmissionContent,
)
from kecan.documents.submission_text import (
    composition_chapter,
    principles_chapter,
    proposals_chapter,
    reasons_chapter,
    requests_chapter,
    review_chapter,
)

if TYPE_CHECKING:
    from kecan.documents.model import Document

__all__ = [
    "AddedBlock",
    "AddedGroup",
    "AddedPerson",
    "BodyProposal",
    "ReasonCount",
    "ReviewBlock",
    "ReviewGroup",
    "ReviewSummary",
    "ReviewedPerson",
    "SubmissionContent",
    "submission",
]

_KIND = "TTr"


def submission(content: SubmissionContent) -> Document:
    """Return the Tờ trình: five chapters, the requests, the signature, two annexes."""
    frame = content.frame
    subject = (
        "về rà soát, bổ sung quy hoạch cán bộ lãnh đạo, quản lý nhiệm kỳ "
        f"{terms_in_words(content.current)} và xây dựng quy hoạch cán bộ lãnh đạo, "
        f"quản lý nhiệm kỳ {terms_in_words(content.following)}"
    )
    text = Section(
        blocks=(
            paper_heading(frame, kind=_KIND),
            *paper_title("TỜ TRÌNH", subject),
            *addressed_to(frame, content.addressees),
            *reasons_chapter(content),
            *principles_chapter(content),
            *review_chapter(content),
            *proposals_chapter(content),
            *composition_chapter(content),
            *requests_chapter(content),
            signed(frame, content.signatory),
        )
    )
    issuer = frame.letterhead.issuer
    annex_of = attached_to(frame, type_name="Tờ trình", kind=_KIND)
    return finished_paper(
        frame,
        f"Tờ trình {subject}",
        text,
        review_annex(content.review_annex, issuer=issuer, attached=annex_of),
        added_annex(content.added_annex, issuer=issuer, attached=annex_of),
    )
