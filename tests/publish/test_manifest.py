"""``MANIFEST.json`` lists every file of a site and tells no more; ``sop verify`` finds every difference."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace

from generator.build.manifest import MANIFEST, data_hashes, read_manifest
from generator.cli import main
from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from tests.publish.conftest import Site
from tests.publish.sites import ROOT

SETTINGS = ("--docs", str(ROOT / "docs"), "--config", str(ROOT / "mkdocs.yml"))


def verify(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, words)])


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small published tree with its manifest."""
    top = tmp_path / "public"
    for name in ("index.html", "sop/satu/index.html", "cari/a.js", "sop/dua/nama aneh.svg"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(f"isi {name}", encoding="utf-8")
    files = {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in top.rglob("*")
        if path.is_file()
    }
    content = {"untuk": "publik", "tanggal": None, "data": {}, "berkas": files}
    (top / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    return top


@pytest.mark.parametrize("folder", ["public", "internal"])
def test_a_manifest_lists_every_file_of_its_site_and_its_data(site: Site, folder: str) -> None:
    top = site.out / folder
    manifest = read_manifest(top / MANIFEST)
    assert manifest.files == {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in top.rglob("*")
        if path.is_file() and path != top / MANIFEST
    }
    part = site.catalogue.for_audience(manifest.audience)
    assert manifest.audience == {"public": "publik", "internal": "internal"}[folder]
    assert {name for name in manifest.data if name.startswith("sop/")} == {f"sop/{slug}" for slug in part.sop}
    said = verify(top, "--data", site.data, *SETTINGS)
    assert (said.exit_code, "semuanya cocok" in said.output) == (0, True), said.output


def test_the_public_manifest_does_not_change_with_what_is_hidden(site: Site) -> None:
    def hashes(audience: Audience) -> dict[str, str]:
        part = catalogue.for_audience(audience)
        return data_hashes(part, "", data=site.data, docs=ROOT / "docs", config=ROOT / "mkdocs.yml")

    catalogue = site.catalogue
    public, internal = hashes(Audience.PUBLIK), hashes(Audience.INTERNAL)
    changed = {
        slug: sop if sop.klasifikasi == "publik" else replace(sop, nama="Lain", tujuan="Lain", nomor="9")
        for slug, sop in catalogue.sop.items()
    }
    catalogue = replace(catalogue, sop=changed)
    assert {name for name, hash in hashes(Audience.PUBLIK).items() if public[name] != hash} <= {
        "sop/penunjuk"  # it may name one of them: judul_terbuka
    }
    after = hashes(Audience.INTERNAL)
    assert {name for name in after if after[name] != internal[name]} >= {"sop/rahasia", "sop/rancangan"}


def test_every_difference_is_told_by_its_name(tree: Path) -> None:
    assert verify(tree).exit_code == 0
    (tree / "index.html").write_text("isi index.htmk", encoding="utf-8")
    (tree / "sop" / "satu" / "index.html").unlink()
    (tree / "sop" / "tiga\n.html").write_text("", encoding="utf-8")
    (tree / "cari" / "a.js").rename(tree / "a")
    (tree / "cari" / "a.js").symlink_to(tree / "a")
    (tree / "lain").symlink_to(tree / "sop", target_is_directory=True)
    done = verify(tree)
    assert done.exit_code == 1
    assert done.output.splitlines()[1:] == [
        "  berkas hilang: sop/satu/index.html",
        "  berkas berubah: cari/a.js",
        "  berkas berubah: index.html",
        "  berkas tidak tercatat: a",
        "  berkas tidak tercatat: lain",
        "  berkas tidak tercatat: sop/tiga\\u000a.html",
    ]
    (rows,) = json.loads(verify(tree, "--json").output).values()
    assert rows["berkas hilang"] == ["sop/satu/index.html"]
    assert len(rows["berkas tidak tercatat"]) == 3


def test_who_changes_the_manifest_too_is_found_by_the_kept_one(tree: Path, tmp_path: Path) -> None:
    kept = shutil.copy(tree / MANIFEST, tmp_path / "disimpan.json")
    content = json.loads((tree / MANIFEST).read_text(encoding="utf-8"))
    (tree / "index.html").write_text("diganti", encoding="utf-8")
    content["berkas"]["index.html"] = hashlib.sha256(b"diganti").hexdigest()
    (tree / MANIFEST).write_text(json.dumps(content), encoding="utf-8")
    assert verify(tree).exit_code == 0
    done = verify(tree, "--manifest", kept)
    assert (done.exit_code, "berkas berubah: index.html" in done.output) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "null", '{"untuk": "siapa"}', "\udcff", None),
        '{"untuk": "publik", "tanggal": 5, "data": {}, "berkas": {}}',
        '{"untuk": "publik", "tanggal": null, "data": {}, "berkas": ["a"]}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_an_error_in_words(tree: Path, text: str | None) -> None:
    (tree / MANIFEST).unlink()
    if text is not None:
        (tree / MANIFEST).write_bytes(text.encode("utf-8", "surrogateescape"))
    done = verify(tree)
    assert done.exit_code == 1
    assert MANIFEST in done.output
    assert isinstance(done.exception, SystemExit)


def test_data_that_changed_since_the_build_is_named(site: Site, tmp_path: Path) -> None:
    data = shutil.copytree(site.data, tmp_path / "data")
    path = data / "sop" / "surat-dan-jadwal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("nama: ", "nama: Baru ", 1), encoding="utf-8")
    (data / "sop" / "pembentukan-kim.yml").unlink()
    for other in (data / "sop").glob("*.yml"):  # nothing may still name it
        text = other.read_text(encoding="utf-8")
        other.write_text(text.replace("sop: pembentukan-kim", "sop: surat-dan-jadwal"), encoding="utf-8")
    assert read_catalogue(data)[0] is not None
    done = verify(site.out / "public", "--data", data, *SETTINGS)
    assert done.exit_code == 1
    told = done.output.splitlines()
    assert "  data sudah dihapus: sop/pembentukan-kim" in told
    assert "  data sudah berubah: sop/surat-dan-jadwal" in told
    assert "berkas" not in done.output


def test_without_a_site_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = verify()
    assert (done.exit_code, "sop build" in done.output) == (1, True)
