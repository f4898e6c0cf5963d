"""Texts of a box or of an approval → its items, or office, name and NIP."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.cells.matrix import Field

_NIP = re.compile(r"\W*NIP\b\.?\s*:?\s*([\d .\-]{5,})?", re.IGNORECASE)
MARKER = re.compile(r"[(\[]?(?:\d{1,2}|[a-zA-Z])[.)\]]+|[-–—•▪●·○■◦*\uf0b7\uf0a7\uf0d8\uf0fc]")
_NUMBERED = re.compile(r"\s+(?=\d{1,2}[.)]\s)")


def one_line(text: str) -> str:
    return " ".join(text.split())


def approval(lines: Sequence[str]) -> dict[str, str]:
    """Office, name and NIP of who approved: the NIP says so, and the name stands before it.
    What comes after it is under ""."""
    found: dict[str, str] = {}
    said = [one_line(line) for line in lines if line.strip()]
    nip = next((n for n, text in enumerate(said) if _NIP.match(text)), None)
    end = len(said)
    if nip is not None:
        hit = _NIP.match(said[nip])
        number = hit[1] if hit and hit[1] else said[nip + 1] if nip + 1 < len(said) else ""
        if number:
            found["nip"] = number.strip()
        after = said[nip + (1 if hit and hit[1] else 2) :]
        if after:
            found[""] = " ".join(after)
        end = nip
        if nip > 1:
            found["pejabat"] = said[nip - 1]
            end = nip - 1
    elif len(said) > 1 and re.search(r",\s*[A-Z]|^(?:Drs?|Ir|H|Hj|Prof)\.", said[-1]):
        found["pejabat"] = said[-1]
        end = len(said) - 1
    if end:
        found["disahkan_oleh"] = " ".join(said[:end])
    return found


def lines_of(fields: Sequence[Field]) -> list[list[Field]]:
    """Cells by row; a marker in a cell of its own goes before what stands beside it."""
    by: dict[int, list[Field]] = {}
    for field in fields:
        by.setdefault(field.row, []).append(field)
    found: list[list[Field]] = []
    for row in by.values():
        line: list[Field] = []
        for field in sorted(row, key=lambda f: f.column):
            if line and not MARKER.fullmatch(line[-1].text.strip()):
                found.append(line)
                line = []
            line.append(field)
        found.append(line)
    return found


def items(text: str) -> list[str]:
    """The items of a list, also where it was set in one line ("1. A 2. B")."""
    found: list[str] = []
    for line in text.split("\n"):
        flat = one_line(line.lstrip(":"))
        if not flat:
            continue
        if re.match(r"1[.)]\s", flat):
            parts = _NUMBERED.split(flat)
            numbers = [int(re.match(r"\d+", part)[0]) for part in parts]  # type: ignore[index]
            flat_parts = [parts[0]]
            for part, number in zip(parts[1:], numbers[1:], strict=True):
                if number == len(flat_parts) + 1:
                    flat_parts.append(part)
                else:
                    flat_parts[-1] += " " + part
            found += flat_parts
        elif flat.startswith("- ") and " - " in flat[2:]:
            found += [f"- {part}" for part in flat[2:].split(" - ")]
        else:
            found.append(flat)
    return found
