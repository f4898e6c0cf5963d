"""A signed file → what it says: its signatures, its text read as an SOP, and how far that is the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.data.catalogue import Catalogue
from generator.data.files.inputs import entries_in
from generator.documents import fingerprint
from generator.formats.docx.mark import text_changed
from generator.model.problems import Position, Problem, Severity
from generator.model.records import CHAIN, WHOLE, Keutuhan, time_text
from generator.model.sop import SOP
from generator.reading.compare import BY_HAND, differences, likeness, same
from generator.reading.doors import MOST_BYTES, door
from generator.reading.draft.draft import Draft, drafts
from generator.reading.understand import understand

if TYPE_CHECKING:
    from generator.reading.signatures import Signed

ROOTS = "akar_sertifikat"
"""Folder in the data folder of the roots that the agency trusts."""
_ALIKE, _SURELY = 0.75, 0.95
"""How much a name on paper is that of an SOP: perhaps, and surely."""
_MARK = re.compile(r"sidik data ([0-9a-f]{12})")


class Paper(Struct, frozen=True):
    """A signed file. ``draft`` is what was read of it that is nearest to the SOP (None: nothing), ``count``
    how many SOPs it holds, ``other`` the SOP that it is of where that is not the one meant; ``mark`` the hash
    at its foot, ``own`` that of the data before it was approved."""

    data: bytes
    signed: Signed
    draft: Draft | None
    count: int
    other: str
    mark: str
    own: str

    def said(self, key: str) -> str | None:
        """What the identity block says under a key."""
        identity = self.draft.identity if self.draft else None
        found = identity.values.get(key) if identity else None
        return found.text if found and found.text.strip(" -–—") else None

    def broken(self) -> str:
        """Why it is no copy of what was signed, "" where nothing says so."""
        for one in self.signed.signatures:
            if one.said.keadaan is Keutuhan.TAK_UTUH:
                return f"tanda tangan {one.said.nama} {WHOLE[Keutuhan.TAK_UTUH]}"
            if one.kept is False:
                return f"teks halaman berubah sesudah ditandatangani {one.said.nama}"
        return ""

    def doubts(self, sop: SOP, whole: Catalogue) -> list[str]:
        """What a person must have looked at before it is filed: how the paper differs from the SOP."""
        found = []
        if self.draft is None or (self.draft.identity is None and not self.draft.charts):
            return ["isi naskah tidak dapat dibaca (halamannya gambar?), jadi tidak dibandingkan dengan data"]
        if self.count > 1:
            found.append(
                f"berkas ini memuat {self.count} SOP; yang dibandingkan yang bernama seperti SOP ini"
            )
        part = whole.sheet_of(sop)
        said = differences(self.draft.identity, self.draft.charts, part.sop[sop.slug], part)
        found += [str(one) for one in said if one.paper or one.place not in BY_HAND]
        signers = [one.said.nama for one in self.signed.signatures]
        name = sop.disahkan_oleh.nama if sop.disahkan_oleh else None
        if signers and name and not any(same(name, one) or same(one, name) for one in signers):
            found.append(f"yang menandatangani {', '.join(signers)}, sedangkan pengesah pada data {name}")
        if not found and self.mark and self.mark != self.own[:12]:
            found.append(f"naskah dicetak dari data lain (sidik {self.mark}, sekarang {self.own[:12]})")
        return found


def read_paper(file: Path, folder: Path, whole: Catalogue, sop: SOP) -> tuple[Paper | None, list[Problem]]:
    """What a file says, or why it is none to be filed."""
    if not file.is_file():
        return None, [_problem(file, "berkas tidak ada", "periksa nama berkasnya")]
    if file.stat().st_size > MOST_BYTES:
        return None, [_problem(file, "berkas ini terlalu besar", "minta berkas yang lebih kecil")]
    data = file.read_bytes()
    if data.startswith(b"PK"):
        return None, [_word(file, data)]
    from generator.reading.signatures import read_signatures  # a fifth of a second to load

    roots, problems = _roots(folder)
    signed, wrong = read_signatures(data, file.as_posix(), roots)
    if signed is None:
        return None, [*problems, *wrong]
    read = door("naskah.pdf", data)
    seen, _ = read(data, file.as_posix()) if read else (None, [])
    found = drafts(understand(seen), None) if seen else []
    near = max(found, key=lambda one: likeness(one.identity, sop), default=None)
    texts = [" ".join(text.text for text in page.texts) for page in seen.pages] if seen else []
    mark = next((hit[1] for text in texts if (hit := _MARK.search(text))), "")
    own = fingerprint(whole, sop)
    other = _other(near, mark, own, whole, sop)
    count = sum(one.identity is not None for one in found)
    return Paper(data, signed, near, count, other, mark, own), problems


def _other(near: Draft | None, mark: str, own: str, whole: Catalogue, sop: SOP) -> str:
    """The name of the SOP that a file is of, where it is surely another."""
    if near is None or near.identity is None or mark == own[:12]:
        return ""
    if likeness(near.identity, sop) >= _ALIKE:
        return ""
    for other in whole.sop.values():
        if other.slug != sop.slug and likeness(near.identity, other) >= _SURELY:
            return f"{other.nama} ({other.slug})"
    return near.identity.values["nama"].text if "nama" in near.identity.values else ""


def _word(file: Path, data: bytes) -> Problem:
    changed = text_changed(data)
    told = {
        None: "berkas ini bukan PDF",
        False: "ini berkas Word dari program ini, belum ditandatangani",
        True: "ini berkas Word yang teksnya diubah sesudah keluar dari program ini",
    }[changed]
    hint = "beri PDF yang sudah ditandatangani"
    if changed:
        hint = "pindahkan perubahannya ke data, lalu buat naskahnya lagi dengan --rancangan"
    return _problem(file, told, hint)


def _roots(folder: Path) -> tuple[Sequence[object], list[Problem]]:
    from generator.reading.signatures import read_root  # as above

    roots, problems = [], []
    for path in entries_in(folder / ROOTS):
        if path.is_file() and (root := read_root(path.read_bytes())) is not None:
            roots.append(root)
        else:
            hint = "simpan sertifikat akar sebagai .pem atau .crt"
            where = Position(path.as_posix(), 1, 1)
            problems.append(Problem(where, Severity.WARNING, "ini bukan sertifikat", hint, "tanda_tangan"))
    return roots, problems


def told_signatures(signed: Signed) -> Iterator[str]:
    """Who signed, when, whether it is whole, and how the certificate stands."""
    for number, one in enumerate(signed.signatures, 1):
        said = one.said
        office = f", {said.jabatan}" if said.jabatan else ""
        by = "cap waktu" if said.cap_waktu else "jam penandatangan"
        yield f"Tanda tangan {number}: {said.nama}{office}"
        yield f"  {time_text(said.waktu)} (menurut {by})"
        yield f"  {WHOLE[said.keadaan]}"
        if one.kept:
            yield "  teks halamannya masih seperti ketika ditandatangani"
        if one.why:
            yield f"  sebab: {one.why}"
        yield f"  {CHAIN[said.sertifikat]}"
    if signed.signatures:
        proof = "ada" if signed.proof else "tidak ada"
        stamps = f", {signed.stamps} cap waktu dokumen" if signed.stamps else ""
        yield f"Data pembuktian jangka panjang (LTV): {proof}{stamps}"


def _problem(file: Path, message: str, hint: str) -> Problem:
    return Problem(Position(file.as_posix(), 1, 1), Severity.ERROR, message, hint, "pengesahan")
