"""``sop import --terima``: a draft whose doubts are settled becomes an SOP."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.data.registers import Entries, enter, keep, used, waiting, with_waiting
from generator.cli.files import data_folder
from generator.cli.report import print_problems
from generator.data.catalogue import Catalogue
from generator.data.load import load_text
from generator.data.sources import read_catalogue
from generator.data.validate import Register, validate_sop
from generator.data.validate.read import is_slug, suggest
from generator.data.validate.schema import read_sop
from generator.data.writing.files import file_in, new_file, write_whole
from generator.flow.steps import symbols_of
from generator.model.problems import Position, Problem, Severity
from generator.model.sop import SOP
from generator.reading.draft.text import body, open_lines


def accept(data: Path, slugs: tuple[str, ...]) -> bool:
    """Move drafts into the data, each if it can be; whether all were."""
    data_folder(data)
    catalogue, problems = read_catalogue(data)
    if catalogue is None:
        print_problems([problem for problem in problems if problem.severity is Severity.ERROR])
        return False
    refused: list[Problem] = []
    entries = waiting(data)
    for slug in dict.fromkeys(slugs):
        found = _accept(data, slug, with_waiting(catalogue, entries), catalogue, entries)
        refused += found
        if found:
            click.echo(f"Belum diterima: {slug}")
        else:
            catalogue = read_catalogue(data)[0] or catalogue
            entries = waiting(data)
    if refused:
        print_problems(refused)
    return not refused


def _accept(
    data: Path, slug: str, registers: Catalogue, catalogue: Catalogue, entries: Entries
) -> list[Problem]:
    """What keeps a draft from being accepted; nothing where it was."""
    drafts = sorted(path.stem for path in (data / "draf").glob("*.yml") if is_slug(path.stem))
    draft = data / "draf" / f"{slug}.yml"
    if not is_slug(slug):  # a path, most likely
        name = Path(slug).name.removesuffix(".yml").removesuffix(".periksa.html")
        where = (data / "draf").as_posix()
        hint = f"tulis misalnya: sop import --terima {name}; yang diterima hanya draf di {where}/"
        return [_error(Path(slug), 1, "sebut nama drafnya saja, tanpa folder dan akhiran", hint)]
    if slug not in drafts:
        message = f"draf '{slug}' tidak ada di {(data / 'draf').as_posix()}/"
        return [_error(draft, 1, message, suggest(slug, drafts) if drafts else "jalankan sop import dahulu")]
    home = new_file(file_in(data, "sop", f"{slug}.yml"))
    if home.exists():
        message = f"SOP '{slug}' sudah ada di {home.as_posix()}; tidak ditimpa"
        return [_error(draft, 1, message, f"untuk versi baru: sop revise {slug}")]
    text = file_in(data, "draf", f"{slug}.yml").read_text(encoding="utf-8")
    hint = "betulkan isinya bila salah, lalu hapus baris ini"
    problems = [_error(draft, line, f"belum diperiksa: {said}", hint) for line, said in open_lines(text)]
    tree, found = load_text(text, draft.as_posix())
    register = Register(
        *(registers.instansi, registers.unit, registers.pelaksana, registers.hukum),
        frozenset({*registers.sop, slug}),
    )
    found += validate_sop(tree, slug, register)[1] if tree is not None else []
    problems += [problem for problem in found if problem.severity is Severity.ERROR]
    sop = read_sop(tree, slug, []) if tree is not None else None
    if problems or sop is None:
        return problems
    for name, ids in _named(sop).items():
        known = getattr(catalogue, name)
        new = used((id for id in ids if id not in known), entries[name])
        if new:
            click.echo(f"Ditambahkan ke {enter(data, name, new).as_posix()}: {', '.join(new)}")
            entries[name] = {id: entry for id, entry in entries[name].items() if id not in new}
    write_whole(home, body(text).encode())
    click.echo(f"Diterima: {home.as_posix()}")
    keep(data, entries)
    draft.unlink()
    (data / "draf" / f"{slug}.periksa.html").unlink(missing_ok=True)
    return []


def _named(sop: SOP) -> dict[str, list[str]]:
    """The ids that an SOP names, by register."""
    actors = [id for alur in sop.alur for id in alur.pelaksana]
    actors += [
        id
        for alur in sop.alur
        for step in alur.kegiatan
        for symbol in symbols_of(step)
        for id in symbol.pelaksana
    ]
    return {"pelaksana": actors, "hukum": list(sop.dasar_hukum)}


def _error(path: Path, line: int, message: str, hint: str) -> Problem:
    return Problem(Position(path.as_posix(), line, 1), Severity.ERROR, message, hint, "terima")
