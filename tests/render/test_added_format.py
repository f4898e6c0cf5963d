"""A format that is a folder and an entry, and nothing else, is made, offered and told everywhere."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parents[2]
WRITER = """from generator.model.sop import SOP


def outline(sop: SOP) -> str:
    return "".join(f"* {step.uraian}\\n" for alur in sop.alur for step in alur.kegiatan)
"""
ENTRY = """BESIDE = (
    Format(
        key="kerangka",
        ending="org",
        media="text/org",
        words="Kerangka langkah",
        use="untuk catatan rapat",
        make=lambda sop, _flows, _label: outline(sop),
        saved=True,
    ),
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("format")
    shutil.copytree(ROOT / "generator", top / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    folder = top / "generator/formats/org"
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    (folder / "outline.py").write_text(WRITER, encoding="utf-8")
    register = top / "generator/formats/beside.py"
    text = register.read_text(encoding="utf-8")
    assert text.count("BESIDE = (\n") == 1
    text = text.replace("BESIDE = (\n", ENTRY).replace(
        "from generator.formats.svg",
        "from generator.formats.org.outline import outline\nfrom generator.formats.svg",
    )
    register.write_text(text, encoding="utf-8")
    words = [
        "build",
        "--data",
        str(ROOT / "sop_data"),
        "--out",
        "site",
        "--no-documents",
        "--audience",
        "public",
    ]
    done = subprocess.run(
        [sys.executable, "-m", "generator", *words], cwd=top, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return top / "site/public"


def test_it_lies_beside_every_page_and_is_offered(site: Path) -> None:
    for page in sorted(site.glob("sop/*/index.html")):
        slug = page.parent.name
        text = (page.parent / f"{slug}.org").read_text(encoding="utf-8")
        record = json.loads((site / f"data/sop/{slug}.json").read_text(encoding="utf-8"))
        assert text.splitlines() == [f"* {step['uraian']}" for step in record["alur"][0]["kegiatan"]]
        html = page.read_text(encoding="utf-8")
        assert re.search(rf'<a href="?{slug}\.org"? download', html)
        assert "Kerangka langkah" in html


def test_records_and_the_head_of_the_page_tell_it(site: Path) -> None:
    for path in sorted(site.glob("data/sop/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        assert record["alamat"]["kerangka"].endswith(f"{path.stem}.org")
        head = (site / f"sop/{path.stem}/index.html").read_text(encoding="utf-8")
        assert "text/org" in head


def test_the_published_schema_knows_it(site: Path) -> None:
    schema = json.loads((site / "data/skema/sop.schema.json").read_text(encoding="utf-8"))
    assert "kerangka" in schema["properties"]["alamat"]["required"]
    for path in sorted(site.glob("data/sop/*.json")):
        jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))
