"""Catalogues for tests: every box and column filled or blank in all the ways people leave them."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.data.catalogue import Audience, Catalogue
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Instansi, Kepastian, Pelaksana, Peraturan, Status, Unit
from generator.model.sop import SOP, Alur, Dugaan, Kegiatan, Pencabutan, Pengesahan, Tanggal, Versi

BLANKS = (None, "", "-", " - ", "–", "—", "...", "…")
"""What says nothing."""
UNITS = {
    "atas": Unit(id="atas", nama="Dinas"),
    **{f"u{n}": Unit(id=f"u{n}", nama=f"Seksi {n % 2}", induk="atas") for n in range(4)},
    "bawah": Unit(id="bawah", nama="Subseksi", induk="u0"),
}
ACTORS = {f"p{n}": Pelaksana(id=f"p{n}", nama=f"Staf {n}") for n in range(5)}

blank = st.sampled_from(BLANKS)
texts = blank | st.sampled_from(["Ada", "1", "=1+1", "065/1"])
dates = blank | st.sampled_from(["16 Januari 2019", "2024-02-29", "1 Maret 2025", "tak terbaca"])
lines = st.sampled_from([(), ("-",), ("1. -",), ("-", "–"), ("1. Komputer", "2. -"), ("Arsip",), ("- DPA",)])
steps = st.builds(
    Kegiatan,
    uraian=st.just("Mengetik"),
    pelaksana=st.just(("p0",)),
    kelengkapan=lines,
    waktu=texts,
    output=texts,
    no=st.sampled_from([None, None, "", "7."]),
)


@st.composite
def sops(draw: st.DrawFn, slug: str) -> SOP:
    columns = draw(st.lists(st.sampled_from(["p1", "p2", "p3"]), unique=True))
    alur = draw(st.lists(st.lists(steps, min_size=1, max_size=4), min_size=1, max_size=2))
    return SOP(
        slug=slug,
        nama=draw(st.sampled_from(["Surat", "=1+1", "@SUM(A1)"])) + slug,
        nomor=draw(texts),
        unit=draw(st.sampled_from(["u0", "u1", "u2", "bawah"])),
        klasifikasi=draw(st.sampled_from([*Klasifikasi, None])),
        versi=Versi(nomor=draw(st.integers(1, 3))),
        tanggal=Tanggal(pembuatan=draw(dates), revisi=draw(dates), efektif=draw(dates)),
        pencabutan=draw(st.sampled_from([None, None, None, Pencabutan(tanggal="1 Januari 2025")])),
        disahkan_oleh=draw(st.none() | st.builds(Pengesahan, jabatan=texts, nama=texts)),
        dasar_hukum=tuple(draw(st.lists(st.sampled_from(["h0", "h1", "h2", "h3"]), unique=True))),
        kualifikasi_pelaksana=draw(lines),
        peralatan_perlengkapan=draw(lines),
        peringatan=draw(lines),
        pencatatan_pendataan=draw(lines),
        dugaan=(Dugaan(hal="alur", alasan="Tidak terbaca"),) * draw(st.integers(0, 2)),
        alur=tuple(
            Alur(id=f"a{n}", pelaksana=("p0", *columns), kegiatan=tuple(rows)) for n, rows in enumerate(alur)
        ),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Up to six SOPs with the registers of this module, for everyone (not yet for an audience)."""
    found = [draw(sops(f"s{n}")) for n in range(draw(st.integers(0, 6)))]
    laws = {
        f"h{n}": Peraturan(
            id=f"h{n}",
            kutipan=f"UU Nomor {n}",
            jenis="Undang-Undang",
            nomor=str(n),
            tahun="2020",
            judul="Contoh",
            status=draw(st.sampled_from(Status)),
            keyakinan=draw(st.sampled_from([Kepastian.PASTI, Kepastian.HAMPIR_PASTI])),
        )
        for n in range(5)
    }
    return Catalogue(
        instansi=Instansi(nama="Dinas", singkatan="D", pemerintah="P", tinjau_ulang_bulan=12),
        unit=UNITS,
        pelaksana=ACTORS,
        hukum=laws,
        sop={sop.slug: sop for sop in found},
    )


def internal(catalogue: Catalogue) -> Catalogue:
    return catalogue.for_audience(Audience.INTERNAL)
