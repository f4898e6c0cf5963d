"""``python -m bench.search``: see ``measure``."""

from bench.search.measure import main

main()
