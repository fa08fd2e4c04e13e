"""What reasons, refusals and groups are called on the pages of a scanned count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.interpret import Reason
from kecan.web.paper_count.queries import ASKED

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    Reason.FRAME_LOST: "Khung ô bị che hoặc lệch",
    Reason.LINE_THROUGH: "Có nét kẻ, nếp gấp qua ô",
    Reason.BESIDE: "Mực nằm cạnh ô",
    Reason.AROUND: "Khoanh quanh ô",
    Reason.SMALL: "Dấu quá nhỏ",
    Reason.FAINT: "Dấu quá mờ",
    Reason.HEAVY: "Dấu đậm bất thường, có thể đã xoá",
    Reason.TWO_UNLIKE: "Hai ô cùng dòng, hai kiểu dấu",
    Reason.WRITE_IN: "Dòng ghi thêm",
    Reason.ROW_STRUCK: "Có mực trên tên",
    Reason.READERS_DISAGREE: "Hai bộ đọc khác nhau",
    ASKED: "Tổ kiểm phiếu đề nghị xem lại",
}
_TURN = "xếp lại giấy theo chiều đứng rồi quét lại"
REJECTIONS: Mapping[str, str] = {
    Rejection.UNREADABLE: "Tệp hỏng hoặc không phải ảnh; quét lại",
    Rejection.PASSWORD: "Tệp PDF có mật khẩu; bỏ mật khẩu rồi gửi lại",
    Rejection.TOO_LARGE: "Ảnh quá lớn; quét ở 200 đến 300 dpi",
    Rejection.LANDSCAPE: f"Ảnh nằm ngang; {_TURN}",
    Rejection.NOT_A4: "Không phải khổ A4",
    Rejection.RESOLUTION: "Độ phân giải ngoài 150 đến 600 dpi",
    Rejection.BILEVEL: "Quét đen trắng 1 bit; quét lại kiểu thang xám",
    Rejection.NO_CORNERS: "Không thấy đủ bốn góc đen của phiếu",
    Rejection.BLANK: "Trang trắng",
    Rejection.DARK: "Ảnh tối đen: không có giấy trên kính, hoặc máy quét tắt đèn",
    Rejection.NEGATIVE: "Ảnh âm bản (chữ trắng trên nền đen); tắt chế độ đảo màu",
    Rejection.MIRRORED: "Ảnh bị lật gương",
    Rejection.PRINT_SCALE: "Phiếu in sai tỷ lệ; phải in 100 %",
    Rejection.NO_CODE: "Không đọc được mã trên phiếu",
    Rejection.CODES_DISAGREE: "Hai mã trên trang khác nhau: hai tờ chồng lên nhau",
    Rejection.FOREIGN: "Phiếu của hội nghị hoặc lần in khác",
    Rejection.UNKNOWN_PAGE: "Trang không có trong mẫu phiếu",
    Rejection.TICKS_LOST: "Mất vạch lề; có thể hai tờ chồng lên nhau",
    Rejection.STRETCHED: "Giấy bị kéo lệch khi quét; quét lại",
}


def in_words(code: str, known: Mapping[str, str]) -> str:
    """Return what a code is called; the code itself where it has no words yet."""
    return known.get(code, code)
