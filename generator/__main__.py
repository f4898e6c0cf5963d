"""``python -m generator``: the same as ``sop``."""

from generator.cli import main

main(prog_name="sop")
