"""What a clerk has on the desk: two SOPs on paper, as values, and how they are entered from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.data.load import load_file
from generator.data.writing.lines import plain
from tests.bench.edit.clerk import Clerk

_WORTH = 12
"""Keys that taking an offered text must save before a person thinks of it."""
SEED = Path(__file__).parents[3] / "sop_data"


class Step(Struct, frozen=True):
    """A row of the paper; ``branches`` are (label, row from 1, None: the next) of a decision."""

    what: str
    who: int
    needs: str
    time: str
    result: str
    note: str = ""
    question: str = ""
    branches: tuple[tuple[str, int | None], ...] = ()


class Paper(Struct, frozen=True):
    """An SOP on paper; ``laws`` as few words as find each in the register, or the whole citation."""

    name: str
    unit: str
    actors: tuple[str, ...]
    steps: tuple[Step, ...]
    laws: tuple[str, ...] = ()
    boxes: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    related: tuple[str, ...] = ()


def seed_paper() -> Paper:
    """The seed's SOP *Surat dan Jadwal* as it stands on paper."""
    tree, _ = load_file(SEED / "sop" / "surat-dan-jadwal.yml")
    assert tree is not None
    values: Any = plain(tree)
    columns = values["pelaksana"]
    steps = tuple(
        Step(
            s["uraian"],
            columns.index(s["pelaksana"]),
            s["kelengkapan"],
            s["waktu"],
            s["output"],
            s["keterangan"],
        )
        for s in values["kegiatan"]
    )
    boxes = tuple(
        (key, values[key])
        for key in ("kualifikasi_pelaksana", "peralatan_perlengkapan", "pencatatan_pendataan")
    )
    return Paper(
        name="Surat dan Jadwal",
        unit="Seksi Pemberdayaan Kelompok Komunikasi Masyarakat",
        actors=("Kasi", "JFU", "Kabid", "Kadis"),
        steps=steps,
        laws=(
            "uu 4 2008",
            "uu 25",
            "permenkominfo 8",
            "permenkominfo 27",
            "perda badung",
            "perbup 43",
            "perbup 78",
            "se bupati",
        ),
        boxes=boxes,
        dates=(("pembuatan", "-"), ("revisi", "-"), ("efektif", "-")),
        related=("Kelompok Informasi Masyarakat", "Pemerintahan Desa/Kelurahan"),
    )


NINE = Paper(
    name="Pelayanan Permohonan Informasi",
    unit="Dinas Komunikasi dan Informatika Kabupaten Badung",
    actors=("Pemohon", "Petugas Loket", "Kasi", "Kadis"),
    steps=(
        Step("Mengajukan permohonan informasi", 0, "Formulir dan KTP", "5 Menit", "Berkas permohonan"),
        Step("Menerima dan mencatat permohonan", 1, "Berkas permohonan", "10 Menit", "Nomor #12 register"),
        Step(
            *("Memeriksa kelengkapan permohonan", 1, "Nomor #12 register", "10 Menit", "Hasil pemeriksaan"),
            question="Lengkap?",
            branches=(("Ya", None), ("Tidak", 1)),
        ),
        Step("Meneruskan permohonan kepada Kasi", 1, "Hasil pemeriksaan", "5 Menit", "Lembar disposisi"),
        Step("Menyiapkan informasi yang diminta", 2, "Lembar disposisi", "2 Hari", "Konsep jawaban"),
        Step(
            *("Memeriksa konsep jawaban", 3, "Konsep jawaban", "1 Jam", "Konsep yang disetujui"),
            question="Setuju?",
            branches=(("Ya", None), ("Tidak", 5)),
        ),
        Step("Menandatangani jawaban", 3, "Konsep yang disetujui", "5 Menit", "Jawaban bertanda tangan"),
        Step("Memberi nomor dan stempel", 1, "Jawaban bertanda tangan", "5 Menit", "Jawaban bernomor"),
        Step("Menerima jawaban", 0, "Jawaban bernomor", "5 Menit", "Tanda terima"),
    ),
    laws=("uu 25", "UU Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik"),
    boxes=(("peringatan", "Jika terlambat maka pemohon dapat mengajukan keberatan."),),
    dates=(("pembuatan", "5/1/2027"), ("efektif", "1 Februari 2027")),
)
"""Nine steps with two decisions that lead back, a column and a law that no register has."""


def type_in(clerk: Clerk, paper: Paper) -> None:
    """Enter a paper on the first page, from its name to the saved file."""
    page = clerk.page
    clerk.think()
    clerk.click("[name=nama]")
    clerk.type(paper.name)
    clerk.press("Tab")
    clerk.think()
    if page.input_value("[name=unit]") != paper.unit:  # the usual one stands there, marked
        clerk.type(paper.unit)
    clerk.press("Enter")
    page.wait_for_selector("body[data-siap]")
    _identity(clerk, paper)
    for actor in paper.actors:
        clerk.think()
        if actor == paper.actors[0]:
            clerk.click("#kolom-baru-0")
        clerk.type(actor)
        clerk.press("Enter")
        clerk.settle()
    clerk.click("#l-0-0-uraian")
    for row, step in enumerate(paper.steps):
        _row(clerk, paper, row, step)
        if row + 1 < len(paper.steps):
            clerk.press("Control+Enter")
            clerk.settle()
    clerk.think()
    clerk.press("Control+s")
    clerk.settle()


def _identity(clerk: Clerk, paper: Paper) -> None:
    for n, (key, text) in enumerate(paper.dates):
        clerk.think()
        if n and len(paper.dates) == 3:  # one below the other, past the button of the calendar
            clerk.press("Tab", "Tab")
        else:
            clerk.click(f"#i-tanggal-{key}")
        clerk.type(text)
    for box, names in (("dasar_hukum", paper.laws), ("keterkaitan", paper.related)):
        for n, name in enumerate(names):
            clerk.think()
            if n == 0:
                clerk.click(f"#baru-{box}")
            clerk.type(name)
            clerk.press("Enter")
            clerk.settle()
    for box, text in paper.boxes:
        clerk.think()
        clerk.click(f"#i-{box}")
        clerk.type(text)
    clerk.settle()


def _row(clerk: Clerk, paper: Paper, row: int, step: Step) -> None:
    """One row, from cell to cell with the Tab key; what the row above suggests is taken with one key."""
    above = paper.steps[row - 1] if row else None
    clerk.think()
    _write(clerk, step.what, [other.what for other in paper.steps[:row][::-1]])
    clerk.press("Tab")
    clerk.think()
    clerk.press(str(step.who + 1))
    clerk.settle()
    if step.branches:
        _decide(clerk, row, step)
    clerk.press("Tab")
    before = paper.steps[:row][::-1]
    made = [text for other in before for text in (other.result, other.needs)]
    needed = [text for other in before for text in (other.needs, other.result)]
    cells: tuple[tuple[str, str | None, Sequence[str]], ...] = (
        (step.needs, above.result if above else None, needed),
        (step.time, above.time if above else None, [other.time for other in before]),
        (step.result, None, made),
        (step.note, above.note if above else None, [other.note for other in before]),
    )
    for n, (text, suggested, alike) in enumerate(cells):
        if n:
            clerk.press("Tab")
        clerk.think()
        if text and text == suggested:
            clerk.press("ArrowRight")
        else:
            _write(clerk, text, alike)
    clerk.settle()


def _write(clerk: Clerk, text: str, alike: Sequence[str]) -> None:
    """Type a text; where the page offers the rest of one that is much like it, take that after a thought, and
    type its end anew."""
    for n in range(3, len(text)):
        offered = next((one for one in alike if len(one) > n + 3 and one.startswith(text[:n])), "")
        same = next(
            (k for k, (a, b) in enumerate(zip(offered, text, strict=False)) if a != b),
            min(len(offered), len(text)),
        )
        wrong = len(offered) - same
        if same - n - wrong > _WORTH:
            clerk.type(text[:n])
            clerk.think()
            clerk.press("ArrowRight", *["Backspace"] * wrong)
            text = text[same:]
            break
    if text:
        clerk.type(text)


def _decide(clerk: Clerk, row: int, step: Step) -> None:
    """A decision by one key, the branch that leads back by clicking the step that it leads to."""
    clerk.think()
    clerk.press("k")
    clerk.settle()
    clerk.think()
    target = step.branches[1][1]
    assert target is not None
    clerk.click(f"#baris-0-{target - 1} .alur-no")
    clerk.settle()
    clerk.think()
    clerk.click("#r-pertanyaan")
    clerk.type(step.question)
    clerk.settle()
    clerk.click(f"#p-0-{row}-{step.who}")
    clerk.settle()
