"""``sop pdf``, ``sop docx``, ``sop book``, ``sop poster``: documents as files, all of them or none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from generator.cli.files import result_file, result_folder, sop_file
from generator.cli.options import CACHE, DAY, data_option, refuse_linked_cache
from generator.cli.publish.progress import progress
from generator.cli.report import print_problems
from generator.data.audience import AUDIENCES
from generator.data.catalogue import Catalogue
from generator.data.revisions import history, is_revoked, to_be_signed
from generator.data.revisions.words import told
from generator.data.sources import read_catalogue
from generator.data.validate.read import suggest
from generator.data.writing.files import file_in, write_whole
from generator.documents import FILE, sheet_name, signed_copy, sops_under
from generator.documents.book import make_book
from generator.documents.many import make_documents, make_to_sign
from generator.model.dates import parse_date
from generator.model.problems import Problem, Severity

_audience = click.option(
    "--audience",
    type=click.Choice(list(AUDIENCES)),
    default="public",
    show_default=True,
    help="Untuk siapa: hanya SOP yang terbuka baginya, tanpa nama atau catatan yang tertutup.",
)


_day = click.option(
    "--date",
    "day",
    type=DAY,
    help="Versi yang berlaku pada tanggal ini, seperti pada sop build --date.",
)


_to_sign = click.option(
    "--rancangan",
    "to_sign",
    is_flag=True,
    help="Naskah untuk ditandatangani: versi yang terbuka, bukan salinan dari yang berlaku.",
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments that ``pdf`` and ``docx`` share."""
    for option in (
        click.option(
            "--jobs", type=click.IntRange(0), default=0, help="Banyaknya proses; 0: satu tiap inti."
        ),
        click.option("--fresh", is_flag=True, help="Buat ulang semua, juga yang tidak berubah."),
        click.option(
            "--out",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("dokumen"),
            show_default=True,
            help="Folder hasil.",
        ),
        _to_sign,
        _audience,
        _day,
        data_option,
        click.argument("slug", nargs=-1),
    ):
        command = option(command)
    return command


@click.command()
@_options
def pdf(
    slug: tuple[str, ...],
    data: Path,
    audience: str,
    day: date | None,
    to_sign: bool,
    out: Path,
    fresh: bool,
    jobs: int,
) -> None:
    """Buat PDF resmi SOP yang disebut, atau semuanya (PDF/A-3a dan PDF/UA-1)."""
    result_folder(out, data)
    if to_sign:
        _make_to_sign(data, slug, day, out, "pdf")
        return
    whole = _whole(data)
    on = day
    shown = whole.for_audience(AUDIENCES[audience], on)
    _make(shown, slug, data, out, "pdf", fresh, jobs)
    _tell_newer(whole, shown, slug or tuple(shown.sop), on, "pdf")


@click.command()
@_options
def docx(
    slug: tuple[str, ...],
    data: Path,
    audience: str,
    day: date | None,
    to_sign: bool,
    out: Path,
    fresh: bool,
    jobs: int,
) -> None:
    """Buat berkas Word SOP yang disebut, atau semuanya."""
    result_folder(out, data)
    if to_sign:
        _make_to_sign(data, slug, day, out, "docx")
        return
    whole = _whole(data)
    on = day
    shown = whole.for_audience(AUDIENCES[audience], on)
    _make(shown, slug, data, out, "docx", fresh, jobs)
    _tell_newer(whole, shown, slug or tuple(shown.sop), on, "docx")


@click.command()
@click.argument("slug", nargs=-1)
@click.option("--unit", help="Semua SOP unit ini dan unit di bawahnya (id dari unit.yml).")
@click.option("--title", help="Judul pada sampul; tanpa ini nama unit atau instansi.")
@_audience
@_day
@data_option
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("dokumen") / "buku-sop.pdf",
    show_default=True,
    help="Berkas hasil.",
)
def book(
    slug: tuple[str, ...],
    unit: str | None,
    title: str | None,
    data: Path,
    audience: str,
    day: date | None,
    out: Path,
) -> None:
    """Jilid SOP menjadi satu PDF: sampul, keputusan, daftar isi, ringkasan, daftar peraturan, SOP.

    Urutannya seperti SLUG disebut; tanpa SLUG semua SOP, atau semua milik satu unit.
    """
    result_file(out, ".pdf", data)
    catalogue = _read(data, audience, day)
    if unit is not None and unit not in catalogue.unit:
        raise click.ClickException(f"unit '{unit}' tidak ada. {suggest(unit, catalogue.unit)}".strip())
    chosen = _chosen(catalogue, slug)
    if unit is not None:
        under = sops_under(catalogue, unit)
        chosen = [name for name in slug if name in under] if slug else list(under)
    if not chosen:
        raise click.ClickException(
            "tidak ada SOP untuk dijilid\n  saran: sebut SLUG atau --unit yang punya SOP"
        )
    named = title or (catalogue.unit[unit].nama if unit else catalogue.instansi.nama)
    made, problems = make_book(catalogue, chosen, named, data)
    if made is None:
        _stop(problems)
        return
    _write({out: made})
    _warn(problems)


@click.command()
@click.option("--selebaran", "leaflet", is_flag=True, help="Selebaran A4 sebagai ganti poster A3.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dokumen"),
    show_default=True,
    help="Folder hasil.",
)
@_audience
@_day
@data_option
@click.argument("slug", nargs=-1, required=True)
def poster(
    slug: tuple[str, ...], data: Path, audience: str, day: date | None, out: Path, leaflet: bool
) -> None:
    """Buat poster loket (A3, huruf besar, kode QR) atau selebaran (A4) SOP yang disebut."""
    from generator.documents.poster import make_poster  # 0.1 s to load, for those who ask for one

    result_folder(out, data)
    shown = _whole(data).for_audience(AUDIENCES[audience], day)
    files: dict[Path, bytes] = {}
    for name in _chosen(shown, slug):
        made, problems = make_poster(shown, name, not leaflet, data)
        if made is None:
            _stop(problems)
            return
        files[file_in(out, f"{name}.{'selebaran' if leaflet else 'poster'}.pdf")] = made
    _write(files)


def _make(
    catalogue: Catalogue, slugs: tuple[str, ...], data: Path, out: Path, name: str, fresh: bool, jobs: int
) -> None:
    """Make everything, then write everything; with one error nothing is written."""
    refuse_linked_cache()
    cache = None if fresh else CACHE / FILE
    chosen = _chosen(catalogue, slugs)
    problems: list[Problem] = []
    files: dict[Path, bytes] = {}
    with progress() as tell:
        made_all = make_documents(catalogue, chosen, [name], data, cache, jobs)
        for done, made in enumerate(made_all, 1):
            problems += made.problems
            files |= {file_in(out, f"{made.slug}.{kind}"): content for kind, content in made.files.items()}
            tell(f"Membuat {name}", done, len(chosen))
    for slug in chosen:
        problems += signed_copy(catalogue, slug, data)[1]
    if any(problem.severity is Severity.ERROR for problem in problems):
        _stop(problems)
    _write(files)
    _warn(problems)


def _make_to_sign(data: Path, slugs: tuple[str, ...], day: date | None, out: Path, kind: str) -> None:
    """The sheets that are signed: of the SOPs that are named, or of all that have a version to be signed."""
    if _given("audience"):
        raise click.UsageError("--rancangan tidak memakai --audience: naskah hanya untuk kalangan sendiri")
    whole = _whole(data)
    for slug in slugs:
        sop_file(data, slug)
    on = day or date.today()
    counting = whole.on(on)
    files: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for slug in dict.fromkeys(slugs or whole.sop):
        version = to_be_signed(counting.versions(slug), on)
        if version is None and slugs:
            raise click.ClickException(_nothing_to_sign(counting, slug, on))
        if version is None:
            continue
        made = make_to_sign(counting, slug, version.versi.nomor, [kind], data)
        problems += made.problems
        name = sheet_name(slug, version.versi.nomor)
        files |= {file_in(out, f"{name}.{kind}"): content for content in made.files.values()}
    if any(problem.severity is Severity.ERROR for problem in problems):
        _stop(problems)
    if not files:
        click.echo("Tidak ada SOP yang menunggu tanda tangan.")
    _write(files)
    _warn(problems)


def _given(option: str) -> bool:
    """Whether an option was typed."""
    return click.get_current_context().get_parameter_source(option) is not ParameterSource.DEFAULT


def _nothing_to_sign(counting: Catalogue, slug: str, day: date) -> str:
    newest = counting.versions(slug)[-1]
    if is_revoked(newest, day):
        return f"SOP '{slug}' sudah dicabut\n  saran: bila dipakai lagi: sop revise {slug}"
    if newest.dokumen_resmi:
        why = f"naskah versi {newest.versi.nomor} sudah ditandatangani ({newest.dokumen_resmi})"
    else:
        why = f"versi {newest.versi.nomor} sudah berlaku sejak {newest.tanggal.efektif}"
    hint = f"buka revisinya dahulu: sop revise {slug}"
    return f"SOP '{slug}' tidak punya rancangan: {why}\n  saran: {hint}"


def _tell_newer(
    whole: Catalogue, shown: Catalogue, slugs: Sequence[str], day: date | None, kind: str
) -> None:
    """Which version was made where a newer one is open: the wrong one is easily handed on to be signed."""
    for slug in slugs:
        made, newest = shown.sop[slug], whole.sop[slug]
        if newest.versi.nomor <= made.versi.nomor:
            continue
        state = told(next(one for one in history(whole.versions(slug), day) if one.sop is newest))
        how = f"--date {begins}" if (begins := parse_date(newest.tanggal.efektif)) else "--rancangan"
        click.echo(
            f"Perhatian: {slug} dibuat dari versi {made.versi.nomor}. "
            f"Ada versi {newest.versi.nomor} ({state}): sop {kind} {slug} {how}",
            err=True,
        )


def _whole(data: Path) -> Catalogue:
    catalogue, problems = read_catalogue(data)
    if catalogue is None:
        _stop(problems)
        raise SystemExit(1)
    return catalogue


def _read(data: Path, audience: str, day: date | None) -> Catalogue:
    """What an audience may read on a day, as its site shows it: a paper is handed on as easily as a page."""
    return _whole(data).for_audience(AUDIENCES[audience], day)


def _chosen(catalogue: Catalogue, slugs: tuple[str, ...]) -> list[str]:
    for slug in slugs:
        if slug not in catalogue.sop:
            near = suggest(slug, catalogue.sop)
            join = " Atau, bila" if near.endswith("?") else "; bila"
            hint = f"{near}{join} SOP itu internal: --audience internal"
            raise click.ClickException(f"SOP '{slug}' tidak ada di antara yang terbuka\n  saran: {hint}")
    return list(dict.fromkeys(slugs)) or list(catalogue.sop)


def _write(files: dict[Path, bytes]) -> None:
    """Write what differs from what is there."""
    same = 0
    for path, content in files.items():
        if path.is_file() and path.read_bytes() == content:
            same += 1
            continue
        write_whole(path, content)
        click.echo(path.as_posix())
    if same:
        click.echo(f"{same} berkas tidak berubah.", err=True)


def _warn(problems: list[Problem]) -> None:
    if problems:
        print_problems(problems)


def _stop(problems: list[Problem]) -> None:
    print_problems(sorted(problems))
    sys.exit(1)
