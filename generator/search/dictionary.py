"""``kamus/akar.txt`` → base words of Indonesian, and which prefixes each can bear.

The list comes from LibreOffice's dictionary of Indonesian; its licence stands beside it and goes with every
site that gives parts of it away.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STRAY = frozenset(
    """
    abar acau awat awin belian belikan ecek epak ering kecek kelayan kelibat kelulus kerawat kerumus
    kesiap kunduran kupahan mada madam madu magar maket manah mandai mangan manggung mangkas manjing
    mapak masir melintir melotot mena meni mentas merang merawan meriang mesan meta milu minggir mintal
    molos mondok mondong muas mukah mulas mungut mupus mutih nahak nambi nandu natar ngabur nyaring peni
    runggas rurut sahan sahkan sala saman serahi setori ujuk unjung upas uras usak
    akalnya amai andaipun apikan ataupun bawakan bebuahan belajar belengkokan berlaku besaran biarkan
    bicarakan bordiran camkan canangkan curigai dualah gelasan getahnya gombalan kepulauan ketahu ketengah
    ketidur lajar mengirap mengkaji menjarum merata mudi pelajar pelari pelengkung perindu permalu pertanda
    sehati seimbang
    """.split()  # noqa: SIM905 - a list of words reads better in lines
)
"""Words of the dictionary that are hardly words, or that take the forms of a common one (mesan: memesan, of
pesan)."""


@cache
def base_words() -> frozenset[str]:
    """All base words of the dictionary."""
    return frozenset(filter(str.islower, dictionary().split())) - _STRAY


@cache
def prefixes() -> dict[str, str]:
    """Base word → first letters of the prefixes that it can bear: "DM" for di- and me-."""
    lines = (line.partition(" ") for line in dictionary().splitlines())
    return {word: letters for word, _, letters in lines if word not in _STRAY}


def dictionary() -> str:
    """The text of the list."""
    return _kept("akar.txt").decode()


def licence() -> bytes:
    """Where the list comes from, and its licence."""
    return _kept("LISENSI.txt")


def _kept(name: str) -> bytes:
    return (Path(__file__).parent / "kamus" / name).read_bytes()


def by_letter() -> dict[str, dict[str, str]]:
    """The list in pieces by the first letter of the words."""
    found: dict[str, dict[str, str]] = {letter: {} for letter in LETTERS}
    for word, letters in prefixes().items():
        found[word[0]][word] = letters
    return found
