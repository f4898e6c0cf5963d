"""``sop build``: check the data, then make the sites; exit status 1 if the data or the build is at fault.

Where nothing has changed since the last build, that alone is found out, before the rest of the program is
loaded.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import (
    CACHE,
    DAY,
    agency_option,
    config_option,
    data_option,
    docs_option,
    refuse_linked_cache,
)
from generator.cli.publish.once import Asked, make_once
from generator.data.audience import AUDIENCES
from generator.data.files.plain import why
from generator.data.files.shared import holds_agencies
from generator.pruning import CacheSize, prune, size_of

if TYPE_CHECKING:
    from generator.model.problems import Problem

LACKING = 3
"""Exit status of a build whose sites stand, but without some documents."""


@click.command()
@data_option
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Folder hasil; situs ada di dalamnya, satu folder untuk tiap pembaca.",
)
@click.option(
    "--audience",
    type=click.Choice([*AUDIENCES, "all"]),
    default="all",
    show_default=True,
    help="Untuk siapa: umum, kalangan sendiri, atau keduanya.",
)
@click.option(
    "--date",
    "day",
    type=DAY,
    help="Tanggal untuk menilai versi mana yang berlaku dan apa yang harus ditinjau ulang.",
)
@docs_option
@config_option
@click.option(
    "--documents/--no-documents",
    "papers",
    default=True,
    help="Dengan atau tanpa berkas PDF dan Word di situs.",
)
@click.option("--fresh", is_flag=True, help="Buat ulang semua, juga yang tidak berubah.")
@click.option(
    "--fsync/--no-fsync",
    default=True,
    show_default=True,
    help="Tunggu sampai disk menyimpan situs baru sebelum ditukar, agar utuh juga bila listrik padam.",
)
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    help="Kerjakan pada klaster Dask; tanpa ini pada semua inti mesin ini.",
)
@click.option(
    "--cache",
    "shared",
    metavar="ALAMAT",
    help="Simpanan bersama beberapa mesin: folder, atau alamat fsspec seperti s3://ember/sop.",
)
@agency_option
@click.option("--json", "as_json", is_flag=True, help="Hasil sebagai JSON, untuk program.")
def build(
    data: Path,
    out: Path,
    audience: str,
    day: date | None,
    docs: Path,
    config: Path,
    papers: bool,
    fresh: bool,
    fsync: bool,
    executor: str | None,
    shared: str | None,
    only: str | None,
    as_json: bool,
) -> None:
    """Periksa data, lalu bangun situs. Bila ada galat, situs yang lama tidak disentuh.

    Status keluar 3: situs jadi, tetapi ada dokumen (PDF, Word, buku) yang tidak dapat dibuat.
    """
    begun = time.monotonic()
    refuse_linked_cache()
    if shared:
        from generator.cli.publish.sharing import share  # not loaded where nothing is shared

        share(shared)
    on, names = day, tuple(AUDIENCES) if audience == "all" else (audience,)
    how = (on, papers, fresh, fsync, executor, CACHE, as_json)
    asked = Asked(data, docs, config, out, names, *how, shared=shared or "")
    if only or holds_agencies(data):
        from generator.cli.publish.agencies import build_agencies  # not loaded for a single agency

        sys.exit(build_agencies(asked, only, begun))
    done = make_once(asked)
    if done is None:
        sys.exit(1)
    if done.untouched:
        if as_json:
            _tell_json([(folder, 0, None) for folder in asked.folders], None, size_of(CACHE), begun)
        else:
            click.echo("Tidak ada yang berubah; situs sudah sesuai dengan datanya.")
        return
    size = prune(CACHE, time.time())
    sites, warnings, lacking = done.sites, done.warnings, done.lacking
    try:
        if as_json:
            rows = [(site.folder, site.made, site.taken) for site in sites]
            _tell_json(rows, warnings, size, begun, lacking)
        else:
            more = f"\n{warnings} peringatan; lihat: sop check" if warnings else ""
            click.echo("\n".join(f"{site.folder.as_posix()}/ selesai." for site in sites) + more)
    except OSError as error:
        said = f"Catatan: situs baru sudah tayang, tetapi hasilnya tidak dapat dicetak ({why(error)})."
        click.echo(said, err=True)
    if lacking:
        said = "galat dokumen: situs terbit tanpa dokumen itu, dan halamannya memberitahukannya."
        click.echo(f"{len(lacking)} {said}", err=True)
        sys.exit(LACKING)


def _tell_json(
    sites: Sequence[tuple[Path, int, int | None]],
    warnings: int | None,
    size: CacheSize,
    begun: float,
    lacking: Sequence[Problem] = (),
) -> None:
    rows = [
        {"folder": folder.as_posix(), "halaman_dibuat": made, "halaman_dari_simpanan": taken}
        for folder, made, taken in sites
    ]
    seconds = round(time.monotonic() - begun, 3)
    kept = {"bita": size.held, "bita_dihapus": size.deleted}
    told = {"situs": rows, "peringatan": warnings, "simpanan": kept, "detik": seconds}
    if lacking:
        from generator.cli.report import problems_json  # not loaded where nothing is wrong

        told["galat_dokumen"] = json.loads(problems_json(lacking))
    click.echo(json.dumps(told))
