"""Real SOPs and what strangers type → recall@5, MRR@10 and first hit right of our box, beside plain BM25 with
stems and plain Pagefind; bytes to the first result and time of a keystroke.

``python -m tests.bench.search.strangers FOLDER``: a data folder with ``pertanyaan.tsv`` (question, group,
right slugs). Nothing of it is kept.
"""

from __future__ import annotations

import argparse
import gzip
import math
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct
from playwright.sync_api import Page, Response, sync_playwright

from generator.data.words import root, split
from generator.search.dictionary import base_words
from generator.search.digest import texts_of
from generator.search.index import read_pages
from tests.bench.search.measure import CHROMIUM, PLAIN, serve

Found = Callable[[str], list[str]]
"""Question → slugs of the hits, the best first; a page that is no SOP is ""."""


class Question(Struct, frozen=True):
    text: str
    group: str
    right: frozenset[str]


def questions(file: Path) -> list[Question]:
    rows = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if line)
    return [Question(text, group, frozenset(right.split())) for text, group, right in rows]


def build(data: Path, folder: Path) -> Path:
    """The public site of the data, with plain Pagefind's bundle in ``polos/``."""
    options = ["--no-documents", "--audience", "public", "--out", str(folder)]
    run = [sys.executable, "-m", "generator", "build", "--data", str(data), *options]
    subprocess.run(run, check=True, capture_output=True)
    site = folder / "public"
    plain = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(site / "polos")]
    subprocess.run([*plain, "--quiet"], check=True, capture_output=True)
    return site


def plain_bm25(site: Path) -> Found:
    """BM25 over all words of the SOPs' pages by their roots, and nothing else."""
    roots = base_words()
    known: dict[str, str] = {}

    def terms(text: str) -> list[str]:
        return [known.setdefault(word, root(word, roots) or word) for word in split(text)]

    pages = {slug: terms(" ".join(texts_of(page))) for page in read_pages(site) if (slug := _slug(page.url))}
    counts = {slug: Counter(words) for slug, words in pages.items()}
    held = Counter(term for words in counts.values() for term in words)
    common = sum(map(len, pages.values())) / len(pages)

    def score(asked: list[str], slug: str) -> float:
        size = 1.2 * (0.25 + 0.75 * len(pages[slug]) / common)
        return sum(
            math.log(1 + (len(pages) - held[term] + 0.5) / (held[term] + 0.5)) * count * 2.2 / (count + size)
            for term in asked
            if (count := counts[slug][term])
        )

    def find(question: str) -> list[str]:
        asked = terms(question)
        scores = {slug: value for slug in pages if (value := score(asked, slug))}
        return sorted(scores, key=lambda slug: (-scores[slug], slug))[:10]

    return find


def our_box(page: Page, address: str) -> Found:
    """What stands in the box when a question was typed."""

    def find(question: str) -> list[str]:
        page.goto(address)
        page.locator("#cari-isian").fill(question)
        page.wait_for_function(
            "() => { const said = document.querySelector('.cari-keadaan').textContent;"
            " return said && !said.startsWith('Ketik'); }"
        )
        links = page.locator("#cari-hasil a[href]")
        return _distinct([_slug(url) for url in links.evaluate_all("all => all.map((a) => a.href)")])

    return find


def plain_pagefind(page: Page, address: str) -> Found:
    def find(question: str) -> list[str]:
        page.goto(address)
        script = PLAIN.replace("slice(0, 5)", "slice(0, 10)")
        return _distinct([_slug(url) for url in page.evaluate(script, [[question], address])[question]])

    return find


def _slug(url: str) -> str:
    parts = url.split("#")[0].strip("/").split("/")
    return parts[-1] if len(parts) > 1 and parts[-2] == "sop" else ""


def _distinct(slugs: list[str]) -> list[str]:
    return list(dict.fromkeys(slugs))


def measures(asked: Question, found: list[str]) -> tuple[float, float, float]:
    """Recall@5, reciprocal rank of the first right one of ten, whether the first is right."""
    recall = len(asked.right.intersection(found[:5])) / min(5, len(asked.right))
    rank = next((at for at, slug in enumerate(found[:10], 1) if slug in asked.right), 0)
    return recall, 1 / rank if rank else 0.0, float(rank == 1)


def table(asked: list[Question], engines: dict[str, Found]) -> list[str]:
    rows: dict[str, dict[str, list[tuple[float, float, float]]]] = defaultdict(lambda: defaultdict(list))
    for name, find in engines.items():
        for one in asked:
            result = measures(one, find(one.text))
            for group in ("semua", one.group):
                rows[group][name].append(result)
    out = [
        "| pertanyaan | jumlah | " + " | ".join(f"{n}: recall@5 | MRR@10 | pertama" for n in engines) + " |"
    ]
    out.append("|---|---|" + "---|---|---|" * len(engines))
    for group, found in rows.items():
        cells = [
            f"{sum(one[at] for one in found[name]) / len(found[name]):.3f}".replace(".", ",")
            for name in engines
            for at in range(3)
        ]
        out.append(f"| {group} | {len(next(iter(found.values())))} | {' | '.join(cells)} |")
    return out


def _weigh(sizes: list[int], answer: Response) -> None:
    sizes.append(len(gzip.compress(answer.body())))


def weights(page: Page, address: str, asked: list[Question]) -> str:
    """Bytes of scripts to the first result (gzip), and milliseconds of a search at each letter."""
    heavy: list[int] = []
    for one in asked[::7]:
        sizes: list[int] = []
        fresh = page.context.browser.new_context() if page.context.browser else page.context
        opened = fresh.new_page()
        opened.goto(address, wait_until="networkidle")
        opened.on("response", partial(_weigh, sizes))
        our_typed(opened, one.text)
        heavy.append(sum(sizes))
        fresh.close()
    page.goto(address)
    our_typed(page, asked[0].text)
    times: list[float] = page.evaluate(
        """async ([address, questions]) => {
             const search = await sopCari.open(new URL('cari/', address).href);
             const times = [];
             for (const question of questions) {
               for (let end = 1; end <= question.length; end++) {
                 const began = performance.now();
                 await search.search(question.slice(0, end));
                 times.push(performance.now() - began);
               }
             }
             return times.sort((a, b) => a - b);
           }""",
        [address, [one.text for one in asked]],
    )
    at = times[int(0.95 * len(times))]
    most = max(heavy) // 1000
    return f"{most} kB (gzip) paling banyak sampai hasil pertama; ketukan ke-95 dari 100: {at:.0f} ms"


def our_typed(page: Page, question: str) -> None:
    page.locator("#cari-isian").fill(question)
    page.locator("#cari-hasil a[href]").first.wait_for()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    asked = questions(given.folder / "pertanyaan.tsv")
    with tempfile.TemporaryDirectory() as folder:
        site = build(given.folder, Path(folder))
        with serve(site) as address, sync_playwright() as p:
            browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            plain = browser.new_context(bypass_csp=True).new_page()
            engines = {
                "Pencarian kita": our_box(page, address),
                "BM25 polos": plain_bm25(site),
                "Pagefind polos": plain_pagefind(plain, address),
            }
            print("\n".join(table(asked, engines)))
            print(weights(page, address, asked))
            browser.close()


if __name__ == "__main__":
    main()
