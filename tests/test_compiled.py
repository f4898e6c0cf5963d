"""Templates are compiled once for all runs of a program; anew where their text or their sign is another."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from generator.compiled import Compiled


def compiled(module: Path, text: str, sign: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many templates are compiled to show one, in a process that knows none."""
    found = 0
    compile_ = Environment.compile

    def counted(*given: object, **more: object) -> object:
        nonlocal found
        found += 1
        return compile_(*given, **more)  # type: ignore[call-overload]

    monkeypatch.setattr("sys.dont_write_bytecode", False)
    monkeypatch.setattr(Environment, "compile", counted)
    environment = Environment(
        loader=DictLoader({"a.html": text}), bytecode_cache=Compiled(str(module), sign), autoescape=True
    )
    assert environment.get_template("a.html").render(nama="<b>") == f"{text[:-8]}&lt;b&gt;"
    monkeypatch.setattr(Environment, "compile", compile_)
    return found


def test_templates_are_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "modul.py"
    (tmp_path / "__pycache__").mkdir()
    asked = [("Satu {{nama}}", "1"), ("Satu {{nama}}", "1"), ("Dua {{nama}}", "1"), ("Dua {{nama}}", "2")]
    assert [compiled(module, text, sign, monkeypatch) for text, sign in asked] == [1, 0, 1, 1]


def test_where_nothing_may_be_written_they_are_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "tiada" / "modul.py"
    assert [compiled(module, "Satu {{nama}}", "1", monkeypatch) for _ in range(2)] == [1, 1]
