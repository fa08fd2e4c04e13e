"""The chapters of the Tờ trình, in the words of an organising committee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.documents.model import Align, Block, Column, Row, Table, body, cell, heading
from kecan.documents.paper import header_row, listed, share_table, terms_in_words
from kecan.lettering.number_words import decimal, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kecan.documents.submission_content import (
        BodyProposal,
        ReviewSummary,
        SubmissionContent,
    )

_CENTRE = Align.CENTRE


def reasons_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return chapter I: what the submission rests on and why it is needed."""
    head = content.frame.letterhead
    current, following = (
        terms_in_words(content.current),
        terms_in_words(content.following),
    )
    blocks: list[Block] = [heading("I. CĂN CỨ VÀ SỰ CẦN THIẾT")]
    if content.legal_bases:
        blocks += [
            heading("1. Căn cứ"),
            *listed([f"Căn cứ {base}" for base in content.legal_bases]),
            heading("2. Sự cần thiết"),
        ]
    blocks.append(
        body(
            "Quy hoạch cán bộ là nội dung trọng yếu, là công việc thường xuyên của "
            f"công tác cán bộ, nhằm tạo nguồn để {head.party_body} chủ động chuẩn bị "
            "đội ngũ cán bộ lãnh đạo, quản lý đủ phẩm chất, năng lực và uy tín, ngang "
            "tầm nhiệm vụ; bảo đảm sự chuyển tiếp liên tục, vững vàng giữa các thế hệ "
            "cán bộ."
        )
    )
    if content.shortcomings:
        blocks += [
            body(
                "Qua theo dõi, đánh giá, công tác quy hoạch cán bộ của "
                f"{head.party_body} thời gian qua còn một số tồn tại, hạn chế:",
                keeps_with_next=True,
            ),
            *listed(content.shortcomings),
        ]
    blocks.append(
        body(
            "Vì vậy, việc rà soát, bổ sung quy hoạch cán bộ lãnh đạo, quản lý nhiệm "
            f"kỳ {current} và xây dựng quy hoạch nhiệm kỳ {following} là cần thiết, "
            "đáp ứng yêu cầu trước mắt và chuẩn bị nhân sự cho nhiệm kỳ kế tiếp."
        )
    )
    return tuple(blocks)


def principles_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return chapter II: the principles, with the limits of the rules in force."""
    sentences = (
        (
            "Thực hiện nghiêm quy định của Trung ương và của cấp uỷ cấp trên về đối tượng, "
            "tiêu chuẩn, điều kiện; đúng thẩm quyền, đúng quy trình; dân chủ, khách quan, "
            "công tâm, minh bạch."
        ),
        (
            "Bám sát định hướng đề án nhân sự cấp uỷ, ban thường vụ và các chức danh lãnh "
            "đạo chủ chốt; gắn với vị trí việc làm, chuyên môn được đào tạo và năng lực "
            "thực tế của cán bộ."
        ),
        _limits(content),
        _coefficients(content),
        (
            "Kiên quyết đưa ra khỏi quy hoạch những trường hợp không còn đủ tiêu chuẩn, "
            "điều kiện, uy tín thấp, thiếu cố gắng, nỗ lực; kịp thời bổ sung nhân tố mới."
        ),
        (
            "Sau quy hoạch, thực hiện tốt công tác đào tạo, bồi dưỡng, luân chuyển, bố trí, "
            "sử dụng cán bộ theo quy hoạch."
        ),
    )
    kept = [sentence for sentence in sentences if sentence]
    return (
        heading("II. NGUYÊN TẮC, YÊU CẦU"),
        *(body(f"{place}. {text}") for place, text in enumerate(kept, start=1)),
    )


def _limits(content: SubmissionContent) -> str:
    limits = []
    if content.most_people_a_post is not None:
        limits.append(
            f"mỗi chức danh quy hoạch không quá {content.most_people_a_post} người"
        )
    if content.most_posts_a_person is not None:
        limits.append(
            f"một người quy hoạch không quá {content.most_posts_a_person} chức danh "
            "cùng cấp"
        )
    if not limits:
        return ""
    return f"Quy hoạch theo phương châm “động” và “mở”: {'; '.join(limits)}."


def _coefficients(content: SubmissionContent) -> str:
    shares = (
        "bảo đảm tỷ lệ cán bộ nữ, cán bộ trẻ, cán bộ người dân tộc thiểu số và cơ cấu "
        "ba độ tuổi theo quy định"
    )
    if content.coefficient_range is None:
        return (
            f"Hệ số quy hoạch thực hiện theo quy định của cấp có thẩm quyền; {shares}."
        )
    least, most = content.coefficient_range
    return (
        "Hệ số quy hoạch ban chấp hành, ban thường vụ từ "
        f"{decimal(least)} đến {decimal(most)} lần số lượng được xác định; {shares}."
    )


def review_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return chapter III: the review of the current plan in numbers."""
    committee = content.frame.letterhead.short_name
    reviews = content.reviews
    title = "III. KẾT QUẢ RÀ SOÁT QUY HOẠCH NHIỆM KỲ HIỆN TẠI"
    if not reviews:
        return (
            heading(title),
            body(
                "Không có trường hợp nào trong quy hoạch nhiệm kỳ hiện tại cần rà soát."
            ),
        )
    reviewed = sum(review.reviewed for review in reviews)
    kept = sum(review.kept for review in reviews)
    removed = sum(review.removed for review in reviews)
    undecided = sum(review.undecided for review in reviews)
    waiting = (
        f"; {undecided} lượt người cần tiếp tục xem xét, quyết định"
        if undecided
        else ""
    )
    blocks: list[Block] = [
        heading(title),
        body(
            f"Ban Thường vụ {committee} đã rà soát {reviewed} lượt người trong quy "
            f"hoạch; tiếp tục quy hoạch {kept} lượt người (đạt "
            f"{percent(kept, reviewed)}, {kept}/{reviewed}); đề nghị đưa ra khỏi quy "
            f"hoạch {removed} lượt người ({percent(removed, reviewed)}, "
            f"{removed}/{reviewed}){waiting}. Cụ thể:",
            keeps_with_next=True,
        ),
        _review_table(reviews),
    ]
    for review in reviews:
        if review.reasons:
            reasons = "; ".join(f"{r.reason}: {r.people}" for r in review.reasons)
            blocks.append(
                body(
                    f"Lý do đưa ra khỏi quy hoạch nhiệm kỳ {review.term} (lượt người): "
                    f"{reasons}."
                )
            )
    return (*blocks, body("(Danh sách chi tiết tại Phụ lục 1 kèm theo.)"))


def _review_table(reviews: Sequence[ReviewSummary]) -> Table:
    return Table(
        columns=(
            Column(width=12, align=_CENTRE),
            Column(width=38),
            *(Column(width=28, align=_CENTRE) for _ in range(4)),
        ),
        header=header_row(
            "STT",
            "Nhiệm kỳ",
            "Đã rà soát",
            "Tiếp tục quy hoạch",
            "Đưa ra khỏi quy hoạch",
            "Cần xem xét, quyết định",
        ),
        rows=tuple(
            Row(
                cells=tuple(
                    cell(text)
                    for text in (
                        str(place),
                        review.term,
                        str(review.reviewed),
                        str(review.kept),
                        str(review.removed),
                        str(review.undecided),
                    )
                )
            )
            for place, review in enumerate(reviews, start=1)
        ),
    )


def proposals_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return chapter IV: what is proposed for each body and term."""
    title = "IV. ĐỀ XUẤT BỔ SUNG, XÂY DỰNG QUY HOẠCH"
    proposals = content.proposals
    if not proposals:
        return (heading(title), body("Kỳ này không đề xuất nhân sự bổ sung."))
    carried = sum(entry.carried_over for entry in proposals)
    added = sum(entry.added for entry in proposals)
    return (
        heading(title),
        body(
            f"Trên cơ sở kết quả rà soát, Ban Thường vụ "
            f"{content.frame.letterhead.short_name} đề xuất danh sách giới thiệu gồm "
            f"{carried + added} lượt người, trong đó chuyển tiếp {carried} lượt người, "
            f"bổ sung mới {added} lượt người:",
            keeps_with_next=True,
        ),
        _proposal_table(proposals),
        body("(Danh sách chi tiết tại Phụ lục 2 kèm theo.)"),
    )


def _proposal_table(proposals: Sequence[BodyProposal]) -> Table:
    return Table(
        columns=(
            Column(width=12, align=_CENTRE),
            Column(width=48),
            Column(width=27, align=_CENTRE),
            *(Column(width=20, align=_CENTRE) for _ in range(5)),
        ),
        header=header_row(
            "STT",
            "Chức danh",
            "Nhiệm kỳ",
            "Số lượng xác định",
            "Chuyển tiếp",
            "Bổ sung",
            "Tổng số",
            "Hệ số",
        ),
        rows=tuple(
            _proposal_row(place, entry)
            for place, entry in enumerate(proposals, start=1)
        ),
    )


def _proposal_row(place: int, entry: BodyProposal) -> Row:
    texts = (
        str(place),
        entry.body,
        entry.term,
        "-" if entry.seats is None else str(entry.seats),
        str(entry.carried_over),
        str(entry.added),
        str(entry.total),
        "-" if not entry.seats else decimal(entry.total, over=entry.seats),
    )
    return Row(cells=tuple(cell(text) for text in texts))


def composition_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return chapter V: the shares, what is missing, what needs attention."""
    blocks: list[Block] = [heading("V. CƠ CẤU DANH SÁCH ĐỀ XUẤT")]
    of = f" {content.shares_of}" if content.shares_of else ""
    if content.shares:
        missing = [
            f"{share.title}: còn thiếu {share.more} người"
            for share in content.shares
            if share.more
        ]
        blocks += [
            body(
                f"Cơ cấu của danh sách đề xuất{of} so với yêu cầu như sau:",
                keeps_with_next=True,
            ),
            share_table(content.shares),
            body(_missing_sentence(missing)),
        ]
    if content.warnings:
        blocks.append(body("Những nội dung cần lưu ý:", keeps_with_next=True))
        blocks += listed(content.warnings)
    return tuple(blocks) if len(blocks) > 1 else ()


def _missing_sentence(missing: Sequence[str]) -> str:
    if not missing:
        return "Cơ cấu danh sách đề xuất đáp ứng các yêu cầu nêu trên."
    return (
        f"Những cơ cấu chưa đạt: {'; '.join(missing)}. Đề nghị các đồng chí quan tâm "
        "phát hiện, giới thiệu thêm nguồn nhân sự phù hợp."
    )


def requests_chapter(content: SubmissionContent) -> tuple[Block, ...]:
    """Return the last chapter: what is asked of the conferences and the higher level."""
    committee = content.frame.letterhead.short_name
    number = "VI" if content.shares or content.warnings else "V"
    chain = ", ".join(content.conferences)
    requests = (
        (
            "Đề nghị hội nghị thảo luận, cho ý kiến về danh sách nhân sự đề xuất chuyển "
            "tiếp, bổ sung và đưa ra khỏi quy hoạch."
        ),
        "Đề nghị các đồng chí đại biểu phát huy dân chủ, trách nhiệm, giới thiệu nguồn "
        "nhân sự quy hoạch bằng hình thức bỏ phiếu kín"
        + (f" tại: {chain}." if chain else "."),
        (
            f"Trên cơ sở kết quả giới thiệu, giao Ban Tổ chức {committee} phối hợp với các "
            "cơ quan liên quan hoàn thiện hồ sơ, tham mưu Ban Thường vụ "
            f"{committee} trình {content.approving_body or 'cấp có thẩm quyền'} xem xét, "
            "phê duyệt theo thẩm quyền."
        ),
    )
    return (
        heading(f"{number}. KIẾN NGHỊ"),
        *(body(f"{place}. {text}") for place, text in enumerate(requests, start=1)),
        body(f"Ban Thường vụ {committee} kính trình hội nghị xem xét, quyết định."),
    )
