"""Data with a word of its own in every field that must not be public, and the search for those words in
a tree of files, unpacked.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import yaml
from msgspec import Struct

_LETTERS = "bcdfghjklmnprstvwx"  # neither z nor q, and nothing that Indonesian takes off a word
PATTERN = re.compile(rb"zq[bcdfghjklmnprstvwx]{6}|5ec4e7[0-9a-f]{6}|197001012000[0-9]{6}")

_LOWER = bytes(range(256)).lower()
_BETWEEN = bytes(sign for sign in range(256) if not bytes([sign]).isalnum())


class Plants(Struct):
    """What was planted: word → (whose, field). Owners are ``internal``, ``draft``, ``excluded``, ``version``
    and ``early`` (an internal version of a public SOP), ``later`` (an internal draft of its next), ``old`` (a
    public version of an internal SOP), ``note`` (what is internal of a public SOP) and ``loose`` (files that
    nothing names)."""

    words: dict[str, tuple[str, str]] = {}
    salt: str = ""
    """Another salt gives other words."""

    def word(self, owner: str, name: str) -> str:
        """The word of a field, written as a name is."""
        return self._plant(owner, name, "zq" + "".join(_LETTERS[b % 18] for b in self._hash(owner, name)[:6]))

    def hex(self, owner: str, name: str) -> str:
        return self._plant(owner, name, "5ec4e7" + self._hash(owner, name).hex()[:6])

    def digits(self, owner: str, name: str) -> str:
        number = "".join(str(b % 10) for b in self._hash(owner, name)[:6])
        return self._plant(owner, name, f"197001012000{number}")

    def _plant(self, owner: str, name: str, word: str) -> str:
        assert self.words.setdefault(word, (owner, name)) == (owner, name), "two fields have one word"
        return word

    def of(self, *owners: str) -> dict[str, str]:
        """Words of these owners and the field of each."""
        return {word: f"{owner} {name}" for word, (owner, name) in self.words.items() if owner in owners}

    def _hash(self, owner: str, name: str) -> bytes:
        return hashlib.sha256(f"{self.salt}{owner} {name}".encode()).digest()


def plant(data: Path, salt: str = "") -> Plants:
    """Add hidden SOPs, and a public one that leads to them, to a data folder; what was planted where."""
    plants = Plants(salt=salt)
    for owner, level in (("internal", "internal"), ("draft", None), ("excluded", "dikecualikan")):
        write_registers(data, plants, owner)
        slug = plants.word(owner, "nama berkas")
        write_yaml(data / "sop" / f"{slug}.yml", secret(plants, owner, level))
        write_signed(data, plants, owner)
    write_yaml(data / "sop" / "judul-terbuka.yml", {**_small("Judul Terbuka"), "judul_terbuka": "ya"})
    write_yaml(data / "sop" / "penunjuk.yml", _public(plants))
    write_registers(data, plants, "version")
    write_signed(data, plants, "version")
    (data / "versi" / "penunjuk").mkdir(parents=True)
    write_yaml(data / "versi" / "penunjuk" / "1.yml", secret(plants, "version", "internal"))
    _versions(data, plants)
    old = data / "versi" / plants.word("internal", "nama berkas")
    old.mkdir()
    write_registers(data, plants, "old")
    write_signed(data, plants, "old")
    write_yaml(old / "1.yml", secret(plants, "old", "publik"))
    _signed(data / "naskah" / f"{plants.word('loose', 'nama berkas naskah')}.pdf", plants, "loose")
    return plants


def _versions(data: Path, plants: Plants) -> None:
    """A public SOP with versions that are hidden before and after those that are not, and one that is
    revoked in favour of a hidden one."""
    home = data / "versi" / "berversi"
    home.mkdir()
    for owner in ("early", "later"):
        write_registers(data, plants, owner)
        write_signed(data, plants, owner)
    write_yaml(home / "1.yml", secret(plants, "early", "internal"))
    write_yaml(home / "2.yml", _dated("Berversi", 2, "1 Januari 2020", "Menerima surat"))
    write_yaml(home / "3.yml", _dated("Berversi", 3, "1 Januari 2022", "Menerima dan mencatat surat"))
    write_yaml(data / "sop" / "berversi.yml", secret(plants, "later", "internal"))
    revoked = {"tanggal": "1 Maret 2023", "pengganti": plants.word("internal", "nama berkas")}
    write_yaml(
        data / "sop" / "tercabut.yml",
        {**_dated("Tercabut", 1, "1 Mei 2021", "Bekerja"), "pencabutan": revoked},
    )


def _dated(name: str, number: int, start: str, step: str) -> dict[str, Any]:
    return {
        **_small(name),
        "klasifikasi": "publik",
        "versi": {"nomor": number, "perubahan": f"Perubahan ke-{number}"},
        "tanggal": {"efektif": start},
        "kegiatan": [{"uraian": step, "pelaksana": "kasi"}],
    }


def secret(plants: Plants, owner: str, level: str | None) -> dict[str, Any]:
    """An SOP with a word in every field."""

    def w(name: str) -> str:
        return plants.word(owner, name)

    def text(name: str) -> str:
        return f"Uji {w(name).capitalize()} coba"

    first = {
        "id": w("id langkah"),
        "no": w("nomor langkah"),
        "uraian": text("uraian"),
        "pelaksana": [w("id pelaksana"), "kasi"],
        "kelengkapan": [text("kelengkapan")],
        "waktu": text("waktu"),
        "output": text("output"),
        "keterangan": text("keterangan"),
    }
    decision = {
        "uraian": text("uraian keputusan"),
        "pelaksana": "kasi",
        "pertanyaan": w("pertanyaan"),
        "keputusan": {w("label cabang"): None, w("label kembali"): w("id langkah")},
    }
    long = {
        "uraian": text("uraian simbol"),
        "simbol": [
            {"id": w("id simbol"), "pelaksana": "kasi"},
            {"pelaksana": w("id pelaksana"), "teks": w("teks simbol"), "keputusan": _ways(w)},
        ],
    }
    flow = {"pelaksana": [w("id pelaksana"), "kasi"], "kegiatan": [first, decision, long]}
    return {
        "nama": text("nama"),
        "nomor": w("nomor"),
        "unit": w("id unit"),
        **({"kop": [text("kop")]} if owner != "draft" else {}),  # the draft has its unit's
        **({"klasifikasi": level} if level else {}),
        "dokumen_resmi": f"naskah/{w('nama berkas naskah')}.pdf",
        "sidik_data": plants.hex(owner, "sidik data"),
        "tanda_tangan": [{"nama": text("penanda tangan"), "jabatan": text("jabatan penanda tangan")}],
        "tinjauan": [
            {"tanggal": "1 Mei 2024", "oleh": text("peninjau"), "catatan": text("catatan tinjauan")}
        ],
        "versi": {
            "nomor": {"version": 1, "old": 1, "early": 1, "later": 4}.get(owner, 2),
            "perubahan": text("perubahan"),
            "alasan": text("alasan"),
        },
        "tanggal": {key: text(f"tanggal {key}") for key in ("pembuatan", "revisi", "efektif")},
        **({"pencabutan": _revoked(text)} if owner in ("draft", "later") else {}),
        "disahkan_oleh": {
            "jabatan": text("jabatan"),
            "nama": text("pejabat"),
            "nip": plants.digits(owner, "nip"),
        },
        "tujuan": text("tujuan"),
        "dasar_hukum": [w("id hukum"), "uu-25-2009"],
        "kualifikasi_pelaksana": [text("kualifikasi")],
        "keterkaitan": [{"teks": text("keterkaitan")}, {"sop": "penunjuk", "teks": text("kutipan sop")}],
        "peralatan_perlengkapan": [text("peralatan")],
        "peringatan": [text("peringatan")],
        "pencatatan_pendataan": [text("pencatatan")],
        "label": {"kegiatan": text("label kegiatan"), "peringatan": text("label peringatan")},
        "alur": [
            {"judul": text("judul tabel"), **flow},
            {"judul": text("judul tabel dua"), "pelaksana": ["kasi"], "kegiatan": [_last(text)]},
        ],
        "dugaan": [{"hal": text("hal dugaan"), "alasan": text("alasan dugaan")}],
        "catatan": [text("catatan")],
    }


def _revoked(text: Any) -> dict[str, Any]:
    return {"tanggal": "1 Mei 2030", "dasar": text("dasar pencabutan"), "pengganti": "penunjuk"}


def _ways(w: Any) -> dict[str, Any]:
    return {w("label simbol"): None, w("label simbol kembali"): w("id simbol")}


def _last(text: Any) -> dict[str, Any]:
    return {"uraian": text("uraian tabel dua"), "pelaksana": "kasi"}


def _public(plants: Plants) -> dict[str, Any]:
    """A public SOP that shares an actor, a law and a unit with the hidden ones and names each in all ways."""
    hidden = [plants.word(owner, "nama berkas") for owner in ("internal", "draft", "excluded")]
    steps: list[dict[str, Any]] = [{"id": "mulai-di-sini", "uraian": "Menerima berkas", "pelaksana": "kasi"}]
    for number, slug in enumerate(hidden):
        steps += [
            {"uraian": f"Menjalankan {number}", "pelaksana": "kasi", "sop": slug},
            {
                "uraian": f"Memilih {number}",
                "pelaksana": "staf",
                "keputusan": {"Ya": None, "Tidak": {"sop": slug}},
            },
            {
                "uraian": f"Meneruskan {number}",
                "simbol": [
                    {"pelaksana": "kasi", "sop": slug},
                    {"pelaksana": "staf", "teks": "Ya?", "keputusan": {"Ya": None, "Tidak": {"sop": slug}}},
                ],
            },
        ]
    steps.append({"uraian": "Menyerahkan", "pelaksana": "kasi", "lanjut": {"sop": hidden[0]}})
    return {
        "nama": "Penunjuk",
        "nomor": "1",
        "unit": "seksi-pemberdayaan-kelompok-komunikasi-masyarakat",
        "klasifikasi": "publik",
        "versi": {"nomor": 2, "perubahan": "Dibuka", "alasan": "Untuk umum"},
        "tanggal": {"pembuatan": "1 Januari 2020", "revisi": "2 Januari 2021", "efektif": "3 Januari 2021"},
        "disahkan_oleh": {"jabatan": "Kepala"},
        "dasar_hukum": ["uu-25-2009"],
        "keterkaitan": [
            *({"sop": slug} for slug in hidden),
            *({"sop": slug, "teks": f"SOP {plants.word('note', f'kutipan {slug}')}"} for slug in hidden),
            {"sop": "judul-terbuka"},
        ],
        "pelaksana": ["kasi", "staf"],
        "kegiatan": steps,
        "catatan": [f"Lihat {plants.word('note', 'catatan')}"],
    }


def _small(name: str) -> dict[str, Any]:
    return {
        "nama": name,
        "unit": "seksi-pemberdayaan-kelompok-komunikasi-masyarakat",
        "klasifikasi": "internal",
        "pelaksana": ["kasi"],
        "kegiatan": [{"uraian": "Bekerja", "pelaksana": "kasi"}],
    }


def write_registers(data: Path, plants: Plants, owner: str) -> None:
    """Unit (with one above it), actor and law that only this owner's SOP names."""

    def w(name: str) -> str:
        return plants.word(owner, name)

    above = w("id induk unit")
    _add(data / "unit.yml", above, {"nama": f"Bidang {w('nama induk unit')}"})
    unit = {"nama": f"Seksi {w('nama unit')}", "singkatan": w("singkatan unit"), "induk": above}
    _add(data / "unit.yml", w("id unit"), {**unit, "kop": [w("kop unit")]})
    actor = {"nama": w("nama pelaksana"), "lengkap": w("nama lengkap pelaksana"), "unit": w("id unit")}
    _add(data / "pelaksana.yml", w("id pelaksana"), actor)
    law = {
        "kutipan": f"Perbup {w('kutipan hukum')}",
        "jenis": w("jenis hukum"),
        "nomor": w("nomor hukum"),
        "tahun": "2020",
        "judul": w("judul hukum"),
        "dimaksud": w("hukum dimaksud"),
        "status": "diragukan",
        "keyakinan": "hampir-pasti",
        "catatan": w("catatan hukum"),
        "tautan": f"https://contoh.go.id/{w('tautan hukum')}",
    }
    _add(data / "hukum.yml", w("id hukum"), law)


def _add(path: Path, key: str, value: dict[str, Any]) -> None:
    write_yaml(path, {**yaml.safe_load(path.read_text(encoding="utf-8")), key: value})


def write_yaml(path: Path, value: object) -> None:
    """JSON is YAML; null is written as nothing, as people do."""
    path.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False).replace(": null\n", ":\n"))


def write_signed(data: Path, plants: Plants, owner: str) -> None:
    _signed(data / "naskah" / f"{plants.word(owner, 'nama berkas naskah')}.pdf", plants, owner)


def _signed(path: Path, plants: Plants, owner: str) -> None:
    """A PDF with a word in its compressed page, one in its metadata and one in a file attached to it."""
    path.parent.mkdir(exist_ok=True)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    words = f"BT ({plants.word(owner, 'isi naskah')}) Tj ET".encode()
    pdf.pages[0].Contents = pdf.make_stream(words)
    pdf.docinfo["/Title"] = plants.word(owner, "judul naskah")
    attached = plants.word(owner, "lampiran naskah").encode()
    pdf.attachments["lampiran.txt"] = pikepdf.AttachedFileSpec(pdf, attached)  # type: ignore[call-arg]  # its stub knows no defaults
    pdf.save(path, compress_streams=True, recompress_flate=True, deterministic_id=True)


def find_words(tree: Path) -> dict[str, set[str]]:
    """Every planted-looking word in a tree, names of files and folders too: word → where it stands."""
    found: dict[str, set[str]] = {}
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        contents = unpack(path.name, path.read_bytes()) if path.is_file() else iter(())
        for kind, content in ((f"nama {path.suffix}", name.encode()), *contents):
            for word in words_in(content):
                found.setdefault(word, set()).add(f"{kind} {name}")
    return found


@cache
def words_in(content: bytes) -> frozenset[str]:
    """Planted-looking words in bytes, whatever stands between their letters: case, hyphens, tags, zeros."""
    forms = [content] if b"<" not in content else [content, re.sub(rb"<[^>]*>", b"", content)]
    squeezed = (form.translate(_LOWER, _BETWEEN) for form in forms)
    return frozenset(found.decode() for form in squeezed for found in PATTERN.findall(form))


def unpack(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file and all that is packed in it, each with its kind."""
    kind = Path(name).suffix or name
    yield kind, content
    if content[:2] == b"\x1f\x8b":
        yield from unpack(f"{name}+gz", gzip.decompress(content))
    elif content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield f"{kind}/nama", member.encode()
                for inner, part in unpack(member, packed.read(member)):
                    yield f"{kind}/{inner}", part
    elif content[:5] == b"%PDF-":
        yield from _unpack_pdf(kind, content)
    elif name == "indeks.js":
        yield kind, content
        head = json.loads(content[content.index(b",") + 1 : content.rindex(b")")])
        for coded in (head["akar"], head["kenal"]):
            yield "indeks.js/sandi", _front_decoded(coded).encode()
    else:
        yield kind, html.unescape(content.decode("utf-8", "replace")).encode("utf-8", "replace")
        for packed_text in re.findall(rb"base64,([A-Za-z0-9+/]{16,}={0,2})", content):
            yield from unpack(f"{name}+base64", base64.b64decode(packed_text + b"==="))


def _unpack_pdf(kind: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                try:
                    inner = thing.read_bytes()
                except pikepdf.PdfError:  # a picture's own compression
                    inner = thing.read_raw_bytes()
                for deeper, part in unpack("aliran", inner):
                    yield f"{kind}/{deeper}", part
            yield f"{kind}/objek", _strings(thing).encode()
    pages = pypdfium2.PdfDocument(content)
    for page in pages:
        yield f"{kind}/teks", page.get_textpage().get_text_range().encode("utf-8", "replace")


def _strings(thing: Any) -> str:
    """All names and strings in a PDF object; objects of their own among its parts come by themselves."""
    if isinstance(thing, pikepdf.String | pikepdf.Name):
        return str(thing)
    if isinstance(thing, pikepdf.Array):
        return " ".join(_strings(part) for part in thing if not _is_own(part))
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return " ".join(
            f"{key} {_strings(thing[key]) if not _is_own(thing[key]) else ''}" for key in list(thing.keys())
        )
    return ""


def _is_own(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _front_decoded(coded: str) -> str:
    words, before = [], ""
    for entry in coded.split():
        before = before[: int(entry[0], 36)] + entry[1:]
        words.append(before)
    return " ".join(words)
