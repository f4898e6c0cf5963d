"""Sessions: what was answered is kept, can be taken back, and meets other programs without loss."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from generator.data.sources import read_catalogue
from generator.data.writing.tidy import tidy
from generator.edit.acts import AddColumn, AddItem, AddStep, MoveStep, RemoveStep, SetActors, SetText
from generator.edit.doubts import doubts, settled
from generator.edit.fields import Refused
from generator.edit.journal import FILE
from generator.edit.session import Session, Stale
from tests.edit.desk import SEED, SLUG, desk


def _session(folder: Path, slug: str = SLUG) -> Session:
    views = desk(folder).views("sop", slug)
    assert views is not None
    views.session.look()
    return views.session


def _type(session: Session, text: str, path: list[str | int] | None = None, group: str = "") -> None:
    where: list[str | int] = path or ["kegiatan", 0, "waktu"]
    session.act(SetText(where, text), session.look().revision, group)


def test_saved_bytes_are_those_of_fmt_and_only_the_change(tmp_path: Path) -> None:
    session = _session(tmp_path)
    before = session.path.read_text()
    _type(session, "45 menit")
    assert session.path.read_text() == before, "nothing is written before it is saved"
    session.save()
    after = session.path.read_text()
    assert after == before.replace("waktu: 30 menit", "waktu: 45 menit")
    assert tidy(after, "sop/x.yml")[0] == after
    assert not session.look().unsaved


def test_undo_and_redo_go_on_after_saving_and_a_new_start(tmp_path: Path) -> None:
    session = _session(tmp_path)
    texts = [session.look().text]
    session.act(AddStep(0, 3), session.look().revision, "")
    texts.append(session.look().text)
    _type(session, "Menulis", ["kegiatan", 3, "uraian"])
    session.act(SetActors(0, 3, ["kasi", "kabid"]), session.look().revision, "")
    texts.append(session.look().text)
    session.save()
    again = _session(tmp_path)
    assert again.look().text == texts[-1]
    again.undo()
    again.undo()
    assert again.look().text == texts[1]
    again.undo()
    assert again.look().text == texts[0]
    assert again.look().unsaved
    for _ in range(3):
        again.redo()
    assert again.look().text == texts[-1]
    with pytest.raises(Refused, match="tidak ada lagi"):
        again.redo()


def test_a_run_of_typing_is_one_step_back(tmp_path: Path) -> None:
    session = _session(tmp_path)
    before = session.look().text
    for text in ("4", "45", "45 ", "45 m"):
        _type(session, text, group="satu")
    session.undo()
    assert session.look().text == before


def test_a_torn_record_never_counted_and_the_rest_is_kept(tmp_path: Path) -> None:
    session = _session(tmp_path)
    _type(session, "45 menit")
    kept = session.look().text
    _type(session, "50 menit")
    journal = next((tmp_path / ".sop-sunting").rglob(FILE))
    whole = journal.read_bytes()
    for cut in (1, 2, 20):
        journal.write_bytes(whole[:-cut])
        again = _session(tmp_path)
        assert again.look().text == kept
        assert again.look().unsaved
        _type(again, "55 menit")
        assert _session(tmp_path).look().text == again.look().text


def test_a_damaged_journal_is_set_aside_and_told(tmp_path: Path) -> None:
    session = _session(tmp_path)
    _type(session, "45 menit")
    _type(session, "50 menit")
    journal = next((tmp_path / ".sop-sunting").rglob(FILE))
    lines = journal.read_bytes().split(b"\n")
    lines[1] = b"{rusak"
    journal.write_bytes(b"\n".join(lines))
    again = _session(tmp_path)
    assert again.damaged
    assert "30 menit" in again.look().text
    assert b"50 menit" in journal.with_name("jurnal.rusak").read_bytes()
    _type(again, "55 menit")
    assert "55 menit" in _session(tmp_path).look().text


def test_two_pages_type_in_different_cells_and_clash_in_one(tmp_path: Path) -> None:
    one, other = _session(tmp_path), _session(tmp_path)
    base = other.look().revision
    _type(one, "45 menit")
    other.act(SetText(["kegiatan", 1, "waktu"], "20 menit"), base, "", "15 Menit")
    assert "45 menit" in one.look().text
    assert "20 menit" in one.look().text
    with pytest.raises(Stale):
        other.act(SetText(["kegiatan", 0, "waktu"], "1 jam"), base, "", "30 menit")
    one.act(RemoveStep(0, 0), one.look().revision, "")
    with pytest.raises(Stale):  # the rows stand elsewhere now
        other.act(SetText(["kegiatan", 1, "waktu"], "2 jam"), base, "", "20 menit")
    assert "2 jam" not in one.look().text


def test_what_another_program_writes_becomes_a_step_of_the_history(tmp_path: Path) -> None:
    session = _session(tmp_path)
    _type(session, "45 menit")
    session.save()
    theirs = session.path.read_text().replace("45 menit", "9 jam # dari luar")
    session.path.write_text(theirs)
    assert "9 jam # dari luar" in session.look().text
    assert not session.look().unsaved
    session.undo()
    assert "45 menit" in session.look().text
    session.save()
    assert "45 menit" in session.path.read_text()


@pytest.mark.parametrize("outside", [True, False])
def test_of_two_texts_one_is_chosen_and_the_other_stays(tmp_path: Path, outside: bool) -> None:
    session = _session(tmp_path)
    _type(session, "45 menit")
    session.path.write_text(session.path.read_text().replace("30 menit", "9 jam"))
    assert session.look().outside is not None
    with pytest.raises(Refused, match="di luar"):
        session.save()
    assert "9 jam" in session.path.read_text()
    session.choose(outside)
    assert ("9 jam" in session.look().text) is outside
    session.undo()
    assert ("9 jam" in session.look().text) is not outside
    session.redo()
    session.save()
    assert ("9 jam" in session.path.read_text()) is outside


def test_a_file_broken_or_deleted_outside_costs_nothing(tmp_path: Path) -> None:
    session = _session(tmp_path)
    _type(session, "45 menit")
    session.path.write_text("nama: 'tanpa akhir\n")
    assert session.look().outside is not None
    with pytest.raises(Refused, match="tidak dapat dibaca"):
        session.choose(outside=True)
    session.choose(outside=False)
    session.path.unlink()
    assert session.look().unsaved
    session.save()
    assert "45 menit" in session.path.read_text()


def test_an_sop_with_errors_is_not_written(tmp_path: Path) -> None:
    session = _session(tmp_path)
    before = session.path.read_bytes()
    session.act(AddStep(0, 7), session.look().revision, "")
    with pytest.raises(Refused, match="harus dibetulkan"):
        session.save()
    assert session.path.read_bytes() == before
    assert _session(tmp_path).look().unsaved, "and is kept all the same"


def test_names_that_are_added_get_their_entries_when_saved(tmp_path: Path) -> None:
    session = _session(tmp_path)
    registers = {name: (session.data / name).read_text() for name in ("pelaksana.yml", "hukum.yml")}
    session.act(AddColumn(0, "Sekretaris Dinas"), session.look().revision, "")
    law = "Peraturan Bupati Badung Nomor 12 Tahun 2020 tentang Tata Naskah Dinas"
    session.act(AddItem("dasar_hukum", law), session.look().revision, "")
    session.act(SetActors(0, 0, ["sekretaris-dinas"]), session.look().revision, "")
    assert {name: (session.data / name).read_text() for name in registers} == registers
    session.save()
    for name, before in registers.items():
        after = (session.data / name).read_text()
        assert after.startswith(before)
        assert tidy(after, name)[0] == after
    catalogue, problems = read_catalogue(session.data)
    assert catalogue is not None, problems
    assert catalogue.pelaksana["sekretaris-dinas"].nama == "Sekretaris Dinas"
    (found,) = [one for one in catalogue.hukum.values() if one.kutipan == law]
    assert (found.jenis, found.nomor, found.tahun) == ("Peraturan Bupati Badung", "12", "2020")
    assert found.judul == "Tata Naskah Dinas"


@pytest.mark.parametrize("seed", range(3))
def test_random_sessions_with_kills_and_edits_by_others(tmp_path: Path, seed: int) -> None:
    from tests.bench.edit.sessions import random_session

    random_session(tmp_path, seed, 30)


def test_nothing_is_stale_for_the_page_that_acts(tmp_path: Path) -> None:
    session = _session(tmp_path)
    for to in (3, 0, 6):
        session.act(MoveStep(0, 2, to), session.look().revision, "")
    value: Any = session.understood().values
    assert len(value["kegiatan"]) == 7


def test_the_doubts_of_a_draft_are_settled_one_by_one(tmp_path: Path) -> None:
    here = desk(tmp_path)
    draft = tmp_path / "sop_data" / "draf" / "naskah.yml"
    draft.parent.mkdir()
    text = (SEED / "sop" / f"{SLUG}.yml").read_text()
    text = text.replace("    waktu: 30 menit", "    # periksa: terbaca 30 atau 80\n    waktu: 30 menit")
    draft.write_text(text.replace("nomor:", "# periksa: nomor buram\nnomor:"))
    views = here.views("draf", "naskah")
    assert views is not None
    session = views.session
    found = doubts(session.look().text)
    assert [(one.words, one.path) for one in found] == [
        ("nomor buram", ("nomor",)),
        ("terbaca 30 atau 80", ("kegiatan", 0, "waktu")),
    ]
    one = found[1]
    session.replace(lambda text: settled(text, one.line, one.words), "diperiksa", session.look().revision)
    session.save()
    assert "terbaca 30" not in draft.read_text()
    assert "# periksa: nomor buram" in draft.read_text()
    with pytest.raises(Refused):
        settled(session.look().text, one.line, one.words)
    session.undo()
    assert "terbaca 30" in session.look().text


def test_a_view_belongs_to_one_state_whatever_happens_meanwhile(tmp_path: Path) -> None:
    """A page that asks while another one writes must not get the older texts as those of the newer state."""
    views = desk(tmp_path).views("sop", SLUG)
    assert views is not None
    session = views.session
    start = session.look().revision
    written = {start + 1 + n: f"{n + 1} menit" for n in range(25)}

    def write() -> None:
        for revision, text in written.items():
            session.act(SetText(["kegiatan", 0, "waktu"], text), revision - 1, "")

    told = []
    with ThreadPoolExecutor(1) as other:
        writing = other.submit(write)
        while not writing.done():
            answer = views.told("", None)
            told.append((answer["revisi"], answer["isi"]["l-0-0-waktu"]))
        writing.result()
    assert {revision for revision, _ in told} - {start}
    for revision, text in told:
        assert text == written.get(revision, text), revision


def test_what_only_warns_is_edited_and_saved_like_all_else(tmp_path: Path) -> None:
    """Text behind `` #`` is read as a comment, with a warning: a comment it may well be."""
    desk(tmp_path)
    path = tmp_path / "sop_data" / "sop" / f"{SLUG}.yml"
    path.write_text(path.read_text().replace("waktu: 30 menit", "waktu: 30 menit #12 register", 1))
    session = _session(tmp_path)
    found = [one for one in session.understood().findings if one.problem.rule == "komentar_tertelan"]
    assert [one.path for one in found] == [("kegiatan", 0, "waktu")]
    _type(session, "Lain", ["kegiatan", 1, "uraian"])
    session.save()
    saved = path.read_text()
    assert "uraian: Lain" in saved
    assert "waktu: 30 menit #12 register" in saved
    assert tidy(saved, f"sop/{SLUG}.yml")[0] == saved
