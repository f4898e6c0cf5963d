"""Folder of earlier versions → versions by slug + problems: each is an SOP file of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from generator.data.audience import Audience, readers
from generator.data.checked import Checked, Found
from generator.data.files.inputs import entries_in
from generator.data.load import load_file, locate
from generator.data.revisions import drafts, standing, with_revocation
from generator.data.validate.read import Problems
from generator.model.dates import parse_date
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP

_OLD_NAMES = frozenset({"unit_dikenal", "hukum_dikenal", "sop_dikenal", "kolom_dikenal"})
"""Rules that an earlier version may come to break because a register changed after it: no error there."""


def read_versions(
    folder: Path, current: Mapping[str, SOP], slugs: Collection[str], checked: Checked, out: Problems
) -> dict[str, tuple[SOP, ...]]:
    """Earlier versions by slug, from ``versi/<slug>/<n>.yml``; each is checked like an SOP, errors only."""
    homes: dict[str, list[Path]] = {}
    for home in entries_in(folder):
        if home.name not in slugs or not home.is_dir():
            hint = "namai folder itu seperti berkas SOP-nya, atau pindahkan dari versi/"
            out.append(_of_file(home, f"tidak ada SOP '{home.name}' untuk versi ini", hint, Severity.WARNING))
            continue
        homes[home.name] = sorted(entries_in(home), key=lambda path: (len(path.name), path.name))
    read = iter(checked.check([(path, slug) for slug, files in homes.items() for path in files]))
    versions: dict[str, tuple[SOP, ...]] = {}
    for slug, files in homes.items():
        found = [sop for path in files for sop in _version(path, current.get(slug), next(read), out)]
        if found:
            versions[slug] = tuple(sorted(found, key=lambda version: version.versi.nomor))
            out += _lost_revocation(versions[slug], current.get(slug), folder)
            out += _taken_away(versions[slug], current.get(slug), folder)
    return versions


def unfiled(data_dir: Path, current: Mapping[str, SOP]) -> Iterator[Problem]:
    """A signed copy of the newest version that lies there and that the version does not name: ``sop sahkan``
    was stopped between the two."""
    for path in entries_in(data_dir / "naskah"):
        slug, found, number = path.stem.rpartition("-versi-")
        sop = current.get(slug) if found else None
        if sop and number == str(sop.versi.nomor) and sop.dokumen_resmi is None:
            hint = f"lanjutkan: sop sahkan {slug} {path.as_posix()}"
            yield _of_file(
                path, "naskah ini tersimpan, tetapi SOP-nya belum menyebutnya", hint, Severity.WARNING
            )


def _lost_revocation(versions: tuple[SOP, ...], newest: SOP | None, folder: Path) -> Iterator[Problem]:
    """A revocation in a draft for fewer readers than the version in force: those do not learn of it."""
    if newest is None or newest.pencabutan is None or newest.versi.nomor not in drafts((*versions, newest)):
        return
    chosen = standing((*versions, newest), None)
    if with_revocation((*versions, newest), chosen).pencabutan is None:
        path = folder.parent / "sop" / f"{newest.slug}.yml"
        number = chosen.versi.nomor
        message = f"pencabutan ini tidak tampak: klasifikasi versi {number} yang berlaku berbeda"
        hint = "samakan klasifikasi rancangan ini dengan versi yang berlaku"
        yield _of_file(path, message, hint, Severity.WARNING)


def _taken_away(versions: tuple[SOP, ...], newest: SOP | None, folder: Path) -> Iterator[Problem]:
    """A newest version that no date tells from the one in force, and that fewer may read: it stands in the
    place of that one, so for those the SOP is gone. It stays so, as it may be meant: a date says that."""
    before = standing(versions, None)
    if newest is None or parse_date(newest.tanggal.efektif):
        return
    lost = readers(before.klasifikasi) - readers(newest.klasifikasi)
    if lost and standing((*versions, newest), None) is newest:
        path = folder.parent / "sop" / f"{newest.slug}.yml"
        where = locate(load_file(path)[0], "tanggal", "efektif") or Position(path.as_posix(), 1, 1)
        old, new = before.versi.nomor, newest.versi.nomor
        sites = " dan ".join(f"situs {audience}" for audience in Audience if audience in lost)
        message = (
            f"SOP ini hilang dari {sites}: versi {new}, yang tidak boleh tampil di sana, tidak bertanggal "
            f"efektif dan karena itu menggantikan versi {old}"
        )
        hint = f"isi tanggal efektif versi {new}: sampai hari itu versi {old} tetap tampil"
        yield Problem(where, Severity.WARNING, message, hint, "versi")


def _version(path: Path, current: SOP | None, found: Found, out: Problems) -> list[SOP]:
    outline, problems = found
    for problem in problems:
        if problem.rule in _OLD_NAMES:
            out.append(replace(problem, severity=Severity.WARNING, message=f"versi lama: {problem.message}"))
        elif problem.severity is Severity.ERROR:
            out.append(problem)
    if outline is None:
        return []
    old = outline.sop
    if path.name != f"{old.versi.nomor}.yml":
        where = locate(load_file(path)[0], "versi", "nomor") or Position(path.as_posix(), 1, 1)
        hint = f"namai berkas ini {old.versi.nomor}.yml, atau betulkan versi: {{nomor: …}} di dalamnya"
        message = f"berkas ini memuat versi {old.versi.nomor}"
        out.append(Problem(where, Severity.ERROR, message, hint, "versi"))
    elif current and current == old:
        hint = f"revisi terputus; jalankan lagi: sop revise {old.slug}"
        out.append(_of_file(path, "versi ini masih sama dengan SOP yang berlaku", hint, Severity.WARNING))
        return []
    elif current and old.versi.nomor >= current.versi.nomor:
        message = f"versi {old.versi.nomor} tersimpan, padahal SOP-nya baru versi {current.versi.nomor}"
        hint = f"naikkan versi: {{nomor: …}} di sop/{old.slug}.yml"
        out.append(_of_file(path, message, hint, Severity.ERROR))
    return [old]


def _of_file(path: Path, message: str, hint: str, severity: Severity) -> Problem:
    return Problem(Position(path.as_posix(), 1, 1), severity, message, hint, "versi")
