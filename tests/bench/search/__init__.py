"""Measurement of the search: generated SOPs, queries with known answers, three engines in one Chromium."""
