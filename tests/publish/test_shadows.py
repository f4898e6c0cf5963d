"""What is written by hand takes the place of nothing that is made, and both are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.site import BuildError, Sources, build_sites
from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from generator.site.handwritten.shadows import shadows
from generator.site.stage import StageError
from tests.publish.kills import write
from tests.publish.sites import ROOT
from tests.publish.staging import stage
from tests.publish.test_exchange import Place, place

__all__ = ["place"]  # a fixture


def page(place: Place, name: str, text: str = "isi") -> None:
    path = place.folder / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: Halaman {name}\npembaca: publik\n---\n\n{text}\n", encoding="utf-8")


def linked(place: Place, name: str) -> None:
    path = place.folder / "docs" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"palsu")
    page(place, "tautan.md", f"[berkas]({name})")


def refused(place: Place, *, docs: str, made: str) -> None:
    out = place.folder / "situs"
    catalogue, _ = read_catalogue(place.folder / "data")
    assert catalogue is not None
    sources = Sources(place.folder / "data", place.folder / "docs", ROOT / "mkdocs.yml")
    with pytest.raises((BuildError, StageError)) as told:
        build_sites(catalogue, [Audience.PUBLIK], out, sources, papers=docs.endswith(".pdf"))
    first = next(line for line in str(told.value).splitlines() if f"docs/{docs}" in line)
    assert made in first
    assert "saran: " in str(told.value)
    assert not (out / "public").exists()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("data/sop.json", "dibuat 'sop build'"),
        ("MANIFEST.json", "dibuat 'sop build'"),
        ("sop/surat-satu/surat-satu.pdf", "data/sop/surat-satu.yml"),
        ("sop/surat-satu/surat-satu.bpmn", "data/sop/surat-satu.yml"),
        ("sop/surat-satu/surat-satu.bpmn/x.png", "data/sop/surat-satu.yml"),
        ("cari/indeks.js", "dibuat 'sop build'"),
        ("perubahan/atom.xml", "dibuat 'sop build'"),
        ("assets/situs.css", "tampilan situs"),
        ("404.html", "tampilan situs"),
        ("sitemap.xml", "tampilan situs"),
        ("cara/index.html", "docs/cara.md"),
    ],
)
def test_a_linked_file_takes_no_place_of_a_made_one(place: Place, name: str, made: str) -> None:
    page(place, "cara.md")
    linked(place, name)
    refused(
        place, docs="cara.md" if name.startswith("cara") else name, made=made.replace("docs/cara.md", "cara")
    )


def test_a_page_takes_no_place_of_a_made_one(place: Place) -> None:
    law = next(iter(read_catalogue(place.folder / "data")[0].hukum))  # type: ignore[union-attr]
    for name, made in (
        (f"hukum/{law}.md", f"'{law}' di"),
        (f"hukum/{law}/README.md", f"'{law}' di"),
        ("sop/surat-satu.md", "data/sop/surat-satu.yml"),
        ("sop/index.md", "dibuat 'sop build'"),
        ("unit.md", "dibuat 'sop build'"),
    ):
        page(place, name)
        refused(place, docs=name, made=made)
        (place.folder / "docs" / name).unlink()


def test_nor_does_it_after_a_build_that_remembers(place: Place) -> None:
    assert place.build("situs").exit_code == 0
    linked(place, "data/sop.json")
    done = place.build("situs")
    assert (done.exit_code, "docs/data/sop.json: " in done.output) == (1, True), done.output
    assert (place.folder / "situs" / "public" / "data" / "sop.json").read_bytes() != b"palsu"


def test_pages_take_no_place_of_one_another(tmp_path: Path) -> None:
    def told(*names: str) -> list[str]:
        return list(shadows(names, tmp_path))

    assert told("index.md", "a.md", "b/index.md", "b/gambar.png", "c.png") == []
    for names in (
        ("a.md", "a/index.md"),
        ("README.md", "index.md"),
        ("a.md", "a/index.html"),
        ("x", "x/y.png"),
    ):
        [words] = told(*names)
        assert all((tmp_path / name).as_posix() in words for name in names)


def test_a_staged_folder_is_refused_too(tmp_path: Path) -> None:
    catalogue, sources = write(tmp_path, "satu")
    (sources.docs / "unit.md").write_text("# Unit\n", encoding="utf-8")
    part = catalogue.for_audience(Audience.INTERNAL)
    with pytest.raises(StageError, match=r"docs/unit\.md: .*unit/index\.html"):
        stage(
            part,
            tmp_path / "bertahap",
            docs=sources.docs,
            config=sources.config,
            data=sources.data,
            papers=False,
        )
