"""Whatever stands in an SOP file, the check answers with problems, and what passes it can be drawn."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st

from generator.data.load import load_text
from generator.data.validate import validate_sop
from generator.data.validate.schema import SOP_FIELDS
from generator.data.validate.steps import STEP_FIELDS, SYMBOL_FIELDS
from generator.flow.chart import build_charts
from generator.model.problems import Severity
from generator.model.sop import Kapsul
from tests.catalogue.cases import REGISTER

KEYS = sorted(
    {*SOP_FIELDS, *STEP_FIELDS, *SYMBOL_FIELDS, "Ya", "Tidak", "jabatan", "nip", "hal", "alasan", "judul"}
)
WORDS = [
    "",
    "-",
    "staf",
    "kasi",
    "seksi",
    "selesai",
    "berikutnya",
    "a",
    "b",
    "garis",
    "panah",
    "kapsul",
    "pengganti",
]
WORDS += [
    "publik",
    "uu-14-2008",
    "surat-masuk",
    "1. x\n2. y",
    "2019-01-16",
    "1 hari",
    "3a",
    "{{",
    "]]>",
    "\u202e",
]

texts = st.sampled_from(WORDS) | st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=5)
trees: st.SearchStrategy[Any] = st.recursive(
    texts | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS) | texts, inner, max_size=4)
    ),
    max_leaves=8,
)
ids = st.sampled_from(["a", "b", "c", "selesai", None])
actors = st.sampled_from(["staf", "kasi", ["staf", "kasi"], ["kasi", "kabid", "staf"]])
ways = (
    ids | st.lists(ids, max_size=3) | st.dictionaries(st.sampled_from(["Ya", "Tidak", ""]), ids, max_size=3)
)
symbols = st.fixed_dictionaries(
    {"pelaksana": actors},
    optional={
        "id": ids,
        "bentuk": st.sampled_from(["kapsul", "kotak", "belah-ketupat"]),
        "lanjut": ways,
        "keputusan": ways,
        "hubungan": st.sampled_from(["garis", "panah", "tanpa"]),
    },
)
capsules = st.sampled_from(["sendiri", "pengganti", "tidak"])
steps = st.fixed_dictionaries(
    {"uraian": st.just("Mengetik")},
    optional={
        "id": ids,
        "pelaksana": actors,
        "simbol": st.lists(symbols, max_size=3),
        "lanjut": ways,
        "keputusan": ways,
        "mulai": capsules,
        "selesai": capsules,
        "no": texts,
    },
)
FIXED: dict[str, st.SearchStrategy[Any]] = {
    "nama": st.just("Contoh"),
    "unit": st.just("seksi"),
    "pelaksana": st.just(["staf", "kasi", "kabid"]),
    "kegiatan": st.lists(steps, min_size=1, max_size=5),
}
odd_files = st.fixed_dictionaries(FIXED, optional={key: trees for key in SOP_FIELDS if key not in FIXED})
plain_files = st.fixed_dictionaries(FIXED)


class Plain(yaml.SafeDumper):
    """Writes what is the same object twice, not as an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def represent_none(self, data: None) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:null", "")


Plain.add_representer(type(None), Plain.represent_none)


def written(content: object) -> str:
    return yaml.dump(content, Dumper=Plain, allow_unicode=True)


def check(content: object) -> None:
    text = written(content)
    tree, problems = load_text(text, "contoh.yml")
    if tree is None:
        assert problems
        return
    outline, found = validate_sop(tree, "contoh", REGISTER)
    assert all(p.hint and p.position.line >= 1 and p.position.column >= 1 for p in found)
    if outline is None:
        assert any(p.severity is Severity.ERROR for p in found)
    elif not any(p.severity is Severity.ERROR for p in [*problems, *found]):
        for chart in build_charts(outline.sop, REGISTER.pelaksana, REGISTER.instansi.kapsul):
            ends = {n.id for n in chart.nodes} - {edge.source for edge in chart.edges}
            assert chart.nodes
            assert ends


@settings(max_examples=150, deadline=None)
@given(trees)
def test_no_tree_raises(content: object) -> None:
    check(content)


@settings(max_examples=250, deadline=None)
@given(odd_files | plain_files)
def test_no_sop_raises(content: object) -> None:
    check(content)


@st.composite
def likely_files(draw: st.DrawFn) -> dict[str, Any]:
    """Files whose flow has a fair chance to be sound."""
    count = draw(st.integers(1, 6))
    goal = st.sampled_from([None, None, "selesai", *(f"s{n}" for n in range(count))])
    rows = []
    for n in range(count):
        row: dict[str, Any] = {"id": f"s{n}", "uraian": "Mengetik", "pelaksana": draw(actors)}
        kind = draw(st.sampled_from(["", "", "keputusan", "lanjut", "simbol"]))
        if kind == "keputusan":
            row["keputusan"] = {
                "Ya": draw(goal),
                "Tidak": draw(goal),
                **draw(st.sampled_from([{}, {"Lain": "selesai"}])),
            }
        elif kind == "lanjut":
            row["lanjut"] = draw(
                goal.filter(bool) | st.lists(goal.filter(bool), min_size=1, max_size=2, unique=True)
            )
        elif kind == "simbol":
            del row["pelaksana"]
            row["simbol"] = [{"pelaksana": draw(actors)}, {"pelaksana": draw(actors), "hubungan": "panah"}]
        rows.append(row | draw(st.fixed_dictionaries({}, optional={"mulai": capsules})))
    return {"nama": "Contoh", "unit": "seksi", "pelaksana": ["staf", "kasi", "kabid"], "kegiatan": rows}


@settings(max_examples=250, deadline=None)
@given(likely_files(), st.sampled_from(Kapsul))
def test_in_what_passes_every_symbol_lies_between_a_start_and_an_end(
    content: object, capsule: Kapsul
) -> None:
    tree, _ = load_text(written(content), "contoh.yml")
    assert tree is not None
    outline, found = validate_sop(tree, "contoh", REGISTER)
    assert outline is not None
    event(f"passes: {not any(p.severity is Severity.ERROR for p in found)}")
    if any(p.severity is Severity.ERROR for p in found):
        return
    (chart,) = build_charts(outline.sop, REGISTER.pelaksana, capsule)
    joint = [(pair.left, pair.right) for pair in chart.pairs]
    ahead = [(edge.source, edge.target) for edge in chart.edges] + joint + [(b, a) for a, b in joint]
    first = chart.nodes[0].id
    marked = {
        row.id for row, step in zip(chart.rows, outline.sop.alur[0].kegiatan, strict=True) if step.mulai
    }
    starts = {
        n.id for n in chart.nodes if n.id.removesuffix("_mulai") in {first.removesuffix("_mulai"), *marked}
    }
    ends = {n.id for n in chart.nodes} - {source for source, _ in ahead}
    ends |= {n.id for n in chart.nodes if not any(edge.source == n.id for edge in chart.edges)}
    every = {node.id for node in chart.nodes}
    assert reach(starts, ahead) == every
    assert reach(ends, [(b, a) for a, b in ahead]) == every


def reach(begin: set[str], ahead: list[tuple[str, str]]) -> set[str]:
    seen = set(begin)
    while more := {target for source, target in ahead if source in seen} - seen:
        seen |= more
    return seen
