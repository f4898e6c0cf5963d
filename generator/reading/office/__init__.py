"""What Word and Excel files have in common: packages of parts, and the shapes drawn in them."""
