"""What somebody proposes for ``docs/`` is used, or refused with its place; nothing is
carried out, followed or dropped in silence."""

from __future__ import annotations

import html
import os
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from msgspec.structs import replace

from generator.build.engine.blocked import blocked
from generator.build.engine.engine import run_engine
from generator.build.engine.errors import EngineError
from generator.build.links import page_links
from generator.cli import main
from generator.data.catalogue import Audience, Catalogue
from generator.site.handwritten.allowed import own_settings
from generator.site.stage import (
    Own,
    PageError,
    StageError,
    Written,
    own_files,
    read_own,
    with_macros,
)
from tests.publish.sites import ROOT
from tests.publish.staging import written_pages

HEAD = b"---\ntitle: A\npembaca: publik\n---\n"


# heads and bytes of pages

ODD_PAGES = {
    b"---\ntitle: A\ntemplate: lain.html\n---\n": "3:1: kunci 'template' tidak dikenal",
    b"---\ntitle: A\nrender_macros: false\n---\n": "3:1: kunci 'render_macros' tidak dikenal",
    b"---\ntitle: A\ndata_terstruktur: '</script>'\n---\n": "3:1: kunci 'data_terstruktur' tidak dikenal",
    b"---\ntitle: A\ntitle: B\n---\n": "3:1: kunci 'title' ditulis dua kali",
    b"---\ntitle: A\npembaca: Publik\n---\n": "3:10: pembaca 'Publik' tidak dikenal",
    b"---\ntitle: A\npembaca: [publik]\n---\n": "3:10: 'pembaca' harus satu nilai",
    b"---\ntitle: A\nurutan: dua\n---\n": "3:9: 'urutan' bukan bilangan",
    b"---\ntitle: A\nurutan: {a: 1}\n---\n": "3:9: 'urutan' harus satu nilai",
    b"---\ntitle: !!python/name:os.system\n---\n": "2:8: tag (",
    b"---\ntitle: &a A\n---\n": "2:8: jangkar",
    b"---\ntitle: 'A\n---\n": "2:8: tanda kutip tidak ditutup",
    b"---\ntitle: A: B\n---\n": "2:9: titik dua di tempat yang tidak semestinya",
    b"---\n- title\n---\n": "1:1: kepala halaman bukan daftar kunci dan nilai",
    b"---\njudul saja\n---\n": "1:1: kepala halaman bukan daftar kunci dan nilai",
    b"---\ntitle: A\n\n# Isi\n": "1:1: kepala halaman tidak ditutup",
    b"---\ntitle: A\ndescription: A {{ jumlah_sop }}\n---\n": "3:14: 'description' memuat makro",
    HEAD + "satu\ndua é".encode() + b"\xff\n": "6:6: berkas bukan UTF-8",
    b"\xff\xfe-\x00-\x00": "1:1: berkas bukan UTF-8",
    HEAD + b"satu\nd\x00a\n": "6:2: tanda kendali U+0000",
    HEAD + b"satu\nd\x02a\n": "6:2: tanda kendali U+0002",
}


@pytest.mark.parametrize("content", ODD_PAGES)
def test_an_odd_page_is_refused_with_its_place(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.md").write_bytes(content)
    (tmp_path / "b.md").write_bytes(HEAD)
    for audience in Audience:
        with pytest.raises(StageError) as raised:
            written_pages(tmp_path, audience)
        told = str(raised.value)
        assert told.startswith(f"{tmp_path.as_posix()}/a.md:")
        assert ODD_PAGES[content] in told
        assert "saran: " in told


def test_a_description_is_words_whatever_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("""---\ntitle: A\ndescription: 'a "b" <c>'\n---\n""", encoding="utf-8")
    [page] = written_pages(tmp_path, None)
    assert "&#34;b&#34; &lt;c&gt;" in with_macros(page)


def test_heads_as_people_write_them_are_read(tmp_path: Path) -> None:
    for name, content in {
        "a": b"\xef\xbb\xbf---\r\ntitle: A\r\npembaca: publik\r\n---\r\nisi\r\n",
        "b": b"---  \ntitle: 2024\npembaca: publik\nurutan: 1\n...\n# Lain\n",
        "c": b"---\npembaca: publik\n---\n\n# Judul\n\n---\n\nisi\n",
        "d": b"---\ntitle:\npembaca: internal\n---\n# Judul\n",
        "e": b"# Tanpa kepala\n\n---\n",
    }.items():
        (tmp_path / f"{name}.md").write_bytes(content)
    (tmp_path / ".sementara").mkdir()
    (tmp_path / ".sementara" / "x.md").write_bytes(b"\xff")
    pages = {page.path: page for page in written_pages(tmp_path, None)}
    assert {name: page.meta["title"] for name, page in pages.items()} == {
        "a.md": "A",
        "b.md": "2024",
        "c.md": "Judul",
        "d.md": "Judul",
        "e.md": "Tanpa kepala",
    }
    assert pages["a.md"].body == "isi\n"
    assert [page.path for page in written_pages(tmp_path, Audience.PUBLIK)] == ["b.md", "a.md", "c.md"]


def test_a_title_says_plain_values_once_and_nothing_that_an_engine_reads(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    agency = replace(catalogue.instansi, nama='Dinas {{ 7*7 }} <b> & "x"')
    odd = replace(catalogue, instansi=agency)
    (tmp_path / "a.md").write_text("---\ntitle: Ada {{ jumlah_sop }} SOP\n---\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# {{ nama_instansi }}\n", encoding="utf-8")
    own = read_own(replace(odd, audience=Audience.INTERNAL), tmp_path, ROOT / "mkdocs.yml")
    titles = {page.path: page.meta["title"] for page in own.pages}
    assert titles["a.md"] == f"Ada {len(catalogue.sop)} SOP"
    assert titles["b.md"] == agency.nama
    [page] = [page for page in own.pages if page.path == "b.md"]
    told = yaml.safe_load(with_macros(page).split("---")[1])["title"]
    assert (html.unescape(told), "{" in told) == (agency.nama, False)
    assert all("{" not in name for entry in own.settings["nav"] for name in entry)


@pytest.mark.parametrize(
    "body", ["---\ntitle: A {{ alur('x') }}\n---\n", "---\ntitle: A {{ config }}\n---\n"]
)
def test_a_title_names_values_only(catalogue: Catalogue, tmp_path: Path, body: str) -> None:
    (tmp_path / "a.md").write_text(body, encoding="utf-8")
    with pytest.raises(PageError, match=r"a\.md:2:8: judul: '\w+' tidak dikenal"):
        read_own(replace(catalogue, audience=Audience.INTERNAL), tmp_path, ROOT / "mkdocs.yml")


@pytest.mark.parametrize("kind", ["file", "folder", "nowhere", "loop", "picture"])
def test_a_link_in_the_folder_is_refused(tmp_path: Path, kind: str) -> None:
    """It would publish what it points to, or stop the build without a word."""
    docs, secret = tmp_path / "docs", tmp_path / "rahasia"
    docs.mkdir()
    secret.mkdir()
    (secret / "a.md").write_bytes(HEAD + b"rahasia")
    (docs / "index.md").write_bytes(HEAD + b"![x](a.png)")
    name = {"file": "a.md", "picture": "a.png"}.get(kind, "tautan")
    target = {"file": secret / "a.md", "picture": secret / "a.md", "folder": secret, "loop": docs}
    (docs / name).symlink_to(target.get(kind, tmp_path / "tidak-ada"))
    with pytest.raises(StageError, match=rf"docs/{name}.*symlink"):
        written_pages(docs, Audience.PUBLIK)
    done = build(tmp_path, docs, ROOT / "mkdocs.yml")
    assert f"docs/{name}" in done
    assert "rahasia/" not in done


def build(top: Path, docs: Path, config: Path) -> str:
    """What a build says that must not make a site."""
    words = ["build", "--data", str(ROOT / "sop_data"), "--docs", str(docs), "--config", str(config)]
    here = Path.cwd()
    os.chdir(top)
    try:
        done = CliRunner().invoke(main, [*words, "--no-documents", "--out", str(top / "situs")])
    finally:
        os.chdir(here)
    assert done.exit_code == 1, done.output
    assert isinstance(done.exception, SystemExit), done.exception
    assert not (top / "situs" / "public").exists()
    return done.output


@pytest.mark.parametrize("body", ["{{ cycler.__init__.__globals__.os.system('touch jejak') }}"])
def test_a_build_carries_nothing_out(tmp_path: Path, body: str) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_bytes(HEAD + body.encode())
    assert "docs/index.md:5:" in build(tmp_path, docs, ROOT / "mkdocs.yml")
    config = tmp_path / "mkdocs.yml"
    (tmp_path / "jahat.py").write_text("import os; os.system('touch jejak')\n", encoding="utf-8")
    for said in ("hooks: [jahat.py]\n", "plugins:\n  - macros:\n      module_name: jahat\n"):
        (docs / "index.md").write_bytes(HEAD)
        config.write_text(said, encoding="utf-8")
        assert "mkdocs.yml:1:1: " in build(tmp_path, docs, config)
    assert not (tmp_path / "jejak").exists()


@pytest.mark.parametrize("text", ["{{ config }}", "{{ cycler.__init__.__globals__ }}", "{{ page }}"])
def test_the_engine_itself_is_left_with_text(catalogue: Catalogue, tmp_path: Path, text: str) -> None:
    """Were a page to come to it unjudged, mkdocs-macros would not fill it in with words of its own."""
    docs = tmp_path / "docs"
    docs.mkdir()
    settings = {**own_settings(ROOT / "mkdocs.yml"), "site_name": "Uji", "docs_dir": "docs"}

    def made(name: str, body: str) -> str:
        own = Own((Written("a.md", {"title": "A"}, body),), {**settings, "nav": [{"A": "a.md"}]})
        work = tmp_path / name
        return run_engine(own, catalogue, work, [], docs=docs, data=ROOT / "sop_data").pages["a/index.html"]

    with pytest.raises(EngineError):
        made("jahat", text)
    literal = f"{text} {{{{ '{{' }}}} {{# x #}}"
    assert literal in html.unescape(made("mentah", f"# A\n\n{{% raw %}}`{literal}`{{% endraw %}}\n"))


@pytest.mark.parametrize("name", ["x.html", "x.htm", "x.xhtml", "x.shtml"])
def test_a_finished_page_is_not_published_as_it_is(catalogue: Catalogue, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    page = Written("index.md", {"title": "A"}, f"[x]({name})")
    with pytest.raises(PageError, match=r"x\.\w+:1:1: halaman HTML"):
        list(own_files(Own((page,), {"nav": []}), catalogue, tmp_path, ROOT / "sop_data"))


# what a browser would block on a page

ACTIVE = {
    "<script>alert(1)</script>": "skrip di dalam halaman",
    "<SCRIPT type=module>alert(1)</SCRIPT>": "skrip di dalam halaman",
    "<style>p { color: red }</style>": "gaya di dalam halaman",
    '<p style="color: red">a</p>': "gaya di dalam unsur",
    '<p onclick="x()">a</p>': "skrip di dalam unsur",
    "<details ontoggle=x() open>a</details>": "skrip di dalam unsur",
    '<a href="java&#10;script:alert(1)">a</a>': "alamat berisi skrip",
    '<form action="javascript:x()"></form>': "alamat berisi skrip",
    '<button formaction="javascript:x()">a</button>': "alamat berisi skrip",
    '<iframe src="x/"></iframe>': "<iframe> tidak diizinkan",
    '<iframe srcdoc="x"></iframe>': "halaman di dalam halaman",
    '<video src="x.mp4"></video>': "<video> tidak diizinkan",
    '<object data="x.pdf"></object>': "<object> tidak diizinkan",
    '<base href="https://contoh.go.id/">': "<base> tidak diizinkan",
    '<img src="https://contoh.go.id/x.png" alt="">': "diambil dari situs lain",
    '<img src="//contoh.go.id/x.png" alt="">': "diambil dari situs lain",
    '<img srcset="a.png 1x, https://contoh.go.id/x.png 2x" alt="">': "diambil dari situs lain",
    '<link rel="stylesheet" href="https://contoh.go.id/x.css">': "diambil dari situs lain",
    '<script src="https://contoh.go.id/x.js"></script>': "diambil dari situs lain",
    '<form action="https://contoh.go.id/x"></form>': "diambil dari situs lain",
    '<meta http-equiv="refresh" content="0; url=https://contoh.go.id/">': "diteruskan ke situs lain",
    '<svg><use xlink:href="https://contoh.go.id/x.svg#a"/></svg>': "diambil dari situs lain",
}
QUIET = """<p class="x" title="style=a onclick=b">a</p> <a href="https://contoh.go.id/">a</a>
<img src="a.png"> <script type="application/json">{"a": "<script"}</script> <script src="a.js"></script>
<code>&lt;script></code> <meta http-equiv="refresh" content="0; url=x/">
<img src="data:image/png;base64,AA=="> <form action="x/"></form> <svg><use href="#a"/></svg>"""


@pytest.mark.parametrize("body", ACTIVE)
def test_what_the_policy_would_block_is_told(body: str) -> None:
    assert ACTIVE[body] in " ".join(what for _, what in blocked(f"<!doctype html><body>{body}", set()))


def test_what_a_browser_shows_is_not_told() -> None:
    assert list(blocked(f"<!doctype html><body>{QUIET}", set())) == []


def test_pages_are_refused_with_the_place_of_what_would_be_blocked(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Whether it stands there as HTML or is made by Markdown; the engine's own scripts are no fault."""
    docs = tmp_path / "docs"
    docs.mkdir()
    settings = own_settings(ROOT / "mkdocs.yml")
    bodies = {
        "a": "# A\n\nsatu\n<script>alert(1)</script>\n",
        "b": "# B\n\nkata\n{: onclick='x()' }\n",
        "c": "# C\n\n![x](https://contoh.go.id/x.png)\n",
        "d": "# D\n\n`<script>` dan\n\n    <style>\n\nadalah contoh.\n",
    }
    pages = tuple(Written(f"{name}.md", {"title": name}, body, above=4) for name, body in bodies.items())
    own = Own(pages, {**settings, "site_name": "Uji", "docs_dir": "docs", "nav": [{"A": "a.md"}]})
    with pytest.raises(EngineError) as raised:
        run_engine(own, catalogue, tmp_path / "kerja", [], docs=docs, data=ROOT / "sop_data")
    told = str(raised.value).split("\n")
    assert [line.split(": ")[0].removeprefix(docs.as_posix()) for line in told] == [
        *("/a.md:8:1", "/b.md:8:4", "/c.md:7:6"),
    ]


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<img srcset="ada.png 1x, mati.png 2x">', "mati.png"),
        ('<source srcset="mati.png">', "mati.png"),
        ('<svg><a xlink:href="mati/"><text>a</text></a></svg>', "mati/"),
        ('<svg><use xlink:href="mati.svg#a"/></svg>', "mati.svg#a"),
        ('<button formaction="mati/">a</button>', "mati/"),
        ('<meta http-equiv="refresh" content="0; url=mati/">', "mati/"),
        ("<meta http-equiv=Refresh content=\"5;URL='mati/'\">", "mati/"),
        ('<table background="mati.png"></table>', "mati.png"),
    ],
)
def test_addresses_in_rare_places_are_links_too(body: str, address: str) -> None:
    found = page_links("index.html", f"<!doctype html><body>{body}")
    assert address in {link.address for link in found.links}


def test_anchors_are_ids_and_the_names_of_links_alone() -> None:
    body = '<a name="satu"></a><p id="dua">a</p><input name="tiga"><a href="mati/" name="empat">a</a>'
    found = page_links("index.html", f'<!doctype html><meta name="lima" content="a"><body>{body}')
    assert found.anchors == ("dua", "satu")


def test_a_picture_that_only_a_srcset_names_is_published(catalogue: Catalogue, tmp_path: Path) -> None:
    for name in ("satu.png", "dua.png", "lain.png"):
        (tmp_path / name).write_bytes(b"\x89PNG")
    page = Written("index.md", {"title": "A"}, '<img srcset="satu.png 1x, dua.png 2x" alt="">')
    names = {name for name, _ in own_files(Own((page,), {"nav": []}), catalogue, tmp_path, ROOT / "sop_data")}
    assert {"satu.png", "dua.png"} <= names
    assert "lain.png" not in names


@pytest.mark.parametrize(
    ("link", "column"),
    [
        ("a [x](rahasia.md)", 7),
        ("a [x](../dalam/tiada.pdf)", 7),
        ("a [x](a.md#tiada)", 7),
        ("a [x](b.md#tiada)", 7),
        ("a [x](/b/)", 7),
        ("a [x](a%00b.md)", 7),
        ("a [x](http://[::1)", 1),
        ("a [x](javascript:alert(1))", 7),
    ],
)
def test_what_the_engine_says_of_a_link_is_told_in_our_words_with_its_place(
    link: str, column: int, catalogue: Catalogue, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "rahasia.md").write_text("---\ntitle: R\n---\nuntuk internal\n", encoding="utf-8")
    pages = tuple(Written(f"{name}.md", {"title": name}, f"# {name}\n\n{link}\n", above=4) for name in "ab")
    settings = own_settings(ROOT / "mkdocs.yml")
    own = Own(pages, {**settings, "site_name": "Uji", "docs_dir": "docs", "nav": [{"A": "a.md"}]})
    with pytest.raises(EngineError) as raised:
        run_engine(own, catalogue, tmp_path / "kerja", [], docs=docs, data=ROOT / "sop_data")
    said = str(raised.value)
    assert f"{docs.as_posix()}/a.md:{7 if column > 1 else 5}:{column}: " in said
    assert not {"Doc", "file", "page", "contains"} & set(said.split())
