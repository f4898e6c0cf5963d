"""Random tables through each door → drafts: whatever is filled stands in a draft, in an entry, or is told."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator

import pytest

from generator.reading.doors import door
from generator.reading.draft.draft import drafts
from generator.reading.draft.text import draft_text
from generator.reading.seen import Box
from generator.reading.understand import understand
from tests.documents.cases import catalogue
from tests.reading.cells import book
from tests.reading.painted import Pen, pdf
from tests.reading.word_files import SPACES, package

Row = list[str]
_LABELS = ("Nomor SOP", "Tanggal Efektif", "Disahkan oleh", "Nama SOP", "Tanggal Revisi", "Unit Kerja")
_BOXES = ("Dasar Hukum", "Kualifikasi Pelaksana", "Keterkaitan", "Peringatan", "Pencatatan dan Pendataan")
_MARK = re.compile(r"isi\d+q")
_FIELDS = ("Kelengkapan", "Waktu", "Output", "Keterangan", "Tipe", "Catatan Auditor")


class Made:
    """A table of cells in which each filled cell that is no heading of the form says a word of its own."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.rows = [*self.identity(), [], *self.table(), *self.after()]
        for row in self.rows:
            if row and self.chance.random() < 0.08:
                row[self.chance.randrange(len(row))] = self.word()
            elif self.chance.random() < 0.04:
                row += [""] * self.chance.randrange(9) + [self.word()]
        self.words = [mark for row in self.rows for cell in row for mark in _MARK.findall(cell)]

    def word(self, shape: str = "") -> str:
        """A text that stands nowhere else."""
        self.count += 1
        shapes = (
            "{}",
            "Surat {}",
            "1. Satu {}",
            "{} :",
            "- {}",
            "Hal {}\nlain",
            "({})",
            "{} 12",
            "Catatan: {}",
        )
        return (shape or self.chance.choice(shapes)).format(f"isi{self.count}q")

    def identity(self) -> Iterator[Row]:
        if self.chance.random() < 0.5:
            yield [self.word("PEMERINTAH {}")]
        for label in self.chance.sample(_LABELS, self.chance.randrange(7)):
            row = [label, self.word()]
            if self.chance.random() < 0.3:
                row.insert(1, ":")
            yield ["", *row] if self.chance.random() < 0.2 else row
        for label in self.chance.sample(_BOXES, self.chance.randrange(4)):
            other = self.chance.choice(["", *_BOXES])
            yield [label, "", other] if other != label else [label]
            for _ in range(self.chance.randrange(3)):
                yield [self.word(), "", self.word()] if self.chance.random() < 0.6 else [self.word()]

    def table(self) -> Iterator[Row]:
        actors = [self.word("Staf {}") for _ in range(self.chance.randrange(1, 3))]
        actors.append(self.chance.choice(("Kasi", self.word("Kabid {}"))))
        fields = self.chance.sample(_FIELDS, self.chance.randrange(1, 5))
        head = ["No", "Kegiatan", *actors, *fields]
        if self.chance.random() < 0.4:
            groups = [self.word("Kantor {}") for _ in actors] if self.chance.random() < 0.5 else []
            yield ["No", "Kegiatan", "Pelaksana", *[""] * (len(actors) - 1), *fields]
            if groups:
                yield ["", "", *groups]
            head = ["", "", *actors]
        yield head
        for n in range(1, self.chance.randrange(2, 7)):
            marks = [self.chance.choice(("v", "", "√", "-")) for _ in actors]
            if self.chance.random() < 0.2:
                marks[0] = self.word("Periksa {}")
            no = self.chance.choice((str(n), f"{n}.", "a.", "", self.word("{}")))
            texts = [self.word() if self.chance.random() < 0.8 else "" for _ in fields]
            yield [no, self.word("Mencatat {}"), *marks, *texts]
            if self.chance.random() < 0.15:
                yield self.chance.choice(
                    ([self.word()], ["", self.word()], [], ["II", self.word("Tahap {}")])
                )

    def after(self) -> Iterator[Row]:
        for _ in range(self.chance.randrange(3)):
            yield []
            yield ["", *[""] * self.chance.randrange(5), self.word()]
        if self.chance.random() < 0.3:
            yield []
            yield from [[self.word() for _ in range(3)] for _ in range(2)]


def _xlsx(made: Made) -> tuple[bytes, str]:
    return book(("Lembar1", [[cell or None for cell in row] for row in made.rows])), "uji.xlsx"


def _csv(made: Made) -> tuple[bytes, str]:
    quoted = (",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in made.rows)
    return "\n".join(quoted).encode(), "uji.csv"


def _pasted(made: Made) -> tuple[bytes, str]:
    lines = ("\t".join(cell.replace("\n", " ") for cell in row) for row in made.rows)
    return "\n".join(lines).encode(), "uji.txt"


def _markdown(made: Made) -> tuple[bytes, str]:
    lines: list[str] = []
    for row, before in zip(made.rows, [[], *made.rows], strict=False):
        flat = [cell.replace("\n", " ") for cell in row]
        lines.append("| " + " | ".join(flat) + " |" if len(flat) > 1 else "\n" + " ".join(flat) + "\n")
        if len(row) > 1 and len(before) < 2:
            lines.append("|" + "---|" * max(map(len, made.rows)))
    return "\n".join(lines).encode(), "uji.md"


def _html(made: Made) -> tuple[bytes, str]:
    parts: list[str] = []
    table = ""
    for row in made.rows:
        cells = "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row)
        if len(row) > 1:
            table += f"<tr>{cells}</tr>"
            continue
        parts += [f"<table>{table}</table>" if table else "", *(f"<p>{html.escape(c)}</p>" for c in row)]
        table = ""
    return f"<html><body>{''.join(parts)}<table>{table}</table></body></html>".encode(), "uji.html"


def _docx(made: Made) -> tuple[bytes, str]:
    body, table = "", ""

    def paragraph(text: str) -> str:
        lines = "<w:br/>".join(f"<w:t>{html.escape(line)}</w:t>" for line in text.split("\n"))
        return f"<w:p><w:r>{lines}</w:r></w:p>"

    def closed(rows: str) -> str:
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>" if rows else "<w:p/>"

    wide = max(map(len, made.rows))
    for row in made.rows:
        if len(row) > 1:
            cells = (f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in [*row, *[""] * (wide - len(row))])
            table += f"<w:tr>{''.join(cells)}</w:tr>"
            continue
        body += closed(table) + "".join(map(paragraph, row))
        table = ""
    document = f"<w:document {SPACES}><w:body>{body}{closed(table)}<w:sectPr/></w:body></w:document>"
    return package(document), "uji.docx"


def _pdf(made: Made) -> tuple[bytes, str]:
    """Each stretch of rows as a table between rules, a row of one cell as a line."""
    wide, high, left = 104.0, 28.0, 40.0
    tall = 80 + high * len(made.rows)
    pen = Pen(tall)
    pen.raw("0 g 0 G 0.6 w")
    for n, row in enumerate(made.rows):
        top = 40 + high * n
        count = max(map(len, _stretch(made.rows, n))) if len(row) > 1 else 1
        for k in range(count):
            x = left if k == 0 else left + 40 + wide * (k - 1)
            box = Box(x, top, x + (wide if k else 40) * (1 if count > 1 else 3), top + high)
            if count > 1:
                corners = [(box.left, top), (box.right, top), (box.right, box.bottom), (x, box.bottom)]
                pen.path(corners, paint="S")
            for m, line in enumerate(row[k].split("\n") if k < len(row) else []):
                if line:
                    y = top + 2 + 11 * m
                    pen.text(line, Box(x + 2, y, x + 2 + min(4.4 * len(line), box.width - 4), y + 9))
    return pdf([(1200, tall, str(pen))]), "uji.pdf"


def _stretch(rows: list[Row], n: int) -> list[Row]:
    """The rows of more than one cell around row ``n``."""
    first = last = n
    while first and len(rows[first - 1]) > 1:
        first -= 1
    while last + 1 < len(rows) and len(rows[last + 1]) > 1:
        last += 1
    return rows[first : last + 1]


DOORS: dict[str, Callable[[Made], tuple[bytes, str]]] = {
    "xlsx": _xlsx, "csv": _csv, "txt": _pasted, "md": _markdown, "html": _html, "docx": _docx, "pdf": _pdf,
}  # fmt: skip


def everything(data: bytes, name: str) -> str | None:
    """All that the drafts of a file say; nothing where it was refused whole, with a reason."""
    opened = door(name, data)
    assert opened is not None
    seen, problems = opened(data, name)
    assert seen is not None or problems
    if seen is None:
        return None
    found = understand(seen)
    if not found.charts and not found.identities:
        return None
    said = [problem.message for problem in problems]
    for draft in drafts(found, catalogue()):
        said += [draft_text(draft, name)[0], str(draft.new)]
    return "\n".join(said)


def test_what_found_no_place_is_named_with_its_own() -> None:
    head = ["No", "Kegiatan", "Tipe", "Staf", "Kasi", "Waktu"]
    steps = [["1", "Mencatat", "Manual", "v", "", "1 jam"], ["2", "Memeriksa", "", "", "v", "1 jam"]]
    rows = [["Nama SOP", "Surat"], ["PIC", "Budi"], head, *steps]
    text = everything(book(("Lembar1", rows)), "uji.xlsx") or ""
    assert "# - Lembar1!A2: PIC Budi" in text
    assert "# - Lembar1!C4: Manual (kolom 'Tipe' tidak ada di formulir)" in text


@pytest.mark.parametrize("name", DOORS)
def test_whatever_is_filled_is_in_a_draft_or_told(name: str) -> None:
    refused = 0
    for seed in range(25):
        made = Made(seed)
        text = everything(*DOORS[name](made))
        if text is None:
            refused += 1
            continue
        known = set(_MARK.findall(text))
        assert [word for word in made.words if word not in known] == [], (name, seed, made.rows)
    assert refused < 8, "tables are read, not refused"
