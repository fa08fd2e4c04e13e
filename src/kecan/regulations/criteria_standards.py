"""The standards of the post: profession, theory, Party membership, subject group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.regulations.facts import TrainingKind
from kecan.regulations.verdict import Criterion, Finding, Outcome, Timing, Wording
from kecan.regulations.wording import PROFESSIONS, THEORIES, from_paper
from kecan.vocabulary import Level, Sentence

if TYPE_CHECKING:
    from kecan.regulations.facts import (
        PersonFacts,
        Post,
        ProfessionLevel,
        TheoryLevel,
        Training,
    )
    from kecan.regulations.parameters import Parameter
    from kecan.vocabulary import PartialDate

_LEVELS = tuple(Level)
"""The levels, the highest first."""


def judge_profession(person: PersonFacts, *, post: Post, rule: Parameter) -> Finding:
    """Compare the highest level of trained profession with what the post asks."""
    trainings = _trainings(person, TrainingKind.PROFESSION)
    required = post.required_profession
    if required is None:
        outcome, wording = Outcome.PASS, Wording(_no_profession_required)
    else:
        levels = tuple(one.level for one in trainings)
        best = max((one for one in levels if one), key=_rank_of, default=None)
        if best is not None and best.rank >= required.rank:
            outcome, wording = Outcome.PASS, Wording(_profession_met, (best, required))
        elif None in levels or best is None:
            outcome, wording = (
                Outcome.MISSING_DATA,
                Wording(_profession_unknown, (required,)),
            )
        else:
            outcome, wording = (
                Outcome.FAIL,
                Wording(_profession_too_low, (best, required)),
            )
    return Finding(
        rule=rule,
        criterion=Criterion.PROFESSION,
        outcome=outcome,
        wording=wording,
        timing=Timing.AT_PLANNING if rule.is_true else Timing.LATER,
        facts_used=tuple(Wording(_profession, (one,)) for one in trainings),
    )


def judge_theory(
    person: PersonFacts, *, post: Post, rule: Parameter, from_level: Parameter
) -> Finding:
    """Compare political theory with what the post asks, now or later.

    It is needed at planning for every post when ``rule`` says so, and otherwise
    only for posts managed by ``from_level`` or higher.
    """
    trainings = _trainings(person, TrainingKind.THEORY)
    outcome = _theory_met(trainings, post.required_theory)
    timing = _theory_timing(post, rule=rule, from_level=from_level)
    wording = _theory_wording(trainings, post.required_theory, outcome, timing)
    if timing is None and outcome is not Outcome.PASS:
        outcome = Outcome.MISSING_DATA
    return Finding(
        rule=rule if rule.is_true else from_level,
        criterion=Criterion.THEORY,
        outcome=outcome,
        wording=wording,
        timing=timing or Timing.AT_PLANNING,
        facts_used=tuple(Wording(_theory, (one,)) for one in trainings),
    )


def judge_party_membership(
    person: PersonFacts, *, post: Post, rule: Parameter
) -> Finding:
    """Tell whether the person is an official Party member where the post needs one."""
    facts: tuple[Wording, ...] = ()
    if person.party_joined is not None:
        facts = (Wording(_joined, (person.party_joined, person.party_official)),)
    if not (post.requires_party_membership and rule.is_true):
        outcome, wording = Outcome.PASS, Wording(_membership_not_required)
    elif person.party_official is not None:
        outcome, wording = Outcome.PASS, Wording(_official, (person.party_official,))
    elif person.party_joined is not None:
        outcome, wording = (
            Outcome.NEEDS_DECISION,
            Wording(_not_yet_official, (person.party_joined,)),
        )
    else:
        outcome, wording = Outcome.MISSING_DATA, Wording(_membership_unknown)
    return Finding(
        rule=rule,
        criterion=Criterion.PARTY_MEMBERSHIP,
        outcome=outcome,
        wording=wording,
        facts_used=facts,
    )


def judge_subject_group(person: PersonFacts, *, post: Post, rule: Parameter) -> Finding:
    """Tell whether the person belongs to the group the post is planned from."""
    group = post.subject_group
    groups = tuple(sorted(person.subject_groups))
    if group is None or not rule.is_true:
        outcome, wording = Outcome.PASS, Wording(_no_group_required)
    elif group in groups:
        outcome, wording = Outcome.PASS, Wording(_in_group, (group,))
    elif groups:
        outcome, wording = Outcome.FAIL, Wording(_in_other_group, (group, groups))
    else:
        outcome, wording = Outcome.MISSING_DATA, Wording(_group_unknown, (group,))
    return Finding(
        rule=rule, criterion=Criterion.SUBJECT_GROUP, outcome=outcome, wording=wording
    )


def _rank_of(level: ProfessionLevel | TheoryLevel) -> int:
    return level.rank


def _trainings(person: PersonFacts, kind: TrainingKind) -> tuple[Training, ...]:
    return tuple(
        sorted(
            (one for one in person.trainings if one.kind is kind),
            key=lambda one: (
                str(one.completed or ""),
                one.field,
                one.level or "",
                one.theory or "",
                one.source,
            ),
        )
    )


def _theory_met(
    trainings: tuple[Training, ...], required: TheoryLevel | None
) -> Outcome:
    if required is None:
        return Outcome.PASS
    levels = [one.theory for one in trainings]
    if any(one is not None and one.rank >= required.rank for one in levels):
        return Outcome.PASS
    return Outcome.MISSING_DATA if None in levels or not levels else Outcome.FAIL


def _theory_timing(
    post: Post, *, rule: Parameter, from_level: Parameter
) -> Timing | None:
    """Return when theory is needed; None when nobody has said who manages the post."""
    if rule.is_true:
        return Timing.AT_PLANNING
    if post.managed_by is None:
        return None
    is_high = _LEVELS.index(post.managed_by) <= _LEVELS.index(Level(from_level.text))
    return Timing.AT_PLANNING if is_high else Timing.LATER


def _theory_wording(
    trainings: tuple[Training, ...],
    required: TheoryLevel | None,
    met: Outcome,
    timing: Timing | None,
) -> Wording:
    if required is None:
        return Wording(_no_theory_required)
    if met is Outcome.PASS:
        best = max((one.theory for one in trainings if one.theory), key=_rank_of)
        return Wording(_theory_is_met, (best, required))
    if timing is None:
        return Wording(_managing_level_unknown, (required,))
    is_later = timing is Timing.LATER
    if met is Outcome.FAIL:
        best = max((one.theory for one in trainings if one.theory), key=_rank_of)
        return Wording(_theory_too_low, (best, required, is_later))
    return Wording(_theory_unknown, (required, is_later))


def _profession(training: Training) -> Sentence:
    names = PROFESSIONS[training.level] if training.level else Sentence("?", "?")
    field = f" {training.field}" if training.field else ""
    paper = from_paper(training.source)
    return Sentence(
        f"Trình độ chuyên môn: {names.vi}{field}{paper.vi}.",
        f"Trained profession: {names.en}{field}{paper.en}.",
    )


def _theory(training: Training) -> Sentence:
    names = THEORIES[training.theory] if training.theory else Sentence("?", "?")
    paper = from_paper(training.source)
    return Sentence(
        f"Lý luận chính trị: {names.vi}{paper.vi}.",
        f"Political theory: {names.en}{paper.en}.",
    )


def _no_profession_required() -> Sentence:
    return Sentence(
        "Chức danh không quy định riêng về trình độ chuyên môn.",
        "The post sets no level of trained profession.",
    )


def _profession_met(best: ProfessionLevel, required: ProfessionLevel) -> Sentence:
    return Sentence(
        f"Trình độ chuyên môn {PROFESSIONS[best].vi}, đáp ứng yêu cầu của chức danh "
        f"({PROFESSIONS[required].vi} trở lên).",
        f"Trained profession {PROFESSIONS[best].en} meets what the post asks "
        f"({PROFESSIONS[required].en} or higher).",
    )


def _profession_too_low(best: ProfessionLevel, required: ProfessionLevel) -> Sentence:
    return Sentence(
        f"Trình độ chuyên môn {PROFESSIONS[best].vi}, thấp hơn yêu cầu của chức danh; "
        f"phải có trình độ {PROFESSIONS[required].vi} trở lên.",
        f"Trained profession {PROFESSIONS[best].en} is below what the post asks; "
        f"{PROFESSIONS[required].en} or higher is needed.",
    )


def _profession_unknown(required: ProfessionLevel) -> Sentence:
    return Sentence(
        "Hồ sơ chưa ghi đủ trình độ chuyên môn; chức danh yêu cầu "
        f"{PROFESSIONS[required].vi} trở lên.",
        "The record does not state the trained profession in full; the post asks for "
        f"{PROFESSIONS[required].en} or higher.",
    )


def _no_theory_required() -> Sentence:
    return Sentence(
        "Chức danh không quy định riêng về trình độ lý luận chính trị.",
        "The post sets no level of political theory.",
    )


def _theory_is_met(best: TheoryLevel, required: TheoryLevel) -> Sentence:
    return Sentence(
        f"Lý luận chính trị {THEORIES[best].vi}, đáp ứng yêu cầu của chức danh "
        f"({THEORIES[required].vi} trở lên).",
        f"Political theory {THEORIES[best].en} meets what the post asks "
        f"({THEORIES[required].en} or higher).",
    )


def _when(is_later: bool) -> Sentence:  # noqa: FBT001  # stored in a wording
    if is_later:
        return Sentence(
            "có thể hoàn thiện sau khi được quy hoạch.",
            "this may be completed after planning.",
        )
    return Sentence(
        "phải đạt tại thời điểm phê duyệt quy hoạch.",
        "this has to be met when the plan is approved.",
    )


def _theory_too_low(
    best: TheoryLevel,
    required: TheoryLevel,
    is_later: bool,  # noqa: FBT001  # stored in a wording
) -> Sentence:
    when = _when(is_later)
    return Sentence(
        f"Lý luận chính trị {THEORIES[best].vi}, chức danh yêu cầu "
        f"{THEORIES[required].vi} trở lên; {when.vi}",
        f"Political theory {THEORIES[best].en}, the post asks for "
        f"{THEORIES[required].en} or higher; {when.en}",
    )


def _theory_unknown(
    required: TheoryLevel,
    is_later: bool,  # noqa: FBT001  # stored in a wording
) -> Sentence:
    when = _when(is_later)
    return Sentence(
        "Hồ sơ chưa ghi trình độ lý luận chính trị, chức danh yêu cầu "
        f"{THEORIES[required].vi} trở lên; {when.vi}",
        "The record states no political theory, the post asks for "
        f"{THEORIES[required].en} or higher; {when.en}",
    )


def _managing_level_unknown(required: TheoryLevel) -> Sentence:
    return Sentence(
        f"Hồ sơ chưa có lý luận chính trị {THEORIES[required].vi} trở lên, và chưa ghi "
        "cấp quản lý chức danh nên chưa biết có phải đạt ngay hay không.",
        f"Political theory {THEORIES[required].en} or higher is not on record, and the "
        "level that manages the post is not stated, so it is open when it is needed.",
    )


def _joined(joined: PartialDate, official: PartialDate | None) -> Sentence:
    if official is None:
        return Sentence(f"Vào Đảng {joined.vi}.", f"Joined the Party {joined.vi}.")
    return Sentence(
        f"Vào Đảng {joined.vi}, chính thức {official.vi}.",
        f"Joined the Party {joined.vi}, official {official.vi}.",
    )


def _membership_not_required() -> Sentence:
    return Sentence(
        "Chức danh không bắt buộc là đảng viên.",
        "The post does not need a Party member.",
    )


def _official(since: PartialDate) -> Sentence:
    return Sentence(
        f"Là đảng viên chính thức từ {since.vi}.",
        f"Official Party member since {since.vi}.",
    )


def _not_yet_official(joined: PartialDate) -> Sentence:
    return Sentence(
        f"Vào Đảng {joined.vi} nhưng hồ sơ chưa có ngày chính thức; "
        "cần xác định đã là đảng viên chính thức chưa.",
        f"Joined the Party {joined}, but no day of official membership is recorded; "
        "somebody has to establish it.",
    )


def _membership_unknown() -> Sentence:
    return Sentence(
        "Hồ sơ chưa có ngày vào Đảng; chức danh yêu cầu là đảng viên.",
        "The record states no Party membership; the post needs a Party member.",
    )


def _no_group_required() -> Sentence:
    return Sentence(
        "Chức danh không giới hạn đối tượng quy hoạch.",
        "The post is open to every subject group.",
    )


def _in_group(group: str) -> Sentence:
    return Sentence(
        f"Thuộc đối tượng quy hoạch của chức danh ({group}).",
        f"Belongs to the subject group of the post ({group}).",
    )


def _in_other_group(group: str, groups: tuple[str, ...]) -> Sentence:
    own = ", ".join(groups)
    return Sentence(
        f"Thuộc đối tượng {own}; chức danh chỉ quy hoạch từ đối tượng {group}.",
        f"Belongs to group {own}; the post is planned from group {group} only.",
    )


def _group_unknown(group: str) -> Sentence:
    return Sentence(
        f"Hồ sơ chưa ghi đối tượng; chức danh chỉ quy hoạch từ đối tượng {group}.",
        f"The record states no subject group; the post is planned from {group} only.",
    )
