"""What one person asks for and another approves: the same rules wherever it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from kecan.web.accounts.queries import are_one_person


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingRequest:
    """A request as its row keeps it.

    Attributes:
        what: What is asked for, as a verb: "huỷ ảnh phiếu của Hội nghị cán bộ".
        asked_by: The login of who asked; blank where nobody has.
        refusal: What is raised, with one sentence to the user.
    """

    what: str
    asked_by: str
    refusal: type[Exception]

    def require_none(self) -> None:
        """Let nobody put a request in the place of another's: the first could approve it.

        Raises:
            refusal: If somebody has asked.
        """
        if self.asked_by:
            msg = f"Đã có người đề nghị {self.what}; chờ phê duyệt hoặc rút đề nghị."
            raise self.refusal(msg)

    def require_waiting(self) -> str:
        """Return who asked.

        Raises:
            refusal: If nobody has.
        """
        if not self.asked_by:
            msg = f"Không có đề nghị {self.what} nào đang chờ."
            raise self.refusal(msg)
        return self.asked_by

    def require_other(self, login: str) -> str:
        """Return who asked, once somebody else approves.

        Raises:
            refusal: If nobody has asked, or the one who approves, by whatever account.
        """
        asked_by = self.require_waiting()
        if are_one_person((asked_by, login)):
            msg = (
                f"Người đề nghị {self.what} không được tự phê duyệt; cần người thứ hai."
            )
            raise self.refusal(msg)
        return asked_by
