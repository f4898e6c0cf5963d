"""Old and new site on real disks: another one, a full one, one that can only be read, one without power."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import Struct

from generator.build import site
from generator.build.exchange import swap, work_tree
from generator.build.exchange.durable import write_through
from generator.build.manifest import LEXICON, MANIFEST, compare, file_hashes, read_manifest
from generator.build.tree import Tree
from generator.cli import main
from generator.data.catalogue import Catalogue
from tests.publish.disks import disk, other_disk, read_only
from tests.publish.kills import write
from tests.publish.sites import ROOT


class Place(Struct, frozen=True):
    """A folder with data and pages, from which ``sop build`` is run."""

    folder: Path

    def build(self, out: Path | str, *words: str) -> Result:
        command = ["build", "--data", "data", "--docs", "docs", "--config", str(ROOT / "mkdocs.yml")]
        return CliRunner().invoke(main, [*command, "--no-documents", "--out", str(out), *words])

    def change(self, word: str) -> None:
        path = self.folder / "data" / "sop" / "surat-satu.yml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("nama: ", f"nama: {word} ", 1), encoding="utf-8")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    write(tmp_path / "satu", "satu")
    monkeypatch.chdir(tmp_path / "satu")
    return Place(tmp_path / "satu")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build does before it puts sites in place is done in no time."""

    def make(part: Catalogue, tree: Tree, _sources: object, _order: object, _work: Path) -> tuple[()]:
        names = {f"sop/{slug}": sop.nama for slug, sop in part.sop.items()}
        for name, text in {**names, "satu/dua": "dua", "satu": "satu"}.items():
            if not tree.take(key := f"{name} {text}"):
                tree.add(key, files=[(f"{name}/index.html", text.encode())])
        tree.add(LEXICON, notes=[(LEXICON, "")])
        return ()

    monkeypatch.setattr(site, "make_site", make)


def whole(out: Path) -> dict[str, dict[str, str]]:
    """The files of both sites, which must be those that their manifests list; and nothing stands beside."""
    found = {name: file_hashes(out / name) for name in ("public", "internal")}
    for name, files in found.items():
        assert not compare(read_manifest(out / name / MANIFEST).files, files)
    assert sorted(path.name for path in out.iterdir()) == ["_keamanan", "internal", "public"]
    return found


def shows(out: Path, word: str) -> bool:
    return word in (out / "public" / "sop" / "surat-satu" / "index.html").read_text(encoding="utf-8")


def test_a_site_on_another_disk_than_the_cache(place: Place, tmp_path: Path) -> None:
    with other_disk(tmp_path / "lain") as out:
        for words in ((), ("--fresh",), ()):
            place.change(f"Baru{len(words)}")
            done = place.build(out, *words)
            assert done.exit_code == 0, done.output
            assert "tetap ada" not in done.output
            assert whole(out)
            assert shows(out, f"Baru{len(words)}")
        done = place.build(out)
        assert "Tidak ada yang berubah" in done.output
        assert not list(Path(".sop-cache").rglob("*.baru"))


@pytest.mark.usefixtures("quick")
def test_a_linked_site_on_another_disk_stays_a_link(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    out.mkdir()
    with other_disk(tmp_path / "lain") as there:
        (there / "umum").mkdir()
        (out / "public").symlink_to(there / "umum")
        for word in ("Pertama", "Kedua"):
            place.change(word)
            assert place.build(out).exit_code == 0
            assert whole(out)
            assert shows(out, word)
            assert (out / "public").is_symlink()
            assert (out / "public").resolve() == (there / "umum").resolve()
            assert [path.name for path in there.iterdir()] == ["umum"]
        assert "Tidak ada yang berubah" in place.build(out).output


@pytest.mark.usefixtures("quick")
def test_a_site_that_is_a_mount_is_refused_with_the_way_out(place: Place, tmp_path: Path) -> None:
    out = tmp_path / "situs"
    out.mkdir()
    with disk(out / "public", "50m"):
        done = place.build(out)
        assert (done.exit_code, "titik mount" in done.output) == (1, True), done.output
        assert not list((out / "public").iterdir())


@pytest.mark.parametrize("left", [0, 200_000])
def test_a_full_disk_leaves_the_old_sites_whole(place: Place, tmp_path: Path, left: int) -> None:
    with disk(tmp_path / "kecil", "40m") as out:
        assert place.build(out).exit_code == 0
        shutil.rmtree(".sop-cache")  # so that more is written
        before, filler = whole(out), out / "_keamanan" / "penuh"
        _fill(filler, left)
        place.change("Baru")
        done = place.build(out)
        filler.unlink(missing_ok=True)
        assert done.exit_code == 1, done.output
        assert ("disk penuh" in done.output, "tetap ada" in done.output) == (True, True), done.output
        assert whole(out) == before
        assert place.build(out).exit_code == 0
        assert shows(out, "Baru")


def _fill(path: Path, left: int) -> None:
    """Write until there is no room, then leave so many bytes."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    os.truncate(path, path.stat().st_size - left)


@pytest.mark.usefixtures("quick")
def test_a_disk_that_fills_up_at_any_file_leaves_the_old_sites_whole(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0
    before = whole(out)
    place.change("Baru")
    real = work_tree.WorkTree.create
    for at in (0, 2):
        count = iter(range(10_000))

        def create(self: work_tree.WorkTree, name: str, count: Iterator[int] = count, at: int = at) -> object:
            if next(count) == at:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
            return real(self, name)

        with monkeypatch.context() as patch:
            patch.setattr(work_tree.WorkTree, "create", create)
            done = place.build(out)
        assert (done.exit_code, "disk penuh" in done.output) == (1, True), done.output
        assert whole(out) == before


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two steps"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_sites_that_cannot_all_be_put_in_place_are_put_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, exchange: bool
) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0
    before, headers = whole(out), file_hashes(out / "_keamanan")
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda _a, _b: False)
    with monkeypatch.context() as patch:
        _fails_at(patch, at)
        place.change("Baru")
        done = place.build(out)
    assert (done.exit_code, "yang lama tetap ada" in done.output) == (1, True), done.output
    assert (whole(out), file_hashes(out / "_keamanan")) == (before, headers)


def _fails_at(patch: pytest.MonkeyPatch, at: int) -> None:
    count, put = iter(range(100)), swap.put_in_place

    def fails(new: Path, target: Path, aside: Path) -> Path | None:
        if next(count) == at:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(target))
        return put(new, target, aside)

    patch.setattr(swap, "put_in_place", fails)


@pytest.mark.usefixtures("quick")
def test_what_is_live_is_told_where_it_cannot_be_put_back(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0
    place.change("Baru")
    _fails_at(monkeypatch, 2)

    def stays(_move: object, _old: object) -> None:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(swap, "_undo", stays)
    done = place.build(out)
    assert done.exit_code == 1
    assert "tetap ada" not in done.output
    assert f"sudah berganti: {(out / 'public').as_posix()}" in done.output
    assert shows(out, "Baru")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fault", ["_move", "forget_gone"])
def test_nothing_after_the_exchange_says_that_the_old_is_there(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    out = tmp_path / "situs"
    assert place.build(out).exit_code == 0

    def fails(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(f"generator.build.{'tree' if fault == '_move' else 'site'}.{fault}", fails)
    place.change("Baru")
    done = place.build(out)
    assert done.exit_code == 0, done.output
    assert ("sudah tayang" in done.output) == (fault == "_move")
    assert shows(out, "Baru")
    assert whole(out)


def test_a_cache_that_can_only_be_read_is_done_without(place: Place, tmp_path: Path) -> None:
    out, other = tmp_path / "situs", tmp_path / "lain"
    assert place.build(out).exit_code == 0
    place.change("Baru")
    with read_only(Path(".sop-cache").absolute()):
        for _ in range(2):
            done = place.build(out)
            assert done.exit_code == 0, done.output
            assert ".sop-cache/ tidak dapat ditulis" in done.output
            assert shows(out, "Baru")
    assert place.build(other, "--fresh").exit_code == 0
    assert whole(out) == whole(other)


@pytest.mark.usefixtures("quick")
def test_a_cache_that_cannot_be_made_is_done_without(place: Place, tmp_path: Path) -> None:
    Path(".sop-cache").write_text("bukan folder", encoding="utf-8")
    done = place.build(tmp_path / "situs")
    assert (done.exit_code, ".sop-cache/ tidak dapat ditulis" in done.output) == (0, True), done.output
    assert whole(tmp_path / "situs")


@pytest.mark.usefixtures("quick")
def test_before_the_exchange_the_disk_holds_every_file_and_folder_of_the_new_site(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has been on the disk before need not be written again, but must have been once as it is."""
    out, synced, put = tmp_path / "situs", _recorded(monkeypatch), swap.put_all_in_place
    events: list[str] = []
    above = (out, out / "_keamanan")

    def putting(moves: list[swap.Move]) -> list[Path | None]:
        for move in moves:
            for path in (move.new, *move.new.rglob("*")):
                if synced.get(path.stat().st_ino) != path.stat().st_mtime_ns:
                    events.append(f"not on the disk: {path.name}")
        done = put(moves)
        for folder in above:
            synced.pop(folder.stat().st_ino, None)
        return done

    monkeypatch.setattr(site, "put_all_in_place", putting)
    for word in ("Satu", "Dua", "Tiga", "Empat"):
        place.change(word)
        assert place.build(out).exit_code == 0
        assert events == []
        assert all(folder.stat().st_ino in synced for folder in above)  # after the exchange
    held = dict(synced)
    place.change("Lima")
    assert place.build(out, "--no-fsync").exit_code == 0
    assert synced.items() <= held.items()
    events.clear()
    assert "selesai" in place.build(out).output  # although no data has changed
    assert events == []


def _recorded(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """What has been handed to fsync: the time of its last change, by its inode."""
    synced: dict[int, int] = {}
    fsync: Callable[[int], None] = os.fsync

    def recording(handle: int) -> None:
        fsync(handle)
        found = os.fstat(handle)
        synced[found.st_ino] = found.st_mtime_ns

    monkeypatch.setattr(os, "fsync", recording)
    return synced


def test_every_name_is_handed_to_the_disk_and_what_it_refuses_is_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = _recorded(monkeypatch)
    files = [tmp_path / f"{number}" for number in range(50)]
    for path in files:
        path.touch()
    write_through(map(str, files), [str(tmp_path)])
    assert synced.keys() == {path.stat().st_ino for path in (*files, tmp_path)}
    with pytest.raises(FileNotFoundError):
        write_through([*map(str, files), str(tmp_path / "tiada")])
