"""``sop flow``: score and picture of one SOP."""

import json
from pathlib import Path
from xml.etree import ElementTree

from click.testing import CliRunner

from generator.cli import main

DATA = Path(__file__).parent.parent.parent / "sop_data" / "sop"


def test_scores_one_sop_and_writes_its_picture(tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["flow", str(DATA / "surat-dan-jadwal.yml"), "--out", str(tmp_path), "--json"]
    )
    assert result.exit_code == 0, result.output
    (score,) = json.loads(result.output).values()
    assert score["panah"] == 8
    assert score["cacat"] == []
    assert score["silang"] == 0
    picture = ElementTree.fromstring((tmp_path / "surat-dan-jadwal.svg").read_text(encoding="utf-8"))
    words = " ".join(picture.itertext())
    assert "Mutu Buku" in words
    assert "JFU" in words


def test_a_file_outside_a_data_folder_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "sop").mkdir()
    lonely = tmp_path / "sop" / "sendiri.yml"
    lonely.write_text("nama: Uji\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["flow", str(lonely), "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "galat" in result.output
    assert not list(tmp_path.glob("*.svg"))


def test_the_picture_of_the_readme_is_what_the_command_draws(tmp_path: Path) -> None:
    """Drawn again with: sop flow sop_data/sop/surat-dan-jadwal.yml --out docs/gambar"""
    name = "surat-dan-jadwal"
    CliRunner().invoke(main, ["flow", str(DATA / f"{name}.yml"), "--out", str(tmp_path)])
    shown = DATA.parent.parent / "docs" / "gambar" / f"{name}.svg"
    assert (tmp_path / f"{name}.svg").read_bytes() == shown.read_bytes()
