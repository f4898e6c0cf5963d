"""``--cache ADDRESS`` → the store that this run, and the processes that it starts, share with other machines;
what came of it is told last."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import click

from generator.shared_store import AddressError, Counts, SharedStore
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


@contextmanager
def sharing_there(address: str) -> Iterator[SharedStore | None]:
    """Share in a process that was started by a command that shares; where it does not, "", there is none."""
    store = _store(address, os.environ.get(SECRET, "")) if address else None
    if store:
        store.counts = Counts()
    token = SHARED.set(store)
    try:
        yield store
    finally:
        SHARED.reset(token)


_store = lru_cache(maxsize=1)(SharedStore)


def add_shared(counts: Counts, trouble: str) -> None:
    """Count what came of the store in another process."""
    if shared := SHARED.get():
        shared.counts = shared.counts.with_more(counts)
        shared.trouble = shared.trouble or trouble


def _tell(shared: SharedStore) -> None:
    counts = shared.counts
    said = f"Simpanan bersama: {counts.taken} berkas diambil, {counts.given} ditaruh"
    if counts.refused:
        said += (
            f", {counts.refused} ditolak (rusak, atau bukan dari yang mengetahui {SECRET}) dan dibuat lagi"
        )
    if shared.trouble:
        said += f"; berhenti dipakai: {shared.trouble}"
    click.echo(f"{said}.", err=True)
