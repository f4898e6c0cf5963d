"""What we make of frames is to the byte what the engine makes of the whole staged folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.build.engine.mkdocs import run_mkdocs
from generator.build.engine.styles import SHEET, Styles
from generator.build.finish import finish, place_of
from generator.data.audience import FOLDERS
from generator.data.catalogue import Audience
from generator.formats.html import pagination
from generator.site.base_templates import BaseTemplateError, cut
from tests.publish.conftest import SHORT, Site
from tests.publish.staging import stage


@pytest.mark.parametrize("audience", list(Audience))
def test_every_page_is_the_one_that_the_engine_makes(audience: Audience, site: Site, tmp_path: Path) -> None:
    as_the_engine_makes_it(site, audience, tmp_path)


@pytest.mark.parametrize("audience", list(Audience))
def test_so_are_the_parts_of_long_lists(
    audience: Audience, parted_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pagination, "MAX_ROWS", SHORT)
    as_the_engine_makes_it(parted_site, audience, tmp_path, below="daftar/")


def as_the_engine_makes_it(site: Site, audience: Audience, tmp_path: Path, below: str = "") -> None:
    part = site.catalogue.for_audience(audience)
    config = stage(
        part,
        tmp_path / "bertahap",
        docs=site.sources.docs,
        config=site.sources.config,
        data=site.data,
        cache=tmp_path,
        papers=not below,
    )
    run_mkdocs(config)
    theirs, ours = config.parent / "site", site.out / FOLDERS[audience]
    pages = sorted(path.relative_to(theirs).as_posix() for path in theirs.rglob("*.html"))
    assert pages == sorted(path.relative_to(ours).as_posix() for path in ours.rglob("*.html"))
    chosen = [name for name in pages if name.startswith(below)]
    assert chosen
    files = {path.relative_to(theirs).as_posix(): path.read_bytes() for path in theirs.rglob("*.css")}
    styles = Styles(
        files, [(theirs / "index.html").read_text()], [name for name in files if "sheets" not in name]
    )
    assert styles.text.encode() == (ours / SHEET).read_bytes()
    for name in chosen:
        html = styles.linked((theirs / name).read_bytes().decode())
        assert finish(name, html, place_of(part)).text == (ours / name).read_bytes(), name
    for path in theirs.rglob("*"):
        name = path.relative_to(theirs).as_posix()
        if path.is_file() and path.suffix != ".html" and not name.startswith("sitemap.xml"):
            assert path.read_bytes() == (ours / name).read_bytes(), name


def test_a_page_without_a_place_for_content_is_refused() -> None:
    with pytest.raises(BaseTemplateError, match="kerangka"):
        cut("<!doctype html><title>xqtempatxqkatatitle</title><p>tidak ada tempat")
