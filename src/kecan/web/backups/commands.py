"""``kecan backup`` and ``kecan restore``: what they check, say and write down."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from kecan.vocabulary import Language, Sentence
from kecan.web.backups import archive, sealing
from kecan.web.starting import start_django

if TYPE_CHECKING:
    from kecan.web.audit.queries import Head

Passphrase = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        help="Tệp có cụm mật khẩu ở dòng đầu; không có thì hỏi trên màn hình.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="In ra JSON.")]
Lang = Annotated[Language, typer.Option(help="Ngôn ngữ: vi hoặc en.")]


_SCANS_KEPT = Sentence(
    " Ở đó có cả ảnh phiếu mà bản sao không biết, kèm khoá đọc ảnh: phần mềm không huỷ "
    "được nữa, hết hạn giữ thì hai người lập biên bản huỷ cả thư mục ấy.",
    " There are also pictures of ballots the copy does not know, with their keys: Kecan "
    "cannot destroy them any more; when they need not be kept, two people destroy that "
    "folder and write it down.",
)


def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="Tệp sẽ ghi.")],
    passphrase_file: Passphrase = None,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Sao lưu: bản chép nhất quán của dữ liệu, mã hoá bằng cụm mật khẩu."""
    home = _home(lang)
    if not (home / archive.DATABASE_NAME).is_file():
        _refuse(_no_database(home), lang)
    if output.exists() or not output.parent.is_dir():
        _refuse(_cannot_write(output), lang)
    passphrase = _passphrase(passphrase_file, is_new=True, language=lang)
    start_django()
    at = datetime.now(UTC)
    head = _record("backup.made", at=at, subject=output.name, details={})
    told = {"made_at": at.isoformat(), "entries": head.sequence, "head": head.hash}
    archive.write_archive(home, output, passphrase=passphrase, told=told)
    _tell(
        {"file": str(output), **told},
        Sentence(
            f"Đã sao lưu vào {output}: nhật ký {head.sequence} mục, mã băm cuối "
            f"{head.hash}. Giữ cụm mật khẩu ở nơi khác; mất nó thì không mở được.",
            f"Copied to {output}: {head.sequence} ledger entries, last hash "
            f"{head.hash}. Keep the passphrase elsewhere; without it nothing opens.",
        ),
        as_json=as_json,
        language=lang,
    )


def restore(
    source: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu.")],
    passphrase_file: Passphrase = None,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Thay dữ liệu đang có; dữ liệu ấy được giữ."),
    ] = False,
    as_json: AsJson = False,
    lang: Lang = Language.VI,
) -> None:
    """Khôi phục từ bản sao lưu, sau khi kiểm tra từng tệp và cả chuỗi nhật ký."""
    home = _home(lang)
    if not source.is_file():
        _refuse(_no_file(source), lang)
    if (home / archive.DATABASE_NAME).exists() and not replace:
        _refuse(_already_there(home), lang)
    if not sealing.is_copy(source):
        _refuse(_no_copy(source), lang)
    passphrase = _passphrase(passphrase_file, is_new=False, language=lang)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as written:
        folder = Path(written)
        told = _open(source, folder, passphrase=passphrase, language=lang)
        head = _verified(folder, told, subject=source.name, language=lang)
        kept = _put_in_place(folder, home, language=lang)
    made = datetime.fromisoformat(told["made_at"]).astimezone()
    _tell(
        {"file": str(source), **told, "kept": None if kept is None else str(kept)},
        Sentence(
            f"Đã khôi phục từ {source}, bản ngày {made:%d/%m/%Y}: nhật ký "
            f"nguyên vẹn, {head.sequence} mục."
            + (f" Dữ liệu cũ giữ ở {kept}." if kept else "")
            + (_SCANS_KEPT.vi if _has_scans(kept) else ""),
            f"Restored from {source}, made on {made:%Y-%m-%d}: the ledger is "
            f"whole, {head.sequence} entries."
            + (f" The former data are kept in {kept}." if kept else "")
            + (_SCANS_KEPT.en if _has_scans(kept) else ""),
        ),
        as_json=as_json,
        language=lang,
    )


def _no_copy(source: Path) -> Sentence:
    return Sentence(
        f"{source} không phải bản sao lưu của Kecan.",
        f"{source} is no copy made by Kecan.",
    )


def _home(language: Language) -> Path:
    if os.environ.get("DATABASE_URL"):
        _refuse(
            Sentence(
                "Dữ liệu nằm ở PostgreSQL (DATABASE_URL): hãy sao lưu bằng pg_dump, "
                "khôi phục bằng pg_restore, rồi chạy kecan ledger verify.",
                "The data are in PostgreSQL (DATABASE_URL): copy them with pg_dump, "
                "restore with pg_restore, then run kecan ledger verify.",
            ),
            language,
        )
    return Path(os.environ.get("KECAN_HOME", "var")).resolve()


def _passphrase(file: Path | None, *, is_new: bool, language: Language) -> str:
    if file is None:
        asked = Sentence("Cụm mật khẩu", "Passphrase").in_language(language)
        return _long_enough(
            str(typer.prompt(asked, hide_input=True, confirmation_prompt=is_new)),
            language,
        )
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        _refuse(_no_file(file), language)
    return _long_enough(lines[0] if lines else "", language)


def _long_enough(passphrase: str, language: Language) -> str:
    if len(passphrase) < sealing.LEAST_PASSPHRASE:
        _refuse(
            Sentence(
                f"Cụm mật khẩu có {len(passphrase)} ký tự, cần ít nhất "
                f"{sealing.LEAST_PASSPHRASE}.",
                f"The passphrase has {len(passphrase)} characters, at least "
                f"{sealing.LEAST_PASSPHRASE} are needed.",
            ),
            language,
        )
    return passphrase


def _record(
    action: str, *, at: datetime, subject: str, details: dict[str, object]
) -> Head:
    from django.db import transaction

    from kecan.web.audit.actions import Program, record
    from kecan.web.audit.queries import ledger_head

    with transaction.atomic():
        record(action=action, by=Program(), at=at, subject=subject, details=details)
        return ledger_head()


def _open(
    source: Path, folder: Path, *, passphrase: str, language: Language
) -> dict[str, Any]:
    try:
        return archive.read_archive(source, folder, passphrase=passphrase)
    except sealing.NotABackupError:
        _refuse(_no_copy(source), language)
    except (sealing.BackupBrokenError, archive.CopyDamagedError):
        _fail(
            Sentence(
                f"{source} không mở được: sai cụm mật khẩu, hoặc tệp đã bị sửa, bị cắt. "
                "Chưa thay đổi gì.",
                f"{source} does not open: another passphrase, or the file was changed "
                "or cut. Nothing was changed.",
            ),
            language,
        )


def _verified(
    folder: Path, told: dict[str, Any], *, subject: str, language: Language
) -> Head:
    """Verify the copy's ledger, and what it binds, before it takes the place of anything."""
    os.environ["KECAN_HOME"] = str(folder)
    start_django()
    from django.db import connection

    from kecan.web.audit.bound import verify_ledger_and_bound
    from kecan.web.audit.queries import LedgerBrokenError

    try:
        found = verify_ledger_and_bound()
    except LedgerBrokenError as broken:
        _fail(Sentence(str(broken), str(broken)), language)
    if (found.sequence, found.hash) != (told["entries"], told["head"]):
        _fail(
            Sentence(
                "Đầu chuỗi nhật ký trong bản sao không khớp với bản kê. Chưa thay đổi gì.",
                "The ledger's head is not the one the copy tells. Nothing was changed.",
            ),
            language,
        )
    details: dict[str, object] = {"made_at": told["made_at"], "head": told["head"]}
    head = _record(
        "backup.restored", at=datetime.now(UTC), subject=subject, details=details
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return head


def _put_in_place(folder: Path, home: Path, *, language: Language) -> Path | None:
    """Move the copy to ``home``; return where the former data were put, if any."""
    database, media = home / archive.DATABASE_NAME, home / archive.MEDIA_NAME
    kept: Path | None = None
    if database.exists():
        _let_go(database, language)
        kept = home / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
        kept.mkdir(mode=0o700)
        database.rename(kept / database.name)
        if media.exists():
            media.rename(kept / media.name)
        _keep_scans(home, kept, known=archive.scans_known_to(folder / database.name))
    if (folder / archive.MEDIA_NAME).exists():
        shutil.move(folder / archive.MEDIA_NAME, media)
    (folder / archive.DATABASE_NAME).rename(database)
    return kept


def _has_scans(kept: Path | None) -> bool:
    return kept is not None and any(
        (kept / name).is_dir() for name in archive.SCAN_NAMES
    )


def _keep_scans(home: Path, kept: Path, *, known: set[str]) -> None:
    """Move pictures and keys the copy does not know to the data that do.

    Left where they are, no page of the program would ever lead to their destruction.
    """
    for name in archive.SCAN_NAMES:
        if not (home / name).is_dir():
            continue
        for one in sorted((home / name).iterdir()):
            if one.name not in known:
                (kept / name).mkdir(mode=0o700, exist_ok=True)
                one.rename(kept / name / one.name)


def _let_go(database: Path, language: Language) -> None:
    """Bring what is still in the write-ahead log home; refuse while others write."""
    try:
        with closing(sqlite3.connect(database, timeout=1)) as held:
            held.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        _refuse(
            Sentence(
                "Có chương trình đang dùng dữ liệu hiện có; hãy dừng kecan serve rồi "
                "khôi phục lại. Chưa thay đổi gì.",
                "A program is using the present data; stop kecan serve, then restore. "
                "Nothing was changed.",
            ),
            language,
        )


def _tell(
    facts: dict[str, Any], sentence: Sentence, *, as_json: bool, language: Language
) -> None:
    text = (
        json.dumps(facts, ensure_ascii=False)
        if as_json
        else str(sentence.in_language(language))
    )
    sys.stdout.write(text + "\n")


def _refuse(sentence: Sentence, language: Language) -> NoReturn:
    sys.stderr.write(sentence.in_language(language) + "\n")
    raise typer.Exit(2)


def _fail(sentence: Sentence, language: Language) -> NoReturn:
    sys.stderr.write(sentence.in_language(language) + "\n")
    raise typer.Exit(1)


def _no_file(path: Path) -> Sentence:
    return Sentence(f"Không đọc được tệp {path}.", f"Cannot read {path}.")


def _no_database(home: Path) -> Sentence:
    return Sentence(
        f"Chưa có dữ liệu trong {home}; đặt KECAN_HOME đúng thư mục dữ liệu.",
        f"There are no data in {home}; set KECAN_HOME to the folder of the data.",
    )


def _already_there(home: Path) -> Sentence:
    return Sentence(
        f"Trong {home} đã có dữ liệu; thêm --replace để thay, dữ liệu cũ được giữ.",
        f"There are data in {home}; add --replace to replace them, they are kept.",
    )


def _cannot_write(path: Path) -> Sentence:
    return Sentence(
        f"-o: {path} đã có, hoặc thư mục chứa nó không có.",
        f"-o: {path} exists already, or its folder does not.",
    )
