"""Who may import whom. The table is the architecture (docs/arsitektur.md); a new arrow is a decision."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "generator"

# stage: the stages it may import
LAYERS: dict[str, set[str]] = {
    "form": set(),
    "model": {"form"},
    "drawing": set(),
    "problems": set(),
    "dates": set(),
    "durations": set(),
    "inputs": set(),
    "store": set(),
    "pruning": set(),
    "load": {"problems", "inputs"},
    "registers": {"problems", "load", "inputs"},
    "flow": {"model", "drawing"},
    "validate": {"form", "problems", "load", "model", "dates", "durations", "flow", "chart", "drawing"},
    "chart": {"model", "drawing", "problems", "flow"},
    "search": {"problems", "load", "program", "store"},
    "program": set(),
    "plain": set(),
    "workers": set(),
    "audience": {"model"},
    "named": {"model"},
    "svg": set(),
    "logo": {"svg"},
    "digests": {"model"},
    "checked": {
        *("problems", "load", "model", "named", "digests", "validate", "program", "workers"),
        *("inputs", "store"),
    },
    "versions": {"problems", "inputs", "load", "model", "validate", "revisions", "checked"},
    "catalogue": {"problems", "model", "audience", "named", "chart", "revisions"},
    "sources": {
        *("problems", "load", "model", "catalogue", "validate", "search", "versions", "checked", "workers"),
        *("inputs", "registers", "plain"),
        "plain",
        "logo",
    },
    "process": {"chart", "drawing"},
    "timeline": {"chart", "durations", "process"},
    "trail": {"model"},
    "revisions": {"form", "model", "dates", "flow", "chart"},
    "review": {"model", "dates", "catalogue", "revisions"},
    "health": {"form", "model", "named", "problems", "catalogue", "review"},
    "tables": {"form", "model", "problems", "load", "validate", "flow", "chart", "catalogue", "writing"},
    "writing": {"form", "model", "problems", "load", "validate"},
    "layout": {"chart", "drawing"},
    "render": {
        *(
            "form",
            "model",
            "named",
            "problems",
            "chart",
            "process",
            "timeline",
            "trail",
            "drawing",
            "audience",
            "catalogue",
            "durations",
            "dates",
            "review",
            "health",
            "revisions",
        ),
    },
    "excerpt": {"model", "named", "digests", "catalogue"},
    "documents": {
        *(
            "excerpt",
            "inputs",
            "store",
            "program",
            "workers",
            "problems",
            "load",
            "model",
            "dates",
            "catalogue",
            "revisions",
            "chart",
            "drawing",
            "layout",
            "render",
            "revisions",
        ),
    },
    "expressions": set(),
    "macros": {"model", "render", "catalogue", "publish", "expressions"},
    "publish": {
        *("form", "model", "problems", "audience", "catalogue", "chart", "drawing", "layout", "render"),
        *("durations", "dates"),
        *("process", "timeline", "trail", "search", "documents", "revisions", "health", "excerpt"),
        *("inputs", "store", "registers"),
        "program",
        "plain",
        "workers",
        "load",  # heads of hand-written pages and settings are read as data files are
        "expressions",
        "svg",
        "macros",  # the engine asks what the macros of a page say, to know what the page depends on
    },
    "cli": set(),  # may import every stage
    "__main__": {"cli"},
}


def imports(path: Path) -> set[str]:
    """Stages of ours that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path.name}: relative import"
            names = (
                [f"generator.{alias.name}" for alias in node.names]
                if node.module == "generator"
                else [node.module]
            )
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("generator.")}
    return found


MODULES = sorted(path for path in ROOT.rglob("*.py") if path.parent != ROOT or path.name != "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_stage_imports_only_the_stages_before_it(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    stage = parts[0]
    assert stage in LAYERS, f"{stage} is no stage of the architecture"
    if stage == "cli":
        return
    assert imports(path) <= LAYERS[stage] | {stage}


def test_every_stage_of_the_table_exists() -> None:
    stages = {path.relative_to(ROOT).with_suffix("").parts[0] for path in MODULES}
    assert set(LAYERS) <= stages
