"""What goes wrong in the site engine."""


class EngineError(RuntimeError):
    """The engine refused the pages; the message is what it said."""
