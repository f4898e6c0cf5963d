"""What is written beside an SOP when it is saved: entries of registers, the emblem, a commit."""
