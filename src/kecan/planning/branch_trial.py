"""A branch made from its changes: the facts and rules tried, the wishes, all in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kecan.planning.branch_changes import (
    Appointed,
    Change,
    Decided,
    DraftOverlay,
    Leaves,
    OtherDay,
    OtherMonth,
    OtherOrder,
    OtherRules,
    OtherSeats,
    OtherWanted,
    PersonAdded,
    PostAdded,
    PostDropped,
    RecordSupposed,
)
from kecan.planning.branch_words import Names, change_sentence
from kecan.planning.branches import (
    SUPPOSED,
    TakenIdError,
    UnknownIdError,
    with_appointment,
    with_departure,
    with_pack,
    with_person_like,
    with_post_like,
    with_record,
    with_seats,
    with_value,
    without_post,
)
from kecan.planning.problem import Placement
from kecan.planning.slate_source import Wishes
from kecan.regulations.facts import Departure, DepartureKind
from kecan.regulations.pack import (
    OperatorValueMissingError,
    RuleFileError,
    UnknownPackError,
    UnknownParameterError,
    read_overlay,
    with_draft,
)
from kecan.vocabulary import Confidence, Line, PartialDate, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from kecan.planning.branches import Branch
    from kecan.regulations.pack import RulePack
    from kecan.vocabulary import Level, Month

    Rules = Callable[[str, str], RulePack]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A branch as tried: its facts and rules, what is asked of its slate.

    ``said`` are the changes made, in words; ``lost`` are those that cannot be made any
    more, and why.
    """

    branch: Branch
    wishes: Wishes
    said: tuple[tuple[Change, Sentence], ...] = ()
    lost: tuple[tuple[Change, Sentence], ...] = ()


def trial_of(
    first: Branch,
    changes: Sequence[Change],
    *,
    name: str,
    level: Level,
    rules: Rules,
) -> Trial:
    """Return the round with every change, whatever order they were written in.

    Rules are changed first, then the day, posts, people, and last who leaves or is
    appointed. A change about somebody or something the round does not have any more
    is left out and named.

    Args:
        first: The round itself.
        changes: What the branch changes.
        name: What the branch is called.
        level: The level whose reference month a change of it means.
        rules: Returns the rules of a pack and an overlay, blank for none.
    """
    branch = replace(first, name=name)
    context = _Context(level=level, rules=rules)
    done, lost = list[Change](), list[tuple[Change, Sentence]]()
    for kind, step in _STEPS.items():
        for change in (one for one in changes if type(one) is kind):
            try:
                branch = step(context, branch, change)
            except (UnknownIdError, TakenIdError) as refusal:
                lost.append((change, _unknown(refusal)))
            except (RuleFileError, UnknownPackError) as refusal:
                lost.append((change, refusal.sentence))
            else:
                done.append(change)
    decided = [one for one in changes if isinstance(one, Decided)]
    planned = {one.post_id for one in branch.register.posts if one.is_planned}
    people = {one.person_id for one in branch.register.people}
    for one in decided:
        if one.person_id in people and one.post_id in planned:
            done.append(one)
        else:
            missing = one.post_id if one.person_id in people else one.person_id
            lost.append((one, _unknown(missing)))
    done += [one for one in changes if isinstance(one, OtherOrder | OtherWanted)]
    names = Names.of(first, branch)
    return Trial(
        branch=branch,
        wishes=_wishes(done),
        said=tuple((one, change_sentence(one, names=names)) for one in done),
        lost=tuple(lost),
    )


def _unknown(what: object) -> Sentence:
    return Sentence(
        f"Không còn mã “{what}” trong sổ của đợt; thay đổi này không tính.",
        f"The round has no '{what}' any more; this change does not count.",
    )


def _wishes(changes: Iterable[Change]) -> Wishes:
    wishes = Wishes()
    for one in changes:
        match one:
            case Decided(is_kept=True):
                place = Placement(one.person_id, one.post_id)
                wishes = replace(wishes, keep=wishes.keep | {place})
            case Decided():
                place = Placement(one.person_id, one.post_id)
                wishes = replace(wishes, never=wishes.never | {place})
            case OtherOrder():
                wishes = replace(wishes, order=one.order)
            case OtherWanted():
                wishes = replace(wishes, wanted=one.wanted, wanted_is_hard=one.is_hard)
            case _:
                pass
    return wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    level: Level
    rules: Rules


def _other_rules(context: _Context, branch: Branch, one: OtherRules) -> Branch:
    return with_pack(branch, context.rules(one.pack, one.overlay))


def _draft(_: _Context, branch: Branch, one: DraftOverlay) -> Branch:
    overlay = read_overlay(one.text.encode(), name=one.name)
    return with_pack(branch, with_draft(branch.pack, overlay))


def _day(_: _Context, branch: Branch, one: OtherDay) -> Branch:
    return replace(branch, as_of=one.day)


def _month(context: _Context, branch: Branch, one: OtherMonth) -> Branch:
    return with_reference_month(branch, month=one.month, level=context.level)


def _post_added(_: _Context, branch: Branch, one: PostAdded) -> Branch:
    return with_post_like(
        branch, post_id=one.post_id, title=one.title, like=one.like, seats=one.seats
    )


def _post_dropped(_: _Context, branch: Branch, one: PostDropped) -> Branch:
    return without_post(branch, post_id=one.post_id)


def _seats(_: _Context, branch: Branch, one: OtherSeats) -> Branch:
    return with_seats(branch, post_id=one.post_id, seats=one.seats)


def _person_added(_: _Context, branch: Branch, one: PersonAdded) -> Branch:
    return with_person_like(
        branch, person_id=one.person_id, full_name=one.full_name, like=one.like
    )


def _record(_: _Context, branch: Branch, one: RecordSupposed) -> Branch:
    return with_record(branch, person_id=one.person_id, supposed=one.supposed)


def _leaves(_: _Context, branch: Branch, one: Leaves) -> Branch:
    gone = Departure(
        left=PartialDate.of(branch.as_of), kind=DepartureKind.OTHER, source=SUPPOSED
    )
    return with_departure(branch, person_id=one.person_id, departure=gone)


def _appointed(_: _Context, branch: Branch, one: Appointed) -> Branch:
    return with_appointment(branch, person_id=one.person_id, post_id=one.post_id)


_STEPS: Mapping[type, Callable[[_Context, Branch, Any], Branch]] = {
    OtherRules: _other_rules,
    DraftOverlay: _draft,
    OtherDay: _day,
    OtherMonth: _month,
    PostAdded: _post_added,
    PostDropped: _post_dropped,
    OtherSeats: _seats,
    PersonAdded: _person_added,
    RecordSupposed: _record,
    Leaves: _leaves,
    Appointed: _appointed,
}


def with_reference_month(branch: Branch, *, month: Month, level: Level) -> Branch:
    """Return the branch with the reference month of a level moved, on both lines.

    The value has its own source and the confidence *assumed*. Rules that know no such
    month stay as they are.
    """
    for line in Line:
        term = branch.terms[0].on(line)
        try:
            value = branch.pack.parameter(
                "age.reference_month",
                on=branch.as_of,
                level=level,
                line=line,
                term=term.label,
            )
        except OperatorValueMissingError as missing:
            value = missing.parameter
        except UnknownParameterError:
            continue
        supposed = replace(
            value,
            value=month,
            confidence=Confidence.ASSUMED,
            is_required_from_operator=False,
            note=Sentence("Giả định của phương án thử.", "Supposed in a branch."),
        )
        branch = with_value(branch, supposed)
    return branch
