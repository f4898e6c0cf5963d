"""``sop edit``: the page on which SOPs are written and revised, in the browser of this machine."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path

import click

from generator.cli.files import data_folder, sop_file
from generator.cli.options import data_option
from generator.cli.publish.listening import refused
from generator.edit.page.app import application
from generator.edit.page.desk import Desk
from generator.edit.page.guard import ENTRY, Guard

STORE = Path(".sop-sunting")
"""Folder of the journals: what is typed and not saved, and what can be taken back. No cache: it is kept."""
HOST = "127.0.0.1"


@click.command()
@click.argument("slug", required=False)
@data_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8010, show_default=True, help="Nomor port; 0 yang bebas."
)
@click.option("--tanpa-peramban", is_flag=True, help="Cetak alamatnya saja, jangan buka peramban.")
def edit(slug: str | None, data: Path, port: int, tanpa_peramban: bool) -> None:
    """Tulis dan ubah SOP di peramban, seperti pada formulir resminya.

    SLUG adalah nama berkas SOP tanpa .yml; tanpa itu daftar semua SOP terbuka. Halaman ini hanya dapat dibuka
    dari komputer ini.
    """
    data_folder(data)
    start = f"/sop/{sop_file(data, slug).stem}" if slug else "/"
    if STORE.is_symlink():
        raise click.ClickException(
            f"{STORE}: tautan berkas (symlink) tidak diizinkan di tempat riwayat suntingan\n"
            "  saran: hapus tautan itu; riwayat disimpan dalam folder biasa"
        )
    listening = _listen(port)
    port = listening.getsockname()[1]
    guard = Guard(application(Desk(data, STORE)), port, start)
    address = f"http://{HOST}:{port}{ENTRY}?kunci={guard.key}"
    click.echo(f"Halaman penyunting: {address}")
    click.echo("Alamat ini berlaku sekali. Hentikan dengan Ctrl+C; yang diketik tersimpan sendiri.")
    if not tanpa_peramban:
        webbrowser.open(address)
    _serve(guard, listening)


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
