"""Drawing + measured sizes → what is drawn where."""
