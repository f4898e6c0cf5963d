"""1,000 made SOPs and a search of 10,000 → how long a phone works at the long list, and the search at a key.

``python -m tests.bench.site.long``; the processor of the phone is taken to be four times slower. The search
has made pages as long as those of SOPs (``tests.bench.scale.search``).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from generator.build.site import Sources, build_sites
from generator.data.catalogue import Audience
from generator.data.lexicon import read_lexicon
from generator.data.sources import read_catalogue
from generator.search.index import Unread, make_bundle
from tests.bench.scale.data import write_folder
from tests.bench.scale.search import Standing, text
from tests.bench.site.__main__ import ROOT, serve

ROWS, SOPS, SLOWER = 1000, 10_000, 4
ASKED = [
    "Pengelolaan radio komunitas",
    "Pengurusan izin reklame",
    "menit laporan daftar",
    "berkas surat lengkap",
]
WAIT = 120
"""Milliseconds that the search waits for the next key."""
_WATCH = """
window.busy = 0; window.largest = 0;
new PerformanceObserver(seen => seen.getEntries().forEach(e => { busy += e.duration - 50; }))
  .observe({type: 'longtask', buffered: true});
new PerformanceObserver(seen => seen.getEntries().forEach(e => { largest = e.startTime; }))
  .observe({type: 'largest-contentful-paint', buffered: true});"""
_SEEN = """[performance.getEntriesByName('first-contentful-paint')[0].startTime, largest, busy,
  performance.getEntriesByType('navigation')[0].loadEventEnd]"""
_KEYS = """async asked => {
  const box = document.querySelector('#cari-isian'), took = [];
  for (const words of asked) for (let n = 1; n <= words.length; n++) {
    box.value = words.slice(0, n);
    let last = 0;
    const began = performance.now(), seen = new MutationObserver(() => { last = performance.now(); });
    seen.observe(document.body, {subtree: true, childList: true, characterData: true});
    box.dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(done => setTimeout(done, 350));
    seen.disconnect();
    if (last) took.push(last - began);
  }
  return took; }"""


def long_list(browser: Browser, top: str) -> list[float]:
    """First and largest paint, blocked and loaded, milliseconds; the median of five visits."""
    visits = []
    for _ in range(5):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.add_init_script(_WATCH)
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{top}sop/", wait_until="networkidle")
        page.wait_for_timeout(500)
        visits.append(page.evaluate(_SEEN))
        context.close()
    return [sorted(column)[2] for column in zip(*visits, strict=True)]


def search(browser: Browser, top: str) -> tuple[float, dict[str, float]]:
    """kB until the first result, and the 95th percentile of a key in milliseconds, at first and once warm."""
    page = browser.new_context(viewport={"width": 1280, "height": 844}).new_page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    page.goto(top, wait_until="networkidle")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.locator("#cari-isian").click()
    page.keyboard.type("pengadaan", delay=60)
    page.wait_for_selector("#cari-hasil a")
    page.wait_for_timeout(1000)
    first = sum(sizes) / 1000
    found = {}
    for name in ("pertama", "hangat"):
        took: list[Any] = sorted(page.evaluate(_KEYS, ASKED))
        found[name] = took[int(0.95 * len(took))] - WAIT
    return first, found


def build(top: Path) -> Path:
    """A site of so many SOPs; gives it."""
    data = write_folder(top / "data", ROWS)
    catalogue, _ = read_catalogue(data)
    assert catalogue is not None
    sources = Sources(data, ROOT / "docs", ROOT / "mkdocs.yml")
    build_sites(catalogue, [Audience.PUBLIK], top / "site", sources, papers=False)
    return top / "site" / "public"


def widen(site: Path, memory: Path) -> None:
    """Let the search of a site be that of ten times as many SOPs."""
    lexicon, _ = read_lexicon(ROOT / "generator/default/leksikon.yml")
    known = [Unread(f"sop/sop-{n:05}/", "", partial(text, n)) for n in range(SOPS)]
    shutil.rmtree(site / "cari")
    make_bundle(known, Standing(site / "cari").put, lexicon, memory)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = build(Path(folder))
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with serve(site) as top:
            told = [f"{one:.0f}" for one in long_list(browser, top)]
            print(f"daftar {ROWS} SOP, ms: tampak, isi, tertahan, dimuat: {', '.join(told)}")
            widen(site, Path(folder) / "ingatan")
            size, keys = search(browser, top)
            told = [f"{name} {one:.0f} ms" for name, one in keys.items()]
            print(f"cari {SOPS} SOP: {size:.0f} kB; ketukan ke-95: {', '.join(told)}")
        browser.close()


if __name__ == "__main__":
    main()
