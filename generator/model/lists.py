"""Lines of a cell ↔ a list with its marker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from generator.model.values import Nilai


class Penanda(StrEnum):
    """Marker before the items of a list as the source prints it."""

    TANPA = ""
    ANGKA = "1."
    KURUNG = "1)"
    STRIP = "-"
    BULATAN = "•"


class Butir(Nilai, frozen=True, kw_only=True):
    """Lines of a cell read as a list: the marker and the items without it."""

    penanda: Penanda
    isi: tuple[str, ...]

    def baris(self) -> tuple[str, ...]:
        """The lines again, with their markers: the inverse of ``susun_butir``."""
        if self.penanda in (Penanda.ANGKA, Penanda.KURUNG):
            return tuple(f"{n}{self.penanda[-1]} {isi}" for n, isi in enumerate(self.isi, 1))
        return tuple(f"{self.penanda} {isi}" for isi in self.isi) if self.penanda else self.isi


def susun_butir(baris: Sequence[str]) -> Butir:
    """Read the lines of a cell as a list, if every line has the same marker (numbers counting from 1);
    otherwise the lines stay as they are, unmarked. No text is lost: ``baris()`` gives the lines back."""
    return _susun_butir(tuple(baris))


@lru_cache(maxsize=2048)
def _susun_butir(baris: tuple[str, ...]) -> Butir:
    if not baris or not baris[0].startswith(("- ", "• ", "1. ", "1) ")):
        return Butir(penanda=Penanda.TANPA, isi=baris)
    for penanda in (Penanda.STRIP, Penanda.BULATAN):
        if all(b.startswith(f"{penanda} ") and b[2:].strip() == b[2:] != "" for b in baris):
            return Butir(penanda=penanda, isi=tuple(b[2:] for b in baris))
    for penanda in (Penanda.ANGKA, Penanda.KURUNG):
        cocok = [re.fullmatch(rf"{n}{re.escape(penanda[-1])} (\S|\S.*\S)", b) for n, b in enumerate(baris, 1)]
        if all(cocok):
            return Butir(penanda=penanda, isi=tuple(m[1] for m in cocok if m))
    return Butir(penanda=Penanda.TANPA, isi=baris)
