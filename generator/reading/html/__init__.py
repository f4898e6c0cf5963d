"""The HTML door: tables of a saved page → cells."""
