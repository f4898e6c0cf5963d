"""Builds killed at random moments, and at every step of putting sites in place: ``python -m
tests.publish.kills FOLDER KILLS [SEED]`` prints what stood after them. A process of its own, as it forks.

Two data sets take turns, so that every kill falls between an old site and another new one. After each kill
every site is whole (its own manifest says so) and of one of the two sets; and the next build is right to the
byte.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from generator.build import site
from generator.build.exchange import swap
from generator.build.manifest import LEXICON, MANIFEST, compare, file_hashes, read_manifest
from generator.build.site import Sources, build_sites
from generator.build.tree import Tree
from generator.build.work import clear
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from tests.publish.sites import ROOT

NAMES = ("lama", "baru")


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill that many builds; raises AssertionError at the first fault."""
    random = Random(seed)
    sources = {name: write(folder / name, name) for name in NAMES}
    out = folder / "situs"
    right, took = {}, 0.0
    for name in NAMES:
        begun = time.monotonic()
        build(sources[name], out)
        took = max(took, time.monotonic() - begun)
        right[name] = standing(out)
    seen: Counter[str] = Counter()
    for number in range(kills):
        before = standing(out)
        name = next(name for name in NAMES if right[name] != before)
        moment = random.uniform(0, took * 1.05)
        ended = killed(sources[name], out, moment)
        stands = standing(out)
        for audience, files in stands.items():
            manifest = read_manifest(out / audience / MANIFEST)
            assert not compare(manifest.files, files), f"{audience} is not whole after {moment:.3f} s"
            assert any(files == right[other][audience] for other in NAMES), f"{audience} after {moment:.3f} s"
        assert set(stands) == {"public", "internal"}
        fresh = [audience for audience in stands if stands[audience] == right[name][audience]]
        seen[("selesai, " if ended else "dibunuh, ") + ("+".join(fresh) or "tiada") + " baru"] += 1
        if number % 10 == 9 or number == kills - 1:
            build(sources[name], out)
            assert standing(out) == right[name], "the next build is not right"
            assert sorted(path.name for path in out.iterdir()) == ["_keamanan", "internal", "public"]
    print(f"{kills} kali dalam {took:.1f} s sekali bangun: {dict(sorted(seen.items()))}")


def write(place: Path, name: str) -> tuple[Catalogue, Sources]:
    """A small data set of its own: one SOP and a page."""
    shutil.copytree(ROOT / "sop_data", place / "data", ignore=shutil.ignore_patterns("sop", "versi"))
    (place / "data" / "sop").mkdir()
    text = (ROOT / "sop_data" / "sop" / "surat-dan-jadwal.yml").read_text(encoding="utf-8")
    named = text.replace("nama: ", f"nama: {name} ", 1)
    (place / "data" / "sop" / f"surat-{name}.yml").write_text(named, encoding="utf-8")
    (place / "docs").mkdir()
    for page in ("index", "data-terbuka"):
        text = f"---\ntitle: {page} {name}\npembaca: publik\n---\nSitus {name}.\n"
        (place / "docs" / f"{page}.md").write_text(text, encoding="utf-8")
    catalogue, problems = read_catalogue(place / "data")
    assert catalogue is not None, problems
    return catalogue, Sources(place / "data", place / "docs", ROOT / "mkdocs.yml", place.parent / "simpanan")


def build(source: tuple[Catalogue, Sources], out: Path) -> None:
    build_sites(source[0], list(Audience), out, source[1])


def killed(
    source: tuple[Catalogue, Sources], out: Path, after: float | None, event: int | None = None
) -> bool:
    """Build in a child and kill it after that many seconds, or at that file-system event; whether it was done
    before."""
    child = os.fork()
    if child == 0:
        logging.disable()
        if event is not None:
            _die_at(event)
        try:
            build(source, out)
        except BaseException as error:
            os.write(2, repr(error).encode())
            os._exit(1)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0, "the build failed by itself"
    return os.WIFEXITED(status)


def standing(out: Path) -> dict[str, dict[str, str]]:
    """The hashes of all files of each site."""
    return {
        path.name: file_hashes(path) for path in sorted(out.iterdir()) if path.name in ("public", "internal")
    }


def sweep(folder: Path, exchange: bool) -> int:
    """Kill a build of small made-up sites at each of its file-system events in turn; how many there were."""
    patch = pytest.MonkeyPatch()
    patch.setattr(site, "make_site", _make_site)  # what a build does before the exchange, done in no time
    if not exchange:
        patch.setattr(swap, "_exchange", lambda _a, _b: False)
    source = write(folder / "data", "lama")
    out = folder / "situs"
    contents = [folder / "satu", folder / "dua"]
    for number, content in enumerate(contents):
        content.write_text(f"isi {number}", encoding="utf-8")
    (folder / "isi").symlink_to(contents[0])
    build(source, out)
    for event in range(10_000):
        (folder / "isi").unlink()
        (folder / "isi").symlink_to(contents[event % 2])
        ended = killed(source, out, None, event)
        if not exchange:  # there the next build first puts back what was moved aside
            clear(out)
        for audience in ("public", "internal"):
            manifest = read_manifest(out / audience / MANIFEST)
            assert not compare(manifest.files, file_hashes(out / audience)), f"{audience} at event {event}"
        if ended:
            assert sorted(path.name for path in out.iterdir()) == ["_keamanan", "internal", "public"]
            return event
    raise AssertionError("the build never came to its end")


def _make_site(part: Catalogue, tree: Tree, sources: Sources, _order: object, _work: Path) -> tuple[()]:
    text = (sources.data.parent.parent / "isi").read_text(encoding="utf-8")
    for number in range(3):
        name = f"bagian-{number}/index.html"
        tree.add(f"{name} {text}", files=[(name, f"{part.audience} {text}".encode())])
    tree.add(LEXICON, notes=[(LEXICON, "")])
    return ()


EVENTS = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.scandir", "ctypes.dlsym"}


def _die_at(event: int) -> None:
    count = 0

    def hook(name: str, _args: object) -> None:
        nonlocal count
        if name in EVENTS:
            if count == event:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1

    sys.addaudithook(hook)


if __name__ == "__main__":
    if sys.argv[2].startswith("langkah"):
        print(sweep(Path(sys.argv[1]), sys.argv[2] == "langkah"))
        sys.exit()
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
