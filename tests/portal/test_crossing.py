"""SOPs of other agencies, named ``instansi/id``: as their agencies publish them, and nothing else of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from generator.build.links import page_links
from generator.data.audience import Audience
from generator.data.beside import told_across
from generator.data.catalogue import Catalogue
from generator.data.excerpt import Excerpts
from generator.data.files.shared import naming
from generator.data.sources import read_catalogue
from generator.edit.known import Reading
from generator.figure.paper.content import gather
from generator.form import LABEL_RESMI
from generator.formats.bpmn.xml import process_id
from generator.formats.html.html import Links
from generator.formats.html.page import identity, references
from generator.formats.plain.gathered import about, in_words
from generator.model.hidden import SOP_ELSEWHERE
from generator.model.registers import PortalUmum
from tests.bench.site.kabupaten import write_kabupaten

SLUG = "penerbitan-surat-rekomendasi-0"
OTHER = f"disdik/{SLUG}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three agencies; the first SOP of each goes on with the first of the next."""
    return write_kabupaten(tmp_path / "data", 3, 4)


def read(data: Path, agency: str = "dinkes", home: bool = True) -> tuple[Catalogue, list[str]]:
    found, problems = read_catalogue(data / "instansi" / agency, home=data if home else None)
    assert found is not None, problems
    return found, [f"{p.rule}: {p.message} -> {p.hint}" for p in problems if p.rule == "sop_instansi_lain"]


def change(data: Path, agency: str, **values: object) -> None:
    file = data / "instansi" / agency / "sop" / f"{SLUG}.yml"
    told = yaml.safe_load(file.read_text()) | values
    file.write_text(yaml.safe_dump({key: value for key, value in told.items() if value is not None}))


def shown(catalogue: Catalogue) -> str:
    """Everything that pages, documents and files say of the SOP."""
    sop = catalogue.sop[SLUG]
    links = Links(catalogue, "../../")
    label = dict(LABEL_RESMI)
    words = repr((about(sop, catalogue, ()), in_words(sop, catalogue), gather(catalogue, sop, {})))
    excerpt = msgspec.json.encode(Excerpts(catalogue).of_sop(SLUG)).decode()
    return words + references(sop, catalogue, links, label) + excerpt


def test_what_another_agency_publishes_is_named_and_linked(data: Path) -> None:
    whole, problems = read(data)
    assert problems == []
    public, internal = (whole.for_audience(audience) for audience in Audience)
    name = "Penerbitan Surat Rekomendasi DISDIK (Dinas Pendidikan Kabupaten Nusa Contoh)"
    for catalogue in (whole, public, internal):
        assert catalogue.names(catalogue.sop[SLUG]) == {OTHER: name}
        words = shown(catalogue)
        assert f"- {name}" in words, "the box of the printed form"
        assert f"SOP {name}" in words, "the hand-over in words"
    assert Links(public, "../../").sop(OTHER) == f"../../../disdik/sop/{SLUG}/"
    assert Links(internal, "../../").sop(OTHER) is None, "beside the internal site stands no other agency"
    assert public.portal == PortalUmum(nama="SOP Pemerintah Kabupaten Nusa Contoh", alamat="../")
    assert internal.portal is None
    assert process_id(OTHER) == f"proses_disdik.{SLUG}", "a name in XML"


def named(data: Path, agency: str = "dinkes") -> Catalogue:
    """An agency with what others say of its SOPs."""
    folders = {path.name: path for path in (data / "instansi").iterdir()}
    found, problems = read_catalogue(folders[agency], home=data, id=agency, named_by=naming(folders)[agency])
    assert found is not None, problems
    return found


def test_who_is_named_by_another_agency_says_so(data: Path) -> None:
    whole = named(data)
    public, internal = (whole.for_audience(audience) for audience in Audience)
    name = "Penerbitan Surat Rekomendasi DISHUB (Dinas Perhubungan Kabupaten Nusa Contoh)"
    for catalogue in (public, internal):
        assert list(catalogue.perujuk) == [SLUG]
        assert name in shown(catalogue)
        assert not catalogue.namers
    assert f"../../../dishub/sop/{SLUG}/" in shown(public)
    (data / "portal.yml").write_text("nama: SOP Kabupaten\nsitus: https://sop.contoh.go.id\n")
    for audience in Audience:
        assert f"https://sop.contoh.go.id/dishub/sop/{SLUG}/" in shown(named(data).for_audience(audience))


@pytest.mark.parametrize("level", ["internal", "dikecualikan", None, "gone", "broken", "no more"])
def test_who_names_it_unseen_leaks_nothing(data: Path, level: str | None) -> None:
    file = data / "instansi" / "dishub" / "sop" / f"{SLUG}.yml"
    if level == "gone":
        file.unlink()
    elif level == "broken":
        file.write_text("nama: [Penerbitan")
    elif level == "no more":
        change(data, "dishub", nama="Kenari", keterkaitan=None, kegiatan=None, catatan=[f"dinkes/{SLUG}"])
    else:
        change(data, "dishub", nama="Kenari Rahasia", klasifikasi=level)
    for audience in Audience:
        found = named(data).for_audience(audience)
        assert not found.perujuk
        assert "enari" not in shown(found)


def test_what_another_agency_says_of_its_own_sop_is_said_of_none_here(data: Path) -> None:
    """Two agencies may have SOPs of one id; whoever names its own names no other's."""
    own = "penanganan-pengaduan-masyarakat-1"
    change(data, "dishub", keterkaitan=[{"sop": f"dinkes/{SLUG}"}, {"sop": own}])
    file = data / "instansi" / "dinkes" / "sop" / f"{own}.yml"
    file.write_text(file.read_text().replace("klasifikasi: internal", "klasifikasi: publik"))
    found = named(data).for_audience(Audience.PUBLIK)
    assert own in found.sop
    assert list(found.perujuk) == [SLUG]


def across(data: Path) -> tuple[str, str]:
    """What the digest says and what there is of other agencies, for the one in the midst."""
    by, day = (
        naming({path.name: path for path in (data / "instansi").iterdir()})["dinkes"],
        date(2026, 11, 29),
    )
    digest = told_across(data / "instansi" / "dinkes", data, "dinkes", {OTHER}, by, day)
    found, problems = read_catalogue(data / "instansi" / "dinkes", home=data, id="dinkes", named_by=by)
    assert found is not None
    seen = [found.for_audience(audience, on) for audience in Audience for on in (None, day)]
    there = [(found.lain, found.portal)] + [(one.lain, one.perujuk, one.portal) for one in seen]
    return digest, repr((there, problems))


@pytest.mark.parametrize("agency", ["disdik", "dishub"])
def test_what_others_tell_is_known_by_its_digest(data: Path, agency: str) -> None:
    """It is another one where, and only where, something else is told."""
    file = data / "instansi" / agency / "sop" / f"{SLUG}.yml"
    home = data / "instansi" / agency / "instansi.yml"
    draft = {"tanggal": None, "versi": {"nomor": 9, "perubahan": "Lain."}}
    before = across(data)
    seen = {before}
    for values in (
        {"tujuan": "Apa saja"},
        {"nama": "Nama Lain"},
        {"klasifikasi": "internal"},
        {"klasifikasi": "publik", "nama": "Kembali"},
        {"tanggal": {"pembuatan": "1 Januari 2099", "efektif": "1 Januari 2099"}},
        draft,
        {"keterkaitan": None, "kegiatan": None},
    ):
        change(data, agency, **values)
        seen.add(across(data))
    home.write_text(home.read_text() + "situs: https://lain.contoh.go.id\n")
    seen.add(across(data))
    (data / "portal.yml").write_text("nama: Lain\nsitus: https://sop.contoh.go.id\n")
    seen.add(across(data))
    file.write_text("nama: [Penerbitan")
    seen.add(across(data))
    file.unlink()
    seen.add(across(data))
    assert len({digest for digest, _ in seen}) == len({there for _, there in seen}) == len(seen) > 4


def test_what_is_not_open_to_all_here_is_not_known_to_be_named(data: Path) -> None:
    """What the other agency itself does not tell its readers is not told here either."""
    change(data, "dinkes", klasifikasi="internal")
    for audience in Audience:
        assert not named(data).for_audience(audience).perujuk


def test_a_new_name_elsewhere_makes_that_page_anew(data: Path) -> None:
    before = Excerpts(named(data).for_audience("publik"))
    change(data, "dishub", nama="Nama Baru")
    after = Excerpts(named(data).for_audience("publik"))
    again = {slug for slug in before.catalogue.sop if before.key_of_sop(slug) != after.key_of_sop(slug)}
    assert again == {SLUG}


def test_addresses_of_the_portal_count_everywhere(data: Path) -> None:
    (data / "portal.yml").write_text("nama: SOP Kabupaten\nsitus: https://sop.contoh.go.id\n")
    whole, _ = read(data)
    for audience in Audience:
        found = whole.for_audience(audience)
        assert Links(found, "../").sop(OTHER) == f"https://sop.contoh.go.id/disdik/sop/{SLUG}/"
        assert found.portal == PortalUmum(nama="SOP Kabupaten", alamat="https://sop.contoh.go.id")


def test_alone_an_agency_of_a_portal_links_to_nothing_beside_it(data: Path) -> None:
    public = read(data, home=False)[0].for_audience(Audience.PUBLIK)
    assert OTHER in public.lain
    assert Links(public, "").sop(OTHER) is None
    assert public.portal is None


@pytest.mark.parametrize("level", ["internal", "dikecualikan", None, "gone"])
def test_what_is_not_open_to_all_leaks_nothing(data: Path, level: str | None) -> None:
    """Hidden, a draft or not there: the same words, so that nobody learns which."""
    file = data / "instansi" / "disdik" / "sop" / f"{SLUG}.yml"
    if level == "gone":
        file.unlink()
    else:
        change(data, "disdik", nama="Kenari Rahasia", nomor="kenari/1", klasifikasi=level)
    change(data, "dinkes", keterkaitan=[{"sop": OTHER, "teks": "SOP Kenari Rahasia"}])
    whole, problems = read(data)
    said = f"Dinas Pendidikan Kabupaten Nusa Contoh tidak menerbitkan SOP '{SLUG}'"
    assert len(problems) == 2
    assert all(said in problem for problem in problems)
    assert not any("enari" in problem for problem in problems)
    for audience in Audience:
        found = whole.for_audience(audience)
        assert "enari" not in shown(found)
        assert OTHER not in shown(found)
        assert SOP_ELSEWHERE in shown(found)
        assert not found.beside


def test_the_version_in_force_counts_not_the_newest(data: Path) -> None:
    folder = data / "instansi" / "disdik" / "versi" / SLUG
    folder.mkdir(parents=True)
    old = yaml.safe_load((data / "instansi" / "disdik" / "sop" / f"{SLUG}.yml").read_text())
    old |= {"nama": "Nama Lama", "tanggal": {"efektif": "1 Januari 2020"}}
    (folder / "1.yml").write_text(yaml.safe_dump(old))
    change(data, "disdik", nama="Nama Baru", versi={"nomor": 2}, tanggal={"efektif": "1 Januari 2030"})
    whole, _ = read(data)
    for day, name in ((date(2026, 1, 1), "Nama Lama"), (date(2031, 1, 1), "Nama Baru")):
        assert whole.for_audience(Audience.PUBLIK, day).lain[OTHER].nama == name


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("disdik/penerbitan-surat-rekomendasi-00", f"maksud Anda '{OTHER}'?"),
        ("disdikk/apa-saja", "instansi 'disdikk' tidak ada di portal ini -> maksud Anda 'disdik'?"),
        (f"dinkes/{SLUG}", f"SOP instansi ini sendiri -> tulis '{SLUG}' saja"),
        ("disdik/../../rahasia", "bukan nama SOP"),
        ("../disdik", "bukan nama SOP"),
        ("disdik/a/b", "bukan nama SOP"),
    ],
)
def test_a_wrong_name_is_told_with_its_cure(data: Path, named: str, said: str) -> None:
    change(data, "dinkes", keterkaitan=[{"sop": named}])
    whole, problems = read(data)
    assert [problem for problem in problems if said in problem], problems
    public = whole.for_audience(Audience.PUBLIK)
    box = identity(public.sop[SLUG], public, Links(public, ""), dict(LABEL_RESMI))
    assert named not in box
    assert SOP_ELSEWHERE in box


def test_only_what_is_named_is_read_of_others(data: Path) -> None:
    """What else is wrong with another agency changes nothing here; its SOP unreadable: as if closed."""
    (data / "instansi" / "disdik" / "unit.yml").write_text("dinas: [\n")
    (data / "instansi" / "disdik" / "sop" / "rusak.yml").write_text("nama: [\n")
    assert read(data)[1] == []
    (data / "instansi" / "disdik" / "sop" / f"{SLUG}.yml").write_text("nama: [\n")
    assert len(read(data)[1]) == 2


def test_an_excerpt_depends_on_the_name_in_the_other_agency(data: Path) -> None:
    def key() -> bytes:
        return Excerpts(read(data)[0].for_audience(Audience.PUBLIK)).key_of_sop(SLUG)

    before = key()
    change(data, "disdik", tujuan="Apa saja")
    assert key() == before
    change(data, "disdik", nama="Nama Lain")
    assert key() != before


def test_links_lead_one_site_aside_only_in_a_portal() -> None:
    page = '<a href="../../../disdik/sop/x/">a</a><a href="../../../../x/">b</a>'
    assert len(page_links("sop/y/index.html", page).dead) == 2
    assert [dead.address for dead in page_links("sop/y/index.html", page, beside=True).dead] == [
        "../../../../x/"
    ]


def test_under_the_pen_names_of_other_agencies_are_known(data: Path) -> None:
    known = Reading(data / "instansi" / "dinkes").known()
    assert (
        known.names[OTHER] == "Penerbitan Surat Rekomendasi DISDIK (Dinas Pendidikan Kabupaten Nusa Contoh)"
    )
    assert known.register.elsewhere[OTHER] is None
    assert OTHER not in known.register.slugs
