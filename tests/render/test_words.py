"""The steps in words tell exactly the arrows of the chart, each with its label and where it leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.data.sources import read_catalogue
from generator.flow.chart import Chart, build_chart
from generator.flow.words import StepWords, listed, plain, steps_in_words
from generator.form.symbols import Shape
from generator.model.sop import Alur, Arah, Hubungan, Kapsul, Kegiatan
from tests.bench.flow.charts import sop_chart, stress_chart
from tests.catalogue.facts import FILES
from tests.catalogue.test_flows import chart_of

ROOT = Path(__file__).parents[2]


def alur_for(chart: Chart) -> Alur:
    """A table with the rows of a made-up chart."""
    steps = tuple(Kegiatan(uraian=f"Kegiatan {n}") for n in range(len(chart.rows)))
    return Alur(id=chart.id, pelaksana=tuple(lane.id for lane in chart.lanes), kegiatan=steps)


def hold(chart: Chart, told: tuple[StepWords, ...]) -> None:
    """Every arrow of the chart is told once, by the step that it leaves, and no other is told."""
    phrases = [
        (step.row, sentence, phrase, phrase.edge)
        for step in told
        for sentence in step.sentences
        for phrase in sentence
        if phrase.edge
    ]
    assert sorted(way for _, _, _, way in phrases) == sorted((e.source, e.target) for e in chart.edges)
    nodes = {node.id: node for node in chart.nodes}
    edges = {(e.source, e.target): e for e in chart.edges}
    for row, sentence, phrase, way in phrases:
        edge = edges[way]
        source, target = nodes[edge.source], nodes[edge.target]
        assert source.row == row
        assert edge.label in plain(sentence)
        if target.row != row and phrase.row is not None:
            number = chart.rows[target.row].number
            assert phrase.row == target.row
            assert not number or f"langkah {number}" in phrase.text
            assert chart.lanes[target.lane].heading in phrase.text
            before = plain(sentence[: sentence.index(phrase)])
            assert before.endswith("kembali ke ") == (target.row < row)


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_flows_are_told_as_drawn(path: Path, long: bool) -> None:
    chart = chart_of(path, long)
    hold(chart, steps_in_words(alur_for(chart), chart, {}))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.booleans())
def test_made_up_flows_are_told_as_drawn(seed: int, wild: bool) -> None:
    chart = stress_chart(seed, steps=min(20, 1 + seed % 23)) if wild else sop_chart(seed)
    told = steps_in_words(alur_for(chart), chart, {})
    hold(chart, told)
    assert [step.row for step in told] == list(range(len(chart.rows)))
    says = [plain(sentence) for step in told for sentence in step.sentences]
    assert all(words[0].isupper() and words.endswith(".") for words in says)
    assert any("Alur dimulai di sini" in words for words in says) == any(
        node.shape is Shape.TERMINATOR
        and not any(e.target == node.id for e in chart.edges)
        and any(e.source == node.id for e in chart.edges)
        for node in chart.nodes
    )


def test_the_seed_is_told_in_plain_sentences() -> None:
    catalogue, _ = read_catalogue(ROOT / "sop_data")
    assert catalogue is not None
    sop, charts = catalogue.sop["surat-dan-jadwal"], catalogue.charts["surat-dan-jadwal"]
    told = steps_in_words(sop.alur[0], charts[0], {})
    assert [" ".join(plain(s) for s in step.sentences) for step in told] == [
        "Alur dimulai di sini. Lalu ke langkah 2 (JFU).",
        "Lalu ke langkah 3 (Kasi).",
        "Lalu ke langkah 4 (Kabid).",
        "Lalu ke langkah 5 (Kadis).",
        "Lalu ke langkah 6 (Kasi).",
        "Lalu ke langkah 7 (JFU).",
        "Alur selesai di sini.",
    ]


def test_a_decision_is_told_with_its_labels() -> None:
    chart = chart_of(next(path for path in FILES if path.stem.startswith("031")), long=False)
    told = steps_in_words(alur_for(chart), chart, {})
    assert plain(told[4].sentences[-1]) == (
        "Jika Ya ke langkah 6 (PPSPM), jika Tidak kembali ke langkah 4 (Operator Pembayaran)."
    )
    assert told[4].question == "Setuju?"


def test_each_actor_of_an_ordered_or_parallel_step_is_told_by_name() -> None:
    """No two sentences of a step are alike where they tell of different arrows."""
    alur = Alur(
        id="uji",
        pelaksana=("Kasi", "Kabid", "Staf"),
        kegiatan=(
            Kegiatan(
                uraian="Membahas",
                pelaksana=("Kasi", "Kabid"),
                arah=tuple(Arah(ke="paraf", dari=who, pelaksana=who) for who in ("Kasi", "Kabid")),
            ),
            Kegiatan(
                id="paraf", uraian="Memaraf", pelaksana=("Kasi", "Kabid", "Staf"), hubungan=Hubungan.PANAH
            ),
            Kegiatan(uraian="Menyimpan", pelaksana=("Staf",)),
        ),
    )
    told = steps_in_words(alur, build_chart(alur, "uji", {}, Kapsul.TIDAK), {})
    assert [[plain(one) for one in step.sentences] for step in told[:2]] == [
        [
            "Dari Kasi: lalu ke langkah 2 (Kasi, Kabid, dan Staf).",
            "Dari Kabid: lalu ke langkah 2 (Kasi, Kabid, dan Staf).",
        ],
        [
            "Dari Kasi: lalu ke bagian Kabid pada langkah ini.",
            "Dari Kabid: lalu ke bagian Staf pada langkah ini.",
            "Dari Staf: lalu ke langkah 3 (Staf).",
        ],
    ]


@pytest.mark.parametrize(
    ("words", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")]
)
def test_lists_in_a_sentence(words: list[str], told: str) -> None:
    assert listed(words) == told
