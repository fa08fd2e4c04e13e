"""What the system says of a file it does not open or write, in the user's language."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from kecan.vocabulary import Sentence

if TYPE_CHECKING:
    from tomllib import TOMLDecodeError

_WORDS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền với tệp hoặc thư mục này",
    errno.EPERM: "không có quyền với tệp hoặc thư mục này",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTDIR: "một phần của đường dẫn không phải thư mục",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}


def file_fault(error: OSError) -> Sentence:
    """Return why, as a part of a sentence; the system's own words where we have none."""
    said = error.strerror or type(error).__name__
    return Sentence(_WORDS.get(error.errno or 0, said), said)


def toml_fault(error: TOMLDecodeError | RecursionError) -> Sentence:
    """Return where a file stops being TOML, as a part of a sentence."""
    english = str(error)
    at = re.search(r"\(at line (\d+), column (\d+)\)", english)
    if at:
        return Sentence(f"sai ở dòng {at[1]}, cột {at[2]}", english)
    if "end of document" in english:
        return Sentence("sai ở cuối tệp", english)
    return Sentence("lồng quá sâu", english)
