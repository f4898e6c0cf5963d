"""Whatever goes wrong on the command line is said in Indonesian."""

from __future__ import annotations

import errno
import os
import re
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.language import WORDS
from generator.data.files.plain import why
from generator.data.load import load_file

ENGLISH = re.compile(
    r"(?i)\b(error|usage|missing|invalid|such|unexpected|show|try|aborted|does not|is not|options?:)\b"
)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "Perintah"),
        (["cek"], "Galat: tidak ada perintah 'cek'."),
        (["revise"], "Galat: belum disebut: 'SLUG'."),
        (["revise", "a", "b"], "Galat: ini tidak dikenal: b"),
        (["review", "--day"], "Galat: tidak ada pilihan --day. Maksud Anda"),
        (["build", "--tanggal"], "Galat: tidak ada pilihan --tanggal."),
        (["build", "--date"], "Galat: pilihan --date harus diikuti isinya."),
        (["build", "--date", "besok"], "'besok' bukan tanggal seperti 2026-01-31."),
        (["build", "--audience", "umum"], "'umum' tidak ada dalam daftar: 'public', 'internal', 'all'."),
        (["review", "--days", "banyak"], "'banyak' bukan angka."),
        (["revise", "--help"], "Tampilkan penjelasan ini."),
    ],
)
def test_mistakes_are_told_in_indonesian(args: list[str], said: str) -> None:
    found = CliRunner().invoke(main, args)
    assert said in found.output
    assert not ENGLISH.search(found.output), found.output


def test_a_question_that_is_not_answered_says_so(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["new"], input="Izin Belajar\nseksi\n")
    assert found.exit_code == 1
    assert "Galat: 'seksi' tidak ada dalam daftar: 'dinas-" in found.output
    assert "Dibatalkan; tidak ada yang ditulis." in found.output


def test_the_words_are_click_s() -> None:
    names = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
    texts = [
        Path(import_module(f"click.{name}").__file__ or "").read_text(encoding="utf-8") for name in names
    ]
    unknown = [word for word in WORDS if not any(f'"{word}"' in text for text in texts)]
    assert not unknown, "messages that Click no longer has"


@pytest.mark.parametrize(
    "number",
    [
        *(errno.EACCES, errno.EPERM, errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP),
        *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.ESTALE, errno.EBUSY, errno.EMFILE),
        *(errno.ENAMETOOLONG, errno.ENFILE, errno.EADDRNOTAVAIL),
    ],
)
def test_what_the_system_refuses_is_told_in_indonesian(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = OSError(number, os.strerror(number), "x.yml")

    def refuse(*_: object) -> bytes:
        raise refused

    monkeypatch.setattr("generator.data.load.read_file", refuse)
    (problem,) = load_file(Path("x.yml"))[1]
    assert why(refused) in problem.message
    assert os.strerror(number) not in problem.message


def test_what_we_refuse_ourselves_keeps_its_words() -> None:
    assert why(OSError(errno.ELOOP, "tautan")) == "tautan"
