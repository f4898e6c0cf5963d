"""What goes wrong in the site engine."""


class EngineError(RuntimeError):
    """The engine refused the pages; the message is what it said, one thing after the other."""

    def __init__(self, *said: str) -> None:
        super().__init__("\n".join(said))
        self.said = said
