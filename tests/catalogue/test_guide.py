"""The maintainer's guide says what the code does: every key, every rule, every example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.data.load import load_text
from generator.data.sources import read_catalogue
from generator.data.validate import Register, schema, steps, validate_sop
from generator.flow.chart import build_charts
from generator.model.problems import Severity
from tests.catalogue.guide import TABLES, tables, with_tables

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "generator" / "default" / "docs" / "panduan-pemelihara.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_tables_of_the_guide_are_those_of_the_code() -> None:
    assert with_tables(GUIDE) == GUIDE, "python -m tests.catalogue.guide writes them anew"


@pytest.mark.parametrize("name", tables())
def test_every_key_rule_and_word_stands_in_the_guide(name: str) -> None:
    assert f"<!-- tabel: {name} -->\n\n{tables()[name]}\n\n<!-- /tabel -->" in GUIDE


def test_every_schema_has_a_table() -> None:
    named = {**vars(schema), **vars(steps)}
    schemas = [value for name, value in named.items() if name.endswith("_FIELDS")]
    assert len(schemas) == len(TABLES)
    assert all(any(value is shown for shown in TABLES.values()) for value in schemas)


def test_a_key_required_by_the_guide_is_required_by_the_check() -> None:
    _, out = validate_sop(*_empty())
    said = {p.message for p in out}
    assert {f"SOP tidak memuat '{key}'" for key in ("nama", "unit", "pelaksana", "kegiatan")} <= said


def _empty() -> tuple:  # type: ignore[type-arg]
    tree, _ = load_text("nomor: x\n", "x.yml")
    return tree, "x", _register()


def _register() -> Register:
    catalogue, _ = read_catalogue(ROOT / "sop_data")
    assert catalogue is not None
    return Register(
        catalogue.instansi, catalogue.unit, catalogue.pelaksana, catalogue.hukum, frozenset(catalogue.sop)
    )


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.split("\n")[0])
def test_every_example_is_an_sop_without_errors(example: str) -> None:
    tree, problems = load_text(example, "contoh.yml")
    assert tree is not None
    register = _register()
    outline, found = validate_sop(tree, "contoh", register)
    assert outline is not None
    assert [p for p in [*problems, *found] if p.severity is Severity.ERROR] == []
    charts = build_charts(outline.sop, register.pelaksana, register.instansi.kapsul)
    assert all(chart.edges for chart in charts)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 4


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`?sop (check[^`\n]*)`?", GUIDE))))
def test_every_command_of_the_guide_is_understood(command: str) -> None:
    words = [str(ROOT / "sop_data") if word == "FOLDER" else word for word in command.split()]
    if "--data" not in words:
        words += ["--data", str(ROOT / "sop_data")]
    assert CliRunner().invoke(main, words).exit_code == 0
