"""Pages whose file knows its cells → tables and identity blocks, by words and places."""
