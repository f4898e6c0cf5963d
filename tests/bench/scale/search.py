"""What the search index costs on 150, 1,500 and 15,000 pages: time a page, one page changed, memory.

``python -m tests.bench.scale.search [--pages 150 1500 15000] [--site FOLDER]``; each size in a process of its
own. Times are of the processor, of all processes. ``--site`` also reads the pages of a built site.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from generator.data.lexicon import read_lexicon
from generator.search.index import Unread, make_bundle, read_pages
from generator.search.pages import SearchPage, Section, page_text
from tests.bench.scale.data import DOCUMENTS, OFFICES
from tests.bench.search.corpus import FILLERS, NOUNS, OBJECTS, TOPICS

ROOT = Path(__file__).parents[3]
SYLLABLES = ("ka", "ri", "mo", "ta", "su", "le", "ban", "dar", "wi", "po", "ngu", "ser")


def text(number: int, note: str = "") -> str:
    """The same in JSON."""
    return page_text(page(number, note))


def page(number: int, note: str = "") -> SearchPage:
    """A page as long as that of an SOP; one in four has a name of its own, which no dictionary knows."""
    rng = random.Random(number)
    topic, unit = rng.choice(TOPICS), f"Bidang {TOPICS[number // 20 % len(TOPICS)].title()} {number // 20}"
    steps = [
        Section(
            f"langkah-{n}",
            f"Langkah {n}",
            f"{rng.choice(OFFICES)} {unit}: {rng.choice(FILLERS).format(t=topic)} {rng.choice(OBJECTS)}"
            f" · Kelengkapan · {rng.choice(DOCUMENTS)} {topic} · Waktu · {rng.choice((5, 15, 30))} menit"
            f" · Hasil · {rng.choice(DOCUMENTS)} {topic} · Berikutnya · Langkah {n + 1}",
        )
        for n in range(1, rng.randint(6, 24))
    ]
    name = "".join(rng.choice(SYLLABLES) for _ in range(4)) if number % 4 == 0 else ""
    laws = [f"Peraturan Daerah Nomor {rng.randint(1, 99)} Tahun {2000 + rng.randint(1, 24)}" for _ in "123"]
    about = f"Menjamin {topic} {name} berjalan menurut ketentuan · {' · '.join(laws)} {note}"
    return SearchPage(
        f"sop/sop-{number:05}/",
        f"{rng.choice(NOUNS)} {topic} {number}".title(),
        (Section("", "", about), Section("langkah", "Langkah demi langkah", ""), *steps),
        (("unit", unit), *(("hukum", law) for law in laws), ("status", "Berlaku")),
    )


class Standing:
    """A folder in which a file that follows from the same is left as it stands, as a site's tree does it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, str] = {}

    def put(self, name: str, digest: str, files: Callable[[], Iterable[tuple[str, bytes]]]) -> None:
        if self.files.get(name) != digest:
            for own, content in files():
                file = self.folder / own
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            self.files[name] = digest


def spent() -> float:
    """Seconds of the processor, of this process and those that it waited for."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in told)


def measure(count: int) -> str:
    """A row of the table."""
    lexicon, _ = read_lexicon(ROOT / "generator/default/leksikon.yml")
    known = [Unread(f"sop/sop-{n:05}/", "", partial(text, n)) for n in range(count)]
    began = spent()
    for one in known:
        one.text()
    made = spent() - began
    with tempfile.TemporaryDirectory() as folder:
        out, memory = Standing(Path(folder, "cari")), Path(folder, "ingatan")
        began = spent()
        make_bundle(known, out.put, lexicon, memory)
        cold = spent() - began - 2 * made
        size = sum(file.stat().st_size for file in (out.folder / "istilah").iterdir())
        changed = []
        for turn in range(3):
            at = count // 2 + turn
            known[at] = Unread(known[at].url, f"{turn}", partial(text, at, f"diperiksa {turn} kali"))
            began = spent()
            make_bundle(known, out.put, lexicon, memory)
            changed.append(spent() - began)
        heaviest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = [f"{1000 * cold / count:.1f} ms", f"{min(changed):.2f} s", f"{heaviest:.0f} MB"]
    return f"| {count} | {' | '.join(cells)} | {size // 1000} kB |"


def read(site: Path) -> str:
    """How long a page of a built site is read."""
    began = spent()
    count = sum(1 for _ in read_pages(site))
    return f"{count} halaman dibaca: {1000 * (spent() - began) / count:.1f} ms tiap halaman"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="*", default=[150, 1500, 15000])
    parser.add_argument("--site", type=Path)
    parser.add_argument("--one", type=int)
    given = parser.parse_args()
    if given.one:
        print(measure(given.one))
        return
    print("| halaman | semua, tiap halaman | satu berubah | ingatan | indeks |\n|---|---|---|---|---|")
    for count in given.pages:
        run = [sys.executable, "-m", "tests.bench.scale.search", "--one", str(count)]
        print(subprocess.run(run, check=True, capture_output=True, text=True).stdout, end="", flush=True)
    if given.site:
        print(read(given.site))


if __name__ == "__main__":
    main()
