"""Documents are of the version that the site shows on the same day; a signed copy goes with its version."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.sources import read_catalogue
from generator.documents import signed_copies
from tests.documents.cases import DATA

SLUG = "surat-dan-jadwal"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The real data; of one SOP a version of 2020 with its signed copy, one of 2030 and a draft."""
    folder = Path(shutil.copytree(DATA, tmp_path / "sop_data"))
    path = folder / "sop" / f"{SLUG}.yml"
    text = path.read_text(encoding="utf-8")
    kept = folder / "versi" / SLUG
    kept.mkdir(parents=True)
    for number, start, target in (
        (1, "1 Mei 2020", kept / "1.yml"),
        (2, "1 Mei 2030", kept / "2.yml"),
        (3, "-", path),
    ):
        changed = text.replace('efektif: "-"', f'efektif: "{start}"', 1)
        changed = changed.replace("nama: Surat dan Jadwal", f"nama: Surat dan Jadwal {number}", 1)
        changed += f"versi: {{nomor: {number}}}\n"
        if number == 1:
            changed += "dokumen_resmi: naskah/satu.pdf\n"
        target.write_text(changed, encoding="utf-8")
    (folder / "naskah").mkdir()
    (folder / "naskah" / "satu.pdf").write_bytes(b"%PDF-1.7 asli")
    return folder


@pytest.mark.parametrize(
    ("day", "number"), [((), 2), (("--date", "2030-04-30"), 1), (("--date", "2030-05-01"), 2)]
)
@pytest.mark.parametrize("audience", ["public", "internal"])
def test_a_document_is_of_the_version_in_force(
    data: Path, tmp_path: Path, day: tuple[str, ...], number: int, audience: str
) -> None:
    out = tmp_path / "dokumen"
    arguments = ["docx", SLUG, "--data", str(data), "--out", str(out), "--fresh", "--audience", audience]
    result = CliRunner().invoke(main, [*arguments, *day])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(io.BytesIO((out / f"{SLUG}.docx").read_bytes())) as package:
        assert f"<dc:title>Surat dan Jadwal {number}</dc:title>" in package.read("docProps/core.xml").decode()


def test_the_signed_copy_of_an_earlier_version_is_published_with_it(data: Path) -> None:
    whole, problems = read_catalogue(data)
    assert whole is not None, problems
    part = whole.for_audience("publik")
    assert part.sop[SLUG].dokumen_resmi is None
    signed, problems = signed_copies(part, data)
    assert [copy.name for copy in signed.values()] == ["satu.pdf"]
    assert problems == []
    (data / "naskah" / "satu.pdf").unlink()
    (problem,) = signed_copies(part, data)[1]
    assert problem.position.file.endswith(f"versi/{SLUG}/1.yml")
