"""The search bundle of each site holds what its pages say and nothing else."""

from __future__ import annotations

import gzip
import json

from generator.data.words import split
from generator.search.digest import MARKS
from tests.publish.conftest import Site


def test_the_public_bundle_holds_only_words_of_public_pages(site: Site) -> None:
    public = {word for page in site.pages("public") for word in split(page.read_text(encoding="utf-8"))}
    bundle = site.out / "public" / "pagefind"
    for file in sorted((bundle / "fragment").iterdir()):
        record = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        words = [word for word in record["content"].split() if not word.rstrip(".").endswith(MARKS)]
        assert set(split(" ".join(words))) <= public, record["url"]


def test_only_the_internal_site_has_the_facet_of_classification(site: Site) -> None:
    facets = {
        name: json.loads((site.out / name / "pagefind" / "saring.json").read_text(encoding="utf-8"))["faset"]
        for name in ("public", "internal")
    }
    assert "klasifikasi" in facets["internal"]
    assert "klasifikasi" not in facets["public"]
    assert {"unit", "pelaksana", "hukum", "status", "lama"} <= facets["public"].keys()
