"""Made-up catalogues in every mixture of openness, dates and versions: what readers do not see has no part in
what they do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

import msgspec
import pytest
from msgspec.structs import replace

from generator.build.manifest import sop_hash
from generator.data.audience import Audience
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.figure.paper.content import fingerprint
from generator.model.klasifikasi import Klasifikasi
from generator.model.registers import Instansi, Pelaksana, Peraturan, Unit
from generator.model.sop import SOP, Alur, Arah, Kegiatan, Pencabutan, Rujukan, Simbol, Tanggal, Versi
from generator.site.changes import history_files
from generator.site.lists.history import all_news
from tests.open_files import open_files

SLUGS = ("satu", "dua", "tiga", "empat")
LEVELS = (Klasifikasi.PUBLIK, Klasifikasi.PUBLIK, Klasifikasi.INTERNAL, Klasifikasi.DIKECUALIKAN, None)
STARTS = (None, "-", *(f"1 Januari {year}" for year in range(2018, 2031, 2)))
DAYS = (None, date(2021, 1, 1), date(2026, 1, 1))
SEEDS = range(20)


def made_up(seed: int) -> Catalogue:
    rng = Random(seed)
    agency = Instansi(nama="Dinas", singkatan="Dinas", pemerintah="Kabupaten", situs="https://contoh.go.id")
    sops: dict[str, SOP] = {}
    older: dict[str, tuple[SOP, ...]] = {}
    for slug in sorted(SLUGS):
        *before, newest = (version(slug, number + 1, rng) for number in range(rng.choice((1, 1, 2, 4))))
        sops[slug] = newest
        older |= {slug: tuple(before)} if before else {}
    return Catalogue(
        instansi=agency,
        unit={
            "dinas": Unit(id="dinas", nama="Dinas"),
            **{f"u{n}": Unit(id=f"u{n}", nama=f"Unit {n}", induk="dinas") for n in range(5)},
        },
        pelaksana={f"p{n}": Pelaksana(id=f"p{n}", nama=f"Pelaksana {n}", unit=f"u{n}") for n in range(5)},
        hukum={
            f"h{n}": Peraturan(id=f"h{n}", kutipan=f"UU {n}", jenis="UU", nomor="1", tahun="2000", judul="A")
            for n in range(5)
        },
        sop=sops,
        versi=older,
    )


def version(slug: str, number: int, rng: Random) -> SOP:
    near = [other for other in SLUGS if other != slug]
    lanes = tuple(sorted(rng.sample([f"p{n}" for n in range(5)], 2)))
    steps = (
        Kegiatan(uraian=f"Awal {slug} {number}", pelaksana=lanes[:1], sop=rng.choice([None, *near])),
        Kegiatan(
            uraian="Tengah",
            simbol=(Simbol(pelaksana=lanes[1:], sop=rng.choice([None, *near])),),
        ),
        Kegiatan(uraian="Akhir", pelaksana=lanes[1:], arah=(Arah(sop=rng.choice(near)),)),
    )
    revoked = Pencabutan(tanggal="1 Mei 2025", pengganti=rng.choice(near))
    return SOP(
        slug=slug,
        nama=f"SOP {slug} {number}",
        unit=f"u{rng.randrange(5)}",
        klasifikasi=rng.choice(LEVELS),
        versi=Versi(nomor=number),
        tanggal=Tanggal(efektif=rng.choice(STARTS)),
        pencabutan=revoked if rng.random() < 0.1 else None,
        dasar_hukum=(f"h{rng.randrange(5)}",),
        keterkaitan=(Rujukan(sop=rng.choice(near)), Rujukan(sop=rng.choice(near), teks="Kutipan")),
        alur=(Alur(id="alur-1", pelaksana=lanes, kegiatan=steps),),
        judul_terbuka=rng.random() < 0.3,
        catatan=("Catatan",) if rng.random() < 0.5 else (),
    )


def told(part: Catalogue, day: date | None) -> list[object]:
    """All that a site takes from a catalogue, with every mark, key and hash."""
    excerpts = Excerpts(part)
    registers = (part.unit, part.pelaksana, part.hukum, part.sop)
    rows = [msgspec.json.encode(list(register.items())) for register in registers]
    links = (part.citing, part.of_unit, part.referring, part.duties)
    return [
        *(*rows, {slug: msgspec.json.encode(found) for slug, found in part.versi.items()}),
        *(repr(links), repr(part.charts), repr(part.problems)),
        {slug: (fingerprint(part, sop), sop_hash(part, slug)) for slug, sop in part.sop.items()},
        {slug: excerpts.key_of_sop(slug) for slug in part.sop},
        excerpts.key_of_all(),
        dict(open_files(part)),
        dict(history_files(all_news(part, day), part, day)),
    ]


def otherwise(whole: Catalogue, part: Catalogue) -> Catalogue:
    """The catalogue with other words in all that the part does not hold."""
    shown = {(sop.slug, sop.versi.nomor) for slug in part.sop for sop in part.versions(slug)}

    def other(sop: SOP) -> SOP:
        if (sop.slug, sop.versi.nomor) in shown:
            return sop
        named: dict[str, object] = {} if sop.judul_terbuka else {"nama": f"Lain {sop.nama}"}
        lanes = sop.alur[0].pelaksana if part.sees.unused_entries else ("p0",)
        if not part.sees.unused_entries:  # else whether an entry is hidden depends on whom it is named by
            named |= {"unit": "u0", "dasar_hukum": ("h0", "h1")}
        steps = (Kegiatan(uraian="Lain sekali", pelaksana=lanes),)
        return replace(
            sop,
            **named,
            nomor="lain",
            keterkaitan=(Rujukan(sop=next(iter(part.sop), SLUGS[0])),),
            alur=(Alur(id="alur-1", pelaksana=lanes, kegiatan=steps),),
            catatan=("Lain",),
            sidik_data="abcdef",
        )

    versions = {slug: tuple(map(other, found)) for slug, found in whole.versi.items()}
    return replace(whole, sop={slug: other(sop) for slug, sop in whole.sop.items()}, versi=versions)


def cases() -> Iterator[tuple[int, date | None]]:
    return ((seed, day) for seed in SEEDS for day in DAYS)


@pytest.mark.parametrize("audience", list(Audience))
def test_other_words_in_what_is_hidden_change_nothing(audience: Audience) -> None:
    seen = 0
    for seed, day in cases():
        whole = made_up(seed)
        part = whole.for_audience(audience, day)
        changed = otherwise(whole, part)
        seen += changed != whole and bool(part.sop)
        assert told(changed.for_audience(audience, day), day) == told(part, day), (seed, day)
    assert seen > 10


@pytest.mark.parametrize("audience", list(Audience))
def test_what_is_seen_follows_from_what_is_seen(audience: Audience) -> None:
    """Without all that is hidden it is the same: which version counts, what is a draft."""
    for seed, day in cases():
        part = made_up(seed).for_audience(audience, day)
        assert told(part.for_audience(audience, day), day) == told(part, day), (seed, day)


def test_every_audience_prints_the_same_mark() -> None:
    for seed, day in cases():
        now = made_up(seed).on(day)
        for audience in Audience:
            part = now.for_audience(audience, day)
            for slug, sop in part.sop.items():
                assert fingerprint(part, sop) == fingerprint(now, now.sop[slug]), (seed, day, slug)
