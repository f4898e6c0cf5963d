"""Built site + lexicon → search bundle: ``write_index``."""
