"""Mutated data files → everything that reads them: always problems with a position, never a traceback, a hang
or too much memory. ``python -m tests.bench.fuzz`` is the long run; a short one with fixed seeds is in the
tests."""
