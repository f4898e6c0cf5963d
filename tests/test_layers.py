"""Who may import whom. The table is the architecture (docs/arsitektur.md); a new arrow is a decision."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "generator"

SOP = ("form", "model")
# room, folder of a room, or module: what it may import beside itself. The longest name that fits a module
# speaks for it; what is not named with its room ("data/load") lies in the same folder or below it.
LAYERS: dict[str, tuple[str, ...]] = {
    "program": (),
    "compiled": (),
    "workers": (),
    "bounded": (),
    "hold": (),
    "local": (),
    "shared_store": (),
    "store": ("shared_store",),
    "pruning": (),
    "form": (),
    "model": ("form",),
    "flow": SOP,
    "flow/layout": ("form", "flow/chart", "flow/drawing"),
    "data": (*SOP, "flow", "program", "workers", "store"),
    "data/files": ("model",),
    "data/data_format": ("model",),
    "data/load": ("model", "data/files", "data/syntax"),
    "data/validate": (*SOP, "flow", "data/load", "data/files", "data/data_format"),
    "data/writing": (*SOP, "program", "data/load", "data/files", "data/data_format", "data/validate"),
    "data/revisions": (*SOP, "flow"),
    "figure": (*SOP, "flow", "data"),
    "formats": (*SOP, "flow", "data", "figure", "compiled"),
    "formats/plain": (*SOP, "flow", "data", "formats", "search/pages", "search/tags"),
    "reading": (*SOP, "flow", "data", "formats/xlsx"),
    "check_page": (*SOP, "flow", "data", "formats", "reading"),
    "documents": ("model", "flow", "data", "figure", "formats", "program", "workers", "store"),
    "site": (*SOP, "flow", "data", "formats", "documents", "program", "store"),
    "site/lists": (*SOP, "flow", "data", "formats", "documents"),
    "search": ("data", "program", "store"),
    "edit": (*SOP, "flow", "data", "formats", "documents", "site", "hold", "local"),
    "build": (
        "model",
        "data",
        "formats",
        "documents",
        "site",
        "search",
        "program",
        "compiled",
        "workers",
        "store",
        "shared_store",
        "hold",
        "local",
    ),
    "portal": (
        "model",
        "data",
        "figure",
        "formats",
        "build",
        "search",
        "site",
        "program",
        "compiled",
        "store",
    ),
    "cli": (
        "model",
        "flow",
        "data",
        "formats",
        "reading",
        "documents",
        "site",
        "check_page",
        "edit",
        "build",
        "portal",
        "workers",
        "bounded",
        "pruning",
        "hold",
        "store",
        "shared_store",
    ),
    "__main__": ("cli",),
}


def modules() -> dict[str, Path]:
    """All modules by name below the program ("data/load"); a package goes by its folder."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found["/".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(path: Path) -> Iterator[str]:
    """Modules of ours that a module imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            base = node.module or ""
            names = [f"{base}.{one.name}" if _named(f"{base}.{one.name}") else base for one in node.names]
        elif isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        else:
            continue
        yield from (_named(name) for name in names if name.startswith("generator."))


def _named(name: str) -> str:
    """The module of ours that goes by a dotted name, "" for none."""
    short = "/".join(name.split(".")[1:])
    return short if name.startswith("generator.") and short in MODULES else ""


def fits(name: str, layer: str) -> bool:
    return name == layer or name.startswith(f"{layer}/")


def speaker(name: str) -> str:
    """The entry of the table that speaks for a module."""
    return max((layer for layer in LAYERS if fits(name, layer)), key=len)


@pytest.mark.parametrize("name", [name for name in MODULES if name])
def test_a_module_imports_only_what_its_layer_may(name: str) -> None:
    own = speaker(name)
    for other in imports(MODULES[name]):
        assert fits(other, own) or any(fits(other, layer) for layer in LAYERS[own]), f"{name} → {other}"


def test_every_layer_of_the_table_is_there() -> None:
    assert {layer for layer in LAYERS if not any(fits(name, layer) for name in MODULES)} == set()


def test_no_room_imports_back() -> None:
    rooms: dict[str, set[str]] = {}
    for name, path in MODULES.items():
        if name:
            room = name.split("/")[0]
            rooms.setdefault(room, set()).update(other.split("/")[0] for other in imports(path))
    TopologicalSorter({room: others - {room} for room, others in rooms.items()}).prepare()


def test_no_modules_import_one_another() -> None:
    """Imports inside functions count."""
    arrows = {name: set(imports(path)) - {name} for name, path in MODULES.items() if name}
    TopologicalSorter(arrows).prepare()


def test_functions_stay_on_a_screen() -> None:
    """At most 60 lines; how much a function may decide, ruff says (C901)."""
    long = [
        f"{name}: {part.name}"
        for name, path in MODULES.items()
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.FunctionDef) and (part.end_lineno or 0) - part.lineno >= 60
    ]
    assert long == []


def test_folders_and_modules_stay_small() -> None:
    """A stranger reads a folder at a glance and a module in one sitting."""
    folders = {path.parent for path in MODULES.values()}
    full = [f for f in folders if len([p for p in f.glob("*.py") if p.name != "__init__.py"]) > 15]
    long = [name for name, path in MODULES.items() if len(path.read_text(encoding="utf-8").split("\n")) > 351]
    assert (sorted(folder.name for folder in full), long) == ([], [])
