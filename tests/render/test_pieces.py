"""Files in pieces, some of them deflated before, and the ZIP file that holds them."""

from __future__ import annotations

import io
import zipfile
from random import Random

import pytest

from generator.data.catalogue import Catalogue
from generator.formats.open_data.pieces import Packed, Piece, packed
from generator.formats.open_data.whole import with_whole
from generator.model.registers import NOBODY

UNITS = {"data/unit/u.zip": b"tidak dimampatkan" * 9, "data/unit/v.zip": b""}
AGENCY = Catalogue(instansi=NOBODY, unit={}, pelaksana={}, hukum={}, sop={})


@pytest.mark.parametrize("seed", range(20))
def test_any_pieces_come_to_their_text_in_the_file_and_in_the_zip(seed: int) -> None:
    rng = Random(seed)
    texts = [[_text(rng) for _ in range(rng.randrange(6))] for _ in range(3)]
    files: list[tuple[str, list[Piece]]] = [
        (f"data/{number}.txt", [rng.choice((str, packed))(text) for text in own])
        for number, own in enumerate(texts)
    ]
    *made, (_, whole) = [
        (name, list(pieces)) for name, pieces in with_whole(files, {"data/é": b"x"}, UNITS.items(), AGENCY)
    ]
    with zipfile.ZipFile(io.BytesIO(b"".join(whole))) as found:
        assert found.testzip() is None
        names = ["BACA-SAYA.txt", "é", "0.txt", "1.txt", "2.txt", "unit/u.zip", "unit/v.zip"]
        assert found.namelist() == names
        assert [found.read(name) for name in names[5:]] == list(UNITS.values())
        for (name, pieces), own in zip(made, texts, strict=True):
            assert b"".join(pieces).decode() == "".join(own)
            assert found.read(name.removeprefix("data/")).decode() == "".join(own)


def test_a_damaged_piece_is_told() -> None:
    with pytest.raises(ValueError, match="data"):
        Packed(b"\xff\xff\xff").content()


def _text(rng: Random) -> str:
    return "".join(rng.choice(("SOP ", "é", "\n", "a" * 400)) for _ in range(rng.choice((0, 1, 900))))
