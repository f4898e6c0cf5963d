"""``sop import`` of a Word file of ours tells what was changed in it since it was made."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.cli.data.word_changes import word_changes
from generator.data.sources import read_catalogue
from generator.documents.made_from import version_of, word_file_of
from generator.reading.docx.document import read_docx
from generator.reading.understand import understand
from generator.reading.understood import Reading
from tests.documents.cases import DATA, catalogue
from tests.reading.word_files import rewritten

SLUG = "surat-dan-jadwal"


def own() -> bytes:
    data = word_file_of(catalogue(), catalogue().sop[SLUG], DATA)
    assert data is not None
    return data


def reading(data: bytes) -> Reading:
    seen, _ = read_docx(data, "uji.docx")
    assert seen is not None
    return understand(seen)


@pytest.mark.parametrize("letters", [64, 12])
def test_its_version_is_found_by_its_fingerprint(letters: int) -> None:
    found = version_of(catalogue(), reading(own()).fingerprint[:letters])
    assert found is not None
    assert found[1].slug == SLUG


def test_only_what_was_changed_is_told() -> None:
    data = own()
    assert word_changes(reading(data), catalogue(), DATA) == [f"dibuat dari {SLUG} versi 1: 0 perbedaan"]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                text = part.decode()
                note = "<w:p><w:r><w:t>Catatan baru</w:t></w:r></w:p><w:sectPr>"
                part = text.replace("<w:sectPr>", note).encode()
            target.writestr(name, part)
    assert word_changes(reading(out.getvalue()), catalogue(), DATA)[1:] == [
        "teks di luar tabel (halaman 2): baru 'Catatan baru'"
    ]


def test_other_files_are_left_alone() -> None:
    assert word_changes(Reading("x.docx", "docx", (), ()), catalogue(), DATA) == []


def changed(*exchanges: tuple[str, str]) -> bytes:
    """Our Word file after somebody typed other words into it."""

    def typed(text: str) -> str:
        for old, new in exchanges:
            assert old in text
            text = text.replace(old, new)
        return text

    return rewritten(own(), typed)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A changed Word file beside its data."""
    shutil.copytree(DATA, tmp_path / "data")
    steps = catalogue().sop[SLUG].alur[0].kegiatan
    texts = [(steps[0].uraian, "Menyusun konsep surat lain"), (str(steps[1].waktu), "9 hari kerja")]
    (tmp_path / "naskah.docx").write_bytes(changed(*texts))
    return tmp_path / "naskah.docx"


def test_changes_are_numbered_and_taken_over_as_chosen(word: Path) -> None:
    data = word.parent / "data"
    before = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    told = run("import", word, "--data", data).output
    number = next(
        line.split(".")[0].strip() for line in told.splitlines() if "Menyusun konsep surat lain" in line
    )
    result = run("import", word, "--data", data, "--terima-beda", number)
    assert result.exit_code == 0, result.output
    after = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    assert "Menyusun konsep surat lain" in after
    assert "9 hari kerja" not in after
    pairs = zip(before.splitlines(), after.splitlines(), strict=True)
    assert sum(old != new for old, new in pairs) == 1, "one line for another, and all comments stay"


def test_all_changes_are_taken_over(word: Path) -> None:
    data = word.parent / "data"
    result = run("import", word, "--data", data, "--terima-beda", "semua")
    assert result.exit_code == 0, result.output
    after = (data / "sop" / f"{SLUG}.yml").read_text(encoding="utf-8")
    assert "Menyusun konsep surat lain" in after
    assert "9 hari kerja" in after
    assert read_catalogue(data)[0] is not None


@pytest.mark.parametrize("number", ["0", "99", "x", ""])
def test_numbers_that_are_none_change_nothing(word: Path, number: str) -> None:
    data = word.parent / "data"
    before = (data / "sop" / f"{SLUG}.yml").read_bytes()
    assert run("import", word, "--data", data, "--terima-beda", number).exit_code == 2
    assert (data / "sop" / f"{SLUG}.yml").read_bytes() == before


def test_a_word_file_of_data_that_changed_since_says_how_to_go_on(word: Path) -> None:
    data = word.parent / "data"
    assert run("import", word, "--data", data, "--terima-beda", "1").exit_code == 0
    before = {path: path.read_bytes() for path in data.rglob("*.yml")}
    found = run("import", word, "--data", data, "--terima-beda", "1")
    assert found.exit_code == 1
    assert "tidak ada yang ditulis" in found.output
    assert "saran: buat lagi berkas Word-nya dengan sop docx" in found.output
    assert "dibaca sebagai SOP baru" not in found.output
    assert {path: path.read_bytes() for path in data.rglob("*.yml")} == before
