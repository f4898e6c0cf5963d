"""Files → what became of them: read, checked, drawn, tidied, paged, in this process, each under a watch."""

from __future__ import annotations

import signal
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from msgspec import Struct, field
from msgspec.structs import replace

from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.load import load_bytes
from generator.data.revisions import changes, history
from generator.data.sources import read_catalogue
from generator.data.validate import Register, Registers, validate_across, validate_registers, validate_sop
from generator.data.validate.schema import read_actors, read_instansi, read_laws, read_units
from generator.data.writing.tidy import tidy
from generator.documents import paper_jobs, set_papers, with_excerpt
from generator.flow.chart import build_charts
from generator.flow.layout import lay_out
from generator.model.klasifikasi import Klasifikasi
from generator.model.problems import Problem, Severity
from generator.model.registers import Unit
from generator.model.sop import SOP
from generator.site.changes import history_files, history_lists, version_pages
from generator.site.lists.history import all_news
from generator.site.pages import sop_page
from tests.bench.fuzz.mutate import mutated
from tests.open_files import open_files

HANG = 2.0
"""Seconds of computing that one file may take to be read, checked, drawn, tidied and compared."""
PAGE_HANG = 20.0
"""Seconds for its pages, open files and documents, both audiences: diagrams take long."""
SLUG = "surat-dan-jadwal"
ROOT = Path(__file__).parents[3]
DAYS = (None, date.min, date(2026, 2, 1), date.max)
"""Days on which the versions are judged."""
_REVISED = b"""versi: {nomor: 3, perubahan: Waktu dipersingkat, alasan: Hasil evaluasi}
pencabutan: {tanggal: 1 Maret 2026, dasar: Keputusan Kepala Dinas, pengganti: pembentukan-kim}
"""
_READERS = {"instansi": read_instansi, "unit": read_units, "pelaksana": read_actors, "hukum": read_laws}


class Hang(BaseException):
    """One file took too long."""


class Result(Struct):
    """What was seen: files by outcome, the slowest (seconds, seed), and failures (seed, why)."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, -1)
    failures: list[tuple[int, str]] = []


def revised() -> bytes:
    """A sound SOP file of a revision, with dates, that is to be revoked."""
    text = (ROOT / "sop_data" / "sop" / f"{SLUG}.yml").read_bytes()
    assert b'  efektif: "-"\n' in text
    return text.replace(b'  efektif: "-"\n', b"  efektif: 1 Februari 2026\n") + _REVISED


def sources() -> tuple[list[bytes], list[tuple[str, bytes]]]:
    """Sound and faulty SOP files, and the registers by name."""
    files = [
        *sorted((ROOT / "sop_data" / "sop").glob("*.yml")),
        *sorted((ROOT / "tests/data/kasus").glob("*.yml")),
    ]
    return [path.read_bytes() for path in files], [
        (name, (ROOT / "sop_data" / f"{name}.yml").read_bytes()) for name in _READERS
    ]


def run(seeds: Sequence[int], deep_every: int = 25) -> Result:
    """Try one mutated file a seed; every ``deep_every``th sound one is paged, too (the way to the site)."""
    catalogue, problems = read_catalogue(ROOT / "sop_data")
    assert catalogue is not None, problems
    register = Register(
        instansi=catalogue.instansi,
        unit={**catalogue.unit, "seksi": Unit(id="seksi", nama="Seksi")},  # the cases name it
        pelaksana=catalogue.pelaksana,
        hukum=catalogue.hukum,
        slugs=frozenset(catalogue.sop),
    )
    sops, registers = sources()
    result = Result()
    for seed in seeds:
        begun, spent = time.process_time(), HANG
        try:
            with watch(HANG):
                if seed % 8 == 0:
                    name, data = registers[seed // 8 % len(registers)]
                    outcome = _register(name, mutated(seed, [data]), register)
                else:
                    data = mutated(seed, [revised()] if seed % 8 == 1 else sops)
                    outcome = _sop(data, register, catalogue, seed)
            spent = time.process_time() - begun
            if outcome == "lolos" and result.outcomes["lolos"] % deep_every == 0:
                with watch(PAGE_HANG):
                    _paged(data, register, catalogue)
                result.outcomes["sampai halaman"] += 1
        except Hang:
            outcome = "macet"
            limit, what = (PAGE_HANG, "halamannya") if spent < HANG else (HANG, "pemeriksaannya")
            result.failures.append((seed, f"{what} lebih dari {limit} detik"))
        except Exception:
            outcome = "jejak galat"
            result.failures.append((seed, traceback.format_exc(limit=-6)))
        result.outcomes[outcome] += 1
        result.slowest = max(result.slowest, (spent, seed))
    return result


@contextmanager
def watch(seconds: float) -> Iterator[None]:
    """Raise Hang in what takes so many seconds of computing."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Hang

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _sop(data: bytes, register: Register, catalogue: Catalogue, seed: int) -> str:
    tree, problems = load_bytes(data, "uji.yml")
    outline = None
    if tree is not None:
        outline, found = validate_sop(tree, SLUG, register)
        problems += found
    if outline is not None:
        problems += validate_across([outline])
    _sound(problems, data)
    if tree is None or outline is None:
        assert any(problem.severity is Severity.ERROR for problem in problems), "refused without a word"
    if seed % 5 == 0:
        _tidied(data)
    if tree is None:
        return "bukan YAML"
    if outline is None or any(problem.severity is Severity.ERROR for problem in problems):
        return "galat"
    charts = build_charts(outline.sop, register.pelaksana, register.instansi.kapsul)
    for chart in charts:
        lay_out(chart)
    changes(catalogue.sop[SLUG], outline.sop)
    for day in DAYS:
        assert sum(one.current for one in history(_versions(outline.sop, catalogue), day)) == 1
    return "lolos"


def _versions(sop: SOP, catalogue: Catalogue) -> tuple[SOP, ...]:
    """The version of the file and an earlier one."""
    old = catalogue.sop[SLUG]
    new = replace(sop, versi=replace(sop.versi, nomor=max(2, sop.versi.nomor)))
    return old, new


def _paged(data: bytes, register: Register, catalogue: Catalogue) -> None:
    """The way of a sound file to the site, for both audiences: pages, open files, documents."""
    tree, _ = load_bytes(data, "uji.yml")
    assert tree is not None
    outline, _ = validate_sop(tree, SLUG, register)
    assert outline is not None
    old, new = _versions(outline.sop, catalogue)
    sop = replace(new, klasifikasi=Klasifikasi.PUBLIK)
    whole = Catalogue(
        replace(register.instansi, situs="https://sop.contoh.go.id"),
        *(register.unit, register.pelaksana, register.hukum),
        {**catalogue.sop, SLUG: sop},
        versi={SLUG: (old,)},
    )
    for audience, day in (("publik", None), ("publik", DAYS[2]), ("internal", date.max)):
        seen = whole.for_audience(audience, day)
        shown = seen.sop[SLUG]
        assert sop_page(shown, seen, day).text()
        assert all(page.text() for page in version_pages(shown, seen, day))
        assert all(listing.whole().text() for listing in history_lists(all_news(seen, day), seen, day))
        assert all(content for _, content in history_files(all_news(seen, day), seen, day))
        assert all(path for path, _ in open_files(seen))
        excerpts = Excerpts(seen)
        for job in paper_jobs(excerpts, ROOT / "sop_data", "", day):
            if job.slugs in ((), (SLUG,)):
                [paper] = set_papers([with_excerpt(job, excerpts)])
                assert paper.files or any(one.severity is Severity.ERROR for one in paper.problems)


def _register(name: str, data: bytes, register: Register) -> str:
    tree, problems = load_bytes(data, f"{name}.yml")
    if tree is None:
        _sound(problems, data)
        return "bukan YAML"
    value = _READERS[name](tree, problems)
    if value is not None:
        changed = replace(register, **{name: value})
        trees = {key: tree if key == name else None for key in _READERS}
        problems += validate_registers(Registers(changed, *trees.values()))
    _sound(problems, data)
    return "daftar dengan galat" if any(p.severity is Severity.ERROR for p in problems) else "daftar lolos"


def _sound(problems: Sequence[Problem], data: bytes) -> None:
    """Each problem stands inside its file and says something."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in problems:
        assert 1 <= problem.position.line <= lines + 1, problem
        assert problem.position.column >= 1, problem
        assert problem.message, problem


def _tidied(data: bytes) -> None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return
    once, problems = tidy(text, "sop/uji.yml")
    _sound(problems, data)
    assert problems or tidy(once, "sop/uji.yml") == (once, []), "not the same when tidied again"
