"""``sop verify``: a published tree against its manifest; exit status 1 if anything differs."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import click

from generator.build.headers import HEADERS
from generator.build.manifest import (
    LEXICON,
    MANIFEST,
    Differences,
    Manifest,
    ManifestError,
    compare,
    data_hashes,
    file_hashes,
    header_hashes,
    lexicon_hash,
    read_manifest,
)
from generator.cli.options import config_option, docs_option
from generator.cli.report import print_problems
from generator.data.audience import FOLDERS
from generator.data.catalogue import Catalogue
from generator.data.files.shared import AGENCIES, holds_agencies
from generator.data.sources import read_catalogue
from generator.portal.notice import SHEET, own_sheet
from generator.site.stage import StageError


@click.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER]...", type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    "kept",
    type=click.Path(dir_okay=False, path_type=Path),
    help="MANIFEST.json yang Anda simpan di tempat lain, dan bukan yang ada di situs itu.",
)
@click.option("--data", type=click.Path(path_type=Path), help="Bandingkan juga dengan folder data SOP ini.")
@docs_option
@config_option
@click.option(
    "--headers/--no-headers",
    default=True,
    help="Dengan atau tanpa kepala keamanan di _keamanan/, di samping situs.",
)
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
def verify(
    folders: tuple[Path, ...],
    kept: Path | None,
    data: Path | None,
    docs: Path,
    config: Path,
    headers: bool,
    as_json: bool,
) -> None:
    """Cocokkan situs yang terbit dengan MANIFEST.json: berkas hilang, berubah, atau tidak tercatat.

    FOLDER adalah folder situs (tanpa itu: site/public dan site/internal, yang ada). Dengan --data diperiksa
    pula apakah situs itu masih sesuai dengan data sekarang.
    """
    chosen = folders or tuple(Path("site", name) for name in FOLDERS.values() if Path("site", name).is_dir())
    if not chosen:
        raise click.ClickException("belum ada situs di site/; sebut foldernya, atau jalankan: sop build")
    if kept and len(chosen) > 1:
        raise click.ClickException("--manifest hanya untuk satu folder; sebut foldernya")
    homes = {site: home for folder in chosen for site, home in _sites(folder, data)}
    found: dict[str, dict[str, list[str]]] = {}
    for folder, home in homes.items():
        everything = _read(home) if home else None
        try:
            manifest = read_manifest(kept or folder / MANIFEST)
            files = _compare_files(folder, manifest, headers)
            sources = Differences((), (), ())
            if everything and home:
                part = everything.for_audience(manifest.audience, manifest.day)
                words = manifest.data.get(LEXICON, "")
                if not any(name.endswith(".html") for name in files.names()):
                    words = lexicon_hash(folder, home)  # pages that are not as built would tell nothing
                own_docs, own_config = _own(home, docs, config)
                now = data_hashes(part, words, data=home, docs=own_docs, config=own_config)
                sources = compare(manifest.data, now)
        except (ManifestError, StageError) as error:
            raise click.ClickException(str(error)) from error
        found[folder.as_posix()] = _rows(files, sources)
        if not as_json:
            _print(folder, len(manifest.files), found[folder.as_posix()])
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    sys.exit(1 if any(names for rows in found.values() for names in rows.values()) else 0)


def _sites(folder: Path, data: Path | None) -> list[tuple[Path, Path | None]]:
    """The sites that a folder is or, of several agencies, holds, each with its own data."""
    among = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    if (folder / MANIFEST).is_file() or not among:
        return [(folder, data)]
    places: dict[str, Path] = {}
    if data and holds_agencies(data):
        from generator.portal.agencies import read_portal  # not loaded for one agency

        places = {agency.id: agency.data for agency in read_portal(data)[0].agencies}
    return [(site, places.get(site.name)) for site in among]


def _own(home: Path, docs: Path, config: Path) -> tuple[Path, Path]:
    """The pages and settings of an agency, where it has its own."""
    among = home.absolute().parent.name == AGENCIES
    return (
        home / "docs" if among and (home / "docs").is_dir() else docs,
        home / "mkdocs.yml" if among and (home / "mkdocs.yml").is_file() else config,
    )


def _compare_files(folder: Path, manifest: Manifest, headers: bool) -> Differences:
    """What differs in the site and in the header files beside it."""
    listed, found = dict(manifest.files), file_hashes(folder)
    if found.get(SHEET):  # what the portal says on the pages of an agency is no change of them
        found[SHEET] = hashlib.sha256(own_sheet((folder / SHEET).read_bytes())).hexdigest()
    if headers:
        place = f"{HEADERS}/{folder.absolute().name}"
        listed |= {f"{place}/{name}": hash for name, hash in manifest.headers.items()}
        found |= {f"{place}/{name}": hash for name, hash in header_hashes(folder).items() if manifest.headers}
    return compare(listed, found)


def _read(data: Path) -> Catalogue:
    catalogue, problems = read_catalogue(data)
    if catalogue is None:
        print_problems(problems)
        raise SystemExit(1)
    return catalogue


def _rows(files: Differences, sources: Differences) -> dict[str, list[str]]:
    return {
        "berkas hilang": list(files.missing),
        "berkas berubah": list(files.changed),
        "berkas tidak tercatat": list(files.extra),
        "data sudah dihapus": list(sources.missing),
        "data sudah berubah": list(sources.changed),
        "data baru": list(sources.extra),
    }


def _print(folder: Path, listed: int, rows: dict[str, list[str]]) -> None:
    wrong = sum(len(names) for names in rows.values())
    if not wrong:
        click.echo(f"{folder.as_posix()}/: {listed} berkas, semuanya cocok.")
        return
    click.echo(f"{folder.as_posix()}/: {wrong} hal tidak cocok dengan {MANIFEST}.")
    for heading, names in rows.items():
        for name in names:
            click.echo(f"  {heading}: {_visible(name)}")


def _visible(name: str) -> str:
    """One line, whatever a file is called."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in name)
