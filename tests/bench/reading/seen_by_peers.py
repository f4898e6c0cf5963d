"""Run by the Python of a venv that holds the peers: PDFs of a folder → what they see, as JSON.

``pdf-diagram-extract`` (flowcharts from vectors) gives shapes and edges, ``pdfplumber`` rows of tables."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    drawn, tables = importlib.import_module("diagramextract"), importlib.import_module("pdfplumber")
    found: dict[str, dict[str, list[Any]]] = {}
    for path in sorted(Path(sys.argv[1]).glob("*.pdf")):
        own = found[path.stem] = {"shapes": [], "edges": [], "rows": []}
        for page in drawn.extract(path).pages:
            for part in page.diagrams:
                own["shapes"] += [
                    [s.id, page.page_number, s.shape_type, s.bbox.x0, s.bbox.y0, s.bbox.x1, s.bbox.y1]
                    for s in part.shapes
                ]
                own["edges"] += [[e.source_shape_id, e.target_shape_id, e.direction] for e in part.edges]
        with tables.open(path) as file:
            own["rows"] = [row for page in file.pages for table in page.extract_tables() for row in table]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
