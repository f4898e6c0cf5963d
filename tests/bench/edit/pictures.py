"""The editing page → the pictures of it in the guide: the first page, the form, a read-in draft."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from PIL import Image

from generator.data.writing.project import NewAgency, project_files
from tests.bench.edit.clerk import Clerk, browser, enter, server
from tests.bench.edit.naskah import NINE, type_in

AGENCY = NewAgency(
    "Dinas Kesehatan Kabupaten Contoh", "Dinkes", "Pemerintah Kabupaten Contoh", "Sekretariat", "Kepala Dinas"
)
READ_IN = (
    ("No", "Kegiatan", "Staf", "Kasi", "Kelengkapan", "Waktu", "Output", "Keterangan"),
    (1, "Mencatat surat", "v", None, "Surat", "5 menit", "Agenda", None),
    (2, "Memeriksa surat", None, "v", "Agenda", "10 menit", "Surat diperiksa", None),
    (3, "Mengirim surat", "v", None, "Surat diperiksa", "1 jam", "Tanda terima", None),
)


def beginning(folder: Path) -> None:
    """What ``sop init`` leaves."""
    for name, text in project_files(AGENCY).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def workbook(path: Path) -> Path:
    """A table as an agency has it: marks in the columns of those who act."""
    book = Workbook()
    sheet = book.create_sheet("alur", 0)
    for row in READ_IN:
        sheet.append(row)
    book.save(path)
    return path


def take(out: Path) -> None:
    """Take the pictures."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        beginning(folder)
        with server(folder) as address, browser(1180, 860) as page:
            top = enter(page, address)
            type_in(Clerk(page), NINE)
            page.click("#l-0-5-uraian")
            page.evaluate(
                "scrollTo(0, document.querySelector('.alur').getBoundingClientRect().top + scrollY - 100)"
            )
            page.wait_for_selector("text=Langkah 6")
            _shot(page, out / "sunting-formulir.png")
            page.goto(top)
            page.set_input_files("#berkas", workbook(folder / "surat keluar.xlsx"))
            page.click("#impor button")
            page.wait_for_selector("#kabar-impor a", timeout=60_000)
            _shot(page, out / "sunting-awal.png")
            page.click("#kabar-impor a")
            page.wait_for_selector("body[data-siap]")
            page.click("[data-gambar] >> nth=-1")
            page.wait_for_timeout(500)
            _shot(page, out / "sunting-draf.png")


def _shot(page: Any, path: Path) -> None:
    """A picture of few colours, as a page is; small enough for a wheel."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(48, dither=Image.Dither.NONE).save(path, optimize=True)
