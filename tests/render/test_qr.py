"""The QR code that documents bear is the one that segno makes, module by module."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
import segno

from generator.formats.qr import png_code, svg_code

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-./"


@pytest.mark.parametrize("long", [3, 17, 28, 40, 61, 90, 130, 180, 400])
def test_code_is_that_of_segno(long: int) -> None:
    rng = Random(long)
    for _ in range(6):
        url = "https://" + "".join(rng.choice(LETTERS) for _ in range(long))
        theirs = segno.make(url, error="m", micro=False)
        drawn = theirs.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None)
        assert svg_code(url) == drawn, f"another mask than {theirs.mask}, or drawn another way: {url}"


def test_png_is_that_of_segno() -> None:
    url, theirs = "https://sop.contoh.go.id/sop/surat-masuk/", BytesIO()
    segno.make(url, error="m", micro=False).save(theirs, kind="png", scale=4, border=2)
    assert png_code(url) == theirs.getvalue()
