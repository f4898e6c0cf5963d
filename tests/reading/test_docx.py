"""Our own Word files come back without a difference, also saved again by LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.documents.setting import make_docx, make_pdf, set_document
from generator.reading.docx.document import read_docx
from generator.reading.pdf.document import read_pdf
from generator.reading.seen import Seen
from generator.reading.understand import understand
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.documents.cases import DATA, catalogue, made_up
from tests.reading.truth import read, said


def seen(data: bytes) -> Seen:
    found, problems = read_docx(data, "uji.docx")
    assert found is not None, problems
    assert problems == []
    return found


@pytest.mark.parametrize("seed", [0, 2, 19, 69, 72, 81])
def test_a_made_up_sop_comes_back(seed: int) -> None:
    chart = sop_chart(seed)
    document = made_up(chart, seed, 14)
    file = seen(make_docx(document))
    (found,) = understand(file).charts
    assert read(found) == said(document, chart)
    assert file.fingerprint == document.content.mark


def test_a_crowded_one_comes_back() -> None:
    chart = stress_chart(2, 24, 12)
    document = made_up(chart, 2, 20, "A3")
    (found,) = understand(seen(make_docx(document))).charts
    assert read(found)[:3] == said(document, chart)[:3]


@pytest.mark.parametrize("slug", ["pelaksanaan-pembinaan", "pembentukan-kim", "surat-dan-jadwal"])
def test_a_word_file_and_its_pdf_say_the_same(slug: str) -> None:
    document, _ = set_document(catalogue(), slug, DATA)
    assert document is not None
    word = understand(seen(make_docx(document)))
    file, _ = read_pdf(make_pdf(document), "uji.pdf")
    assert file is not None
    pdf = understand(file)
    (one,), (other,) = word.charts, pdf.charts
    assert read(one) == read(other)
    assert one.doubts == ()
    (mine,), (its,) = word.identities, pdf.identities
    for name in its.values:
        assert mine.values[name].text == its.values[name].text
    assert {key: [w.text for w in some] for key, some in mine.boxes.items()} == {
        key: [w.text for w in some] for key, some in its.boxes.items()
    }
    assert " ".join(mine.kop) == " ".join(its.kop)


@pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice")
def test_it_comes_back_after_a_save_in_libreoffice(tmp_path: Path) -> None:
    """Also by way of its own format, in which it knows no shape of Word's."""
    cases = {seed: sop_chart(seed) for seed in (0, 2, 19)}
    documents = {seed: made_up(chart, seed, 14) for seed, chart in cases.items()}
    for seed, document in documents.items():
        (tmp_path / f"{seed}.docx").write_bytes(make_docx(document))
    saved = convert(tmp_path, "docx", "word", *(tmp_path / f"{seed}.docx" for seed in cases))
    odt = convert(tmp_path, "odt", "odt", *(tmp_path / f"{seed}.docx" for seed in cases))
    again = convert(tmp_path, "docx", "again", *odt)
    for file in [*saved, *again]:
        seed = int(file.stem)
        back = seen(file.read_bytes())
        (found,) = understand(back).charts
        assert read(found) == said(documents[seed], cases[seed]), file
        assert back.fingerprint == documents[seed].content.mark


def convert(folder: Path, kind: str, name: str, *files: Path) -> list[Path]:
    """Files saved by LibreOffice as another kind."""
    target = folder / name
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        kind,
    ]
    subprocess.run([*command, "--outdir", target, *files], check=True, capture_output=True, timeout=120)
    return sorted(target.iterdir())
