"""Discipline: which matters bar a person from planning, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecan.regulations.facts import DisciplineForm
from kecan.regulations.verdict import Criterion, Finding, Outcome, Wording, gravest
from kecan.regulations.wording import FORMS, from_paper
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kecan.regulations.facts import Discipline, PersonFacts
    from kecan.regulations.parameters import Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCases:
    """The cases in which a regulation says a person may be planned all the same.

    ``always`` are outcomes short of discipline; ``after_expiry`` are forms of
    discipline whose period has to be over. Cases in ``remedied`` ask that the
    consequences be remedied; an expired limitation counts only where the form
    would have been ``limitation_up_to`` or lighter.
    """

    always: frozenset[DisciplineForm]
    after_expiry: frozenset[DisciplineForm]
    remedied: frozenset[DisciplineForm]
    limitation_up_to: DisciplineForm


@dataclass(frozen=True, slots=True, kw_only=True)
class DisciplineRules:
    """What the pack says about disciplinary matters.

    Discipline from ``bars_from`` up bars. Where the regulation lists cases,
    ``listed`` holds them; otherwise ``may_return`` says whether the competent
    authority may consider a person again once the decision has expired.
    ``rule`` is the value the finding rests on.
    """

    rule: Parameter
    bars_from: DisciplineForm
    may_return: bool
    listed: ListedCases | None


_Answer = tuple[Outcome, "Callable[[Discipline], Sentence]"]
_FORMS = list(DisciplineForm)


def judge_discipline(
    person: PersonFacts, *, as_of: date, rules: DisciplineRules
) -> Finding:
    """Judge every disciplinary matter on record; the gravest answer counts."""
    matters = sorted(person.disciplines, key=_order)
    answers = [(one, *_answer(one, as_of=as_of, rules=rules)) for one in matters]
    outcome = gravest(answer for _, answer, _ in answers)
    decisive = [(one, words) for one, answer, words in answers if answer is outcome]
    if decisive:
        matter, template = decisive[-1]
        wording = Wording(template, (matter,))
    else:
        wording = Wording(_none_on_record)
    return Finding(
        rule=rules.rule,
        criterion=Criterion.DISCIPLINE,
        outcome=outcome,
        wording=wording,
        facts_used=tuple(Wording(_on_record, (one,)) for one in matters),
    )


def has_expired(matter: Discipline, *, as_of: date) -> bool | None:
    """Tell whether a matter no longer has effect; None when the record cannot tell."""
    if matter.expires is None or (
        matter.expires.earliest <= as_of < matter.expires.latest
    ):
        return None
    return matter.expires.latest <= as_of


def _answer(matter: Discipline, *, as_of: date, rules: DisciplineRules) -> _Answer:
    expired = has_expired(matter, as_of=as_of)
    if matter.form is DisciplineForm.UNDER_CONSIDERATION:
        if expired:
            return Outcome.PASS, _closed
        return Outcome.NEEDS_DECISION, _under_consideration
    if rules.listed is not None:
        return _answer_by_list(matter, expired=expired, listed=rules.listed)
    return _answer_without_list(matter, expired=expired, rules=rules)


def _answer_without_list(
    matter: Discipline, *, expired: bool | None, rules: DisciplineRules
) -> _Answer:
    if _FORMS.index(matter.form) < _FORMS.index(rules.bars_from):
        return Outcome.PASS, _does_not_bar
    if not expired:
        return _before_expiry(expired)
    if rules.may_return:
        return Outcome.NEEDS_DECISION, _may_be_considered_again
    return Outcome.FAIL, _bars_for_good


def _answer_by_list(
    matter: Discipline, *, expired: bool | None, listed: ListedCases
) -> _Answer:
    if matter.form in listed.after_expiry:
        return (Outcome.PASS, _listed) if expired else _before_expiry(expired)
    if matter.form not in listed.always:
        return Outcome.FAIL, _not_listed
    if matter.form is DisciplineForm.LIMITATION_EXPIRED:
        due = matter.would_have_been
        if due is None:
            return Outcome.MISSING_DATA, _form_unknown
        if _FORMS.index(due) > _FORMS.index(listed.limitation_up_to):
            return Outcome.FAIL, _too_grave_for_limitation
    return _answer_by_remedy(matter, is_needed=matter.form in listed.remedied)


def _answer_by_remedy(matter: Discipline, *, is_needed: bool) -> _Answer:
    if matter.is_remedied or not is_needed:
        return Outcome.PASS, _listed
    if matter.is_remedied is None:
        return Outcome.MISSING_DATA, _remedy_unknown
    return Outcome.FAIL, _not_remedied


def _before_expiry(expired: bool | None) -> _Answer:  # noqa: FBT001  # three answers
    if expired is None:
        return Outcome.MISSING_DATA, _expiry_unknown
    return Outcome.FAIL, _in_force


def _order(matter: Discipline) -> tuple[str | int, ...]:
    """Order matters by everything that decides or is shown, so that none ties."""
    return (
        str(matter.decided),
        _FORMS.index(matter.form),
        str(matter.expires or ""),
        matter.source,
        str(matter.is_remedied),
        matter.would_have_been or "",
        matter.reason,
    )


def _on_record(matter: Discipline) -> Sentence:
    paper = from_paper(matter.source)
    until = f", hết hiệu lực {matter.expires.vi}" if matter.expires else ""
    expires = f", expires {matter.expires.vi}" if matter.expires else ""
    names = FORMS[matter.form]
    return Sentence(
        f"{names.vi[0].upper()}{names.vi[1:]}, ngày {matter.decided.vi}{until}{paper.vi}.",
        f"{names.en[0].upper()}{names.en[1:]}, {matter.decided.vi}{expires}{paper.en}.",
    )


def _none_on_record() -> Sentence:
    return Sentence("Không có kỷ luật trong hồ sơ.", "No discipline on record.")


def _closed(matter: Discipline) -> Sentence:
    return Sentence(
        f"Việc xem xét, xử lý từ {matter.decided.vi} đã kết thúc.",
        f"The matter under consideration since {matter.decided.vi} is closed.",
    )


def _under_consideration(matter: Discipline) -> Sentence:
    return Sentence(
        f"Đang trong thời gian xem xét, xử lý (từ {matter.decided.vi}); chờ kết luận, "
        "cấp có thẩm quyền quyết định.",
        f"A matter is under consideration (since {matter.decided.vi}); the competent "
        "authority decides once it is concluded.",
    )


def _does_not_bar(matter: Discipline) -> Sentence:
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} ({FORMS[matter.form].vi}) "
        "không phải hình thức kỷ luật phải đưa ra khỏi quy hoạch.",
        f"The matter of {matter.decided.vi} ({FORMS[matter.form].en}) "
        "is no discipline that bars from planning.",
    )


def _in_force(matter: Discipline) -> Sentence:
    until = matter.expires.vi if matter.expires else "?"
    names = FORMS[matter.form]
    return Sentence(
        f"Bị kỷ luật {names.vi} ngày {matter.decided.vi}, quyết định còn hiệu lực "
        f"đến {until}; chỉ được xem xét sau khi hết hiệu lực.",
        f"Disciplined ({names.en}) on {matter.decided.vi}, in effect until {until}; "
        "may be considered only afterwards.",
    )


def _expiry_unknown(matter: Discipline) -> Sentence:
    names = FORMS[matter.form]
    return Sentence(
        f"Bị kỷ luật {names.vi} ngày {matter.decided.vi}, hồ sơ chưa xác định được "
        "quyết định đã hết hiệu lực chưa; cần bổ sung ngày hết hiệu lực.",
        f"Disciplined ({names.en}) on {matter.decided.vi}; the record does not tell "
        "whether the decision still has effect. Its last day has to be added.",
    )


def _may_be_considered_again(matter: Discipline) -> Sentence:
    names = FORMS[matter.form]
    return Sentence(
        f"Bị kỷ luật {names.vi} ngày {matter.decided.vi}, quyết định đã hết hiệu lực; "
        "cấp có thẩm quyền xem xét việc đưa trở lại quy hoạch.",
        f"Disciplined ({names.en}) on {matter.decided.vi}, no longer in effect; the "
        "competent authority may consider planning the person again.",
    )


def _bars_for_good(matter: Discipline) -> Sentence:
    names = FORMS[matter.form]
    return Sentence(
        f"Bị kỷ luật {names.vi} ngày {matter.decided.vi}; "
        "quy định không cho xem xét lại sau khi hết hiệu lực.",
        f"Disciplined ({names.en}) on {matter.decided.vi}; "
        "the rules allow no return after expiry.",
    )


def _listed(matter: Discipline) -> Sentence:
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} ({FORMS[matter.form].vi}) đủ điều kiện "
        "vẫn được xem xét quy hoạch.",
        f"The matter of {matter.decided.vi} ({FORMS[matter.form].en}) is one of the "
        "cases that may still be planned.",
    )


def _not_listed(matter: Discipline) -> Sentence:
    return Sentence(
        f"Bị kỷ luật {FORMS[matter.form].vi} ngày {matter.decided.vi}, không thuộc "
        "trường hợp vẫn được xem xét quy hoạch.",
        f"Disciplined ({FORMS[matter.form].en}) on {matter.decided.vi}, not one of the "
        "cases that may still be planned.",
    )


def _form_unknown(matter: Discipline) -> Sentence:
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} hết thời hiệu kỷ luật nhưng hồ sơ chưa "
        "ghi hình thức kỷ luật lẽ ra phải áp dụng.",
        f"The limitation period of the matter of {matter.decided.vi} expired, but the "
        "record does not say which discipline was due.",
    )


def _too_grave_for_limitation(matter: Discipline) -> Sentence:
    due = FORMS[matter.would_have_been] if matter.would_have_been else Sentence("", "")
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} hết thời hiệu nhưng hình thức lẽ ra phải "
        f"áp dụng là {due.vi}; chỉ trường hợp khiển trách mới được xem xét.",
        f"The limitation period of the matter of {matter.decided.vi} expired, but "
        f"{due.en} was due; this is too grave to be planned all the same.",
    )


def _remedy_unknown(matter: Discipline) -> Sentence:
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} ({FORMS[matter.form].vi}): hồ sơ chưa ghi "
        "đã khắc phục xong hậu quả hay chưa.",
        f"The matter of {matter.decided.vi} ({FORMS[matter.form].en}): the record does "
        "not say whether the consequences were remedied.",
    )


def _not_remedied(matter: Discipline) -> Sentence:
    return Sentence(
        f"Trường hợp ngày {matter.decided.vi} ({FORMS[matter.form].vi}): chưa khắc phục "
        "xong hậu quả; chỉ được xem xét khi đã khắc phục.",
        f"The matter of {matter.decided.vi} ({FORMS[matter.form].en}): the consequences "
        "are not remedied yet, which is needed first.",
    )
