"""Seed → SOPs in government Indonesian, and queries with the SOPs that answer them.

A family (``families.txt``) is put into two to six SOPs, in one form each; every form is a query. An SOP
answers a query when the family was put into it or when a form of the family stands in it.
"""

from __future__ import annotations

import hashlib
import random
import re
from html import escape
from pathlib import Path

from msgspec import Struct


def _items(text: str) -> list[str]:
    return [item for line in text.split("\n") for item in line.strip().split("|") if item]


FAMILIES = Path(__file__).with_name("families.txt")

UNITS = _items(
    """
    Seksi Pelayanan Umum|Bidang Informasi Publik|Subbagian Umum|Bidang Ekonomi
    Seksi Kesejahteraan Rakyat|Bidang Prasarana|Subbagian Program|Seksi Ketenteraman
    Bidang Perekonomian|Seksi Pemerintahan
    """
)
ACTORS = ["Kasi", "Kabid", "Kadis", "Staf", "JFU", "Sekretaris", "Camat", "Lurah", "Pengelola Data", "Analis"]
TOPICS = _items(
    """
    kios pasar|kendaraan operasional|beasiswa mahasiswa|taman kota|lampu jalan|saluran irigasi
    gedung serbaguna|benih padi|ternak sapi|perahu nelayan|panti jompo|rumah susun
    jembatan gantung|sumur bor|bank sampah|lapangan olahraga|museum desa|sanggar tari
    perpustakaan keliling|posko banjir|ambulans desa|gudang obat|laboratorium air|hutan rakyat
    kebun bibit|terminal bus|halte sungai|parkir pasar|reklame toko|menara telekomunikasi
    warung internet|radio komunitas|papan nama|buku tamu|ruang tunggu|mesin cetak|server data
    kamera pengawas|jaringan kabel|sepeda dinas|seragam kerja|tenda pengungsi|mobil pemadam
    kotak saran|bendera pusaka|balai banjar|sekaa teruna|pura desa|pasar seni|wisata bahari
    air minum|kolam renang|tempat ibadah|makam pahlawan|lumbung pangan|koperasi nelayan
    industri batik|kelompok tani|guru honorer|bidan desa|kader kesehatan|siswa teladan
    lansia mandiri|anak jalanan|difabel netra|veteran perang|pekerja migran|buruh pabrik
    sopir angkutan|pedagang sayur|penenun kain|perajin perak|petambak garam|peternak lebah
    """
)
NOUNS = [
    "Pengurusan",
    "Penyiapan",
    "Penataan",
    "Penyelenggaraan",
    "Pengelolaan",
    "Pelayanan",
    "Penanganan",
    "Pengembangan",
]
FILLERS = _items(
    """
    Menyiapkan bahan {t}|Menerima berkas {t} dari loket|Meneruskan berkas {t} ke atasan
    Membuat konsep surat tentang {t}|Memeriksa kelengkapan berkas {t}
    Menyerahkan hasil kepada masyarakat|Menyimpan berkas pada lemari|Mencetak surat rangkap dua
    Membubuhkan paraf pada konsep surat|Menyusun laporan {t}|Menghimpun data {t} dari lapangan
    Menyampaikan hasil kepada pimpinan|Mengirim surat kepada camat
    Memberi nomor dan stempel pada surat|Membahas bahan {t} bersama pimpinan
    """
)
OBJECTS = ["berkas", "dokumen", "bahan", "data", "barang", "usulan", "laporan", "hasil", "daftar", "surat"]


class Family(Struct, frozen=True):
    kind: str
    forms: tuple[str, ...]
    held_out: bool


class Sop(Struct, frozen=True):
    slug: str
    title: str
    unit: str
    steps: tuple[tuple[str, str, str], ...]
    """Actor, what is done, time."""

    @property
    def text(self) -> str:
        return " ".join((self.title, self.unit, *(what for _, what, _ in self.steps)))


class Query(Struct, frozen=True):
    text: str
    answers: frozenset[str]
    """Slugs of the SOPs that answer it."""
    kind: str
    held_out: bool


def families() -> list[Family]:
    found = []
    for line in FAMILIES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, _, forms = line.partition(": ")
        held_out = hashlib.sha256(line.encode()).digest()[0] % 2 == 1
        found.append(Family(kind, tuple(form.strip() for form in forms.split("|")), held_out))
    return found


def generate(count: int, seed: int) -> tuple[list[Sop], list[Query]]:
    """The SOPs and all queries; the same numbers give the same ones."""
    rng = random.Random(seed)
    names = [(noun, topic) for topic in TOPICS for noun in NOUNS]
    chosen = rng.sample(names, count)
    placed: dict[int, list[tuple[Family, str]]] = {}
    homes: dict[Family, set[int]] = {}
    for family in families():
        homes[family] = set(rng.sample(range(count), rng.randint(2, 6)))
        for at in sorted(homes[family]):
            placed.setdefault(at, []).append((family, rng.choice(family.forms)))
    sops = [_sop(rng, noun, topic, placed.get(at, [])) for at, (noun, topic) in enumerate(chosen)]
    queries = []
    for family, places in homes.items():
        answers = {sops[at].slug for at in places} | {s.slug for s in sops if _holds(s.text, family.forms)}
        for form in family.forms:
            queries.append(Query(form, frozenset(answers), family.kind, family.held_out))
        topic = chosen[min(places)][1]
        both = {s.slug for s in sops if s.slug in answers and topic in s.text.lower()}
        queries.append(
            Query(f"{rng.choice(family.forms)} {topic}", frozenset(both), "pasangan", family.held_out)
        )
    return sops, queries


def _sop(rng: random.Random, noun: str, topic: str, placed: list[tuple[Family, str]]) -> Sop:
    whats = [filler.format(t=topic) for filler in rng.sample(FILLERS, rng.randint(4, 8))]
    for family, form in placed:
        whats.insert(rng.randrange(len(whats) + 1), _sentence(rng, family, form, topic))
    steps = tuple((rng.choice(ACTORS), what, f"{rng.choice((5, 10, 15, 30))} menit") for what in whats)
    return Sop(
        f"{noun} {topic}".lower().replace(" ", "-"), f"{noun} {topic.title()}", rng.choice(UNITS), steps
    )


def _sentence(rng: random.Random, family: Family, form: str, topic: str) -> str:
    thing = f"{rng.choice(OBJECTS)} {topic}"
    if family.kind == "kata" and form.startswith("me"):
        return f"{form.capitalize()} {thing}"
    if family.kind == "kata" and form.startswith("di") and form != "distribusi" and form != "disposisi":
        return f"Menerima {thing} yang telah {form}"
    return rng.choice(
        (f"Menyiapkan {form} untuk {thing}", f"Membuat {form} tentang {thing}", f"Menerima {form} {thing}")
    )


def _holds(text: str, forms: tuple[str, ...]) -> bool:
    words = f" {' '.join(re.findall('[a-z0-9]+', text.lower()))} "
    return any(f" {' '.join(re.findall('[a-z0-9]+', form.lower()))} " in words for form in forms)


def page(sop: Sop) -> str:
    """The SOP as a Markdown page, in the shape of the site's own."""
    steps = "\n".join(
        f'<li id="langkah-{n}"><p>{escape(actor)}: {escape(what)}. {escape(time)}.</p></li>'
        for n, (actor, what, time) in enumerate(sop.steps, 1)
    )
    return (
        f"# {sop.title}\n\n<p>Pemerintah Kabupaten Contoh</p>\n<p>{escape(sop.unit)}</p>\n\n"
        f"## Langkah\n\n<ol>\n{steps}\n</ol>\n"
    )
