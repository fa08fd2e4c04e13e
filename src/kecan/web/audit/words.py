"""What each action of the ledger is called on its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIONS: Mapping[str, str] = {
    "account.created": "Lập tài khoản",
    "account.sign_in_failed": "Đăng nhập không thành công",
    "account.signed_in": "Đăng nhập",
    "account.signed_out": "Đăng xuất",
    "conference.ballot_prepared": "Lập phiếu",
    "conference.ballots_issued": "Phát phiếu",
    "conference.attendance_set": "Điểm danh",
    "conference.chain_planned": "Lập các bước hội nghị",
    "conference.closed": "Bế mạc hội nghị",
    "conference.counting_committee_appointed": "Cử Tổ kiểm phiếu",
    "conference.directions": "Ghi ý kiến chỉ đạo",
    "conference.discussed": "Thảo luận, cho ý kiến",
    "conference.opened": "Khai mạc hội nghị",
    "conference.step_edited": "Sửa quy tắc của bước",
    "conference.summoned": "Triệu tập đại biểu",
    "conference.voting_closed": "Kết thúc bỏ phiếu",
    "count.closed": "Khoá kết quả kiểm phiếu",
    "count.keying_finished": "Xong một lượt nhập phiếu",
    "count.keying_started": "Bắt đầu một lượt nhập phiếu",
    "count.sheet_resolved": "Xử lý phiếu nhập lệch",
    "count.tie_decided": "Xử lý trường hợp bằng phiếu",
    "count.write_in_resolved": "Xử lý tên ghi thêm",
    "dossier.read": "Xem hồ sơ cán bộ",
    "minutes.conference_signed": "Ký biên bản hội nghị",
    "minutes.counting_signed": "Ký biên bản kiểm phiếu",
    "proposal.made": "Giới thiệu nguồn",
    "proposal.withdrawn": "Rút giới thiệu",
    "register.import_undone": "Huỷ một lần nhập hồ sơ",
    "register.imported": "Nhập hồ sơ từ sổ dữ liệu",
    "review.finished": "Kết thúc rà soát",
    "review.item_decided": "Quyết định một trường hợp rà soát",
    "review.run": "Chạy rà soát",
    "role.granted": "Giao vai trò",
    "role.revoked": "Thu hồi vai trò",
    "round.appraised": "Thẩm định",
    "round.approval_requested": "Đề nghị phê duyệt",
    "round.approved": "Phê duyệt quy hoạch",
    "round.conferences_begun": "Bắt đầu chuỗi hội nghị",
    "round.conferences_concluded": "Kết thúc chuỗi hội nghị",
    "round.opened": "Mở đợt quy hoạch",
    "round.reopened": "Mở lại đợt quy hoạch",
    "round.reopening_requested": "Đề nghị mở lại",
    "submission.signed": "Ký Tờ trình",
}
