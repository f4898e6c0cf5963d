"""What goes wrong in Graphviz."""


class DotError(RuntimeError):
    """Graphviz did not draw: the program is missing, or the source is at fault (ours, never the data's)."""
