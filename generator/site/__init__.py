"""Catalogue → which pages there are and what is on them."""
