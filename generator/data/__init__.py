"""Files of a data folder ↔ values, with problems that have a place."""
