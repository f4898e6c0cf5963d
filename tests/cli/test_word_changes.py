"""``sop import`` of a Word file of ours tells what was changed in it since it was made."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.cli.data.word_changes import word_changes
from generator.documents.made_from import version_of, word_file_of
from generator.reading.docx.document import read_docx
from generator.reading.understand import understand
from generator.reading.understood import Reading
from tests.documents.cases import DATA, catalogue

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
