"""One sheet in the place of the theme's: pages look the same with it."""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Browser

from generator.build.engine.styles import SHEET, Styles
from tests.publish.conftest import Site
from tests.publish.test_pages_in_browser import PAGES

_KINDS = [path for path in PAGES if not path.endswith(("unit/index.html", "pelaksana/index.html"))][:12]
_DIFFERENCES = """async ([sheets, names]) => {
  const frame = () => new Promise(requestAnimationFrame);  // what is seen is told to scripts once a frame
  const still = async () => {
    for (let frames = 0; frames < 3; frames++) await frame();
    await Promise.all(document.getAnimations().map(one => one.finished));
  };
  const looks = () => [...document.querySelectorAll("html, body, body *")].flatMap(one =>
    [null, "::before", "::after"].map(part => {
      const style = getComputedStyle(one, part);
      if (part && style.content === "none") return "";
      return names.map(name => style.getPropertyValue(name)).join("|");
    }));
  await still();
  const small = looks();
  const link = document.querySelector("link[href$='assets/tema.css']");
  for (const sheet of sheets) {
    const whole = link.cloneNode();
    whole.href = link.href.replace("assets/tema.css", sheet);
    const loaded = new Promise(done => whole.addEventListener("load", done));
    link.before(whole);
    await loaded;
  }
  link.remove();
  await still();
  const parts = look => look.split("|");
  const differ = (one, other) => names.filter((_, at) => parts(one)[at] !== parts(other)[at]).join();
  const elements = document.querySelectorAll("html, body, body *");
  return looks().flatMap((look, at) =>
    look === small[at] ? [] : [`${elements[Math.floor(at / 3)].className}: ${differ(look, small[at])}`]);
}"""
_NAME = re.compile(r"(?<=[{;])([a-z][a-z-]+)(?=:)")


@pytest.mark.parametrize(
    ("width", "scheme", "media"),
    [(390, "light", "screen"), (1280, "dark", "screen"), (1280, "light", "print")],
)
def test_pages_look_the_same_as_with_all_of_the_theme(
    browser: Browser, site: Site, width: int, scheme: str, media: str
) -> None:
    """Every property of every element, of a page of each kind."""
    public = site.out / "internal"
    sheets = sorted((public / "assets/stylesheets").glob("*.css"))
    names = sorted({name for sheet in sheets for name in _NAME.findall(sheet.read_text())})
    assert {"color", "display", "margin", "mask-image"} <= set(names)
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.emulate_media(media=media)  # type: ignore[arg-type]
    for path in _KINDS:
        page.goto((public / path).as_uri())
        given = [[sheet.relative_to(public).as_posix() for sheet in sheets], names]
        assert page.evaluate(_DIFFERENCES, given) == [], path
    context.close()


def test_the_sheet_is_a_third_of_the_theme(site: Site) -> None:
    public = site.out / "internal"
    whole = b"".join(path.read_bytes() for path in sorted((public / "assets/stylesheets").glob("*.css")))
    assert len(gzip.compress((public / SHEET).read_bytes())) < len(gzip.compress(whole)) / 3


def test_every_page_of_ours_has_it(site: Site) -> None:
    """What we generate names no other class of the theme; so does what comes with the program."""
    linked = re.compile(r'href="([./]*)assets/(tema|stylesheets/main\.\w+\.min)\.css"')
    pages = [path for path in site.out.rglob("*.html") if b"md-typeset" in path.read_bytes()]
    assert len(pages) > 50
    assert {linked.findall(path.read_text())[0][1] for path in pages} == {"tema"}


_PLAIN = '<link rel="stylesheet" href="../assets/stylesheets/main.0a.min.css">\n<p class="md-typeset {}">'


@pytest.mark.parametrize(
    "named",
    ["admonition", "md-banner", 'x"><script src="../assets/javascripts/bundle.1.js"></script><p id="'],
)
def test_a_page_that_needs_more_keeps_the_sheets_of_the_theme(named: str) -> None:
    theme = b".md-typeset p{color:red}.admonition{color:red}.md-banner .x{color:red}"
    styles = Styles({"assets/stylesheets/main.0a.min.css": theme}, [], [])
    assert styles.text == ".md-typeset p{color:red}"
    assert SHEET in styles.linked(_PLAIN.format("js"))
    of_an_agency = _PLAIN.format("js").replace(
        "../assets", "/dinkes/assets"
    )  # what is not there, in a portal
    assert f'href="/dinkes/{SHEET}"' in styles.linked(of_an_agency)
    assert styles.linked(_PLAIN.format(named)) == _PLAIN.format(named)


@pytest.mark.parametrize(
    ("theme", "wanted"),
    [
        (".md-nav,.md-banner{x:y}", ".md-nav{x:y}"),
        (".md-nav:not(.md-banner){x:y}", ".md-nav:not(.md-banner){x:y}"),
        (
            "@media print{.md-banner{x:y}.md-nav{x:y}}@media print{.md-banner{x:y}}",
            "@media print{.md-nav{x:y}}",
        ),
        ("@media print{@media screen{a{x:y}.md-banner{x:y}}}", "@media print{@media screen{a{x:y}}}"),
        ("[dir=rtl] a{x:y}[dir=ltr] a{x:y}[dir] a{x:y}", "[dir=ltr] a{x:y}[dir] a{x:y}"),
        (':root{--a:url("x;}y");--b:1;--c:2}a{x:var(--b)}', ":root{--b:1;}a{x:var(--b)}"),
        (":root{--a:var(--b);--b:1}a{x:var(--a)}", ":root{--a:var(--b);--b:1}a{x:var(--a)}"),
        ("@font-face{font-family:x}@import 'y';", '@font-face{font-family:x}@import "y";'),
        ("a{}", "a{}"),
    ],
)
def test_rules_that_can_hold_are_kept(theme: str, wanted: str) -> None:
    files = {"assets/stylesheets/main.0a.min.css": theme.encode(), "assets/stylesheets/other.css": b"b{}"}
    assert Styles(files, ['<body dir="ltr">'], []).text == wanted
