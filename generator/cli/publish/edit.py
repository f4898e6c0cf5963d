"""``sop edit``: the page on which SOPs are written and revised, in the browser of this machine."""

from __future__ import annotations

import gc
import os
import re
import socket
import webbrowser
from pathlib import Path

import click

from generator.cli.files import data_folder, sop_file
from generator.cli.options import data_option
from generator.cli.publish.listening import refused
from generator.data.files.plain import why
from generator.edit.beside.commits import log_of
from generator.edit.page.app import application
from generator.edit.page.desk import Desk
from generator.edit.page.guard import ENTRY, Guard, Login

STORE = Path(".sop-sunting")
"""Folder of the journals: what is typed and not saved, and what can be taken back. No cache: it is kept."""
HOST = "127.0.0.1"
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}", re.ASCII)
_ADDRESS = re.compile(r"(https?://[a-z0-9.-]+(?::\d+)?)(/[A-Za-z0-9/_-]*)?", re.ASCII)


@click.command()
@click.argument("slug", required=False)
@data_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="Nomor port; 0 yang bebas."
)
@click.option("--tanpa-peramban", is_flag=True, help="Cetak alamatnya saja, jangan buka peramban.")
@click.option(
    "--soket",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BERKAS",
    help="Di belakang pintu masuk instansi: soket Unix yang hanya dapat dibuka oleh nginx.",
)
@click.option(
    "--pengguna-dari",
    metavar="KEPALA",
    help="Kepala permintaan yang menyebut siapa yang masuk: X-Remote-User.",
)
@click.option(
    "--alamat", metavar="ALAMAT", help="Alamatnya di peramban: https://intranet.contoh.go.id/sunting/"
)
@click.option("--empat-mata", is_flag=True, help="SOP hanya disimpan sesudah disetujui orang lain.")
def edit(
    slug: str | None,
    data: Path,
    port: int,
    tanpa_peramban: bool,
    soket: Path | None,
    pengguna_dari: str | None,
    alamat: str | None,
    empat_mata: bool,
) -> None:
    """Tulis dan ubah SOP di peramban, seperti pada formulir resminya.

    SLUG adalah nama berkas SOP tanpa .yml; tanpa itu daftar semua SOP terbuka. Halaman ini hanya dapat dibuka
    dari komputer ini. Dengan --soket, --pengguna-dari dan --alamat beberapa pegawai memakainya bersama di
    belakang pintu masuk instansi.
    """
    data_folder(data)
    start = f"/sop/{sop_file(data, slug).stem}" if slug else "/"
    if STORE.is_symlink():
        raise click.ClickException(
            f"{STORE}: tautan berkas (symlink) tidak diizinkan di tempat riwayat suntingan\n"
            "  saran: hapus tautan itu; riwayat disimpan dalam folder biasa"
        )
    login = _login(soket, pengguna_dari, alamat, empat_mata)
    if login is not None and soket is not None:
        _serve_behind(login, soket, Desk(data, STORE, log_of(data), empat_mata))
        return
    listening = _listen(port)
    port = listening.getsockname()[1]
    guard = Guard(application(Desk(data, STORE)), port, start)
    address = f"http://{HOST}:{port}{ENTRY}?kunci={guard.key}"
    click.echo(f"Halaman penyunting: {address}")
    click.echo("Alamat ini hanya berlaku satu kali. Hentikan dengan Ctrl+C; yang diketik tersimpan sendiri.")
    if not tanpa_peramban:
        webbrowser.open(address)
    _serve(guard, listening)


def _login(soket: Path | None, header: str | None, address: str | None, four_eyes: bool) -> Login | None:
    """The agency's login as it is told; all that belongs to it, or nothing."""
    told = {"--soket": soket, "--pengguna-dari": header, "--alamat": address}
    lacking = [name for name, value in told.items() if value is None]
    if len(lacking) == len(told):
        if four_eyes:
            raise click.UsageError(
                "--empat-mata memerlukan pintu masuk: --soket, --pengguna-dari dan --alamat"
            )
        return None
    if lacking or header is None or address is None:
        raise click.UsageError(f"untuk dipakai bersama sebut juga {' dan '.join(lacking)}")
    if not hasattr(socket, "AF_UNIX"):
        raise click.ClickException("soket Unix tidak ada di sistem ini; jalankan di server Linux")
    found = _ADDRESS.fullmatch(address.lower())
    if found is None:
        raise click.UsageError("--alamat ditulis seperti https://intranet.contoh.go.id/sunting/")
    if not _HEADER.fullmatch(header):
        raise click.UsageError("--pengguna-dari adalah nama kepala permintaan, misalnya X-Remote-User")
    return Login(header.lower(), found[1])


def _serve_behind(login: Login, path: Path, desk: Desk) -> None:
    """Serve those whom the login lets in."""
    listening = _listen_behind(path)
    recorded = f"tercatat di git ({desk.log.top.as_posix()})" if desk.log else "tidak tercatat: tidak ada git"
    click.echo(f"Halaman penyunting untuk {login.origin}, lewat soket {path.as_posix()}")
    click.echo(f"Yang disimpan {recorded}. Hentikan dengan Ctrl+C.")
    try:
        _serve(Guard(application(desk), 0, login=login), listening)
    finally:
        path.unlink(missing_ok=True)


def _listen_behind(path: Path) -> socket.socket:
    """Listen at a socket that its owner and group may open; one that a stopped program left is replaced."""
    if path.is_socket():
        asking = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            asking.connect(str(path))
        except OSError:
            path.unlink()
        else:
            hint = "saran: hentikan dahulu yang lama, atau sebut soket lain"
            raise click.ClickException(f"penyunting sudah berjalan di {path.as_posix()}\n  {hint}")
        finally:
            asking.close()
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)
    try:
        listening.bind(str(path))
        listening.listen(64)
    except OSError as error:
        listening.close()
        raise click.ClickException(f"soket {path.as_posix()} tidak dapat dibuat ({why(error)})") from error
    finally:
        os.umask(before)
    return listening


def _listen(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((HOST, port))
        listening.listen(64)
    except OSError as error:
        listening.close()
        raise click.ClickException(refused(error, HOST, port, "sop edit")) from error
    return listening


def _serve(guard: Guard, listening: socket.socket) -> None:
    import uvicorn  # not loaded where the port is taken

    gc.freeze()  # going through all that is loaded, in the midst of a key, takes longer than its answer
    gc.set_threshold(20_000, 20, 50)
    config = uvicorn.Config(
        guard,
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        date_header=False,
    )
    uvicorn.Server(config).run(sockets=[listening])
