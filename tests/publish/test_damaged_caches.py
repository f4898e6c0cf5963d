"""Whatever happens to what a build remembers, the next one gives the bytes of a clean build."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from generator.build.manifest import file_hashes
from generator.cli import main
from generator.cli.options import CACHE
from generator.store import Store, stored
from tests.bench.scale.data import slug, write_folder, write_sop
from tests.publish.sites import ROOT

COUNT = 3


class Place:
    """A folder in which ``sop build`` runs, with documents."""

    def __init__(self, folder: Path) -> None:
        self.data, self.docs, self.out = folder / "sop_data", folder / "docs", folder / "site"
        write_folder(self.data, COUNT)
        self.docs.mkdir()
        for name in ("index", "data-terbuka", "cara-membaca"):
            shutil.copy(ROOT / "generator" / "default" / "docs" / f"{name}.md", self.docs)
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.cache = folder / CACHE

    def build(self, *words: str) -> None:
        done = CliRunner().invoke(main, ["build", *words])
        assert done.exit_code == 0, done.output

    def hashes(self, out: Path) -> dict[str, str]:
        return {f"{name}/{one}": hash for name in ("public", "internal") for one, hash in hashes(out / name)}

    def clean(self) -> dict[str, str]:
        """What a build from nothing gives."""
        self.build("--fresh", "--out", "bersih")
        return self.hashes(Path("bersih"))


def hashes(site: Path) -> list[tuple[str, str]]:
    return [*file_hashes(site).items(), ("MANIFEST.json", (site / "MANIFEST.json").read_text("utf-8"))]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.chdir(tmp_path)
    return Place(tmp_path)


def damage_rows(file: Path, table: str, columns: tuple[str, ...], rng: Random) -> int:
    """Spoil every row of a table, each in a way of its own; the file stays one that SQLite reads."""
    with sqlite3.connect(file) as base:
        rows = base.execute(f"SELECT rowid, {', '.join(columns)} FROM {table}").fetchall()
        for row, *values in rows:
            n = rng.randrange(len(columns))
            spoilt = spoil(values[n], [one[1 + n] for one in rows], rng)
            base.execute(f"UPDATE {table} SET {columns[n]} = ? WHERE rowid = ?", (spoilt, row))
    base.close()
    return len(rows)


def spoil(data: bytes, others: list[bytes], rng: Random) -> bytes:
    match rng.randrange(4):
        case 0:
            return data[: rng.randrange(len(data))]
        case 1:
            at = rng.randrange(len(data))
            return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        case 2:
            return data.replace(b"SOP", b"SPO").replace(b"publik", b"PUBLIK") + b" "
        case _:
            return rng.choice([one for one in others if one != data] or [b""])


def spoil_bytes(file: Path, rng: Random) -> None:
    data = bytearray(file.read_bytes())
    for _ in range(20):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    file.write_bytes(data)


def test_a_damaged_store_is_never_published(place: Place) -> None:
    """Every entry of every store is spoilt, and the sites are gone, so that all is asked for again."""
    clean, rng = place.clean(), Random(7)
    place.build()
    assert place.hashes(place.out) == clean
    stores = sorted(place.cache.rglob("*.sqlite"))
    assert [store.name for store in stores] == ["pencarian.sqlite"] * 2 + ["data.sqlite", "dokumen.sqlite"]
    for store in stores:
        assert damage_rows(store, "kept", ("data",), rng) >= COUNT, store
    shutil.rmtree(place.out)
    place.build()
    assert place.hashes(place.out) == clean


def test_a_remembered_sop_that_somebody_edited_is_read_again(place: Place) -> None:
    place.build("--no-documents")
    with sqlite3.connect(place.cache / "data.sqlite") as base:
        before = base.total_changes
        base.execute('UPDATE kept SET data = CAST(replace(data, \'"nama":"\', \'"nama":"Palsu \') AS BLOB)')
        assert base.total_changes - before == COUNT
    base.close()
    write_sop(place.data, 0, COUNT, note=" Lain.")
    place.build("--no-documents")
    assert not [page for page in place.out.rglob("*.html") if "Palsu" in page.read_text("utf-8")]


@pytest.mark.parametrize("seed", range(2))
def test_a_damaged_memory_of_a_site_is_never_published(place: Place, seed: int) -> None:
    """Its rows hold the templates of all pages, their lists, what is searched, the hashes of the manifest."""
    rng = Random(seed)
    place.build("--no-documents")
    for memory in (place.cache / "situs").glob("*.ingatan"):
        if seed:
            spoil_bytes(memory, rng)
            continue
        with sqlite3.connect(memory) as base:
            base.execute("UPDATE notes SET text = replace(text, 'SOP', 'SPO')")
            base.execute("UPDATE pages SET digest = replace(digest, 'a', 'b')")
            base.execute("UPDATE jobs SET files = replace(files, 'a', 'b')")
        base.close()
    write_sop(place.data, 1, COUNT, note=" Lain.")
    place.build("--no-documents")
    now = place.hashes(place.out)
    place.build("--no-documents", "--fresh", "--out", "bersih")
    assert now == place.hashes(Path("bersih"))


@pytest.mark.parametrize(
    "spoiling",
    [
        "UPDATE kept SET data = substr(data, 2)",
        "UPDATE kept SET data = data || x'00'",
        "UPDATE kept SET data = 'teks'",
        "UPDATE kept SET data = NULL",
        "UPDATE kept SET sum = NULL",
        "UPDATE kept SET sum = zeroblob(32)",
        "UPDATE kept SET key = 'k2'",
        "UPDATE kept SET name = 'lain', data = data WHERE name = 'satu'",
        "DROP TABLE kept",
        "ALTER TABLE kept DROP COLUMN sum",
    ],
)
def test_an_entry_whose_digest_is_wrong_is_one_that_is_missing(tmp_path: Path, spoiling: str) -> None:
    file = tmp_path / "simpanan"
    with stored(file) as store:
        store.put("satu", "k", b"isi")
        assert store.get("satu", "k") == b"isi"
    with sqlite3.connect(file) as base:
        base.execute(spoiling)
    base.close()
    with stored(file) as store:
        assert [store.get(name, key) for name in ("satu", "lain") for key in ("k", "k2")] == [None] * 4
        store.put("satu", "k", b"baru")
    with stored(file) as store:
        assert store.get("satu", "k") == b"baru"


def test_an_entry_is_believed_only_under_its_own_name_and_key(tmp_path: Path) -> None:
    """Entries that change places are both whole, and both wrong."""
    file = tmp_path / "simpanan"
    with stored(file) as store:
        for name, key in (("a", "k1"), ("b", "k2")):
            store.put(name, key, name.encode())
    with sqlite3.connect(file) as base:
        rows = base.execute("SELECT sum, data FROM kept ORDER BY name").fetchall()
        for name, row in zip("ab", reversed(rows), strict=True):
            base.execute("UPDATE kept SET sum = ?, data = ? WHERE name = ?", (*row, name))
    base.close()
    with stored(file) as store:
        assert (store.get("a", "k1"), store.get("b", "k2")) == (None, None)


def test_a_store_that_another_run_holds_is_done_without(tmp_path: Path) -> None:
    file = tmp_path / "simpanan"
    with stored(file) as one, stored(file) as other:
        one.put("satu", "k", b"isi")
        assert isinstance(other, Store)
        assert other.get("satu", "k") is None
    with stored(file) as store:
        assert store.get("satu", "k") == b"isi"


def test_documents_of_sops_that_are_gone_leave_the_store_to_the_byte(place: Place) -> None:
    for path in (place.data / "sop").glob("*.yml"):  # so that any of them may be deleted
        text = path.read_text(encoding="utf-8")
        head, _, rest = text.partition("keterkaitan:\n")
        while rest.startswith("- "):
            rest = rest.partition("\n")[2]
        path.write_text(head + rest, encoding="utf-8")
    place.build()

    def kept() -> set[str]:
        with stored(place.cache / "dokumen.sqlite") as store:
            return {name for (name,) in store._run("SELECT name FROM kept", ())}

    assert {name for name in kept() if slug(2) in name}
    (place.data / "sop" / f"{slug(2)}.yml").unlink()
    place.build()
    assert kept()
    assert not {name for name in kept() if slug(2) in name}
    assert slug(2).encode() not in (place.cache / "dokumen.sqlite").read_bytes()
