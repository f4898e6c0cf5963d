"""Documents → pages and time: ours on one core, and others on the same content."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from generator.documents import Document, make_docx, make_pdf


@dataclass(frozen=True, slots=True)
class Speed:
    """What a run took: pages, and the seconds of each document (or of all in one, where only that can be
    known)."""

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
        start = perf_counter()
        document = make()
        (make_docx if word else make_pdf)(document)
        seconds.append(perf_counter() - start)
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
        start = perf_counter()
        made = engine.HTML(string=page).render()
        made.write_pdf()
        seconds.append(perf_counter() - start)
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
        count, seconds = 0, []
        for page in pages:
            start = perf_counter()
            tab.set_content(page)
            made = tab.pdf(format="A4", landscape=True, tagged=True, outline=True)
            seconds.append(perf_counter() - start)
            count += len(re.findall(rb"/Type\s*/Page\b", made))
        browser.close()
    return Speed("Chromium tanpa layar", len(pages), count, tuple(seconds))


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
            start = perf_counter()
            subprocess.run([*command, *files], check=True, capture_output=True)
            return perf_counter() - start

        files = [str(folder / f"{number}.docx") for number in range(len(documents))]
        run(files[:1])
        once, whole = run(files[:1]), run(files)
    pages = sum(d.face_pages + sum(len(s.pages) for s in d.sheets) for d in documents)
    return Speed("LibreOffice (dari .docx)", len(documents), pages, (whole - once,))
