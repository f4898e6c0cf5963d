"""What the form allows can be said in data and comes out in the chart; and what holds for every chart."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.data.load import load_text
from generator.data.validate.read import Problems
from generator.data.validate.schema import read_sop
from generator.flow.chart import Chart, Edge, build_chart
from generator.form.symbols import Bentuk, Shape
from generator.model.sop import Alur, Arah, Hubungan, Kapsul, Kegiatan, Simbol

HEAD = "nama: Contoh\nunit: seksi\npelaksana: [a, b, c]\nkegiatan:\n"


def chart(steps: str, capsule: Kapsul = Kapsul.SENDIRI) -> Chart:
    tree, problems = load_text(HEAD + steps, "contoh.yml")
    assert tree is not None
    out: Problems = []
    sop = read_sop(tree, "contoh", out)
    assert sop is not None
    assert [*problems, *out] == []
    return build_chart(sop.alur[0], "contoh", {}, capsule)


def edges(drawn: Chart) -> list[tuple[str, str, str]]:
    return [(edge.source, edge.target, edge.label) for edge in drawn.edges]


def nodes(drawn: Chart) -> list[tuple[str, str, int, int]]:
    return [(node.id, node.shape.value, node.row, node.lane) for node in drawn.nodes]


def test_steps_follow_one_another_between_two_capsules() -> None:
    drawn = chart("  - {uraian: x, pelaksana: a}\n  - {id: tutup, uraian: y, pelaksana: b}\n")
    assert nodes(drawn) == [
        ("langkah_1_mulai", "terminator", 0, 0),
        ("langkah_1", "process", 0, 0),
        ("tutup", "process", 1, 1),
        ("tutup_selesai", "terminator", 1, 1),
    ]
    assert edges(drawn) == [
        ("langkah_1_mulai", "langkah_1", ""),
        ("langkah_1", "tutup", ""),
        ("tutup", "tutup_selesai", ""),
    ]


@pytest.mark.parametrize(
    ("capsule", "shapes"),
    [
        (Kapsul.SENDIRI, ["terminator", "process", "process", "terminator"]),
        (Kapsul.PENGGANTI, ["terminator", "terminator"]),
        (Kapsul.TIDAK, ["process", "process"]),
    ],
)
def test_the_agency_says_how_starts_and_ends_are_drawn(capsule: Kapsul, shapes: list[str]) -> None:
    steps = "  - {uraian: x, pelaksana: a}\n  - {uraian: y, pelaksana: b}\n"
    assert [node.shape.value for node in chart(steps, capsule).nodes] == shapes
    one_own = (
        "  - {uraian: x, pelaksana: a, mulai: pengganti}\n  - {uraian: y, pelaksana: b, selesai: tidak}\n"
    )
    assert [node.shape.value for node in chart(one_own, capsule).nodes] == ["terminator", "process"]


def test_a_decision_is_never_replaced_by_a_capsule() -> None:
    steps = (
        "  - {uraian: x, pelaksana: a, keputusan: {Ya: selesai, Tidak: }}\n  - {uraian: y, pelaksana: b}\n"
    )
    drawn = chart(steps, Kapsul.PENGGANTI)
    assert [node.shape.value for node in drawn.nodes] == [
        "terminator",
        "decision",
        "terminator",
        "terminator",
    ]
    assert ("langkah_1", "langkah_1_selesai", "Ya") in edges(drawn)


def test_a_branch_left_blank_goes_on_and_at_the_last_step_ends() -> None:
    drawn = chart(
        "  - {id: k, uraian: x, pelaksana: a}\n"
        "  - {id: p, uraian: y, pelaksana: b, pertanyaan: Setuju?, keputusan: {Ya: , Tidak: k}}\n"
        "  - {id: q, uraian: z, pelaksana: c, keputusan: {Ya: , Tidak: p}}\n"
    )
    assert edges(drawn)[2:] == [
        ("p", "q", "Ya"),
        ("p", "k", "Tidak"),
        ("q", "q_selesai", "Ya"),
        ("q", "p", "Tidak"),
    ]
    assert {node.id: node.text for node in drawn.nodes}["p"] == "Setuju?"


def test_two_branches_may_share_a_label_and_a_fork_needs_no_diamond() -> None:
    drawn = chart(
        "  - {id: p, uraian: x, pelaksana: a, keputusan: {Ya: [q, r], Tidak: selesai}}\n"
        "  - {id: q, uraian: y, pelaksana: b, lanjut: [berikutnya, selesai]}\n"
        "  - {id: r, uraian: z, pelaksana: c}\n"
    )
    assert edges(drawn)[1:6] == [
        ("p", "q", "Ya"),
        ("p", "r", "Ya"),
        ("p", "p_selesai", "Tidak"),
        ("q", "r", ""),
        ("q", "q_selesai", ""),
    ]


def test_branches_to_one_target_are_one_arrow_with_both_labels() -> None:
    drawn = chart(
        "  - {id: p, uraian: x, pelaksana: a, keputusan: {Ya: q, Tidak: q}}\n"
        "  - {id: q, uraian: y, pelaksana: b}\n"
    )
    assert ("p", "q", "Ya / Tidak") in edges(drawn)


def test_a_labelled_fork_keeps_its_labels() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: a, lanjut: {Asli: q, Tembusan: selesai}}\n"
        "  - {id: q, uraian: y, pelaksana: b}\n"
    )
    assert ("langkah_1", "q", "Asli") in edges(drawn)
    assert ("langkah_1", "langkah_1_selesai", "Tembusan") in edges(drawn)
    assert drawn.nodes[1].shape is Shape.PROCESS


def test_joint_actors_are_joined_by_a_line_an_arrow_or_nothing() -> None:
    steps = (
        "  - {uraian: x, pelaksana: b}\n"
        "  - {id: j, uraian: y, pelaksana: [c, a], hubungan: HUBUNGAN}\n"
        "  - {uraian: z, pelaksana: b}\n"
    )
    line, arrow, none = (chart(steps.replace("HUBUNGAN", word)) for word in ("garis", "panah", "tanpa"))
    assert [(pair.left, pair.right) for pair in line.pairs] == [("j", "j_2")]
    assert [(n.id, n.lane) for n in line.nodes if n.row == 1] == [("j", 0), ("j_2", 2)]
    assert ("langkah_1", "j", "") in edges(line)
    assert ("j", "langkah_3", "") in edges(line)
    assert [(n.id, n.lane) for n in arrow.nodes if n.row == 1] == [("j", 2), ("j_2", 0)]
    assert edges(arrow)[1:4] == [("langkah_1", "j", ""), ("j", "j_2", ""), ("j_2", "langkah_3", "")]
    assert (arrow.pairs, none.pairs) == ((), ())


def test_three_joint_actors_make_two_pairs_and_a_joint_end_capsule_too() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: a}\n  - {uraian: y, pelaksana: [a, b, c], selesai: pengganti}\n"
    )
    assert [(pair.left, pair.right) for pair in drawn.pairs] == [
        ("langkah_2", "langkah_2_2"),
        ("langkah_2_2", "langkah_2_3"),
    ]
    assert {node.shape for node in drawn.nodes if node.row == 1} == {Shape.TERMINATOR}


def test_an_arrow_joins_the_members_that_are_nearest() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: [a, b]}\n"
        "  - {uraian: y, pelaksana: c}\n"
        "  - {uraian: z, pelaksana: [a, c]}\n"
    )
    assert ("langkah_1_2", "langkah_2", "") in edges(drawn)
    assert ("langkah_2", "langkah_3_2", "") in edges(drawn)


def test_an_arrow_joins_the_members_that_are_named() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: a, lanjut: {ke: y, pelaksana: c}}\n"
        "  - id: y\n    uraian: y\n    pelaksana: [a, b, c]\n"
        "    lanjut: [{dari: a, pelaksana: a}, {ke: z, dari: c, pelaksana: b}]\n"
        "  - {id: z, uraian: z, pelaksana: [a, b], keputusan: "
        "{Ya: , Tidak: {ke: y, dari: b, pelaksana: b}}}\n"
        "  - {uraian: akhir, pelaksana: c}\n"
    )
    found = edges(drawn)
    assert ("langkah_1", "y_3", "") in found
    assert [edge for edge in found if edge[0].startswith("y")] == [("y", "z", ""), ("y_3", "z_2", "")]
    assert ("z_2", "y_2", "Tidak") in found
    assert ("z_2", "langkah_4", "Ya") in found


def test_the_long_form_puts_several_symbols_in_a_row() -> None:
    drawn = chart(
        "  - id: awal\n    uraian: x\n    simbol:\n"
        "      - {bentuk: kapsul, pelaksana: a}\n"
        "      - {id: kerja, pelaksana: b}\n"
        "      - {id: tanya, pelaksana: b, teks: Sesuai?, keputusan: {Ya: , Tidak: kerja}}\n"
        "  - {uraian: y, pelaksana: c, lanjut: awal, selesai: sendiri}\n"
    )
    assert [(n.id, n.shape.value, n.row, n.lane) for n in drawn.nodes] == [
        ("awal", "terminator", 0, 0),
        ("kerja", "process", 0, 1),
        ("tanya", "decision", 0, 1),
        ("langkah_2", "process", 1, 2),
    ]
    assert edges(drawn) == [
        ("awal", "kerja", ""),
        ("kerja", "tanya", ""),
        ("tanya", "langkah_2", "Ya"),
        ("tanya", "kerja", "Tidak"),
        ("langkah_2", "awal", ""),
    ]


def test_another_sop_may_carry_out_a_step_or_follow_the_flow() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: a, sop: surat}\n"
        "  - {uraian: y, pelaksana: b, keputusan: {Ya: selesai, Tidak: {sop: tolak}}}\n"
    )
    assert {node.id: node.sop for node in drawn.nodes if node.sop} == {
        "langkah_1": "surat",
        "langkah_2_selesai2": "tolak",
    }
    assert ("langkah_2", "langkah_2_selesai2", "Tidak") in edges(drawn)


def test_a_flow_may_have_several_starts_and_ends() -> None:
    drawn = chart(
        "  - {uraian: x, pelaksana: a, lanjut: temu}\n"
        "  - {uraian: y, pelaksana: b, mulai: sendiri, selesai: sendiri}\n"
        "  - {uraian: w, simbol: [{bentuk: kapsul, pelaksana: c}, {pelaksana: c}]}\n"
        "  - {id: temu, uraian: z, pelaksana: a}\n"
    )
    starts = {n.id for n in drawn.nodes} - {edge.target for edge in drawn.edges}
    ends = {n.id for n in drawn.nodes} - {edge.source for edge in drawn.edges}
    assert starts == {"langkah_1_mulai", "langkah_2_mulai", "langkah_3"}
    assert ends == {"langkah_2_selesai", "temu_selesai"}


def test_numbers_are_printed_as_written_and_count_on() -> None:
    drawn = chart(
        "".join(
            f"  - {{{no}uraian: x, pelaksana: a}}\n" for no in ("", 'no: "", ', "", "no: 3a, ", "no: 7, ", "")
        )
    )
    assert [row.number for row in drawn.rows] == ["1", "", "2", "3a", "7", "8"]


LANES = ("a", "b", "c", "d")


@st.composite
def flows(draw: st.DrawFn) -> Alur:
    count = draw(st.integers(1, 8))
    goals = st.sampled_from([None, "selesai", *(f"s{n}" for n in range(count))])
    ways = st.lists(
        st.builds(
            Arah,
            label=st.sampled_from(["", "Ya", "Tidak"]),
            ke=goals,
            pelaksana=st.sampled_from([None, None, *LANES]),
            dari=st.sampled_from([None, None, *LANES]),
            sop=st.sampled_from([None, None, "lain"]),
        ),
        min_size=1,
        max_size=4,
    ).map(tuple)
    actors = st.lists(st.sampled_from(LANES), min_size=1, max_size=4, unique=True).map(tuple)
    arah = st.one_of(st.none(), ways)
    symbol = st.builds(
        Simbol,
        bentuk=st.sampled_from(Bentuk),
        pelaksana=actors,
        hubungan=st.sampled_from(Hubungan),
        arah=arah,
    )
    capsule = st.sampled_from([None, None, *Kapsul])
    steps = [
        draw(
            st.builds(
                Kegiatan,
                id=st.sampled_from([f"s{n}", None]),
                uraian=st.just("x"),
                pelaksana=actors,
                hubungan=st.sampled_from(Hubungan),
                arah=arah,
                keputusan=st.booleans(),
                mulai=capsule,
                selesai=capsule,
                simbol=st.one_of(st.just(()), st.lists(symbol, min_size=1, max_size=3).map(tuple)),
            )
        )
        for n in range(count)
    ]
    return Alur(id="alur", pelaksana=LANES, kegiatan=tuple(steps))


@settings(max_examples=150, deadline=None)
@given(flows(), st.sampled_from(Kapsul))
def test_every_chart_is_sound(alur: Alur, capsule: Kapsul) -> None:
    drawn = build_chart(alur, "contoh", {}, capsule)
    ids = {node.id: node for node in drawn.nodes}
    assert len(ids) == len(drawn.nodes)
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", id) for id in [*ids, *(row.id for row in drawn.rows)])
    assert [row.id for row in drawn.rows] == list(dict.fromkeys(row.id for row in drawn.rows))
    assert all(node.row < len(drawn.rows) and node.lane < len(drawn.lanes) for node in drawn.nodes)
    assert [node.row for node in drawn.nodes] == sorted(node.row for node in drawn.nodes)
    assert {node.row for node in drawn.nodes} == set(range(len(alur.kegiatan)))
    joined = Counter((edge.source, edge.target) for edge in drawn.edges)
    assert all(count == 1 for count in joined.values())
    assert all(edge.source in ids and edge.target in ids for edge in drawn.edges)
    mains: dict[str, list[Edge]] = {edge.source: [] for edge in drawn.edges}
    for edge in drawn.edges:
        mains[edge.source] += [edge] if edge.main else []
    assert all(len(found) == 1 for found in mains.values())
    for pair in drawn.pairs:
        left, right = ids[pair.left], ids[pair.right]
        assert left.row == right.row
        assert left.lane < right.lane
        assert left.shape is right.shape
    assert build_chart(alur, "contoh", {}, capsule) == drawn
