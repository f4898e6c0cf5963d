"""Other people's files → drafts and doubts."""
