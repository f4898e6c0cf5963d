"""How well files of other people are read."""
