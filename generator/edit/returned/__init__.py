"""A document that was changed by hand: what of it can be taken over into its file."""
