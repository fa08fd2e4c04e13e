"""What the reasons of the reader are called, wherever a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecan.lettering.number_words import PER_CENT
from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.decisions import Reason
from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

REASON_WORDS: Mapping[str, Sentence] = {
    Reason.FRAME_LOST: Sentence(
        "Ô bị che, bị tẩy xoá hoặc lệch khung",
        "The box is covered, painted over or shifted",
    ),
    Reason.LINE_THROUGH: Sentence(
        "Có nét kẻ, nếp gấp qua ô", "A line or fold runs through the box"
    ),
    Reason.BESIDE: Sentence("Mực nằm cạnh ô", "Ink beside the box"),
    Reason.AROUND: Sentence("Khoanh quanh ô", "Ink around the box"),
    Reason.SMALL: Sentence("Dấu quá nhỏ", "The mark is very small"),
    Reason.FAINT: Sentence("Dấu quá mờ", "The mark is very faint"),
    Reason.HEAVY: Sentence(
        "Dấu đậm bất thường, có thể đã xoá",
        "The mark is unusually heavy, perhaps struck out",
    ),
    Reason.TWO_UNLIKE: Sentence(
        "Hai ô cùng dòng, hai kiểu dấu", "Both boxes of a line, marked differently"
    ),
    Reason.WRITE_IN: Sentence("Dòng ghi thêm", "A line for written names"),
    Reason.ROW_STRUCK: Sentence("Có mực trên tên", "Ink over the name"),
    Reason.READERS_DISAGREE: Sentence(
        "Hai bộ đọc khác nhau", "The two readers disagree"
    ),
    Reason.BLEACHED: Sentence(
        "Không thấy dấu rõ, mà máy quét đã tẩy trắng nền nên nét nhạt có thể mất: xem tờ giấy",
        "No clear mark, but the scanner bleached the paper and may have lost pale ink: look "
        "at the paper",
    ),
    Reason.WRITTEN_OUTSIDE: Sentence(
        "Chữ viết ngoài ô: xem cả tờ phiếu",
        "Writing outside the rows: look at the whole sheet",
    ),
}
REJECTION_WORDS: Mapping[str, Sentence] = {
    Rejection.UNREADABLE: Sentence(
        "Tệp hỏng hoặc không phải PDF, JPEG, PNG, TIFF; quét lại",
        "The file is broken or no PDF, JPEG, PNG or TIFF; scan again",
    ),
    Rejection.FAULT: Sentence(
        "Phần mềm lỗi ở trang này; nhập tay tờ phiếu và báo người phụ trách",
        "The program failed on this page; key the sheet and tell its keeper",
    ),
    Rejection.PASSWORD: Sentence(
        "Tệp PDF có mật khẩu; bỏ mật khẩu rồi gửi lại",
        "The PDF has a password; take it off and send it again",
    ),
    Rejection.TOO_LARGE: Sentence(
        "Ảnh quá lớn; quét ở 200 đến 300 dpi",
        "The picture is too large; scan at 200 to 300 dpi",
    ),
    Rejection.NOT_A_FILE: Sentence(
        "Không phải tệp thường (ống dẫn, thiết bị); chỉ đọc tệp quét đã lưu",
        "No regular file but a pipe or a device; only stored scans are read",
    ),
    Rejection.TOO_MANY_PAGES: Sentence(
        "Tệp có trên 20.000 trang, chưa đọc trang nào; chia thành nhiều tệp rồi gửi lại",
        "The file has over 20,000 pages and none was read; split it and send it again",
    ),
    Rejection.LANDSCAPE: Sentence(
        "Ảnh nằm ngang, hoặc chỉ có một phần tờ phiếu; xếp giấy theo chiều đứng, quét lại đủ "
        "cả tờ",
        "The picture lies on its side, or shows a part of a sheet; feed the paper upright "
        "and scan all of it again",
    ),
    Rejection.NOT_A4: Sentence(
        "Không phải khổ A4; đặt khổ quét A4, ảnh không kéo giãn, rồi quét lại",
        "Not A4; set the scanner to A4, with square pixels, and scan again",
    ),
    Rejection.RESOLUTION: Sentence(
        "Độ phân giải ngoài 150 đến 600 dpi; quét lại ở 200 hoặc 300 dpi",
        "The resolution is not 150 to 600 dpi; scan again at 200 or 300 dpi",
    ),
    Rejection.BILEVEL: Sentence(
        "Quét đen trắng 1 bit; quét lại kiểu thang xám",
        "Scanned in black and white; scan again in grey",
    ),
    Rejection.COMPACT: Sentence(
        "PDF nén tách lớp (compact, MRC): nét nhạt có thể đã mất; quét lại thành PDF thường, "
        "thang xám",
        "A compact PDF in layers (MRC): pale strokes may be lost; scan again to a plain PDF "
        "in grey",
    ),
    Rejection.NO_CORNERS: Sentence(
        "Không thấy đủ góc đen của phiếu; tắt tự cắt lề, đặt khổ A4, quét lại; "
        "phiếu in hỏng thì nhập tay",
        "The black corners of the ballot are not all there; turn cropping off, scan as A4 "
        "again; key a sheet printed badly",
    ),
    Rejection.BLANK: Sentence(
        "Trang trắng; nếu là mặt sau của phiếu thì đặt máy quét một mặt",
        "A blank page; if it is the back of a ballot, set the scanner to one side",
    ),
    Rejection.GREY: Sentence(
        "Cả trang một màu xám, không phải giấy trắng; xem lại tờ giấy rồi quét lại",
        "Grey all over, not white paper; look at the sheet and scan it again",
    ),
    Rejection.DARK: Sentence(
        "Ảnh tối đen: không có giấy trên kính, hoặc máy quét tắt đèn",
        "The picture is black: no paper on the glass, or the lamp is off",
    ),
    Rejection.NEGATIVE: Sentence(
        "Ảnh âm bản (chữ trắng trên nền đen); tắt chế độ đảo màu",
        "A negative (white on black); turn inverting off",
    ),
    Rejection.MIRRORED: Sentence(
        "Ảnh bị lật gương; tắt chế độ lật gương rồi quét lại",
        "The picture is mirrored; turn mirroring off and scan again",
    ),
    Rejection.PRINT_SCALE: Sentence(
        "Tờ phiếu quá nhỏ hoặc quá lớn so với khung quét: đặt khổ quét A4 rồi quét lại; "
        f"nếu phiếu in không đúng 100{PER_CENT} thì nhập tay",
        "The sheet is too small or too large for the scanned area: scan as A4 again; key "
        "a ballot that was not printed at 100%",
    ),
    Rejection.NO_CODE: Sentence(
        "Không đọc được mã trên phiếu; quét lại rõ hơn, đủ cả tờ, hoặc nhập tay tờ này",
        "The codes of the ballot cannot be read; scan all of the sheet again, sharper, or "
        "key it",
    ),
    Rejection.CODES_DISAGREE: Sentence(
        "Hai mã trên trang khác nhau: hai tờ chồng lên nhau; quét lại từng tờ",
        "The two codes of the page differ: two sheets lay on each other; scan each again",
    ),
    Rejection.FOREIGN: Sentence(
        "Phiếu của hội nghị hoặc lần in khác",
        "A ballot of another conference or another print",
    ),
    Rejection.UNKNOWN_PAGE: Sentence(
        "Trang không có trong mẫu phiếu", "The ballot has no such page"
    ),
    Rejection.TICKS_LOST: Sentence(
        "Mất vạch lề: hai tờ chồng lên nhau, lề bị cắt hoặc in mờ; quét lại từng tờ, "
        "hoặc nhập tay",
        "Marks in the margin are lost: two sheets together, a cut margin or pale print; "
        "scan each sheet again, or key it",
    ),
    Rejection.STRETCHED: Sentence(
        "Giấy bị kéo lệch khi quét; quét lại",
        "The paper was pulled askew; scan again",
    ),
    Rejection.NOT_WHOLE: Sentence(
        "Thiếu một phần tờ phiếu: tờ bị gập, rách hoặc bị giấy khác che; quét lại đủ cả "
        "tờ, hoặc nhập tay",
        "A part of the sheet is missing: folded, torn or covered; scan all of it again, "
        "or key it",
    ),
    Rejection.TWO_SHEETS: Sentence(
        "Có một phần của tờ phiếu khác lộ ra: máy kéo hai tờ cùng lúc; quét lại từng tờ",
        "A part of another sheet shows: two sheets were fed at once; scan each again",
    ),
}
