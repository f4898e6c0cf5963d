"""The command line: ``sop``. One module a command, loaded when it is called; this one only names them."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

gc.set_threshold(500_000, 20, 20)
"""What is loaded and read stays: to look for garbage among it took a tenth of the one, half of the other."""

import click  # noqa: E402

from generator.cli.language import OPTIONS, SUBCOMMAND, file_trouble, speak_indonesian  # noqa: E402
from generator.data.files.refused import NotWritten  # noqa: E402

speak_indonesian()

_COMMANDS = {
    "book": (
        "publish.documents",
        "Jilid SOP menjadi satu PDF: sampul, keputusan, daftar isi, ringkasan, daftar peraturan, SOP.",
    ),
    "build": ("publish.build", "Periksa data, lalu bangun situs."),
    "check": ("data.check", "Periksa semua data SOP dan cetak semua masalahnya."),
    "diff": ("versions.diff", "Tunjukkan apa yang berubah antara dua versi sebuah SOP."),
    "docx": ("publish.documents", "Buat berkas Word SOP yang disebut, atau semuanya."),
    "edit": ("publish.edit", "Tulis dan ubah SOP di peramban, seperti pada formulir resminya."),
    "export": (
        "data.tables",
        "Tulis SOP yang disebut (SLUG) ke satu buku kerja Excel, satu lembar tiap SOP.",
    ),
    "flow": ("publish.flow", "Nilai gambar alur satu SOP dan tulis gambarnya sebagai SVG."),
    "fmt": ("data.fmt", "Rapikan urutan kunci dan gaya penulisan BERKAS (bila tidak disebut: semua data)."),
    "health": ("data.health", "Sebut kelengkapan tiap unit dan apa yang perlu dikerjakan."),
    "import": (
        "data.imports",
        "Jadikan SOP dari BERKAS (berkas atau folder: PDF, Word, Excel, teks) draf berkas SOP.",
    ),
    "init": ("data.init", "Buat FOLDER berisi data instansi baru dengan SOP contoh, siap dibangun."),
    "new": ("data.new", "Buat berkas SOP baru."),
    "pdf": (
        "publish.documents",
        "Buat PDF resmi SOP yang disebut, atau semuanya (PDF/A-3a dan PDF/UA-1).",
    ),
    "poster": (
        "publish.documents",
        "Buat poster loket (A3, huruf besar, kode QR) atau selebaran (A4) SOP yang disebut.",
    ),
    "review": (
        "versions.review",
        "Sebut SOP yang sudah atau segera harus ditinjau ulang, "
        "atau catat bahwa SOP tetap berlaku (--tetap).",
    ),
    "revise": ("versions.revise", "Simpan versi SOP yang berlaku, lalu buka versi berikutnya."),
    "sahkan": (
        "versions.sahkan",
        "Simpan naskah yang sudah ditandatangani, sesudah tanda tangan dan isinya diperiksa.",
    ),
    "schema": ("data.schema", "Tulis skema berkas SOP untuk penyunting teks (VS Code: pengaya YAML)."),
    "serve": (
        "publish.serve",
        "Lihat situs sambil menyunting: halaman dimuat ulang bila data atau halaman berubah.",
    ),
    "upgrade": ("data.upgrade", "Perbarui data format lama ke format program ini."),
    "verify": (
        "publish.verify",
        "Cocokkan situs yang terbit dengan MANIFEST.json: berkas hilang, berubah, atau tidak tercatat.",
    ),
}
"""The module of each command, whose function has the name of the command, ``import`` an underscore more; and
the first sentence of its help, so that the list of commands loads none of them."""


class _Commands(click.Group):
    """Loading all commands would take longer than most of them do."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a file that cannot be written or read ends it in words, whatever command it is."""
        try:
            return super().invoke(ctx)
        except NotWritten as error:
            raise click.ClickException(f"{error}\n  saran: {error.hint}") from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise click.ClickException(file_trouble(error)) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.cli.{_COMMANDS[cmd_name][0]}")
        found: click.Command = getattr(module, "import_" if cmd_name == "import" else cmd_name)
        found.options_metavar = OPTIONS
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A command that is misspelt is answered with the one that was meant."""
        if args[0] not in _COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from generator.data.validate.read import nearest  # not loaded for a command that is there

            near = nearest(args[0], _COMMANDS)
            hint = f"maksud Anda: sop {near}" if near else "semua perintah: sop --help"
            ctx.fail(f"tidak ada perintah '{args[0]}'.\n  saran: {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = {name: click.Command(name, help=words) for name, (_, words) in _COMMANDS.items()}
        click.Group(commands=told).format_commands(ctx, formatter)


@click.group(
    cls=_Commands,
    options_metavar=OPTIONS,
    subcommand_metavar=SUBCOMMAND,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="sop-generator", prog_name="sop")
def main() -> None:
    """Dari data SOP ke halaman resmi: periksa, bangun, dan lihat."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
