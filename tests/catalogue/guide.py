"""What the maintainer's guide has to say of every key and rule, as the tables that must stand in it.

``python -m tests.catalogue.guide`` writes the tables into the guide, between their marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from generator.data import validate
from generator.data.validate import (
    cross_rules,
    flow_rules,
    form_rules,
    references,
    register_rules,
    schema,
    spelling,
    steps,
)
from generator.data.validate.read import Field
from generator.form import LABELS

TABLES: dict[str, Mapping[str, Field]] = {
    "SOP": schema.SOP_FIELDS,
    "alur": steps.CHART_FIELDS,
    "versi": schema.VERSION_FIELDS,
    "tanggal": schema.DATE_FIELDS,
    "pencabutan": schema.REVOCATION_FIELDS,
    "disahkan_oleh": schema.SIGNER_FIELDS,
    "tanda_tangan": schema.SIGNATURE_FIELDS,
    "tinjauan": schema.REVIEW_FIELDS,
    "keterkaitan": schema.RELATION_FIELDS,
    "dugaan": schema.READING_FIELDS,
    "langkah": steps.STEP_FIELDS,
    "simbol": steps.SYMBOL_FIELDS,
    "tujuan": steps.TARGET_FIELDS,
    "unit": schema.UNIT_FIELDS,
    "pelaksana": schema.ACTOR_FIELDS,
    "peraturan": schema.LAW_FIELDS,
    "instansi": schema.AGENCY_FIELDS,
}

RULES: dict[str, list[Callable[..., object]]] = {
    "galat": [
        *references.NAMES,
        *references.REFERENCES,
        *references.CONTENT,
        *flow_rules.SYMBOL_ERRORS,
        *flow_rules.PATH_ERRORS,
    ],
    "peringatan": [
        *form_rules.FORM,
        *references.ELSEWHERE,
        *flow_rules.FLOW_WARNINGS,
        form_rules.rantai_output,
        validate.tanda_tak_terlihat,
    ],
    "galat daftar": [*register_rules.REGISTER_ERRORS],
    "peringatan daftar": [*register_rules.REGISTER_WARNINGS],
    "peringatan bersama": [*cross_rules.CROSS],
}


def field_table(fields: Mapping[str, Field]) -> str:
    """A table of keys: name, whether it must be there, what it is for."""
    rows = [
        f"| `{key}` | {'wajib' if field.required else ''} | {field.about} |" for key, field in fields.items()
    ]
    return "\n".join(["| Kunci | Wajib | Isi |", "|---|---|---|", *rows])


def rule_table(rules: Iterable[Callable[..., object]]) -> str:
    """A table of rules: name and sentence."""
    rows = [f"| `{rule.__name__}` | {rule.__doc__} |" for rule in rules]
    return "\n".join(["| Aturan | Bunyinya |", "|---|---|", *rows])


def misprint_table() -> str:
    """The words that are flagged."""
    rows = [f"| {wrong} | {right} |" for wrong, right in spelling.MISPRINTS.items()]
    return "\n".join(["| Tertulis | Mungkin maksudnya |", "|---|---|", *rows])


def label_line() -> str:
    """The headings that ``label`` may change."""
    return ", ".join(f"`{key}` ({label})" for key, label in LABELS.items())


GUIDE = Path(__file__).parents[2] / "generator" / "default" / "docs" / "panduan-pemelihara.md"


def tables() -> dict[str, str]:
    """All tables that the guide has to hold, by the name in its marks."""
    found = {f"kunci {name}": field_table(fields) for name, fields in TABLES.items()}
    found |= {f"aturan {name}": rule_table(rules) for name, rules in RULES.items()}
    return found | {"kata": misprint_table(), "label": label_line()}


def with_tables(text: str) -> str:
    """The guide with what stands between ``<!-- tabel: name -->`` and ``<!-- /tabel -->`` renewed."""
    known = tables()
    return re.sub(
        r"(<!-- tabel: ([\w ]+) -->\n).*?(\n<!-- /tabel -->)",
        lambda found: f"{found[1]}\n{known[found[2]]}\n{found[3]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    GUIDE.write_text(with_tables(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
