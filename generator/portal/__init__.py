"""Several agencies: which there are, and the front page of their public sites."""
