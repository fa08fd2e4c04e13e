"""What a ballot says: one form, printed in as many copies as people vote."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from hashlib import sha256
from json import dumps

from kecan.lettering.names import sort_key
from kecan.lettering.typefaces import Face, typeface
from kecan.paper_ballot.wording import TITLES, Question
from kecan.vocabulary import Sentence

MOST_NOMINEES = 100
MOST_CONTESTS = 60
MOST_WRITE_INS = 20
MOST_CHOICES = 999
YEARS = range(1900, 2101)
LONGEST_NAME = 80
LONGEST_TEXT = 160
EDITION = 3
"""Counted up whenever the same form prints otherwise than before: sheets printed by an
older release are then of another event, and foreign, instead of being misread."""
EDITION_OF_SINGLE_LINES = 2
"""What forms without a second line for a name in any contest still print as."""
_EVENT_DIGITS = 12


class FormError(ValueError):
    """A form no ballot may be printed from, with the place of the fault.

    ``place`` is a path of keys: ``contest 2, nominee 7, name``.
    """

    def __init__(self, place: str, fault: Sentence) -> None:
        super().__init__(f"{place}: {fault.vi}")
        self.place = place
        self.fault = fault


class NomineeOrder(StrEnum):
    """How the nominees of a contest follow each other on paper."""

    LIST = "list"  # as the conference decided, as the form lists them
    NAME = "name"  # by given name, in Vietnamese order


class Style(StrEnum):
    """A print of the same ballot."""

    NORMAL = "normal"
    LARGE = "large"  # for people with poor sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominee:
    """A person on the ballot, told apart from namesakes by birth, post and unit."""

    name: str
    birth_year: int | None = None
    post: str = ""
    unit: str = ""

    @property
    def office(self) -> str:
        """Post and unit as one text."""
        return ", ".join(part for part in (self.post, self.unit) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotContest:
    """One list of the ballot: a body or post in one term.

    ``max_choices`` is None where the question is removal, which has no limit.
    """

    title: str
    term: str
    nominees: tuple[Nominee, ...]
    max_choices: int | None = None
    write_in_lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotForm:
    """The whole ballot. Nothing in it names or numbers a voter.

    The nominees of every contest are in printed order, whatever order they were
    given in: the first is line 1 of the paper and of every count.

    Args:
        superior: The organisation above, first line of the letterhead.
        issuer: The committee that issues and stamps the ballot.
        stamp: What the caption of the stamp zone says, without brackets.
        occasion: Where and when, under the title.
        type_name: The title; empty for the official one of the question.
        subject: The line under the title; empty for the official one.
        has_sheet_ids: Whether every copy carries a random id of its own in its codes;
            :mod:`kecan.paper_ballot.sheet_ids` says what that helps and risks.
        both_boxes_spoil: Whether one person with both boxes marked spoils the ballot:
            voters have to be told.

    Raises:
        FormError: If a text is empty, too long or has a letter that cannot be
            printed, or a number is outside its range.
    """

    superior: str
    issuer: str
    stamp: str
    occasion: str
    contests: tuple[BallotContest, ...]
    question: Question = Question.NOMINATE
    order: NomineeOrder = NomineeOrder.LIST
    type_name: str = ""
    subject: str = ""
    has_sheet_ids: bool = False
    both_boxes_spoil: bool = False

    def __post_init__(self) -> None:
        type_name, subject = TITLES[self.question]
        for field, text, longest, is_optional in (
            ("superior", self.superior, LONGEST_NAME, True),
            ("issuer", self.issuer, LONGEST_NAME, False),
            ("stamp", self.stamp, LONGEST_NAME, False),
            ("occasion", self.occasion, LONGEST_TEXT, False),
            ("type_name", self.type_name or type_name, LONGEST_NAME, False),
            ("subject", self.subject or subject, LONGEST_TEXT, False),
        ):
            written = _text(field, text, longest=longest, is_optional=is_optional)
            object.__setattr__(self, field, written)
        _range("contest", len(self.contests), least=1, most=MOST_CONTESTS)
        contests = tuple(
            _contest(f"contest {number}", contest, form=self)
            for number, contest in enumerate(self.contests, start=1)
        )
        object.__setattr__(self, "contests", contests)

    @property
    def event(self) -> str:
        """The first digits of the hash of everything the form says, and of its edition."""
        has_second = any(contest.write_in_lines > 1 for contest in self.contests)
        edition = EDITION if has_second else EDITION_OF_SINGLE_LINES
        said = asdict(self) | {"edition": edition}
        for later in ("has_sheet_ids", "both_boxes_spoil"):
            if not said[later]:
                del said[later]  # ballots printed before it was thought of
        content = dumps(said, ensure_ascii=False, sort_keys=True)
        return sha256(content.encode("utf-8")).hexdigest()[:_EVENT_DIGITS]

    @property
    def has_write_ins(self) -> bool:
        """Whether any contest has lines to write names on."""
        return any(contest.write_in_lines for contest in self.contests)


def _contest(place: str, contest: BallotContest, *, form: BallotForm) -> BallotContest:
    _range(f"{place}, nominee", len(contest.nominees), least=1, most=MOST_NOMINEES)
    _range(
        f"{place}, write_in_lines",
        contest.write_in_lines,
        least=0,
        most=MOST_WRITE_INS,
    )
    _require_choices(place, contest, question=form.question)
    nominees = [
        _nominee(f"{place}, nominee {number}", nominee)
        for number, nominee in enumerate(contest.nominees, start=1)
    ]
    if form.order is NomineeOrder.NAME:
        nominees.sort(key=lambda nominee: sort_key(nominee.name))
    return replace(
        contest,
        title=_text(f"{place}, title", contest.title, longest=LONGEST_TEXT),
        term=_text(f"{place}, term", contest.term, longest=LONGEST_NAME),
        nominees=tuple(nominees),
    )


def _require_choices(place: str, contest: BallotContest, *, question: Question) -> None:
    """Nominating needs a maximum; removing is asked of each person alone."""
    if question is Question.NOMINATE:
        _range(
            f"{place}, max_choices",
            contest.max_choices or 0,
            least=1,
            most=MOST_CHOICES,
        )
        return
    for field in ("max_choices", "write_in_lines"):
        if getattr(contest, field):
            raise FormError(
                f"{place}, {field}",
                Sentence(
                    "không dùng khi lấy ý kiến đưa ra khỏi quy hoạch.",
                    "has no place where the question is removal.",
                ),
            )


def _nominee(place: str, nominee: Nominee) -> Nominee:
    if nominee.birth_year is not None:
        _range(
            f"{place}, birth_year",
            nominee.birth_year,
            least=YEARS.start,
            most=YEARS.stop - 1,
        )
    return replace(
        nominee,
        name=_text(f"{place}, name", nominee.name, longest=LONGEST_NAME),
        post=_text(
            f"{place}, post", nominee.post, longest=LONGEST_TEXT, is_optional=True
        ),
        unit=_text(
            f"{place}, unit", nominee.unit, longest=LONGEST_TEXT, is_optional=True
        ),
    )


def _range(place: str, number: int, *, least: int, most: int) -> None:
    if not least <= number <= most:
        raise FormError(
            place,
            Sentence(
                f"phải từ {least} đến {most}, không phải {number}.",
                f"must be {least} to {most}, not {number}.",
            ),
        )


def _text(place: str, text: str, *, longest: int, is_optional: bool = False) -> str:
    written = " ".join(unicodedata.normalize("NFC", text).split())
    if not written and not is_optional:
        raise FormError(place, Sentence("không được để trống.", "must not be empty."))
    if len(written) > longest:
        raise FormError(
            place,
            Sentence(
                f"dài {len(written)} ký tự, tối đa {longest}.",
                f"has {len(written)} characters, at most {longest} fit.",
            ),
        )
    _require_printable(place, written)
    return written


def _require_printable(place: str, text: str) -> None:
    for letter in text:
        if not typeface(Face.REGULAR).has(letter):
            raise FormError(
                place,
                Sentence(
                    f"có ký tự U+{ord(letter):04X} mà phông chữ không in được.",
                    f"has the character U+{ord(letter):04X}, which the typeface "
                    "cannot print.",
                ),
            )
