"""What is drawn on a table → symbols, lines between them, labels: one chart of all pages."""
