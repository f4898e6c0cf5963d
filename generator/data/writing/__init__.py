"""Values and texts → text of data files: new files, one order and style, JSON Schema, whole-file writes."""
