"""What the demonstration prints at its end: one line a step, with numbers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kecan.web.audit.queries import ledger_head
from kecan.web.conferences.models import ContestLine
from kecan.web.organisation.models import Person, Post
from kecan.web.plans.models import PlanMovement, PlanningRound, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator


def summary_lines(round_id: int) -> Iterator[tuple[str, str]]:
    """Yield (step, result) pairs of a finished round."""
    planning_round = PlanningRound.objects.get(pk=round_id)
    planned = Post.objects.filter(is_planned=True).count()
    yield "Hồ sơ", f"{Person.objects.count()} cán bộ, {planned} chức danh quy hoạch"
    decided = Counter(planning_round.review_items.values_list("decision", flat=True))
    yield (
        "Rà soát",
        f"{sum(decided.values())} lượt: giữ {decided['keep']}, đưa ra {decided['remove']}",
    )
    by_term = Counter(
        str(one.term) for one in planning_round.proposals.select_related("term")
    )
    yield (
        "Đề xuất nguồn",
        ", ".join(f"{term}: {n}" for term, n in sorted(by_term.items())),
    )
    for conference in planning_round.conferences.order_by("order"):
        lines = ContestLine.objects.filter(contest__conference=conference)
        count = conference.count
        yield (
            conference.title,
            (
                f"triệu tập {conference.summoned}, có mặt {conference.present}; phát ra {count.issued}, "
                f"thu về {count.returned}, hợp lệ {count.valid}; "
                f"đạt {lines.filter(result='passed').count()} trên {lines.count()} dòng"
            ),
        )
    moved = Counter(
        PlanMovement.objects.filter(decision__round=planning_round).values_list(
            "kind", flat=True
        )
    )
    passed = planning_round.proposals.filter(state=Proposal.State.PASSED).count()
    yield (
        "Phê duyệt",
        f"{passed} lượt đạt mọi bước; thêm {moved['added']}, đưa ra {moved['removed']}",
    )
    head = ledger_head()
    yield "Nhật ký", f"{head.sequence} mục, đầu chuỗi {head.hash[:16]}…"
