"""Sites from ``sop_data/``, one of whose SOPs is revised once → bytes on the wire, screens and words before
anything is opened, first paint, layout shift, requests and axe-core's findings of every kind of page, in real
Chromium on a phone (its processor four times slower) and on a desk; taps and scrolls of six tasks.

``python -m tests.bench.site [--write docs/pengukuran-situs.md]``
"""

from __future__ import annotations

import argparse
import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from click.testing import CliRunner
from playwright.sync_api import Browser, sync_playwright

from generator.build.site import Sources, build_sites
from generator.cli import main as sop
from generator.data.catalogue import Audience
from generator.data.sources import read_catalogue
from tests.bench.site import tasks

ROOT = Path(__file__).parents[3]
AXE = ROOT / "tests" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
MARK, TASKS = "<!-- tabel -->", "<!-- tugas -->"
KINDS = {
    "Beranda": "public/",
    "Daftar SOP": "public/sop/",
    "SOP, 7 langkah": "public/sop/surat-dan-jadwal/",
    "SOP, 12 langkah": "public/sop/pembentukan-kim/",
    "Tugas saya": "public/pelaksana/kasi/",
    "Unit kerja": "public/unit/seksi-pemberdayaan-kelompok-komunikasi-masyarakat/",
    "Dasar hukum": "public/hukum/uu-4-2008/",
    "Peta SOP": "public/peta/",
    "Perubahan": "public/perubahan/",
    "Berlaku pada tanggal": "public/berlaku/",
    "Semua versi satu SOP": "public/sop/surat-dan-jadwal/riwayat/",
    "Perbandingan dua versi": "public/sop/surat-dan-jadwal/banding/1-2/",
    "Versi lama": "public/sop/surat-dan-jadwal/versi/1/",
    "Tulisan tangan": "public/cara-membaca/",
    "Kesehatan SOP (internal)": "internal/kesehatan/",
}
_ZIPPED = (".html", ".css", ".js", ".svg", ".json", ".xml")
_SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 500);
})"""
_SEEN = """() => [document.documentElement.scrollHeight / innerHeight,
  document.querySelector('main').innerText.split(/\\s+/).filter(Boolean).length,
  performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0]"""
_SLOWER = 4
"""How many times slower the processor of a phone is taken to be."""
_RULES = """{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice']}, resultTypes: ['violations']}"""


class _Zipping(SimpleHTTPRequestHandler):
    """Serves a folder as nginx would with gzip at level 6."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _ZIPPED:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """A server of the folder on this machine; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Zipping, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Visit(NamedTuple):
    """One first visit: bytes received, screens, words that show, milliseconds to the first paint, requests,
    those to other hosts, layout shift, findings of axe."""

    received: int
    screens: float
    words: int
    paint: float
    requests: int
    others: int
    shift: float
    findings: int | None


def load(browser: Browser, address: str, width: int, dark: bool) -> Visit:
    """A first visit."""
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark" if dark else "light", bypass_csp=True
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1 if dark else _SLOWER})
    sizes: list[float] = []
    asked: list[str] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address, wait_until="networkidle")
    shift = float(page.evaluate(_SHIFT))
    screens, words, paint = page.evaluate(_SEEN)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    received, count = int(sum(sizes)), len(asked)
    others = sum(not url.startswith((address[: address.index("/", 8)], "data:")) for url in asked)
    findings = None
    if AXE.is_file():
        page.evaluate(AXE.read_text(encoding="utf-8"))
        findings = len(page.evaluate(f"axe.run(document, {_RULES})")["violations"])
    context.close()
    return Visit(received, screens, words, paint, count, others, shift, findings)


def revised(target: Path) -> Path:
    """``sop_data/`` with one SOP revised: the pages of versions are made of it."""
    shutil.copytree(ROOT / "sop_data", target)
    said = ["--perubahan", "Waktu langkah 3 dipersingkat", "--alasan", "Hasil evaluasi"]
    days = ["--tanggal", "2026-01-12", "--efektif", "2026-02-01"]
    CliRunner().invoke(
        sop, ["revise", "surat-dan-jadwal", "--data", str(target), *said, *days], catch_exceptions=False
    )
    path = target / "sop" / "surat-dan-jadwal.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("10 Menit", "5 Menit", 1), encoding="utf-8")
    return target


def measure() -> tuple[list[str], list[str]]:
    """The tables of pages and of tasks, line by line."""
    rows = [
        "| Halaman | Lebar | KB | Layar | Kata | Tampak, ms | Permintaan | Host lain | CLS | Temuan axe |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        data, sites = revised(Path(folder) / "data"), Path(folder) / "site"
        catalogue, _ = read_catalogue(data)
        assert catalogue is not None
        build_sites(catalogue, list(Audience), sites, Sources(data, ROOT / "docs", ROOT / "mkdocs.yml"))
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with serve(sites) as top:
            for name, path in KINDS.items():
                for width, dark in ((390, False), (1280, True)):
                    one = load(browser, top + path, width, dark)
                    scheme = "gelap" if dark else "terang"
                    rows.append(
                        f"| {name} | {width}, {scheme} | {_number(one.received / 1000, 1)} "
                        f"| {_number(one.screens, 1)} | {one.words} | {one.paint:.0f} | {one.requests} "
                        f"| {one.others} | {_number(one.shift, 3)} "
                        f"| {'–' if one.findings is None else one.findings} |"
                    )
        with serve(sites / "public") as top:
            walks = tasks.table(browser, top)
        browser.close()
    return rows, walks


def _number(value: float, places: int) -> str:
    return f"{value:.{places}f}".replace(".", ",")


def main() -> None:
    """Measure; print the table, or write it into a page below its mark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    chosen = parser.parse_args()
    table, walks = ("\n".join(rows) for rows in measure())
    if chosen.write is None:
        print(f"{walks}\n\n{table}")
        return
    head = chosen.write.read_text(encoding="utf-8").partition(MARK)[0]
    before, _, rest = head.partition(TASKS)
    after = rest.partition(TASKS)[2]
    text = f"{before}{TASKS}\n\n{walks}\n\n{TASKS}{after}{MARK}\n\n{table}\n"
    chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
