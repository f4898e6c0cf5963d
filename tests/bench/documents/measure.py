"""Documents → pages and time: ours on one core, and others on the same content."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import process_time

from msgspec import Struct

from generator.documents.setting import Document, make_docx, make_pdf


class Speed(Struct, frozen=True):
    """What a run took: pages, and the processor seconds of each document (or of all in one, where only
    that can be known), over all processes that had a part in it."""

    name: str
    documents: int
    pages: int
    seconds: tuple[float, ...]

    @property
    def whole(self) -> float:
        return sum(self.seconds)

    @property
    def each(self) -> float:
        """Milliseconds of a document: the median, which other work on the machine disturbs least."""
        if len(self.seconds) < self.documents:
            return 1000 * self.whole / self.documents
        return 1000 * median(self.seconds)


def ours(name: str, makers: Sequence[Callable[[], Document]], word: bool = False) -> Speed:
    """From content to bytes: layout, measuring, pages, file; one process, nothing from a cache."""
    pages, seconds = 0, []
    for make in makers:
        start = process_time()
        document = make()
        (make_docx if word else make_pdf)(document)
        seconds.append(process_time() - start)
        pages += document.face_pages + sum(len(sheet.pages) for sheet in document.sheets)
    return Speed(name, len(makers), pages, tuple(seconds))


def weasyprint(pages: Sequence[str]) -> Speed | None:
    """WeasyPrint on the same tables as HTML; None where it is not installed."""
    try:
        import weasyprint as engine
    except (ImportError, OSError):
        return None
    engine.HTML(string="<p>siap").write_pdf()
    count, seconds = 0, []
    for page in pages:
        start = process_time()
        made = engine.HTML(string=page).render()
        made.write_pdf()
        seconds.append(process_time() - start)
        count += len(made.pages)
    return Speed("WeasyPrint", len(pages), count, tuple(seconds))


def chromium(pages: Sequence[str]) -> Speed | None:
    """Headless Chromium, started once, printing the same tables as HTML; None where there is none."""
    path = shutil.which("chromium")
    if path is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        tab = browser.new_page()
        tab.set_content("<p>siap")
        tab.pdf()
        count, start = 0, _descendants()
        for page in pages:
            tab.set_content(page)
            made = tab.pdf(format="A4", landscape=True, tagged=True, outline=True)
            count += len(re.findall(rb"/Type\s*/Page\b", made))
        seconds = _descendants() - start
        browser.close()
    return Speed("Chromium tanpa layar", len(pages), count, (seconds,))


def _descendants() -> float:
    """Processor seconds of all processes under this one that are running now (Linux)."""
    parent, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        number = int(stat.parent.name)
        parent[number], used[number] = int(fields[1]), int(fields[11]) + int(fields[12])
    ticks = 0
    for number in parent:
        above = parent[number]
        while above in parent and above != os.getpid():
            above = parent[above]
        ticks += used[number] if above == os.getpid() else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def libreoffice(documents: Sequence[Document]) -> Speed | None:
    """LibreOffice on our own Word files, without the time that starting it takes; None where there is
    none."""
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, document in enumerate(documents):
            (folder / f"{number}.docx").write_bytes(make_docx(document))
        profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name]

        def run(files: Sequence[str]) -> float:
            before = getrusage(RUSAGE_CHILDREN)
            subprocess.run([*command, *files], check=True, capture_output=True)
            after = getrusage(RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        files = [str(folder / f"{number}.docx") for number in range(len(documents))]
        run(files[:1])
        once, whole = run(files[:1]), run(files)
    pages = sum(d.face_pages + sum(len(s.pages) for s in d.sheets) for d in documents)
    return Speed("LibreOffice (dari .docx)", len(documents), pages, (whole - once,))
