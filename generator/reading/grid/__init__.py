"""Rules and texts of a page → lattices, cells, and the flowchart's table with its columns and rows."""
