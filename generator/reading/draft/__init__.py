"""What was understood of a file → drafts of SOP files with what a person has to look at."""
