"""Each change of a branch as one line in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

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
from kecan.planning.slate_words import RULES
from kecan.regulations.pack import (
    UnknownPackError,
    load_pack,
    shipped_overlay_titles,
)
from kecan.regulations.wording import GRADES, SEXES, THEORIES
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from kecan.planning.branches import Branch, Supposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the people and posts of some branches are called."""

    people: Mapping[str, str]
    posts: Mapping[str, str]

    @classmethod
    def of(cls, *branches: Branch) -> Self:
        """Return the names of everybody and everything in some branches."""
        return cls(
            people={
                one.person_id: one.full_name
                for branch in branches
                for one in branch.register.people
            },
            posts={
                one.post_id: one.title
                for branch in branches
                for one in branch.register.posts
            },
        )

    def person(self, key: str) -> str:
        """Return somebody's name; the id of whom nobody knows."""
        return self.people.get(key, key)

    def post(self, key: str) -> str:
        """Return a title; the id of a post nobody knows."""
        return self.posts.get(key, key)


def change_sentence(change: Change, *, names: Names) -> Sentence:
    """Return what a change says, naming people and posts."""
    return _SAID[type(change)](change, names)


def _rules(one: OtherRules, _: Names) -> Sentence:
    try:
        title = load_pack(one.pack).title
    except UnknownPackError:
        title = Sentence(one.pack, one.pack)
    if not one.overlay:
        return title
    named = shipped_overlay_titles().get(one.overlay)
    over = named or Sentence(one.overlay, one.overlay)
    return Sentence(f"{title.vi}, thêm {over.vi}", f"{title.en}, with {over.en}")


def _draft(one: DraftOverlay, _: Names) -> Sentence:
    return Sentence(
        f"dự thảo quy định {one.name}, tính như đã có hiệu lực",
        f"draft of rules {one.name}, as if it were in force",
    )


def _day(one: OtherDay, _: Names) -> Sentence:
    day = f"{one.day:%d/%m/%Y}"
    return Sentence(f"xét tại ngày {day}", f"as of {day}")


def _month(one: OtherMonth, _: Names) -> Sentence:
    return Sentence(
        f"tháng tính tuổi {one.month.vi}", f"reference month {one.month.vi}"
    )


def _post_added(one: PostAdded, names: Names) -> Sentence:
    like = names.post(one.like)
    return Sentence(
        f"thêm chức danh {one.title}, {one.seats} vị trí, như {like}",
        f"one more post, {one.title}, {one.seats} seats, like {like}",
    )


def _post_dropped(one: PostDropped, names: Names) -> Sentence:
    title = names.post(one.post_id)
    return Sentence(f"không quy hoạch {title}", f"{title} is not planned for")


def _seats(one: OtherSeats, names: Names) -> Sentence:
    title = names.post(one.post_id)
    return Sentence(f"{title}: {one.seats} vị trí", f"{title}: {one.seats} seats")


def _person_added(one: PersonAdded, names: Names) -> Sentence:
    like = names.person(one.like)
    return Sentence(
        f"thêm {one.full_name}, hồ sơ như {like}",
        f"one more person, {one.full_name}, with the record of {like}",
    )


def _record(one: RecordSupposed, names: Names) -> Sentence:
    who, parts = names.person(one.person_id), list(_supposed(one.supposed))
    return Sentence(
        f"{who}: {', '.join(part.vi for part in parts)}",
        f"{who}: {', '.join(part.en for part in parts)}",
    )


def _supposed(one: Supposed) -> Iterator[Sentence]:
    if one.born is not None:
        yield Sentence(f"sinh {one.born.vi}", f"born {one.born.vi}")
    if one.sex is not None:
        yield SEXES[one.sex]
    if one.theory is not None:
        words = THEORIES[one.theory]
        yield Sentence(f"lý luận chính trị {words.vi}", f"political theory {words.en}")
    if one.field:
        yield Sentence(f"thêm bằng đại học {one.field}", f"a degree in {one.field}")
    if one.grade is not None:
        words = GRADES[one.grade]
        yield Sentence(f"năm trước {words.vi}", f"rated {words.en} the year before")


def _leaves(one: Leaves, names: Names) -> Sentence:
    who = names.person(one.person_id)
    return Sentence(f"{who} thôi công tác", f"{who} leaves")


def _appointed(one: Appointed, names: Names) -> Sentence:
    who, title = names.person(one.person_id), names.post(one.post_id)
    return Sentence(f"{who} giữ chức vụ {title}", f"{who} takes up {title}")


def _decided(one: Decided, names: Names) -> Sentence:
    who, title = names.person(one.person_id), names.post(one.post_id)
    if one.is_kept:
        return Sentence(f"giữ {who}, {title}", f"keep {who}, {title}")
    return Sentence(f"không đưa vào {who}, {title}", f"never {who}, {title}")


def _order(one: OtherOrder, _: Names) -> Sentence:
    return Sentence(
        f"thứ tự ưu tiên: {', '.join(RULES[rule].vi for rule in one.order)}",
        f"order of rules: {', '.join(RULES[rule].en for rule in one.order)}",
    )


def _wanted(one: OtherWanted, _: Names) -> Sentence:
    must = Sentence(", bắt buộc", ", as a must") if one.is_hard else Sentence("", "")
    return Sentence(
        f"mỗi chức danh {one.wanted} người{must.vi}",
        f"{one.wanted} people behind each post{must.en}",
    )


_SAID: Mapping[type, Callable[[Any, Names], Sentence]] = {
    OtherRules: _rules,
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
    Decided: _decided,
    OtherOrder: _order,
    OtherWanted: _wanted,
}
