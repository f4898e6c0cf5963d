"""Drawing → a picture of the table."""
