"""Click's own messages → Indonesian, as clerks read them.

Click marks its messages for gettext, which takes its language from the surroundings of the process; here it
is always the same, so the words are given to Click's modules themselves. What is not listed stays as it is.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from importlib import import_module

from generator.data.files.plain import why

WORDS: Mapping[str, str] = {
    "Aborted!": "Dibatalkan; tidak ada yang ditulis.",
    "Error: {message}": "Galat: {message}",
    "Error: invalid input": "Galat: jawaban tidak dapat dibaca",
    "Usage:": "Pemakaian:",
    "Try '{command} {option}' for help.": "Penjelasan: {command} {option}",
    "Options": "Pilihan",
    "Commands": "Perintah",
    "Positional arguments": "Isian",
    "default: {default}": "bila tidak disebut: {default}",
    "required": "wajib",
    "Show this message and exit.": "Tampilkan penjelasan ini.",
    "Show the version and exit.": "Tampilkan versi program.",
    "Missing command.": "perintahnya belum disebut.",
    "Missing argument": "belum disebut:",
    "Missing option": "pilihan ini belum disebut:",
    "Invalid value: {message}": "isian keliru: {message}",
    "Invalid value for {param_hint}: {message}": "isian {param_hint} keliru: {message}",
    "No such option {name!r}.": "tidak ada pilihan {name}.",
    "No such command {name!r}.": "tidak ada perintah '{name}'.",
    "Did you mean {possibility}?": "Maksud Anda {possibility}?",
    "(Did you mean one of: {possibilities}?)": "Maksud Anda salah satu dari ini: {possibilities}?",
    "Got unexpected extra argument ({args})": "ini tidak dikenal: {args}",
    "Got unexpected extra arguments ({args})": "ini tidak dikenal: {args}",
    "Option {name!r} requires an argument.": "pilihan {name} harus diikuti isinya.",
    "Option {name!r} does not take a value.": "pilihan {name} tidak diikuti apa-apa.",
    "{value!r} is not {choice}.": "'{value}' bukan {choice}.",
    "{value!r} is not one of {choices}.": "'{value}' tidak ada dalam daftar: {choices}.",
    "{value!r} is not a valid {number_type}.": "'{value}' bukan angka.",
    "{value} is not in the range {range}.": "{value} di luar batas {range}.",
    "{name} {filename!r} does not exist.": "'{filename}' tidak ada.",
    "{name} {filename!r} is a file.": "'{filename}' adalah berkas, bukan folder.",
    "{name} {filename!r} is a directory.": "'{filename}' adalah folder, bukan berkas.",
    "{name} {filename!r} is not readable.": "'{filename}' tidak boleh dibaca.",
    "{name} {filename!r} is not writable.": "'{filename}' tidak boleh ditulis.",
    "{name} {filename!r} is not executable.": "'{filename}' tidak dapat dijalankan.",
    "file": "berkas",
    "directory": "folder",
    "path": "jalur",
    "deprecated": "tidak dipakai lagi",
    "(dynamic)": "(ditentukan sendiri)",
    "env var: {var}": "variabel lingkungan: {var}",
    "Missing parameter": "belum disebut:",
    "Missing parameter: {param_name}": "belum disebut: {param_name}",
    "Missing {param_type}": "belum disebut: {param_type}",
    "Do you want to continue?": "Lanjutkan?",
    "Confirm the action without prompting.": "Lakukan tanpa bertanya.",
    "%(prog)s, version %(version)s": "%(prog)s, versi %(version)s",
    "unknown error": "galat yang tidak dikenal",
    "Could not open file {filename!r}: {message}": "'{filename}' tidak dapat dibuka: {message}",
    "Choose from:\n\t{choices}": "Pilihannya:\n\t{choices}",
    "Argument {name!r} takes {nargs} values.": "isian {name} terdiri atas {nargs} nilai.",
    "Option {name!r} requires {nargs} arguments.": "pilihan {name} harus diikuti {nargs} isian.",
    "Takes {nargs} values but 1 was given.": "harus {nargs} nilai, yang disebut 1.",
    "Takes {nargs} values but {len} were given.": "harus {nargs} nilai, yang disebut {len}.",
    "{len_type} values are required, but {len_value} was given.": "harus {len_type}, bukan {len_value}.",
    "{len_type} values are required, but {len_value} were given.": "harus {len_type}, bukan {len_value}.",
    "Repeat for confirmation": "Ulangi",
    "Error: The two entered values do not match.": "Galat: keduanya tidak sama.",
    "Press any key to continue...": "Tekan satu tombol untuk melanjutkan …",
}
OPTIONS, SUBCOMMAND = "[PILIHAN]", "PERINTAH [ISIAN]..."
"""What usage lines call the options, and the command with what follows it."""
_TYPES = {
    "StringParamType": "teks",
    "UnprocessedParamType": "teks",
    "IntParamType": "angka",
    "IntRange": "angka",
    "FloatParamType": "angka",
    "FloatRange": "angka",
}
"""What stands behind an option for what is to be filled in, by Click's class."""
_FULL = "disk penuh\n  saran: kosongkan tempat di disk folder hasil dan folder sementara, lalu jalankan lagi"
_CLOSED = "tidak boleh dibaca atau ditulis\n  saran: periksa izin folder dan pemiliknya"
_OTHER_DISK = "disk lain (titik mount) tidak dapat ditukar\n  saran: pasang disk itu di folder atasnya"
_REFUSED = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: "disk ini hanya dapat dibaca\n  saran: pilih folder lain dengan --out",
    errno.EXDEV: _OTHER_DISK,
    errno.EBUSY: _OTHER_DISK,
    errno.EEXIST: "sudah ada dan bukan folder\n  saran: pilih folder lain dengan --out",
    errno.ENOTDIR: "bukan folder\n  saran: pilih folder lain dengan --out",
    errno.EISDIR: "adalah folder, bukan berkas\n  saran: pilih nama lain",
    errno.ENOENT: "tidak ada\n  saran: periksa namanya",
    errno.ENAMETOOLONG: "namanya terlalu panjang\n  saran: pilih nama yang lebih pendek",
    errno.ELOOP: "tautan simbolik yang berputar\n  saran: hapus tautan itu",
}
_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types")


def file_trouble(error: OSError) -> str:
    """What the system refused, in words of ours where we know what to do."""
    said = _REFUSED.get(error.errno or 0, why(error))
    where = " dan ".join(str(name) for name in (error.filename, error.filename2) if name)
    return f"{where}: {said}" if where else said


def speak_indonesian() -> None:
    """Let Click speak Indonesian; to be called before commands are defined, as they ask for words then."""
    for name in _MODULES:
        module = import_module(f"click.{name}")
        for function, given in (("_", _one), ("ngettext", _one_or_more)):
            if hasattr(module, function):
                setattr(module, function, given)
    types = import_module("click.types")
    for kind, word in _TYPES.items():
        getattr(types, kind).name = word


def _one(message: str) -> str:
    return WORDS.get(message, message)


def _one_or_more(one: str, more: str, number: int) -> str:
    return _one(one if number == 1 else more)
