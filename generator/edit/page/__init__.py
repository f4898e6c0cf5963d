"""Sessions → a page in the browser of this machine: requests in, parts of the official form out."""
