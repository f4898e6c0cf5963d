"""``sop serve``: live preview; builds again when data, pages, settings, templates or code change.

Each build is a program of its own, so that changed code and templates count too, and the server stays up
whatever happens to it.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import generator
from generator.build.preview import PreviewState, make_server
from generator.cli.options import CACHE, config_option, data_option, docs_option, refuse_linked_cache
from generator.cli.publish.build import LACKING
from generator.cli.publish.listening import refused
from generator.data.audience import AUDIENCES
from generator.hold import alone
from generator.pruning import PREVIEW


@click.command()
@data_option
@click.option(
    "--audience",
    type=click.Choice([*AUDIENCES]),
    default="internal",
    show_default=True,
    help="Situs untuk siapa yang dilihat.",
)
@docs_option
@config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat mesin ini.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Nomor port; 0 memilih yang bebas.",
)
def serve(data: Path, audience: str, docs: Path, config: Path, host: str, port: int) -> None:
    """Lihat situs sambil menyunting: halaman dimuat ulang bila data atau halaman berubah."""
    if not data.is_dir():
        raise click.UsageError(f"folder data {data.as_posix()}/ tidak ada")
    refuse_linked_cache()
    work = preview_folder(data, docs, config)
    state = PreviewState()
    try:
        work.mkdir(parents=True, exist_ok=True)
        server = make_server(work / audience, state, host, port)
    except OSError as error:
        raise click.ClickException(refused(error, host, port, "sop serve")) from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"Situs di http://{host}:{server.server_address[1]}/ – hentikan dengan Ctrl+C.")
    try:
        for _ in _changes((data, docs, config, Path(generator.__file__).parent)):
            command = _command(work, audience, data, docs, config)
            with alone(work.parent, wait=True):  # another preview may see the same change
                rebuild(command, state)
    finally:
        server.shutdown()
        server.server_close()


def preview_folder(data: Path, docs: Path, config: Path) -> Path:
    """Where the sites of these sources stand for the preview: kept, so that the next one begins with what
    this one made, and never with what was made from others."""
    names = "\0".join(str(path.resolve()) for path in (data, docs, config))
    return CACHE / PREVIEW / hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def rebuild(command: list[str], state: PreviewState) -> bool:
    """Build once and tell the state; whether a new site stands."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    said = (done.stdout + done.stderr).strip()
    stands = done.returncode in (0, LACKING)
    if stands:
        state.built("" if done.returncode == 0 else said)
    else:
        state.failed(said or f"sop build berhenti dengan status {done.returncode}")
    click.echo(said)
    return stands


def _command(work: Path, audience: str, data: Path, docs: Path, config: Path) -> list[str]:
    """What builds the site as its sources are now: of those that need not be there, those that are."""
    command = [sys.executable, "-m", "generator", "build", "--out", str(work), "--audience", audience]
    command += ["--no-fsync", "--data", str(data)]
    for option, path in (("--docs", docs), ("--config", config)):
        command += [option, str(path)] if path.exists() else []
    return command


def _changes(sources: Sequence[Path]) -> Iterator[None]:
    """At once, when watching has begun, and whenever something changes in what a build reads; also where one
    of these comes to be that was not there, or goes."""
    from watchfiles import watch  # loads an event loop

    known: list[Path] | None = None
    while known != (there := [path for path in sources if path.exists()]):
        first, known = True, there
        for changes in watch(
            *there, debounce=300, rust_timeout=500, yield_on_timeout=True, raise_interrupt=False
        ):
            if changes or first:
                first = False
                yield
            if there != [path for path in sources if path.exists()]:
                break
