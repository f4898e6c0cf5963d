"""How every SOP looks on paper, in Word and on pages: a table, and contact sheets to look at.

    python -m tests.bench.look --cases FOLDER [--corpus FOLDER] [--write FILE] [--pictures FOLDER]

``--cases`` is a data folder of SOPs at the edges of the form, ``--corpus`` holds ``flows/*.json``. Word is
seen as LibreOffice draws it. Nothing of either folder is kept.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from playwright.sync_api import Browser, sync_playwright

from generator.data.sources import read_catalogue
from generator.documents.setting import Document, make_docx, make_pdf, set_document
from tests.bench.look.pages import WIDTHS, PaperLook, ScreenLook, on_paper, on_screen
from tests.catalogue.facts import FILES, facts, to_yaml

ROOT = Path(__file__).parents[3]
SEED = ROOT / "sop_data"
_FLOWS = frozenset(path.name for path in FILES)
"""The flows that were transcribed whole, with the texts of their tables."""
_LATE = 600
"""Seconds that another program may take."""
TEXT = """\
---
pembaca: pengembang
---

# Pengukuran rupa

```
make bench-look CASES=folder CORPUS=folder
```

{count} SOP: {cases} di tepi-tepi formulir, {seed} dari `sop_data/`, {corpus} alur bertanda tangan yang
disalin tangan. Semuanya dibuat sebagai PDF, sebagai Word (dilihat lewat LibreOffice) dan sebagai halaman
pada lebar {widths} px, lalu dilihat sebagai gambar.

- **huruf**: ukuran huruf tabel, pt. **hal.**: banyaknya halaman. **isi**: seberapa penuh halaman terakhir.
- **garis**: garis alur yang menyeberang halaman.
- **kata**: kata yang putus tanpa tanda hubung, pada PDF, Word dan halaman.
- **lebih**: piksel yang melewati lebar jendela; tabel juga, mulai 1280 px dan sampai tujuh pelaksana.
- **cacat**: cacat alur pada halaman menurut `check_flow_page.py`.

| SOP | huruf | hal. PDF | hal. Word | isi PDF | isi Word | garis | kata | lebih | cacat |
|---|---|---|---|---|---|---|---|---|---|
{rows}

{words}
"""


class Look(Struct, frozen=True):
    """One SOP in all its forms."""

    name: str
    size: float
    crossing: int
    pdf: PaperLook
    word: PaperLook
    screens: tuple[ScreenLook, ...]

    @property
    def cut(self) -> tuple[str, ...]:
        """The words that are torn, and where."""
        looks = {"PDF": self.pdf.cut, "Word": self.word.cut}
        looks |= {f"{width} px": one.cut for width, one in zip(WIDTHS, self.screens, strict=True)}
        return tuple(f"{word} ({where})" for where, words in looks.items() for word in words)

    def row(self) -> str:
        cells = [
            self.name,
            f"{self.size:.1f}".replace(".", ","),
            self.pdf.pages,
            self.word.pages,
            f"{self.pdf.last:.0%}",
            f"{self.word.last:.0%}",
            self.crossing,
            len(self.cut),
            max(screen.over for screen in self.screens),
            sum(screen.faults for screen in self.screens),
        ]
        return f"| {' | '.join(map(str, cells))} |"


def from_flows(folder: Path, flows: list[Path]) -> None:
    """A data folder of transcribed flows, each with actors of its own."""
    (folder / "sop").mkdir(parents=True)
    actors: dict[str, Any] = {}
    for path in flows:
        slug = "c" + re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
        flow = facts(path)
        columns = {f"a{n}": f"{slug}-{n}" for n in range(len(flow["actors"]))}
        actors |= {columns[f"a{n}"]: {"nama": name} for n, name in enumerate(flow["actors"])}
        sop = {**_renamed(yaml.safe_load(to_yaml(flow, long=False)), columns), "klasifikasi": "publik"}
        (folder / "sop" / f"{slug}.yml").write_text(yaml.safe_dump(sop, allow_unicode=True), encoding="utf-8")
    shutil.copy(SEED / "instansi.yml", folder)
    for name, value in (("unit", {"unit": {"nama": "Unit"}}), ("pelaksana", actors), ("hukum", {})):
        (folder / f"{name}.yml").write_text(yaml.safe_dump(value, allow_unicode=True), encoding="utf-8")


def _renamed(value: Any, names: dict[str, str], key: str = "") -> Any:
    """The same with other ids of actors."""
    if isinstance(value, dict):
        return {k: _renamed(v, names, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_renamed(one, names, key) for one in value]
    return names.get(value, value) if key == "pelaksana" else value


def looks(data: Path, out: Path, pictures: Path | None, browser: Browser) -> Iterator[Look]:
    """Every SOP of a data folder."""
    found, problems = read_catalogue(data)
    if found is None:
        raise SystemExit("\n".join(map(str, problems)))
    out.mkdir(parents=True)
    documents: dict[str, Document] = {}
    for slug in found.sop:
        document, told = set_document(found, slug, data)
        if document is None:
            raise SystemExit("\n".join(map(str, told)))
        documents[slug] = document
        (out / f"{slug}.pdf").write_bytes(make_pdf(document))
        (out / f"{slug}.docx").write_bytes(make_docx(document))
    _in_word(out)
    site = out / "situs"
    build = [sys.executable, "-m", "generator", "build", "--no-documents", "--no-fsync"]
    _run([*build, "--data", str(data), "--out", str(site)])
    for slug, document in documents.items():
        said = list(_said(document))
        page = (site / "internal" / "sop" / slug / "index.html").as_uri()
        shots = [pictures / f"{slug}-{width}.png" if pictures else None for width in WIDTHS]
        screens = [on_screen(browser, page, width, shot) for width, shot in zip(WIDTHS, shots, strict=True)]
        paper = [on_paper(out / name, said) for name in (f"{slug}.pdf", f"word/{slug}.pdf")]
        size = min((sheet.columns.text for sheet in document.sheets), default=0.0)
        yield Look(slug, size, _crossing(document), paper[0], paper[1], tuple(screens))
        if pictures:
            for name, file in (("pdf", out / f"{slug}.pdf"), ("word", out / "word" / f"{slug}.pdf")):
                _run(["pdftoppm", "-r", "60", "-png", str(file), str(pictures / f"{slug}-{name}")])


def _said(document: Document) -> Iterator[str]:
    content = document.content
    for field in (*content.fields, *content.boxes):
        yield from field.lines
    for flow in content.flows:
        yield from flow.lanes
        yield from (line for row in flow.rows for cell in row for line in cell)
    for sheet in document.sheets:
        yield from (label.text for page in sheet.pages for label in page.figure.words)


def _crossing(document: Document) -> int:
    """Lines that go over a page break: each has a connector on both pages."""
    pages = [page for sheet in document.sheets for page in sheet.pages]
    return sum(len(page.figure.connectors) for page in pages) // 2


def _in_word(out: Path) -> None:
    """Every Word file of a folder as LibreOffice draws it."""
    profile = f"-env:UserInstallation={(out / 'profil').as_uri()}"
    files = sorted(map(str, out.glob("*.docx")))
    _run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out / "word"), *files])


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_LATE)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--cases", type=Path, required=True)
    options.add_argument("--corpus", type=Path)
    options.add_argument("--write", type=Path)
    options.add_argument("--pictures", type=Path)
    asked = options.parse_args()
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[Look]] = {}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as play:
        folder = Path(name)
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        sources = {"cases": asked.cases.resolve(), "seed": SEED}
        if asked.corpus:
            flows = sorted((asked.corpus / "flows").glob("*.json"))
            from_flows(folder / "alur", [path for path in flows if path.name in _FLOWS])
            sources["corpus"] = folder / "alur"
        for key, data in sources.items():
            found[key] = []
            for look in looks(data, folder / key, asked.pictures, browser):
                found[key].append(look)
                print(look.row(), *look.cut, flush=True)
        browser.close()
    every = [look for some in found.values() for look in some]
    cut = [f"`{look.name}`: {', '.join(look.cut)}" for look in every if look.cut]
    text = TEXT.format(
        count=len(every),
        **{key: len(found.get(key, ())) for key in ("cases", "seed", "corpus")},
        widths=", ".join(map(str, WIDTHS)),
        rows="\n".join(look.row() for look in every),
        words="Kata yang putus: " + "; ".join(cut) + "." if cut else "Tidak ada kata yang putus.",
    )
    if asked.write:
        asked.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
