"""The Excel door: a workbook → what its sheets show."""
