"""Pages of other things beside an SOP: a few lines are told, whole pages are told as such."""

from __future__ import annotations

import pytest

from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Box
from generator.reading.understand import understand
from tests.reading.forms import form
from tests.reading.painted import Pen, pdf


def page(lines: int) -> tuple[float, float, str]:
    pen = Pen(595)
    for n in range(lines):
        pen.text(f"Pasal {n} tentang hal lain", Box(40, 30 + 12 * n, 200, 40 + 12 * n))
    return 842, 595, str(pen)


@pytest.mark.parametrize(("lines", "whole"), [(3, False), (40, True)])
def test_a_page_without_an_sop_is_told(lines: int, whole: bool) -> None:
    made = form(["Kasi"], [{"No": "1", "Kegiatan": "Menerima surat"}, {"No": "2", "Kegiatan": "Mengarsip"}])
    made.down(made.capsule(0, 0), made.capsule(1, 0))
    seen, _ = read_pdf(pdf([page(lines), (842, 595, str(made.pen)), page(lines)]), "uji.pdf")
    assert seen is not None
    found = understand(seen)
    said = "\n".join(doubt.said for doubt in found.doubts)
    assert ("tidak dibaca: halaman 1, halaman 3" in said) is whole
    assert len(found.left_over) == (0 if whole else 2 * lines)
