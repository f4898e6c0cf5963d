"""Problems are told whole and in order, however many there are and however long what they quote is."""

from __future__ import annotations

import pytest
from rich.console import Console

from generator.cli.report import print_problems
from generator.model.problems import Position, Problem, Severity

MANY = 2500


def _problems(message: str = "salah") -> list[Problem]:
    return [
        Problem(Position("a.yml", n, 1), Severity.ERROR, message, f"cara {n}") for n in range(1, MANY + 1)
    ]


@pytest.mark.parametrize("terminal", [False, True])
def test_many_problems_are_told_in_few_turns(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if terminal:
        monkeypatch.setenv("FORCE_COLOR", "1")
    turns: list[object] = []
    real = Console.print

    def counted(self: Console, *words: object) -> None:
        turns.append(words)
        real(self, *words)

    monkeypatch.setattr(Console, "print", counted)
    print_problems(_problems())
    said = capsys.readouterr().out
    assert len(turns) < 10
    assert ("\x1b[" in said) == terminal
    assert said.count("a.yml:") == said.count("saran: cara ") == MANY
    assert said.index("cara 1\n" if not terminal else "cara 1\x1b") < said.index("cara 2500")
    assert f"{MANY} galat, 0 peringatan." in said


def test_a_long_value_does_not_bury_what_is_said_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_problems(
        [Problem(Position("a.yml", 1, 1), Severity.ERROR, f"waktu '{'9' * 20_000}' keliru", "ganti")]
    )
    said = capsys.readouterr().out
    assert said.index("waktu '999") < said.index("999' keliru")
    assert len(said) < 1500


def test_the_cure_of_several_in_a_row_stands_once(capsys: pytest.CaptureFixture[str]) -> None:
    places = [Position("a.pdf", n, 1) for n in range(1, 5)]
    hints = ["ketik ulang", "ketik ulang", "ketik ulang", "lain"]
    print_problems(
        [Problem(at, Severity.WARNING, "dua", hint) for at, hint in zip(places, hints, strict=True)]
    )
    said = capsys.readouterr().out
    assert said.count("ketik ulang") == 1
    assert "a.pdf:3:1: dua\n  saran untuk 3 hal di atas: ketik ulang\na.pdf:4:1: dua\n  saran: lain\n" in said
