"""Catalogue → staged docs tree → site. The only stage that writes."""
