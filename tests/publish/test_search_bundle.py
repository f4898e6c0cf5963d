"""The search bundle of each site holds what its pages say and nothing else."""

from __future__ import annotations

from generator.data.words import split
from tests.publish.conftest import Site
from tests.search.test_index import value


def test_the_public_bundle_holds_only_words_of_public_pages(site: Site) -> None:
    public = {word for page in site.pages("public") for word in split(page.read_text(encoding="utf-8"))}
    bundle = site.out / "public" / "cari"
    for file in sorted((bundle / "kutipan").iterdir()):
        for anchor, heading, text in value(bundle, f"kutipan/{file.stem}"):
            assert set(split(f"{heading} {text}")) <= public, (file, anchor)
    for _, name in value(bundle, "indeks")["halaman"]:
        for url, title, marks, _ in value(bundle, name):
            assert set(split(" ".join((title, *marks)))) <= public, url


def test_only_the_internal_site_has_the_facet_of_classification(site: Site) -> None:
    facets = {}
    for name in ("public", "internal"):
        bundle = site.out / name / "cari"
        facets[name] = value(bundle, value(bundle, "indeks")["saring"])
    assert "klasifikasi" in facets["internal"]
    assert "klasifikasi" not in facets["public"]
    assert {"unit", "pelaksana", "hukum", "status", "lama"} <= facets["public"].keys()
