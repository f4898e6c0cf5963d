"""Whatever goes wrong on the command line is said in Indonesian."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.cli.language import WORDS, file_trouble
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
        (["build", "--date", "besok"], "'besok' bukan tanggal seperti 2026-01-31"),
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
    assert "Galat: unit 'seksi' tidak ada di unit.yml" in found.output
    assert "Dibatalkan; tidak ada yang ditulis." in found.output


def test_the_words_are_click_s() -> None:
    names = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")
    texts = [
        Path(import_module(f"click.{name}").__file__ or "").read_text(encoding="utf-8") for name in names
    ]
    written = {word: word.replace("\n", "\\n").replace("\t", "\\t") for word in WORDS}
    unknown = [word for word in WORDS if not any(f'"{written[word]}"' in text for text in texts)]
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


@pytest.mark.parametrize("number", errno.errorcode)
def test_no_refusal_of_the_system_is_told_in_its_words(number: int) -> None:
    for said in (
        why(OSError(number, os.strerror(number))),
        file_trouble(OSError(number, os.strerror(number))),
    ):
        assert os.strerror(number) not in said
        assert said


def test_what_we_refuse_ourselves_keeps_its_words() -> None:
    assert why(OSError(errno.ELOOP, "tautan")) == "tautan"


ALL_ENGLISH = re.compile(
    r"(?i)\b(options?|commands?|args|arguments?|director(?:y|ies)|files?|paths?|text|integer|float|range|boolean|"
    r"datetime|default|required|deprecated|dynamic|usage|error|missing|invalid|valid|value|values|such|unexpected|"
    r"show|message|exit|version|aborted|choose|from|the|and|not|is|are|was|does|with|without|for|unknown|repeat)\b"
)
"""English words that no text of the command line needs; names of options and keys are not looked at."""


def _words(said: str) -> str:
    """What is said, without options, file names and what is quoted from what was typed."""
    return re.sub(
        r"--?[a-z][\w/-]*|\S*\.(?:yml|json|html|pdf|xlsx)\S*|'[^']*'|\b(?:path|file)s?:\S*", " ", said
    )


COMMANDS = main.list_commands(click.Context(main))


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_no_help_has_an_english_word(name: str) -> None:
    found = CliRunner().invoke(main, [*([name] if name else []), "--help"])
    assert found.exit_code == 0
    assert not (words := ALL_ENGLISH.findall(_words(found.output))), (words, found.output)


def _mistakes(name: str) -> Iterator[list[str]]:
    """Ways to call a command that Click refuses: one of each kind that its parameters allow."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    yield [name, "--tidak-ada"]
    for param in command.params:
        option = param.opts[0]
        if not isinstance(param, click.Option):
            yield [name, "tidak-ada/x"]
            yield [name, "a", "b", "c", "d"]
            yield [name]
        elif not param.is_flag:
            yield [name, option]
            for kind in (click.Choice, click.types.IntParamType, click.types.ParamType):
                if isinstance(param.type, kind) and not isinstance(param.type, click.types.StringParamType):
                    yield [name, option, "/tidak/ada"]
                    yield [name, option, "-7"]
        else:
            yield [name, f"{option}=x"]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_mistake_is_answered_in_english(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for args in _mistakes(name):
        if name in ("init", "serve", "edit", "schema", "upgrade") and len(args) != 2:
            continue  # these would begin to work
        found = CliRunner().invoke(main, args)
        if found.exit_code == 2:
            assert not (words := ALL_ENGLISH.findall(_words(found.output))), (args, words, found.output)


@pytest.mark.parametrize("command", ["book", "build", "docx", "health", "pdf", "review", "revise"])
def test_every_date_may_be_written_as_the_data_write_it(command: str) -> None:
    found = main.get_command(click.Context(main), command)
    assert found is not None
    dated = [p for p in found.params if p.name in ("day", "tanggal", "efektif")]
    assert dated
    for param in dated:
        for text in ("1 Februari 2027", "2027-02-01", "01/02/2027"):
            assert param.type.convert(text, param, None) == date(2027, 2, 1)
