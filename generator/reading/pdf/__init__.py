"""A PDF file → ``Seen``, by pypdfium2's raw API."""
