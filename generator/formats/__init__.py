"""Figure + SOP → one kind of file each; no decision about position or shape."""
