"""Files that cannot be read: a clear problem with a cure, bounded, and never a traceback."""

from __future__ import annotations

import io

import pikepdf
import pytest

from generator.reading.drawn.symbols import CROWDED
from generator.reading.grid.cells import placed
from generator.reading.pdf.document import MOST_PAGES, read_pdf
from generator.reading.pdf.texts import _letter
from generator.reading.seen import Box, Text
from generator.reading.understand import understand
from tests.reading.forms import form
from tests.reading.painted import pdf

PAGE = str(form(["Kasi"], [{"No": "1", "Kegiatan": "Menerima"}]).pen)


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"abc", b"%PDF-1.7\n%%EOF", pdf([(842, 595, PAGE)])[:400], b"\x89PNG\r\n" + bytes(500)],
    ids=["empty", "blank", "text", "nothing in it", "cut off", "a picture"],
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    seen, problems = read_pdf(data, "berkas.pdf")
    assert seen is None
    assert [problem.position.file for problem in problems] == ["berkas.pdf"]
    assert problems[0].hint


def test_a_locked_file_says_so() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([(842, 595, PAGE)]))) as file:
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    seen, problems = read_pdf(out.getvalue(), "berkas.pdf")
    assert seen is None
    assert "kata sandi" in problems[0].message


def test_of_too_many_pages_the_rest_is_named() -> None:
    seen, problems = read_pdf(pdf([(842, 595, "0 0 m")] * (MOST_PAGES + 3)), "berkas.pdf")
    assert seen is not None
    assert len(seen.pages) == MOST_PAGES
    assert problems[0].position.line == MOST_PAGES + 1


@pytest.mark.parametrize(
    "content",
    [
        "\n".join(f"{n % 800} {n % 590} {1 + n % 7} {1 + n % 5} re f" for n in range(8_000)),
        "\n".join(f"{n % 800} {n % 590} m {(n * 7) % 800} {(n * 3) % 590} l S" for n in range(5_000)),
        "\n".join(f"{n % 28 * 30} {n // 28 * 3} 28 2.5 re S" for n in range(1_500)),
        "0 0 m\n" + "\n".join(f"{(n * 37) % 842} {(n * 53) % 595} l" for n in range(60_000)) + "\nh f",
        "nan inf 1e39 -1e39 re f 1e30 1e30 m 5 5 l S",
    ],
    ids=["bars", "strokes", "boxes", "one path", "numbers out of range"],
)
def test_crowded_pages_come_to_an_end_and_say_so(content: str) -> None:
    seen, _ = read_pdf(pdf([(842, 595, PAGE + "\n" + content)]), "berkas.pdf")
    assert seen is not None
    reading = understand(seen)
    page = seen.pages[0]
    crowded = max(len(page.outlines), len(page.strokes)) > CROWDED
    assert crowded == any("terlalu banyak" in doubt.said for doubt in reading.doubts)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_files_never_raise(seed: int) -> None:
    data = bytearray(pdf([(842, 595, PAGE)], forms=seed % 3))
    for n in range(1 + seed % 9):
        at = (seed * 7919 + n * 104_729) % len(data)
        data[at] = (data[at] + 1 + seed * 31 + n) % 256
    seen, problems = read_pdf(bytes(data), "berkas.pdf")
    if seen is None:
        assert problems
    else:
        understand(seen)


def test_a_cell_of_any_height_takes_no_longer() -> None:
    """A hostile file may name any number; some were counted up to, in steps of 40 points."""
    high = Box(0.0, 0.0, 10.0, 1e12)
    found, loose, _ = placed([Text("a", Box(1.0, 5.0, 2.0, 6.0))], [high])
    assert ([text.text for text in found[0]], loose) == (["a"], [])


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (0x91, "\u2018"),
        (0x96, "\u2013"),
        (0x8D, "\ufffd"),
        (0x7F, ""),
        (0x2028, ""),
        (0x02, "-"),
        (0x41, "A"),
    ],
)
def test_a_letter_is_one_that_a_data_file_may_hold(code: int, read: str) -> None:
    assert _letter(code) == read
    assert not any("\x7f" <= sign <= "\x9f" for sign in _letter(code))
