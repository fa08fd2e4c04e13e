"""``kecan ballot read`` as a counting committee uses it."""

from __future__ import annotations

import json
import os
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from dataclasses import replace
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest
from tests.paper_ballot.ballots import FORM, scan
from typer.testing import CliRunner

from kecan.cli import ballot_read
from kecan.cli.app import app
from kecan.cli.ballot_outcome import refusal_words, summary_words
from kecan.paper_ballot.accounting import Standing, count_pages
from kecan.paper_ballot.align import Rejection
from kecan.paper_ballot.batch import (
    Journal,
    ReviewFolder,
    all_places,
    file_stamps,
    page_record,
    read_batch,
)
from kecan.paper_ballot.captions import captioned
from kecan.paper_ballot.count_file import count_text
from kecan.paper_ballot.decisions import Reason
from kecan.paper_ballot.form_file import FormFileError, read_ballot_rules, read_form
from kecan.paper_ballot.reason_words import REASON_WORDS, REJECTION_WORDS
from kecan.paper_ballot.scans import decode_jpeg, load_pages, scan_files
from kecan.regulations.chains import shipped_validity
from kecan.sample.marked_sheets import mark_and_scan
from kecan.sample.scans import ScanPlan, Truth
from kecan.tally import LineState, Sheet
from kecan.vocabulary import Language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kecan.paper_ballot.accounting import ScanCount
    from kecan.paper_ballot.batch import PageRecord

RULES = shipped_validity().rules
COMMANDS = (ballot_read,)
RUN = CliRunner(env={"COLUMNS": "200"})
SCHEMA: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "docs/schemas/ballot-count.schema.json").read_text(
        "utf-8"
    )
)


def _stack(folder: Path, *, ballots: int) -> int:
    marks = 0
    for ballot in range(ballots):
        for page in range(3):
            made = scan(page, ScanPlan(seed=100 * ballot + page + 7))
            marks += made.truth.count(Truth.MARKED)
            (folder / f"{ballot}-{page}.jpg").write_bytes(made.jpeg)
    return marks


def _records(folder: Path, *, review: Path | None = None) -> list[PageRecord]:
    with ThreadPoolExecutor(1) as executor:
        return read_batch(
            FORM,
            all_places(scan_files([folder])),
            executor=executor,
            journal=Journal(
                path=folder / "journal",
                event=FORM.event,
                review=ReviewFolder(path=review, language=Language.VI)
                if review
                else None,
            ),
        )


def _counted(records: list[PageRecord], *, issued: int | None = None) -> ScanCount:
    return count_pages(
        FORM,
        records,
        pages_of_style={"normal": 3, "large": 9},
        rules=RULES,
        issued=issued,
    )


def test_every_mark_of_a_stack_is_counted(tmp_path: Path) -> None:
    marks = _stack(tmp_path, ballots=2)

    counted = _counted(_records(tmp_path), issued=3)

    lines = counted.count.lines[0]
    assert sum(line.agree + line.disagree for line in lines) == marks
    assert counted.unaccounted == 1


def test_a_ballot_too_few_though_no_page_is_missing_may_be_two_joined_to_one(
    tmp_path: Path,
) -> None:
    _stack(tmp_path, ballots=3)
    for between in ("0-2", "1-0", "1-1"):
        (tmp_path / f"{between}.jpg").unlink()
    joined = _counted(_records(tmp_path), issued=3)
    (tmp_path / "2-2.jpg").unlink()
    (tmp_path / "journal").unlink()

    lacks_a_page = _counted(_records(tmp_path), issued=3)

    assert [len(one.pages) for one in joined.ballots] == [3, 3]
    assert "đã ghép làm một" in summary_words(joined).vi
    assert "ghép" not in summary_words(lacks_a_page).vi


def test_a_bad_file_a_copy_and_a_missing_page_are_reported(tmp_path: Path) -> None:
    _stack(tmp_path, ballots=2)
    (tmp_path / "1-2.jpg").write_bytes((tmp_path / "0-0.jpg").read_bytes())
    (tmp_path / "9.jpg").write_bytes(b"")

    counted = _counted(_records(tmp_path))

    assert [one.rejection for one in counted.rejected] == ["unreadable"]
    assert len(counted.same_image) == 1
    assert [one.why for one in counted.pending] == ["missing_page"]
    assert counted.count.valid == 1


def test_the_command_says_in_words_which_pages_were_not_read_and_why(
    tmp_path: Path,
) -> None:
    for name in "abcdefg":
        (tmp_path / f"{name}.jpg").write_bytes(b"")
    image = decode_jpeg(scan(0, ScanPlan(seed=7)).jpeg)
    turned = cv2.imencode(".png", np.rot90(image))[1].tobytes()
    (tmp_path / "ngang.png").write_bytes(turned)

    told = refusal_words(_counted(_records(tmp_path)))

    unreadable, landscape = (
        REJECTION_WORDS[reason].vi
        for reason in (Rejection.UNREADABLE, Rejection.LANDSCAPE)
    )
    named = "a.jpg, b.jpg, c.jpg, d.jpg, e.jpg và 2 trang khác"
    assert [one.vi for one in told] == [
        f"- 7 trang: {unreadable} ({named}).",
        f"- 1 trang: {landscape} (ngang.png).",
    ]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    _stack(tmp_path, ballots=2)
    whole = _records(tmp_path)
    journal = tmp_path / "journal"
    lines = journal.read_text("utf-8").splitlines()
    journal.write_text("\n".join(lines[:4]) + "\n" + lines[4][:50], "utf-8")

    stamps = file_stamps(map(str, scan_files([tmp_path])))
    assert len(Journal(path=journal, event=FORM.event).records(stamps)) == 3
    assert _records(tmp_path) == whole
    assert Journal(path=journal, event="another").records(stamps) == []


def test_only_its_owner_reads_what_is_left_of_a_reading(tmp_path: Path) -> None:
    form, scans = tmp_path / "form.toml", tmp_path / "scans"
    form.write_text(FORM_WITH_IDS, "utf-8")
    scans.mkdir()
    (scans / "a.jpg").write_bytes(b"no picture")
    (tmp_path / "count.json").write_text("{}")
    left = ("count.json", "xem", "phieu.pdf", "journal")
    before = os.umask(0o022)
    try:
        for command in (
            ["print", str(form), "-o", str(tmp_path / "phieu.pdf")],
            [
                *("read", str(form), str(scans), "--jobs", "1"),
                *("-o", str(tmp_path / "count.json")),
                *("--review", str(tmp_path / "xem")),
            ],
        ):
            assert RUN.invoke(app, ["ballot", *command]).exit_code in {0, 1}
        Journal(path=tmp_path / "journal", event=FORM.event).renew([], {})
    finally:
        os.umask(before)

    others = {name: (tmp_path / name).stat().st_mode & 0o077 for name in left}
    assert others == dict.fromkeys(left, 0)


def test_a_file_scanned_anew_after_a_stop_is_read_anew(tmp_path: Path) -> None:
    _stack(tmp_path, ballots=1)
    before = _records(tmp_path)
    other = scan(0, ScanPlan(seed=99))
    (tmp_path / "0-0.jpg").write_bytes(other.jpeg)

    after = _records(tmp_path)

    assert after[0].digest == sha256(other.jpeg).hexdigest()
    assert after[1:] == before[1:]


def test_pictures_asked_for_after_a_stop_are_all_there(tmp_path: Path) -> None:
    (tmp_path / "0.jpg").write_bytes(b"")
    (tmp_path / "1.png").write_bytes(
        cv2.imencode(".png", np.full((2339, 1654), 240, np.uint8))[1].tobytes()
    )
    _records(tmp_path)
    review = tmp_path / "review"
    review.mkdir()

    _records(tmp_path, review=review)

    assert len(list(review.iterdir())) == 1


def test_the_count_file_keeps_to_its_schema_and_orders_by_hash(tmp_path: Path) -> None:
    _stack(tmp_path, ballots=1)

    counted = _counted(_records(tmp_path))

    written = json.loads("".join(count_text(counted, event=FORM.event, rules=RULES)))

    hashes = [one["sha256"] for one in written["sheets"]]
    sheet = SCHEMA["properties"]["sheets"]["items"]
    assert set(written) == set(SCHEMA["required"]) == set(SCHEMA["properties"])
    assert set(written["batch"]) == set(SCHEMA["properties"]["batch"]["required"])
    assert set(written["sheets"][0]) == set(sheet["required"])
    assert hashes == sorted(hashes)
    assert written["rules"] == {
        "over_choice_is_invalid": True,
        "blank_is_invalid": True,
        "both_boxes_is_invalid": False,
    }
    assert written["ballots"][0]["standing"] == Standing.COUNTED.value


def test_the_form_says_otherwise_than_the_rule_pack_what_spoils_a_ballot(
    tmp_path: Path,
) -> None:
    form = tmp_path / "mau.toml"
    form.write_text("[validity]\nblank_is_invalid = false\n", "utf-8")

    assert read_ballot_rules(form, otherwise=RULES) == replace(
        RULES, blank_is_invalid=False
    )
    for fault, said in {
        "blank_is_invalid = 0": "validity, blank_is_invalid: phải là true hoặc false.",
        "blank = true": "validity: có khoá lạ “blank”.",
    }.items():
        form.write_text(f"[validity]\n{fault}\n", "utf-8")
        with pytest.raises(FormFileError) as caught:
            read_ballot_rules(form, otherwise=RULES)
        assert str(caught.value) == f"{form}, {said}"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x.jpg", "-o", "count.json"], "Không có tệp hoặc thư mục {folder}/x.jpg."),
        (
            ["pipe.jpg", "-o", "count.json"],
            (
                "{folder}/pipe.jpg không phải tệp thường hay thư mục (là ống dẫn hoặc "
                "thiết bị)."
            ),
        ),
        (
            ["a.jpg", "khac", "-o", "count.json"],
            (
                "Không vào được {folder}/khac/may-2: không có quyền mở, hoặc là liên kết "
                "tới thư mục khác. Chưa đọc gì, để không sót phiếu nào: mở quyền, hoặc bỏ "
                "liên kết và ghi thẳng thư mục ấy vào lệnh."
            ),
        ),
        (
            ["a.jpg", "-o", "no/count.json"],
            "Không ghi được {folder}/no/count.json: không có thư mục {folder}/no.",
        ),
        (
            ["a.jpg", "-o", "count.json", "--issued", "5", "--spoiled", "9"],
            (
                "--spoiled 9: số phiếu hỏng không thể nhiều hơn 5 phiếu đã phát ra "
                "(--issued)."
            ),
        ),
    ],
)
def test_what_cannot_end_well_is_refused_before_reading(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    form = tmp_path / "mau.toml"
    form.write_text(
        '[ballot]\nissuer = "A"\nstamp = "B"\noccasion = "C"\n'
        '[[contest]]\ntitle = "D"\nterm = "E"\nmax_choices = 1\n'
        '[[contest.nominee]]\nname = "G"\n',
        "utf-8",
    )
    (tmp_path / "a.jpg").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac/may-2").symlink_to("/")
    paths = [
        str(tmp_path / one) if one.endswith(("jpg", "json", "khac")) else one
        for one in arguments
    ]

    result = RUN.invoke(app, ["ballot", "read", str(form), *paths])

    assert result.exit_code == 2
    assert result.stderr == said.format(folder=tmp_path) + "\n"


@pytest.mark.parametrize("odd_share", [1.0])
def test_each_doubtful_box_gets_its_picture(tmp_path: Path, odd_share: float) -> None:
    made = scan(1, ScanPlan(seed=5, odd_share=odd_share))
    (tmp_path / "0.jpg").write_bytes(made.jpeg)
    review = tmp_path / "xem"
    review.mkdir()

    (record,) = _records(tmp_path, review=review)

    doubtful = [box for box in record.boxes if box.state == "?"]
    assert doubtful
    assert len(list(review.glob("*.png"))) == len(doubtful)


FORM_WITH_IDS = """
[ballot]
issuer = "Huyện uỷ A"
stamp = "Đóng dấu"
occasion = "tại Hội nghị"
sheet_ids = true

[[contest]]
title = "Phó Bí thư"
term = "2025 - 2030"
max_choices = 4
nominee = [{ name = "An" }, { name = "Bình" }, { name = "Cường" }, { name = "Dũng" }]
"""


def test_a_sheet_scanned_a_second_time_is_told_and_leaves_no_picture(
    tmp_path: Path,
) -> None:
    file, scans, review = (tmp_path / one for one in ("form.toml", "scans", "xem"))
    file.write_text(FORM_WITH_IDS, "utf-8")
    scans.mkdir()
    voted = Sheet(number=1, states=((LineState.AGREE,) * 4,), write_ins=((),))
    for seed in (1, 2):
        (page,) = mark_and_scan(
            read_form(file), voted, seed=seed, odd_share=1.0, sheet_id="FBB62YT"
        )
        (scans / f"{seed}.jpg").write_bytes(page.jpeg)
    (scans / "copy.jpg").write_bytes((scans / "1.jpg").read_bytes())
    out = tmp_path / "count.json"

    asked = ("--review", str(review), "--jobs", "1", "-o", str(out))
    done = RUN.invoke(app, ["ballot", "read", str(file), str(scans), *asked])

    count = json.loads(out.read_text("utf-8"))
    doubts = sum(
        box["state"] == "?" for page in count["sheets"] for box in page["boxes"]
    )
    assert len(count["batch"]["second_scans"]) == 1, done.stdout
    assert "Bỏ 1 trang trùng hệt một ảnh đã đọc." in done.stdout
    assert len(list(review.iterdir())) == doubts > 0


def test_every_reason_of_the_reader_has_words_in_both_languages() -> None:
    assert set(REJECTION_WORDS) == set(Rejection)
    assert set(REASON_WORDS) == set(Reason)
    assert all(
        words.vi != words.en
        for words in (*REASON_WORDS.values(), *REJECTION_WORDS.values())
    )


@pytest.mark.parametrize("language", Language)
def test_over_a_refused_page_stands_why_in_the_language_of_the_user(
    tmp_path: Path, language: Language
) -> None:
    image = tmp_path / "0.png"
    cv2.imwrite(str(image), np.full((2339, 1654), 240, np.uint8))
    (place,) = all_places([image])
    (loaded,) = load_pages(image, [1])

    page_record(FORM, place, loaded, ReviewFolder(path=tmp_path, language=language))

    (written,) = tmp_path.glob("refused-blank-*.png")
    words = REJECTION_WORDS[Rejection.BLANK].in_language(language)
    picture = np.asarray(cv2.imread(str(written)), np.uint8)
    assert np.array_equal(captioned(picture, words), picture)


def test_a_refused_picture_of_one_column_of_pixels_is_shown_with_its_reason(
    tmp_path: Path,
) -> None:
    cv2.imwrite(str(tmp_path / "0.png"), np.full((3000, 1), 255, np.uint8))

    (record,) = _records(tmp_path, review=tmp_path)

    assert record.rejection == Rejection.RESOLUTION
    (written,) = tmp_path.glob("refused-*.png")
    picture = cv2.imread(str(written))
    assert picture is not None
    assert picture.shape[1] >= 480
    assert picture[:44].min() < 128


def test_what_a_mac_leaves_beside_each_file_on_a_stick_is_no_scan(
    tmp_path: Path,
) -> None:
    (tmp_path / "._a.jpg").write_bytes(b"\0\x05\x16\x07\0\x02\0\0Mac OS X")
    (tmp_path / "._b.jpg").write_bytes(b"")
    (tmp_path / "a.jpg").write_bytes(b"")

    assert [one.name for one in scan_files([tmp_path])] == ["._b.jpg", "a.jpg"]


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    for stack in ("chong-1", "chong-2"):
        (tmp_path / stack).mkdir()
        (tmp_path / stack / "1.jpg").write_bytes(stack.encode())
    (tmp_path / "chong-2" / "2.jpg").write_bytes(b"no picture")

    written = "".join(
        count_text(_counted(_records(tmp_path)), event=FORM.event, rules=RULES)
    )

    files = sorted(one["file"] for one in json.loads(written)["rejected"])
    assert files == ["2.jpg", "chong-1/1.jpg", "chong-2/1.jpg"]


def test_a_file_whose_name_is_no_text_is_named_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"qu\xe9t.jpg")).write_bytes(b"no picture")

    counted = _counted(_records(tmp_path))
    written = "".join(count_text(counted, event=FORM.event, rules=RULES))

    (refused,) = json.loads(written.encode("utf-8"))["rejected"]
    assert refused["file"] == r"qu\xe9t.jpg"


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    """The command for a folder with one file that is no picture."""
    form, scans = tmp_path / "form.toml", tmp_path / "scans"
    form.write_text(FORM_WITH_IDS, "utf-8")
    scans.mkdir()
    (scans / "1.jpg").write_bytes(b"no picture")
    return ["ballot", "read", str(form), str(scans), "--jobs", "1"]


def test_a_folder_is_no_place_for_a_count_and_that_is_said_at_once(
    tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "count.json").mkdir()

    done = RUN.invoke(app, [*asked, "-o", str(tmp_path / "count.json")])

    assert (done.exit_code, "đó là một thư mục" in done.stderr) == (2, True)
    assert not list(tmp_path.glob(".count*"))


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (OSError(ENOSPC, "No space left on device"), "đĩa đã đầy"),
        (BrokenExecutor(), "chạy lại lệnh này để đọc tiếp"),
    ],
    ids=["disk full", "process killed"],
)
def test_what_ends_a_reading_is_said_in_a_sentence_and_leaves_no_count(
    tmp_path: Path,
    asked: list[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
    says: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(ballot_read, "read_batch", fails)

    done = RUN.invoke(app, [*asked, "-o", str(tmp_path / "count.json")])

    assert done.exit_code == 2
    assert says in done.stderr
    assert "None" not in done.stderr
    assert not (tmp_path / "count.json").exists()


def test_a_count_the_disk_does_not_take_leaves_what_was_read_and_no_half(
    tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object, **__: object) -> Iterator[str]:
        yield "{"
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(ballot_read, "count_text", cut_off)

    done = RUN.invoke(app, [*asked, "-o", str(tmp_path / "count.json")])

    assert (done.exit_code, "đĩa đã đầy" in done.stderr) == (2, True)
    assert [one.name for one in tmp_path.glob(".count*")] == [".count.json.journal"]
