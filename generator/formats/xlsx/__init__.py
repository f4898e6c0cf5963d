"""SOPs ↔ our own workbook."""
