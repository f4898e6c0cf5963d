"""What is told of an SOP → a page of plain sentences, as one reads it to somebody on the telephone.

No table, nothing that opens and no script: what comes first is said first, and screen readers need one way
through it. It is a file beside the page (``.htm``), none of the site's pages: it has a policy of its own and
is neither searched nor listed.
"""

from __future__ import annotations

from html import escape

from generator.flow.words import Sentence
from generator.formats.plain.told import COPY, StepTold, Told, lines_of, stopped

_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
_HEAD = """<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}, untuk dibacakan</title>
<link rel="canonical" href="{canonical}">
<link rel="stylesheet" href="../../assets/dibacakan.css">
</head>
<body>
<main>
<h1>{title}</h1>
"""


def aloud(told: Told) -> str:
    """The file of an SOP."""
    head = _HEAD.format(
        policy=_POLICY, title=escape(told.title), canonical=escape(told.page or "./index.html")
    )
    parts = [head, _paragraph(COPY), '<p><a href="./index.html">Halaman lengkap SOP ini</a></p>\n']
    parts += [_paragraph(f"{name}: {text}") for name, text in told.facts]
    if told.guesses:
        parts.append("<h2>Yang masih dugaan, belum dipastikan pemilik SOP</h2>\n")
        parts += [_paragraph(f"{what}: {why}") for what, why in told.guesses]
    for heading, steps in told.flows:
        parts.append(f"<h2>{escape(heading or 'Langkah-langkah')}</h2>\n")
        parts += map(_step, steps)
    for heading, lines in told.boxes:
        parts.append(f"<h2>{escape(heading)}</h2>\n")
        parts += map(_paragraph, lines)
    return "".join([*parts, "</main>\n</body>\n</html>\n"])


def _paragraph(text: str) -> str:
    return f'<p dir="auto">{escape(stopped(text))}</p>\n'


def _step(step: StepTold) -> str:
    name = ": ".join(part for part in (step.name, step.actors) if part) or "Langkah"
    parts = [f'<h3 dir="auto">{escape(name)}</h3>\n', _paragraph(step.text)]
    parts += [_paragraph(f"{name}: {text}") for name, text in step.cells]
    parts += [f'<p dir="auto">{_sentence(way)}</p>\n' for way in step.ways]
    return "".join(parts)


def _sentence(sentence: Sentence) -> str:
    said = []
    for phrase in lines_of(sentence):
        text = escape(phrase.text)
        there = f"../{phrase.sop}/{phrase.sop}.dibacakan.htm"
        said.append(f'<a href="{there}">{text}</a>' if phrase.sop else text)
    return "".join(said)
