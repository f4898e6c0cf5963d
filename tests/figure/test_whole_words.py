"""No word is cut without need, and what must be cut is cut between syllables; all is found by a search."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import product

import pdfplumber
import pypdfium2
import pytest
from lxml import etree
from msgspec.structs import replace

from generator.documents.setting import Document, make_docx, make_pdf, set_content
from generator.figure.lattice import GAP, LETTER, WORD_WIDTH, label_size, measure
from generator.figure.metrics import parted, text_width, wrap
from generator.figure.paper.columns import BOLD
from generator.figure.syllables import syllables
from generator.flow.chart import Chart
from generator.flow.drawing import Drawing
from generator.flow.layout import drawn
from tests.documents.cases import content
from tests.layout.charts import chart

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STATES = (
    *("lengkap", "sesuai", "disetujui", "memenuhi syarat", "benar", "layak", "valid", "tersedia", "diterima"),
    *("terverifikasi", "ditandatangani", "direkomendasikan", "administratif", "ditindaklanjuti", "berwenang"),
    *("perlu perbaikan substansi", "dikembalikan", "terpenuhi seluruh persyaratannya", "mendesak"),
    "kewenangan instansi",
)
LABELS = [
    f"{mood} {state}".strip().capitalize()
    for mood, state in product(
        ("", "tidak", "belum", "sudah", "perlu", "masih", "bukan", "ada", "telah", "jika"), STATES
    )
]
ROOTS = (
    *(
        "administrasi",
        "inventarisasi",
        "kualifikasi",
        "verifikasi",
        "klarifikasi",
        "dokumentasi",
        "identifikasi",
    ),
    *(
        "koordinasi",
        "sosialisasi",
        "rekomendasi",
        "publikasi",
        "transformasi",
        "evaluasi",
        "konsultasi",
        "legalisasi",
    ),
    *(
        "tanggungjawab",
        "tandatangan",
        "tindaklanjut",
        "inventaris",
        "perbendaharaan",
        "lengkap",
        "laksana",
        "selenggara",
    ),
    *(
        "musyawarah",
        "wewenang",
        "perintah",
        "daftar",
        "periksa",
        "usaha",
        "pegawai",
        "rencana",
        "butuh",
        "sertifikasi",
    ),
    *(
        "akuntabilitas",
        "kredibilitas",
        "transparansi",
        "kolaborasi",
        "standardisasi",
        "digitalisasi",
        "optimalisasi",
    ),
    *(
        "sinkronisasi",
        "rasionalisasi",
        "implementasi",
        "disposisi",
        "akreditasi",
        "registrasi",
        "autentikasi",
    ),
)
AFFIXES = (
    *(
        ("di", "kan"),
        ("ke", "an"),
        ("peng", "an"),
        ("ter", "kan"),
        ("pertanggung", "annya"),
        ("men", "kannya"),
    ),
    *(("diper", "kan"), ("ketidak", "an"), ("penye", "annya"), ("ber", "kan"), ("memper", "kan")),
)
WORDS = sorted({a + root + b for root in ROOTS for a, b in AFFIXES}, key=lambda word: (-len(word), word))[
    :500
]
NUMBERS = ("B-12/2019", "800.1/115/BKPSDM/2024", "005/4-17/2025", "19700101199001001", "HK.01.07/MENKES/413")


def test_the_lists_are_as_long_as_they_should_be() -> None:
    assert (len(set(LABELS)), len(set(WORDS))) == (200, 500)


@pytest.mark.parametrize("width", [4.0, 5.5, 8.0])
def test_a_word_too_long_is_parted_between_syllables(width: float) -> None:
    for word in WORDS:
        pieces = parted(word, width)
        assert "".join(piece for piece, _ in pieces) == word
        assert all(text_width(piece + "-" * hyphen) <= width for piece, hyphen in pieces)
        for piece, hyphen in pieces[:-1]:
            assert hyphen, word
            assert len(piece) > 1
            assert re.search("[aeiou]", piece), (word, pieces)
        assert len(pieces[-1][0]) >= 3 or len(pieces) == 1
        lines = wrap(f"yang {word} itu", width)
        assert "".join(line.removesuffix("-") for line in lines).replace(" ", "") == f"yang{word}itu"


def test_syllables_end_where_indonesian_parts_words() -> None:
    assert syllables("Dikembalikan") == ("Di", "kem", "ba", "li", "kan")
    assert syllables("Rekomendasi?") == ("Re", "ko", "men", "dasi?")
    assert syllables("B-12/2019") == ("B-12/2019",)


def flow(label: str, inside: str = "") -> tuple[Chart, Drawing]:
    """A question with a label on each side."""
    one = chart(
        3,
        [[("s", 1)], [("a", 0)], [("d", 1)], [("b", 2)], [("e", 1)]],
        ["s>a", "a>d", f"d>b {label}", f"d>>a {label}", f"d>>e {label}", "b>e"],
    )
    nodes = tuple(replace(node, text=inside if node.id == "d" else "") for node in one.nodes)
    return replace(one, nodes=nodes), drawn(replace(one, nodes=nodes))


@pytest.mark.parametrize("stretch", [1.0, 1.3])
def test_no_word_of_a_label_or_symbol_that_fits_is_parted(stretch: float) -> None:
    for label in LABELS:
        for word in label.split():
            assert text_width(word) <= WORD_WIDTH
        _, drawing = flow(label, f"Apakah {label}?")
        lattice = measure(drawing, stretch=stretch)
        for lines in (*lattice.labels.values(), lattice.sizes["d"].lines):
            assert " ".join(lines).replace("Apakah ", "").removesuffix("?") == label


def test_a_label_takes_the_width_that_is_free() -> None:
    _, drawing = flow("Dokumen persyaratan belum lengkap")
    narrow, wide = measure(drawing), measure(drawing, stretch=2.0)
    for edge, lines in narrow.labels.items():
        assert len(wide.labels[edge]) < len(lines)
        assert label_size(wide.labels[edge])[0] + 2 * GAP <= max(lane.width for lane in wide.lanes) * 2
    one = measure(drawing, word=4.0)
    assert all(text_width(line) * LETTER < 20 for lines in one.labels.values() for line in lines)


@pytest.fixture(scope="module")
def document() -> Document:
    """Narrow columns full of long words and of numbers."""
    one, _ = flow("Ketidaklengkapan administratif", "Rekomendasi?")
    rows = []
    for n, row in enumerate(one.rows):
        words = (" ".join(WORDS[n * 5 : n * 5 + 5]), f"nomor {NUMBERS[n]} tanggal 1/2/2025")
        rows.append(((row.number,), words, words, (f"persyaratan/{NUMBERS[n]}",), words, words))
    return set_content(content(one, tuple(rows)), [one])


def test_numbers_and_names_are_found_in_the_pdf(document: Document) -> None:
    data = make_pdf(document)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        plumbed = "\n".join(page.extract_text() for page in pdf.pages)
    with pypdfium2.PdfDocument(data) as pdf:
        read = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    for number in NUMBERS:
        assert number in plumbed
        assert number in read
    for text in (plumbed, read):
        assert not set("\u00ad\u200b\u2060") & set(text)


def test_numbers_and_words_are_found_in_word(document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(make_docx(document))) as package:
        xml = package.read("word/document.xml").decode()
    assert not set("\u00ad\u200b\u2060") & set(xml)
    body = "\n".join(
        "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        for paragraph in etree.fromstring(xml.encode()).iter(f"{W}p")
    )
    for text in (*NUMBERS, *WORDS[:25], "Rekomendasi?"):
        assert text in body
    assert "<w:softHyphen/>" in xml


HEADINGS = ("Proyek Keuangan/PPK", "Penyelenggara/Pengelola/Bendahara", "Operator/Verifikator Pembayaran")


def test_no_word_of_a_heading_is_left_for_word_to_part_at_a_letter() -> None:
    """Word parts no word at its slash; one that is wider than its cell it parts where that ends."""
    one, _ = flow("Sesuai")
    lanes = tuple(replace(lane, heading=said) for lane, said in zip(one.lanes, HEADINGS, strict=True))
    one = replace(one, lanes=lanes)
    texts = tuple(((row.number,), *[("",)] * 5) for row in one.rows)
    made = set_content(content(one, texts), [one])
    columns = made.sheets[0].columns
    with zipfile.ZipFile(io.BytesIO(make_docx(made))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    cells = [cell for cell in body.iter(f"{W}tc") if "".join(cell.itertext()) in HEADINGS]
    assert len(cells) == len(HEADINGS)
    for cell, width in zip(cells, columns.lanes, strict=True):
        for part in etree.tostring(cell, encoding="unicode").split("<w:br/>"):
            said = "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", part))
            assert max(map(text_width, said.split())) * BOLD * columns.text <= width - 2
    assert body.findall(f".//{W}br")
