"""What a slate says, as sentences and tables an official reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.planning.conflicts import PartKind
from kecan.planning.missing_profiles import missing_profiles
from kecan.planning.problem import SoftRule
from kecan.planning.slate import Why
from kecan.planning.tables import Table, column
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kecan.planning.missing_profiles import MissingProfile, Near
    from kecan.planning.problem import Problem
    from kecan.planning.slate import Conflict, Proposal, Reason
    from kecan.planning.soft_rules import Shortfall
    from kecan.planning.tables import Cell

RULES: Mapping[SoftRule, Sentence] = {
    SoftRule.PEOPLE: Sentence("đủ số người mỗi chức danh", "people behind each post"),
    SoftRule.SETTLED: Sentence(
        "đủ người không còn thiếu dữ liệu, chờ quyết định",
        "people with no open question",
    ),
    SoftRule.WOMEN: Sentence("cán bộ nữ", "women"),
    SoftRule.YOUNG: Sentence("cán bộ trẻ", "young people"),
    SoftRule.MINORITY: Sentence("cán bộ dân tộc thiểu số", "ethnic minorities"),
    SoftRule.SCIENCE: Sentence("khoa học, công nghệ", "science and technology"),
    SoftRule.AGE_BANDS: Sentence("ba độ tuổi", "age bands"),
    SoftRule.PROFESSION: Sentence("chuyên môn phù hợp", "fitting profession"),
    SoftRule.CHANGES: Sentence("ít thay đổi quy hoạch hiện có", "fewest changes"),
    SoftRule.RATINGS: Sentence(
        "xếp loại của người đưa vào mới", "ratings of those added"
    ),
}
_WHY: Mapping[Why, Sentence] = {
    Why.DECIDED: Sentence("Giữ theo quyết định.", "Kept by decision."),
    Why.IN_PLAN: Sentence(
        "Đang trong quy hoạch, không có lý do đưa ra.",
        "In the current plan; nothing speaks against staying.",
    ),
    Why.NEEDED: Sentence("Bổ sung vì: {rule}.", "Added for: {rule}."),
    Why.LEAST: Sentence(
        "Bổ sung để đủ số người tối thiểu.", "Added to reach the least number."
    ),
    Why.RULED_OUT: Sentence("Đã quyết định không đưa vào.", "Ruled out by decision."),
    Why.POST_FULL: Sentence(
        "Đủ điều kiện; chức danh đã đủ số người tối đa.",
        "Eligible; the post has the most people allowed.",
    ),
    Why.PERSON_FULL: Sentence(
        "Đủ điều kiện; đã có đủ số chức danh tối đa cùng cấp.",
        "Eligible; has the most posts of the level allowed.",
    ),
    Why.NOT_NEEDED: Sentence(
        "Đủ điều kiện; đưa thêm vào thì kém hơn về: {rule}.",
        "Eligible; taking them in would be worse for: {rule}.",
    ),
    Why.BALANCED: Sentence("Đủ điều kiện.", "Eligible."),
}
TIES: Mapping[bool | None, Sentence] = {
    True: Sentence(
        "Có phương án ngang bằng chọn khác; cấp có thẩm quyền quyết định.",
        "An equally good plan decides otherwise; people decide.",
    ),
    False: Sentence(
        "Như nhau trong mọi phương án tốt nhất.", "Same in every best plan."
    ),
    None: Sentence(
        "Chưa xét hết phương án ngang bằng.", "Ties not followed to the end."
    ),
}


def reason_sentence(reason: Reason) -> Sentence:
    """Return why a placement is on the slate or is not."""
    words = _WHY[reason.why]
    rule = Sentence("", "") if reason.rule is None else RULES[reason.rule]
    return Sentence(words.vi.format(rule=rule.vi), words.en.format(rule=rule.en))


def shortfall_sentence(short: Shortfall) -> Sentence:
    """Return what a rule still lacks, and where."""
    if short.demand is not None:
        demand = short.demand
        return Sentence(
            f"Còn thiếu {short.missing} {demand.noun.vi} cho {demand.name.vi} "
            f"(có {short.have}/{short.of}; {demand.source}).",
            f"{short.missing} {demand.noun.en} missing for {demand.name.en} "
            f"({short.have} of {short.of}; {demand.source}).",
        )
    if short.post is None:
        msg = "a shortfall is of a post or of a list"
        raise ValueError(msg)
    title, fields = short.post.title, ", ".join(short.post.fields)
    extra = {
        SoftRule.PEOPLE: Sentence("", ""),
        SoftRule.SETTLED: Sentence(" đã rõ hồ sơ", " with no open question"),
    }.get(short.rule, Sentence(f" có chuyên môn {fields}", f" trained in {fields}"))
    return Sentence(
        f"Còn thiếu {short.missing} người{extra.vi} cho {title} (có {short.have}).",
        f"{short.missing} people{extra.en} missing for {title} ({short.have} there).",
    )


_KINDS: Mapping[PartKind, Sentence] = {
    PartKind.LEAST: Sentence("số người tối thiểu", "least people"),
    PartKind.MOST: Sentence("số người tối đa", "most people"),
    PartKind.POSTS: Sentence("số chức danh tối đa", "most posts"),
    PartKind.KEEP: Sentence("quyết định giữ", "decision to keep"),
    PartKind.NEVER: Sentence("quyết định không đưa vào", "decision to rule out"),
    PartKind.VERDICT: Sentence("điều kiện của người", "verdict"),
    PartKind.SUPPLY: Sentence("nguồn đủ điều kiện", "who is eligible"),
}
_TRAIT_OF_A_WOMAN = "woman"
_LEADS = ("người ", "cán bộ ", "people ")


def profile_sentence(profile: MissingProfile) -> Sentence:
    """Return whom a slate lacks, all traits of one person together, and where."""
    is_woman = any(one.trait == _TRAIT_OF_A_WOMAN for one in profile.demands)
    others = [one.noun for one in profile.demands if one.trait != _TRAIT_OF_A_WOMAN]
    head = Sentence("nữ", "women") if is_woman else Sentence("người", "people")
    traits = Sentence(
        " ".join(dict.fromkeys(_without_lead(one.vi) for one in others)),
        " ".join(dict.fromkeys(_without_lead(one.en) for one in others)),
    )
    who = Sentence(f"{head.vi} {traits.vi}".strip(), f"{head.en} {traits.en}".strip())
    extra = _post_traits(profile)
    where = profile.demands[0].name if profile.post is None else None
    title = Sentence(profile.post.title, profile.post.title) if profile.post else where
    if title is None:
        msg = "a profile is of a post or of a list"
        raise ValueError(msg)
    return Sentence(
        f"Còn thiếu {profile.missing} {who.vi}{extra.vi}, cho {title.vi}.",
        f"{profile.missing} {who.en}{extra.en} missing for {title.en}.",
    )


def near_sentence(near: Near, *, problem: Problem, profile: MissingProfile) -> Sentence:
    """Return who comes near a profile, for which of its posts, and what they lack."""
    name = problem.people[near.place.person_id].full_name
    label = f"{name} ({near.place.person_id})"
    if len(profile.posts) > 1:
        label = f"{label}, {problem.posts[near.place.post_id].title}"
    if not near.lacks:
        return Sentence(
            f"{label}: có đủ các yếu tố này; chưa đưa vào vì quy tắc xếp trước hoặc chức "
            "danh đã đủ người",
            f"{label}: has all of this; kept out by a rule that comes earlier or because "
            "the post is full",
        )
    return Sentence(
        f"{label}: {'; '.join(one.vi.rstrip('.') for one in near.lacks)}",
        f"{label}: {'; '.join(one.en.rstrip('.') for one in near.lacks)}",
    )


def _post_traits(profile: MissingProfile) -> Sentence:
    """Return what the post itself asks of the person, to stand behind the traits."""
    vi = en = ""
    if profile.post is not None and SoftRule.PROFESSION in profile.post_rules:
        fields = profile.post.fields
        vi = f" có chuyên môn {' hoặc '.join(fields)}"
        en = f" trained in {' or '.join(fields)}"
    if SoftRule.SETTLED in profile.post_rules and SoftRule.PEOPLE not in profile.rules:
        vi, en = f"{vi}, đã rõ hồ sơ", f"{en}, with no open question"
    return Sentence(vi, en)


def _without_lead(words: str) -> str:
    for lead in _LEADS:
        words = words.removeprefix(lead)
    return words


def slate_tables(proposal: Proposal) -> tuple[Table, ...]:
    """Return the proposal, what it lacks, the proof, and who is left out."""
    return (
        _placements(
            proposal, key="slate", title=Sentence("Phương án", "Proposal"), is_on=True
        ),
        _levels(proposal),
        _shortfalls(proposal),
        _profiles(proposal),
        _removed(proposal.problem),
        _placements(
            proposal,
            key="left_out",
            title=Sentence("Đủ điều kiện, chưa đưa vào", "Eligible, left out"),
            is_on=False,
        ),
    )


def conflict_sentence(conflict: Conflict) -> Sentence:
    """Return what a conflict means: nothing to spare, or not looked at to the end."""
    if conflict.is_smallest:
        return Sentence(
            "Không có phương án nào: bỏ bất kỳ điều nào dưới đây thì các điều còn lại "
            "thực hiện được.",
            "There is no plan; without any one of the following the rest can hold.",
        )
    return Sentence(
        f"Không có phương án nào. Hết thời gian khi còn {len(conflict.parts)} điều chưa "
        "rút gọn: chúng không thể cùng thực hiện, nhưng có thể có điều bỏ qua được.",
        f"There is no plan. The time was up with {len(conflict.parts)} parts left: they "
        "cannot hold together, but some of them may be spared.",
    )


def conflict_table(conflict: Conflict) -> Table:
    """Return the rules and facts that cannot hold together."""
    return Table(
        key="conflict",
        title=Sentence(
            "Các quy định không thể cùng thực hiện", "Rules that cannot hold together"
        ),
        columns=(
            column("kind", "Loại", "Kind"),
            column("sentence", "Nội dung", "What it says", is_long=True),
        ),
        rows=tuple((_KINDS[one.kind], one.sentence) for one in conflict.parts),
    )


def _placements(proposal: Proposal, *, key: str, title: Sentence, is_on: bool) -> Table:
    problem = proposal.problem
    rows: list[tuple[Cell, ...]] = []
    for one in proposal.reasons:
        if one.is_on is is_on:
            person = problem.people[one.place.person_id]
            rows.append(
                (
                    problem.posts[one.place.post_id].title,
                    one.place.post_id,
                    person.full_name,
                    person.person_id,
                    reason_sentence(one),
                    TIES[one.is_open],
                )
            )
    if is_on:
        order = {post_id: at for at, post_id in enumerate(problem.posts)}
        rows.sort(key=lambda row: order.get(row[1], 0))  # type: ignore[call-overload]
    return Table(
        key=key,
        title=title,
        columns=(
            column("post", "Chức danh", "Post"),
            column("post_id", "Mã chức danh", "Post id"),
            column("full_name", "Họ và tên", "Name"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("reason", "Lý do", "Reason", is_long=True),
            column("tie", "Phương án ngang bằng", "Ties"),
        ),
        rows=tuple(rows),
    )


def unproven_sentences(proposal: Proposal) -> tuple[Sentence, ...]:
    """Return for each rule that is not proven its value and how far the proof reaches."""
    return tuple(
        Sentence(
            f"{RULES[one.rule].vi}: phương án này {one.missing}, chưa loại trừ được "
            f"phương án chỉ {one.bound} (khoảng chưa chứng minh {one.missing - one.bound}).",
            f"{RULES[one.rule].en}: {one.missing} here, a plan with only {one.bound} "
            f"is not ruled out (gap {one.missing - one.bound}).",
        )
        for one in proposal.levels
        if not one.is_proven
    )


def _levels(proposal: Proposal) -> Table:
    return Table(
        key="levels",
        title=Sentence("Thứ tự ưu tiên", "Order of the rules"),
        columns=(
            column("rule", "Quy tắc", "Rule"),
            column("missing", "Còn thiếu", "Missing"),
            column("bound", "Ít nhất có thể", "Least possible"),
            column("proven", "Chứng minh", "Proof"),
        ),
        rows=tuple(
            (
                RULES[one.rule],
                one.missing,
                one.bound,
                Sentence("đã chứng minh tốt nhất", "proven best")
                if one.is_proven
                else Sentence("chưa chứng minh", "not proven"),
            )
            for one in proposal.levels
        ),
    )


def _shortfalls(proposal: Proposal) -> Table:
    return Table(
        key="missing",
        title=Sentence("Còn thiếu", "Missing"),
        columns=(column("missing", "Còn thiếu", "Missing", is_long=True),),
        rows=tuple((shortfall_sentence(one),) for one in proposal.shortfalls),
    )


def _profiles(proposal: Proposal) -> Table:
    problem = proposal.problem
    return Table(
        key="profiles",
        title=Sentence("Hồ sơ còn thiếu", "Missing profiles"),
        columns=(
            column("missing", "Số người", "People"),
            column("profile", "Hồ sơ còn thiếu", "Profile", is_long=True),
            column("rules", "Bù cho quy tắc", "Serves"),
            column(
                "nearest", "Người gần nhất và còn thiếu gì", "Nearest", is_long=True
            ),
            column("others", "Người khác cũng gần như vậy", "Others as near"),
        ),
        rows=tuple(
            (
                one.missing,
                profile_sentence(one),
                _joined([RULES[rule] for rule in one.rules], by=", "),
                _joined(
                    [
                        near_sentence(near, problem=problem, profile=one)
                        for near in one.nearest
                    ],
                    by=" | ",
                ),
                one.others or None,
            )
            for one in missing_profiles(proposal)
        ),
    )


def _joined(sentences: Sequence[Sentence], *, by: str) -> Sentence:
    return Sentence(
        by.join(one.vi for one in sentences), by.join(one.en for one in sentences)
    )


def _removed(problem: Problem) -> Table:
    rows = []
    for place, prospect in problem.prospects.items():
        if place in problem.current and not prospect.is_eligible:
            why = [one.sentence for one in prospect.against]
            rows.append(
                (
                    problem.posts[place.post_id].title,
                    problem.people[place.person_id].full_name,
                    place.person_id,
                    Sentence(
                        " ".join(one.vi for one in why), " ".join(one.en for one in why)
                    ),
                )
            )
    return Table(
        key="removed",
        title=Sentence("Ra khỏi quy hoạch hiện có", "Leaving the current plan"),
        columns=(
            column("post", "Chức danh", "Post"),
            column("full_name", "Họ và tên", "Name"),
            column("person_id", "Mã cán bộ", "Person id"),
            column("reason", "Lý do", "Reason", is_long=True),
        ),
        rows=tuple(rows),
    )
