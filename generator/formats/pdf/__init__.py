"""Content + Sheets → PDF/A-3a and PDF/UA-1: tagged, bookmarked, with the data attached. Same bytes from
the same data."""
