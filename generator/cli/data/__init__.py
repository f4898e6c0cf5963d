"""Commands on a data folder: begin, check, tidy, revise, read in, ask."""
