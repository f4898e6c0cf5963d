"""``mkdocs.yml`` as an agency writes it → the settings that it may choose, with those that it may not.

What may stand there is a list: how the site looks and which plain extensions of Markdown it uses. Hooks,
plugins, modules of macros, templates, tags of YAML and extensions that read files would let whoever proposes
a change run programs or read files on the machine that builds it. What the program itself needs is not for
the file to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.data.files.inputs import read_file
from generator.data.load import Items, MappingNode, ScalarNode, Tree, load_file
from generator.model.problems import Position, Problem, Severity
from generator.program import DEFAULT
from generator.site.handwritten.written import PageError, refuse

MACROS = {
    "modules": ["generator.site.macros"],
    "render_by_default": False,
    "on_error_fail": True,
    "on_undefined": "strict",
}
EXTENSIONS = ("attr_list", "def_list", "tables", "admonition", "toc")
_SHEETS = ("situs", "flow", "waktu", "versi", "kertas", "search/cari")
_OWN: dict[str, Any] = {
    "use_directory_urls": True,
    "strict": True,
    "extra": {"generator": False},
    "extra_css": [f"assets/{name}.css" for name in _SHEETS],
    "extra_javascript": [{"path": f"assets/{name}.js", "defer": True} for name in ("halaman", "search/cari")],
    "plugins": [{"macros": MACROS}],
    "validation": {
        "nav": {"omitted_files": "ignore"},
        "links": {"absolute_links": "warn", "anchors": "warn"},
    },
}
"""What the program sets; a file may say the same."""
_LOOK: dict[str, Any] = {"name": "material", "language": "id", "font": False}
"""What of the look holds where the file says nothing; all but the first may not be otherwise either."""
_DEFAULT = {"theme": _LOOK, "markdown_extensions": [*EXTENSIONS[:-1], {"toc": {"permalink": False}}]}
_PLAIN = (*EXTENSIONS, "abbr", "fenced_code", "footnotes", "md_in_html", "sane_lists")
"""Extensions of Markdown that read nothing but the page."""
_TOC = ("permalink", "title", "toc_depth", "baselevel")
_THEME = ("name", "language", "font", "icon", "features", "palette")
_DEEP = 4


def own_settings(config: Path) -> dict[str, Any]:
    """What an agency's file says, if there is one, over what the program has for everybody; with what the
    program sets itself. Raises PageError."""
    given = deepcopy(_given())
    said = _read(config) if config.exists() else {}
    if not isinstance(said.get("theme"), dict):
        said.pop("theme", None)
    return {**_joined({**_DEFAULT, "theme": {**_LOOK, **given["theme"]}}, said), **_OWN}


@cache
def _given() -> dict[str, Any]:
    """What the program has for everybody."""
    found: dict[str, Any] = yaml.safe_load((DEFAULT / "mkdocs.yml").read_text(encoding="utf-8"))
    return found


def _joined(given: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """One group of settings over another; nothing written in a key (``extra:``) changes nothing."""
    found = dict(given)
    for key, value in own.items():
        old = found.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            found[key] = _joined(old, value)
        elif key == "markdown_extensions" and isinstance(old, list) and isinstance(value, list):
            found[key] = _grown(old, value)
        elif value is not None or key not in found:
            found[key] = value
    return found


def _grown(given: list[Any], own: list[Any]) -> list[Any]:
    """A list of names, some with options, with what it lacks of another."""
    found = {_name(entry): entry for entry in given}
    for entry in own:
        old = found.get(name := _name(entry))
        if isinstance(entry, dict):
            found[name] = {name: _joined(*(_options_of(one, name) for one in (old, entry)))}
        else:
            found.setdefault(name, entry)
    return list(found.values())


def _name(entry: Any) -> str:
    return str(next(iter(entry))) if isinstance(entry, dict) else str(entry)


def _options_of(entry: Any, name: str) -> Mapping[str, Any]:
    return (entry[name] or {}) if isinstance(entry, dict) else {}


def _read(config: Path) -> dict[str, Any]:
    """What the file says, once all of it is on the list. Nothing is made of YAML before that."""
    tree, problems = load_file(config)
    if tree is None and [one.message for one in problems] == ["berkas kosong"]:
        return {}
    refuse(problems, PageError)
    if not isinstance(tree, MappingNode):
        where = Position(config.as_posix(), 1, 1)
        refuse(
            [_error(where, "setelan bukan daftar kunci dan nilai", "tulis 'theme:' dan isinya")], PageError
        )
        return {}
    refuse(_judged(tree), PageError)
    said: dict[str, Any] = yaml.safe_load(read_file(config).decode("utf-8-sig"))
    refuse(_differing(tree, said), PageError)
    return {key: value for key, value in said.items() if value is not None}


def _judged(tree: MappingNode) -> Iterator[Problem]:
    known = (*_DEFAULT, *_OWN)
    for key, entry in tree.entries.items():
        if key not in known:
            hint = f"hapus; yang boleh ada: {', '.join(known)}"
            yield _error(entry.key.position, f"setelan '{key}' tidak diizinkan", hint)
        elif key == "theme":
            yield from _look(entry.value)
        elif key == "markdown_extensions":
            yield from _extensions(entry.value)


def _look(tree: Tree) -> Iterator[Problem]:
    if not isinstance(tree, MappingNode):
        if not (isinstance(tree, ScalarNode) and (tree.blank or tree.value == "material")):
            yield _error(
                tree.position, "'theme' bukan daftar kunci dan nilai", "tulis name: material di bawahnya"
            )
        return
    for key, entry in tree.entries.items():
        if key not in _THEME:
            hint = f"hapus; yang boleh ada: {', '.join(_THEME)}"
            yield _error(entry.key.position, f"setelan theme '{key}' tidak diizinkan", hint)
    for key, wanted in (("name", "material"), ("language", "id"), ("font", "false")):
        value = tree.get(key)
        if value is not None and not (isinstance(value, ScalarNode) and value.value.lower() == wanted):
            yield _error(value.position, f"'{key}' harus {wanted}", f"tulis {key}: {wanted}")
    for key, kind, what in (("icon", MappingNode, "daftar kunci dan nilai"), ("features", Items, "daftar")):
        value = tree.get(key)
        if value is not None and not isinstance(value, kind):
            yield _error(value.position, f"'{key}' harus {what}", "lihat contoh di panduan")
    yield from _plain(tree)


def _plain(tree: Tree, depth: int = 0) -> Iterator[Problem]:
    """Values of the look go into attributes of pages and into names of the theme's own files."""
    if isinstance(tree, ScalarNode):
        if any(sign in tree.value for sign in "<>\"'{}&\\") or ".." in tree.value:
            yield _error(tree.position, f"nilai '{tree.value}' tidak diizinkan", "pakai huruf dan angka")
    elif depth > _DEEP:
        yield _error(tree.position, "susunan terlalu dalam", "sederhanakan")
    elif isinstance(tree, Items):
        for item in tree.items:
            yield from _plain(item, depth + 1)
    else:
        for entry in tree.entries.values():
            yield from _plain(entry.key, depth + 1)
            yield from _plain(entry.value, depth + 1)


def _extensions(tree: Tree) -> Iterator[Problem]:
    if isinstance(tree, ScalarNode) and tree.blank:
        return
    if not isinstance(tree, Items):
        yield _error(tree.position, "'markdown_extensions' harus daftar", "tulis '- tables' dan seterusnya")
        return
    for item in tree.items:
        named = [entry.key for entry in item.entries.values()] if isinstance(item, MappingNode) else [item]
        for name in named:
            if not isinstance(name, ScalarNode) or name.value not in _PLAIN:
                what = name.value if isinstance(name, ScalarNode) else "ini"
                hint = f"yang boleh: {', '.join(_PLAIN)}"
                yield _error(name.position, f"ekstensi Markdown '{what}' tidak diizinkan", hint)
        for key, entry in item.entries.items() if isinstance(item, MappingNode) else ():
            yield from _options(key, entry.value)


def _options(extension: str, tree: Tree) -> Iterator[Problem]:
    if isinstance(tree, ScalarNode) and tree.blank:
        return
    if not isinstance(tree, MappingNode):
        yield _error(tree.position, f"isi '{extension}' bukan daftar kunci dan nilai", "hapus isinya")
        return
    for key, entry in tree.entries.items():
        if extension != "toc" or key not in _TOC or not isinstance(entry.value, ScalarNode):
            hint = f"hapus; pada toc boleh: {', '.join(_TOC)}"
            yield _error(entry.key.position, f"isian '{key}' pada '{extension}' tidak diizinkan", hint)
        else:
            yield from _plain(entry.value)


def _differing(tree: MappingNode, said: Mapping[str, Any]) -> Iterator[Problem]:
    """What the file says otherwise than the program, which alone may say it."""
    for key, wanted in _OWN.items():
        if key in tree.entries and said.get(key) is not None and said[key] != wanted:
            hint = "hapus; 'sop build' mengaturnya sendiri"
            yield _error(tree.entries[key].key.position, f"setelan '{key}' tidak boleh diubah", hint)


def _error(at: Position, message: str, hint: str) -> Problem:
    return Problem(at, Severity.ERROR, message, hint)
