"""Files of a lexicon (``leksikon.yml``, ``leksikon/*.yml``) → ``Lexicon``, + problems with positions."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from generator.data.load import Items, MappingNode, ScalarNode, Tree, load_file
from generator.data.words import split
from generator.model.problems import Position, Problem, Severity
from generator.program import DEFAULT

RULE, FILE = "leksikon", "leksikon.yml"
KEYS = ("padanan", "sehari_hari", "kata_dasar", "tersendiri", "abaikan")
MAX_WORDS = 9
"""Longest expression, in words."""


class Lexicon(Struct, frozen=True):
    """What an agency says about its words; everything folded to lower case words."""

    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Expressions of one meaning, each a tuple of words, the main one first."""
    short: frozenset[str] = frozenset()
    """Abbreviations: words of the groups written with two capitals or more, which take no affixes."""
    base: frozenset[str] = frozenset()
    """Base words that the dictionary lacks."""
    own: frozenset[str] = frozenset()
    """Words that look derived and stand for themselves."""
    ignored: frozenset[str] = frozenset()
    """Words that are not searched for beside others."""
    everyday: tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = ()
    """Everyday expressions with the official ones that one who says them may mean."""

    def among(self, words: Container[str], keys: Callable[[str], Iterable[str]]) -> Lexicon:
        """What of it concerns these words; what is not searched for concerns every search. ``keys``: what a
        word of an official expression may stand under."""
        groups = [group for group in self.groups if any(all(w in words for w in phrase) for phrase in group)]
        single = {phrase[0] for group in groups for phrase in group if len(phrase) == 1}
        base, own = ({word for word in some if word in words} for some in (self.base, self.own))

        def known(phrase: tuple[str, ...]) -> bool:
            return all(any(key in words for key in keys(word)) for word in phrase if word not in self.ignored)

        said = ((one, tuple(filter(known, official))) for one, official in self.everyday)
        everyday = tuple((one, official) for one, official in said if official)
        return Lexicon(
            tuple(groups), self.short & single, frozenset(base), frozenset(own), self.ignored, everyday
        )

    def digest(self) -> str:
        """SHA-256 of all that it says."""
        short, base, own, ignored = map(sorted, (self.short, self.base, self.own, self.ignored))
        return sha256(repr((self.groups, short, base, own, ignored, self.everyday)).encode()).hexdigest()


def whole_lexicon(files: Sequence[Path], given: Lexicon | None = None) -> tuple[Lexicon, list[Problem]]:
    """The lexicon of the program with what an agency says in its own files, and what is wrong with that. A
    group of its own takes the place of one that begins with the same words. ``given`` is that of the program,
    where it is known."""
    given = given or given_lexicon()
    own, problems = read_lexicon(files)
    heads, said = {group[0] for group in own.groups}, {one for one, _ in own.everyday}
    return Lexicon(
        (*(group for group in given.groups if group[0] not in heads), *own.groups),
        given.short | own.short,
        given.base | own.base,
        given.own | own.own,
        given.ignored | own.ignored,
        (*(one for one in given.everyday if one[0] not in said), *own.everyday),
    ), problems


@cache
def given_lexicon() -> Lexicon:
    """That of the program."""
    return read_lexicon(DEFAULT / FILE)[0]


def read_lexicon(files: Path | Sequence[Path], name: str | None = None) -> tuple[Lexicon, list[Problem]]:
    """Read the lexicon, which may stand in several files; a file that is not there is an empty one. ``name``
    is shown in problems."""
    tables: list[MappingNode] = []
    problems: list[Problem] = []
    for path in [files] if isinstance(files, Path) else files:
        if not path.exists():
            continue
        tree, found = load_file(path, name)
        problems += found
        if isinstance(tree, MappingNode):
            tables.append(tree)
        elif tree is not None and not (isinstance(tree, ScalarNode) and tree.blank):
            hint = f"kunci yang dikenal: {', '.join(KEYS)}"
            problems.append(_error(tree.position, "leksikon harus berupa kelompok kunci", hint))
    for key, entry in ((key, entry) for tree in tables for key, entry in tree.entries.items()):
        if key not in KEYS:
            text = f"kunci '{key}' tidak dikenal pada leksikon"
            problems.append(_error(entry.key.position, text, f"pilihannya: {', '.join(KEYS)}"))
    lines = [line for tree in tables for line in _items(tree.get("padanan"), "padanan", problems)]
    groups = _groups(lines, problems)
    spoken = [line for tree in tables for line in _items(tree.get("sehari_hari"), "sehari_hari", problems)]
    everyday = tuple((group[0], group[1:]) for group in _groups(spoken, problems))
    base, own, ignored = (_words([tree.get(key) for tree in tables], problems) for key in KEYS[2:])
    return Lexicon(groups, _abbreviations(lines), base, own, ignored, everyday), problems


def _groups(lines: Iterable[Tree], out: list[Problem]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    groups: list[tuple[tuple[str, ...], ...]] = []
    heads: dict[tuple[str, ...], Position] = {}
    for line in lines:
        if not isinstance(line, Items):
            hint = "misalnya: - [surat keputusan, SK]"
            out.append(_error(line.position, "tiap padanan harus berupa daftar tulisan yang searti", hint))
            continue
        found = [(_expression(item, out), item.position) for item in line.items]
        words = {expression: position for expression, position in reversed(found) if expression}
        group = tuple(dict.fromkeys(expression for expression, _ in found if expression))
        if len(group) < 2:
            hint = "tambahkan tulisan lain yang searti, atau hapus barisnya"
            out.append(_error(line.position, "padanan memerlukan sedikitnya dua tulisan yang berbeda", hint))
            continue
        if first := heads.get(group[0]):
            where = words[group[0]]
            said = f"baris {first.line}" + (f" {first.file}" if first.file != where.file else "")
            text = f"'{' '.join(group[0])}' sudah menjadi tulisan pertama pada {said}"
            out.append(_error(where, text, "gabungkan kedua barisnya"))
            continue
        heads[group[0]] = words[group[0]]
        groups.append(group)
    return tuple(groups)


def _abbreviations(lines: Iterable[Tree]) -> frozenset[str]:
    written = (
        item.value
        for line in lines
        if isinstance(line, Items)
        for item in line.items
        if isinstance(item, ScalarNode)
    )
    return frozenset(
        words[0]
        for value in written
        if sum(letter.isupper() for letter in value) > 1 and len(words := split(value)) == 1
    )


def _expression(item: Tree, out: list[Problem]) -> tuple[str, ...]:
    words = tuple(split(item.value)) if isinstance(item, ScalarNode) else ()
    if not words:
        out.append(_error(item.position, "tulisan ini tidak memuat kata", "isi dengan huruf atau angka"))
    elif len(words) > MAX_WORDS:
        out.append(_error(item.position, f"tulisan ini lebih dari {MAX_WORDS} kata", "persingkat tulisannya"))
        return ()
    return words


def _words(trees: Iterable[Tree | None], out: list[Problem]) -> frozenset[str]:
    words: set[str] = set()
    for item in (item for tree in trees for item in _items(tree, "daftar ini", out)):
        found = _expression(item, out)
        if len(found) > 1:
            out.append(
                _error(item.position, "di sini hanya boleh satu kata", "tulis satu kata pada tiap baris")
            )
        elif found:
            words.add(found[0])
    return frozenset(words)


def _items(tree: Tree | None, what: str, out: list[Problem]) -> tuple[Tree, ...]:
    if tree is None or (isinstance(tree, ScalarNode) and tree.blank):
        return ()
    if isinstance(tree, Items):
        return tree.items
    out.append(_error(tree.position, f"{what} harus berupa daftar", "awali tiap baris dengan '- '"))
    return ()


def _error(position: Position, message: str, hint: str) -> Problem:
    return Problem(position, Severity.ERROR, message, hint, RULE)
