"""A name that a register does not have → the entry that is meant, or the lines that add it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.data.validate.document import Register
from generator.data.validate.read import ID, MAX_ID, like_id, nearest
from generator.data.validate.values import LAW_KINDS


def lost_entry(word: str, name: str, register: Register) -> str:
    """The cure for a word that no entry of a register has as its id."""
    called = names_of(register, name)
    meant = meant_by(word, called)
    lines = "\n".join(_lines(word, name))
    add = f"tambahkan ke {register.place(name)}:\n{lines}"
    if meant is None:
        return add
    return f"maksud Anda '{meant}'{_whole(meant, called[meant])}? Bila bukan, {add}"


def names_of(register: Register, name: str) -> dict[str, tuple[str, ...]]:
    """What the entries of a register are called, by their ids."""
    if name == "unit":
        return {id: _some(one.nama, one.singkatan) for id, one in register.unit.items()}
    if name == "pelaksana":
        return {id: _some(one.lengkap, one.nama) for id, one in register.pelaksana.items()}
    return {id: _some(one.kutipan, one.nama) for id, one in register.hukum.items()}


def meant_by(word: str, called: Mapping[str, tuple[str, ...]]) -> str | None:
    """The id of what bears a word as its name, or nearly; else the id that is nearly written so."""
    spelled = {like_id(text): id for id, texts in reversed([*called.items()]) for text in texts}
    like = like_id(word)
    if like in called or like in spelled:
        return like if like in called else spelled[like]
    found = nearest(like, {*called, *spelled})
    return found if found is None or found in called else spelled[found]


def _some(*texts: str | None) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _whole(id: str, names: tuple[str, ...]) -> str:
    return f" ({names[0]})" if names and names[0].casefold() != id and len(names[0]) <= 60 else ""


def _lines(word: str, name: str) -> list[str]:
    """The entry as it is pasted into the register; what we do not know is left to be filled in, so that the
    check asks for it."""
    like = like_id(word)[:MAX_ID] or "baru"
    id = like if ID.fullmatch(like) else f"x-{like}"
    if name != "hukum":
        words = word.replace("-", " ") if word == like else word
        return [
            f"{id}:",
            f"  nama: {_quoted(words[:1].upper() + words[1:] if word != like else words.title())}",
        ]
    kind = next((whole for whole, short in LAW_KINDS.items() if re.match(short, word.casefold())), "")
    numbers = re.findall(r"\d+", word)
    year = next((number for number in reversed(numbers) if re.fullmatch("(?:19|20)[0-9]{2}", number)), "")
    number = next((number for number in numbers if number != year), "")
    return [
        f"{id}:",
        "  kutipan:  # seperti pada naskah: UU Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        f"  jenis: {kind}".rstrip(),
        f'  nomor: "{number}"' if number else "  nomor:",
        f'  tahun: "{year}"' if year else "  tahun:",
        "  judul:  # judul resminya",
    ]


def _quoted(text: str) -> str:
    """A text as YAML takes it for text, whatever stands in it."""
    if re.fullmatch(r"[^\W\d_][\w ()/.-]*", text) and text.casefold() not in ("ya", "tidak", "null"):
        return text
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
