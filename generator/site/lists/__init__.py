"""Pages over many SOPs: lists, versions, comparisons, health."""
