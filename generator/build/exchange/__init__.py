"""A new tree takes the place of the old one: what is ours, held by the disk, in one step."""
