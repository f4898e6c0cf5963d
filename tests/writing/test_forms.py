"""What is written is read back the same: SOP → plain values → YAML → SOP, and the JSON Schema agrees."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from generator.data.load import load_text
from generator.data.validate import schema, steps
from generator.data.validate.schema import read_sop
from generator.data.writing.draft import file_text
from generator.data.writing.form import sop_form
from generator.data.writing.json_schema import sop_schema
from generator.data.writing.tidy import tidy
from generator.data.writing.yaml_style import to_yaml
from generator.model.sop import SOP
from tests.catalogue.cases import CASES
from tests.writing.forms import SOP_FORMS

DATA = Path(__file__).parents[2] / "sop_data"
JUDGE = jsonschema.Draft7Validator(sop_schema({"unit": ["seksi"], "sop": ["lain"]}))

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def read(text: str) -> SOP:
    tree, problems = load_text(text, "uji.yml")
    assert tree is not None, (problems, text)
    sop = read_sop(tree, "uji", problems)
    assert sop is not None, (problems, text)
    assert not problems, (problems, text)
    return sop


def as_editors_read(text: str) -> Any:
    """YAML 1.2 with its types, as VS Code's YAML extension reads it."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@few
@given(SOP_FORMS)
def test_an_sop_is_written_and_read_back_the_same(form: dict[str, Any]) -> None:
    sop = read(to_yaml(form))
    text = file_text(sop_form(sop), ["catatan"])
    assert read(text) == sop
    rewritten, problems = tidy(text, "sop/uji.yml")
    assert not problems
    assert read(rewritten) == sop
    assert tidy(rewritten, "sop/uji.yml") == (rewritten, [])


@few
@given(SOP_FORMS)
def test_the_schema_accepts_every_sound_form(form: dict[str, Any]) -> None:
    text = to_yaml(form)
    read(text)
    assert [error.message for error in JUDGE.iter_errors(as_editors_read(text))] == []


@pytest.mark.parametrize("path", sorted((DATA / "sop").glob("*.yml")), ids=lambda path: path.stem)
def test_the_schema_accepts_our_own_files(path: Path) -> None:
    assert [
        error.message for error in JUDGE.iter_errors(as_editors_read(path.read_text(encoding="utf-8")))
    ] == []


FAULTY = (
    "kunci-tidak-dikenal",
    "pilihan-keliru",
    "keputusan-bukan-cabang",
    "kunci-wajib",
    "id-keliru",
    "bukan-kelompok",
)


@pytest.mark.parametrize("name", FAULTY)
def test_the_schema_refuses_faults_of_form(name: str) -> None:
    text = (CASES / f"{name}.yml").read_text(encoding="utf-8")
    assert list(JUDGE.iter_errors(as_editors_read(text)))


def test_the_schema_names_every_key_and_says_what_it_is_for() -> None:
    whole = sop_schema()
    jsonschema.Draft7Validator.check_schema(whole)
    parts = (
        (whole, schema.SOP_FIELDS),
        (whole["definitions"]["langkah"], steps.STEP_FIELDS),
        (whole["definitions"]["simbol"], steps.SYMBOL_FIELDS),
        (whole["definitions"]["tabel"], steps.CHART_FIELDS),
        (whole["properties"]["versi"], schema.VERSION_FIELDS),
    )
    for part, fields in parts:
        assert list(part["properties"]) == list(fields)
        for key, field in fields.items():
            assert part["properties"][key]["description"] == field.about


def test_the_schema_offers_the_ids_that_exist() -> None:
    offered = sop_schema({"hukum": ["uu-2", "uu-1"]})["definitions"]["hukum"]
    assert offered["anyOf"][0] == {"enum": ["uu-1", "uu-2"]}


def test_the_forms_tried_use_every_key() -> None:
    used: set[str] = set()

    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    @given(SOP_FORMS)
    def collect(form: dict[str, Any]) -> None:
        used.update(form)

    collect()
    assert used >= set(schema.SOP_FIELDS)


def test_no_blank_line_comes_into_a_text_that_looks_like_steps() -> None:
    step = {"uraian": "Satu", "pelaksana": "staf"}
    form = {"nama": "A", "unit": "seksi", "judul_tabel": "- a\n- b", "pelaksana": ["staf"]}
    sop = read(to_yaml({**form, "kegiatan": [step, step]}))
    text = file_text(sop_form(sop), [])
    assert read(text) == sop
    assert "staf\n\n  - uraian" in text or "staf}\n\n  - " in text
