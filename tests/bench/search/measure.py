"""Recall and precision at 5 of our search, plain Pagefind and Material's, on the same pages in one Chromium.

``python -m tests.bench.search [--sops 240] [--seed 7] [--write docs/pengukuran-pencarian.md]``
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from generator.data.lexicon import read_lexicon
from generator.search.index import write_index
from tests.bench.search.corpus import Query, Sop, generate, page

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "generator/site/theme/assets/search"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ENGINES = ("Pencarian kita", "Pagefind polos", "Material (lunr)")
Found = dict[str, list[str]]
"""Query → slugs of the first five results."""


def build(folder: Path, sops: list[Sop]) -> Path:
    """A Material site with its own search, our bundle in ``cari/`` and Pagefind's in ``polos/``."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# Beranda\n\nDaftar prosedur.\n", encoding="utf-8")
    for sop in sops:
        file = docs / "sop" / sop.slug / "index.md"
        file.parent.mkdir(parents=True)
        file.write_text(page(sop), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Uji\ntheme: {name: material, language: id, font: false}\nnav: [index.md]\n"
        "plugins: [search]\nvalidation: {nav: {omitted_files: ignore}}\n",
        encoding="utf-8",
    )
    site = folder / "site"
    run = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml"), "-d", str(site)]
    subprocess.run(run, check=True, capture_output=True)
    lexicon, problems = read_lexicon(ROOT / "generator/default/leksikon.yml")
    if problems:
        raise SystemExit(str(problems))
    write_index(site, lexicon)
    plain = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(site / "polos")]
    plain += ["--root-selector", "article.md-content__inner", "--quiet"]
    subprocess.run(plain, check=True, capture_output=True)
    shutil.copytree(ASSETS, site / "alat")
    return site


@contextlib.contextmanager
def serve(site: Path) -> Iterator[str]:
    """The tree on a plain file server; gives its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


LOAD = """async ([at]) => {
  for (const name of ['kata.js', 'berkas.js', 'tanya.js', 'mesin.js']) {
    if (window.sopCari?.open) break;
    await new Promise((done, failed) => {
      const part = Object.assign(document.createElement('script'), { src: at + 'alat/' + name });
      Object.assign(part, { onload: done, onerror: failed });
      document.head.append(part);
    });
  }
  window.cariSitus ??= await sopCari.open(at + 'cari/');
}"""
"""Load the program of our search, which lies in ``alat/``, and the head of the bundle."""
OURS = """async ([queries]) => {
  const all = {};
  for (const query of queries) {
    const { results } = await cariSitus.search(query);
    all[query] = results.filter((r) => r.sop && !r.without.length).slice(0, 5).map((r) => r.url);
  }
  return all;
}"""
"""Only what holds all that was asked for: partial matches stand under a heading of their own."""
PLAIN = """async ([queries, at]) => {
  const pagefind = await import(at + 'polos/pagefind.js');
  const all = {};
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    all[query] = (await Promise.all(results.slice(0, 5).map((r) => r.data()))).map((d) => d.url);
  }
  return all;
}"""
MATERIAL = """async ([queries, at]) => {
  const settings = JSON.parse(document.getElementById('__config').textContent);
  const data = await (await fetch(at + 'search/search_index.json')).json();
  const worker = new Worker(new URL(settings.search, location.href));
  const ask = (message, type) => new Promise((resolve) => {
    worker.addEventListener('message', function heard({ data }) {
      if (data.type === type) { worker.removeEventListener('message', heard); resolve(data.data); }
    });
    worker.postMessage(message);
  });
  await ask({ type: 0, data: { ...data, options: { suggest: false } } }, 1);
  const all = {};
  for (const query of queries) {
    const { items } = await ask({ type: 2, data: query }, 3);
    all[query] = items.slice(0, 5).map((group) => group[0].location);
  }
  return all;
}"""


def ask(browser_page: Page, script: str, queries: list[Query], address: str) -> Found:
    """The first five results of each query, as slugs."""
    texts = list(dict.fromkeys(query.text for query in queries))
    if script is OURS:
        browser_page.evaluate(LOAD, [address])
    raw: dict[str, list[str]] = browser_page.evaluate(script, [texts, address])
    return {text: [_slug(url) for url in urls] for text, urls in raw.items()}


def _slug(url: str) -> str:
    parts = url.split("#")[0].strip("/").split("/")
    return parts[-1] if len(parts) > 1 and parts[-2] == "sop" else url


def recall(query: Query, found: list[str]) -> float:
    """Share of the right SOPs, at most five, among the first five results."""
    return len(query.answers.intersection(found)) / min(5, len(query.answers))


def precision(query: Query, found: list[str]) -> float:
    """Share of right ones among the results shown, at most five; 0 where nothing is shown."""
    return sum(slug in query.answers for slug in found) / max(1, len(found))


def lines(queries: list[Query], results: dict[str, Found]) -> list[str]:
    """The table: engines beside each other, by kind and by half."""
    rows = [("semua", queries)]
    rows += [("rumpun terbuka", [q for q in queries if not q.held_out])]
    rows += [("rumpun tertahan", [q for q in queries if q.held_out])]
    rows += [
        (kind, [q for q in queries if q.kind == kind]) for kind in ("kata", "singkatan", "ejaan", "pasangan")
    ]
    out = ["| pertanyaan | jumlah | " + " | ".join(f"{e}: recall@5 | presisi@5" for e in results) + " |"]
    out.append("|---|---|" + "---|---|" * len(results))
    for name, some in rows:
        cells = []
        for found in results.values():
            for measure in (recall, precision):
                cells.append(
                    f"{100 * sum(measure(q, found[q.text]) for q in some) / len(some):.1f} %".replace(
                        ".", ","
                    )
                )
        out.append(f"| {name} | {len(some)} | " + " | ".join(cells) + " |")
    return out


def measure(sops: int, seed: int) -> tuple[list[str], list[str]]:
    """Table, and the misses of ours on the open half."""
    made, queries = generate(sops, seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(build(Path(folder), made)) as address,
        sync_playwright() as p,
    ):
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = p.chromium.launch(executable_path=CHROMIUM, args=options)
        opened = browser.new_page()
        opened.goto(address)
        scripts = zip(ENGINES, (OURS, PLAIN, MATERIAL), strict=True)
        results = {name: ask(opened, script, queries, address) for name, script in scripts}
        browser.close()
    ours = results[ENGINES[0]]
    missed = [
        f"{q.text}: {sorted(q.answers.difference(ours[q.text]))} tidak ada; ada {ours[q.text]}"
        for q in queries
        if not q.held_out and (recall(q, ours[q.text]) < 1 or precision(q, ours[q.text]) < 1)
    ]
    return lines(queries, results), missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sops", type=int, default=240)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--missed", action="store_true", help="print what ours missed on the open half")
    given = parser.parse_args()
    table, missed = measure(given.sops, given.seed)
    print("\n".join(table))
    if given.missed:
        print("\n".join(missed))
    if given.write:
        text = given.write.read_text(encoding="utf-8")
        before, _, rest = text.partition("<!-- tabel -->")
        _, _, after = rest.partition("<!-- akhir tabel -->")
        filled = "\n".join(table)
        given.write.write_text(
            f"{before}<!-- tabel -->\n\n{filled}\n\n<!-- akhir tabel -->{after}", encoding="utf-8"
        )
