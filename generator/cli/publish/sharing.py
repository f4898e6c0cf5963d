"""``--cache ADDRESS`` → the store that this run shares with other machines; what came of it is told last."""

from __future__ import annotations

import os

import click

from generator.shared_store import AddressError, SharedStore
from generator.store import SHARED

SECRET = "SOP_CACHE_RAHASIA"
"""The variable with the secret that those who share the store know."""


def share(address: str) -> None:
    """Share costly entries for the rest of the command. Raises ClickException."""
    secret = os.environ.get(SECRET, "")
    try:
        shared = SharedStore(address, secret)
    except AddressError as error:
        raise click.ClickException(str(error)) from error
    if not secret:
        raise click.ClickException(
            f"{SECRET} belum diisi; tanpa itu siapa pun yang dapat menulis di sana dapat mengganti naskah\n"
            f"  saran: export {SECRET}=… dengan rahasia yang sama di semua mesin"
        )
    context = click.get_current_context()
    token = SHARED.set(shared)
    context.call_on_close(lambda: SHARED.reset(token))
    context.call_on_close(lambda: _tell(shared))


def _tell(shared: SharedStore) -> None:
    said = f"Simpanan bersama: {shared.taken} berkas diambil, {shared.given} ditaruh"
    if shared.refused:
        said += (
            f", {shared.refused} ditolak (rusak, atau bukan dari yang mengetahui {SECRET}) dan dibuat lagi"
        )
    if shared.trouble:
        said += f"; berhenti dipakai: {shared.trouble}"
    click.echo(f"{said}.", err=True)
