"""What is known of a site while it is made: the rows of its memory, the records of its SOPs."""
