"""``sop sahkan``: the signed copy comes home, whole or not at all, and never another one."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.cli.versions import sahkan as command
from generator.data.catalogue import Catalogue
from generator.data.files.refused import NotWritten
from generator.data.sources import read_catalogue
from generator.data.writing.files import write_whole
from generator.data.writing.yaml_style import with_values
from generator.documents import signed_copies
from generator.formats.docx.mark import text_changed
from generator.model.dates import parse_date
from generator.site.pages import listings, seal_of, sop_page
from tests.open_files import open_files
from tests.reading.signing import root, signed, signer
from tests.reading.test_signatures import encrypted, overwritten

ROOT = Path(__file__).parents[2]
SLUG, OTHER = "surat-dan-jadwal", "pelaksanaan-pembinaan"
WHO = ("--jabatan", "Kepala Dinas", "--pengesah", "I Gede Contoh")
SAID = ("--efektif", "2026-12-01", *WHO, "--ya")
COMMENT = "# catatan penyunting tetap\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "sop_data", tmp_path / "sop_data"))
    path = folder / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8").replace('efektif: "-"', "efektif: 1 Mei 2020", 1)
    path.write_text(text.replace("kegiatan:\n", f"{COMMENT}kegiatan:\n", 1), encoding="utf-8")
    words = ["revise", SLUG, "--perubahan", "a", "--alasan", "b", "--tanggal", "2026-10-01"]
    assert CliRunner().invoke(main, [*words, "--data", str(folder)]).exit_code == 0
    return folder


def sheet(data: Path, slug: str = SLUG, kind: str = "pdf") -> bytes:
    out = data.parent / "dokumen"
    words = [kind, slug, "--rancangan", "--data", str(data), "--out", str(out), "--date", "2026-11-01"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    (path,) = out.glob(f"{slug}.naskah*.{kind}")
    return path.read_bytes()


def given(data: Path, content: bytes, name: str = "ttd.pdf") -> Path:
    path = data.parent / name
    path.write_bytes(content)
    return path


def run(data: Path, file: Path, *words: str, answers: str | None = None, slug: str = SLUG) -> Result:
    return CliRunner().invoke(main, ["sahkan", slug, str(file), "--data", str(data), *words], input=answers)


def held(data: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}


def whole(data: Path) -> Catalogue:
    found, problems = read_catalogue(data)
    assert found is not None, problems
    return found


def by(*names: str, pdf: bytes) -> bytes:
    for number, name in enumerate(names, 1):
        pdf = signed(pdf, signer(name, number=number), f"Tanda{number}")
    return pdf


def test_it_is_filed_and_the_sop_says_who_signed(data: Path) -> None:
    file = given(data, by("Paraf Satu", "I Gede Contoh", pdf=sheet(data)))
    (data / "akar_sertifikat").mkdir()
    (data / "akar_sertifikat" / "akar.crt").write_bytes(root())
    done = run(data, file, *SAID)
    assert done.exit_code == 0, done.output
    assert "Isi naskah sama dengan data." in done.output
    sop = whole(data).sop[SLUG]
    assert sop.dokumen_resmi == f"naskah/{SLUG}-versi-2.pdf"
    assert (data / sop.dokumen_resmi).read_bytes() == file.read_bytes()
    assert sop.tanggal.efektif == "1 Desember 2026"
    assert sop.disahkan_oleh is not None
    assert (sop.disahkan_oleh.nama, sop.disahkan_oleh.jabatan) == ("I Gede Contoh", "Kepala Dinas")
    assert [(one.nama, one.keadaan, one.sertifikat) for one in sop.tanda_tangan] == [
        ("Paraf Satu", "ditambah", "dipercaya"),
        ("I Gede Contoh", "utuh", "dipercaya"),
    ]
    assert COMMENT in (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    assert CliRunner().invoke(main, ["fmt", "--check", "--data", str(data)]).exit_code == 0
    assert run(data, file, *SAID).output.startswith("Sudah tersimpan")


def test_page_list_and_open_data_say_who_signed_and_that_the_data_is_the_same(data: Path) -> None:
    assert run(data, given(data, by("I Gede Contoh", pdf=sheet(data))), *SAID).exit_code == 0
    day = parse_date("2026-12-02")
    seen = whole(data).for_audience("publik", day)
    copies, problems = signed_copies(seen, data)
    assert (problems, copies[SLUG].changed) == ([], False)
    page = sop_page(seen.sop[SLUG], seen, day, seal_of(copies[SLUG])).html()
    lists = {listing.page.path: listing.whole().html() for listing in listings([], seen, day)}
    kinds = (".json", ".csv")
    files = {path: content.decode() for path, content in open_files(seen) if path.endswith(kinds)}
    told = (
        page,
        lists["sop/"],
        files[f"data/sop/{SLUG}.json"],
        files["data/sop.csv"],
        files["data/sop.json"],
    )
    assert all("I Gede Contoh" in text for text in told)
    assert "Data SOP ini telah berubah" not in page


def test_it_asks_and_writes_nothing_without_a_yes(data: Path) -> None:
    file, before = given(data, by("I Gede Contoh", pdf=sheet(data))), held(data)
    answers = "kemarin\n2026-12-01\n\nKepala Dinas\n"
    done = run(data, file, answers=answers + "n\n")
    assert done.exit_code != 0
    assert "tidak dapat dibaca" in done.output
    assert held(data) == before
    assert run(data, file, answers=answers + "y\n").exit_code == 0
    assert whole(data).sop[SLUG].tanggal.efektif == "1 Desember 2026"


def test_a_text_that_differs_is_told_and_needs_a_word(data: Path) -> None:
    file = given(data, by("I Gede Contoh", pdf=sheet(data)))
    path = data / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    step = re.search(r"uraian: (.*)", text)
    assert step is not None
    path.write_text(text.replace(step[1], f"{step[1]} sekali", 1), encoding="utf-8")
    before = held(data)
    done = run(data, file, *SAID)
    assert done.exit_code == 1
    assert re.search(r"Langkah 1, Kegiatan: pada naskah .* pada data .*sekali", done.output), done.output
    assert held(data) == before
    assert run(data, file, *SAID, "--meski-berbeda").exit_code == 0


def test_a_paper_signed_by_another_official_is_told(data: Path) -> None:
    done = run(data, given(data, by("Orang Lain", pdf=sheet(data))), *SAID)
    assert done.exit_code == 1
    assert "yang menandatangani Orang Lain, sedangkan pengesah pada data I Gede Contoh" in done.output


def test_a_scan_signed_by_hand_needs_a_word(data: Path) -> None:
    file = given(data, sheet(data))
    assert "--tanpa-tte" in run(data, file, *SAID).output
    assert run(data, file, *SAID, "--tanpa-tte").exit_code == 0
    assert whole(data).sop[SLUG].tanda_tangan == ()


def two_sops(data: Path) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(sheet(data))) as one, pikepdf.open(io.BytesIO(sheet(data, OTHER))) as two:
        one.pages.extend(two.pages)
        one.save(out)
    return by("I Gede Contoh", pdf=out.getvalue())


def touched(data: Path) -> bytes:
    """A byte that was signed is another."""
    pdf = bytearray(by("I Gede Contoh", pdf=sheet(data)))
    at = pdf.index(b"/CreationDate") if b"/CreationDate" in pdf else pdf.index(b"%PDF-") + 10
    pdf[at + 20] ^= 1
    return bytes(pdf)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda data: b"", "berkas kosong"),
        (lambda data: b"bukan apa-apa", "bukan PDF"),
        (lambda data: b"%PDF-1.7 rusak", "rusak"),
        (lambda data: encrypted(), "dikunci"),
        (lambda data: by("I Gede Contoh", pdf=sheet(data, OTHER)), "naskah SOP lain"),
        (lambda data: overwritten(by("I Gede Contoh", pdf=sheet(data))), "teks halaman berubah"),
        (touched, "tidak cocok lagi"),
        (two_sops, "memuat 2 SOP"),
        (lambda data: sheet(data, kind="docx"), "berkas Word dari program ini"),
    ],
)
def test_what_is_no_signed_copy_of_it_is_said_and_nothing_is_written(data: Path, make, said: str) -> None:  # type: ignore[no-untyped-def]
    file = given(data, make(data))
    before = held(data)
    done = run(data, file, *SAID)
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert "saran:" in done.output
    assert "palsu" not in done.output.replace("bukan berarti palsu", "")
    assert held(data) == before


def test_a_folder_and_a_missing_file_are_said(data: Path) -> None:
    assert "berkas tidak ada" in run(data, data.parent / "tidak-ada.pdf", *SAID).output
    assert run(data, data, *SAID).exit_code != 0
    assert "tidak ada" in run(data, data.parent / "x.pdf", *SAID, slug="tidak-ada").output


def test_a_version_has_one_signed_copy(data: Path) -> None:
    pdf = sheet(data)
    assert run(data, given(data, by("I Gede Contoh", pdf=pdf)), *SAID).exit_code == 0
    before = held(data)
    done = run(data, given(data, by("I Gede Contoh", "Dua", pdf=pdf)), *SAID)
    assert done.exit_code == 1
    assert f"sop revise {SLUG}" in done.output
    assert held(data) == before


def test_what_stops_between_copy_and_file_is_told_and_mended(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = given(data, by("I Gede Contoh", pdf=sheet(data)))
    real, text = write_whole, (data / "sop" / f"{SLUG}.yml").read_bytes()

    def stops(path: Path, content: bytes) -> None:
        if path.suffix == ".yml":
            raise NotWritten(path, "listrik padam", "nyalakan")
        real(path, content)

    monkeypatch.setattr(command, "write_whole", stops)
    assert run(data, file, *SAID).exit_code != 0
    assert (data / "sop" / f"{SLUG}.yml").read_bytes() == text
    check = CliRunner().invoke(main, ["check", "--data", str(data)])
    assert "belum menyebutnya" in check.output
    told = re.search(r"lanjutkan: sop sahkan (\S+) (\S+)", check.output)
    assert told is not None
    monkeypatch.setattr(command, "write_whole", real)
    assert run(data, Path(told[2]), *SAID, slug=told[1]).exit_code == 0
    assert "belum menyebutnya" not in CliRunner().invoke(main, ["check", "--data", str(data)]).output


def test_a_word_file_whose_text_was_changed_is_noticed(data: Path) -> None:
    made = sheet(data, kind="docx")
    assert text_changed(made) is False
    assert text_changed(rewritten(made, "Surat", "Berkas")) is True
    assert text_changed(rewritten(made, "<w:r>", '<w:r w:rsidR="00A1">')) is False, "Word writes runs anew"
    assert text_changed(b"PK halo") is None
    done = run(data, given(data, rewritten(made, "Surat", "Berkas"), "ubah.docx"), *SAID)
    assert "teksnya diubah" in done.output


def rewritten(docx: bytes, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(out, "w") as other:
        for name in package.namelist():
            part = package.read(name)
            if name == "word/document.xml":
                assert old.encode() in part
                part = part.replace(old.encode(), new.encode())
            other.writestr(name, part)
    return out.getvalue()


def test_answers_that_nobody_gave_are_asked_for_by_name(data: Path) -> None:
    text = with_values((data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8"), {("disahkan_oleh",): None})
    (data / "sop" / f"{SLUG}.yml").write_text(text, encoding="utf-8")
    file = given(data, by("I Gede Contoh", pdf=sheet(data)))
    assert "sebut --efektif" in run(data, file, "--ya").output
    assert "sebut --jabatan" in run(data, file, "--ya", "--efektif", "2026-12-01").output
