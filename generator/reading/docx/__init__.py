"""The Word door: a document's tables, laid out without a typesetter, and what is drawn over them."""
