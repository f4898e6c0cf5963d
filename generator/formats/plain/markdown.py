"""What is told of an SOP → Markdown (CommonMark), the twin of its page for machines and notes.

No text of the source is markup: what would be is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.flow.words import Sentence
from generator.formats.plain.told import COPY, StepTold, Told, lines_of, one_line, stopped

_MARKUP = re.compile(r"([\\`*_\[\]<>~|]|&(?=#?\w+;))")
_BLOCK = re.compile(r"^(?=[#+=:-])|^(\d+)(?=[.)])")
"""What begins a heading, a list or a line where it stands at the beginning."""


def markdown(told: Told) -> str:
    """The file of an SOP."""
    return "\n".join(_lines(told)) + "\n"


def escaped(text: str) -> str:
    """A text that says the same as Markdown."""
    return at_beginning(in_line(text))


@lru_cache(maxsize=8192)
def in_line(text: str) -> str:
    """The same of a text that stands in a line."""
    return _MARKUP.sub(r"\\\1", text)


def at_beginning(line: str) -> str:
    """A line of Markdown that begins a paragraph and nothing else."""
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\", line)


def _lines(told: Told) -> Iterator[str]:
    yield from (f"# {escaped(told.title)}", "", f"> {COPY}", "")
    if told.page:
        yield from (f"Halaman: <{told.page}>", "")
    yield from (f"- **{name}**: {escaped(text)}" for name, text in told.facts)
    if told.guesses:
        yield from ("", "## Yang masih dugaan, belum dipastikan pemilik SOP", "")
        yield from (f"- {escaped(f'{what}: {why}')}" for what, why in told.guesses)
    for heading, steps in told.flows:
        yield from ("", f"## {escaped(heading) if heading else 'Langkah-langkah'}", "")
        for step in steps:
            yield from _step(step)
    for heading, lines in told.boxes:
        yield from (f"## {escaped(one_line(heading))}", "", *(f"- {escaped(line)}" for line in lines), "")


def _step(step: StepTold) -> Iterator[str]:
    yield from (
        f"### {': '.join(escaped(part) for part in (step.name, step.actors) if part) or 'Langkah'}",
        "",
    )
    yield from (stopped(escaped(step.text)), "")
    yield from (f"- {escaped(name)}: {escaped(text)}" for name, text in step.cells)
    yield from (f"- {_sentence(way)}" for way in step.ways)
    yield ""


def _sentence(sentence: Sentence) -> str:
    said = []
    for phrase in lines_of(sentence):
        text = in_line(phrase.text)
        said.append(f"[{text}](../{phrase.sop}/{phrase.sop}.md.txt)" if phrase.sop else text)
    return "".join(said)
