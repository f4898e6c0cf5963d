"""What the page of an SOP asks for → its session; what is written or proposed, with its commit or branch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct
from starlette.exceptions import HTTPException

from generator.data.registers import REGISTERS, files_of
from generator.data.writing.revise import Revision
from generator.edit.acts import AnyAct
from generator.edit.beside.commits import Author
from generator.edit.beside.emblem import set_emblem
from generator.edit.doubts import settled
from generator.edit.fields import Refused
from generator.edit.page import programs
from generator.edit.page.desk import Desk
from generator.edit.session import Session
from generator.model.dates import date_text, parse_date


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """What a page asks: an act, or a plain verb; the revision, the view and the row that it shows."""

    dasar: int
    tampilan: str = ""
    laku: AnyAct | None = None
    kelompok: str = ""
    lama: str | None = None
    baris: tuple[int, int] | None = None
    ke: int = 0
    kata: str = ""
    luar: bool = False
    revisi: dict[str, str] = {}


read_asked = msgspec.json.Decoder(Asked).decode


def task(desk: Desk, session: Session, user: str) -> dict[str, str] | None:
    """What the four-eyes rule asks of somebody at an SOP; None where there is no such rule."""
    if not desk.four_eyes:
        return None
    state = session.state
    if state.proposed is not None:
        return {
            "apa": "tunggu" if state.had_a_hand(user) else "periksa",
            "oleh": state.proposed.by,
            "kata": "",
        }
    if state.returned is not None:
        return {"apa": "perbaiki", "oleh": state.returned.by, "kata": state.returned.words}
    return {"apa": "tulis", "oleh": "", "kata": ""}


def _save(desk: Desk, session: Session, asked: Asked, by: str) -> str:
    if desk.four_eyes and session.room == "sop":
        raise Refused("SOP di sini disimpan oleh pemeriksa; tekan Usulkan")
    return _recorded(desk, session.save(by), _title(session), Author(by))


def _propose(desk: Desk, session: Session, asked: Asked, by: str) -> str:
    _under_the_rule(desk)
    files = session.propose(by)
    if desk.log is None:
        return ""
    try:
        desk.log.propose(_branch(session), files, _title(session), Author(by))
    except Refused as trouble:
        return f"Sudah diusulkan, tetapi cabangnya di git tidak dapat dibuat: {trouble}"
    return ""


def _take(desk: Desk, session: Session, asked: Asked, by: str) -> str:
    _under_the_rule(desk)
    proposer, paths = session.accept(by)
    said = _recorded(desk, paths, _title(session), Author(proposer, by))
    if desk.log and not said:
        desk.log.drop(_branch(session))
    return said


def _give_back(desk: Desk, session: Session, asked: Asked, by: str) -> None:
    _under_the_rule(desk)
    session.give_back(asked.kata, by)


def _settle(desk: Desk, session: Session, asked: Asked, by: str) -> None:
    session.replace(
        lambda text: settled(text, asked.ke, asked.kata), "Satu hal sudah diperiksa", asked.dasar, by
    )


VERBS: dict[str, Callable[[Desk, Session, Asked, str], str | None]] = {
    "urung": lambda desk, session, asked, by: session.undo(by),
    "ulang": lambda desk, session, asked, by: session.redo(by),
    "kembali": lambda desk, session, asked, by: session.return_to(asked.ke, by),
    "simpan": _save,
    "usul": _propose,
    "setujui": _take,
    "kembalikan": _give_back,
    "pilih": lambda desk, session, asked, by: session.choose(asked.luar, by),
    "beres": _settle,
    "lihat": lambda desk, session, asked, by: None,
    "revisi": lambda desk, session, asked, by: session.revise(_revision(asked), by),
}
"""What a page can ask beside acts; what is to be told comes back."""


def take_draft(desk: Desk, session: Session, by: str) -> tuple[bool, str]:
    """Make an SOP of a draft, by the four-eyes rule where it holds; whether that went well, and its words."""
    proposer, written = (by, list[Path]())
    if desk.four_eyes:
        proposer, written = session.accept(by)
    elif session.look().unsaved:
        written = session.save(by)
    done, said = programs.accept(desk.data, session.slug)
    desk.reading.forget()
    if not done:
        return False, said
    registers = [path for name in REGISTERS for path in files_of(desk.data, name) if path.is_file()]
    author = Author(proposer, by if desk.four_eyes else "")
    paths = [*written, *registers, desk.data / "sop" / f"{session.slug}.yml", session.path]
    trouble = _recorded(desk, paths, _title(session), author)
    return True, f"{said}\n{trouble}".strip()


def new_emblem(desk: Desk, name: str, blob: bytes, by: str) -> str:
    """Put another emblem up; gives what is to be told."""
    if desk.four_eyes:
        raise Refused("lambang berlaku untuk semua SOP; minta pengelola data menggantinya")
    written = set_emblem(desk.data, name, blob)
    desk.reading.forget()
    return _recorded(desk, written, "Lambang instansi", Author(by))


def _under_the_rule(desk: Desk) -> None:
    if not desk.four_eyes:
        raise HTTPException(404)


def _recorded(desk: Desk, paths: Iterable[Path], title: str, author: Author) -> str:
    """Commit what was written; gives what git has against it."""
    if desk.log is None:
        return ""
    try:
        desk.log.commit(paths, title, author)
    except Refused as trouble:
        return f"Tersimpan di berkas, tetapi belum tercatat: {trouble}"
    return ""


def _title(session: Session) -> str:
    name = session.understood().values.get("nama") or session.slug
    return f"{'SOP' if session.room == 'sop' else 'Draf'} {name}"


def _branch(session: Session) -> str:
    return f"{session.room}-{session.slug}"


def _revision(asked: Asked) -> Revision:
    said = {key: " ".join(text.split()) for key, text in asked.revisi.items()}
    if not said.get("perubahan") or not said.get("alasan"):
        raise Refused("tulis apa yang berubah dan mengapa")
    day = parse_date(said.get("revisi")) or date.today()
    begins = parse_date(said.get("efektif"))
    if said.get("efektif", "-") not in ("", "-") and begins is None:
        raise Refused(f"tanggal '{said['efektif']}' tidak dapat dibaca; tulis misalnya 1 Februari 2027")
    return Revision(
        perubahan=said["perubahan"],
        alasan=said["alasan"],
        revisi=date_text(day),
        efektif=date_text(begins) if begins else None,
        nomor=said.get("nomor") or None,
    )
