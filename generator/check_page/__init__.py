"""A draft beside the file that it was read from → the page on which a person compares the two."""
