"""A build is whole or it is not: whatever is wrong, the old site stands as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.build.exchange import swap
from generator.build.preview import PreviewState, make_server
from generator.build.site import BuildError, Sources, build_sites
from generator.cli import main
from generator.data.catalogue import Audience
from generator.site.stage import StageError, own_pages
from tests.publish.conftest import Site
from tests.publish.kills import write
from tests.publish.sites import ROOT


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """An output folder with an old site in it."""
    out = tmp_path / "site"
    for audience in ("public", "internal"):
        (out / audience).mkdir(parents=True)
        (out / audience / "index.html").write_text("lama", encoding="utf-8")
        reader = {"public": "publik"}.get(audience, audience)
        mark = {"program": "sop-generator 0", "untuk": reader, "berkas": {"index.html": ""}}
        (out / audience / "MANIFEST.json").write_text(json.dumps(mark), encoding="utf-8")
    return out


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(
        main, ["build", "--docs", str(ROOT / "docs"), "--config", str(ROOT / "mkdocs.yml"), *words]
    )
    return done.exit_code, done.output


def test_a_broken_sop_stops_the_build_before_anything_is_touched(old: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "sop_data", data)
    (data / "sop" / "rusak.yml").write_text("nama: [\n", encoding="utf-8")
    before = fingerprint(old)
    status, said = run("--data", str(data), "--out", str(old))
    assert status == 1
    assert "rusak.yml:" in said
    assert "Traceback" not in said
    assert fingerprint(old) == before
    assert sorted(path.name for path in old.iterdir()) == ["internal", "public"]


def test_a_page_whose_macro_fails_stops_the_build(old: Path, tmp_path: Path, site: Site) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(
        "---\ntitle: Beranda\npembaca: publik\n---\n\n{{ alur('tidak-ada') }}\n", encoding="utf-8"
    )
    before = fingerprint(old)
    with pytest.raises(BuildError, match="tidak-ada"):
        build_sites(site.catalogue, [Audience.PUBLIK], old, Sources(site.data, docs, ROOT / "mkdocs.yml"))
    assert fingerprint(old) == before


def test_an_unknown_word_in_a_page_stops_the_build(old: Path, tmp_path: Path, site: Site) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(
        "---\ntitle: B\npembaca: publik\n---\n{{ jumlah_sopp }}\n", encoding="utf-8"
    )
    with pytest.raises(BuildError, match="jumlah_sopp"):
        build_sites(site.catalogue, [Audience.PUBLIK], old, Sources(site.data, docs, ROOT / "mkdocs.yml"))


def test_a_page_that_names_no_reader_is_internal(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Catatan\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("---\ntitle: Umum\npembaca: publik\n---\n", encoding="utf-8")
    for audience, expected in ((Audience.PUBLIK, ["b.md"]), (Audience.INTERNAL, ["a.md", "b.md"])):
        found = [page.path for page in own_pages(tmp_path, audience) if (tmp_path / page.path).exists()]
        assert found == expected


def test_a_site_without_a_page_on_open_data_gets_a_plain_one(tmp_path: Path) -> None:
    """Every SOP's page leads there, and a dead link stops the build."""
    catalogue, sources = write(tmp_path, "satu")
    (sources.docs / "data-terbuka.md").write_text("# Data untuk kita\n", encoding="utf-8")
    public, internal = (
        site.folder for site in build_sites(catalogue, list(Audience), tmp_path / "out", sources)
    )
    plain = (public / "data-terbuka" / "index.html").read_text(encoding="utf-8")
    assert "Data untuk kita" not in plain
    assert 'href="../data/sop.csv"' in plain
    assert "Data untuk kita" in (internal / "data-terbuka" / "index.html").read_text(encoding="utf-8")


def test_a_page_without_a_title_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("isi\n", encoding="utf-8")
    with pytest.raises(StageError, match=r"docs/a\.md"):
        own_pages(tmp_path, None)


@pytest.mark.parametrize("exchange", [True, False], ids=["exchange", "two steps"])
def test_the_new_folder_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(swap, "_exchange", lambda _a, _b: False)
    for name in ("baru", "situs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "isi").write_text(name, encoding="utf-8")
    swap.put_in_place(tmp_path / "baru", tmp_path / "situs", tmp_path / "lama")
    assert (tmp_path / "situs" / "isi").read_text(encoding="utf-8") == "baru"
    assert sorted(path.name for path in tmp_path.iterdir()) == (
        ["baru", "situs"] if exchange else ["lama", "situs"]
    )


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path, site: Site) -> None:
    (tmp_path / ".sop-build-mati" / "public").mkdir(parents=True)
    build_sites(site.catalogue, [Audience.PUBLIK], tmp_path, site.sources)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["_keamanan", "public"]


def test_the_preview_serves_the_site_and_tells_of_changes(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<body>satu</body>", encoding="utf-8")
    (tmp_path / "gaya.css").write_text("a{}", encoding="utf-8")
    state = PreviewState()
    server = make_server(tmp_path, state, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_address[1]}"

    def get(path: str) -> str:
        with urllib.request.urlopen(root + path, timeout=10) as answer:
            return str(answer.read().decode())

    try:
        assert get("/") == '<body>satu<script src="/__pratinjau.js"></script></body>'
        assert get("/gaya.css") == "a{}"
        assert "fetch(" in get("/__pratinjau.js")
        threading.Timer(0.2, state.failed, ["salah <b>"]).start()
        begun = time.monotonic()
        assert '"galat": "salah <b>"' in get("/__pratinjau.json?sesudah=0")
        assert time.monotonic() - begun < 5
        state.built()
        assert '"versi": 1, "galat": ""' in get("/__pratinjau.json?sesudah=1")
    finally:
        server.shutdown()
        server.server_close()
