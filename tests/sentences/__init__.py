"""What the program says to people, all of it in one list."""
