"""Pages + lexicon → search bundle: ``index.write_bundle``."""
