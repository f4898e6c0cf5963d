"""What an SOP names is what its symbols name, in the short form as in the long."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from generator.flow.steps import symbols_of
from generator.model.klasifikasi import Klasifikasi
from generator.model.named import actors_of, duties_of, named_sops, steps_of
from generator.model.sop import SOP, Alur
from tests.catalogue.test_chart import flows


@settings(max_examples=100, deadline=None)
@given(flows())
def test_an_sop_names_what_its_symbols_name(alur: Alur) -> None:
    sop = SOP(slug="contoh", nama="Contoh", unit="u", klasifikasi=Klasifikasi.PUBLIK, alur=(alur,))
    symbols = [(row, symbol) for row, step in enumerate(alur.kegiatan) for symbol in symbols_of(step)]
    steps = list(steps_of(sop))
    assert {(actor, at.row) for actor, at in steps} == {
        (actor, row) for row, symbol in symbols for actor in symbol.pelaksana
    }
    assert len(steps) == len(set(steps))
    assert set(actors_of(sop)) == {*alur.pelaksana, *(actor for actor, _ in steps_of(sop))}
    assert dict(duties_of(sop)) == Counter(actor for actor, _ in steps)
    assert set(named_sops(sop)) == {way.sop for _, symbol in symbols for way in symbol.arah or () if way.sop}
