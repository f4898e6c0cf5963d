"""What an agency keeps to itself is in no byte, unpacked, of what others are given: public sites, the
internal site of another agency, what the portal and its head get, what machines share of public sites."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from contextlib import chdir, closing, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.cli.publish.sharing import SECRET
from generator.shared_store import SharedStore
from tests.bench.site.kabupaten import write_kabupaten
from tests.publish.canaries import Plants, find_words, plant, unpack, words_in, write_yaml

OWN, OTHER = "dinkes", "disdik"
HIDDEN = ("internal", "draft", "excluded", "version", "early", "later", "old", "note", "loose")
UNIT = "seksi-pemberdayaan-kelompok-komunikasi-masyarakat"


class Built(NamedTuple):
    """Two agencies, each with words in all that it hides, as they were built; ``plants`` by agency."""

    top: Path
    plants: dict[str, Plants]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Public sites are lent to the store of all, internal ones to another, as the guide says."""
    top = tmp_path_factory.mktemp("kenari")
    data = write_kabupaten(top / "data", 2, 1)
    (data / "portal.yml").write_text("nama: SOP Kabupaten\nsitus: https://sop.contoh.go.id\n")
    plants = {id: _plant(data, id, f"{id} ") for id in (OWN, OTHER)}
    for id, other in ((OWN, OTHER), (OTHER, OWN)):
        _name_the_hidden(data / "instansi" / id, other, plants[other])
    with pytest.MonkeyPatch.context() as patch, chdir(top):
        patch.setenv(SECRET, "rahasia")
        for audience, store in (("public", "umum"), ("internal", "dalam")):
            _run(
                "build", "--out", "out", "--no-fsync", "--audience", audience, "--cache", f"simpanan/{store}"
            )
        _run("health", "--date", "2026-11-28", "--out", "ringkasan")
        yield Built(top, plants)


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, [arguments[0], "--data", "data", *arguments[1:]])
    assert result.exit_code == 0, result.output


def _plant(data: Path, id: str, salt: str) -> Plants:
    folder = data / "instansi" / id
    for name, entries in (
        ("unit", {UNIT: {"nama": "Seksi", "induk": "dinas"}}),
        ("pelaksana", {"kasi": {"nama": "Kepala Seksi"}}),
        ("instansi", {"situs": f"https://sop.contoh.go.id/{id}/"}),
    ):
        _add(folder / f"{name}.yml", entries)
    plants = plant(folder, salt)
    law = plants.word("internal", "peraturan bersama")
    cited = f"Perbup Nomor 1 Tahun 2020 tentang {law}"
    told = {"kutipan": cited, "jenis": "Perbup", "nomor": "1", "tahun": "2020", "judul": law}
    _add(data / "bersama" / "hukum.yml", {law: {**told, "status": "berlaku", "keyakinan": "pasti"}})
    hidden = folder / "sop" / f"{plants.word('internal', 'nama berkas')}.yml"
    told = yaml.safe_load(hidden.read_text())
    write_yaml(hidden, {**told, "dasar_hukum": [*told["dasar_hukum"], law]})
    (folder / "docs").mkdir()
    page = f"# {plants.word('internal', 'judul halaman')}\n\n{plants.word('internal', 'isi halaman')}\n"
    (folder / "docs" / "dalam.md").write_text(page)
    return plants


def _add(path: Path, entries: Mapping[str, object]) -> None:
    write_yaml(path, {**yaml.safe_load(path.read_text()), **entries})


def _name_the_hidden(folder: Path, other: str, plants: Plants) -> None:
    """The public SOP of an agency leads to what the other hides, in every way."""
    path = folder / "sop" / "penunjuk.yml"
    told = yaml.safe_load(path.read_text())
    for owner in ("internal", "draft", "excluded"):
        named = {"sop": f"{other}/{plants.word(owner, 'nama berkas')}"}
        told["keterkaitan"] += [named, {**named, "teks": f"SOP {plants.word(owner, 'nama')}"}]
        told["kegiatan"].insert(1, {"uraian": "Meneruskan", "pelaksana": "kasi", **named})
    write_yaml(path, told)


PUBLIC = (
    *(
        "index.html",
        "_portal/sop.html",
        "_portal/peraturan.html",
        "cari/indeks.js",
        "instansi.json",
        "sop.json",
    ),
    *(f"{OTHER}/{name}" for name in ("404.html", "MANIFEST.json", "sitemap.xml", "llms.txt", "index.md.txt")),
    *(
        f"{OTHER}/{name}"
        for name in ("data/semua.zip", "data/unit/*.zip", "perubahan/atom.xml", "unit/*/*.pdf")
    ),
    *(f"{OTHER}/sop/penunjuk/penunjuk.{kind}" for kind in ("pdf", "docx", "bpmn", "svg", "md.txt")),
)
OUTPUTS = {
    "out/public": PUBLIC,
    f"out/internal/{OTHER}": ("index.html", "masalah/index.html", "kesehatan/index.html", "MANIFEST.json"),
    "out/_keamanan": ("public/_portal/nginx.conf", f"internal/{OTHER}/nginx-berkas.conf"),
    "ringkasan": ("rapat.pdf", "instansi.csv", "hukum.csv", "index.html", "hukum.html"),
}
"""What others than the agency itself are given, and files that must be among it."""
TYPED = {f"{owner} nama berkas" for owner in ("internal", "draft", "excluded")}
"""What the other agency has itself written in its data, to name what it may not; it is told so there."""


@pytest.mark.parametrize("output", OUTPUTS)
def test_nothing_of_what_an_agency_hides_is_given_to_others(built: Built, output: str) -> None:
    folder = built.top / output
    assert [wanted for wanted in OUTPUTS[output] if not list(folder.glob(wanted))] == []
    found = find_words(folder)
    leaked = _hidden(built, OWN).keys() & found.keys()
    told = {_hidden(built, OWN)[word]: sorted(found[word])[:9] for word in leaked}
    if output == f"out/internal/{OTHER}":
        assert told.keys() == TYPED
        parts = {place.split()[-1].split("/")[0] for word in leaked for place in found[word]}
        assert parts == {"masalah", "cari"}, "only where faults of its own data are told"
    else:
        assert told == {}
        assert not _hidden(built, OTHER).keys() & found.keys()


def test_its_own_internal_site_has_it(built: Built) -> None:
    found = find_words(built.top / "out" / "internal" / OWN)
    shown = {name for word, name in _hidden(built, OWN).items() if word in found}
    wanted = ("nama", "isi halaman", "peraturan bersama", "isi naskah", "nama pelaksana", "catatan")
    assert {f"internal {name}" for name in wanted} <= shown
    assert {"draft nama", "note catatan", "early nama", "later nama"} <= shown


def test_what_is_shared_of_public_sites_holds_nothing_hidden(built: Built) -> None:
    """Neither sealed nor, for who knows the secret, opened; what is shared of internal sites does."""
    hidden = _hidden(built, OWN) | _hidden(built, OTHER)
    found = {store: _words_shared(built.top / "simpanan" / store) for store in ("umum", "dalam")}
    assert {hidden[word] for word in hidden.keys() & found["umum"]} == set()
    shown = {hidden[word] for word in hidden.keys() & found["dalam"]}
    assert {"internal nama", "draft nama", "internal isi halaman", "internal isi naskah"} <= shown


def test_who_does_not_know_the_secret_reads_nothing_of_what_is_shared(built: Built) -> None:
    store = built.top / "simpanan" / "dalam"
    guess = SharedStore(str(store), "tebakan")
    for path in _entries(store):
        told = path.read_bytes()
        assert not {word for part in _inside(told) for word in words_in(part)} & _hidden(built, OWN).keys()
        assert len(zlib.compress(told)) > len(told), "nothing of its form shows"
        assert guess.opened(path.relative_to(store).as_posix(), told) is None


def _hidden(built: Built, id: str) -> dict[str, str]:
    """Words of what an agency hides: whose, and the field."""
    return built.plants[id].of(*HIDDEN)


def _entries(store: Path) -> list[Path]:
    found = [path for path in store.rglob("*") if path.is_file()]
    assert len(found) > 3
    return found


def _words_shared(store: Path) -> set[str]:
    opened = SharedStore(str(store), "rahasia")
    found = set[str]()
    for path in _entries(store):
        content = opened.opened(path.relative_to(store).as_posix(), path.read_bytes())
        assert content is not None
        found |= {word for part in _inside(content) for word in words_in(part)}
    return found


def _inside(content: bytes) -> Iterator[bytes]:
    """An entry of the store and all that is packed in it."""
    yield content
    if content[:1] == b"\x78" or content.endswith(b"\0\0\xff\xff"):  # runs of records have no head
        with suppress(zlib.error):
            form = zlib.MAX_WBITS if content[:1] == b"\x78" else -zlib.MAX_WBITS
            yield from _inside(zlib.decompressobj(form).decompress(content))
    if content.startswith(b"SQLite format 3\0"):
        with closing(sqlite3.connect(":memory:")) as base:
            base.deserialize(content)
            tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            values = [
                value for table in tables for row in base.execute(f"SELECT * FROM {table}") for value in row
            ]
        for value in values:
            if isinstance(value, str | bytes):
                yield from _inside(value.encode() if isinstance(value, str) else value)
        return
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        for leaf in _leaves(msgspec.msgpack.decode(content)):
            yield from _inside(leaf)
        return
    yield from (part for _, part in unpack("a", content))


def _leaves(value: object) -> Iterator[bytes]:
    """All texts and bytes in a value; a value that is one number or text is no packed one."""
    for one in value if isinstance(value, list) else value.items() if isinstance(value, dict) else ():
        if isinstance(one, str | bytes):
            yield one.encode() if isinstance(one, str) else one
        elif isinstance(one, tuple | list | dict):
            yield from _leaves(list(one) if isinstance(one, tuple) else one)
