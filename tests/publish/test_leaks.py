"""What is not public is nowhere on the public site, in no byte of it, unpacked; and the search finds it where
it belongs."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import lxml.html
import pytest

from generator.build.manifest import MANIFEST, data_hashes
from generator.data.catalogue import Audience, Catalogue
from generator.data.sources import read_catalogue
from generator.documents.jobs import KINDS
from generator.documents.setting import set_document
from generator.figure.paper.content import fingerprint
from tests.open_files import open_files
from tests.publish.canaries import Plants, find_words, plant, unpack, words_in
from tests.publish.conftest import Site
from tests.publish.sites import ROOT
from tests.publish.staging import stage

VERSIONS = ("version", "early", "later", "old")
INTERNAL = ("internal", "draft", "note", *VERSIONS)
NOT_SHOWN = {
    *(f"{owner} singkatan unit" for owner in ("internal", "draft", *VERSIONS)),
    *(f"{owner} kop unit" for owner in ("internal", *VERSIONS)),  # the SOP has its own
}
"""Fields that neither a page nor a file of the site shows."""


@pytest.fixture(scope="module")
def plants(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Plants:
    """The words in the data of the shared site."""
    target = tmp_path_factory.mktemp("kenari")
    for name in ("unit", "pelaksana", "hukum"):
        (target / f"{name}.yml").write_text("a: {}\n")
    (target / "sop").mkdir()
    found = plant(target)
    slug = found.word("internal", "nama berkas")
    assert (site.data / "sop" / f"{slug}.yml").read_bytes() == (target / "sop" / f"{slug}.yml").read_bytes()
    return found


def test_no_word_of_a_hidden_sop_is_public_and_every_one_is_internal(site: Site, plants: Plants) -> None:
    public, internal = find_words(site.out / "public"), find_words(site.out / "internal")
    assert {plants.words[word]: public[word] for word in public.keys() & plants.words.keys()} == {}
    wanted = plants.of(*INTERNAL)
    missing = {name for word, name in wanted.items() if word not in internal}
    hidden_twice = {f"note kutipan {plants.word('excluded', 'nama berkas')}"}  # that SOP is in neither site
    assert missing == NOT_SHOWN | hidden_twice
    never = plants.of("excluded", "loose")
    assert {name: internal[word] for word, name in never.items() if word in internal} == {}
    kinds = {place.partition(" ")[0] for word in wanted for place in internal.get(word, ())}
    assert {".html", ".json", ".csv", ".svg", ".bpmn", "nama", ".js"} <= kinds
    assert {".pdf/aliran", ".pdf/objek", ".pdf/teks", ".docx/.xml", "indeks.js/sandi"} <= kinds


def test_the_health_of_the_sops_is_on_the_internal_site_alone(site: Site, plants: Plants) -> None:
    assert [path for path in (site.out / "public").rglob("*") if "kesehatan" in path.as_posix().lower()] == []
    said = {path for path in site.pages("public") if b"kesehatan sop" in path.read_bytes().lower()}
    assert said == set()
    internal = find_words(site.out / "internal" / "kesehatan")
    assert plants.word("internal", "nama") in internal
    assert plants.word("internal", "nama unit") in internal
    assert not internal.keys() & plants.of("excluded", "loose").keys()


def test_earlier_versions_follow_their_own_classification(site: Site, plants: Plants) -> None:
    everything = site.catalogue
    public = repr(everything.for_audience(Audience.PUBLIK)).encode()
    internal = repr(everything.for_audience(Audience.INTERNAL)).encode()
    hidden = plants.of(*VERSIONS, "internal", "draft", "excluded", "note")
    assert not words_in(public) & hidden.keys()
    shown = words_in(internal)
    in_files = {"nama berkas naskah", "judul naskah", "isi naskah", "lampiran naskah"}
    assert {name for word, name in plants.of(*VERSIONS).items() if word not in shown} <= {
        f"{owner} {name}" for owner in VERSIONS for name in in_files
    }
    assert not shown & plants.of("excluded").keys()


def test_the_history_of_a_public_sop_tells_of_no_version_but_the_public_ones(site: Site) -> None:
    top = site.out / "public"
    for path in [*(top / "sop" / "berversi").rglob("*.html"), top / "perubahan" / "index.html"]:
        links = {link.get("href") or "" for link in lxml.html.parse(str(path)).getroot().iter("a")}
        assert not [link for link in links if re.search(r"berversi/(versi/[14]|banding/(1-|\d-4))", link)], (
            path
        )
    assert {path.name for path in (top / "data" / "sop" / "berversi").iterdir()} == {"2.json", "3.json"}
    record = json.loads((top / "data" / "sop" / "berversi.json").read_bytes())
    assert [row["nomor"] for row in record["riwayat"]] == [2, 3]
    assert record["versi"]["nomor"] == 3
    assert record["pencabutan"] is None  # the draft says so, for its own readers
    revoked = json.loads((top / "data" / "sop" / "tercabut.json").read_bytes())["pencabutan"]
    assert (revoked["pengganti"], revoked["teks"]) == (None, "SOP internal")
    inside = json.loads((site.out / "internal" / "data" / "sop" / "berversi.json").read_bytes())
    assert [row["nomor"] for row in inside["riwayat"]] == [1, 2, 3, 4]


def test_what_is_hidden_changes_no_byte_of_what_is_public(tmp_path: Path) -> None:
    """Not even an order, a number or a hash may tell of it."""
    staged: list[dict[str, bytes]] = []
    for salt in ("", "lain "):
        data = tmp_path / f"{salt}data"
        shutil.copytree(ROOT / "sop_data", data)
        words = plant(data, salt)
        everything, problems = read_catalogue(data)
        assert everything is not None, problems
        assert words.word("internal", "nama berkas") in everything.sop
        part = everything.for_audience(Audience.PUBLIK)
        target = tmp_path / f"{salt}hasil"
        docs, config = ROOT / "docs", ROOT / "mkdocs.yml"
        stage(part, target, docs=docs, config=config, data=data)
        hashed = data_hashes(part, "", docs=docs, config=config, data=data)
        (target / MANIFEST).write_text(json.dumps(hashed), encoding="utf-8")
        (target / "sidik").write_text(fingerprint(everything, everything.sop["penunjuk"]), encoding="utf-8")
        staged.append(
            {
                path.relative_to(target).as_posix(): path.read_bytes()
                for path in target.rglob("*")
                if path.is_file()
            }
        )
    one, other = staged
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_a_public_sop_tells_no_more_of_a_hidden_one_than_it_may(site: Site) -> None:
    page = lxml.html.parse(str(site.out / "public" / "sop" / "penunjuk" / "index.html")).getroot()
    text = " ".join("".join(page.itertext()).split())
    assert "Judul Terbuka" in text
    assert text.count("SOP internal") >= 6
    assert not [link for link in page.iter("a") if "judul-terbuka" in (link.get("href") or "")]
    assert not (site.out / "public" / "sop" / "judul-terbuka").exists()
    open_title = [path for path in (site.out / "public").rglob("*") if "judul-terbuka" in path.as_posix()]
    assert open_title == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_documents_made_from_the_public_catalogue_hold_nothing_hidden(
    site: Site, plants: Plants, kind: str
) -> None:
    def words(catalogue: Catalogue, slug: str) -> set[str]:
        document, _ = set_document(catalogue, slug, site.data)
        assert document is not None
        made = KINDS[kind].make(document)
        return {word for _, part in unpack(f"a.{kind}", made) for word in words_in(part)}

    everything = site.catalogue
    assert not words(everything.for_audience(Audience.PUBLIK), "penunjuk") & plants.words.keys()
    found = words(everything.for_audience(Audience.INTERNAL), plants.word("internal", "nama berkas"))
    control = ("nama", "uraian", "teks simbol", "label cabang", "kop", "kutipan hukum", "pejabat")
    assert {name for name in control if plants.word("internal", name) not in found} == set()


def test_only_pictures_that_a_public_page_names_are_published(site: Site, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for name in ("gambar/bagan.svg", "gambar/satu.png", "rahasia/bagan.svg", "gambar/1satu.png", "lain.pdf"):
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        (docs / name).write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{name}</title></svg>')
    (docs / "bagian").mkdir()
    head = "---\ntitle: Umum\npembaca: publik\n---\n"
    (docs / "index.md").write_text(f"{head}![a](gambar/bagan.svg) satu.png\n")
    (docs / "bagian" / "umum.md").write_text(f'{head}<img src="../../gambar/satu.png"> [b](../lain.pdf#a)\n')
    (docs / "dalam.md").write_text("# Dalam\n\n![a](rahasia/bagan.svg) ![b](gambar/1satu.png)\n")
    part = site.catalogue.for_audience(Audience.PUBLIK)
    stage(part, tmp_path / "hasil", docs=docs, config=ROOT / "mkdocs.yml", data=site.data)
    staged = tmp_path / "hasil" / "docs"
    copied = {path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()}
    ours = {path for path in copied if path.split("/")[0] in ("gambar", "rahasia", "dalam.md", "lain.pdf")}
    assert ours == {"gambar/bagan.svg", "gambar/satu.png", "lain.pdf"}


def test_the_search_for_words_sees_through_what_packs_them(plants: Plants) -> None:
    word = plants.word("internal", "nama")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{word[:3]}</w:t><w:t>{word[3:].upper()}</w:t>")
    assert word in {found for _, part in unpack("a.docx", out.getvalue()) for found in words_in(part)}
    assert word in words_in(f"{word[:4]}-\n{word[4:]}".encode())
    assert word in words_in(word.encode("utf-16"))


def test_open_files_of_the_public_catalogue_are_named_after_public_sops(site: Site) -> None:
    part = site.catalogue.for_audience(Audience.PUBLIK)
    slugs = {path.split("/")[1] for path, _ in open_files(part) if path.startswith("sop/")}
    assert slugs == set(part.sop)
