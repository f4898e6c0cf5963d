"""The text door: CSV, TSV, pasted text and Markdown → rows of cells."""
