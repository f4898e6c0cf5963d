"""``python -m tests.bench.search``: see ``measure``."""

from tests.bench.search.measure import main

main()
