"""Why a file was refused is said in Vietnamese as well."""

from __future__ import annotations

import errno
import os
import tomllib

import pytest

from kecan.lettering.file_faults import file_fault, toml_fault


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "không có tệp hoặc thư mục này"),
        (errno.EACCES, "không có quyền với tệp hoặc thư mục này"),
        (errno.EISDIR, "đây là thư mục, không phải tệp"),
        (errno.ENOSPC, "đĩa đã đầy"),
    ],
)
def test_a_common_fault_of_a_file_is_said_in_both_languages(
    number: int, said: str
) -> None:
    fault = file_fault(OSError(number, os.strerror(number)))

    assert (fault.vi, fault.en) == (said, os.strerror(number))


def test_a_rare_fault_keeps_the_words_of_the_system() -> None:
    rare = os.strerror(errno.ELOOP)

    assert file_fault(OSError(errno.ELOOP, rare)).vi == rare


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a = 1\nb = = 2\n", "sai ở dòng 2, cột 5"),
        ("a = [", "sai ở cuối tệp"),
        (f"a = {'[' * 5000}", "lồng quá sâu"),
    ],
)
def test_where_a_file_stops_being_toml_is_said(text: str, said: str) -> None:
    with pytest.raises((tomllib.TOMLDecodeError, RecursionError)) as raised:
        tomllib.loads(text)

    assert toml_fault(raised.value).vi == said  # type: ignore[arg-type]  # one of both
