"""``sop init``: a folder to begin with, that builds at once. Nothing that is there is overwritten."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from generator.cli.files import write_schema
from generator.cli.report import print_problems
from generator.data.files.shared import AGENCIES, PORTAL, holds_agencies
from generator.data.sources import read_catalogue
from generator.data.validate.read import fit_for_agency
from generator.data.writing.files import write_whole
from generator.data.writing.one_to_many import NotMoved, one_to_many
from generator.data.writing.project import (
    LEVELS,
    NewAgency,
    government_of,
    level_of,
    picture_name,
    project_files,
)
from generator.data.writing.yaml_style import scalar
from generator.model.colours import colour, darkened
from generator.model.problems import Severity

_EACH = re.compile(r"(?<=/)sop (?:serve|new|edit|pdf)\b")
"""Commands of the README that are about one agency."""
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--nama", help="Nama instansi, misalnya 'Dinas Kesehatan Kabupaten Contoh'.")
@click.option("--singkatan", help="Nama pendek instansi; bila tidak disebut, nama lengkapnya.")
@click.option("--tingkat", type=click.Choice([*LEVELS]), help="Tingkat pemerintahan; biasanya dari nama.")
@click.option("--pemerintah", help="Nama pemerintahnya; biasanya dari nama dan tingkat.")
@click.option(
    "--logo",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Berkas lambang: svg, png, jpg.",
)
@click.option("--warna", help="Warna utama situs, misalnya '#12395b'.")
@click.option("--alamat", help="Alamat; baris dipisah titik koma.")
@click.option("--unit", help="Unit kerja pertama.")
@click.option("--pejabat", help="Jabatan yang mengesahkan SOP.")
@click.option("--instansi", "among", metavar="ID", help="Buat sebagai salah satu dari beberapa instansi.")
@click.option(
    "--gabung", metavar="ID", help="Jadikan folder satu instansi yang sudah ada salah satu dari banyak."
)
def init(folder: Path, among: str | None, gabung: str | None, **said: str | Path | None) -> None:
    """Buat FOLDER berisi data instansi baru dengan SOP contoh, siap dibangun.

    Yang tidak disebut ditanyakan; tanpa terminal cukup --nama, selebihnya memakai nilai bawaan. Dengan
    --instansi datanya di sop_data/instansi/ID/; --gabung memindahkan data yang sudah ada ke sana.
    """
    if gabung is not None:
        _join(folder, gabung)
        return
    data = folder / "sop_data"
    first = not data.exists()
    if among is None and not first:
        raise click.ClickException(f"{data.as_posix()}/ sudah ada; tidak ada yang ditulis")
    if among is not None:
        _refuse_among(data, among)
    agency, logo = _asked(said, sys.stdin.isatty())
    files = project_files(agency)
    if among is not None and first and "…" not in agency.pemerintah:
        files[PORTAL] = f"nama: {scalar(f'SOP {agency.pemerintah}')}\n"
        if readme := files.get("README.md"):  # its title and first sentence are of the whole folder
            files["README.md"] = readme.replace(f"SOP {agency.nama}", f"SOP {agency.pemerintah}", 2)
    if among is not None and not first:
        files = {path: text for path, text in files.items() if path.startswith("sop_data/")}
        _write(folder, files, logo, agency.logo, among)
        click.echo(f"Instansi siap: {(data / 'instansi' / among).as_posix()}/")
        click.echo(f"  sop check --instansi {among}\n  sop build    semua instansi dan portalnya")
        return
    _write(folder, files, logo, agency.logo, among)
    place = folder.as_posix()
    click.echo(f"Folder siap: {'folder ini' if place == '.' else place + '/'}")
    if place != ".":
        click.echo(f"  cd {place}")
    where = f" --data sop_data/{AGENCIES}/{among}" if among else ""
    click.echo(f"  sop edit{where}     tulis SOP di peramban, seperti pada formulir resminya")
    click.echo(f"  sop serve{where}    lihat situs internal di peramban; SOP contoh ada di dalamnya")
    click.echo("  sop build    buat site/public/ dan site/internal/")
    if among:
        click.echo("  sop init --instansi ID    menambah instansi berikutnya")
    click.echo("SOP contoh masih draf, jadi belum tampil di situs untuk umum. Selanjutnya: README.md")


def _asked(said: dict[str, str | Path | None], terminal: bool) -> tuple[NewAgency, Path | None]:
    """What was said, asked for or taken as usual; and the file of the picture."""

    def ask(name: str, question: str, usual: str | None, check: Callable[[str], str] = _one_line) -> str:
        value = said[name]
        if value is not None:
            return check(str(value))
        return str(click.prompt(question, default=usual, value_proc=check)) if terminal else usual or ""

    if said["nama"] is None and not terminal:
        raise click.UsageError("sebut nama instansi: sop init FOLDER --nama NAMA")
    nama = (
        _filled(str(said["nama"])) if said["nama"] else str(click.prompt("Nama instansi", value_proc=_filled))
    )
    singkatan = ask("singkatan", "Nama pendek", nama, _filled)
    level = ask("tingkat", f"Tingkat ({', '.join(LEVELS)})", level_of(nama), _level)
    government = ask("pemerintah", "Pemerintah", government_of(nama, level), _filled)
    address = ask("alamat", "Alamat (baris dipisah titik koma)", "")
    logo = ask("logo", "Berkas lambang (svg, png, jpg; boleh kosong)", "", _picture)
    shade = ask("warna", "Warna utama situs (misalnya #12395b; boleh kosong)", "", _shade)
    agency = NewAgency(
        nama=nama,
        singkatan=singkatan,
        pemerintah=government,
        unit=ask("unit", "Unit kerja pertama", "Sekretariat", _filled),
        pejabat=ask("pejabat", "Jabatan yang mengesahkan SOP", f"Kepala {nama}", _filled),
        alamat=tuple(line.strip() for line in address.split(";") if line.strip()),
        logo=picture_name(Path(logo)) if logo else None,
        warna=shade or None,
    )
    return agency, Path(logo) if logo else None


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _filled(value: str) -> str:
    if not (found := _one_line(value)):
        raise click.UsageError("tidak boleh kosong")
    return found


def _level(value: str) -> str:
    if value.strip().lower() not in LEVELS:
        raise click.UsageError(f"pilihannya: {', '.join(LEVELS)}")
    return value.strip().lower()


def _picture(value: str) -> str:
    path = Path(value.strip())
    if value.strip() and not (path.is_file() and path.suffix.lower() in _PICTURES):
        raise click.UsageError(f"'{value.strip()}' bukan berkas svg, png atau jpg yang ada")
    return value.strip()


def _shade(value: str) -> str:
    if not value.strip():
        return ""
    found = colour(value)
    if found is None:
        raise click.UsageError(f"warna '{value}' tidak dikenal; tulis enam angka heksadesimal: #12395b")
    if (darker := darkened(found)) != found:
        raise click.UsageError(f"tulisan putih tidak terbaca pada '{found}'; pakai misalnya '{darker}'")
    return found


def _refuse_among(data: Path, id: str) -> None:
    """Raises ClickException where an agency of this id cannot be added."""
    place = data / AGENCIES / id
    if not fit_for_agency(id):
        said = f"id '{id}' tidak dapat dipakai; pakai huruf kecil, angka dan tanda hubung: dinkes"
    elif data.exists() and not holds_agencies(data):
        said = f"{data.as_posix()}/ masih satu instansi; jalankan dahulu: sop init --gabung ID"
    elif place.exists():
        said = f"{place.as_posix()}/ sudah ada; tidak ada yang ditulis"
    else:
        return
    raise click.ClickException(said)


def _join(folder: Path, id: str) -> None:
    """Move the one agency that is there among several, and say what is to be done now."""
    try:
        moved = one_to_many(folder, id)
    except NotMoved as error:
        raise click.ClickException(str(error)) from None
    place = moved.data.name
    click.echo(f"Data dipindahkan ke {moved.data.as_posix()}/, berikut halaman dan setelannya.")
    if moved.before:
        click.echo(f"Alamat: {moved.before} kini alamat portal, instansi ini di {moved.after}")
    click.echo(
        "Alamat lama tetap sampai bila server web meneruskannya (nginx):\n"
        f"  rewrite ^/(sop|unit|pelaksana|hukum|data|dokumen)/(.*)$ /{place}/$1/$2 permanent;\n"
        "Selanjutnya:\n"
        f"  sop check --instansi {place}    hasilnya sama seperti sebelum pindah\n"
        "  sop build --out situs-baru       folder situs lama tidak dapat dipakai lagi\n"
        "  sop init --instansi ID           menambah instansi berikutnya"
    )


def _write(
    folder: Path, files: dict[str, str], logo: Path | None, name: str | None, among: str | None = None
) -> None:
    """Make all of it beside its place and check it; then put it there, the data last and in one step. Of an
    agency among several they are put in its folder."""
    data = f"sop_data/{AGENCIES}/{among}" if among else "sop_data"
    if among:
        files = {path.replace("sop_data", data, 1): text for path, text in files.items()}
        if name_of_all := files.pop(PORTAL, None):
            files[f"sop_data/{PORTAL}"] = name_of_all
        if readme := files.get("README.md"):
            files["README.md"] = _EACH.sub(rf"\g<0> --data {data}", readme.replace("sop_data/", f"{data}/"))
    taken = [path for path, text in files.items() if _other(folder / path, text)]
    if taken:
        said = f"sudah ada di {folder.as_posix()}/: {', '.join(taken)}"
        raise click.ClickException(f"{said}; tidak ada yang ditulis")
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix=".sop-init-", dir=folder) as place:
            made = Path(place)
            for path, text in files.items():
                write_whole(made / path, text.encode())
            if logo and name:
                shutil.copyfile(logo, made / data / name)
            write_schema(made / data)
            catalogue, problems = read_catalogue(made / data)
            if catalogue is None:
                print_problems([one for one in problems if one.severity is Severity.ERROR])
                raise click.ClickException("isian ini tidak dapat menjadi data; tidak ada yang ditulis")
            if (folder / data).parent != folder and (folder / "sop_data").is_dir():
                (folder / data).parent.mkdir(exist_ok=True)
                (made / data).rename(folder / data)
                return
            for entry in sorted(made.iterdir(), key=lambda entry: entry.name == "sop_data"):
                entry.rename(folder / entry.name)
    except BaseException:
        if new and not any(folder.iterdir()):
            folder.rmdir()
        raise


def _other(path: Path, text: str) -> bool:
    """Whether something else stands there."""
    if not path.exists():
        return False
    try:
        return path.read_bytes() != text.encode()
    except OSError:
        return True
