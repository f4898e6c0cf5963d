"""Content + Sheets → Word: the same tables, with the flow as native shapes anchored in its cells."""
